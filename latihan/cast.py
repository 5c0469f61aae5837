"""The cast of the rehearsal: the actors of the SOP, who play a cycle by chat alone (steps 1 to 4).

They know the words on the buttons, as people do, and nothing of the program. Time passes on the stage.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from latihan.botapi import BotApi
from latihan.model import Message
from latihan.papers import pdf, scanned
from latihan.people import Person
from latihan.seeing import NotSeen


class Missing(Exception):
    """Somebody waited for something that did not come."""


class Stage(Protocol):
    """What the cast may know of the program: the time, and when it has nothing left to do."""

    def now(self) -> datetime:
        """The time of the rehearsal (UTC)."""

    def settle(self) -> None:
        """Wait until the bot has answered everything."""

    def move_to(self, moment: datetime) -> None:
        """Let the time pass."""


class Cast:
    """Everybody who plays. *scene* announces the next scene."""

    def __init__(self, api: BotApi, stage: Stage, code: str, scene: Callable[[str], None]) -> None:
        self.stage = stage
        self._code = code
        self._scene = scene
        self.dewi = api.person("Dewi Anggraini")  # administrator
        self.rina = api.person("Rina Kartika")  # Tim SPBE Diskominfo
        self.dedi = api.person("Dedi Pratama")  # Tim SPBE Diskominfo, reviews
        self.bambang = api.person("Bambang Suryanto")  # Kabid, on leave
        self.sari = api.person("Sari Wulandari")  # Plh. Kabid
        self.yanto = api.person("Yanto Hidayat")  # Sekretariat
        self.lina = api.person("Lina Marlina")  # Dinas Kesehatan
        self.agus = api.person("Agus Salim")  # Dinas Perhubungan
        self.ratna = api.person("Ratna Dewi")  # Dinas Lingkungan Hidup, late
        self.group = api.group("Tim SPBE Diskominfo", members=[self.dewi, self.rina, self.dedi])

    def play(self) -> None:
        """All scenes, in order. Raises Missing at the first thing that does not happen."""
        scenes = (
            ("Administrator pertama dan undangan", self.people_join),
            ("Kabid cuti, ada Plh.; grup tim terhubung", self.leave_and_group),
            ("Siklus dibuka", self.cycle_opens),
            ("Langkah 1: persiapan", self.preparation),
            ("Langkah 2: ditanya, dikembalikan, lalu disetujui", self.disposition),
            ("Langkah 3: surat bernomor, ditandatangani, dikirim", self.letters),
            ("Langkah 4: OPD mengumpulkan data", self.evidence),
            ("Pengingat, perbaikan, dan OPD yang terlambat", self.late_and_repaired),
        )
        for title, play in scenes:
            self._scene(title)
            try:
                play()
            except NotSeen as missing:
                raise Missing(f"{title}: {missing}") from missing

    # --- how they act

    def _taps(self, person: Person, label: str) -> None:
        person.taps(label)
        self.stage.settle()

    def _says(self, person: Person, words: str) -> None:
        person.says(words)
        self.stage.settle()

    def _sends(self, person: Person, name: str, data: bytes, caption: str | None = None) -> None:
        person.sends(name, data, caption=caption)
        self.stage.settle()

    def _sees(self, person: Person, words: str) -> Message:
        self.stage.settle()
        return person.sees(words)

    # --- the scenes

    def people_join(self) -> None:
        """The one-time code makes the administrator; everybody else comes by a link of their own."""
        self.dewi.start(self._code)
        self.stage.settle()
        self._taps(self.dewi, "Ya, benar")
        self._invites(self.rina, "Tim SPBE Diskominfo")
        self._invites(self.dedi, "Tim SPBE Diskominfo")
        self._invites(self.bambang, "Kabid")
        self._invites(self.sari, "Tim SPBE Diskominfo")
        self._invites(self.yanto, "Sekretariat")
        self._invites(self.lina, "OPD", "Dinkes")
        self._invites(self.agus, "OPD", "Dishub")
        self._invites(self.ratna, "OPD", "DLH")

    def _invites(self, newcomer: Person, role: str, opd: str = "") -> None:
        """The administrator makes a link; the newcomer opens it and confirms."""
        dewi = self.dewi
        self._says(dewi, "/undang")
        self._taps(dewi, role)
        if opd:
            self._turns_to(dewi, opd)
        self._taps(dewi, "Tanpa nama")
        link = next(word for word in dewi.last.text.split() if "t.me/" in word)
        newcomer.opens(link)
        self.stage.settle()
        self._taps(newcomer, "Ya, benar")

    def _turns_to(self, person: Person, label: str) -> None:
        """Tap an entry of a list, on whichever page it stands."""
        for _ in range(8):
            try:
                person.taps(label, timeout=0)
                self.stage.settle()
                return
            except NotSeen:
                self._taps(person, "Berikutnya")

    def leave_and_group(self) -> None:
        """A dated substitution, and the team's group."""
        dewi = self.dewi
        self._says(dewi, "/delegasi")
        self._taps(dewi, "Tunjuk pengganti")
        self._taps(dewi, "Orang lain")
        self._taps(dewi, "Kabid Penyelenggaraan")
        self._taps(dewi, "Bambang Suryanto")
        self._taps(dewi, "Sari Wulandari")
        self._taps(dewi, "Plh.")
        self._taps(dewi, "Hari ini")
        self._taps(dewi, "+3 hari")
        self._taps(dewi, "Tunjuk pengganti")
        self._sees(self.sari, "Plh.")
        self.group.adds_bot(by=dewi)
        self.stage.settle()
        dewi.says_in(self.group, "/hubungkan_grup")
        self.stage.settle()
        dewi.taps_in(self.group, "Tim SPBE Diskominfo")
        self.stage.settle()

    def cycle_opens(self) -> None:
        """Five OPDs are asked, under the instrument of 2026; one of them has no account."""
        rina = self.rina
        self._says(rina, "/siklus_baru")
        self._taps(rina, "Evaluasi Mandiri SPBE 2026")
        self._taps(rina, "Pemerintah Digital")
        self._taps(rina, "Pilih OPD")
        self._taps(rina, "Kosongkan")
        self._taps(rina, "Setda")
        self._taps(rina, "Dinkes")
        self._taps(rina, "Berikutnya")
        self._taps(rina, "DLH")
        self._taps(rina, "Dishub")
        self._taps(rina, "Lihat ringkasan")
        self._taps(rina, "Buka siklus")
        self._sees(rina, "Langkah 1/8")

    def preparation(self) -> None:
        """The checklist, the drafts, the hand-over."""
        rina = self.rina
        self._taps(rina, "Isi tim")
        self._says(rina, "Rina Kartika - Ketua\nDedi Pratama - Anggota\nSari Wulandari - Anggota")
        self._taps(rina, "Lihat persiapan")
        self._taps(rina, "Isi kesiapan")
        self._taps(rina, "Pakai kalimat ini")
        self._taps(rina, "Lihat persiapan")
        self._taps(rina, "Atur rapat")
        self._meeting("3 Desember 2026")
        self._taps(rina, "Unggah Formulir Evaluasi SPBE")
        self._sends(rina, "Formulir_Evaluasi_SPBE.pdf", pdf("Formulir Evaluasi SPBE", "Halaman 2"))
        self._taps(rina, "Lihat persiapan")
        self._taps(rina, "Unggah Surat Edaran Setda")
        self._sends(rina, "Surat_Edaran_Setda.pdf", pdf("Surat Edaran Sekretaris Daerah"))
        self._taps(rina, "Lihat persiapan")
        self._submit()

    def _meeting(self, day: str) -> None:
        self._says(self.rina, day)
        self._taps(self.rina, "Pukul 09.00")
        self._taps(self.rina, "Smart Room Center")
        self._taps(self.rina, "Pakai acara ini")

    def _submit(self) -> None:
        self._taps(self.rina, "Pratinjau naskah")
        self.rina.sees_file("Surat_Undangan")
        self._taps(self.rina, "Serahkan ke Kabid")
        self._taps(self.rina, "Ya, serahkan")
        self._sees(self.rina, "diserahkan ke Kabid")

    def disposition(self) -> None:
        """The Plh. asks, returns with a reason, and approves the second time."""
        sari, rina = self.sari, self.rina
        self._sees(sari, "Langkah 2/8")
        self._taps(sari, "Tanya dulu")
        self._says(sari, "Apakah Kecamatan juga diundang tahun ini?")
        self.stage.move_to(self.stage.now() + timedelta(minutes=25))
        self._taps(rina, "Jawab pertanyaan")
        self._says(rina, "Tahun ini cukup satu kecamatan sebagai contoh.")
        self._sees(sari, "cukup satu kecamatan")
        self._taps(sari, "Buka tugas")
        self._taps(sari, "Kembalikan")
        self._taps(sari, "Tulis sendiri")
        self._says(sari, "Tanggal rapat bentrok dengan paripurna.")
        self._sees(rina, "bentrok dengan paripurna")
        self._taps(rina, "Ubah rapat")
        self._meeting("4 Desember 2026")
        self._taps(rina, "Lihat persiapan")
        self._submit()
        self._taps(sari, "Setujui & disposisikan")
        self._sees(sari, "Disetujui dan didisposisikan oleh Plh. Kabid")

    def letters(self) -> None:
        """Numbers from the agenda, signed copies, and the sending to all."""
        yanto = self.yanto
        self._sees(yanto, "Langkah 3/8")
        for title, file in (("Surat Undangan", "Surat_Undangan"), ("Surat Permohonan Data", "Surat_Permohonan_Data")):
            self._taps(yanto, f"Nomori {title}")
            self._taps(yanto, "Pakai 500.12/")
            self._taps(yanto, "Hari ini")
            self._taps(yanto, "Kepala Dinas")
            self.stage.settle()
            printed = yanto.sees_file(file)
            self._taps(yanto, "Unggah hasil tanda tangan")
            assert printed.document is not None  # sees_file has found it
            self._sends(yanto, f"{file}_ttd.pdf", scanned(printed.document.data))
        self._says(yanto, "/surat")
        self._taps(yanto, "Kirim ke semua OPD")
        self._taps(yanto, "Ya, kirim ke")
        for focal in (self.lina, self.agus):
            self._sees(focal, "Diterima")
            self._taps(focal, "Diterima")
        self._taps(yanto, "Lihat ekspedisi")

    def evidence(self) -> None:
        """One OPD does everything right, with an album and a declaration; one sends a film that is too large."""
        lina, agus = self.lina, self.agus
        self._says(lina, "/unggah")
        self._taps(lina, "U1")
        self._taps(lina, "Kirim berkas")
        self._sends(lina, "Daftar_Aplikasi_Dinkes.pdf", pdf("Daftar aplikasi Dinas Kesehatan", "Halaman 2"))
        self._taps(lina, "Selesai")
        lina.sends_album(
            [("U2_SK_Pengelola.pdf", pdf("SK Pengelola SPBE")), ("U3_Formulir.pdf", pdf("Formulir terisi"))]
        )
        self.stage.settle()
        self._says(lina, "/unggah")
        self._taps(lina, "I20")
        self._taps(lina, "Tidak ada")
        self._says(lina, "Survei kepuasan layanan digital baru dilaksanakan bulan depan.")
        self._says(lina, "/serahkan")
        self._taps(lina, "Ya, serahkan")
        lina.sees_file("Tanda_Terima")
        self._says(agus, "/unggah")
        self._taps(agus, "U1")
        self._taps(agus, "Kirim berkas")
        agus.sends("rekaman_rapat.mp4", b"", mime="video/mp4", claimed_size=34 * 1024 * 1024)
        self._sees(agus, "20 MB")
        self._sends(agus, "Daftar_Aplikasi_Dishub.pdf", pdf("Daftar aplikasi Dinas Perhubungan"))
        self._taps(agus, "Selesai")
        self._sends(agus, "U2_Surat_Tugas.pdf", pdf("Surat tugas pengelola SPBE"))
        self._sends(agus, "U3_Formulir_Dishub.pdf", pdf("Formulir Dishub"))
        self._says(agus, "/serahkan")
        self._taps(agus, "Ya, serahkan")

    def late_and_repaired(self) -> None:
        """The review sends one item back; reminders fall for the one who owes; the last is closed with a reason."""
        dedi, agus, ratna = self.dedi, self.agus, self.ratna
        self._says(dedi, "/periksa")
        self._taps(dedi, "Dishub")
        self._taps(dedi, "U2")
        self._taps(dedi, "Perlu perbaikan")
        self._taps(dedi, "Belum ditandatangani")
        self._sees(agus, "Belum ditandatangani")
        self._taps(agus, "Buka U2")
        self._taps(agus, "Kirim berkas")
        self._sends(agus, "U2_Surat_Tugas_ttd.pdf", pdf("Surat tugas pengelola SPBE, bertanda tangan"))
        self._taps(agus, "Selesai")
        self._says(agus, "/serahkan")
        self._taps(agus, "Ya, serahkan")
        for days in (7, 6, 2):
            self.stage.move_to(self.stage.now() + timedelta(days=days))
        self._sees(ratna, "terlambat")
        self._says(ratna, "/unggah")
        self._taps(ratna, "U1")
        self._taps(ratna, "Kirim berkas")
        self._sends(ratna, "Daftar_Aplikasi_DLH.pdf", pdf("Daftar aplikasi Dinas Lingkungan Hidup"))
        self._taps(ratna, "Selesai")
        self._says(ratna, "/serahkan")
        self._taps(ratna, "Tetap serahkan")
        self._says(dedi, "/periksa")
        self._taps(dedi, "Tutup pengumpulan")
        self._taps(dedi, "Tulis alasan")
        self._says(dedi, "Setda belum menunjuk petugas; data menyusul lewat rapat.")
        self._taps(dedi, "Ya, tutup")
        self._sees(dedi, "Langkah 5/8")
