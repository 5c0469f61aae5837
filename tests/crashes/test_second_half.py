"""SIGKILL in the middle of every conversation of steps 5 to 8: nothing lost, nothing done twice."""

from collections import Counter
from functools import partial

import pytest

from latihan.papers import scanned
from latihan.seeing import find_button
from latihan.sheets import filled
from sop import cycle as rules
from sop.actions.cycles import OpenCycle, change, open_cycle
from tests.city import MORNING
from tests.closing_cycles import cycle_at, evidence, handed_over
from tests.crashes.doomed import ASKING, FETCHING, SENDING, SENT, Play, remembered

OPD = "dinas_kesehatan"
INSTRUMENT = "permenpanrb-8-2026"
EXTERNAL = ("I05", "I06", "I07", "I18")


def everybody(uow) -> dict:
    holder = {
        r: uow.people.holders(r, None, MORNING)[0] for r in ("tim_diskominfo", "kabid", "sekretariat", "tim_kota")
    }
    return holder | {"opd": uow.people.holders("opd", OPD, MORNING)[0]}


def collected(uow) -> str:
    """A cycle whose one agency has handed over: step 5 is open. Its id."""
    people = everybody(uow)
    asked = {OPD: ("U1", "U2")}
    command = OpenCycle("Evaluasi Mandiri SPBE 2026", 2026, INSTRUMENT, (OPD,), asked)
    cycle = open_cycle(uow, people["tim_diskominfo"], command, now=MORNING)
    for key in ("persiapan", "disposisi", "surat", "pengumpulan_data"):
        handed_over(uow, people, cycle.id, key, MORNING)
    evidence(uow, cycle.id, MORNING)
    return cycle.id


def recap_and_invite(play: Play) -> None:
    rina, hendra = play.rina, play.hendra
    play.says(rina, "/rekap", "Rekapitulasi")
    play.taps(rina, "Serahkan ke Tim Kota", "sekarang?", dies=SENDING)
    play.taps(rina, "Ya, serahkan", "Langkah 6/8", dies=SENT, by=hendra)
    play.taps(hendra, "Jadwalkan rapat", "Hari apa", dies=SENT)
    play.says(hendra, "24 November 2026", "Pukul berapa", dies=ASKING)
    play.says(hendra, "13.30", "Di mana")
    play.says(hendra, "Smart Room Center", "pokok bahasannya")
    play.taps(hendra, "Pakai pokok ini", "Smart Room Center")
    play.taps(hendra, "Ya, tetapkan", "dijadwalkan", dies=SENDING)


def meet(play: Play) -> None:
    hendra, lina = play.hendra, play.lina
    hendra.says("/rapat")
    play.taps(hendra, "Mulai rapat", "sekarang?")
    play.taps(hendra, "Ya, mulai", "dimulai", dies=SENT)
    play.taps(hendra, "Hadir", "adir", dies=SENDING)
    play.taps(lina, "Hadir", "adir", dies=ASKING)
    play.says(hendra, "/nilai", "20 indikator")
    play.taps(hendra, "Isi lewat Excel", "Lembar nilai")
    form = hendra.sees_file("penilaian", timeout=90).document.data
    values = filled(form, "Nilai", ("nilai",), lambda code, _: None if code in EXTERNAL else 3)
    play.sends(hendra, "penilaian.xlsx", values, "penilaian.xlsx", dies=FETCHING)
    play.taps(hendra, "Lihat perbedaan", "Perbedaan pada lembar")
    play.taps(hendra, "Ambil", "diambil dari lembar", dies=SENT)
    hendra.says("/rapat")
    play.taps(hendra, "Selesai rapat", "Rapat selesai?")
    play.taps(hendra, "Ya, selesai", "mengesahkan notula", dies=SENDING)


