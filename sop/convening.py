"""Who is invited to the meeting, and how its dates reach them: letter and calendar entry (SOP step 6).

Below sop/actions and sop/notices, which both need it; nothing is told from here.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sop.cycle import Cycle, CycleState
from sop.definition import Step
from sop.delivery import out_of_reach
from sop.letters import LetterState
from sop.meeting import Meeting, Sitting, put
from sop.outgoing import Attachment, Choice, Message, ToPerson
from sop.people import Acting, Capacity
from sop.ports import CalendarEntry, UnitOfWork

INVITATION = "undangan_rapat"  # kind of the letter
MEETING = "meeting"  # dialogue of the step in office/sop.yaml
FILE = "Rapat.ics"


def meeting_step(cycle: Cycle) -> Step | None:
    """The step in which Tim SPBE Kota meets; an SOP may have none."""
    return next((s for s in cycle.sop.steps if s.dialogue == MEETING), None)


def roles_invited(cycle: Cycle) -> tuple[str, ...]:
    """The roles that are invited; all actors where the SOP does not say."""
    step = meeting_step(cycle)
    return (step.invites if step else ()) or tuple(cycle.sop.actors)


def invited(uow: UnitOfWork, cycle: Cycle, now: datetime) -> tuple[Acting, ...]:
    """Everybody who is invited, once each: the roles' holders, of the agencies those of the cycle."""
    people: dict[str, Acting] = {}
    for role in roles_invited(cycle):
        per_agency = cycle.sop.actors[role].one_of
        for opd in cycle.opds if per_agency else (None,):
            people |= {h.id: h for h in uow.people.holders(role, opd, now)}
    return tuple(people.values())


def capacity(cycle: Cycle, who: Acting) -> Capacity | None:
    """In which capacity somebody is invited; None: not at all."""
    for role in roles_invited(cycle):
        per_agency = cycle.sop.actors[role].one_of
        for opd in cycle.opds if per_agency else (None,):
            if found := who.capacity(role, opd):
                return found
    return None


def agencies_without_account(uow: UnitOfWork, cycle: Cycle, now: datetime) -> tuple[str, ...]:
    """The agencies that the bot cannot reach, so that their invitation must be brought to them."""
    return out_of_reach(uow, cycle, roles_invited(cycle), now)


def entry_of(uow: UnitOfWork, cycle: Cycle, sitting: Sitting, *, now: datetime, cancelled: bool = False) -> Attachment:
    """The calendar entry of a sitting as a file; it lasts as long as the SOP gives the meeting."""
    step = meeting_step(cycle)
    assert step is not None  # somebody has scheduled a sitting of it
    entry = CalendarEntry(
        uid=f"{cycle.id}-rapat-{sitting.number}@monev-spbe",
        sequence=sitting.sequence + (1 if cancelled else 0),
        summary=f"{step.title} · {cycle.name}",
        description="\n".join(f"{n}. {point}" for n, point in enumerate(sitting.agenda, 1)),
        place=sitting.place,
        starts_at=sitting.starts_at,
        ends_at=uow.time.due(sitting.starts_at, step.limit),
        stamp=now,
        cancelled=cancelled,
    )
    return Attachment(filename=FILE, sha256=uow.files.write_entry(entry))


def sitting_facts(sitting: Sitting) -> dict[str, Any]:
    """What messages say of a sitting."""
    return {
        "sitting": sitting.number,
        "starts_at": sitting.starts_at,
        "place": sitting.place,
        "agenda": list(sitting.agenda),
    }


def tell_date(
    uow: UnitOfWork,
    cycle: Cycle,
    meeting: Meeting,
    sitting: Sitting,
    *,
    before: datetime | None = None,
    letter: bool = False,
    taken_up: bool = False,
    now: datetime,
) -> Meeting:
    """Send the date of a sitting, with its calendar entry, to everybody invited; and to those who had it before.

    *before*: the date that they were told. *letter*: the signed invitation goes along. *taken_up*: the date holds
    again, after it had been taken back.
    """
    receivers = {p.id for p in invited(uow, cycle, now)} | set(sitting.told)
    _send_date(uow, cycle, sitting, sorted(receivers), before=before, letter=letter, taken_up=taken_up, now=now)
    return put(meeting, replace(sitting, told=tuple(sorted(receivers))))


