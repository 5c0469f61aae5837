"""Acts on a cycle and its tasks that every step has: open, hand over, return, ask, answer, close, suspend."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sop import cycle as rules
from sop.actions.putting_off import ahead, put_off, tell_stopped, tell_taken_up
from sop.actions.statement_papers import STATEMENT
from sop.actions.void import back_to_draft
from sop.cycle import Cycle, CycleState, Events, Question, Signed, Standing, Task, signed
from sop.definition import Duration
from sop.evidence import Item
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.preparation import Preparation
from sop.refusals import BadInput, NothingThere
from sop.telling import tell

PLAIN = "plain"  # the dialogue of steps in office/sop.yaml that need no act of their own


def by_permission(uow: UnitOfWork, who: Acting, act: str) -> Signed:
    """The record of *who*, who must hold one of the roles that may do *act* (table `permissions` of the SOP).

    Raises:
        NotYours: none of them.
    """
    sop = uow.office.sop
    return signed(sop, who, who.any_of(sop.may(act)))


@dataclass(frozen=True, slots=True)
class OpenCycle:
    """What `/siklus_baru` asks for. *target*/*limit* override the SOP's times of the step per OPD, for this cycle."""

    name: str
    year: int
    instrument: str
    opds: tuple[str, ...]
    asked: Mapping[str, tuple[str, ...]]
    target_weeks: int | None = None
    limit_weeks: int | None = None


def open_cycle(uow: UnitOfWork, who: Acting, command: OpenCycle, *, now: datetime) -> Cycle:
    """Open a cycle: it keeps today's definitions, asks every OPD its items, and step 1 falls to its actor.

    Raises:
        NotYours: no permission.
        BadInput: the name is empty or taken, the instrument is unknown, the year is out of range, or an OPD is not
            on the list.
    """
    by = by_permission(uow, who, "open_cycle")
    name = command.name.strip()
    _check(uow, command, name)
    bundle = uow.office
    if command.target_weeks or command.limit_weeks:
        bundle = bundle.with_collection_time(
            Duration(weeks=command.target_weeks) if command.target_weeks else None,
            Duration(weeks=command.limit_weeks) if command.limit_weeks else None,
        )
    definition = uow.keep_definition(bundle, now)
    cycle, told = rules.open_cycle(
        bundle.sop,
        id=uow.new_id(),
        name=name,
        year=command.year,
        definition=definition,
        instrument=command.instrument,
        opds=command.opds,
        by=by,
        time=uow.time,
        ids=uow.new_id,
        now=now,
    )
    sheet = Preparation(asked={opd: list(command.asked[opd]) for opd in command.opds}).drafted(who.id)
    cycle = rules.with_sheet(cycle, sheet.to_json())
    uow.cycles.add(cycle)
    askable = bundle.askable(command.instrument)
    uow.evidence.ask(
        Item(uow.new_id(), cycle.id, opd, code, *askable[code])
        for opd in command.opds
        for code in askable
        if code in command.asked[opd]
    )
    tell(uow, by, now, *told)
    return uow.cycles.get(cycle.id)


def check_name(uow: UnitOfWork, name: str, year: int) -> None:
    """That a cycle may be called so; asked when the name is given, and again at the opening.

    Raises:
        BadInput: the name is too short, too long or taken, or the year is out of range.
    """
    if not 3 <= len(name) <= 80:
        raise BadInput(field="cycle_name", problem="length", value=name)
    if any(c.name.casefold() == name.casefold() for c in uow.cycles.all()):
        raise BadInput(field="cycle_name", problem="taken", value=name)
    if not 2018 <= year <= 2100:
        raise BadInput(field="cycle_year", problem="range", value=str(year))


def _check(uow: UnitOfWork, command: OpenCycle, name: str) -> None:
    check_name(uow, name, command.year)
    if command.instrument not in uow.office.instruments:
        raise BadInput(field="instrument", problem="unknown", value=command.instrument)
    known = {o.key for o in uow.office.opd_list.opds}
    for opd in command.opds:
        if opd not in known or not command.asked.get(opd):
            raise BadInput(field="opds", problem="unknown" if opd not in known else "nothing_asked", value=opd)
    step = next((s for s in uow.office.sop.steps if s.each), None)
    target = command.target_weeks or (step.target.weeks if step and step.target else None)
    limit = command.limit_weeks or (step.limit.weeks if step else None)
    if target and limit and target > limit:
        raise BadInput(field="target", problem="after_limit")


def change(
    uow: UnitOfWork, cycle: Cycle, by: Signed | None, now: datetime, decide: Callable[[Cycle], tuple[Cycle, Events]]
) -> Cycle:
    """Decide, save with the version, tell: the common end of every act on a cycle."""
    after, told = decide(cycle)
    if after != cycle:
        uow.cycles.save(after)
    tell(uow, by, now, *told)
    return uow.cycles.get(cycle.id)


def hand_over(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime, note: str = "") -> Cycle:
    """Hand a task of the plain dialogue over (steps that need nothing but their actor's word).

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`. BadInput: the note is too long.
        NothingThere: the step has a dialogue of its own, with conditions that this act does not check.
    """
    cycle = uow.cycles.of_task(task_id)
    task, by = rules.authorise(cycle, task_id, who)
    if cycle.step_of(task).dialogue != PLAIN:
        raise NothingThere(what="tindakan")
    if note:
        rules.require_text(note, "note")
    return change(
        uow,
        cycle,
        by,
        now,
        lambda c: rules.hand_over(c, task_id, who, time=uow.time, ids=uow.new_id, now=now, note=note),
    )


def return_task(uow: UnitOfWork, who: Acting, task_id: str, reason: str, *, to_step: str = "", now: datetime) -> Cycle:
    """Return a task to an earlier step, by default the first that the SOP names; data stays, a new tenggat begins.

    Letters that have a number but are not sent become drafts again (SOP step 3), before the earlier step gets them.
    """
    cycle = uow.cycles.of_task(task_id)
    task, by = rules.authorise_return(cycle, task_id, who)
    allowed = cycle.step_of(task).returns_to
    if not allowed:
        raise BadInput(field="return", problem="not_allowed")
    signer = _signer(uow, cycle, cycle.task(task_id))
    back_to_draft(uow, cycle, who, reason, now=now)
    put_off(uow, cycle, task_id, reason, now=now)

    def decide(c: Cycle) -> tuple[Cycle, Events]:
        to = to_step or allowed[0]
        after, told = rules.return_task(
            c, task_id, to, reason, who, time=uow.time, ids=uow.new_id, now=now, conveys=signer
        )
        if not after.sheet:
            return after, told
        # Whoever gets it back must look at the drafts again before handing them over; a new pass has new drafters.
        anew: dict[str, object] = {"previewed": False}
        if to == c.sop.steps[0].key:
            anew["drafters"] = []
        return rules.with_sheet(after, {**after.sheet, **anew}), told

    return change(uow, cycle, by, now, decide)


def _signer(uow: UnitOfWork, cycle: Cycle, task: Task) -> str:
    """The title of whoever has the Berita Acara for signature, and so gives it back; empty while it is at home."""
    if task.standing is not Standing.SIGNATURE:
        return ""
    away = next((x for x in uow.letters.of_cycle(cycle.id, (STATEMENT,)) if x.dated), None)
    signatory = uow.definition_of(cycle).office.signatory(away.signatory, away.dated) if away and away.dated else None
    return signatory.title if signatory else ""


def ask(uow: UnitOfWork, who: Acting, task_id: str, question: str, *, now: datetime) -> Cycle:
    """*Tanya dulu*: to the person who drafted; the clock stands until the answer."""
    cycle = uow.cycles.of_task(task_id)
    _, by = rules.authorise(cycle, task_id, who)
    drafter = Preparation.from_json(dict(cycle.sheet)).drafted_by or cycle.opened_by.person
    return change(uow, cycle, by, now, lambda c: rules.ask(c, task_id, question, drafter, who, now=now))


def answer(uow: UnitOfWork, who: Acting, task_id: str, text: str, *, now: datetime) -> Cycle:
    """Answer the open question of a task, in the role of the step that drafted (the SOP's first)."""
    cycle = uow.cycles.of_task(task_id)
    role = cycle.sop.steps[0].actor
    by = signed(cycle.sop, who, who.acts_as(role))
    return change(uow, cycle, by, now, lambda c: rules.answer(c, task_id, text, who, role, time=uow.time, now=now))


def question_of(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Question:
    """The open question of a task, for somebody who may answer it.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.open_question`.
    """
    cycle = uow.cycles.of_task(task_id)
    asked, _ = rules.open_question(cycle, task_id, who, cycle.sop.steps[0].actor)
    return asked


def close_collection(
    uow: UnitOfWork, who: Acting, cycle_id: str, step: str, reasons: Mapping[str, str], *, now: datetime
) -> Cycle:
    """Close a step per OPD with a recorded reason for each that has not handed over (SOP step 4)."""
    by = by_permission(uow, who, "close_collection")
    cycle = uow.cycles.get(cycle_id)
    return change(
        uow,
        cycle,
        by,
        now,
        lambda c: rules.close_without(c, reasons, by, step, time=uow.time, ids=uow.new_id, now=now),
    )


_WHOLE = {"suspend": "suspend_cycle", "resume": "suspend_cycle", "cancel": "cancel_cycle", "reopen": "reopen_cycle"}


def change_whole(uow: UnitOfWork, who: Acting, act: str, cycle_id: str, reason: str, *, now: datetime) -> Cycle:
    """Suspend, resume, cancel or reopen a cycle, with a reason; *act* is one of these words.

    Raises:
        NotYours: no permission. NotNow: the cycle's state does not allow it. BadInput: no reason, or unknown act.
    """
    if act not in _WHOLE:
        raise NothingThere(what="tindakan")
    by = by_permission(uow, who, _WHOLE[act])
    cycle = uow.cycles.get(cycle_id)
    if act in ("suspend", "cancel"):
        stop = rules.suspend if act == "suspend" else rules.cancel
        running = cycle.state is CycleState.ACTIVE  # of a suspended one the meeting is out of the calendars already
        cycle = change(uow, cycle, by, now, lambda c: stop(c, reason, now=now))
        if running:
            tell_stopped(uow, cycle, why=cycle.state.value, reason=reason, now=now)
        return cycle
    cycle = change(uow, cycle, by, now, lambda c: _run_again(uow, c, act, reason, now))
    tell_taken_up(uow, cycle, now=now)
    return cycle


def _run_again(uow: UnitOfWork, cycle: Cycle, act: str, reason: str, now: datetime) -> tuple[Cycle, Events]:
    """Clocks go on; the date of a meeting that is still to come is the tenggat of its task as before (SOP step 6)."""
    again = rules.resume if act == "resume" else rules.reopen
    after, told = again(cycle, reason, time=uow.time, now=now)
    for sitting in ahead(uow, cycle):
        if sitting.starts_at > now and after.task(sitting.task).clock_started_at is None:
            after, more = rules.still_begins_at(after, sitting.task, sitting.starts_at)
            told = (*told, *more)
    return after, told