def confirm_minutes(play: Play) -> None:
    hendra = play.hendra
    play.says(hendra, "/notula", "Notula")
    play.taps(hendra, "Pimpinan", "Siapa pimpinan")
    play.says(hendra, "Hendra Gunawan - Ketua", "Hendra Gunawan", dies=ASKING)
    play.taps(hendra, "Kembali ke notula", "Notula rapat")
    play.taps(hendra, "Notulis", "Siapa notulis")
    play.says(hendra, "Maya Puspita - Anggota", "Maya Puspita")
    play.taps(hendra, "Kembali ke notula", "Notula rapat")
    play.taps(hendra, "Pembahasan", "Apa yang dibahas")
    play.says(hendra, "Penilaian dibahas satu per satu.", "Pembahasan tersimpan", dies=SENDING)
    play.taps(hendra, "Kembali ke notula", "Notula rapat")
    play.taps(hendra, "Keputusan", "Keputusan rapat")
    play.taps(hendra, "Tambah keputusan", "Apa yang diputuskan")
    play.says(hendra, "Hasil disepakati.", "Sekarang 1 keputusan", dies=SENT)
    play.says(hendra, "/notula", "Notula")
    play.taps(hendra, "Sahkan notula", "Sahkan notula sekarang?")
    play.taps(hendra, "Ya, sahkan", "Langkah 7/8", dies=SENT, by=play.rina)


def fill_and_report(play: Play) -> None:
    rina, bambang = play.rina, play.bambang
    words = {"penjelasan": "Sudah ditetapkan.", "perbaikan": "Perlu direviu tahun depan."}
    play.says(rina, "/formulir", "Formulir evaluasi")
    play.taps(rina, "Isi lewat Excel", "Lembar formulir")
    form = rina.sees_file("formulir", timeout=90).document.data
    data = filled(form, "Nilai", tuple(words), lambda code, title: None if code in EXTERNAL else words[title])
    play.sends(rina, "formulir.xlsx", data, "formulir.xlsx", dies=FETCHING)
    play.taps(rina, "Lihat perbedaan", "Perbedaan pada lembar")
    play.taps(rina, "Ambil", "diambil dari lembar", dies=SENDING)
    play.says(rina, "/tugas", "Formulir dan Berita Acara")
    play.taps(rina, "Formulir dan Berita Acara", "Langkah 7/8")
    play.taps(rina, "Laporkan ke Kabid", "Laporkan hasil ini")
    play.taps(rina, "Ya, laporkan", "Langkah 7/8", dies=SENT, by=bambang)
    play.taps(bambang, "Ketahui", "diketahui", dies=SENDING)


def sign_and_publish(play: Play) -> None:
    rina, lina = play.rina, play.lina
    play.says(rina, "/berita_acara", "Berita Acara")
    play.taps(rina, "Nomori Berita Acara", "Nomor berikutnya")
    play.taps(rina, "Pakai 500.12/", "Tanggal Berita", dies=SENT)
    play.taps(rina, "Hari ini", "PDF siap cetak")
    printed = rina.sees_file("Berita_Acara", timeout=90).document.data
    play.says(rina, "/berita_acara", "Berita Acara")
    play.taps(rina, "Dibawa ke Sekda", "dibawa ke Sekda", dies=SENDING)
    play.taps(rina, "Unggah hasil tanda tangan", "Silakan kirim")
    play.sends(rina, "BA_ttd.pdf", scanned(printed), "tersimpan", dies=FETCHING)
    play.says(rina, "/berita_acara", "Berita Acara")
    play.taps(rina, "Selesaikan langkah", "Selesaikan langkah ini?")
    play.taps(rina, "Ya, selesaikan", "Langkah 8/8", dies=SENT)
    play.says(rina, "/terbitkan", "Langkah 8/8")
    play.taps(rina, "Terbitkan", "Terbitkan Dokumen Evaluasi sekarang", dies=ASKING)
    play.taps(rina, "Ya, terbitkan", "erbit", dies=SENT)
    lina.sees_file("Dokumen_Evaluasi", timeout=90)


EXPECTED = Counter(
    MeetingScheduled=1,
    SittingBegan=1,
    SittingEnded=1,
    AttendanceRecorded=2,
    TaskReported=1,
    ReportAcknowledged=1,
    LetterNumbered=1,
    LetterSigned=1,
    CycleCompleted=1,
    TaskHandedOver=8,
)