def _send_date(
    uow: UnitOfWork,
    cycle: Cycle,
    sitting: Sitting,
    persons: Iterable[str],
    *,
    before: datetime | None = None,
    letter: bool = False,
    taken_up: bool = False,
    now: datetime,
) -> None:
    entry = entry_of(uow, cycle, sitting, now=now)
    facts = {"cycle": cycle.name, "before": before, "letter": letter, "taken_up": taken_up}
    for person in persons:
        uow.outbox.add(
            Message(
                ToPerson(person),
                "meeting_invitation",
                sitting_facts(sitting) | facts,
                attachment=entry,
                key=f"meeting:{cycle.id}:{sitting.number}:{sitting.sequence}:{now.isoformat()}:{person}",
            )
        )


def invite_newcomer(uow: UnitOfWork, person: str, now: datetime, *, again: bool = False) -> None:
    """Whoever becomes one of the invited (or a substitute of one) gets the date of the coming sitting and its letter;
    Hadir, if it is being held. *again*: also what they were told before, for it may not have reached them.
    """
    who = uow.people.get(person, now)
    if who is None:
        return
    for cycle in uow.cycles.current():
        if cycle.state is CycleState.ACTIVE and capacity(cycle, who) and _awaited(cycle):
            _catch_up(uow, cycle, who, now, again)


def _awaited(cycle: Cycle) -> bool:
    """Whether the meeting is under way, or still to come."""
    step = meeting_step(cycle)
    return step is not None and bool(cycle.open_tasks(step.key))


def _catch_up(uow: UnitOfWork, cycle: Cycle, who: Acting, now: datetime, again: bool) -> None:
    meeting = uow.meetings.of_cycle(cycle.id)
    sitting = meeting.sitting
    if sitting is None or sitting.ended_at is not None:
        return
    if sitting.running:
        _ask_attendance(uow, cycle, sitting, who.id, again=now.isoformat() if again else "")
    elif sitting.told and (again or who.id not in sitting.told):
        letter = uow.letters.get(sitting.letter) if sitting.letter else None
        sent = letter is not None and letter.state is LetterState.SENT
        _send_date(uow, cycle, sitting, (who.id,), letter=sent, now=now)
        if letter is not None and sent:
            send_letter(uow, cycle, letter.signed_paper, letter.dated, (who.id,))
        told = tuple(sorted({*sitting.told, who.id}))
        uow.meetings.save(put(meeting, replace(sitting, told=told)))


def tell_called_off(
    uow: UnitOfWork, cycle: Cycle, sitting: Sitting, *, why: str, reason: str = "", now: datetime
) -> None:
    """Take a date that people have in their calendars out of them. *why* is a key of the template."""
    if not sitting.told:
        return
    entry = entry_of(uow, cycle, sitting, now=now, cancelled=True)
    params = sitting_facts(sitting) | {"cycle": cycle.name, "why": why, "reason": reason}
    for person in sitting.told:
        uow.outbox.add(
            Message(
                ToPerson(person),
                "meeting_called_off",
                params,
                attachment=entry,
                key=f"meeting_off:{cycle.id}:{sitting.number}:{sitting.sequence}:{now.isoformat()}:{person}",
            )
        )


def send_letter(uow: UnitOfWork, cycle: Cycle, paper_id: str, dated: Any, persons: Iterable[str]) -> None:
    """The signed invitation, once to each person."""
    paper = uow.papers.get(paper_id)
    assert paper is not None  # a letter is sent only when it is signed
    for person in persons:
        uow.outbox.add(
            Message(
                ToPerson(person),
                "letter",
                {"title": paper.title, "dated": dated, "cycle": cycle.name},
                attachment=Attachment(filename=paper.filename, paper=paper.id),
                loud=False,
                key=f"letter:{paper.id}:{person}",
            )
        )


def ask_attendance(uow: UnitOfWork, cycle: Cycle, sitting: Sitting, now: datetime) -> None:
    """The sitting has begun: everybody invited is asked to tap Hadir."""
    for person in invited(uow, cycle, now):
        _ask_attendance(uow, cycle, sitting, person.id)


def _ask_attendance(uow: UnitOfWork, cycle: Cycle, sitting: Sitting, person: str, *, again: str = "") -> None:
    """*again*: a mark under which somebody is asked once more."""
    uow.outbox.add(
        Message(
            ToPerson(person),
            "meeting_began",
            sitting_facts(sitting) | {"cycle": cycle.name},
            choices=((Choice("meeting.attend", cycle.id, str(sitting.number), style="success"),),),
            key=f"meeting_began:{cycle.id}:{sitting.number}:{person}{again}",
        )
    )
