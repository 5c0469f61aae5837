"""What the teams' groups hear of a cycle: every event, one line each, and nothing that was said, seen or signed."""

from dataclasses import replace

import pytest

from sop.actions.cycles import OpenCycle, open_cycle
from tests.closing_cycles import FRACTIONAL, OPDS, evidence, handed_over, score
from tests.journeys import test_meeting
from tests.journeys.test_steps12 import Play

QUESTION, ANSWER = "Apakah ruangannya sudah dipesan?", "Sudah, sejak kemarin."
LINES = [
    "terhubung sebagai grup Tim SPBE Diskominfo",
    "dibuka, Selasa, 24 November 2026",
    "Langkah 1, Persiapan, selesai oleh Tim SPBE Diskominfo",
    "waktu Langkah 2, Disposisi, berhenti; Kabid Penyelenggaraan E-Government menunggu jawaban",
    "pertanyaan sudah dijawab oleh Tim SPBE Diskominfo; waktu Langkah 2, Disposisi, berjalan lagi",
    "Langkah 2, Disposisi, selesai oleh Kabid Penyelenggaraan E-Government",
    "Surat Undangan bernomor 500.12/001/DISKOMINFO/XI/2026, Selasa, 24 November 2026",
    "Surat Permohonan Data bernomor 500.12/002/DISKOMINFO/XI/2026",
    "Langkah 3, Penandatanganan dan pengiriman surat, selesai oleh Sekretariat Dinas. Surat terkirim",
    "1 dari 1 perangkat daerah sudah menyerahkan data. Terbaru: Dinas Kesehatan",
]


def signs(play, title: str) -> None:
    """Number a letter with what is suggested, and upload the signed copy."""
    for label in (f"Nomori {title}", "Pakai 500.12/", "Hari ini", "Kepala Dinas Komunikasi"):
        play.taps(play.clerk, label)
    play.clerk.sees_file(title.replace(" ", "_"), timeout=30)
    play.taps(play.clerk, f"Unggah {title} bertanda tangan")
    play.sends(play.clerk, f"{title}.pdf")
    play.clerk.sees("tersimpan")


def test_the_group_hears_every_event_of_steps_1_to_4_in_one_line_each(city):
    play = Play(city)
    health = city.member("Dewi Anggraini", "opd", "dinas_kesehatan")
    group = city.api.group("Tim SPBE", [play.rina], with_bot=False)
    group.adds_bot(play.rina)
    play.rina.says_in(group, "/hubungkan_grup@monev_spbe_bot tim_diskominfo")
    city.settle()
    play.opens()
    play.prepares()
    play.hands_over()
    play.taps(play.kabid, "Tanya dulu")
    play.says(play.kabid, QUESTION)
    play.taps(play.rina, "Jawab pertanyaan")
    play.says(play.rina, ANSWER)
    play.taps(play.kabid, "Setujui & disposisikan")
    play.clerk.sees("Langkah 3/8", timeout=30)
    for title in ("Surat Undangan", "Surat Permohonan Data"):
        signs(play, title)
    play.taps(play.clerk, "Kirim ke semua OPD")
    play.taps(play.clerk, "Ya, kirim ke 1 OPD")
    health.sees("Langkah 4/8", timeout=30)
    for label in ("Serahkan ke Diskominfo", "Tetap serahkan"):
        play.taps(health, label)
    group.sees("sudah menyerahkan data")

    heard = [m.text for m in group.messages if m.from_bot and "belum terhubung" not in m.text]
    assert len(heard) == len(LINES), heard
    for line, expected in zip(heard, LINES, strict=True):
        assert expected in line
        assert QUESTION not in line
        assert ANSWER not in line


