"""Buttons of the steps 5 to 8 and of what goes on beside them, with the living ids of one cycle that stands there."""

from dataclasses import dataclass

from sop.actions.minutes import mark_of
from tests.second_half import SecondHalf

BESIDE = {"docs", "status", "admin", "history", "plain"}
STEPS = {
    "collected": {"step", "recap", "review", "evidence"},
    "confirmed": {"step", "closing", "fill", "form", "score", "meeting", "letters", "review", "recap", "evidence"},
    "reported": {"step", "closing", "fill"},
    "numbered": {"step", "closing", "fill", "letters"},
    "signed": {"step", "publish", "closing", "fill", "score", "meeting", "letters", "review", "recap", "evidence"},
    "publishing": {"step", "publish"},
    "published": {"step", "publish", "closing", "fill", "form", "score", "meeting", "letters", "review", "recap"}
    | {"evidence"},
}
PRINTS = {"docs.sop"}  # the sheet of the SOP, for everybody


@dataclass(frozen=True, slots=True)
class Living:
    """The ids of a cycle. *task*: the open one or, after the end, the last; *before*: the one before it."""

    stage: str
    cycle: str
    task: str
    before: str
    back: tuple[str, ...]  # keys of the steps to which the task can be returned
    collection: str
    item: str
    file: str
    letters: tuple[str, ...]
    papers: tuple[str, ...]
    people: tuple[str, ...]  # who attended
    marks: tuple[str, ...]  # decisions of the meeting


def living(desk: SecondHalf, stage: str) -> Living:
    """A cycle that has come to this stage, and what buttons name of it."""
    cycle_id = desk.reached(stage)

    def work(uow) -> Living:
        cycle = uow.cycles.get(cycle_id)
        open_tasks = cycle.open_tasks()
        task = open_tasks[0] if open_tasks else cycle.tasks[-1]
        before = cycle.tasks[cycle.tasks.index(task) - 1]
        item = uow.evidence.of_cycle(cycle_id)[0]
        meeting = uow.meetings.of_cycle(cycle_id)
        return Living(
            stage,
            cycle_id,
            task.id,
            before.id,
            tuple(cycle.step_of(task).returns_to),
            cycle.latest("pengumpulan_data").id,
            item.id,
            item.files[0].id,
            tuple(x.id for x in uow.letters.of_cycle(cycle_id)),
            tuple(p.id for p in uow.papers.of_cycle(cycle_id)),
            tuple(a.id for a in meeting.attendees),
            tuple(map(mark_of, meeting.decisions)),
        )

    return desk.look(work)


def presses(action: str, there: Living) -> list[str]:
    """What this action may carry here, living ids of each kind first; nothing if it has no place at this stage."""
    part, _, verb = action.partition(".")
    if part not in STEPS[there.stage] | BESIDE or action in PRINTS:
        return []
    tasks = (there.task, there.before)
    made = {
        "step": [(t, a) for t in tasks for a in _returns(verb, there.back)],
        "recap": [(t, a) for t in tasks for a in ("", "99")] if "hand" in verb or verb == "note" else [],
        "review": [(there.item, a) for a in ("", "u", "0u")] + [(there.collection, "")],
        "evidence": [(there.collection, ""), (there.item, ""), (there.file, ""), (there.item, there.file)],
        "meeting": [(t, a) for t in tasks for a in ("", *_of_meeting(verb, there))],
        "score": [(there.cycle, "I01.2.abcdef"), (there.cycle, "I01")],
        "fill": [(there.cycle, "I01.2.abcdef"), (there.cycle, "I01")],
        "form": [(there.task, "")],
        "closing": [(t, "") for t in tasks],
        "publish": [(t, "scope") for t in tasks],
        "letters": [(t, x) for t in tasks for x in there.letters],
        "docs": [(there.papers[-1], ""), (there.papers[0], "")],
        "plain": [(t, "") for t in tasks],
    }.get(part, [])
    if part in BESIDE or part == "recap" or there.stage == "signed":  # at one stage in the place of a task, too
        made += [(there.cycle, a) for a in ("", "1")]
    return list(dict.fromkeys(f"{action}:{id}:{arg}" for id, arg in made))


def _returns(verb: str, back: tuple[str, ...]) -> list[str]:
    if verb == "return_reason":
        return [f"0.{step}" for step in back] or ["0.formulir"]
    return list(back) if verb == "return_to" else [""]


def _of_meeting(verb: str, there: Living) -> tuple[str, ...]:
    if verb == "officer":
        return tuple(f"c{a}" for a in there.people[:1])
    return {"strike": there.people[:1], "remove": there.marks[:1]}.get(verb, ())
