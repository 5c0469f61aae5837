"""The table event → who hears of it, in which template, loud or silent, and which reminders follow.

Every event class has an entry here or stands in SILENT; a test demands it. Nobody hears of an act twice: the person
who did it gets the answer of their own tap, the others a card or a line.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar, cast

from sop import events
from sop.cycle import Cycle, Task
from sop.delivery import deliver_to_newcomer, paper_message
from sop.outgoing import Choice, Message, Priority, ToGroup, ToPerson
from sop.people import ADMINISTRATOR
from sop.ports import UnitOfWork
from sop.reminders import plan
from sop.visibility import may_see_paper

E = TypeVar("E", bound=events.Event)
Hearing = Callable[[UnitOfWork, Any, datetime], None]

_HEARINGS: dict[type[events.Event], Hearing] = {}

# Only the journal hears of these: the person who did them has the answer in front of them.
SILENT: frozenset[type[events.Event]] = frozenset(
    {
        events.InvitationIssued,
        events.InvitationRevoked,
        events.RosterImported,
        events.SettingsChanged,
        events.GroupBound,  # the group has the answer in front of it
        events.GroupMigrated,
        events.ReminderFell,
        events.CycleOpened,  # the first task's card tells it
        events.StepCompleted,  # the next step's cards tell it
        events.LetterNumbered,
        events.LetterSigned,
        events.LettersSentAgain,
        events.LetterReceived,
        events.EvidenceAdded,
        events.EvidenceStored,
        events.EvidenceWithdrawn,
        events.EvidenceDeclaredAbsent,
        events.EvidenceJudged,
        events.PreparationChanged,
        events.PaperSeen,
        events.TeamAsked,  # sop/actions/team_questions.py writes to the team and to the asker
        events.TeamAnswered,
        events.FileDropped,
    }
)


def hears(kind: type[E]) -> Callable[[Callable[[UnitOfWork, E, datetime], None]], Hearing]:
    """Register what follows from an event."""

    def register(hearing: Callable[[UnitOfWork, E, datetime], None]) -> Hearing:
        _HEARINGS[kind] = cast(Hearing, hearing)
        return _HEARINGS[kind]

    return register


def heard() -> frozenset[type[events.Event]]:
    """Event classes with an entry, for the test that demands one for each."""
    return frozenset(_HEARINGS) | SILENT


def hear(uow: UnitOfWork, event: events.Event, now: datetime) -> None:
    """Let everybody hear of an event who should."""
    hearing = _HEARINGS.get(type(event))
    if hearing is not None:
        hearing(uow, event, now)


# --- tasks ---


@hears(events.TaskOpened)
def _task_opened(uow: UnitOfWork, event: events.TaskOpened, now: datetime) -> None:
    """The papers that go with the task, then its card, to everybody who may act."""
    cycle = uow.cycles.get(event.cycle)
    step = cycle.sop.step(event.step)
    holders = uow.people.holders(step.actor, event.opd, now)
    wanted = [need.paper for need in step.needs if need.paper]
    papers = [p for p in uow.papers.of_cycle(cycle.id) if p.kind in wanted and p.opd in (None, event.opd)]
    papers.sort(key=lambda p: wanted.index(p.kind))
    for holder in holders:
        for paper in papers:
            if may_see_paper(cycle, holder, paper):
                uow.outbox.add(paper_message(paper, holder.id, cycle))
    uow.outbox.refresh_card(
        event.task, [h.id for h in holders], loud=True, after=[p.id for p in papers if p.state == "queued"]
    )
    if not holders:
        _tell_roles(
            uow,
            (ADMINISTRATOR,),
            "task_without_holder",
            {"step": step.title, "role": cycle.sop.role_name(step.actor), "opd": _opd_name(uow, event.opd)},
            now,
            choices=((Choice("people.invite_role", arg=step.actor, style="primary"),),),
            key=f"without_holder:{event.task}",
        )
    if event.reason:
        _group_line(
            uow,
            "group/task_returned",
            {
                "step": step.title,
                "number": step.number,
                "by": event.returned_by,
                "opd": _opd_name(uow, event.opd),
                "cycle": cycle.name,
            },
            key=f"group:opened:{event.task}",
        )


@hears(events.ClockStarted)
def _clock_started(uow: UnitOfWork, event: events.ClockStarted, now: datetime) -> None:
    _replan(uow, uow.cycles.get(event.cycle), event.task, now)
    _refresh(uow, uow.cycles.get(event.cycle), event.task, now)


@hears(events.DeadlineMoved)
def _deadline_moved(uow: UnitOfWork, event: events.DeadlineMoved, now: datetime) -> None:
    cycle = uow.cycles.get(event.cycle)
    _replan(uow, cycle, event.task, now)
    _refresh(uow, cycle, event.task, now)


@hears(events.TaskHandedOver)
def _handed_over(uow: UnitOfWork, event: events.TaskHandedOver, now: datetime) -> None:
    cycle = uow.cycles.get(event.cycle)
    _ended(uow, cycle, event.task, now)
    step = cycle.sop.step(event.step)
    of_step = [cycle.latest(event.step, opd) for opd in cycle.opds] if step.each else []
    line = {
        "number": step.number,
        "step": step.title,
        "output": step.output,
        "by": event.by["title"],
        "at": now,
        "cycle": cycle.name,
        "opd": _opd_name(uow, event.opd),
        "done": sum(1 for t in of_step if t is not None and not t.open),
        "total": len(of_step),
        "due": next((t.due_at for t in of_step if t is not None and t.open), None),
    }
    # One line an event; for a step per OPD the newest count replaces one that still waits for its turn.
    key = f"group:{cycle.id}:{step.key}:progress" if step.each else f"group:done:{event.task}"
    _group_line(uow, "group/task_handed_over", line, key=key)


@hears(events.TaskReturned)
def _returned(uow: UnitOfWork, event: events.TaskReturned, now: datetime) -> None:
    _ended(uow, uow.cycles.get(event.cycle), event.task, now)


@hears(events.TaskClosedWithout)
def _closed_without(uow: UnitOfWork, event: events.TaskClosedWithout, now: datetime) -> None:
    cycle = uow.cycles.get(event.cycle)
    _ended(uow, cycle, event.task, now)
    _group_line(
        uow,
        "group/task_closed_without",
        {"opd": _opd_name(uow, event.opd), "cycle": cycle.name, "by": event.by["title"]},
        key=f"group:closed:{event.task}",
    )


@hears(events.QuestionAsked)
def _asked(uow: UnitOfWork, event: events.QuestionAsked, now: datetime) -> None:
    """The question goes to the drafter, or to everybody in the drafter's role if the drafter has left it."""
    cycle = uow.cycles.get(event.cycle)
    uow.reminders.drop(event.task)
    _refresh(uow, cycle, event.task, now)
    role = cycle.sop.steps[0].actor
    drafters = uow.people.holders(role, None, now)
    receivers = [d for d in drafters if d.id == event.to_person] or list(drafters)
    for receiver in receivers:
        uow.outbox.add(
            Message(
                to=ToPerson(receiver.id),
                template="question_asked",
                params={
                    "question": event.question,
                    "by": event.asked_by,
                    "step": cycle.sop.step(event.step).title,
                    "number": cycle.sop.step(event.step).number,
                    "cycle": cycle.name,
                },
                choices=((Choice("step.answer", event.task, style="primary"),),),
                key=f"asked:{event.task}:{now.isoformat()}:{receiver.id}",
            )
        )