CYCLE = "Evaluasi Mandiri SPBE 2026"
STATEMENT = "Berita Acara Penyelenggaraan Evaluasi Mandiri"
LATER = [
    "Langkah 5, Rekapitulasi, selesai oleh Tim SPBE Diskominfo",
    "kembali ke Langkah 5, Rekapitulasi, oleh Tim SPBE Kota Pangkalpinang",
    "Langkah 5, Rekapitulasi, selesai oleh Tim SPBE Diskominfo",
    f"Rapat {CYCLE} dijadwalkan Kamis, 3 Desember 2026",
    "Undangan Rapat Koordinasi bernomor 500.12/001/SETDA/XI/2026",
    f"Undangan rapat {CYCLE} terkirim ke 4 orang",
    f"Rapat {CYCLE} dimulai",
    f"{CYCLE}: rapat diskors, Kamis, 3 Desember 2026",
    f"{CYCLE}: rapat dilanjutkan, Kamis, 3 Desember 2026",
    f"Pertemuan ke-2 rapat {CYCLE} dijadwalkan Senin, 7 Desember 2026",
    f"Rapat {CYCLE} ditutup dan dilanjutkan kemudian",
    f"Pertemuan ke-2 rapat {CYCLE} dimulai",
    f"Pertemuan ke-2 rapat {CYCLE} selesai",
    f"{CYCLE}: semua 20 indikator sudah dinilai, 4 di antaranya menunggu nilai eksternal",
    "Langkah 6, Rapat koordinasi, selesai oleh Tim SPBE Kota Pangkalpinang",
    "hasil Langkah 7, Formulir dan Berita Acara, dilaporkan kepada Kabid",
    "laporan Langkah 7 diketahui oleh Kabid",
    f"{STATEMENT} bernomor 500.12/002/SETDA/XII/2026",
    "Berita Acara dibawa untuk ditandatangani",
    "oleh Sekretaris Daerah Kota Pangkalpinang, dicatat oleh Tim SPBE Diskominfo",
    "hasil Langkah 7, Formulir dan Berita Acara, dilaporkan kepada Kabid",
    "laporan Langkah 7 diketahui oleh Kabid",
    f"{STATEMENT} bernomor 500.12/002/SETDA/XII/2026",
    "Berita Acara dibawa untuk ditandatangani",
    "Berita Acara bertanda tangan sudah diunggah",
    "Langkah 7, Formulir dan Berita Acara, selesai oleh Tim SPBE Diskominfo",
    f"{CYCLE} selesai",
]
SAID = {  # what was typed in chat on the way
    "note": "Data Dinas Sosial menyusul lewat surat.",
    "return": "Angka puskesmas belum cocok.",
    "guest": "Siti Aminah",
    "chair": "Maria Ulfa Rahman",
    "discussion": "Nilai I12 diperdebatkan panjang.",
    "decision": "Nilai mandiri diterima dengan catatan.",
    "follow_up": "Melengkapi laporan audit",
    "report": "Mohon arahan sebelum tanggal 10.",
    "sekda": "Paragraf kedua kurang tepat.",
}


