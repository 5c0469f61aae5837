"""The date of the meeting: schedule and move it, its invitation letter, send it; a further sitting (SOP step 6)."""

from dataclasses import dataclass, replace
from datetime import datetime

from sop import cycle as rules
from sop import events
from sop import meeting as sittings
from sop.actions.codes import end_codes, issue_verifiable
from sop.actions.cycles import change
from sop.actions.issuing import replace_papers
from sop.actions.letter_papers import letter_context
from sop.actions.meeting_state import Found, found, go_on, keep, refresh, stand, told
from sop.actions.void import withdraw
from sop.convening import INVITATION, agencies_without_account, invited, send_letter, tell_called_off, tell_date
from sop.cycle import Cycle, Standing
from sop.letters import Letter, LetterState, send
from sop.meeting import Meeting, Sitting
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.refusals import Incomplete, NotNow
from sop.verification import Validity


@dataclass(frozen=True, slots=True)
class Plan:
    """A date (UTC), a place and the points of the agenda."""

    starts_at: datetime
    place: str
    agenda: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scheduled:
    """What came of it: the sitting, its letter if it has one, the date that it had, and how many were told."""

    cycle: Cycle
    sitting: Sitting
    letter: Letter | None
    before: datetime | None


@dataclass(frozen=True, slots=True)
class Invited:
    """The invitation went out: to how many persons by bot, and to which agencies it must be brought."""

    cycle: Cycle
    sitting: Sitting
    persons: int
    by_hand: tuple[str, ...]


def schedule(uow: UnitOfWork, who: Acting, task_id: str, plan: Plan, *, bot_name: str, now: datetime) -> Scheduled:
    """Set or change the date of the next sitting. The first of a pass gets an invitation letter to be signed.

    Who had a date before gets the new one with its calendar entry; a further sitting is told at once, by bot.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`; NotNow (`sidang_berjalan`): adjourn instead.
        BadInput: see `meeting.schedule`.
    """
    here = found(uow, who, task_id)
    if here.task.standing is not Standing.ADJOURNED and _held_here(here):
        stand(uow, here, who, Standing.ADJOURNED, now)
        here = found(uow, who, task_id)
    return _put(uow, who, here, here.meeting, plan, bot_name=bot_name, now=now)


def adjourn(uow: UnitOfWork, who: Acting, task_id: str, plan: Plan, *, bot_name: str, now: datetime) -> Scheduled:
    """*Sidang lanjutan*: this sitting ends, the meeting goes on at a further one; the clock stands until then.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`; NotNow (`sidang_belum_dimulai`): none is held.
        BadInput: see `meeting.schedule`.
    """
    here = found(uow, who, task_id)
    ended = sittings.end(here.meeting, task_id, now=now)
    last = here.meeting.of_task(task_id)
    assert last is not None  # it has just ended
    stand(uow, here, who, Standing.ADJOURNED, now)
    here = found(uow, who, task_id)
    done = _put(uow, who, here, ended, plan, bot_name=bot_name, now=now)
    told(uow, here, now, events.SittingEnded(cycle=here.cycle.id, sitting=last.number, goes_on=True))
    return done


