"""From the state of a cycle to the context of a paper: which facts stand where. Wording is the template's."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from sop import papers as paper
from sop.cycle import Cycle, Signed
from sop.disposition import Marks
from sop.evidence import Item, ItemState
from sop.letters import Delivery, Letter
from sop.numbering import number_gap
from sop.office import Bundle, Office, Signatory
from sop.preparation import Preparation
from sop.standing_text import Sentences
from sop.worktime import WIB, Calendar

LINE, LINES_OF_A_SHEET = 70, 22  # letters of a line in the list of recipients; lines that surely fit on its sheet


def look(office: Office) -> paper.Look:
    """How the office's papers look."""
    return paper.Look(
        paper=office.paper,
        font=office.font,
        font_size=office.font_size,
        name_style=office.name_style,
        hal_label=office.hal_label,
        margins=paper.Margins(**office.margins.model_dump()),
    )


def kop(office: Office, key: str) -> paper.Kop:
    """A letterhead; it follows the signer."""
    head = office.letterheads[key]
    return paper.Kop(
        government=head.lines[0],
        above=head.lines[1:],
        office=head.office,
        address=head.address,
        logo=head.logo or None,
    )


def sentences(bundle: Bundle, cycle: Cycle, kind: str) -> Sentences:
    """What the office itself says first and last in this kind of paper."""
    about = facts(bundle, cycle)
    own = bundle.office.sentences.get(kind, Sentences())
    return own.filled(kegiatan=about.name, tahun=about.year, kota=about.city, instrumen=about.instrument)


def legal_basis(bundle: Bundle, cycle: Cycle) -> tuple[str, ...]:
    """The regulations that papers rest on, that of the cycle's instrument where the office has its place."""
    instrument = bundle.instruments[cycle.instrument]
    return tuple(line.format(instrumen=instrument.citation) for line in bundle.office.legal_basis)


def facts(bundle: Bundle, cycle: Cycle) -> paper.CycleFacts:
    """The names of the cycle, which the law may change."""
    return paper.CycleFacts(
        name=cycle.name,
        year=cycle.year,
        subject=bundle.office.subject,
        short=bundle.office.subject_short,
        instrument=bundle.instruments[cycle.instrument].regulation,
        city=bundle.office.city,
    )


def signature(signatory: Signatory | None, fallback_title: str) -> paper.Signature:
    """The signature block; a post that nobody holds on the day keeps its title and an open name."""
    if signatory is None:
        return paper.Signature(title=fallback_title, name=None)
    return paper.Signature(
        title=signatory.title,
        name=signatory.name,
        rank=signatory.rank or None,
        nip=signatory.nip or None,
        acting=signatory.acting or None,
        on_behalf_of=signatory.on_behalf_of or None,
        through=signatory.through or None,
    )


def recorded(verb: str, by: Signed, at: datetime) -> paper.RecordedAct:
    """A press of a button, printed as what it is."""
    return paper.RecordedAct(verb=verb, by=by.title, name=by.name, at=at)


