"""Samples of the papers of steps 5 and 6: rekapitulasi, undangan rapat, daftar hadir, notula. Invented people."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal

from bot.paper_sample_parts import (
    INVITED,
    LIMIT,
    ROOM,
    SITTINGS,
    Flavour,
    came,
    cycle,
    head,
    kabid,
    kop,
    kop_sekda,
    mark,
    present,
    sekda,
    sittings,
    team_lead,
)
from bot.paper_sample_results import TASKS, dissent, result
from sop.index import two_places
from sop.papers import (
    AgendaPoint,
    Answer,
    AttendedSitting,
    Attendee,
    Context,
    DaftarHadir,
    Discussed,
    FollowUp,
    GroupLine,
    HeldSitting,
    IndicatorRecap,
    Meeting,
    MeetingResult,
    Notula,
    OpdRecap,
    PartValue,
    Recipients,
    RecordedAct,
    Rekapitulasi,
    Signature,
    UndanganRapat,
)

RECAPPED: Final = datetime(2026, 12, 17, 7, 40, tzinfo=UTC)
ACARA: Final = "Rapat Koordinasi dan Penyampaian Evaluasi Mandiri SPBE Kota Pangkalpinang"
NAMES: Final = (
    ("Bagas Pratama, S.Kom.", "Pranata Komputer Ahli Muda"),
    ("Dewi Anggraini, S.E.", "Kepala Subbagian Perencanaan"),
    ("Rina Kartika, A.Md.", "Pengelola Data"),
    ("Galih Saputra, S.T., M.T.", "Kepala Bidang Pengembangan Aplikasi"),
    ("Ayu Lestari, S.H.", "Auditor Ahli Pertama"),
)
ASKED: Final = (
    ("Kebijakan Internal terkait Tata Kelola SPBE", "Kebijakan Internal Arsitektur SPBE"),
    ("Kebijakan Internal terkait Tata Kelola SPBE", "Kebijakan Internal Peta Rencana SPBE"),
    ("Kebijakan Internal terkait Tata Kelola SPBE", "Kebijakan Internal Manajemen Data"),
    ("Perencanaan Strategis SPBE", "Arsitektur SPBE"),
    ("Perencanaan Strategis SPBE", "Keterpaduan Rencana dan Anggaran SPBE"),
    ("Teknologi Informasi dan Komunikasi", "Pembangunan Aplikasi SPBE"),
    ("Teknologi Informasi dan Komunikasi", "Layanan Pusat Data"),
    ("Penerapan Manajemen SPBE", "Penerapan Manajemen Risiko SPBE"),
    ("Penerapan Manajemen SPBE", "Penerapan Kompetensi Sumber Daya Manusia"),
    ("Audit TIK", "Pelaksanaan Audit Keamanan SPBE"),
    ("Layanan Administrasi Pemerintahan Berbasis Elektronik", "Layanan Kepegawaian"),
    ("Layanan Publik Berbasis Elektronik", "Layanan Pengaduan Pelayanan Publik"),
)


def _opd(f: Flavour, n: int, name: str) -> OpdRecap:
    """Every kind of line in turn: all good, some to repair, closed without, still open."""
    kind = n % 7
    handed = kind not in (4, 6)
    asked = f.items + 4
    return OpdRecap(
        opd=name,
        asked=asked,
        accepted=asked - 3 if handed else 0,
        repair=1 if handed else 0,
        rejected=1 if kind == 2 else 0,
        declared_none=0 if kind == 2 or not handed else 1,
        uploaded=1 if handed else 0,
        missing=0 if handed else asked,
        handed_over_at=LIMIT - timedelta(days=n % 5, minutes=13 * n) if handed else None,
        closed_at=RECAPPED - timedelta(days=1) if kind in (3, 4) else None,
        closed_reason=f.typed("Sampai batas waktu tidak ada tanggapan setelah dua kali diingatkan.")
        if kind in (3, 4)
        else None,
        note=f.typed("Sudah dihubungi melalui telepon.") if kind == 6 else None,
    )


def _indicator(f: Flavour, n: int, offices: tuple[str, ...]) -> IndicatorRecap:
    aspect, name = ASKED[n * len(ASKED) // max(len(ASKED), 47 if f.opds > 7 else len(ASKED))]
    chosen = offices if n == 1 else offices[n % len(offices) :][: 1 + n % 3]
    states: tuple[Answer, ...] = tuple(
        Answer(opd=opd, state="sesuai", files=1 + m % 4, note=f.typed("halaman 3 sampai 7") if m == 1 else None)
        if m % 4 == 0 or n % 3 == 0
        else Answer(opd=opd, state="perlu perbaikan", note=f.typed("Dokumen belum ditandatangani."))
        if m % 4 == 1
        else Answer(opd=opd, state="dinyatakan tidak ada", note=f.typed("Layanan ini dikelola oleh BKPSDMD."))
        if m % 4 == 2
        else Answer(opd=opd, state="belum")
        for m, opd in enumerate(chosen)
    )
    external = "Satu Data Indonesia (Bappenas)" if n == 4 else None
    return IndicatorRecap(
        code=f"I{n + 1}",
        name=f.typed(f"Tingkat Kematangan {name}"),
        aspect=aspect if f.full else None,
        answers=() if external or n == 8 else states,
        external=external,
    )


def rekapitulasi(f: Flavour) -> Rekapitulasi:
    """The recap of all that was handed over."""
    offices = f.offices()
    count = (47 if f.opds > 7 else 12) if f.full else 0
    return Rekapitulasi(
        state=f.state,
        kop=kop(),
        cycle=cycle(f),
        as_of=RECAPPED,
        receiver="Tim SPBE Kota Pangkalpinang",
        opds=tuple(_opd(f, n, name) for n, name in enumerate(offices)) if f.full else (),
        indicators=tuple(_indicator(f, n, offices) for n in range(count)),
        place="Pangkalpinang",
        date=None if f.draft else date(2026, 12, 17),
        prepared=team_lead(f),
        checked=kabid(f) if f.full else None,
        remarks=(
            f.typed("Dua perangkat daerah memohon tambahan waktu untuk memperbaiki data dukung."),
            f.typed("Data dukung berupa tautan sudah dibuka dan diperiksa isinya."),
        )
        if f.full
        else (),
        recorded=(
            RecordedAct(
                verb="diserahkan kepada Tim SPBE Kota",
                by="Tim SPBE Diskominfo",
                name=f.typed("Rina Kartika, A.Md."),
                at=RECAPPED + timedelta(minutes=25),
            ),
        )
        if f.full and not f.draft
        else (),
        look=f.look,
    )


def undangan_rapat(f: Flavour) -> UndanganRapat:
    """The invitation to the coordination meeting."""
    points = (
        "Pembukaan dan pengarahan Koordinator Tim SPBE",
        "Penyampaian rekapitulasi data dukung",
        "Pembahasan dan penilaian mandiri per indikator",
        "Perumusan keputusan dan tindak lanjut",
        "Penutup",
    )
    leads = ("Sekretaris Daerah", "Tim SPBE Diskominfo", "Tim SPBE Kota", "Tim SPBE Kota", None)
    minutes = (0, 15, 45, 135, 170)
    timed, start = f.full and not f.draft, sittings(f)[-1 if f.draft else 0]
    return UndanganRapat(
        state=f.state,
        kop=kop_sekda(),
        head=head(f, "Undangan Rapat Koordinasi", "2 (dua) berkas" if timed else "-", INVITED[1], INVITED[0]),
        recipients=Recipients(
            titles=tuple(f"Anggota Tim SPBE dari {name}" for name in f.offices()),
            place="Pangkalpinang",
            collective="Anggota Tim SPBE Kota Pangkalpinang",
        ),
        cycle=cycle(f),
        contact=f.typed("Rina Kartika, telepon (0717) 000000"),
        signature=sekda(f),
        verification=mark(f),
        tembusan=("Wali Kota Pangkalpinang (sebagai laporan)", "Arsip") if f.full else (),
        sitting=2 if f.draft and f.full else 1,
        meeting=Meeting(starts_at=start, ends_at=start + timedelta(hours=3), place=f.typed(ROOM), agenda=ACARA),
        agenda=tuple(
            AgendaPoint(activity=f.typed(point), starts_at=start + timedelta(minutes=after), lead=lead)
            if timed
            else AgendaPoint(activity=f.typed(point))
            for point, after, lead in zip(points, minutes, leads, strict=True)
        )[slice(None) if f.full else slice(2, 3)],
        bring=(f.typed("data dukung asli yang diminta untuk diperlihatkan"), "laptop") if f.full else (),
        look=f.look,
    )


def _attendee(f: Flavour, n: int, agency: str, start: datetime) -> Attendee:
    name, position = NAMES[n % len(NAMES)]
    return Attendee(
        name=f.typed(name),
        position=f.typed(position),
        agency=agency,
        recorded_at=start + timedelta(minutes=n % 40 - 10) if came(n) else None,
        recorded_by=f.typed("Rina Kartika, A.Md.") if came(n) and n % 4 == 3 else None,
    )


def daftar_hadir(f: Flavour) -> DaftarHadir:
    """Its attendance list."""
    return DaftarHadir(
        kop=kop_sekda(),
        cycle=cycle(f),
        sittings=tuple(
            AttendedSitting(
                number=number,
                meeting=Meeting(
                    starts_at=start,
                    ends_at=start + timedelta(hours=3) if f.full else None,
                    place=f.typed(ROOM),
                    agenda=ACARA,
                ),
                attendees=tuple(_attendee(f, n, agency, start) for n, agency in enumerate(f.offices()))
                if f.full
                else (),
            )
            for number, start in enumerate(sittings(f), 1)
        ),
        place="Pangkalpinang",
        signature=chair(f),
        blank_rows=3 if f.full else 0,
        look=f.look,
    )


def _result(f: Flavour) -> MeetingResult:
    """What the papers of step 7 report, as the meeting found it."""
    found = result(f)
    parts: list[PartValue] = []
    for domain in found.domains:
        if domain.name:
            parts.append(_part("domain", domain.name, domain))
        parts += [_part("aspek", aspect.name, aspect) for aspect in domain.aspects]
    return MeetingResult(
        index_name=found.index_name,
        value=two_places(found.index),
        predicate=found.predicate,
        parts=tuple(parts),
        scored=len(found.indicators) - len(found.waiting),
        indicators=len(found.indicators),
        provisional=tuple(f"I{line.number:02d}" for line in found.waiting),
    )


def _part(kind: Literal["domain", "aspek"], name: str, line: GroupLine) -> PartValue:
    return PartValue(kind=kind, name=name, weight=line.weight, value=two_places(line.index))


def chair(f: Flavour) -> Signature:
    """Who led the meeting."""
    return replace(sekda(f), title="Sekretaris Daerah Kota Pangkalpinang selaku Koordinator Tim SPBE")


def notula(f: Flavour) -> Notula:
    """Its minutes."""
    many = 12 if f.opds > 7 else 2
    return Notula(
        state=f.state,
        kop=kop_sekda(),
        cycle=cycle(f),
        subject=ACARA,
        invitation_number=INVITED[1] if f.full else None,
        invitation_date=INVITED[0] if f.full else None,
        sittings=tuple(
            HeldSitting(
                number=number,
                starts_at=start,
                ends_at=start + timedelta(hours=3) if f.full else None,
                place=f.typed(ROOM),
                chair=f.typed("Ir. Hendra Wirawan, M.Si."),
                present=present(f),
                invited=f.opds if f.full else None,
            )
            for number, start in enumerate(sittings(f), 1)
        ),
        agenda=("Penyampaian rekapitulasi data dukung", f.typed("Penilaian mandiri per indikator"))
        if f.full
        else ("Penilaian mandiri",),
        discussion=tuple(
            Discussed(
                topic=f.typed("Kebijakan internal arsitektur SPBE"),
                words=f.typed(
                    "Peraturan Wali Kota tentang arsitektur sudah ditetapkan, tetapi peta rencananya masih rancangan.\n"
                    "Peserta sepakat bahwa rancangan hanya memenuhi tingkat 1."
                ),
                speaker=f.typed("Bagas Pratama, Diskominfo") if n % 2 == 0 else None,
            )
            for n in range(many)
        )
        if f.full
        else (),
        result=_result(f) if f.full else None,
        decisions=tuple(
            f.typed("Hasil penilaian mandiri diterima sebagai dasar pengisian formulir evaluasi.") for _ in range(many)
        )
        if f.full
        else (),
        follow_ups=tuple(
            FollowUp(what=f.typed(what), who=f.typed(who), due=due)
            for what, who, due in TASKS * ((4 if many == 12 else 1) if f.full else 0)
        ),
        dissent=dissent(f),
        place="Pangkalpinang",
        date=None if f.draft else SITTINGS[-1].date(),
        chair=chair(f),
        minute_taker=Signature(
            title="Pranata Komputer Ahli Muda",
            name=f.typed("Bagas Pratama, S.Kom."),
            rank="Penata (III/c)",
            nip="198911052015031004",
        ),
        opening=f.typed("Rapat dibuka oleh pimpinan rapat dengan penjelasan maksud dan tujuan.") if f.full else None,
        closing=f.typed("Pimpinan rapat menyampaikan terima kasih kepada seluruh peserta.") if f.full else None,
        attachments=("Surat undangan", "Daftar hadir", "Rekapitulasi data dukung") if f.full else (),
        recorded=(
            RecordedAct(
                verb="dikonfirmasi",
                by="Tim SPBE Kota Pangkalpinang",
                name=f.typed("Ayu Lestari, S.H."),
                at=SITTINGS[-1] + timedelta(hours=4),
            ),
        )
        if f.full and not f.draft
        else (),
        look=f.look,
    )


MEETING_MAKERS: Final[dict[str, Callable[[Flavour], Context]]] = {
    "rekapitulasi": rekapitulasi,
    "undangan_rapat": undangan_rapat,
    "daftar_hadir": daftar_hadir,
    "notula": notula,
}