class Later(test_meeting.Play):
    """A cycle that has just come to step 5; both teams have a group."""

    def __init__(self, city) -> None:
        self.city = city
        self.ayu = city.member("Ayu Larasati", "tim_kota")
        self.toni = city.member("Toni Wijaya", "tim_diskominfo")
        self.bambang = city.member("Bambang Suryanto", "kabid")
        self.clerk = city.member("Yanto Hidayat", "sekretariat")
        self.rina = city.member("Rina Lestari", "opd", OPDS[0])
        self.cycle = city.look(self._collected)
        city.settle()
        self.groups = [self.binds(self.toni, "tim_diskominfo"), self.binds(self.toni, "tim_kota")]

    def _collected(self, uow) -> str:
        now = self.city.clock.now()
        people = {"tim_diskominfo": self.toni, "kabid": self.bambang, "sekretariat": self.clerk, "opd": self.rina}
        acting = {role: uow.people.acting(person.id, now) for role, person in people.items()}
        command = OpenCycle(CYCLE, 2026, FRACTIONAL, OPDS[:1], {OPDS[0]: ("U1", "I12")})
        cycle = open_cycle(uow, acting["tim_diskominfo"], command, now=now)
        for key in ("persiapan", "disposisi", "surat", "pengumpulan_data"):
            handed_over(uow, acting, cycle.id, key, now)
        evidence(uow, cycle.id, now)
        return cycle.id

    def binds(self, person, purpose: str):
        group = self.city.api.group(f"Grup {purpose}", [person], with_bot=False)
        group.adds_bot(person)
        person.says_in(group, f"/hubungkan_grup@monev_spbe_bot {purpose}")
        self.city.settle()
        return group

    def asks(self, person, words: str) -> None:
        person.says(words)
        self.city.settle()

    def recaps(self, note: str = "") -> None:
        self.asks(self.toni, "/rekap")
        self.taps("Serahkan ke Tim Kota", self.toni)
        if note:
            self.taps("Tulis catatan", self.toni)
            self.asks(self.toni, note)
        self.taps("Ya, serahkan", self.toni)

    def sits(self) -> None:
        """A break, a guest, a second sitting; then its notula."""
        self.begins("Mulai rapat")
        self.taps("Hadir", self.rina)
        self.says("/hadir")
        self.taps("Catat tamu")
        self.says(f"{SAID['guest']} - Statistisi - BPS Kota", "/rapat")
        self.taps("Skors")
        self.taps("Lanjutkan rapat")
        self.dates("Sidang lanjutan", "7 Desember 2026")
        self.city.moves_to(test_meeting.SECOND)
        self.begins("Mulai pertemuan ke-2")
        self.taps("Hadir", self.toni)
        self.says("/rapat")
        self.taps("Selesai rapat")
        self.taps("Ya, selesai")
        self.city.look(self._all_but_one)
        self.ayu.taps_data(f"score.level:{self.cycle}:I01.3.")
        self.city.settle()

    def _all_but_one(self, uow) -> None:
        score(uow, self.cycle)
        uow.scores.save(replace(uow.scores.get(self.cycle, "I01"), value=None))

    def confirms(self) -> None:
        self.writes("Pimpinan", f"{SAID['chair']} - Sekretaris Daerah")
        self.writes("Notulis", "Ayu Larasati - Sekretaris Tim")
        self.writes("Pembahasan", SAID["discussion"])
        self.writes("Keputusan")
        self.taps("Tambah keputusan")
        self.says(SAID["decision"])
        self.writes("Tindak lanjut")
        self.taps("Tambah tindak lanjut")
        self.says(f"{SAID['follow_up']} - Inspektorat Daerah - 20 Januari 2027", "/rapat")
        self.taps("Sahkan notula")
        self.taps("Ya, sahkan")

    def reports(self, note: str = "") -> None:
        self.asks(self.toni, "/tugas")
        self.taps("Formulir dan Berita Acara", self.toni)
        self.taps("Laporkan ke Kabid", self.toni)
        if note:
            self.taps("Tulis catatan", self.toni)
            self.asks(self.toni, note)
        self.taps("Ya, laporkan", self.toni)
        self.taps("Ketahui", self.bambang)

    def numbers_statement(self, label: str) -> bytes:
        self.asks(self.toni, "/berita_acara")
        for each in ("Nomori Berita Acara", label, "Hari ini"):
            self.taps(each, self.toni)
        return self.toni.sees_file("Berita_Acara", timeout=60).document.data

    def publishes(self, signed: bytes) -> None:
        self.asks(self.toni, "/berita_acara")
        self.taps("Dibawa ke Sekda", self.toni)
        self.taps("Unggah hasil tanda tangan", self.toni)
        self.toni.sends("pindai.pdf", signed)
        self.city.settle()
        self.asks(self.toni, "/berita_acara")
        for label in ("Selesaikan langkah", "Ya, selesaikan"):
            self.taps(label, self.toni)
        self.asks(self.toni, "/terbitkan")
        for label in ("Terbitkan", "Ya, terbitkan"):
            self.taps(label, self.toni)
        for group in self.groups:
            group.sees(f"{CYCLE} selesai", timeout=60)  # when the document is printed


@pytest.mark.timeout(600)  # its papers are printed; a busy machine takes its time
def test_both_groups_hear_every_event_of_steps_5_to_8_in_one_line_each_and_nothing_that_was_said(city):
    play = Later(city)
    play.recaps(SAID["note"])
    play.says("/rapat")
    play.taps("Kembalikan")
    play.taps("Tulis sendiri")
    play.says(SAID["return"])
    play.recaps()
    play.dates("Jadwalkan rapat", "3 Desember 2026")
    play.invites()
    city.moves_to(test_meeting.FIRST)
    play.sits()
    play.confirms()
    play.reports(SAID["report"])
    play.numbers_statement("Pakai 500.12/")
    play.asks(play.toni, "/berita_acara")
    for label in ("Dibawa ke Sekda", "Sekda mengembalikan", "Langkah 7", "Tulis sendiri"):
        play.taps(label, play.toni)
    play.asks(play.toni, SAID["sekda"])
    play.reports()
    play.publishes(play.numbers_statement("Pakai lagi 500.12/") + b"\n% tertanda\n")

    names = [p.name for p in city.people.values()]
    for group in play.groups:
        heard = [m.text for m in group.messages if m.from_bot and "terhubung" not in m.text]
        for line, expected in zip(heard, LATER, strict=False):
            assert expected in line
        assert len(heard) == len(LATER), heard[len(LATER) :]
        assert [(w, h) for h in heard for w in (*SAID.values(), *names, "U1", "3,00") if w in h] == []
        assert not [m for m in group.messages if m.from_bot and m.document]
