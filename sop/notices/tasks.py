"""What follows when a task falls to somebody, is decided, or its clock moves."""

from datetime import datetime

from sop import events
from sop.cycle import Cycle, Standing
from sop.delivery import paper_message
from sop.notices.common import ended, group_line, opd_name, refresh, refresh_later, replan, sending_step, tell_roles
from sop.notices.hearing import hears
from sop.outgoing import Choice, Message, ToPerson
from sop.people import ADMINISTRATOR
from sop.ports import UnitOfWork
from sop.visibility import may_see_paper


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
            if may_see_paper(uow, cycle, holder, paper):
                uow.outbox.add(paper_message(paper, holder.id, cycle))
    uow.outbox.refresh_card(
        event.task, [h.id for h in holders], loud=True, after=[p.id for p in papers if p.state == "queued"]
    )
    if not holders:
        tell_roles(
            uow,
            (ADMINISTRATOR,),
            "task_without_holder",
            {"step": step.title, "role": cycle.sop.role_name(step.actor), "opd": opd_name(uow, event.opd, cycle)},
            now,
            choices=((Choice("people.invite_role", arg=step.actor, style="primary"),),),
            key=f"without_holder:{event.task}",
        )
    if event.reason:
        group_line(
            uow,
            "group/task_returned",
            {
                "step": step.title,
                "number": step.number,
                "by": event.returned_by,
                "recorded_by": event.recorded_by,
                "opd": opd_name(uow, event.opd, cycle),
                "cycle": cycle.name,
            },
            key=f"group:opened:{event.task}",
        )


@hears(events.ClockStarted)
def _clock_started(uow: UnitOfWork, event: events.ClockStarted, now: datetime) -> None:
    replan(uow, uow.cycles.get(event.cycle), event.task, now)
    refresh(uow, uow.cycles.get(event.cycle), event.task, now)


@hears(events.DeadlineMoved)
def _deadline_moved(uow: UnitOfWork, event: events.DeadlineMoved, now: datetime) -> None:
    cycle = uow.cycles.get(event.cycle)
    replan(uow, cycle, event.task, now)
    refresh(uow, cycle, event.task, now)


@hears(events.TaskHandedOver)
def _handed_over(uow: UnitOfWork, event: events.TaskHandedOver, now: datetime) -> None:
    cycle = uow.cycles.get(event.cycle)
    ended(uow, cycle, event.task, now)
    step = cycle.sop.step(event.step)
    of_step = [cycle.latest(event.step, opd) for opd in cycle.opds] if step.each else []
    line = {
        "number": step.number,
        "step": step.title,
        "output": step.output,
        "by": event.by["title"],
        "at": now,
        "cycle": cycle.name,
        "opd": opd_name(uow, event.opd, cycle),
        "done": sum(1 for t in of_step if t is not None and not t.open),
        "total": len(of_step),
        "due": next((t.due_at for t in of_step if t is not None and t.open), None),
    }
    # One line an event; for a step per OPD the newest count replaces one that still waits for its turn.
    key = f"group:{cycle.id}:{step.key}:progress" if step.each else f"group:done:{event.task}"
    told_elsewhere = step == sending_step(cycle) or step == cycle.sop.steps[-1]  # by the sending, by the publication
    if not told_elsewhere:
        group_line(uow, "group/task_handed_over", line, key=key)
    if step.each:
        refresh_later(uow, cycle, now, loud=not cycle.open_tasks(step.key))


@hears(events.TaskReturned)
def _returned(uow: UnitOfWork, event: events.TaskReturned, now: datetime) -> None:
    ended(uow, uow.cycles.get(event.cycle), event.task, now)


@hears(events.TaskClosedWithout)
def _closed_without(uow: UnitOfWork, event: events.TaskClosedWithout, now: datetime) -> None:
    cycle = uow.cycles.get(event.cycle)
    ended(uow, cycle, event.task, now)
    group_line(
        uow,
        "group/task_closed_without",
        {"opd": opd_name(uow, event.opd, cycle), "cycle": cycle.name, "by": event.by["title"]},
        key=f"group:closed:{event.task}",
    )
    refresh_later(uow, cycle, now)


@hears(events.QuestionAsked)
def _asked(uow: UnitOfWork, event: events.QuestionAsked, now: datetime) -> None:
    """The question goes to the drafter, or to everybody in the drafter's role if the drafter has left it.

    Until it is answered that role is reminded of it, each working day.
    """
    cycle = uow.cycles.get(event.cycle)
    replan(uow, cycle, event.task, now)
    refresh(uow, cycle, event.task, now)
    _clock_line(uow, cycle, event.task, "group/clock_stopped", event.asked_by, now)
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


