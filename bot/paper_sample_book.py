"""Sample of the Dokumen Evaluasi (SOP step 8): the book, with every paper that it carries."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from bot.paper_sample_parts import (
    ACTORS,
    DONE,
    INVITED,
    LEGAL,
    LETTERS,
    LIMIT,
    SITTINGS,
    STEPS,
    Flavour,
    head_of_office,
    kop,
    team_lead,
)
from bot.paper_sample_reports import berita_acara, cycle_of, formulir_terisi, meetings, nota_dinas, tasks
from bot.paper_sample_results import result
from bot.paper_samples_meeting import daftar_hadir, notula, rekapitulasi, undangan_rapat
from sop.papers import (
    Annexes,
    AttendanceLine,
    DokumenEvaluasi,
    EvidenceLine,
    LevelLine,
    Method,
    OpdRun,
    PaperLine,
    PredicateLine,
    StepRun,
    TeamMember,
)

WENT: Final = (  # of each step: begun, ended (the last: published)
    (date(2026, 11, 18), date(2026, 11, 23)),
    (date(2026, 11, 23), date(2026, 11, 24)),
    (date(2026, 11, 24), date(2026, 11, 26)),
    (date(2026, 11, 26), LIMIT.date()),
    (LIMIT.date(), date(2026, 12, 17)),
    (SITTINGS[0].date(), SITTINGS[1].date()),
    (SITTINGS[1].date(), DONE),
    (DONE, DONE),
)


def _steps(f: Flavour) -> tuple[StepRun, ...]:
    names = {actor.key: actor.name for actor in ACTORS}
    runs = tuple(
        StepRun(
            number=number,
            activity=f.typed(activity),
            actor=names[actor],
            planned_start=began,
            planned_end=ended,
            started=began,
            ended=None if f.draft and number == len(STEPS) else ended,
            note=f.typed("satu kali dikembalikan") if number == 2 else None,
        )
        for number, ((activity, actor, *_), (began, ended)) in enumerate(zip(STEPS, WENT, strict=True), 1)
    )
    return runs if f.full else (replace(runs[0], planned_start=None, planned_end=None, started=None, ended=None),)


def _opds(f: Flavour) -> tuple[OpdRun, ...]:
    """As the recap has them; whoever had not handed over was closed before the meeting."""
    return tuple(
        OpdRun(
            opd=line.opd,
            asked=line.asked,
            answered=line.asked - line.missing,
            handed_over_at=line.handed_over_at,
            closed_reason=line.closed_reason or (None if line.handed_over_at else f.typed("Tidak ada tanggapan.")),
        )
        for line in rekapitulasi(f).opds
    )


def _papers(f: Flavour) -> tuple[PaperLine, ...]:
    sent = date(2026, 11, 26)
    found = (
        PaperLine(title="Laporan Persiapan", number=None, date=date(2026, 11, 23)),
        PaperLine(title="Lembar Disposisi", number=None, date=date(2026, 11, 24)),
        PaperLine(title="Surat Undangan", number=LETTERS[0], date=sent),
        PaperLine(title="Surat Permohonan Data", number=LETTERS[1], date=sent),
        *(
            PaperLine(title=f"Tanda Terima {line.opd}", number=None, date=line.handed_over_at.date())
            for line in rekapitulasi(f).opds
            if line.handed_over_at
        ),
        PaperLine(title="Rekapitulasi", number=None, date=rekapitulasi(f).date),
        PaperLine(title="Undangan Rapat", number=INVITED[1], date=INVITED[0]),
        PaperLine(title="Daftar Hadir", number=None, date=SITTINGS[-1].date()),
        PaperLine(title="Notula", number=None, date=SITTINGS[-1].date()),
        PaperLine(title="Nota Dinas", number=nota_dinas(f).number, date=DONE),
        PaperLine(title="Berita Acara", number=berita_acara(f).number, date=DONE),
    )
    return found if f.full else ()


def _method() -> Method:
    words = ("Rintisan", "Terkelola", "Terdefinisi", "Terpadu dan Terukur", "Optimum")
    return Method(
        levels=tuple(
            LevelLine(measure="Kapabilitas proses", level=n, name=name, gist="sesuai pedoman, pada semua unit kerja")
            for n, name in enumerate(words, 1)
        ),
        predicates=(
            PredicateLine(name="Memuaskan", minimum=Decimal("4.2")),
            PredicateLine(name="Sangat Baik", minimum=Decimal("3.5")),
            PredicateLine(name="Baik", minimum=Decimal("2.6")),
            PredicateLine(name="Cukup", minimum=Decimal("1.8")),
            PredicateLine(name="Kurang", minimum=Decimal("1")),
        ),
    )


def _evidence(f: Flavour) -> tuple[EvidenceLine, ...]:
    return tuple(
        EvidenceLine(
            code=f"I{12 + n:02d}",
            item="Peta Rencana SPBE",
            opd=name,
            file=f.typed(f"dokumen-{n + 1}.pdf"),
            sha256=f"{n:02x}" * 32 if n % 4 != 3 else None,
            received_at=LIMIT - timedelta(days=1 + n % 5),
        )
        for n, name in enumerate(f.offices() if f.full else ())
    )


def _annexes(f: Flavour) -> Annexes:
    """Every paper that the book carries. Typed texts are tried on the papers by themselves, and here on one of them."""
    if not f.full:
        return Annexes()
    if f.typed is not str:
        return Annexes(minutes=notula(f))
    return Annexes(
        form=formulir_terisi(f),
        recap=rekapitulasi(f),
        invitations=(undangan_rapat(f),),
        attendance=daftar_hadir(f),
        minutes=notula(f),
        statement=berita_acara(f),
    )


def dokumen_evaluasi(f: Flavour) -> DokumenEvaluasi:
    """The book of a cycle."""
    return DokumenEvaluasi(
        state=f.state,
        kop=kop(),
        cycle=cycle_of(f),
        unit="Dinas Komunikasi dan Informatika",
        place="Pangkalpinang",
        date=None if f.draft else DONE,
        prepared_by=team_lead(f),
        approved_by=head_of_office(f),
        legal_basis=LEGAL if f.full else LEGAL[:1],
        steps=_steps(f),
        opds=_opds(f),
        meetings=meetings(f),
        result=result(f),
        attendance=tuple(
            AttendanceLine(name=one.name, office=one.agency, recorded_at=one.recorded_at)
            for sitting in daftar_hadir(f).sittings
            for one in sitting.attendees
            if one.recorded_at
        ),
        decisions=notula(f).decisions,
        follow_ups=tasks(f),
        papers=_papers(f),
        method=_method(),
        team=(TeamMember(name=f.typed("Bagas Pratama, S.Kom."), role="Ketua"),) if f.full else (),
        evidence=_evidence(f),
        annexes=_annexes(f),
        background=f.typed("Evaluasi tahun ini melanjutkan perbaikan dari tahun sebelumnya.") if f.full else None,
        scope=f.typed("Kelurahan dinilai melalui kecamatannya.") if f.full else None,
        conclusion=f.typed("Perbaikan diutamakan pada layanan dengan bobot terbesar.") if f.full else None,
        look=replace(f.look, paper="A4"),
    )
