"""Samples of the papers of SOP steps 7 and 8: form, nota dinas, berita acara, dokumen evaluasi."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from bot.paper_sample_parts import (
    ACTORS,
    LEGAL,
    PRESSED,
    STEPS,
    Flavour,
    cycle,
    head_of_office,
    kop,
    mark,
    pressed,
)
from bot.paper_sample_results import result
from sop.papers import (
    AgreedAction,
    AttendanceLine,
    BeritaAcara,
    Context,
    CycleFacts,
    DokumenEvaluasi,
    FormulirTerisi,
    HeldMeeting,
    Kop,
    NotaDinas,
    OpdCount,
    OpdRun,
    PaperLine,
    Party,
    Signature,
    StepRun,
)

MET: Final = datetime(2026, 12, 3, 2, 0, tzinfo=UTC)
DONE: Final = date(2026, 12, 10)
TASKS: Final = (
    ("Menyusun laporan reviu kebijakan arsitektur.", "Dinas Komunikasi dan Informatika", date(2027, 2, 26)),
    ("Melengkapi bukti pelaksanaan audit keamanan.", "Inspektorat Daerah", date(2027, 3, 31)),
    ("Mengusulkan anggaran integrasi layanan.", "Badan Perencanaan Pembangunan Daerah", None),
)
PEOPLE: Final = ("Dewi Anggraini", "Rudi Hartono, S.E.", "Lestari Wulandari", "Agus Salim Nasution", "Yohana Sitorus")


def _cycle(f: Flavour) -> CycleFacts:
    """The cycle under the instrument of the sample's result."""
    if len(result(f).indicators) == 47:
        return cycle(f)
    return replace(
        cycle(f),
        subject="Pemerintah Digital (Pemdi)",
        short="Pemdi",
        name=f.typed("Evaluasi Mandiri Pemdi 2026") if f.opds == 4 else "Evaluasi Mandiri Pemdi 2026",
        instrument="Peraturan Menteri PANRB Nomor 8 Tahun 2026",
    )


def _kop_sekda() -> Kop:
    return replace(kop(), office="SEKRETARIAT DAERAH")


def _sekda(f: Flavour) -> Signature:
    return Signature(
        title="Sekretaris Daerah Kota Pangkalpinang",
        name=None if f.draft else f.typed("Ir. Hendra Wirawan, M.Si."),
        rank=None if f.draft else "Pembina Utama Madya (IV/d)",
        nip=None if f.draft else "196801011994031001",
    )


def _team_lead(f: Flavour) -> Signature:
    return Signature(
        title="Ketua Tim SPBE Diskominfo",
        name=f.typed("Bagas Pratama, S.Kom."),
        rank="Penata (III/c)",
        nip="198911052015031004",
    )


def _chairs(f: Flavour) -> tuple[Signature, ...]:
    """None in the minimal sample, seven in the extreme one, else the chair and the head of the office."""
    if not f.full:
        return ()
    chair = Signature(
        title="Ketua Tim SPBE Kota Pangkalpinang", name=None if f.draft else f.typed("Drs. Iskandar Zulkarnain, M.M.")
    )
    return (chair, head_of_office(f)) * 4 if f.opds == 60 else (chair, head_of_office(f))


def _meetings(f: Flavour) -> tuple[HeldMeeting, ...]:
    place = f.typed("Smart Room Center, Kantor Wali Kota Pangkalpinang")
    first = HeldMeeting(starts_at=MET, ends_at=MET + timedelta(hours=3), place=place)
    second = HeldMeeting(starts_at=MET + timedelta(days=1), ends_at=MET + timedelta(days=1, hours=2), place=place)
    return (first, second) if f.opds == 60 else (first,)


def _tasks(f: Flavour) -> tuple[AgreedAction, ...]:
    return tuple(AgreedAction(what=f.typed(what), who=f.typed(who), due=due) for what, who, due in TASKS * f.full)


def _formulir_terisi(f: Flavour) -> FormulirTerisi:
    return FormulirTerisi(
        state=f.state,
        kop=kop(),
        cycle=_cycle(f),
        result=result(f),
        place="Pangkalpinang",
        date=None if f.draft else DONE,
        signature=_team_lead(f),
        look=f.look,
    )


