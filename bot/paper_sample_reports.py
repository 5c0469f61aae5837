"""Samples of the papers of SOP steps 7 and 8: form, nota dinas, berita acara, dokumen evaluasi."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.paper_sample_parts import (
    DONE,
    LEGAL,
    ROOM,
    SITTINGS,
    Flavour,
    cycle,
    head_of_office,
    kop,
    kop_sekda,
    mark,
    present,
    pressed,
    sekda,
    sittings,
    team_lead,
)
from bot.paper_sample_results import TASKS, result
from bot.paper_samples_meeting import rekapitulasi
from sop.papers import (
    AgreedAction,
    BeritaAcara,
    Context,
    CycleFacts,
    FormulirTerisi,
    HeldMeeting,
    NotaDinas,
    OpdCount,
    Party,
    Signature,
)

READ: Final = datetime(2027, 1, 13, 6, 40, tzinfo=UTC)


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
    return tuple(
        HeldMeeting(starts_at=start, ends_at=start + timedelta(hours=3), place=f.typed(ROOM), present=present(f))
        for start in sittings(f)
    )


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


def nota_dinas(f: Flavour) -> NotaDinas:
    """The report to Kepala Dinas."""
    return NotaDinas(
        state=f.state,
        kop=kop(),
        addressed_to="Kepala Dinas Komunikasi dan Informatika",
        through="Kepala Bidang Penyelenggaraan E-Government" if f.full else None,
        sender="Ketua Tim SPBE Diskominfo",
        number=None if f.draft else "500.12/008/DISKOMINFO/I/2027",
        number_gap="500.12/……/…",
        date=None if f.draft else DONE,
        sifat="Penting",
        lampiran="1 (satu) berkas",
        hal=f"Laporan Hasil {cycle_of(f).name}",
        cycle=cycle_of(f),
        meetings=meetings(f),
        result=result(f),
        signature=team_lead(f),
        note=f.typed("Dua perangkat daerah meminta perpanjangan waktu untuk melengkapi bukti.") if f.full else None,
        acknowledged=(replace(pressed("diketahui"), at=READ),) if f.full and not f.draft else (),
        tembusan=("Sekretaris Dinas",) if f.full else (),
        verification=mark(f),
        look=f.look,
    )


def berita_acara(f: Flavour) -> BeritaAcara:
    """The Berita Acara."""
    without = sum(1 for line in rekapitulasi(f).opds if line.handed_over_at is None)
    return BeritaAcara(
        state=f.state,
        kop=kop_sekda(),
        number=None if f.draft else "500.12/003/SETDA/I/2027",
        number_gap="500.12/……/…",
        date=None if f.draft else DONE,
        place=f.typed("Kantor Wali Kota Pangkalpinang"),
        place_of_date="Pangkalpinang",
        cycle=cycle_of(f),
        legal_basis=LEGAL if f.full else LEGAL[:1],
        opds=OpdCount(asked=f.opds, handed_over=f.opds - without, closed=without),
        meetings=meetings(f),
        attendance=sum(m.present or 0 for m in meetings(f)),
        result=result(f),
        sekda=sekda(f),
        chairs=_chairs(f)[:7],
        parties=tuple(
            Party(signature=signature, address=f.typed("Jalan Contoh Nomor 2, Pangkalpinang 33100") if f.full else None)
            for signature in _chairs(f)[:7] or (sekda(f),)
        ),
        notula="Notula Rapat Koordinasi" if f.full else None,
        notula_date=SITTINGS[-1].date() if f.full else None,
        follow_ups=tasks(f),
        attachments=("Formulir Evaluasi yang telah diisi", "Daftar Hadir", "Notula") if f.full else (),
        verification=mark(f),
        look=f.look,
    )


REPORT_MAKERS: Final[dict[str, Callable[[Flavour], Context]]] = {
    "formulir_terisi": formulir_terisi,
    "nota_dinas": nota_dinas,
    "berita_acara": berita_acara,
}
