"""Step 2, the disposisi: decided in a corridor, in one tap; or with instructions, its sifat and a note."""

from datetime import datetime
from typing import Any

from handlers.cards import stale_or_closed, task_params
from handlers.lists import pressed
from handlers.registry import END, ButtonAction, CardView, Command, Dialogue, Next, State
from handlers.turn import Turn
from sop.actions import preparation as actions
from sop.actions.disposition_sheet import SHEET
from sop.cycle import Cycle, Task, planned
from sop.disposition import SECURITIES, URGENCIES, Marks
from sop.outgoing import Attachment, Choice
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.refusals import NothingThere
from sop.worktime import WIB

ROLE = frozenset({"kabid"})


def card(uow: UnitOfWork, task_id: str, who: Acting, now: datetime) -> CardView:
    """What is to be decided, in six lines, and the three ways to decide."""
    cycle = uow.cycles.of_task(task_id)
    task = cycle.task(task_id)
    closed = stale_or_closed(uow, cycle, task, who, now)
    if closed is not None:
        return closed
    params = task_params(uow, cycle, task, now) | _subject(uow, cycle, now)
    rows = [
        (Choice("dispose.approve", task_id, style="success"),),
        (Choice("step.return", task_id, style="danger"), Choice("step.ask", task_id)),
        (Choice("dispose.options", task_id), Choice("step.why", task_id)),
    ]
    if task.question:
        rows = [(Choice("step.why", task_id),)]
    return CardView("card/dispose", params, tuple(rows))


def _subject(uow: UnitOfWork, cycle: Cycle, now: datetime) -> dict[str, Any]:
    sheet = actions.sheet_of(cycle)
    meeting = None
    if sheet.meeting:
        at = datetime.combine(sheet.meeting.day, sheet.meeting.clock, WIB)
        meeting = {"at": at, "place": sheet.meeting.place}
    collecting = next((s for s in cycle.sop.steps if s.each), None)
    first = cycle.latest(cycle.sop.steps[0].key)
    return {
        "opds": len(cycle.opds),
        "meeting": meeting,
        "collected_by": planned(collecting, now, time=uow.time)[1] if collecting else None,
        "prepared_by": first.decided_by.title if first and first.decided_by else "",
        "papers": len([p for p in uow.papers.of_cycle(cycle.id) if p.kind in actions.LETTERS]),
    }


def disposisi(turn: Turn) -> Next:
    """`/disposisi`: the card that waits for a decision; of several, which."""
    found = [
        (cycle, task)
        for cycle in turn.uow.cycles.current()
        for task in cycle.open_tasks()
        if cycle.step_of(task).dialogue == actions.DISPOSE and turn.acting.capacity(cycle.step_of(task).actor)
    ]
    if not found:
        turn.say("dispose/nothing", [[Choice("tasks.mine"), Choice("status.open")]])
    elif len(found) == 1:
        turn.uow.outbox.refresh_card(found[0][1].id, [turn.acting.id], loud=True)
    else:
        rows = [[Choice("step.card", t.id, label_key="dispose.which", label={"cycle": c.name})] for c, t in found]
        turn.say("dispose/which", rows, count=len(found))
    return END


def approve(turn: Turn) -> Next:
    """One tap: approved, with what was chosen before, else with the office's usual instruction and sifat."""
    task_id = pressed(turn).id
    turn.act(actions.to_dispose, task_id)
    turn.begin(task_id)
    standing = _standing(turn)
    chosen = tuple(standing[n] for n in turn.draft.get("instructions", []) if n < len(standing))
    marks, note = _marks(turn), str(turn.draft.get("note", ""))
    cycle = turn.act(actions.dispose, task_id, instructions=chosen, note=note, marks=marks)
    _approved(turn, cycle, cycle.task(task_id), marks)
    turn.forget_draft()
    return END


def _standing(turn: Turn) -> tuple[str, ...]:
    """The instructions of the cycle's own version, so that a number on an old button means what it said."""
    return turn.uow.definition_of(turn.uow.cycles.of_task(turn.subject)).office.instructions


def _marks(turn: Turn) -> Marks:
    """What was chosen of the sifat, and the office's usual for the rest."""
    usual = actions.usual_marks(turn.uow)
    return Marks(turn.draft.get("urgency", usual.urgency), turn.draft.get("security", usual.security))


def options(turn: Turn) -> Next:
    """Choose instructions: entries that toggle; then the sifat and a note, if wanted."""
    task_id, number = pressed(turn).id, pressed(turn).arg
    turn.act(actions.to_dispose, task_id)
    turn.begin(task_id)
    standing = _standing(turn)
    if number:
        chosen = set(turn.draft.get("instructions", []))
        if number not in map(str, range(len(standing))):
            raise NothingThere(what="tombol")
        chosen ^= {int(number)}
        turn.draft["instructions"] = sorted(chosen)
    return _show_options(turn, task_id)


