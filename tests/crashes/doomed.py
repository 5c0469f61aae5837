"""A bot that is killed in the middle of a conversation and comes back; and the people who talk to it."""

import threading
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from multiprocessing.process import BaseProcess

from sqlalchemy import text

from latihan.botapi import BotApi
from latihan.faults import Fault
from latihan.seeing import find_button
from storage.database import Database
from storage.unit_of_work import SqlUnitOfWork
from tests.city import MORNING, TOKEN, office
from tests.crashes.whole import run
from tests.forking import processes

PEOPLE = (
    ("Rina Kartika", "tim_diskominfo", None),
    ("Bambang Suryanto", "kabid", None),
    ("Yanto Hidayat", "sekretariat", None),
    ("Lina Marlina", "opd", "dinas_kesehatan"),
    ("Hendra Gunawan", "tim_kota", None),
)
# Where a process dies: in which of its own requests, and whether that request is still carried out.
ASKING = (("getupdates",), False)
FETCHING = (("getfile",), False)
SENDING = (("sendmessage", "senddocument", "editmessage"), False)
SENT = (("sendmessage", "senddocument", "editmessage"), True)
BETWEEN = timedelta(seconds=30)
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
        self.process: BaseProcess | None = None

    def start(self) -> None:
        begins = MORNING + self.kills * BETWEEN  # a pacing clock runs ahead, and time does not go back over a death
        self.process = processes.Process(target=run, args=(self.folder, self.url, begins), daemon=True)
        self.process.start()

    def _judge(self, method, params):
        doom = self._doom
        if doom is None or self.process is None or not method.lower().startswith(doom[0]):
            return None
        self._doom = None
        self.process.kill()
        self.process.join()
        self.kills += 1
        self._dead.set()
        return Fault.lose_answer() if doom[1] else Fault.drop()

    def dies_at(self, doom: Doom) -> None:
        self._dead.clear()
        self._doom = doom

    def comes_back(self) -> None:
        assert self._dead.wait(90), "the process was to die at a request that never came"
        self.start()

    def close(self) -> None:
        self._doom = None
        if self.process is not None:
            self.process.kill()
            self.process.join()
        self.api.stop()


class Play:
    """The five actors; the process dies at each thing that they do."""

    def __init__(self, bot: Doomed) -> None:
        self.bot = bot
        self.people = {name: bot.api.person(name) for name, *_ in PEOPLE}
        self.rina, self.bambang, self.yanto, self.lina, self.hendra = self.people.values()

    def joins(self, prepare: Callable[[SqlUnitOfWork], object] | None = None) -> None:
        """Everybody has joined before the first start; *prepare*: what else has happened by then."""
        self.bot.folder.mkdir(parents=True)
        with closing(Database(f"sqlite:///{self.bot.folder / 'monev.sqlite3'}", office=office())) as database:
            database.migrate()

            def work(uow):
                for name, role, opd in PEOPLE:
                    person = uow.people.join(self.people[name].id, name, MORNING)
                    uow.people.hold(person.id, role, opd, "test", MORNING)

            database.call(work)
            if prepare is not None:
                database.call(prepare)
        self.bot.start()
        for person in self.people.values():
            person.start()
            person.sees("Selamat datang kembali", timeout=90)

    def does(self, act, person, then: str, dies: Doom | None = None):
        """Somebody does something; if the process *dies* of it, it comes back, and answers all the same."""
        if dies:
            self.bot.dies_at(dies)
        act()
        if dies:
            self.bot.comes_back()
        return person.sees(then, timeout=90)

    def taps(self, person, label: str, then: str, dies: Doom | None = None, by=None):
        # The button must be there before the process is doomed, or it dies of bringing it.
        person.world.wait_for(lambda: find_button(person.private, label, None), 90)
        return self.does(lambda: person.taps(label), by or person, then, dies)

    def says(self, person, words: str, then: str, dies: Doom | None = None):
        return self.does(lambda: person.says(words), person, then, dies)

    def sends(self, person, name: str, data: bytes, then: str, dies: Doom | None = None):
        return self.does(lambda: person.sends(name, data), person, then, dies)


def remembered(doomed: Doomed) -> tuple[Counter, int, object]:
    """What the dead process leaves: journal lines by event, updates not done, and where the journal is broken."""
    doomed.process.kill()
    doomed.process.join()
    with closing(Database(f"sqlite:///{doomed.folder / 'monev.sqlite3'}", office=office())) as database:
        kinds = database.call(
            lambda uow: Counter(uow.session.execute(text("SELECT event FROM journal")).scalars().all())
        )
        undone = database.call(
            lambda uow: uow.session.execute(text("SELECT count(*) FROM inbox WHERE state <> 'done'")).scalar_one()
        )
        broken_at = database.call(lambda uow: uow.journal.verify())
    return kinds, undone, broken_at