def laporan_persiapan(
    bundle: Bundle,
    cycle: Cycle,
    sheet: Preparation,
    *,
    calendar: Calendar,
    focal_points: Mapping[str, int],
    official_papers: Mapping[str, bool],
    handed_over: Signed | None,
    now: datetime,
) -> paper.LaporanPersiapan:
    """Laporan persiapan (SOP step 1): a draft until it is handed over, then dated and with the recorded act.

    *official_papers* maps the title of each official file of the kelengkapan to whether it is there.
    """
    office, today = bundle.office, now.astimezone(WIB).date()
    signer = office.signatory(office.report_signatory, today)
    return paper.LaporanPersiapan(
        state=paper.SIAP_TANDA_TANGAN if handed_over and signer else paper.RANCANGAN,
        kop=kop(office, signer.letterhead if signer else next(iter(office.letterheads))),
        date=today if handed_over else None,
        place=office.place,
        addressed_to=cycle.sop.role_name(cycle.sop.steps[0].hands_over_to[0]),
        cycle=facts(bundle, cycle),
        legal_basis=legal_basis(bundle, cycle),
        team=tuple(paper.TeamMember(name=m.name, role=m.post) for m in sheet.members),
        meeting=_meeting(sheet),
        schedule=_schedule(cycle, calendar, now),
        opds=tuple(
            paper.OpdReadiness(
                opd=bundle.opd(o).name, items=len(sheet.asked.get(o, ())), focal_points=focal_points.get(o, 0)
            )
            for o in cycle.opds
        ),
        readiness=tuple(
            paper.Readiness(item=title, ready=there, note=None if there else "Belum diunggah")
            for title, there in official_papers.items()
        ),
        signature=signature(signer, bundle.office.team),
        result=sheet.readiness or None,
        suggestion=office.suggestion or None,
        recorded=(recorded("diserahkan", handed_over, now),) if handed_over else (),
        closing=sentences(bundle, cycle, "laporan_persiapan").closing or None,
        look=look(office),
    )


def _meeting(sheet: Preparation) -> paper.Meeting | None:
    if sheet.meeting is None:
        return None
    starts = datetime.combine(sheet.meeting.day, sheet.meeting.clock, WIB)
    return paper.Meeting(starts_at=starts, ends_at=None, place=sheet.meeting.place, agenda=sheet.meeting.agenda)


def _schedule(cycle: Cycle, calendar: Calendar, now: datetime) -> tuple[paper.ScheduleRow, ...]:
    rows, start = [], now
    for step in cycle.sop.steps:
        due = calendar.due(start, step.limit)
        rows.append(
            paper.ScheduleRow(
                number=step.number,
                activity=step.activity,
                actor=cycle.sop.role_name(step.actor),
                time=step.time_text,
                starts=start.astimezone(WIB).date(),
                ends=due.astimezone(WIB).date(),
            )
        )
        start = due
    return tuple(rows)


def letter_parts(
    bundle: Bundle, cycle: Cycle, letter: Letter, hal: str, lampiran: str, now: datetime
) -> dict[str, Any]:
    """What letters share. A letter with a number is ready for signature, one without is a draft."""
    office, day = bundle.office, letter.dated or now.astimezone(WIB).date()
    signer = office.signatory(letter.signatory or office.letter_signatory, day)
    final = bool(letter.number) and signer is not None
    own = sentences(bundle, cycle, letter.kind)
    titles = others(signer, (bundle.opd(o).head for o in cycle.opds), office.city)
    involved = (*titles, *((signer.title,) if signer else ()))  # nobody gets a copy of what they sign or receive
    return {
        "state": paper.SIAP_TANDA_TANGAN if final else paper.RANCANGAN,
        "kop": kop(office, signer.letterhead if signer else next(iter(office.letterheads))),
        "head": paper.Head(
            number=letter.number or None,
            number_gap=number_gap(office, letter.kind, day, signer.letterhead if signer else ""),
            date=letter.dated,
            sifat=office.sifat_of(letter.kind),
            lampiran=lampiran,
            hal=hal,
            place=office.place if office.dated_with_place else None,
        ),
        "opening": own.opening or None,
        "closing": own.closing or None,
        "recipients": paper.Recipients(titles=titles, place=office.place),
        "cycle": facts(bundle, cycle),
        "contact": office.contact,
        "signature": signature(signer, office.letter_signatory),
        "tembusan": tuple(t for t in office.tembusan_of(letter.kind) if not _addressed(t, involved, office.city)),
        "look": look(office),
    }


def others(signer: Signatory | None, titles: Iterable[str], city: str) -> tuple[str, ...]:
    """The titles a letter is addressed to: nobody writes to themselves. Where nobody else is left, all stay."""
    everybody = tuple(titles)
    own = {signer.title, signer.title.removesuffix(f" {city}")} if signer else set()
    return tuple(t for t in everybody if t not in own) or everybody


