"""The card of the meeting: schedule it, hold it, confirm its notula; each phase with its own acts (SOP step 6)."""

from datetime import datetime
from typing import Any

from handlers.cards import stale_or_closed, task_params
from handlers.letter_copies import letter_facts, next_act
from handlers.registry import STAY, CardView, Next
from handlers.steps.step_6_meeting.shared import Phase, phase_of
from handlers.turn import Turn
from sop.actions import letters, minutes
from sop.actions.letters import LetterView
from sop.convening import MEETING, sitting_facts
from sop.cycle import Cycle, Task
from sop.letters import LetterState
from sop.meeting import Meeting, Sitting
from sop.outgoing import Choice, Rows
from sop.people import Acting
from sop.ports import UnitOfWork


def meeting_command(turn: Turn) -> Next:
    """/rapat: the card of every meeting that waits for this person; else how it stands."""
    mine = [
        t
        for c in turn.uow.cycles.current()
        for t in c.open_tasks()
        if c.step_of(t).dialogue == MEETING and turn.acting.capacity(c.step_of(t).actor)
    ]
    for task in mine:
        turn.uow.outbox.refresh_card(task.id, [turn.acting.id], loud=True)
    if not mine:
        turn.say("meeting/none", [[Choice("tasks.mine"), Choice("status.open")]])
    return STAY


def card(uow: UnitOfWork, task_id: str, who: Acting, now: datetime) -> CardView:
    """Where the meeting stands, what is still missing, and what can be done now."""
    cycle = uow.cycles.of_task(task_id)
    task = cycle.task(task_id)
    settled = stale_or_closed(uow, cycle, task, who, now)
    if settled is not None:
        return settled
    meeting = uow.meetings.of_cycle(cycle.id)
    phase = phase_of(meeting, task)
    sitting = meeting.of_task(task_id)
    letter = _letter(uow, cycle, task, sitting)
    lacking, progress = minutes.missing(uow, cycle, meeting)
    params = task_params(uow, cycle, task, now) | {
        "phase": phase,
        "sitting": sitting_facts(sitting) | {"began_at": sitting.began_at} if sitting else None,
        "letter": letter_facts(letter) if letter else None,
        "told": len(sitting.told) if sitting else 0,
        "outdated": bool(letter and sitting and _outdated(uow, letter, sitting)),
        "present": len(meeting.at(meeting.held.number)) if meeting.held else 0,
        "held_before": meeting.held is not None,
        "limit": cycle.step_of(task).limit.office_minutes or 0,
        "since": task.standing_since,
        "lacking": list(lacking),
        "scored": progress.done,
        "indicators": progress.total,
        "unscored": len(progress.left),
    }
    ready = not lacking and not progress.left
    return CardView(
        "card/meeting", params, _choices(cycle, task, meeting, phase, letter, bool(params["outdated"]), ready)
    )


def _letter(uow: UnitOfWork, cycle: Cycle, task: Task, sitting: Sitting | None) -> LetterView | None:
    if sitting is None or not sitting.letter:
        return None
    return letters.view_of(uow, cycle, task.id, uow.letters.get(sitting.letter))


def _outdated(uow: UnitOfWork, view: LetterView, sitting: Sitting) -> bool:
    """Whether the letter that went out names another date than the one that holds."""
    paper = uow.papers.get(view.letter.final_paper) if view.letter.state is LetterState.SENT else None
    printed: dict[str, Any] = paper.context.get("meeting", {}) if paper else {}
    return bool(printed) and datetime.fromisoformat(printed["starts_at"]) != sitting.starts_at


def _choices(
    cycle: Cycle, task: Task, meeting: Meeting, phase: Phase, letter: LetterView | None, outdated: bool, ready: bool
) -> Rows:
    rows: list[list[Choice]] = []
    if phase == "jadwalkan":
        rows.append([Choice("meeting.schedule", task.id, style="success")])
        if meeting.held:
            rows += _notula(task, ready)
    elif phase in ("terjadwal", "lanjutan"):
        rows += _ahead(task, meeting, phase, letter, outdated)
    elif phase == "notula":
        rows += _notula(task, ready)
        rows += [[_people(task, meeting), Choice("meeting.schedule", task.id, label_key="meeting.further")]]
    else:
        if phase == "jeda":
            rows.append([Choice("meeting.take_up", task.id, style="success")])
        rows += [[_people(task, meeting), Choice("meeting.minutes", task.id)]]
        second = [Choice("meeting.rest", task.id)] if phase == "berlangsung" else []
        rows += [[*second, Choice("meeting.schedule", task.id, label_key="meeting.further")]]
        rows += [[Choice("meeting.finish", task.id, style="success" if phase == "berlangsung" else "")]]
    if phase in ("jadwalkan", "terjadwal") and not meeting.held:
        rows.append([Choice("recap.show", cycle.id)])
    else:
        rows.append([Choice("score.open", cycle.id), Choice("recap.show", cycle.id)])
    back = [Choice("step.return", task.id, style="danger")] if "return" in cycle.step_of(task).acts else []
    rows.append([*back, Choice("step.why", task.id)])
    return tuple(tuple(row) for row in rows)


def _notula(task: Task, ready: bool) -> list[list[Choice]]:
    write = Choice("meeting.minutes", task.id, style="" if ready else "success")
    return [[Choice("meeting.confirm", task.id, style="success")], [write]] if ready else [[write]]


def _people(task: Task, meeting: Meeting) -> Choice:
    count = len(meeting.at(meeting.held.number)) if meeting.held else 0
    return Choice("meeting.people", task.id, "0", style="primary", label={"count": count})


def _ahead(task: Task, meeting: Meeting, phase: Phase, letter: LetterView | None, outdated: bool) -> list[list[Choice]]:
    """A date is set: the letter first while there is one to be sent, then the beginning."""
    rows: list[list[Choice]] = []
    unsent = letter is not None and letter.letter.state is not LetterState.SENT
    if letter and unsent:
        signed = letter.letter.state is LetterState.SIGNED
        send = Choice("meeting.invite", task.id, style="success")
        rows += [[send if signed else next_act(task.id, letter)]]
        rows += [[Choice("letters.look", task.id, letter.letter.id, label={"title": letter.title})]]
    number = meeting.sittings[-1].number if phase == "lanjutan" else 0
    rows.append([Choice("meeting.begin", task.id, style="" if unsent else "success", label={"number": number})])
    rows.append([Choice("meeting.schedule", task.id, label_key="meeting.move")])
    if letter is None or outdated:
        rows[-1].append(Choice("meeting.letter", task.id))
    if meeting.held:
        rows.append([Choice("meeting.minutes", task.id), Choice("meeting.call_off", task.id, style="danger")])
    return rows
