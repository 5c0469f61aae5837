"""From the meeting to the contexts of its papers: undangan rapat, daftar hadir, notula (SOP step 6)."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from sop import index
from sop import papers as paper
from sop.cycle import Cycle, Signed
from sop.instrument import Instrument
from sop.letters import Letter
from sop.meeting import Attendee, Meeting, Sitting
from sop.meeting_words import officer
from sop.office import Bundle
from sop.paperwork import enclosed, facts, kop, letter_parts, look, one_sheet, others, recorded, sentences, signature
from sop.signing import usual_signatory
from sop.worktime import WIB

_TIMED = re.compile(r"(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d)\s+(?P<what>.+?)(?:\s+[-–]\s+(?P<lead>.+))?")
_KIND = "undangan_rapat"
GUEST_ROWS = 10  # empty rows of a list that is printed while people are still coming


def undangan_rapat(
    bundle: Bundle,
    cycle: Cycle,
    letter: Letter,
    sitting: Sitting,
    ends_at: datetime,
    roles: tuple[str, ...],
    now: datetime,
) -> paper.UndanganRapat:
    """Undangan Rapat for one sitting; *roles* are invited, of the agencies their heads are addressed."""
    office = bundle.office
    signed_by = replace(letter, signatory=letter.signatory or usual_signatory(office, letter.kind))
    titles: list[str] = []
    for role in roles:
        actor = cycle.sop.actors[role]
        titles += [bundle.opd(o).head for o in cycle.opds] if actor.one_of else [actor.addressed or actor.name]
    parts = letter_parts(bundle, cycle, signed_by, cycle.sop.papers[letter.kind].title, "-", now)
    signer = office.signatory(signed_by.signatory, letter.dated or now.astimezone(WIB).date())
    parts["recipients"] = paper.Recipients(
        titles=others(signer, titles, office.city), place=office.place, collective=office.meeting_recipients
    )
    made = paper.UndanganRapat(
        **parts,
        sitting=sitting.number,
        meeting=paper.Meeting(
            starts_at=sitting.starts_at, ends_at=ends_at, place=sitting.place, agenda=office.meeting_subject
        ),
        agenda=_agenda(sitting),
        bring=office.habits(letter.kind).bring,
    )
    return replace(made, head=replace(made.head, lampiran=_attached(made, one_sheet(parts))))


def _attached(letter: paper.UndanganRapat, short: bool) -> str:
    """What the head says goes with the letter: the list of recipients (*short*: on one sheet) and the agenda."""
    listed = letter.recipients.listed_apart
    count = listed + letter.agenda_apart
    if not count:
        return "-"
    return enclosed(count, "lembar" if count == 1 and (short or not listed) else "berkas")


def _agenda(sitting: Sitting) -> tuple[paper.AgendaPoint, ...]:
    """The points as typed; where each begins with its time ("09.15 Pembukaan - Sekda"), as a programme."""
    found = [_TIMED.fullmatch(point) for point in sitting.agenda]
    timed = [one for one in found if one]
    if len(timed) < len(found):
        return tuple(paper.AgendaPoint(activity=point) for point in sitting.agenda)
    day = sitting.starts_at.astimezone(WIB)
    return tuple(
        paper.AgendaPoint(
            activity=one["what"],
            starts_at=day.replace(hour=int(one["hour"]), minute=int(one["minute"]), second=0),
            lead=one["lead"],
        )
        for one in timed
    )


def daftar_hadir(bundle: Bundle, cycle: Cycle, meeting: Meeting, now: datetime) -> paper.DaftarHadir:
    """The attendance lists of every sitting that has begun; while one is being held, with empty rows for guests."""
    head, chair = _head_and_chair(bundle, meeting, now)
    return paper.DaftarHadir(
        kop=head,
        cycle=facts(bundle, cycle),
        sittings=tuple(
            paper.AttendedSitting(
                number=s.number,
                meeting=paper.Meeting(
                    starts_at=s.began_at or s.starts_at,
                    ends_at=_end(s),
                    place=s.place,
                    agenda=bundle.office.meeting_subject,
                ),
                attendees=tuple(_attendee(a) for a in meeting.at(s.number)),
            )
            for s in meeting.sittings
            if s.began_at
        ),
        place=bundle.office.place,
        signature=chair,
        blank_rows=GUEST_ROWS if any(s.running for s in meeting.sittings) else 0,
        look=look(bundle.office),
    )


def _end(sitting: Sitting) -> datetime | None:
    """When it ended; the paper has no sitting that takes no time."""
    began, ended = sitting.began_at, sitting.ended_at
    return ended if began and ended and ended > began else None


def _attendee(attendee: Attendee) -> paper.Attendee:
    return paper.Attendee(
        name=attendee.name,
        position=attendee.post,
        agency=attendee.agency,
        recorded_at=attendee.at,
        recorded_by=attendee.by.name if attendee.by else None,
    )


def _head_and_chair(bundle: Bundle, meeting: Meeting, now: datetime) -> tuple[paper.Kop, paper.Signature]:
    """The letterhead of the usual signer, and the signature block of who led the meeting."""
    office = bundle.office
    usual = office.signatory(usual_signatory(office, _KIND), now.astimezone(WIB).date())
    head = kop(office, usual.letterhead if usual else next(iter(office.letterheads)))
    chair = _officer(bundle, meeting.chair, now) if meeting.chair else signature(usual, office.letter_signatory)
    return head, chair


def _officer(bundle: Bundle, kept: str, now: datetime) -> paper.Signature:
    """Somebody named in the notula; one whom the office knows as a signatory is printed with rank and NIP."""
    name, post = officer(kept)
    today = now.astimezone(WIB).date()
    known = (s for s in bundle.office.signatories if s.signs_on(today) and s.name.casefold() == name.casefold())
    found = next(known, None)
    if found is None:
        return paper.Signature(title=post, name=name, nip_open=True)
    return paper.Signature(title=post, name=found.name, rank=found.rank or None, nip=found.nip or None)


def notula(
    bundle: Bundle,
    cycle: Cycle,
    meeting: Meeting,
    *,
    letter: Letter | None,
    values: Mapping[str, Decimal | None],
    confirmed: Signed | None,
    now: datetime,
) -> paper.Notula:
    """The notula: a draft until it is confirmed. *values* by code: what the meeting has found."""
    head, chair = _head_and_chair(bundle, meeting, now)
    office, own = bundle.office, sentences(bundle, cycle, "notula")
    held = tuple(s for s in meeting.sittings if s.began_at)
    leads = officer(meeting.chair)[0] if meeting.chair else chair.title
    return paper.Notula(
        state=paper.SIAP_TANDA_TANGAN if confirmed else paper.RANCANGAN,
        kop=head,
        cycle=facts(bundle, cycle),
        subject=office.meeting_subject,
        invitation_number=letter.number or None if letter else None,
        invitation_date=letter.dated if letter else None,
        sittings=tuple(_held(meeting, s, leads) for s in held or meeting.sittings),
        agenda=tuple(dict.fromkeys(point for s in meeting.sittings for point in s.agenda)),
        discussion=tuple(
            paper.Discussed(topic=p.topic or office.meeting_subject, words=p.words, speaker=p.speaker or None)
            for p in meeting.discussion
        ),
        result=_result(bundle.instruments[cycle.instrument], values),
        decisions=meeting.decisions,
        follow_ups=tuple(paper.FollowUp(what=f.what, who=f.who, due=f.by_when) for f in meeting.follow_ups),
        dissent=tuple(paper.DifferingOpinion(by=d.who, words=d.words) for d in meeting.dissent),
        place=office.place,
        date=now.astimezone(WIB).date() if confirmed else None,
        opening=own.opening or None,
        closing=own.closing or None,
        chair=chair,
        minute_taker=_officer(bundle, meeting.minute_taker, now)
        if meeting.minute_taker
        else paper.Signature(title=office.team, name=None),
        attachments=tuple(
            cycle.sop.papers[kind].title
            for kind in ("undangan_rapat", "daftar_hadir", "rekapitulasi")
            if kind in cycle.sop.papers and (kind != "undangan_rapat" or (letter and letter.number))
        ),
        recorded=(recorded("disahkan", confirmed, now),) if confirmed else (),
        corrections=_corrections(cycle, meeting),
        label=office.minutes_title,
        look=look(office),
    )


def _corrections(cycle: Cycle, meeting: Meeting) -> tuple[paper.Correction, ...]:
    """The returns after which the minutes were corrected without a sitting: what they say now was not said then."""
    held_in = {s.task for s in meeting.sittings if s.began_at}
    passes = (t for t in cycle.tasks if t.step in {s.step for s in cycle.tasks if s.id in held_in})
    return tuple(
        paper.Correction(by=t.came_back_from.decided_by, at=t.opened_at, reason=t.came_back)
        for t in passes
        if t.came_back and t.came_back_from and t.id not in held_in
    )


def _held(meeting: Meeting, sitting: Sitting, leads: str) -> paper.HeldSitting:
    present = meeting.at(sitting.number)
    of_the_invited = all(a.person in sitting.told for a in present)
    return paper.HeldSitting(
        number=sitting.number,
        starts_at=sitting.began_at or sitting.starts_at,
        ends_at=_end(sitting),
        place=sitting.place,
        chair=leads,
        present=len(present),
        invited=len(sitting.told) if sitting.told and of_the_invited else None,
    )


def _result(instrument: Instrument, values: Mapping[str, Decimal | None]) -> paper.MeetingResult | None:
    """The index, once every indicator that is the meeting's own has its value."""
    if any(values.get(i.code) is None and not i.external for i in instrument.indicators):
        return None
    found = index.compute(instrument, values)
    parts: list[paper.PartValue] = []
    aspects = {a.code: a for a in found.aspects}
    domains = {d.code: d for d in found.domains}
    for domain in instrument.domains:
        if domain.name:
            whole = domains[domain.code]
            parts.append(
                paper.PartValue(
                    kind="domain", name=whole.name, weight=whole.weight, value=index.two_places(whole.index)
                )
            )
        for aspect in domain.aspects:
            part = aspects[aspect.code]
            parts.append(
                paper.PartValue(kind="aspek", name=part.name, weight=part.weight, value=index.two_places(part.index))
            )
    return paper.MeetingResult(
        index_name=instrument.index_name,
        value=index.two_places(found.index),
        predicate=found.predicate,
        parts=tuple(parts),
        scored=sum(1 for i in instrument.indicators if values.get(i.code) is not None),
        indicators=len(instrument.indicators),
        provisional=found.waiting,
    )
