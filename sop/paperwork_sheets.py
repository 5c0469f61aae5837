"""Sheets that belong to no cycle: the invitation slips, and the SOP itself."""

from datetime import date, datetime

from sop import papers as paper
from sop.office import Bundle
from sop.paperwork import look
from sop.worktime import WIB


def undangan_akun(
    bundle: Bundle, slips: tuple[tuple[str, str, str, datetime], ...], *, bot_name: str
) -> paper.UndanganAkun:
    """A sheet of invitation slips: (holder, role in words, link, expiry) each."""
    office = bundle.office
    return paper.UndanganAkun(
        office=office.name,
        city=office.city,
        bot=f"@{bot_name}",
        contact=office.contact,
        slips=tuple(paper.Slip(holder=h, role=r, link=link, expires_at=until) for h, r, link, until in slips),
        look=look(office),
    )


def sop_sheet(bundle: Bundle, now: datetime) -> paper.SopSheet:
    """The SOP itself as a sheet (PermenPANRB 35/2012), from the SOP data."""
    sop, office, identity = bundle.sop, bundle.office, bundle.sop.identity
    head = next(iter(office.letterheads.values()))
    approver = office.signatory(office.letter_signatory, now.astimezone(WIB).date())
    last = len(sop.steps)
    return paper.SopSheet(
        title=sop.title,
        government=head.lines[0],
        office=head.office,
        unit=identity.unit or office.team,
        number=identity.number or None,
        created=_day(identity.made_on),
        revised=_day(identity.revised_on),
        effective=_day(identity.effective_on),
        approved_by=paper.Signature(
            title=identity.approved_by or (approver.title if approver else office.name), name=None
        ),
        confirmed=identity.confirmed,
        actors=tuple(paper.SopActor(key=k, name=a.name) for k, a in sop.actors.items()),
        steps=tuple(
            paper.SopStep(
                number=s.number,
                activity=s.activity,
                actor=s.actor,
                symbol="kapsul"
                if s.number in (1, last)
                else ("belah_ketupat" if "return" in s.acts and s.returns_to else "kotak"),
                completeness=", ".join(n.title for n in s.needs) or "-",
                time=s.time_text,
                output=s.output,
                returns_to=next(t.number for t in sop.steps if t.key == s.returns_to[0])
                if s.returns_to and "return" in s.acts and s.number not in (1, last)
                else None,
            )
            for s in sop.steps
        ),
        legal_basis=identity.legal_basis or _of_every_instrument(bundle),
        qualifications=identity.qualifications,
        related=identity.related,
        equipment=identity.equipment,
        warnings=(identity.warning,) if identity.warning else (),
        records=(identity.records,) if identity.records else (),
        logo=head.logo or None,
        look=look(office),
    )


def _of_every_instrument(bundle: Bundle) -> tuple[str, ...]:
    """The office's legal basis; the sheet belongs to no cycle, so it names the regulations of all instruments."""
    lines: list[str] = []
    for line in bundle.office.legal_basis:
        lines += dict.fromkeys(line.format(instrumen=i.citation) for i in bundle.instruments.values())
    return tuple(lines)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