@pytest.mark.timeout(600)
def test_a_process_killed_in_every_conversation_of_the_second_half_loses_and_repeats_nothing(doomed):
    play = Play(doomed)
    play.joins(collected)

    for part in (recap_and_invite, meet, confirm_minutes, fill_and_report, sign_and_publish):
        part(play)

    kinds, undone, broken_at = remembered(doomed)
    assert {k: kinds[k] for k in EXPECTED} == dict(EXPECTED)
    assert undone == 0
    assert broken_at is None
    assert doomed.kills >= 20


class Detours:
    """What is typed, put right, sent back and adjourned on the way: a cycle at step 5, and another at step 8."""

    def __init__(self, play: Play) -> None:
        self.play = play
        self.cycle = self.item = ""
        play.joins(self._two)

    def _two(self, uow) -> None:
        self.cycle = collected(uow)
        self.item = uow.evidence.of_opd(self.cycle, OPD)[0].id
        people = everybody(uow)
        other = cycle_at(uow, people, MORNING, name="Evaluasi Mandiri SPBE 2025", year=2025, instrument=INSTRUMENT)
        (task,) = uow.cycles.get(other).open_tasks()
        for rule, role in ((rules.report, "tim_diskominfo"), (rules.acknowledge, "kabid")):
            decide = partial(rule, task_id=task.id, who=people[role], now=MORNING)
            change(uow, uow.cycles.get(other), None, MORNING, decide)
        handed_over(uow, people, other, "formulir", MORNING)

    def repairs(self) -> None:
        play, rina, lina = self.play, self.play.rina, self.play.lina
        play.does(lambda: rina.taps_data(f"review.own_reason:{self.item}:u"), rina, "Silakan tulis apa yang")
        play.does(lambda: rina.says("Halaman 2 tidak terbaca."), lina, "Halaman 2 tidak terbaca", dies=SENDING)
        play.says(lina, "/serahkan", "Belum lengkap")
        play.taps(lina, "Tetap serahkan", "Data dukung diserahkan")

    def recaps(self, note: str = "") -> None:
        play, rina, hendra = self.play, self.play.rina, self.play.hendra
        play.says(rina, "/rekap", "siklus")
        play.taps(rina, "Evaluasi Mandiri SPBE 2026", "Rekapitulasi")
        play.taps(rina, "Serahkan ke Tim Kota", "sekarang?")
        if note:
            play.taps(rina, "Tulis catatan", "Silakan tulis catatan")
            play.says(rina, note, "Catatan disimpan", dies=ASKING)
        play.taps(rina, "Ya, serahkan", "Langkah 6/8", by=hendra)

    def comes_back(self) -> None:
        play, rina, hendra = self.play, self.play.rina, self.play.hendra
        play.taps(hendra, "Kembalikan", "pilih alasannya")
        play.taps(hendra, "Tulis sendiri", "Silakan tulis alasan")
        play.does(lambda: hendra.says("Angka puskesmas belum cocok."), rina, "Angka puskesmas", dies=SENT)

    def dates(self, button: str, day: str, dies=None) -> None:
        play, hendra = self.play, self.play.hendra
        play.says(hendra, "/rapat", "Langkah 6/8")
        play.taps(hendra, button, "Hari apa")
        play.says(hendra, day, "Pukul berapa")
        play.says(hendra, "13.30", "Di mana")
        play.says(hendra, "Smart Room Center", "pokok bahasannya")
        play.taps(hendra, "Pakai pokok ini", "Mohon diperiksa")
        play.taps(hendra, "Ya, tetapkan", "dijadwalkan", dies=dies)

    def invites(self) -> None:
        play, hendra = self.play, self.play.hendra
        play.says(hendra, "/rapat", "Langkah 6/8")
        play.taps(hendra, "Nomori Undangan", "Nomor berikutnya")
        play.taps(hendra, "Pakai 500.12/", "Tanggal Undangan")
        play.taps(hendra, "Hari ini", "Siapa yang menandatangani")
        play.taps(hendra, "Sekretaris Daerah", "Tercatat: Undangan", dies=SENT)
        printed = hendra.sees_file("Undangan_Rapat", timeout=90).document.data
        play.taps(hendra, "Unggah hasil tanda tangan", "Silakan kirim")
        play.sends(hendra, "undangan_ttd.pdf", scanned(printed), "tersimpan")
        play.says(hendra, "/rapat", "sudah ditandatangani")
        play.taps(hendra, "Kirim undangan", "Kirim undangan rapat sekarang")
        play.taps(hendra, "Ya, kirim", "Undangan rapat terkirim", dies=SENDING)

    def sits(self) -> None:
        play, hendra = self.play, self.play.hendra
        play.says(hendra, "/rapat", "Langkah 6/8")
        play.taps(hendra, "Mulai rapat", "sekarang?")
        play.taps(hendra, "Ya, mulai", "dimulai")
        play.says(hendra, "/hadir", "Daftar hadir")
        play.taps(hendra, "Catat tamu", "Tamu tanpa akun")
        play.says(hendra, "Siti Aminah - Statistisi - BPS Kota", "1 tamu dicatat", dies=ASKING)
        play.says(hendra, "/rapat", "Langkah 6/8")
        play.taps(hendra, "Skors", "diskors", dies=SENT)
        play.taps(hendra, "Lanjutkan rapat", "Rapat dilanjutkan")
        self.dates("Sidang lanjutan", "25 November 2026", dies=SENDING)
        play.says(hendra, "/rapat", "Langkah 6/8")
        play.taps(hendra, "Mulai pertemuan ke-2", "sekarang?")
        play.taps(hendra, "Ya, mulai", "Pertemuan ke-2 dimulai")

    def notes(self) -> None:
        play, hendra = self.play, self.play.hendra
        play.says(hendra, "/notula", "Notula")
        play.taps(hendra, "Tindak lanjut", "indak lanjut")
        play.taps(hendra, "Tambah tindak lanjut", "Apa tindak lanjutnya")
        play.says(hendra, "Melengkapi laporan - Inspektorat", "Sekarang 1 tindak lanjut", dies=SENT)
        play.does(lambda: hendra.taps_data(f"score.words:{self.cycle}:I01"), hendra, "Silakan tulis catatan rapat")
        play.says(hendra, "Arsitektur sudah ditetapkan.", "Catatan: “Arsitektur sudah ditetapkan", dies=ASKING)

    def the_other_goes_back(self) -> None:
        """From step 8 to the form, and from there, by a button of the Sekda's return, to the meeting."""
        play, rina = self.play, self.play.rina
        play.says(rina, "/tugas", "menunggu Bapak/Ibu")
        play.taps(rina, "Dokumen evaluasi", "Langkah 8/8")
        play.taps(rina, "Kembalikan", "pilih alasannya")
        play.taps(rina, "Tulis sendiri", "Silakan tulis alasan")
        play.says(rina, "Halaman pengesahan keliru.", "Langkah 7/8", dies=SENDING)
        _, report = find_button(rina.private, "Laporkan ke Kabid", None)
        task = report.data.split(":")[1]
        play.does(lambda: rina.taps_data(f"step.return_own:{task}:rapat"), rina, "Silakan tulis alasan")
        play.says(rina, "Nilai I02 dibahas lagi.", "Sudah dikembalikan", dies=ASKING)


ON_THE_WAY = Counter(
    EvidenceJudged=1,
    TaskReturned=3,
    MeetingScheduled=2,
    LetterNumbered=1,
    LetterSigned=1,
    InvitationsSent=1,
    SittingBegan=2,
    SittingEnded=1,
    AttendanceRecorded=1,
    MinutesChanged=1,
    ScoreChanged=1,
)


@pytest.mark.timeout(600)
def test_a_process_killed_in_every_detour_of_the_second_half_loses_and_repeats_nothing(doomed):
    way = Detours(Play(doomed))

    way.repairs()
    way.recaps("Data menyusul lewat surat.")
    way.comes_back()
    way.recaps()
    way.dates("Jadwalkan rapat", "24 November 2026")
    way.invites()
    way.sits()
    way.notes()
    way.the_other_goes_back()

    kinds, undone, broken_at = remembered(doomed)
    assert {k: kinds[k] for k in ON_THE_WAY} == dict(ON_THE_WAY)
    assert undone == 0
    assert broken_at is None
    assert doomed.kills == 12
