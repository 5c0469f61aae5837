"""Samples of the papers of SOP steps 7 and 8: form, nota dinas, berita acara, dokumen evaluasi."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from bot.paper_sample_parts import (
    LEGAL,
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
    BeritaAcara,
    Context,
    CycleFacts,
    FormulirTerisi,
    HeldMeeting,
    Kop,
    NotaDinas,
    OpdCount,
    Party,
    Signature,
)

MET: Final = datetime(2026, 12, 3, 2, 0, tzinfo=UTC)
DONE: Final = date(2026, 12, 10)
TASKS: Final = (
    ("Menyusun laporan reviu kebijakan arsitektur.", "Dinas Komunikasi dan Informatika", date(2027, 2, 26)),
    ("Melengkapi bukti pelaksanaan audit keamanan.", "Inspektorat Daerah", date(2027, 3, 31)),
    ("Mengusulkan anggaran integrasi layanan.", "Badan Perencanaan Pembangunan Daerah", None),
)


def cycle_of(f: Flavour) -> CycleFacts:
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


def team_lead(f: Flavour) -> Signature:
    """Ketua Tim."""
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


def meetings(f: Flavour) -> tuple[HeldMeeting, ...]:
    """The sittings as they were held."""
    place = f.typed("Smart Room Center, Kantor Wali Kota Pangkalpinang")
    first = HeldMeeting(starts_at=MET, ends_at=MET + timedelta(hours=3), place=place, present=6)
    second = replace(first, starts_at=MET + timedelta(days=1), ends_at=MET + timedelta(days=1, hours=2), present=2)
    return (first, second) if f.opds == 60 else (first,)


def tasks(f: Flavour) -> tuple[AgreedAction, ...]:
    """What the meeting agreed on."""
    return tuple(AgreedAction(what=f.typed(what), who=f.typed(who), due=due) for what, who, due in TASKS * f.full)


def formulir_terisi(f: Flavour) -> FormulirTerisi:
    """The completed form."""
    return FormulirTerisi(
        state=f.state,
        kop=kop(),
        cycle=cycle_of(f),
        result=result(f),
        place="Pangkalpinang",
        date=None if f.draft else DONE,
        signature=team_lead(f),
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
        hal=f"Laporan Hasil {cycle_of(f).name}",
        cycle=cycle_of(f),
        meetings=meetings(f),
        result=result(f),
        signature=team_lead(f),
        note=f.typed("Dua perangkat daerah meminta perpanjangan waktu untuk melengkapi bukti.") if f.full else None,
        acknowledged=(replace(pressed("diketahui"), at=MET + timedelta(days=7)),) if f.full and not f.draft else (),
        tembusan=("Sekretaris Dinas",) if f.full else (),
        verification=mark(f),
        look=f.look,
    )


def berita_acara(f: Flavour) -> BeritaAcara:
    """The Berita Acara."""
    return BeritaAcara(
        state=f.state,
        kop=_kop_sekda(),
        number=None if f.draft else "000.8/62/SETDA/XII/2026",
        number_gap="000.8/……/…",
        date=None if f.draft else DONE,
        place=f.typed("Kantor Wali Kota Pangkalpinang"),
        place_of_date="Pangkalpinang",
        cycle=cycle_of(f),
        legal_basis=LEGAL if f.full else LEGAL[:1],
        opds=OpdCount(asked=f.opds, handed_over=f.opds - 1, closed=1),
        meetings=meetings(f),
        attendance=f.opds * 2 if f.full else 0,
        result=result(f),
        sekda=_sekda(f),
        chairs=_chairs(f)[:7],
        parties=tuple(
            Party(signature=signature, address=f.typed("Jalan Contoh Nomor 2, Pangkalpinang 33100") if f.full else None)
            for signature in _chairs(f)[:7] or (_sekda(f),)
        ),
        notula="Notula Rapat Koordinasi" if f.full else None,
        notula_date=MET.date() if f.full else None,
        follow_ups=tasks(f),
        attachments=("Formulir Evaluasi yang telah diisi", "Daftar Hadir", "Notula") if f.full else (),
        verification=mark(f),
        look=f.look,
    )


REPORT_MAKERS: Final[dict[str, Callable[[Flavour], Context]]] = {
    "formulir_terisi": formulir_terisi,
    "nota_dinas": _nota_dinas,
    "berita_acara": berita_acara,
}