@hears(events.QuestionAnswered)
def _answered(uow: UnitOfWork, event: events.QuestionAnswered, now: datetime) -> None:
    cycle = uow.cycles.get(event.cycle)
    _replan(uow, cycle, event.task, now)
    _refresh(uow, cycle, event.task, now)
    uow.outbox.add(
        Message(
            to=ToPerson(event.asker),
            template="question_answered",
            params={
                "question": event.question,
                "answer": event.answer,
                "by": event.answered_by,
                "step": cycle.sop.step(event.step).title,
                "number": cycle.sop.step(event.step).number,
            },
            choices=((Choice("step.card", event.task, style="primary"),),),
            key=f"answered:{event.task}:{now.isoformat()}",
        )
    )


# --- letters ---


@hears(events.LettersSent)
def _letters_sent(uow: UnitOfWork, event: events.LettersSent, now: datetime) -> None:
    params = {"cycle": uow.cycles.get(event.cycle).name, "by_bot": event.by_bot, "by_hand": event.by_hand, "at": now}
    _group_line(uow, "group/letters_sent", params, key=f"group:letters_sent:{event.letters[0]}")


@hears(events.LettersVoided)
def _letters_voided(uow: UnitOfWork, event: events.LettersVoided, now: datetime) -> None:
    """Whoever keeps the agenda must strike the numbers out there too."""
    params = {"cycle": uow.cycles.get(event.cycle).name, "numbers": list(event.numbers), "reason": event.reason}
    _tell_roles(uow, (event.role,), "letters_void", params, now, key=f"void:{event.cycle}:{now.isoformat()}")


