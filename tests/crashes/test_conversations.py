"""SIGKILL in the middle of every conversation of steps 1 to 4, and a restart: nothing lost, nothing done twice.

The process dies inside a request of its own to the Bot API: while it asks for updates, before something that it sends
is carried out, or after it was carried out but before the answer arrives. The product knows nothing of it.
"""

from collections import Counter

import pytest

from latihan.papers import pdf, scanned
from tests.crashes.doomed import ASKING, FETCHING, SENDING, SENT, Play, remembered


def play_steps_1_to_4(play: Play) -> None:
    rina, bambang, yanto, lina = play.rina, play.bambang, play.yanto, play.lina
    play.says(rina, "/siklus_baru", "Siklus baru")
    play.taps(rina, "Evaluasi Mandiri SPBE 2026", "Instrumen mana", dies=SENDING)
    play.taps(rina, "Pemerintah Digital", "Ringkasan siklus baru")
    play.taps(rina, "Pilih OPD", "33 dari 33 dipilih")
    play.taps(rina, "Kosongkan", "0 dari 33 dipilih")
    play.taps(rina, "Dinkes", "1 dari 33 dipilih")
    play.taps(rina, "Lihat ringkasan", "1 dari 33")
    play.taps(rina, "Buka siklus", "Langkah 1/8", dies=SENT)
    play.taps(rina, "Isi tim", "susunan tim")
    play.says(rina, "Rina Kartika - Ketua", "tersimpan: 1 orang", dies=ASKING)
    play.taps(rina, "Isi kesiapan", "kesiapan tim")
    play.says(rina, "Semua bahan siap.", "Kesiapan tersimpan")
    play.taps(rina, "Atur rapat", "Hari apa rapat")
    play.says(rina, "3 Desember 2026", "Pukul berapa")
    play.says(rina, "09.00", "Di mana rapat", dies=SENDING)
    play.says(rina, "Smart Room Center", "Acara rapat")
    play.says(rina, "Permintaan data", "Rapat tersimpan")
    play.taps(rina, "Lihat persiapan", "Pratinjau naskah")
    play.taps(rina, "Unggah Formulir", "Silakan kirim Formulir")
    play.sends(rina, "Formulir.pdf", pdf("Formulir"), "tersimpan", dies=FETCHING)
    rina.says("/persiapan")
    rina.sees("Formulir.pdf", timeout=30)
    play.taps(rina, "Unggah Surat Edaran", "Silakan kirim Surat Edaran")
    play.taps(rina, "Tidak ada berkasnya", "Lanjut tanpa")
    play.taps(rina, "Ya, tanpa berkas", "Tercatat")
    play.taps(rina, "Lihat persiapan", "dinyatakan tidak ada")
    play.taps(rina, "Pratinjau naskah", "Mohon diperiksa", dies=SENDING)
    play.taps(rina, "Serahkan ke Kabid", "Sesudah diserahkan")
    play.taps(rina, "Ya, serahkan", "Langkah 2/8", dies=SENT, by=bambang)
    play.taps(bambang, "Setujui & disposisikan", "Disetujui dan didisposisikan", dies=ASKING)
    yanto.sees("Langkah 3/8", timeout=30)
    for title, file in (("Surat Undangan", "Surat_Undangan"), ("Surat Permohonan Data", "Surat_Permohonan_Data")):
        play.taps(yanto, f"Nomori {title}", "Nomor berikutnya")
        play.taps(yanto, "Pakai 500.12/", "Tanggal Surat", dies=SENT)
        play.taps(yanto, "Hari ini", "Siapa yang menandatangani")
        play.taps(yanto, "Kepala Dinas", "Silakan cetak")
        printed = yanto.sees_file(file, timeout=30)
        play.taps(yanto, "Unggah hasil tanda tangan", "Silakan kirim")
        play.sends(yanto, f"{file}_ttd.pdf", scanned(printed.document.data), "tersimpan")
    yanto.says("/surat")
    play.taps(yanto, "Kirim ke semua OPD", "tidak dapat ditarik")
    play.taps(yanto, "Ya, kirim ke", "Langkah 4/8", dies=SENDING, by=lina)
    play.taps(lina, "Diterima", "Tercatat", dies=SENDING)
    play.says(lina, "/unggah", "U1")
    play.taps(lina, "U1", "Daftar aplikasi")
    play.taps(lina, "Kirim berkas", "Silakan kirim")
    play.sends(lina, "U1_Daftar.pdf", pdf("Daftar aplikasi"), "tersimpan", dies=FETCHING)
    play.says(lina, "/serahkan", "erahkan")
    play.taps(lina, "Tetap serahkan", "Data dukung diserahkan", dies=SENT)


EXPECTED = Counter(
    CycleOpened=1,
    TaskOpened=5,
    TaskHandedOver=4,
    LetterNumbered=2,
    LetterSigned=2,
    LettersSent=1,
    LetterReceived=1,
    EvidenceAdded=1,
    EvidenceStored=1,
)


@pytest.mark.timeout(600)
def test_a_process_killed_in_every_conversation_loses_nothing_and_repeats_nothing(doomed):
    play = Play(doomed)
    play.joins()

    play_steps_1_to_4(play)

    kinds, undone, broken_at = remembered(doomed)
    assert {k: kinds[k] for k in EXPECTED} == dict(EXPECTED)
    assert undone == 0
    assert broken_at is None
    assert doomed.kills >= 14
