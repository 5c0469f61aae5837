"""Sample of the Dokumen Evaluasi (SOP step 8): the book, with every paper that it carries."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from bot.paper_sample_parts import ACTORS, LEGAL, PRESSED, STEPS, Flavour, head_of_office, kop
from bot.paper_sample_reports import DONE, MET, berita_acara, cycle_of, formulir_terisi, meetings, tasks, team_lead
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

PEOPLE: Final = ("Dewi Anggraini", "Rudi Hartono, S.E.", "Lestari Wulandari", "Agus Salim Nasution", "Yohana Sitorus")


def _steps(f: Flavour) -> tuple[StepRun, ...]:
    names = {actor.key: actor.name for actor in ACTORS}
    started = [date(2026, 11, 2) + timedelta(days=5 * n) for n in range(len(STEPS))]
    runs = tuple(
        StepRun(
            number=number,
            activity=f.typed(activity),
            actor=names[actor],
            planned_start=started[number - 1],
            planned_end=started[number - 1] + timedelta(days=3),
            started=started[number - 1],
            ended=None if number == len(STEPS) else started[number - 1] + timedelta(days=number % 5),
            note=f.typed("satu kali dikembalikan") if number == 2 else None,
        )
        for number, (activity, actor, *_) in enumerate(STEPS, 1)
    )
    return runs if f.full else (replace(runs[0], planned_start=None, planned_end=None, started=None, ended=None),)


def _opds(f: Flavour) -> tuple[OpdRun, ...]:
    if not f.full:
        return ()
    return tuple(
        OpdRun(
            opd=name,
            asked=6,
            answered=6 if n % 5 != 3 else 2,
            handed_over_at=PRESSED + timedelta(days=n % 7) if n % 5 != 3 else None,
            closed_reason=f.typed("Petugas sedang dinas luar; berkas menyusul.") if n % 5 == 3 else None,
        )
        for n, name in enumerate(f.offices())
    )


def _papers(f: Flavour) -> tuple[PaperLine, ...]:
    titles = ("Laporan Persiapan", "Surat Undangan", "Surat Permohonan Data", "Rekapitulasi", "Daftar Hadir")
    found = tuple(
        PaperLine(
            title=title,
            number=f"500.12/{120 + n}/DISKOMINFO/XI/2026" if n < 3 else None,
            date=DONE - timedelta(days=30 - 5 * n) if n != 3 else None,
        )
        for n, title in enumerate(titles)
    )
    letters = tuple(PaperLine(title=f"Tanda Terima {name}", number=None, date=DONE) for name in f.offices())
    return found + letters if f.full else ()


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
            received_at=PRESSED + timedelta(days=n % 7),
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
    people = tuple(
        AttendanceLine(
            name=f.typed(PEOPLE[n % len(PEOPLE)]),
            office=office,
            recorded_at=MET + timedelta(minutes=n % 50) if n % 4 != 3 else None,
        )
        for n, office in enumerate(f.offices())
    )
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
        attendance=people if f.full else (),
        decisions=(f.typed("Hasil evaluasi mandiri disepakati."), f.typed("Perbaikan dimulai pada triwulan pertama."))
        if f.full
        else (),
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
