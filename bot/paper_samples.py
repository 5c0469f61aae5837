"""Sample contexts of every paper, with which ``check`` and the tests print each template. All persons are invented."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from sop.papers import (
    RANCANGAN,
    SIAP_TANDA_TANGAN,
    Context,
    CycleFacts,
    Delivery,
    Ekspedisi,
    Head,
    Instruction,
    Kop,
    LaporanPersiapan,
    LembarDisposisi,
    Look,
    Meeting,
    OpdReadiness,
    OpdRequest,
    Readiness,
    ReceivedFile,
    ReceivedItem,
    Recipients,
    RecordedAct,
    RequestedItem,
    ScheduleRow,
    Signature,
    Slip,
    SopActor,
    SopSheet,
    SopStep,
    State,
    SuratPermohonanData,
    SuratUndangan,
    TandaTerima,
    TeamMember,
    UndanganAkun,
)

MONDAY: Final = datetime(2026, 11, 23, 2, 5, tzinfo=UTC)
PRESSED: Final = datetime(2026, 11, 24, 3, 22, tzinfo=UTC)  # Selasa, pukul 10.22 WIB
LIMIT: Final = datetime(2026, 12, 11, 9, 30, tzinfo=UTC)
OFFICES: Final = (
    "Dinas Kesehatan",
    "Dinas Pendidikan dan Kebudayaan",
    "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia Daerah",
    "Dinas Kependudukan dan Pencatatan Sipil",
    "Inspektorat Daerah",
    "Badan Perencanaan Pembangunan dan Penelitian Pengembangan Daerah",
    "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
)
INDICATORS: Final = (
    (
        "I12",
        "Peta Rencana SPBE",
        "Dokumen Peta Rencana yang ditetapkan (salinan bernomor dan bertanda tangan)",
    ),
    ("I33", "Layanan Kepegawaian", "Tangkapan layar aplikasi, SK penggunaan, dan buku petunjuk"),
    ("I42", "Layanan Pengaduan Publik", "Rekapitulasi pengaduan satu tahun dan bukti tindak lanjut"),
)
STEPS: Final = (
    (
        "Melaporkan persiapan Tim SPBE Diskominfo untuk melakukan Monev SPBE, serta menyiapkan surat undangan dan "
        "permohonan data untuk OPD terkait permintaan data",
        "tim_diskominfo",
        "kapsul",
        "Surat, data OPD, formulir evaluasi SPBE",
        "3 hari",
        "Surat",
    ),
    (
        "Memonitor kegiatan monev SPBE serta mengundang OPD terkait permintaan data untuk pelaksanaan evaluasi mandiri "
        "penyelenggaraan SPBE Kota Pangkalpinang",
        "kabid",
        "belah_ketupat",
        "Surat, data OPD, formulir evaluasi SPBE",
        "30 menit",
        "Surat telah didisposisikan",
    ),
    (
        "Menaikkan undangan untuk ditandatangani selanjutnya dikirim ke OPD",
        "sekretariat",
        "kotak",
        "Surat undangan",
        "2 hari",
        "Surat ditandatangani dan dikirim ke OPD",
    ),
    (
        "Mengumpulkan data dan dokumen pendukung penyelenggaraan SPBE kemudian diserahkan ke Diskominfo melalui Tim SPBE "
        "Diskominfo",
        "opd",
        "kotak",
        "Surat Edaran Setda, komputer, printer, internet, dll.",
        "1–2 minggu",
        "Pelaksanaan kegiatan telah dilaksanakan",
    ),
    (
        "Mengumpulkan dan merekap data dari OPD untuk bahan rapat Tim SPBE Kota Pangkalpinang",
        "tim_diskominfo",
        "kotak",
        "Komputer, printer, internet, dll.",
        "1 minggu",
        "Pelaksanaan kegiatan telah dilaksanakan",
    ),
    (
        "Mengadakan rapat koordinasi dan penyampaian evaluasi mandiri SPBE Kota Pangkalpinang untuk menganalisa data dari "
        "OPD untuk hasil evaluasi mandiri SPBE",
        "tim_kota",
        "kotak",
        "Surat undangan rapat, komputer, printer, internet, dll.",
        "180 menit",
        "Pelaksanaan kegiatan telah dilaksanakan",
    ),
    (
        "Setelah mendapatkan hasil evaluasi mandiri dan perbaikan, kemudian mengisi dan melengkapi form yang telah "
        "ditetapkan. Melaporkan kepada atasan disertai membuat Berita Acara Penyelenggaraan Evaluasi Mandiri "
        "ditandatangani oleh Sekda",
        "tim_diskominfo",
        "kotak",
        "Dokumen evaluasi SPBE, data dukung, komputer, internet, dll.",
        "180 menit",
        "Pelaksanaan kegiatan telah dilaksanakan",
    ),
    (
        "Dokumen Evaluasi SPBE sudah siap untuk digunakan",
        "tim_diskominfo",
        "kapsul",
        "Dokumen evaluasi SPBE, data dukung, komputer, internet, dll.",
        "60 menit",
        "Dokumen Evaluasi SPBE",
    ),
)
ACTORS: Final = (
    SopActor(key="tim_diskominfo", name="Tim SPBE Diskominfo"),
    SopActor(key="kabid", name="Kabid Penyelenggaraan E-Government"),
    SopActor(key="sekretariat", name="Sekretariat Dinas"),
    SopActor(key="tim_kota", name="Tim SPBE Kota Pangkalpinang"),
    SopActor(key="opd", name="OPD"),
)
LEGAL: Final = (
    "Peraturan Presiden Nomor 95 Tahun 2018 tentang Sistem Pemerintahan Berbasis Elektronik",
    "Standar Operasional Prosedur Monitoring dan Evaluasi Mandiri SPBE Kota Pangkalpinang",
)


@dataclass(frozen=True)
class Flavour:
    """How full a sample is: number of OPDs and items, and what every text a person could type is turned into."""

    opds: int = 7
    items: int = 3
    typed: Callable[[str], str] = str
    full: bool = True
    state: State = SIAP_TANDA_TANGAN
    look: Look = Look()

    @property
    def draft(self) -> bool:
        return self.state == RANCANGAN

    def offices(self) -> tuple[str, ...]:
        names = [
            OFFICES[n % len(OFFICES)] + (f" {n + 1}" if n >= len(OFFICES) else "") for n in range(self.opds)
        ]
        return tuple(self.typed(name) for name in names)


def _long(text: str) -> str:
    return f"{text} dan Urusan Penyelenggaraan Pemerintahan Berbasis Elektronik yang Sangat Panjang Namanya {'Wa' * 40}"


def _hostile(text: str) -> str:
    return (
        f"{text} <b>x</b><script>1</script></td></table><img src=file:///etc/passwd>"
        "<link rel=attachment href=http://127.0.0.1:9/>{{ 7*7 }} & \" ' \u202e\x00 漢字 😀 العربية"
    )


FLAVOURS: Final = {
    "normal": Flavour(),
    "draft": Flavour(state=RANCANGAN),
    "minimal": Flavour(opds=1, items=1, full=False),
    "extreme": Flavour(opds=60, items=6, typed=_long),
    "hostile": Flavour(opds=4, typed=_hostile),
}


def _kop() -> Kop:
    return Kop(
        government="PEMERINTAH KOTA PANGKALPINANG",
        office="DINAS KOMUNIKASI DAN INFORMATIKA",
        address=(
            "Jalan Contoh Nomor 1, Pangkalpinang 33000",
            "Telepon (0717) 000000, Laman diskominfo.contoh.go.id, Pos-el surat@diskominfo.contoh.go.id",
        ),
    )


def _cycle(f: Flavour) -> CycleFacts:
    return CycleFacts(
        name=f.typed("Evaluasi Mandiri SPBE 2026") if f.opds == 4 else "Evaluasi Mandiri SPBE 2026",
        year=2026,
        subject="Sistem Pemerintahan Berbasis Elektronik (SPBE)",
        short="SPBE",
        instrument="Peraturan Menteri PANRB Nomor 59 Tahun 2020",
        city="Kota Pangkalpinang",
    )


def _head(f: Flavour, hal: str, lampiran: str) -> Head:
    return Head(
        number=None if f.draft else "500.12/123/DISKOMINFO/XI/2026",
        number_gap="500.12/……/…",
        date=None if f.draft else date(2026, 11, 26),
        sifat="Penting",
        lampiran=lampiran,
        hal=f.typed(hal) if f.typed is not str else hal,
        place="Pangkalpinang",
    )


def _head_of_office(f: Flavour) -> Signature:
    return Signature(
        title="Kepala Dinas Komunikasi dan Informatika",
        name=None if f.draft else f.typed("Dr. Surya Hadikusuma, S.Kom., M.T."),
        rank=None if f.draft else "Pembina Utama Muda (IV/c)",
        nip=None if f.draft else "197503122000031002",
    )


def _kabid(f: Flavour) -> Signature:
    return Signature(
        title="Kepala Bidang Penyelenggaraan E-Government",
        acting="Plh.",
        name=f.typed("Maya Larasati, S.T., M.Kom."),
        rank="Penata Tingkat I (III/d)",
        nip="198404172009032005",
    )


def _recipients(f: Flavour) -> Recipients:
    return Recipients(titles=tuple(f"Kepala {name}" for name in f.offices()), place="Pangkalpinang")


def _pressed(verb: str) -> RecordedAct:
    return RecordedAct(
        verb=verb,
        by="Plh. Kabid Penyelenggaraan E-Government",
        name="Maya Larasati, S.T., M.Kom.",
        at=PRESSED,
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
        kop=_kop(),
        number=None if f.draft else "000.8/45/DISKOMINFO/XI/2026",
        number_gap="000.8/……/…",
        date=None if f.draft else date(2026, 11, 23),
        place="Pangkalpinang",
        addressed_to="Kepala Bidang Penyelenggaraan E-Government",
        cycle=_cycle(f),
        legal_basis=LEGAL if f.full else LEGAL[:1],
        team=(
            TeamMember(
                name=f.typed("Bagas Pratama, S.Kom."), position="Pranata Komputer Ahli Muda", role="Ketua"
            ),
            *(
                (TeamMember(name="Rina Kartika, A.Md.", position="Pengelola Data", role="Anggota"),)
                if f.full
                else ()
            ),
        ),
        schedule=tuple(schedule if f.full else schedule[:1]),
        opds=tuple(
            OpdReadiness(opd=name, items=f.items, focal_points=n % 3) for n, name in enumerate(f.offices())
        )
        if f.full
        else (),
        readiness=(
            Readiness(item="Surat undangan dan surat permohonan data", ready=True),
            Readiness(item="Formulir evaluasi SPBE", ready=True, note=f.typed("formulir-2026.xlsx")),
            Readiness(item="Surat Edaran Setda", ready=False, note=f.typed("menunggu penandatanganan")),
        )
        if f.full
        else (),
        signature=Signature(
            title="Ketua Tim SPBE Diskominfo",
            name=f.typed("Bagas Pratama, S.Kom."),
            rank="Penata (III/c)",
            nip="198911052015031004",
        ),
        result=f.typed(
            "Tim telah menyusun daftar data dukung per perangkat daerah.\nRuang rapat sudah dipesan."
        )
        if f.full
        else None,
        suggestion=f.typed("Mohon persetujuan atas kedua surat terlampir.") if f.full else None,
        recorded=(_pressed("diterima"),) if f.full and not f.draft else (),
        look=f.look,
    )


def _surat_undangan(f: Flavour) -> SuratUndangan:
    return SuratUndangan(
        state=f.state,
        kop=_kop(),
        head=_head(f, "Undangan", "1 (satu) berkas" if f.opds > 3 else "-"),
        recipients=_recipients(f),
        cycle=_cycle(f),
        contact=f.typed("Rina Kartika, telepon (0717) 000000"),
        signature=_head_of_office(f),
        tembusan=("Sekretaris Daerah Kota Pangkalpinang (sebagai laporan)", "Arsip") if f.full else (),
        extra=f.typed("Ruang rapat berada di lantai dua.") if f.full else None,
        meeting=Meeting(
            starts_at=datetime(2026, 12, 3, 2, 0, tzinfo=UTC),
            ends_at=datetime(2026, 12, 3, 5, 0, tzinfo=UTC) if f.full else None,
            place=f.typed("Smart Room Center, Kantor Wali Kota Pangkalpinang"),
            agenda="Permintaan Data Evaluasi Mandiri SPBE Tahun 2026",
        ),
        bring=(f.typed("daftar aplikasi yang dikelola"), "laptop") if f.full else (),
        look=f.look,
    )


def _surat_permohonan_data(f: Flavour) -> SuratPermohonanData:
    asked = tuple(
        RequestedItem(
            code=code if n < 3 else f"{code}.{n}", name=name, evidence=f.typed(evidence), format="PDF"
        )
        for n, (code, name, evidence) in ((n, INDICATORS[n % 3]) for n in range(f.items))
    )
    return SuratPermohonanData(
        state=f.state,
        kop=_kop(),
        head=_head(f, "Permohonan Data Dukung Evaluasi Mandiri SPBE Tahun 2026", "4 (empat) berkas"),
        recipients=_recipients(f),
        cycle=_cycle(f),
        contact=f.typed("Rina Kartika, telepon (0717) 000000"),
        signature=Signature(
            on_behalf_of="Wali Kota Pangkalpinang",
            title="Sekretaris Daerah",
            name=None if f.draft else f.typed("Ir. Hendra Wirawan, M.Si."),
            rank=None if f.draft else "Pembina Utama Madya (IV/d)",
            nip=None if f.draft else "196801011994031001",
        )
        if f.full
        else _head_of_office(f),
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
        kop=_kop(),
        letter_from="Tim SPBE Diskominfo",
        letter_number="500.12/7/DISKOMINFO/XI/2026" if f.full and not f.draft else None,
        letter_date=date(2026, 11, 23) if f.full and not f.draft else None,
        hal=f.typed("Undangan dan Permohonan Data Evaluasi Mandiri SPBE 2026"),
        received_at=MONDAY,
        agenda_number=None,
        urgency="segera" if f.full else "biasa",
        secret=False,
        forwarded_to=("Sekretaris Dinas", "Ketua Tim SPBE Diskominfo") if f.full else ("Sekretaris Dinas",),
        instructions=(
            Instruction(text="Tanggapan dan saran", chosen=False),
            Instruction(text="Proses lebih lanjut", chosen=True),
            Instruction(text="Koordinasi/konfirmasi", chosen=False),
            Instruction(text="Untuk ditandatangani dan dikirim", chosen=f.full),
        ),
        note=f.typed("Mohon dikirim paling lambat hari Kamis.") if f.full else None,
        signature=_kabid(f),
        recorded=_pressed("disetujui dan didisposisikan"),
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
        kop=_kop(),
        code="TT-2026-7F3K9Q",
        cycle=_cycle(f),
        opd=f.offices()[0],
        sender_name=f.typed("Dewi Anggraini"),
        sender_position="Kepala Subbagian Perencanaan",
        sender_account="akun Telegram @dewi_dinkes",
        receiver="Tim SPBE Diskominfo",
        received_at=PRESSED,
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
        note=f.typed("Lampiran menyusul.") if f.full else None,
        look=f.look,
    )


def _ekspedisi(f: Flavour) -> Ekspedisi:
    def delivery(n: int, opd: str) -> Delivery:
        received = n % 3 != 2
        return Delivery(
            opd=opd,
            numbers=("500.12/123/DISKOMINFO/XI/2026", "500.12/124/DISKOMINFO/XI/2026"),
            how="Telegram" if n % 2 == 0 else "Diantar langsung",
            delivered_at=PRESSED + timedelta(days=2),
            delivered_by=f.typed("Sekretariat Dinas"),
            received_at=PRESSED + timedelta(days=2, minutes=7 * n) if received else None,
            received_by=f.typed("Dewi Anggraini") if received else None,
            note=None if received else "belum menekan Diterima",
        )

    return Ekspedisi(
        kop=_kop(),
        cycle=_cycle(f),
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
        warnings=("Apabila prosedur tidak dilaksanakan, hasil evaluasi mandiri terlambat.",)
        if f.full
        else (),
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
}


def flavoured(kind: str, flavour: str, look: Look | None = None) -> Context:
    """A sample of a kind in one of `FLAVOURS`: normal, draft, minimal, extreme (60 OPDs, long names), hostile."""
    chosen = FLAVOURS[flavour]
    if look is not None:
        chosen = Flavour(chosen.opds, chosen.items, chosen.typed, chosen.full, chosen.state, look)
    return MAKERS[kind](chosen)


def sample(kind: str, extreme: bool = False) -> Context:
    """A sample context of a kind of paper, for ``check`` and tests."""
    return flavoured(kind, "extreme" if extreme else "normal")