# --- the cycle as a whole ---


@hears(events.CycleSuspended)
def _suspended(uow: UnitOfWork, event: events.CycleSuspended, now: datetime) -> None:
    _cycle_changed(uow, event.cycle, "cycle_suspended", event.reason, now)


@hears(events.CycleResumed)
def _resumed(uow: UnitOfWork, event: events.CycleResumed, now: datetime) -> None:
    _cycle_changed(uow, event.cycle, "cycle_resumed", event.reason, now)


@hears(events.CycleCancelled)
def _cancelled(uow: UnitOfWork, event: events.CycleCancelled, now: datetime) -> None:
    _cycle_changed(uow, event.cycle, "cycle_cancelled", event.reason, now)


@hears(events.CycleReopened)
def _reopened(uow: UnitOfWork, event: events.CycleReopened, now: datetime) -> None:
    _cycle_changed(uow, event.cycle, "cycle_reopened", event.reason, now)


@hears(events.CycleCompleted)
def _completed(uow: UnitOfWork, event: events.CycleCompleted, now: datetime) -> None:
    _cycle_changed(uow, event.cycle, "cycle_completed", "", now)


def _cycle_changed(uow: UnitOfWork, cycle_id: str, template: str, reason: str, now: datetime) -> None:
    """Everybody who has an open task hears it; cards and reminders follow the state."""
    cycle = uow.cycles.get(cycle_id)
    concerned: set[str] = set()
    for task in cycle.open_tasks():
        _replan(uow, cycle, task.id, now)
        _refresh(uow, cycle, task.id, now)
        concerned |= {h.id for h in uow.people.holders(cycle.step_of(task).actor, task.opd, now)}
    params = {"cycle": cycle.name, "reason": reason, "at": now}
    for person in sorted(concerned):
        uow.outbox.add(
            Message(ToPerson(person), template, params, key=f"{template}:{cycle.id}:{now.isoformat()}:{person}")
        )
    _group_line(uow, f"group/{template}", params, key=f"group:{template}:{cycle.id}:{now.isoformat()}")


# --- people and groups ---


@hears(events.MemberJoined)
def _joined(uow: UnitOfWork, event: events.MemberJoined, now: datetime) -> None:
    """Letters that were sent before and open tasks of the role come to the newcomer; menus follow."""
    uow.outbox.refresh_menu(event.person)
    deliver_to_newcomer(uow, event.person, now)
    give_open_tasks(uow, event.person, now)


