"""Sample contexts of every paper, with which ``check`` and the tests print each template."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from bot.paper_sample_book import dokumen_evaluasi
from bot.paper_sample_parts import (
    ACTORS,
    FLAVOURS,
    INDICATORS,
    LEGAL,
    LETTERS,
    LIMIT,
    MONDAY,
    PRESSED,
    ROOM,
    STEPS,
    Flavour,
    cycle,
    head,
    head_of_office,
    kabid,
    kop,
    kop_sekda,
    mark,
    pressed,
    recipients,
    sekda,
    team_lead,
)
from bot.paper_sample_register import register_surat
from bot.paper_sample_reports import REPORT_MAKERS
from bot.paper_samples_meeting import MEETING_MAKERS
from sop.papers import (
    Context,
    Delivery,
    Ekspedisi,
    Instruction,
    Kop,
    LaporanPersiapan,
    Late,
    LembarDisposisi,
    Look,
    Meeting,
    OpdReadiness,
    OpdRequest,
    Readiness,
    ReceivedFile,
    ReceivedItem,
    RequestedItem,
    ScheduleRow,
    Signature,
    Slip,
    SopSheet,
    SopStep,
    SuratPermohonanData,
    SuratUndangan,
    TandaTerima,
    TeamMember,
    UndanganAkun,
)


def _laporan_persiapan(f: Flavour) -> LaporanPersiapan:
    names = {actor.key: actor.name for actor in ACTORS}
    schedule = [
        ScheduleRow(
            number=number,
            activity=activity,
            actor=names[actor],
            time=time,
            starts=date(2026, 11, 18) + timedelta(days=7 * number) if number < 6 else None,
            ends=date(2026, 11, 20) + timedelta(days=7 * number) if number < 6 else None,
        )
        for number, (activity, actor, _, _, time, _) in enumerate(STEPS, 1)
    ]
    return LaporanPersiapan(
        state=f.state,
        kop=kop(),
        date=None if f.draft else date(2026, 11, 23),
        place="Pangkalpinang",
        addressed_to="Kepala Bidang Penyelenggaraan E-Government",
        cycle=cycle(f),
        legal_basis=LEGAL if f.full else LEGAL[:1],
        team=(
            TeamMember(name=f.typed("Bagas Pratama, S.Kom."), role="Ketua"),
            *((TeamMember(name="Rina Kartika, A.Md.", role="Anggota"),) if f.full else ()),
        ),
        schedule=tuple(schedule if f.full else schedule[:1]),
        opds=tuple(OpdReadiness(opd=name, items=f.items, focal_points=n % 3) for n, name in enumerate(f.offices()))
        if f.full
        else (),
        readiness=(
            Readiness(item="Surat undangan dan surat permohonan data", ready=True),
            Readiness(item="Formulir evaluasi SPBE", ready=True, note=f.typed("formulir-2026.xlsx")),
            Readiness(item="Surat Edaran Setda", ready=False, note=f.typed("menunggu penandatanganan")),
        )
        if f.full
        else (),
        signature=team_lead(f),
        result=f.typed("Tim telah menyusun daftar data dukung per perangkat daerah.\nRuang rapat sudah dipesan.")
        if f.full
        else None,
        suggestion=f.typed("Mohon persetujuan atas kedua surat terlampir.") if f.full else None,
        recorded=(pressed("diterima"),) if f.full and not f.draft else (),
        look=f.look,
    )


def _surat_undangan(f: Flavour) -> SuratUndangan:
    return SuratUndangan(
        state=f.state,
        kop=kop(),
        head=head(f, "Undangan", "1 (satu) berkas" if f.opds > 3 else "-"),
        recipients=recipients(f),
        cycle=cycle(f),
        contact=f.typed("Rina Kartika, telepon (0717) 000000"),
        signature=head_of_office(f),
        verification=mark(f),
        tembusan=("Sekretaris Daerah Kota Pangkalpinang (sebagai laporan)", "Arsip") if f.full else (),
        meeting=Meeting(
            starts_at=datetime(2026, 12, 3, 2, 0, tzinfo=UTC),
            ends_at=datetime(2026, 12, 3, 5, 0, tzinfo=UTC) if f.full else None,
            place=f.typed(ROOM),
            agenda="Permintaan Data Evaluasi Mandiri SPBE Tahun 2026",
        ),
        bring=(f.typed("daftar aplikasi yang dikelola"), "laptop") if f.full else (),
        look=f.look,
    )


def _surat_permohonan_data(f: Flavour) -> SuratPermohonanData:
    asked = tuple(
        RequestedItem(code=code if n < 3 else f"{code}.{n}", name=name, evidence=f.typed(evidence), format="PDF")
        for n, (code, name, evidence) in ((n, INDICATORS[n % 3]) for n in range(f.items))
    )
    return SuratPermohonanData(
        state=f.state,
        kop=kop_sekda() if f.full else kop(),
        head=head(
            f,
            "Permohonan Data Dukung Evaluasi Mandiri SPBE Tahun 2026",
            "4 (empat) berkas",
            LETTERS[1] if f.full else LETTERS[0],
        ),
        recipients=recipients(f),
        cycle=cycle(f),
        contact=f.typed("Rina Kartika, telepon (0717) 000000"),
        signature=replace(sekda(f), on_behalf_of="Wali Kota Pangkalpinang", title="Sekretaris Daerah")
        if f.full
        else head_of_office(f),
        verification=mark(f),
        tembusan=("Wali Kota Pangkalpinang (sebagai laporan)",) if f.full else (),
        legal_basis=LEGAL,
        asked=tuple(OpdRequest(opd=name, items=asked) for name in f.offices()),
        channel="melalui Tim SPBE Diskominfo, dengan bot Telegram @monev_spbe_bot",
        duration="1–2 minggu",
        target=None if f.draft else LIMIT - timedelta(days=7),
        limit=None if f.draft else LIMIT,
        enclosures=("Formulir Evaluasi SPBE", "Surat Edaran Sekretaris Daerah") if f.full else (),
        look=f.look,
    )


def _lembar_disposisi(f: Flavour) -> LembarDisposisi:
    return LembarDisposisi(
        kop=kop(),
        letter_from="Tim SPBE Diskominfo",
        letter_number="500.12/7/DISKOMINFO/XI/2026" if f.full and not f.draft else None,
        letter_date=date(2026, 11, 23) if f.full and not f.draft else None,
        hal=f.typed("Undangan dan Permohonan Data Evaluasi Mandiri SPBE 2026"),
        received_at=MONDAY,
        agenda_number="312/XI/2026" if f.full and not f.draft else None,
        urgency="segera" if f.full else "biasa",
        security="sangat_rahasia" if f.opds == 60 else "biasa",
        forwarded_to=("Sekretaris Dinas", "Ketua Tim SPBE Diskominfo") if f.full else ("Sekretaris Dinas",),
        instructions=(
            Instruction(text="Tanggapan dan saran", chosen=False),
            Instruction(text="Proses lebih lanjut", chosen=True),
            Instruction(text="Koordinasi/konfirmasi", chosen=False),
            Instruction(text="Untuk ditandatangani dan dikirim", chosen=f.full),
        ),
        note=f.typed("Mohon dikirim paling lambat hari Kamis.") if f.full else None,
        signature=kabid(f),
        recorded=pressed("disetujui dan didisposisikan"),
        look=f.look,
    )


def _tanda_terima(f: Flavour) -> TandaTerima:
    files = tuple(
        ReceivedFile(
            name=f.typed(f"dokumen-{n + 1}.pdf"),
            size=(n + 1) * 1_234_567,
            pages=None if n == 1 else 12 * (n + 1),
            sha256=f"{n:02x}" * 32,
            version=n + 1,
        )
        for n in range(min(f.opds, 20) if f.full else 1)
    )
    return TandaTerima(
        kop=kop(),
        code="TT-2026-7F3K9Q",
        cycle=cycle(f),
        opd=f.offices()[0],
        sender_name=f.typed("Dewi Anggraini"),
        sender_acting="Plh." if f.full else None,
        late=Late(limit=LIMIT, working_days=3) if f.full else None,
        sender_account="akun Telegram @dewi_dinkes",
        receiver="Tim SPBE Diskominfo",
        received_at=LIMIT + timedelta(days=5) if f.full else LIMIT - timedelta(days=1),
        items=(
            ReceivedItem(code="I12", name="Peta Rencana SPBE", files=files),
            *(
                (
                    ReceivedItem(
                        code="I33",
                        name="Layanan Kepegawaian",
                        declared_none=f.typed("Layanan ini dikelola oleh BKPSDMD."),
                    ),
                    ReceivedItem(code="I42", name="Layanan Pengaduan Publik"),
                )
                if f.full
                else ()
            ),
        ),
        look=f.look,
    )


def _ekspedisi(f: Flavour) -> Ekspedisi:
    def delivery(n: int, opd: str) -> Delivery:
        received = n % 3 != 2
        return Delivery(
            opd=opd,
            numbers=LETTERS,
            how="Telegram" if n % 2 == 0 else "Diantar langsung",
            delivered_at=PRESSED + timedelta(days=2),
            delivered_by=f.typed("Sekretariat Dinas"),
            received_at=PRESSED + timedelta(days=2, minutes=7 * n) if received else None,
            received_by=f.typed("Dewi Anggraini") if received else None,
            note=None if received else "belum menekan Diterima",
        )

    return Ekspedisi(
        kop=kop(),
        cycle=cycle(f),
        as_of=PRESSED + timedelta(days=3),
        deliveries=tuple(delivery(n, opd) for n, opd in enumerate(f.offices())) if f.full else (),
        look=f.look,
    )


def _undangan_akun(f: Flavour) -> UndanganAkun:
    return UndanganAkun(
        office="Dinas Komunikasi dan Informatika",
        city="Kota Pangkalpinang",
        bot="@monev_spbe_bot",
        contact="Tim SPBE Diskominfo, telepon (0717) 000000",
        slips=tuple(
            Slip(
                holder=name,
                role="petugas perangkat daerah",
                link=f"https://t.me/monev_spbe_bot?start=contoh_{n:04d}_AbCdEfGhIjKlMnOp",
                expires_at=LIMIT,
            )
            for n, name in enumerate(f.offices())
        ),
        look=f.look,
    )


def _sop(f: Flavour) -> SopSheet:
    steps = tuple(
        SopStep(
            number=number,
            activity=f.typed(activity),
            actor=actor,
            symbol=symbol,
            completeness=completeness,
            time=time,
            output=output,
            returns_to=1 if symbol == "belah_ketupat" else None,
        )
        for number, (activity, actor, symbol, completeness, time, output) in enumerate(STEPS, 1)
    )
    return SopSheet(
        title="Monitoring dan Evaluasi Mandiri SPBE",
        government="PEMERINTAH KOTA PANGKALPINANG",
        office="DINAS KOMUNIKASI DAN INFORMATIKA",
        unit="Bidang Penyelenggaraan E-Government",
        number=None,
        created=None,
        revised=None,
        effective=None,
        approved_by=Signature(title="Kepala Dinas Komunikasi dan Informatika", name=None),
        actors=ACTORS,
        steps=steps if f.full else steps[:1],
        legal_basis=LEGAL if f.full else (),
        qualifications=("Memahami penyelenggaraan SPBE", "Mampu mengoperasikan komputer") if f.full else (),
        related=("SOP Tata Naskah Dinas",) if f.full else (),
        equipment=("Komputer, printer, internet", "Formulir evaluasi SPBE") if f.full else (),
        warnings=("Apabila prosedur tidak dilaksanakan, hasil evaluasi mandiri terlambat.",) if f.full else (),
        records=("Disimpan sebagai data elektronik dan cetak",) if f.full else (),
        look=f.look,
    )


MAKERS: Final[dict[str, Callable[[Flavour], Context]]] = {
    "laporan_persiapan": _laporan_persiapan,
    "surat_undangan": _surat_undangan,
    "surat_permohonan_data": _surat_permohonan_data,
    "lembar_disposisi": _lembar_disposisi,
    "ekspedisi": _ekspedisi,
    "tanda_terima": _tanda_terima,
    "undangan_akun": _undangan_akun,
    "sop": _sop,
    "register_surat": register_surat,
    "dokumen_evaluasi": dokumen_evaluasi,
    **REPORT_MAKERS,
    **MEETING_MAKERS,
}


def flavoured(kind: str, flavour: str, look: Look | None = None, letterhead: Kop | None = None) -> Context:
    """A sample of a kind in one of `FLAVOURS`: normal, draft, minimal, extreme, hostile; in an office's own dress."""
    chosen = FLAVOURS[flavour]
    made = MAKERS[kind](chosen if look is None else replace(chosen, look=look))
    if letterhead is None or isinstance(made, (SopSheet, UndanganAkun)):  # these have no letterhead
        return made
    return replace(made, kop=letterhead)


def sample(kind: str, extreme: bool = False) -> Context:
    """A sample context of a kind of paper, for ``check`` and tests."""
    return flavoured(kind, "extreme" if extreme else "normal")
