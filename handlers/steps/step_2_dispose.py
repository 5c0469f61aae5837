"""Step 2, the disposisi: decided in a corridor, in one tap; or with instructions and a note."""

from datetime import datetime
from typing import Any

from handlers.cards import stale_or_closed, task_params
from handlers.lists import pressed
from handlers.registry import END, ButtonAction, CardView, Command, Dialogue, Next, State
from handlers.turn import Turn
from sop.actions import preparation as actions
from sop.cycle import Cycle, planned
from sop.outgoing import Attachment, Choice
from sop.people import Acting
from sop.ports import UnitOfWork
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
    """`/disposisi`: every card that waits for a decision."""
    found = [
        task.id
        for cycle in turn.uow.cycles.current()
        for task in cycle.open_tasks()
        if cycle.step_of(task).dialogue == "dispose" and turn.acting.capacity(cycle.step_of(task).actor)
    ]
    if not found:
        turn.say("dispose/nothing", [[Choice("tasks.mine"), Choice("status.open")]])
    for task_id in found:
        turn.uow.outbox.refresh_card(task_id, [turn.acting.id], loud=True)
    return END


def approve(turn: Turn) -> Next:
    """One tap: approved, with the office's usual instruction."""
    return _dispose(turn, pressed(turn).id, (), "")


def options(turn: Turn) -> Next:
    """Choose instructions: entries that toggle; then a note, if wanted."""
    turn.begin(pressed(turn).id)
    standing = turn.office.office.instructions
    chosen: list[int] = list(turn.draft.get("instructions", []))
    if pressed(turn).arg.isdecimal():
        number = int(pressed(turn).arg)
        chosen = sorted(set(chosen) ^ {number}) if number < len(standing) else chosen
        turn.draft["instructions"] = chosen
    rows = [
        [
            Choice(
                "dispose.options",
                turn.subject,
                str(n),
                label_key="dispose.toggle",
                label={"text": t, "on": n in chosen},
            )
        ]
        for n, t in enumerate(standing)
    ]
    rows.append([Choice("dispose.note", turn.subject, label={"there": bool(turn.draft.get("note"))})])
    rows.append([Choice("dispose.confirm", turn.subject, style="success")])
    turn.show("dispose/options", rows, chosen=[standing[n] for n in chosen], note=turn.draft.get("note", ""))
    return END


def ask_note(turn: Turn) -> Next:
    """A note for the sheet."""
    turn.begin(pressed(turn).id)
    turn.say("dispose/ask_note")
    return "dispose.note"


def take_note(turn: Turn) -> Next:
    """The note as typed."""
    turn.draft["note"] = turn.text.strip()
    rows = [
        [Choice("dispose.confirm", turn.subject, style="success")],
        [Choice("dispose.options", turn.subject, label_key="dispose.back")],
    ]
    turn.say("dispose/note_kept", rows, note=turn.draft["note"])
    return END


def confirm(turn: Turn) -> Next:
    """Approved with what was chosen."""
    turn.begin(pressed(turn).id)
    standing = turn.office.office.instructions
    chosen = tuple(standing[n] for n in turn.draft.get("instructions", []) if n < len(standing))
    note = str(turn.draft.get("note", ""))
    result = _dispose(turn, turn.subject, chosen, note)
    turn.forget_draft()
    return result


def _dispose(turn: Turn, task_id: str, instructions: tuple[str, ...], note: str) -> Next:
    cycle = turn.act(actions.dispose, task_id, instructions=instructions, note=note)
    task = cycle.task(task_id)
    assert task.decided_by is not None  # just decided
    sheet = _sheet_paper(turn, cycle)
    following = cycle.open_tasks()[0] if cycle.open_tasks() else None
    turn.say(
        "dispose/approved",
        [[Choice("status.open")]],
        attachment=Attachment(paper=sheet) if sheet else None,
        after=(sheet,) if sheet else (),
        by=task.decided_by.title,
        at=turn.now,
        cycle=cycle.name,
        to=cycle.sop.role_name(cycle.step_of(following).actor) if following else "",
        due_at=following.due_at if following else None,
    )
    turn.toast("dispose/toast")
    return END


def _sheet_paper(turn: Turn, cycle: Cycle) -> str:
    """The Lembar Disposisi that is being printed."""
    found = turn.uow.papers.of_cycle(cycle.id, kind="lembar_disposisi")
    return found[-1].id if found else ""


DIALOGUE = Dialogue(
    key="dispose",
    commands=(Command("disposisi", disposisi, roles=ROLE),),
    buttons=(
        ButtonAction("dispose.approve", approve, ROLE),
        ButtonAction("dispose.options", options, ROLE),
        ButtonAction("dispose.note", ask_note, ROLE),
        ButtonAction("dispose.confirm", confirm, ROLE),
    ),
    states=(State("dispose.note", on_text=take_note),),
    card=card,
)