@hears(events.RoleGranted)
def _granted(uow: UnitOfWork, event: events.RoleGranted, now: datetime) -> None:
    uow.outbox.refresh_menu(event.person)
    uow.outbox.add(
        Message(
            ToPerson(event.person),
            "role_granted",
            {"role": uow.office.sop.role_name(event.role), "opd": _opd_name(uow, event.opd)},
            choices=((Choice("tasks.mine", style="primary"), Choice("help.open")),),
            key=f"granted:{event.person}:{event.role}:{event.opd}:{now.isoformat()}",
        )
    )
    deliver_to_newcomer(uow, event.person, now)
    give_open_tasks(uow, event.person, now)


@hears(events.RoleRevoked)
def _revoked(uow: UnitOfWork, event: events.RoleRevoked, now: datetime) -> None:
    """Cards of tasks that are no longer theirs lose their buttons; the person is told."""
    uow.outbox.refresh_menu(event.person)
    _refresh_role(uow, event.role, event.opd, [event.person], now)
    uow.outbox.add(
        Message(
            ToPerson(event.person),
            "role_revoked",
            {"role": uow.office.sop.role_name(event.role), "opd": _opd_name(uow, event.opd)},
            key=f"revoked:{event.person}:{event.role}:{event.opd}:{now.isoformat()}",
        )
    )


@hears(events.DelegationSet)
def _delegated(uow: UnitOfWork, event: events.DelegationSet, now: datetime) -> None:
    uow.outbox.refresh_menu(event.substitute)
    params = {
        "kind": event.kind,
        "role": uow.office.sop.role_name(event.role),
        "absent": event.absent_name,
        "substitute": event.substitute_name,
        "starts_on": event.starts_on,
        "ends_on": event.ends_on,
    }
    for person in (event.substitute, event.absent):
        uow.outbox.add(
            Message(
                ToPerson(person),
                "delegation_set" if person == event.substitute else "delegation_of_you",
                params,
                choices=((Choice("tasks.mine", style="primary"),),),
                key=f"delegation:{event.delegation}:{person}",
            )
        )
    deliver_to_newcomer(uow, event.substitute, now)
    give_open_tasks(uow, event.substitute, now)


@hears(events.DelegationBegan)
def _delegation_began(uow: UnitOfWork, event: events.DelegationBegan, now: datetime) -> None:
    uow.outbox.refresh_menu(event.substitute)
    params = {
        "kind": event.kind,
        "role": uow.office.sop.role_name(event.role),
        "absent": event.absent_name,
        "ends_on": event.ends_on,
    }
    uow.outbox.add(
        Message(
            ToPerson(event.substitute),
            "delegation_begins",
            params,
            choices=((Choice("tasks.mine", style="primary"),),),
            key=f"delegation_begins:{event.delegation}",
        )
    )
    deliver_to_newcomer(uow, event.substitute, now)
    give_open_tasks(uow, event.substitute, now)


@hears(events.DelegationEnded)
@hears(events.DelegationExpired)
def _delegation_ended(uow: UnitOfWork, event: events.DelegationEnded | events.DelegationExpired, now: datetime) -> None:
    uow.outbox.refresh_menu(event.substitute)
    _refresh_role(uow, event.role, None, [event.substitute], now)
    params = {
        "role": uow.office.sop.role_name(event.role),
        "absent": event.absent_name,
        "substitute": event.substitute_name,
    }
    for person in (event.substitute, event.absent):
        uow.outbox.add(
            Message(ToPerson(person), "delegation_ended", params, key=f"undelegated:{event.delegation}:{person}")
        )


@hears(events.Unreachable)
def _unreachable(uow: UnitOfWork, event: events.Unreachable, now: datetime) -> None:
    _tell_roles(
        uow,
        (ADMINISTRATOR,),
        "person_unreachable",
        {"name": event.name, "reason": event.reason},
        now,
        choices=((Choice("people.roster"),),),
        key=f"unreachable:{event.person}:{now.date().isoformat()}",
        but=event.person,
    )


