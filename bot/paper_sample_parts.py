"""What the sample papers share: the flavours, and the office they come from. All persons are invented."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Final, Literal

from sop.papers import (
    RANCANGAN,
    SIAP_TANDA_TANGAN,
    CycleFacts,
    Head,
    Kop,
    Look,
    Recipients,
    RecordedAct,
    Signature,
    SopActor,
    State,
    VerificationMark,
)

MONDAY: Final = datetime(2026, 11, 23, 2, 5, tzinfo=UTC)
PRESSED: Final = datetime(2026, 11, 24, 3, 22, tzinfo=UTC)  # Selasa, pukul 10.22 WIB
LIMIT: Final = datetime(2026, 12, 11, 9, 30, tzinfo=UTC)
SITTINGS: Final = (datetime(2027, 1, 6, 2, 0, tzinfo=UTC), datetime(2027, 1, 8, 2, 0, tzinfo=UTC))
INVITED: Final = (date(2026, 12, 29), "500.12/012/SETDA/XII/2026")  # to the first of them
LETTERS: Final = ("500.12/123/DISKOMINFO/XI/2026", "500.12/045/SETDA/XI/2026")  # Surat Undangan, Surat Permohonan Data
DONE: Final = date(2027, 1, 13)
ROOM: Final = "Smart Room Center, Kantor Wali Kota Pangkalpinang"
CAME: Final = 6  # of six invited, the last one stays away
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
Symbol = Literal["kapsul", "kotak", "belah_ketupat"]
STEPS: Final[tuple[tuple[str, str, Symbol, str, str, str], ...]] = (
    (
        "Melaporkan persiapan Tim SPBE Diskominfo untuk melakukan Monev SPBE, serta menyiapkan "
        "surat undangan dan "
        "permohonan data untuk OPD terkait permintaan data",
        "tim_diskominfo",
        "kapsul",
        "Surat, data OPD, formulir evaluasi SPBE",
        "3 hari",
        "Surat",
    ),
    (
        "Memonitor kegiatan monev SPBE serta mengundang OPD terkait permintaan data untuk "
        "pelaksanaan evaluasi mandiri "
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
        "Mengumpulkan data dan dokumen pendukung penyelenggaraan SPBE kemudian diserahkan ke "
        "Diskominfo melalui Tim SPBE "
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
        "Mengadakan rapat koordinasi dan penyampaian evaluasi mandiri SPBE Kota Pangkalpinang untuk "
        "menganalisa data dari "
        "OPD untuk hasil evaluasi mandiri SPBE",
        "tim_kota",
        "kotak",
        "Surat undangan rapat, komputer, printer, internet, dll.",
        "180 menit",
        "Pelaksanaan kegiatan telah dilaksanakan",
    ),
    (
        "Setelah mendapatkan hasil evaluasi mandiri dan perbaikan, kemudian mengisi dan melengkapi "
        "form yang telah "
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
    """How full a sample is; *typed* changes every text that a person could have typed."""

    opds: int = 7
    items: int = 3
    typed: Callable[[str], str] = str
    full: bool = True
    state: State = SIAP_TANDA_TANGAN
    look: Look = field(default_factory=Look)

    @property
    def draft(self) -> bool:
        """Whether papers are drafts."""
        return self.state == RANCANGAN

    def offices(self) -> tuple[str, ...]:
        """Names of the OPDs."""
        names = [OFFICES[n % len(OFFICES)] + (f" {n + 1}" if n >= len(OFFICES) else "") for n in range(self.opds)]
        return tuple(self.typed(name) for name in names)


def long(text: str) -> str:
    """A text that is too long for its place."""
    return f"{text} dan Urusan Pemerintahan Berbasis Elektronik yang Sangat Panjang Namanya {'Wa' * 40}"


def hostile(text: str) -> str:
    """A text that tries to be markup, a file, a link, a template, and signs no font has."""
    return (
        f"{text} <b>x</b><script>1</script></td></table><img src=file:///etc/passwd>"
        "<link rel=attachment href=http://127.0.0.1:9/>{{ 7*7 }} & \" ' \u202e\x00 漢字 😀 العربية"
    )


FLAVOURS: Final = {
    "normal": Flavour(),
    "draft": Flavour(state=RANCANGAN),
    "minimal": Flavour(opds=1, items=1, full=False),
    "extreme": Flavour(opds=60, items=4, typed=long),
    "hostile": Flavour(opds=4, typed=hostile),
}


def kop() -> Kop:
    """The letterhead of the office."""
    return Kop(
        government="PEMERINTAH KOTA PANGKALPINANG",
        office="DINAS KOMUNIKASI DAN INFORMATIKA",
        address=(
            "Jalan Contoh Nomor 1, Pangkalpinang 33000",
            "Telepon (0717) 000000, Laman diskominfo.contoh.go.id, Pos-el surat@diskominfo.contoh.go.id",
        ),
    )


def cycle(f: Flavour) -> CycleFacts:
    """The cycle."""
    return CycleFacts(
        name=f.typed("Evaluasi Mandiri SPBE 2026") if f.opds == 4 else "Evaluasi Mandiri SPBE 2026",
        year=2026,
        subject="Sistem Pemerintahan Berbasis Elektronik (SPBE)",
        short="SPBE",
        instrument="Peraturan Menteri PANRB Nomor 59 Tahun 2020",
        city="Kota Pangkalpinang",
    )


def kop_sekda() -> Kop:
    """The letterhead of the Sekretariat Daerah."""
    return replace(kop(), office="SEKRETARIAT DAERAH")


def sittings(f: Flavour) -> tuple[datetime, ...]:
    """When the meeting sat: once in the minimal sample, else twice."""
    return SITTINGS if f.full else SITTINGS[:1]


def came(n: int) -> bool:
    """Whether the *n*th of those invited came."""
    return n % CAME != CAME - 1


def present(f: Flavour) -> int:
    """How many came to each sitting."""
    return sum(came(n) for n in range(f.opds)) if f.full else 0


def head(f: Flavour, hal: str, lampiran: str, number: str = LETTERS[0], dated: date = date(2026, 11, 26)) -> Head:
    """Head of a letter; open in a draft."""
    return Head(
        number=None if f.draft else number,
        number_gap="500.12/……/…",
        date=None if f.draft else dated,
        sifat="Penting",
        lampiran=lampiran,
        hal=f.typed(hal) if f.typed is not str else hal,
        place="Pangkalpinang",
    )


def head_of_office(f: Flavour) -> Signature:
    """Kepala Dinas; open in a draft."""
    return Signature(
        title="Kepala Dinas Komunikasi dan Informatika",
        name=None if f.draft else f.typed("Dr. Surya Hadikusuma, S.Kom., M.T."),
        rank=None if f.draft else "Pembina Utama Muda (IV/c)",
        nip=None if f.draft else "197503122000031002",
    )


def sekda(f: Flavour) -> Signature:
    """The Sekretaris Daerah; open in a draft."""
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


def kabid(f: Flavour) -> Signature:
    """The Plh. Kabid."""
    return Signature(
        title="Kepala Bidang Penyelenggaraan E-Government",
        acting="Plh.",
        name=f.typed("Maya Larasati, S.T., M.Kom."),
        rank="Penata Tingkat I (III/d)",
        nip="198404172009032005",
    )


def recipients(f: Flavour) -> Recipients:
    """The heads of all OPDs of the flavour."""
    return Recipients(titles=tuple(f"Kepala {name}" for name in f.offices()), place="Pangkalpinang")


def mark(f: Flavour) -> VerificationMark | None:
    """The code of a numbered paper; the bot's name as long as Telegram lets it be. A draft has none."""
    if f.draft:
        return None
    bot, code = "monev_spbe_kota_pangkalpinang_bt", "7KQ2-M4TX-09BD"
    link = f"https://t.me/{bot}?start=cek-{code.replace('-', '')}"
    return VerificationMark(code=code, link=link, bot=f"@{bot}")


def pressed(verb: str) -> RecordedAct:
    """A recorded press of the Plh. Kabid."""
    return RecordedAct(
        verb=verb,
        by="Plh. Kabid Penyelenggaraan E-Government",
        name="Maya Larasati, S.T., M.Kom.",
        at=PRESSED,
    )