def _show_options(turn: Turn, task_id: str) -> Next:
    standing, marks = _standing(turn), _marks(turn)
    chosen = turn.draft.get("instructions", [])
    rows = [
        [Choice("dispose.options", task_id, str(n), label_key="dispose.toggle", label={"text": t, "on": n in chosen})]
        for n, t in enumerate(standing)
    ]
    note = str(turn.draft.get("note", ""))
    rows.append([Choice("dispose.urgency", task_id, label={"value": marks.urgency})])
    rows.append([Choice("dispose.security", task_id, label={"value": marks.security})])
    rows.append([Choice("dispose.note", task_id, label={"there": bool(note)})])
    rows.append([Choice("dispose.confirm", task_id, style="success")])
    picked = [t for n, t in enumerate(standing) if n in chosen]
    usual = turn.office.office.usual_instruction
    turn.show(
        "dispose/options",
        rows,
        chosen=picked,
        usual=usual,
        note=note,
        urgency=marks.urgency,
        security=marks.security,
    )
    return END


def urgency(turn: Turn) -> Next:
    """How urgent the sheet says it is."""
    return _choose(turn, "urgency", URGENCIES)


def security(turn: Turn) -> Next:
    """How secret."""
    return _choose(turn, "security", SECURITIES)


def _choose(turn: Turn, which: str, values: tuple[str, ...]) -> Next:
    """Of several one; what was tapped is kept, and the page before comes back."""
    task_id, value = pressed(turn).id, pressed(turn).arg
    turn.act(actions.to_dispose, task_id)
    turn.begin(task_id)
    if value:
        if value not in values:
            raise NothingThere(what="tombol")
        turn.draft[which] = value
        return _show_options(turn, task_id)
    now = getattr(_marks(turn), which)
    rows = [
        [Choice(f"dispose.{which}", task_id, v, label_key="dispose.mark", label={"value": v, "on": v == now})]
        for v in values
    ]
    rows.append([Choice("dispose.options", task_id, label_key="dispose.back")])
    turn.show("dispose/mark", rows, which=which, value=now)
    return END


def ask_note(turn: Turn) -> Next:
    """A note for the sheet."""
    turn.act(actions.to_dispose, pressed(turn).id)
    turn.begin(pressed(turn).id)
    turn.say("dispose/ask_note", longest=actions.LONGEST_NOTE)
    return "dispose.note"


def take_note(turn: Turn) -> Next:
    """The note as typed."""
    turn.act(actions.to_dispose, turn.subject)
    note = turn.text.strip()
    actions.check_note(note)
    turn.draft["note"] = note
    rows = [
        [Choice("dispose.confirm", turn.subject, style="success")],
        [Choice("dispose.options", turn.subject, label_key="dispose.back")],
    ]
    turn.say("dispose/note_kept", rows, note=note)
    return END


def _approved(turn: Turn, cycle: Cycle, task: Task, marks: Marks) -> None:
    """The outcome: who, when, what next; with the Lembar Disposisi as soon as it is printed."""
    sheet = _sheet_paper(turn, cycle)
    following = next(iter(cycle.open_tasks()), None)
    turn.toast("dispose/toast")
    turn.say(
        "dispose/approved",
        [[Choice("status.open")]],
        attachment=Attachment(paper=sheet) if sheet else None,
        after=(sheet,) if sheet else (),
        by=task.decided_by.title if task.decided_by else "",
        at=turn.now,
        cycle=cycle.name,
        instructions=list(task.instructions),
        marks=[mark for mark in (marks.urgency, marks.security) if mark != "biasa"],
        note=task.note,
        to=cycle.sop.role_name(cycle.step_of(following).actor) if following else "",
        due_at=following.due_at if following else None,
    )


def _sheet_paper(turn: Turn, cycle: Cycle) -> str:
    """The Lembar Disposisi that is being printed."""
    found = turn.uow.papers.of_cycle(cycle.id, kind=SHEET)
    return found[-1].id if found else ""


DIALOGUE = Dialogue(
    key=actions.DISPOSE,
    commands=(Command("disposisi", disposisi, roles=ROLE),),
    buttons=(
        ButtonAction("dispose.approve", approve, ROLE),
        ButtonAction("dispose.options", options, ROLE),
        ButtonAction("dispose.urgency", urgency, ROLE),
        ButtonAction("dispose.security", security, ROLE),
        ButtonAction("dispose.note", ask_note, ROLE),
        ButtonAction("dispose.confirm", approve, ROLE),
    ),
    states=(State("dispose.note", on_text=take_note),),
    card=card,
)