@hears(events.ReachableAgain)
def _reachable_again(uow: UnitOfWork, event: events.ReachableAgain, now: datetime) -> None:
    """Letters that went out while the person could not be written to."""
    deliver_to_newcomer(uow, event.person, now)


@hears(events.GroupLost)
def _group_lost(uow: UnitOfWork, event: events.GroupLost, now: datetime) -> None:
    _tell_roles(
        uow,
        (ADMINISTRATOR,),
        "group_lost",
        {"team": uow.office.sop.role_name(event.purpose), "reason": event.reason},
        now,
        key=f"group_lost:{event.chat}:{now.isoformat()}",
    )


# --- shared ---


def give_open_tasks(uow: UnitOfWork, person: str, now: datetime) -> None:
    """Send a person the cards of every open task that they may act on now."""
    who = uow.people.get(person, now)
    if who is None:
        return
    for cycle in uow.cycles.current():
        for task in cycle.open_tasks():
            if who.capacity(cycle.step_of(task).actor, task.opd):
                uow.outbox.refresh_card(task.id, [person], loud=True)


def _refresh_role(uow: UnitOfWork, role: str, opd: str | None, persons: list[str], now: datetime) -> None:
    for cycle in uow.cycles.current():
        for task in cycle.open_tasks():
            if cycle.step_of(task).actor == role and opd in (None, task.opd):
                uow.outbox.refresh_card(task.id, persons)


def _refresh(uow: UnitOfWork, cycle: Cycle, task_id: str, now: datetime) -> None:
    task = cycle.task(task_id)
    holders = uow.people.holders(cycle.step_of(task).actor, task.opd, now)
    uow.outbox.refresh_card(task_id, [h.id for h in holders])


def _ended(uow: UnitOfWork, cycle: Cycle, task_id: str, now: datetime) -> None:
    """Somebody has decided: reminders stop, every copy of the card shows it, open questions about it are closed."""
    uow.reminders.drop(task_id)
    uow.dialogues.close_for_subject(task_id)
    _refresh(uow, cycle, task_id, now)


def _replan(uow: UnitOfWork, cycle: Cycle, task_id: str, now: datetime) -> None:
    task: Task = cycle.task(task_id)
    running = cycle.state.value == "berjalan" and task.open and task.paused_at is None
    if not running or task.clock_started_at is None or task.due_at is None:
        uow.reminders.drop(task_id)
        return
    moments = plan(
        cycle.step_of(task).remind,
        started=task.clock_started_at,
        target=task.target_at,
        due=task.due_at,
        now=now,
        calendar=uow.time,
    )
    uow.reminders.replan(task_id, [(m.rung, m.at) for m in moments])


def _group_line(uow: UnitOfWork, template: str, params: dict[str, Any], *, key: str) -> None:
    """One line for each bound group (once where one group serves two teams); never evidence or personal data."""
    places = {(group.chat, group.thread): group.purpose for group in reversed(uow.groups.all())}
    for purpose in sorted(places.values()):
        line = Message(ToGroup(purpose), template, params, loud=False, priority=Priority.BULK, key=f"{key}:{purpose}")
        uow.outbox.add(line)


def _tell_roles(
    uow: UnitOfWork,
    roles: tuple[str, ...],
    template: str,
    params: dict[str, Any],
    now: datetime,
    *,
    key: str,
    choices: tuple[tuple[Choice, ...], ...] = (),
    but: str = "",
) -> None:
    for person in {h.id for role in roles for h in uow.people.holders(role, None, now)} - {but}:
        uow.outbox.add(Message(ToPerson(person), template, params, choices=choices, key=f"{key}:{person}"))


def _opd_name(uow: UnitOfWork, opd: str | None) -> str:
    return uow.office.opd(opd).name if opd else ""
