"""SIGKILL in the middle of every conversation of steps 1 to 4, and a restart: nothing lost, nothing done twice.

The process dies inside a request of its own to the Bot API: while it asks for updates, before something that it sends
is carried out, or after it was carried out but before the answer arrives. The product knows nothing of it.
"""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from contextlib import closing

import pytest
from sqlalchemy import text

from latihan.botapi import BotApi
from latihan.faults import Fault
from latihan.papers import pdf, scanned
from storage.database import Database
from tests.city import MORNING, TOKEN, office

PEOPLE = (
    ("Rina Kartika", "tim_diskominfo", None),
    ("Bambang Suryanto", "kabid", None),
    ("Yanto Hidayat", "sekretariat", None),
    ("Lina Marlina", "opd", "dinas_kesehatan"),
)
# Where a process dies: in which of its own requests, and whether that request is still carried out.
ASKING = (("getupdates",), False)
FETCHING = (("getfile",), False)
SENDING = (("sendmessage", "senddocument", "editmessage"), False)
SENT = (("sendmessage", "senddocument", "editmessage"), True)
Doom = tuple[tuple[str, ...], bool]


class Doomed:
    """The bot in a process, which is killed at a request and started again."""

    def __init__(self, folder) -> None:
        self.folder = folder
        self.api = BotApi(
            token=TOKEN,
            username="monev_spbe_bot",
            clock=lambda: MORNING.timestamp(),
            enforce_flood=False,  # the process has a clock of its own, which does not wait
            answer_window=1e9,
            repeat_hold=0.0,
        )
        self.url = self.api.start().split("/bot")[0]
        self.kills = 0
        self._doom: Doom | None = None
        self._dead = threading.Event()
        self.api.on_request(self._judge)
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.crashes.whole", str(self.folder), self.url, MORNING.isoformat()]
        self.process = subprocess.Popen(command)

    def _judge(self, method, params):
        doom = self._doom
        if doom is None or self.process is None or not method.lower().startswith(doom[0]):
            return None
        self._doom = None
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.kills += 1
        self._dead.set()
        return Fault.lose_answer() if doom[1] else Fault.drop()

    def dies_at(self, doom: Doom) -> None:
        self._dead.clear()
        self._doom = doom

    def comes_back(self) -> None:
        assert self._dead.wait(30), "the process was to die at a request that never came"
        self.start()

    def close(self) -> None:
        self._doom = None
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        self.api.stop()


@pytest.fixture
def doomed(tmp_path):
    bot = Doomed(tmp_path / "data")
    yield bot
    bot.close()


class Play:
    """The four actors; the process dies at each thing that they do."""

    def __init__(self, bot: Doomed) -> None:
        self.bot = bot
        self.people = {name: bot.api.person(name) for name, *_ in PEOPLE}
        self.rina, self.bambang, self.yanto, self.lina = self.people.values()

    def joins(self) -> None:
        """Everybody has joined before the first start."""
        self.bot.folder.mkdir(parents=True)
        with closing(Database(f"sqlite:///{self.bot.folder / 'monev.sqlite3'}", office=office())) as database:
            database.migrate()

            def work(uow):
                for name, role, opd in PEOPLE:
                    person = uow.people.join(self.people[name].id, name, MORNING)
                    uow.people.hold(person.id, role, opd, "test", MORNING)

            database.call(work)
        self.bot.start()
        for person in self.people.values():
            person.start()
            person.sees("Selamat datang kembali", timeout=30)

    def does(self, act, person, then: str, dies: Doom | None = None):
        """Somebody does something; if the process *dies* of it, it comes back, and answers all the same."""
        if dies:
            self.bot.dies_at(dies)
        act()
        if dies:
            self.bot.comes_back()
        return person.sees(then, timeout=60)

    def taps(self, person, label: str, then: str, dies: Doom | None = None, by=None):
        return self.does(lambda: person.taps(label, timeout=60), by or person, then, dies)

    def says(self, person, words: str, then: str, dies: Doom | None = None):
        return self.does(lambda: person.says(words), person, then, dies)

    def sends(self, person, name: str, data: bytes, then: str, dies: Doom | None = None):
        return self.does(lambda: person.sends(name, data), person, then, dies)


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

    doomed.process.kill()
    doomed.process.wait()
    with closing(Database(f"sqlite:///{doomed.folder / 'monev.sqlite3'}", office=office())) as database:
        kinds = database.call(
            lambda uow: Counter(uow.session.execute(text("SELECT event FROM journal")).scalars().all())
        )
        undone = database.call(
            lambda uow: uow.session.execute(text("SELECT count(*) FROM inbox WHERE state <> 'done'")).scalar_one()
        )
        broken_at = database.call(lambda uow: uow.journal.verify())
    assert {k: kinds[k] for k in EXPECTED} == dict(EXPECTED)
    assert undone == 0
    assert broken_at is None
    assert doomed.kills >= 14