def _clock_line(uow: UnitOfWork, cycle: Cycle, task_id: str, template: str, by: str, now: datetime) -> None:
    """The groups hear that a clock stands for a question, and that it goes on; never what was asked."""
    task = cycle.task(task_id)
    step = cycle.step_of(task)
    params = {"cycle": cycle.name, "number": step.number, "step": step.title, "by": by, "due_at": task.due_at}
    group_line(uow, template, params, key=f"{template}:{task_id}:{now.isoformat()}")


@hears(events.QuestionAnswered)
def _answered(uow: UnitOfWork, event: events.QuestionAnswered, now: datetime) -> None:
    cycle = uow.cycles.get(event.cycle)
    replan(uow, cycle, event.task, now)
    refresh(uow, cycle, event.task, now)
    _clock_line(uow, cycle, event.task, "group/clock_runs", event.answered_by, now)
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


@hears(events.DeadlineSet)
def _deadline_set(uow: UnitOfWork, event: events.DeadlineSet, now: datetime) -> None:
    cycle = uow.cycles.get(event.cycle)
    replan(uow, cycle, event.task, now)
    refresh(uow, cycle, event.task, now)


@hears(events.ClockStands)
@hears(events.ClockRuns)
def _clock_changed(uow: UnitOfWork, event: events.ClockStands | events.ClockRuns, now: datetime) -> None:
    """The groups hear of a break and of a paper that is away for signature; of an adjournment the sitting's own line
    tells."""
    cycle = uow.cycles.get(event.cycle)
    replan(uow, cycle, event.task, now)
    refresh(uow, cycle, event.task, now)
    if event.why != Standing.ADJOURNED:
        step = cycle.sop.step(event.step)
        stands = isinstance(event, events.ClockStands)
        line = {"cycle": cycle.name, "number": step.number, "step": step.title, "why": event.why, "stands": stands}
        group_line(
            uow,
            "group/work_stands",
            line | {"at": now, "due_at": cycle.task(event.task).due_at},
            key=f"group:stands:{event.task}:{stands}:{now.isoformat()}",
        )


@hears(events.PublicationStarted)
@hears(events.PublicationFailed)
def _publication(uow: UnitOfWork, event: events.PublicationStarted | events.PublicationFailed, now: datetime) -> None:
    """The card says that the document is being printed, and offers no second publication meanwhile."""
    refresh(uow, uow.cycles.get(event.cycle), event.task, now)


@hears(events.TaskReported)
def _reported(uow: UnitOfWork, event: events.TaskReported, now: datetime) -> None:
    """The superior gets a card of their own, loud; the team's shows that it waits."""
    cycle = uow.cycles.get(event.cycle)
    refresh(uow, cycle, event.task, now)
    _report_line(uow, cycle, event, "group/reported", now)
    superiors = uow.people.holders(cycle.sop.step(event.step).acknowledged_by, None, now)
    papers = [p.id for p in uow.papers.of_cycle(cycle.id) if p.state == "queued"]
    uow.outbox.refresh_card(event.task, [h.id for h in superiors], loud=True, after=papers)


def _report_line(
    uow: UnitOfWork,
    cycle: Cycle,
    event: events.TaskReported | events.ReportAcknowledged,
    template: str,
    now: datetime,
) -> None:
    step = cycle.sop.step(event.step)
    superior = cycle.sop.role_name(step.acknowledged_by)
    line = {"cycle": cycle.name, "number": step.number, "step": step.title, "by": event.by["title"], "at": now}
    group_line(uow, template, line | {"superior": superior}, key=f"{template}:{event.task}:{now.isoformat()}")


@hears(events.ReportAcknowledged)
def _acknowledged(uow: UnitOfWork, event: events.ReportAcknowledged, now: datetime) -> None:
    """Every copy of both cards shows who took note, and when; the team's is sent anew, for it is their turn."""
    cycle = uow.cycles.get(event.cycle)
    refresh(uow, cycle, event.task, now)
    _report_line(uow, cycle, event, "group/acknowledged", now)
    team = uow.people.holders(cycle.sop.step(event.step).actor, None, now)
    uow.outbox.refresh_card(event.task, [h.id for h in team], loud=True)