def _nota_dinas(f: Flavour) -> NotaDinas:
    return NotaDinas(
        state=f.state,
        kop=kop(),
        addressed_to="Kepala Dinas Komunikasi dan Informatika",
        through="Kepala Bidang Penyelenggaraan E-Government" if f.full else None,
        sender="Ketua Tim SPBE Diskominfo",
        number=None if f.draft else "000.8/61/DISKOMINFO/XII/2026",
        number_gap="000.8/……/…",
        date=None if f.draft else DONE,
        sifat="Penting",
        lampiran="1 (satu) berkas",
        hal=f"Laporan Hasil {_cycle(f).name}",
        cycle=_cycle(f),
        meetings=_meetings(f),
        result=result(f),
        signature=_team_lead(f),
        note=f.typed("Dua perangkat daerah meminta perpanjangan waktu untuk melengkapi bukti.") if f.full else None,
        acknowledged=(replace(pressed("diketahui"), at=MET + timedelta(days=7)),) if f.full and not f.draft else (),
        tembusan=("Sekretaris Dinas",) if f.full else (),
        look=f.look,
    )


def _berita_acara(f: Flavour) -> BeritaAcara:
    return BeritaAcara(
        state=f.state,
        kop=_kop_sekda(),
        number=None if f.draft else "000.8/62/SETDA/XII/2026",
        number_gap="000.8/……/…",
        date=None if f.draft else DONE,
        place=f.typed("Kantor Wali Kota Pangkalpinang"),
        place_of_date="Pangkalpinang",
        cycle=_cycle(f),
        legal_basis=LEGAL if f.full else LEGAL[:1],
        opds=OpdCount(asked=f.opds, handed_over=f.opds - 1, closed=1),
        meetings=_meetings(f),
        attendance=f.opds * 2 if f.full else 0,
        result=result(f),
        sekda=_sekda(f),
        chairs=_chairs(f)[:7],
        parties=tuple(
            Party(signature=signature, address=f.typed("Jalan Contoh Nomor 2, Pangkalpinang 33100") if f.full else None)
            for signature in (_sekda(f), *_chairs(f)[:7])
        ),
        notula="Notula Rapat Koordinasi" if f.full else None,
        notula_date=MET.date() if f.full else None,
        follow_ups=_tasks(f),
        attachments=("Formulir Evaluasi yang telah diisi", "Daftar Hadir", "Notula") if f.full else (),
        verification=mark(f),
        look=f.look,
    )


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


def _dokumen_evaluasi(f: Flavour) -> DokumenEvaluasi:
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
        cycle=_cycle(f),
        unit="Dinas Komunikasi dan Informatika",
        place="Pangkalpinang",
        date=None if f.draft else DONE,
        prepared_by=_team_lead(f),
        approved_by=head_of_office(f),
        legal_basis=LEGAL if f.full else LEGAL[:1],
        steps=_steps(f),
        opds=_opds(f),
        meetings=_meetings(f),
        result=result(f),
        attendance=people if f.full else (),
        decisions=(f.typed("Hasil evaluasi mandiri disepakati."), f.typed("Perbaikan dimulai pada triwulan pertama."))
        if f.full
        else (),
        follow_ups=_tasks(f),
        papers=_papers(f),
        background=f.typed("Evaluasi tahun ini melanjutkan perbaikan dari tahun sebelumnya.") if f.full else None,
        scope=f.typed("Kelurahan dinilai melalui kecamatannya.") if f.full else None,
        conclusion=f.typed("Perbaikan diutamakan pada layanan dengan bobot terbesar.") if f.full else None,
        look=f.look,
    )


REPORT_MAKERS: Final[dict[str, Callable[[Flavour], Context]]] = {
    "formulir_terisi": _formulir_terisi,
    "nota_dinas": _nota_dinas,
    "berita_acara": _berita_acara,
    "dokumen_evaluasi": _dokumen_evaluasi,
}