def _addressed(copy: str, titles: tuple[str, ...], city: str) -> bool:
    """Whether who would get a copy is a recipient already: "Sekretaris Daerah Kota … (sebagai laporan)" is."""
    title = copy.partition("(")[0].strip()
    return any(title in (t, f"{t} {city}") for t in titles)


def surat_undangan(
    bundle: Bundle, cycle: Cycle, sheet: Preparation, letter: Letter, now: datetime
) -> paper.SuratUndangan:
    """Surat Undangan (SOP steps 1 to 3). The sheet must have its meeting."""
    meeting = _meeting(sheet)
    assert meeting is not None  # `Preparation.missing` has been asked
    parts = letter_parts(bundle, cycle, letter, "Undangan", "-", now)
    if parts["recipients"].listed_apart:
        parts["head"] = replace(parts["head"], lampiran=enclosed(1, "lembar" if one_sheet(parts) else "berkas"))
    return paper.SuratUndangan(**parts, meeting=meeting, bring=bundle.office.habits(letter.kind).bring)


def one_sheet(parts: Mapping[str, Any]) -> bool:
    """Whether the list of recipients surely fits on one sheet, beside its head and the signature."""
    lines = sum(1 + len(title) // LINE for title in parts["recipients"].titles)
    return lines <= LINES_OF_A_SHEET


def enclosed(count: int, unit: str) -> str:
    """ "2 (dua) berkas", as a letter's head says what goes with it."""
    words = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh")
    return f"{count} ({words[count - 1]}) {unit}" if count <= len(words) else f"{count} {unit}"


def surat_permohonan_data(
    bundle: Bundle,
    cycle: Cycle,
    items: tuple[Item, ...],
    letter: Letter,
    *,
    bot_name: str,
    enclosures: tuple[str, ...],
    deadlines: tuple[datetime | None, datetime] | None,
    now: datetime,
) -> paper.SuratPermohonanData:
    """Surat Permohonan Data with what is asked of each OPD; *deadlines* are known once the letter is numbered."""
    collecting = next((s for s in cycle.sop.steps if s.each), None)
    asked = {o: [i for i in items if i.opd == o] for o in cycle.opds}
    hal = f"Permohonan Data Dukung {cycle.name}"
    parts = letter_parts(bundle, cycle, letter, hal, "-", now)
    attached = parts["recipients"].listed_apart + 1 + len(enclosures)  # as the paper numbers them: Lampiran I, II, …
    parts["head"] = replace(parts["head"], lampiran=enclosed(attached, "berkas"))
    return paper.SuratPermohonanData(
        **parts,
        legal_basis=legal_basis(bundle, cycle),
        asked=tuple(
            paper.OpdRequest(
                opd=bundle.opd(o).name,
                items=tuple(
                    paper.RequestedItem(code=i.code, name=i.title, evidence=i.example or "-", format=i.formats or "-")
                    for i in wanted
                ),
            )
            for o, wanted in asked.items()
            if wanted
        ),
        channel=f"bot Telegram @{bot_name}",
        duration=collecting.time_text if collecting else "-",
        target=deadlines[0] if deadlines else None,
        limit=deadlines[1] if deadlines else None,
        enclosures=enclosures,
    )


def lembar_disposisi(
    bundle: Bundle,
    cycle: Cycle,
    *,
    received_at: datetime,
    by: Signed,
    forwarded_to: tuple[str, ...],
    instructions: tuple[str, ...],
    note: str,
    marks: Marks,
    agenda_number: str,
    now: datetime,
) -> paper.LembarDisposisi:
    """Lembar Disposisi (SOP step 2): the choices as they were tapped, the paraf empty.

    *agenda_number*: what the Sekretariat has entered on the sheet of an earlier pass, if anything.
    """
    office = bundle.office
    signer = office.signatory(office.disposition_signatory, now.astimezone(WIB).date())
    standing = tuple(dict.fromkeys((*office.instructions, *instructions)))
    return paper.LembarDisposisi(
        kop=kop(office, signer.letterhead if signer else next(iter(office.letterheads))),
        letter_from=office.team,
        letter_number=None,
        letter_date=None,
        hal=f"Undangan dan Permohonan Data {cycle.name}",
        received_at=received_at,
        agenda_number=agenda_number or None,
        urgency=marks.urgency,
        security=marks.security,
        forwarded_to=forwarded_to,
        instructions=tuple(paper.Instruction(text=t, chosen=t in instructions) for t in standing),
        note=note or None,
        signature=_of_who_decided(signature(signer, cycle.sop.role_name(by.role)), by),
        recorded=recorded("disetujui dan didisposisikan", by, now),
        look=look(office),
    )


def _of_who_decided(usual: paper.Signature, by: Signed) -> paper.Signature:
    """Of a substitute the office knows the name only; rank and NIP are left to the pen."""
    if not by.substitution:
        return usual
    acting: Literal["Plh.", "Plt."] = "Plh." if by.substitution == "Plh." else "Plt."
    return paper.Signature(title=usual.title, name=by.name, acting=acting, nip_open=True)


def tanda_terima(
    bundle: Bundle,
    cycle: Cycle,
    opd: str,
    items: tuple[Item, ...],
    *,
    code: str,
    by: Signed,
    account: str,
    receiver: str,
    late: paper.Late | None,
    now: datetime,
) -> paper.TandaTerima:
    """Tanda Terima of one OPD (SOP step 4): every file with its hash; no judgement."""
    office = bundle.office
    return paper.TandaTerima(
        kop=kop(office, next(iter(office.letterheads))),
        code=code,
        cycle=facts(bundle, cycle),
        opd=bundle.opd(opd).name,
        sender_name=by.name,
        sender_acting=by.substitution or None,
        sender_account=account,
        receiver=receiver,
        received_at=now,
        late=late,
        items=tuple(_received(i) for i in items),
        look=look(office),
    )


def _received(item: Item) -> paper.ReceivedItem:
    files = tuple(
        paper.ReceivedFile(
            name=f.filename, size=f.size, pages=f.pages, sha256=None if f.link else f.sha256, version=f.version
        )
        for f in item.current_files
        if f.sha256
    )
    absent = item.explanation if item.state is ItemState.DECLARED_ABSENT and not files else None
    return paper.ReceivedItem(code=item.code, name=item.title, files=files, declared_none=absent)


def ekspedisi(
    bundle: Bundle, cycle: Cycle, letters: tuple[Letter, ...], deliveries: tuple[Delivery, ...], now: datetime
) -> paper.Ekspedisi:
    """The expedition list as it stands now (SOP step 3)."""
    numbers = tuple(letter.number for letter in letters if letter.number)
    sender = next((letter.sent_by.title for letter in letters if letter.sent_by), None)
    return paper.Ekspedisi(
        kop=kop(bundle.office, next(iter(bundle.office.letterheads))),
        cycle=facts(bundle, cycle),
        as_of=now,
        deliveries=tuple(
            paper.Delivery(
                opd=bundle.opd(d.opd).name,
                numbers=numbers,
                how="Telegram" if d.channel == "bot" else "Diantar langsung",
                delivered_at=(sent := d.delivered_at or d.sent_at if d.channel == "bot" else d.delivered_at),
                delivered_by=((d.recorded_by or sender) if d.channel == "manual" else sender) if sent else None,
                received_at=d.received_at,
                received_by=d.received_by or None,
                note=d.note or None,
            )
            for d in sorted(deliveries, key=lambda d: cycle.opds.index(d.opd))
        ),
        look=look(bundle.office),
    )
