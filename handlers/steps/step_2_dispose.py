"""Step 2, the disposisi: decided in a corridor, in one tap; or with instructions and a note."""

from datetime import datetime
from typing import Any

from handlers.cards import stale_or_closed, task_params
from handlers.lists import pressed
from handlers.registry import END, ButtonAction, CardView, Command, Dialogue, Next, State
from handlers.turn import Turn
from sop.actions import preparation as actions
from sop.cycle import Cycle, Task, planned
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
    """One tap: approved, with what was chosen before, else with the office's usual instruction."""
    task_id = pressed(turn).id
    turn.act(actions.to_dispose, task_id)
    turn.begin(task_id)
    standing = _standing(turn)
    chosen = tuple(standing[n] for n in turn.draft.get("instructions", []) if n < len(standing))
    cycle = turn.act(actions.dispose, task_id, instructions=chosen, note=str(turn.draft.get("note", "")))
    _approved(turn, cycle, cycle.task(task_id))
    turn.forget_draft()
    return END


def _standing(turn: Turn) -> tuple[str, ...]:
    """The instructions of the cycle's own version, so that a number on an old button means what it said."""
    return turn.uow.definition_of(turn.uow.cycles.of_task(turn.subject)).office.instructions


def options(turn: Turn) -> Next:
    """Choose instructions: entries that toggle; then a note, if wanted."""
    task_id, number = pressed(turn).id, pressed(turn).arg
    turn.act(actions.to_dispose, task_id)
    turn.begin(task_id)
    standing = _standing(turn)
    chosen = set(turn.draft.get("instructions", []))
    if number:
        if number not in map(str, range(len(standing))):
            raise NothingThere(what="tombol")
        chosen ^= {int(number)}
        turn.draft["instructions"] = sorted(chosen)
    rows = [
        [Choice("dispose.options", task_id, str(n), label_key="dispose.toggle", label={"text": t, "on": n in chosen})]
        for n, t in enumerate(standing)
    ]
    note = str(turn.draft.get("note", ""))
    rows.append([Choice("dispose.note", task_id, label={"there": bool(note)})])
    rows.append([Choice("dispose.confirm", task_id, style="success")])
    picked = [t for n, t in enumerate(standing) if n in chosen]
    turn.show("dispose/options", rows, chosen=picked, usual=turn.office.office.usual_instruction, note=note)
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


def _approved(turn: Turn, cycle: Cycle, task: Task) -> None:
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
        note=task.note,
        to=cycle.sop.role_name(cycle.step_of(following).actor) if following else "",
        due_at=following.due_at if following else None,
    )


def _sheet_paper(turn: Turn, cycle: Cycle) -> str:
    """The Lembar Disposisi that is being printed."""
    found = turn.uow.papers.of_cycle(cycle.id, kind="lembar_disposisi")
    return found[-1].id if found else ""


DIALOGUE = Dialogue(
    key=actions.DISPOSE,
    commands=(Command("disposisi", disposisi, roles=ROLE),),
    buttons=(
        ButtonAction("dispose.approve", approve, ROLE),
        ButtonAction("dispose.options", options, ROLE),
        ButtonAction("dispose.note", ask_note, ROLE),
        ButtonAction("dispose.confirm", approve, ROLE),
    ),
    states=(State("dispose.note", on_text=take_note),),
    card=card,
)