def call_off(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Sitting:
    """The further sitting is not needed: its date is taken back, the clock goes on; an unsent letter is void.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise` and `meeting.drop`.
    """
    here = found(uow, who, task_id)
    left = sittings.drop(here.meeting, task_id)
    gone = here.meeting.sittings[-1]
    keep(uow, left)
    if here.task.standing is Standing.ADJOURNED:
        go_on(uow, here, who, now)
    if gone.letter:
        withdraw(uow, here.cycle, uow.letters.get(gone.letter), now=now)
    tell_called_off(uow, here.cycle, gone, why="tidak_perlu", now=now)
    happened = events.MeetingCalledOff(
        cycle=here.cycle.id, sitting=gone.number, starts_at=gone.starts_at, why="tidak_perlu"
    )
    told(uow, here, now, happened)
    return gone


def _held_here(here: Found) -> bool:
    """Whether this pass has had a sitting that is over."""
    return any(s.ended_at for s in here.meeting.sittings if s.task == here.task.id)


def _put(
    uow: UnitOfWork, who: Acting, here: Found, meeting: Meeting, plan: Plan, *, bot_name: str, now: datetime
) -> Scheduled:
    """The common end: write the sitting, its letter and its tenggat; tell whoever must know."""
    cycle, task = here.cycle, here.task
    last = meeting.sitting
    before = last.starts_at if last and last.began_at is None else None
    further = _held_here(here) or any(s.ended_at for s in meeting.sittings if s.task == task.id)
    meeting = sittings.schedule(meeting, task.id, plan.starts_at, plan.place, plan.agenda, now=now)
    sitting = meeting.sittings[-1]
    if sitting.told or further:
        was = before if sitting.told else None
        meeting = tell_date(uow, cycle, meeting, sitting, before=was, now=now)
    meeting = keep(uow, meeting)
    if not further or sitting.letter:
        meeting = _write_letter(uow, who, cycle, meeting, bot_name=bot_name, now=now)
    if task.clock_started_at is None:
        change(uow, cycle, here.by, now, lambda c: rules.must_begin_by(c, task.id, plan.starts_at, who))
    happened = events.MeetingScheduled(
        cycle=cycle.id,
        sitting=sitting.number,
        starts_at=plan.starts_at,
        place=plan.place,
        before=before,
    )
    told(uow, here, now, happened)
    sitting = meeting.sittings[-1]
    letter = uow.letters.get(sitting.letter) if sitting.letter else None
    return Scheduled(uow.cycles.get(cycle.id), sitting, letter, before)


# --- the letter


def write_letter(uow: UnitOfWork, who: Acting, task_id: str, *, bot_name: str, now: datetime) -> Letter:
    """A new invitation letter for the sitting ahead: where it has none, or the one that went out names another date.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`; NotNow (`belum_dijadwalkan`): no sitting is ahead.
    """
    here = found(uow, who, task_id)
    sitting = here.meeting.of_task(task_id)
    if sitting is None or sitting.began_at is not None:
        raise NotNow(state="belum_dijadwalkan")
    meeting = _write_letter(uow, who, here.cycle, here.meeting, anew=True, bot_name=bot_name, now=now)
    refresh(uow, here.cycle, now)
    return uow.letters.get(meeting.sittings[-1].letter)


def _write_letter(
    uow: UnitOfWork,
    who: Acting,
    cycle: Cycle,
    meeting: Meeting,
    *,
    anew: bool = False,
    bot_name: str,
    now: datetime,
) -> Meeting:
    """Let the letter of the newest sitting say what holds now.

    One that went out stays as it is (*anew*: a further one is drafted, which takes its place when it is sent). One
    with a number keeps it and is printed anew; a signed copy of it counts no more.
    """
    sitting = meeting.sittings[-1]
    letter = uow.letters.get(sitting.letter) if sitting.letter else None
    if letter and letter.state is LetterState.SENT and not anew:
        return meeting
    if letter is None or letter.state in (LetterState.SENT, LetterState.REPLACED):
        unit = uow.definition_of(cycle).office.numbering.unit
        letter = Letter(uow.new_id(), cycle.id, INVITATION, LetterState.DRAFT, unit, now)
        uow.letters.add(letter)
        meeting = keep(uow, sittings.put(meeting, replace(sitting, letter=letter.id)))
    context = letter_context(uow, cycle, letter, bot_name=bot_name, now=now)
    replace_papers(uow, letter)
    printed = issue_verifiable(uow, cycle, letter, context, bot_name=bot_name, made_by=who.id, now=now)
    if letter.state is LetterState.DRAFT:
        uow.letters.save(replace(letter, draft_paper=printed))
    else:
        uow.letters.save(replace(letter, state=LetterState.NUMBERED, final_paper=printed, signed_paper=""))
    return meeting


# --- sending


def invite(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Invited:
    """Send the signed invitation, with the calendar entry, to everybody invited.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`; NotNow (`belum_dijadwalkan`, `undangan_terkirim`).
        Incomplete: the letter is not signed yet.
    """
    ahead = outlook(uow, who, task_id, now=now)
    here = found(uow, who, task_id)
    letter = uow.letters.get(ahead.sitting.letter)
    _let_go(uow, here, now)
    (sent,) = send((letter,), here.by, now=now)
    uow.letters.save(sent)
    meeting = tell_date(uow, here.cycle, here.meeting, ahead.sitting, letter=True, now=now)
    meeting = keep(uow, meeting)
    sitting = meeting.sittings[-1]
    send_letter(uow, here.cycle, letter.signed_paper, letter.dated, sitting.told)
    happened = events.InvitationsSent(
        cycle=here.cycle.id, letter=letter.id, sitting=sitting.number, receivers=len(sitting.told)
    )
    told(uow, here, now, happened)
    return replace(ahead, sitting=sitting, persons=len(sitting.told))


def _let_go(uow: UnitOfWork, here: Found, now: datetime) -> None:
    """A letter that went out for this sitting before, with another date, is replaced by the one that goes out now."""
    in_force = {s.letter for s in here.meeting.sittings}
    for old in uow.letters.of_cycle(here.cycle.id, (INVITATION,)):
        if old.state is LetterState.SENT and old.id not in in_force:
            uow.letters.save(replace(old, state=LetterState.REPLACED))
            end_codes(uow, old.id, Validity.REPLACED, now=now)
            replace_papers(uow, old)


def outlook(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Invited:
    """What sending the invitation would do now, to be confirmed first. Raises: see `invite`."""
    here = found(uow, who, task_id)
    sitting = here.meeting.of_task(task_id)
    if sitting is None or sitting.began_at is not None:
        raise NotNow(state="belum_dijadwalkan")
    letter = uow.letters.get(sitting.letter) if sitting.letter else None
    if letter is None:
        raise Incomplete(act="send_letters", missing=(INVITATION,))
    send((letter,), here.by, now=now)
    persons = {p.id for p in invited(uow, here.cycle, now)} | set(sitting.told)
    return Invited(here.cycle, sitting, len(persons), agencies_without_account(uow, here.cycle, now))
