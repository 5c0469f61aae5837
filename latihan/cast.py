"""The cast of the rehearsal: the actors of the SOP, who play a cycle by chat alone. Here: who they are, steps 1 to 4.

They know the words on the buttons, as people do, and nothing of the program. Time passes on the stage.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from latihan import other_cycle, second_half
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
        self.sari = api.person("Sari Wulandari")  # Sekretariat; Plh. Kabid: not of the team whose report she decides on
        self.yanto = api.person("Yanto Hidayat")  # Sekretariat
        self.lina = api.person("Lina Marlina")  # Dinas Kesehatan
        self.agus = api.person("Agus Salim")  # Dinas Perhubungan
        self.ratna = api.person("Ratna Dewi")  # Dinas Lingkungan Hidup, late
        self.hendra = api.person("Hendra Gunawan")  # Tim SPBE Kota, leads the meeting
        self.maya = api.person("Maya Puspita")  # Tim SPBE Kota, takes the minutes
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
            *second_half.scenes(self),
            *other_cycle.scenes(self),
        )
        for title, play in scenes:
            self._scene(title)
            try:
                play()
            except NotSeen as missing:
                raise Missing(f"{title}: {missing}") from missing

    # --- how they act

    def taps(self, person: Person, label: str) -> None:
        person.taps(label)
        self.stage.settle()

    def says(self, person: Person, words: str) -> None:
        person.says(words)
        self.stage.settle()

    def sends(self, person: Person, name: str, data: bytes, caption: str | None = None) -> None:
        person.sends(name, data, caption=caption)
        self.stage.settle()

    def sees(self, person: Person, words: str) -> Message:
        self.stage.settle()
        return person.sees(words)

    # --- the scenes

    def people_join(self) -> None:
        """The one-time code makes the administrator; everybody else comes by a link of their own."""
        self.dewi.start(self._code)
        self.stage.settle()
        self.taps(self.dewi, "Ya, benar")
        self.invites(self.rina, "Tim SPBE Diskominfo")
        self.invites(self.dedi, "Tim SPBE Diskominfo")
        self.invites(self.bambang, "Kabid")
        self.invites(self.sari, "Sekretariat")
        self.invites(self.yanto, "Sekretariat")
        self.invites(self.lina, "OPD", "Dinkes")
        self.invites(self.agus, "OPD", "Dishub")
        self.invites(self.ratna, "OPD", "DLH")
        self.invites(self.hendra, "Tim SPBE Kota")
        self.invites(self.maya, "Tim SPBE Kota")

    def invites(self, newcomer: Person, role: str, opd: str = "") -> None:
        """The administrator makes a link; the newcomer opens it and confirms."""
        dewi = self.dewi
        self.says(dewi, "/undang")
        self.taps(dewi, role)
        if opd:
            self.turns_to(dewi, opd)
        self.taps(dewi, "Tanpa nama")
        link = next(word for word in dewi.last.text.split() if "t.me/" in word)
        newcomer.opens(link)
        self.stage.settle()
        self.taps(newcomer, "Ya, benar")

    def turns_to(self, person: Person, label: str) -> None:
        """Tap an entry of a list, on whichever page it stands."""
        for _ in range(8):
            try:
                person.taps(label, timeout=0)
                self.stage.settle()
                return
            except NotSeen:
                self.taps(person, "Berikutnya")

    def leave_and_group(self) -> None:
        """A dated substitution, and the team's group."""
        dewi = self.dewi
        self.says(dewi, "/delegasi")
        self.taps(dewi, "Tunjuk pengganti")
        self.taps(dewi, "Orang lain")
        self.taps(dewi, "Kabid Penyelenggaraan")
        self.taps(dewi, "Bambang Suryanto")
        self.turns_to(dewi, "Sari Wulandari")
        self.taps(dewi, "Plh.")
        self.taps(dewi, "Hari ini")
        self.taps(dewi, "+3 hari")
        self.taps(dewi, "Tunjuk pengganti")
        self.sees(self.sari, "Plh.")
        self.group.adds_bot(by=dewi)
        self.stage.settle()
        dewi.says_in(self.group, "/hubungkan_grup")
        self.stage.settle()
        dewi.taps_in(self.group, "Tim SPBE Diskominfo")
        self.stage.settle()

    def cycle_opens(self) -> None:
        """Five OPDs are asked, under the instrument of 2026; one of them has no account."""
        rina = self.rina
        self.says(rina, "/siklus_baru")
        self.taps(rina, "Evaluasi Mandiri SPBE 2026")
        self.taps(rina, "Pemerintah Digital")
        self.taps(rina, "Pilih OPD")
        self.taps(rina, "Kosongkan")
        self.taps(rina, "Setda")
        self.taps(rina, "Dinkes")
        self.taps(rina, "Berikutnya")
        self.taps(rina, "DLH")
        self.taps(rina, "Dishub")
        self.taps(rina, "Lihat ringkasan")
        self.taps(rina, "Buka siklus")
        self.sees(rina, "Langkah 1/8")

    def preparation(self) -> None:
        """The checklist, the drafts, the hand-over."""
        rina = self.rina
        self.taps(rina, "Isi tim")
        self.says(rina, "Rina Kartika - Ketua\nDedi Pratama - Anggota")
        self.taps(rina, "Lihat persiapan")
        self.taps(rina, "Isi kesiapan")
        self.taps(rina, "Pakai kalimat ini")
        self.taps(rina, "Lihat persiapan")
        self.taps(rina, "Atur rapat")
        self.meeting("3 Desember 2026")
        self.taps(rina, "Unggah Formulir Evaluasi SPBE")
        self.sends(rina, "Formulir_Evaluasi_SPBE.pdf", pdf("Formulir Evaluasi SPBE", "Halaman 2"))
        self.taps(rina, "Lihat persiapan")
        self.taps(rina, "Unggah Surat Edaran Setda")
        self.sends(rina, "Surat_Edaran_Setda.pdf", pdf("Surat Edaran Sekretaris Daerah"))
        self.taps(rina, "Lihat persiapan")
        self.submit()

    def meeting(self, day: str) -> None:
        self.says(self.rina, day)
        self.taps(self.rina, "Pukul 09.00")
        self.taps(self.rina, "Smart Room Center")
        self.taps(self.rina, "Pakai acara ini")

    def submit(self) -> None:
        self.taps(self.rina, "Pratinjau naskah")
        self.rina.sees_file("Surat_Undangan")
        self.taps(self.rina, "Serahkan ke Kabid")
        self.taps(self.rina, "Ya, serahkan")
        self.sees(self.rina, "diserahkan ke Kabid")

    def disposition(self) -> None:
        """The Plh. asks, returns with a reason, and approves the second time."""
        sari, rina = self.sari, self.rina
        self.sees(sari, "Langkah 2/8")
        self.taps(sari, "Tanya dulu")
        self.says(sari, "Apakah Kecamatan juga diundang tahun ini?")
        self.stage.move_to(self.stage.now() + timedelta(minutes=25))
        self.taps(rina, "Jawab pertanyaan")
        self.says(rina, "Tahun ini cukup satu kecamatan sebagai contoh.")
        self.sees(sari, "cukup satu kecamatan")
        self.taps(sari, "Buka tugas")
        self.taps(sari, "Kembalikan")
        self.taps(sari, "Tulis sendiri")
        self.says(sari, "Tanggal rapat bentrok dengan paripurna.")
        self.sees(rina, "bentrok dengan paripurna")
        self.taps(rina, "Ubah rapat")
        self.meeting("4 Desember 2026")
        self.taps(rina, "Lihat persiapan")
        self.submit()
        self.taps(sari, "Setujui & disposisikan")
        self.sees(sari, "Disetujui dan didisposisikan oleh Plh. Kabid")

    def letters(self) -> None:
        """Numbers from the agenda, signed copies, and the sending to all."""
        self.number_and_sign()
        self.send_letters(self.lina, self.agus)
        self.taps(self.yanto, "Lihat ekspedisi")

    def number_and_sign(self) -> None:
        """Both letters get number, date, signatory and a signed copy."""
        yanto = self.yanto
        self.sees(yanto, "Langkah 3/8")
        for title, file in (("Surat Undangan", "Surat_Undangan"), ("Surat Permohonan Data", "Surat_Permohonan_Data")):
            self.taps(yanto, f"Nomori {title}")
            self.taps(yanto, "Pakai 500.12/")
            self.taps(yanto, "Hari ini")
            self.taps(yanto, "Kepala Dinas")
            self.stage.settle()
            printed = yanto.sees_file(file)
            self.taps(yanto, "Unggah hasil tanda tangan")
            assert printed.document is not None  # sees_file has found it
            self.sends(yanto, f"{file}_ttd.pdf", scanned(printed.document.data))

    def send_letters(self, *focal_points: Person) -> None:
        """The sending; each of the focal points confirms that it has come."""
        self.says(self.yanto, "/surat")
        self.taps(self.yanto, "Kirim ke semua OPD")
        self.taps(self.yanto, "Ya, kirim ke")
        for focal in focal_points:
            self.sees(focal, "Diterima")
            self.taps(focal, "Diterima")

    def evidence(self) -> None:
        """One OPD does everything right, with an album and a declaration; one sends a film that is too large."""
        lina, agus = self.lina, self.agus
        self.says(lina, "/unggah")
        self.taps(lina, "U1")
        self.taps(lina, "Kirim berkas")
        self.sends(lina, "Daftar_Aplikasi_Dinkes.pdf", pdf("Daftar aplikasi Dinas Kesehatan", "Halaman 2"))
        self.taps(lina, "Selesai")
        lina.sends_album(
            [("U2_SK_Pengelola.pdf", pdf("SK Pengelola SPBE")), ("U3_Formulir.pdf", pdf("Formulir terisi"))]
        )
        self.stage.settle()
        self.says(lina, "/unggah")
        self.taps(lina, "I20")
        self.taps(lina, "Tidak ada")
        self.says(lina, "Survei kepuasan layanan digital baru dilaksanakan bulan depan.")
        self.says(lina, "/serahkan")
        self.taps(lina, "Ya, serahkan")
        lina.sees_file("Tanda_Terima")
        self.says(agus, "/unggah")
        self.taps(agus, "U1")
        self.taps(agus, "Kirim berkas")
        agus.sends("rekaman_rapat.mp4", b"", mime="video/mp4", claimed_size=34 * 1024 * 1024)
        self.sees(agus, "20 MB")
        self.sends(agus, "Daftar_Aplikasi_Dishub.pdf", pdf("Daftar aplikasi Dinas Perhubungan"))
        self.taps(agus, "Selesai")
        self.sends(agus, "U2_Surat_Tugas.pdf", pdf("Surat tugas pengelola SPBE"))
        self.sends(agus, "U3_Formulir_Dishub.pdf", pdf("Formulir Dishub"))
        self.says(agus, "/serahkan")
        self.taps(agus, "Ya, serahkan")

    def late_and_repaired(self) -> None:
        """The review sends one item back; reminders fall for the one who owes; the last is closed with a reason."""
        dedi, agus, ratna = self.dedi, self.agus, self.ratna
        self.says(dedi, "/periksa")
        self.taps(dedi, "Dishub")
        self.taps(dedi, "U2")
        self.taps(dedi, "Perlu perbaikan")
        self.taps(dedi, "Belum ditandatangani")
        self.sees(agus, "Belum ditandatangani")
        self.taps(agus, "Buka U2")
        self.taps(agus, "Kirim berkas")
        self.sends(agus, "U2_Surat_Tugas_ttd.pdf", pdf("Surat tugas pengelola SPBE, bertanda tangan"))
        self.taps(agus, "Selesai")
        self.says(agus, "/serahkan")
        self.taps(agus, "Ya, serahkan")
        for days in (7, 6, 2):
            self.stage.move_to(self.stage.now() + timedelta(days=days))
        self.sees(ratna, "terlambat")
        self.says(ratna, "/unggah")
        self.taps(ratna, "U1")
        self.taps(ratna, "Kirim berkas")
        self.sends(ratna, "Daftar_Aplikasi_DLH.pdf", pdf("Daftar aplikasi Dinas Lingkungan Hidup"))
        self.taps(ratna, "Selesai")
        self.says(ratna, "/serahkan")
        self.taps(ratna, "Tetap serahkan")
        self.says(dedi, "/periksa")
        self.taps(dedi, "Tutup pengumpulan")
        self.taps(dedi, "Tulis alasan")
        self.says(dedi, "Setda belum menunjuk petugas; data menyusul lewat rapat.")
        self.taps(dedi, "Ya, tutup")
        self.sees(dedi, "Langkah 5/8")
