"""A small office whose people act without chat: the real acts on a real database, and a post office that says it all.

Papers count as printed when their HTML could be made; files arrive when `files_arrive` is called.
"""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count

from bot.keyboard import keyboard
from bot.outcomes import Outcomes
from bot.paper_process import paper_html
from bot.preparing import TOAST, Hooks, Nobody, prepare
from bot.settings import PROJECT
from bot.trouble import report
from bot.wording import Wording
from handlers.cards import stale_or_closed
from handlers.table import make_table
from sop.actions import arrivals, people, reminders
from sop.actions.cycles import OpenCycle, open_cycle
from sop.cycle import Cycle
from sop.people import Acting
from sop.ports import GroupBinding, StoredFile
from sop.refusals import NothingThere, Refused
from storage.database import Database
from storage.dispatch import SEND
from storage.papers import MAX_ATTEMPTS
from storage.tables.everything import metadata
from tests.offices import shipped

MORNING = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # Selasa, 24 November 2026 pukul 08.00 WIB
OPDS = ("dinas_kesehatan", "dlh", "dindikbud")
NEW, OLD = "permenpanrb-8-2026", "permenpanrb-59-2020"  # 20 indicators, fractional; 47, whole levels
MEMBERS = (  # name, role, agency
    ("Rani", "tim_diskominfo", None),
    ("Toni", "tim_diskominfo", None),
    ("Bagus", "kabid", None),
    ("Sari", "sekretariat", None),
    ("Citra", "tim_kota", None),
    ("Doni", "tim_kota", None),
    ("Dewi", "opd", OPDS[0]),
    ("Eka", "opd", OPDS[1]),
    ("Fajar", "opd", OPDS[2]),
    ("Adi", "administrator", None),
)
Snapshot = tuple[bytes, int, datetime, str]
LINK = "https://t.me/monev_spbe_bot"
BOT = 123456789


@dataclass(frozen=True)
class Sent:
    """What the courier would say of a message that arrived."""

    message_id: int
    words: str
    file_id: None = None
    anew: bool = True


@cache
def registry():
    return make_table()


@cache
def wording():
    return Wording(PROJECT / "templates", shipped().names)


class Office:
    """Rows, a clock and the workers. *snapshot* is what `snapshot` gave of an office with the same content store."""

    def __init__(self, content, instrument=NEW, snapshot=None) -> None:
        self._ids = count(snapshot[1] if snapshot else 1)
        self._messages = count(1)
        self.database = Database("sqlite://", office=shipped(), new_id=self._id, content=content)
        self.now = MORNING
        self.log: list[str] = []
        if snapshot:
            self._connection().deserialize(snapshot[0])
            self.now, self.cycle_id = snapshot[2:]
        else:
            metadata.create_all(self.database.engine)
            self.look(self._found)
            self.cycle_id = self.look(lambda uow: self._open(uow, instrument))
            self.settles()

    def _id(self) -> str:
        return f"x{next(self._ids):09d}"

    def _connection(self):
        with self.database.engine.connect() as connection:
            return connection.connection.driver_connection

    def snapshot(self) -> Snapshot:
        """Everything in the rows as it is now; an office made of it goes its own way from here."""
        return self._connection().serialize(), next(self._ids), self.now, self.cycle_id

    def close(self) -> None:
        self.database.close()

    def look(self, work):
        return self.database.call(work)

    def _found(self, uow) -> None:
        for number, (name, role, opd) in enumerate(MEMBERS, 1001):
            person = uow.people.join(number, name, self.now)
            uow.people.hold(person.id, role, opd, "", self.now)
        for purpose, chat in (("tim_diskominfo", -1001), ("tim_kota", -1002)):
            uow.groups.bind(GroupBinding(purpose, chat, None, purpose), "", self.now)

    def _open(self, uow, instrument) -> str:
        (rani, *_) = uow.people.holders("tim_diskominfo", None, self.now)
        asked = {o: uow.office.asked_of(o, instrument)[:3] or ("U1", "U2") for o in OPDS}
        command = OpenCycle("Evaluasi Mandiri SPBE 2026", 2026, instrument, OPDS, asked)
        return open_cycle(uow, rani, command, now=self.now).id

    # --- acting

    def cycle(self) -> Cycle:
        return self.look(lambda uow: uow.cycles.get(self.cycle_id))

    def does(self, act, n: int = 0, *, role: str = "", opd: str | None = None, person: str = "", wait: int = 17):
        """Somebody does an act; what came of it, and the refusal if it was refused. A refusal has its sentence.

        By *person*, or by one of those who hold *role* (of *opd*): the n-th. Everything that follows is done and
        said, and *wait* minutes pass.
        """

        def work(uow):
            who = uow.people.get(person, self.now) if person else self._holder(uow, role or act.role, opd, n)
            if who is None:
                return None, NothingThere(what="anggota")
            try:
                with uow.savepoint():
                    return act.act(Pressed(uow, who, self.now, n, opd or OPDS[n % len(OPDS)], self.cycle_id)), None
            except Refused as refusal:
                wording().message(f"refusals/{refusal.template}", refusal.facts())
                wording().toast(f"refusals/{refusal.template}", refusal.facts())
                return None, refusal

        def then(uow):
            came = work(uow)
            self._send(uow)
            return came

        found, refusal = self.look(then)
        self.log.append(f"{act.name} n={n} {role or act.role} {opd or ''} -> {refusal!r}")
        self.passes(minutes=wait)
        return found, refusal

    def must(self, act, n: int = 0, **how):
        """The same by somebody honest at the right moment: it cannot be refused."""
        found, refusal = self.does(act, n, **how)
        assert refusal is None, (act.name, refusal, self.log[-12:])
        return found

    def _holder(self, uow, role: str, opd: str | None, n: int) -> Acting | None:
        agency = (opd or OPDS[n % len(OPDS)]) if role == "opd" else None
        holders = uow.people.holders(role, agency, self.now)
        return holders[n % len(holders)] if holders else None

    # --- the workers

    def passes(self, **amount) -> None:
        """Time goes by; what falls due meanwhile is looked at at the end."""
        self.now += timedelta(**amount)

        def work(uow):
            if reminders.remind_all_due(uow, now=self.now):
                self._send(uow)

        self.look(work)

    def prints(self, *, fails: bool = False) -> None:
        """The press takes everything that is queued; *fails*: whatever it tries does not come out, three times."""

        def work(uow):
            while (paper := uow.papers.claim(self.now)) is not None:
                if not fails:
                    made = paper_html(paper.kind, paper.context)
                    sha256 = hashlib.sha256(made.encode()).hexdigest()
                    uow.papers.printed(paper.id, StoredFile(sha256, len(made), "application/pdf", 2))
                    arrivals.paper_printed(uow, uow.papers.get(paper.id), now=self.now)
                elif uow.papers.attempts(paper.id) < MAX_ATTEMPTS:
                    uow.papers.postpone(paper.id, self.now, "kertas habis")
                else:
                    uow.papers.failed(paper.id, "kertas habis")
                    arrivals.paper_failed(uow, uow.papers.get(paper.id), now=self.now)
                    report(uow, "paper", f"{paper.title}: kertas habis", self.now)

        self.look(work)
        self.settles()

    def starts_anew(self) -> None:
        """The process is started again: what could not be printed is tried anew."""
        self.look(lambda uow: (uow.papers.release(), uow.papers.retry()))

    def files_arrive(self, *, fails: bool = False) -> None:
        """Everything that is on its way arrives, or could not be fetched."""

        def work(uow):
            while (incoming := uow.files.claim(self.now)) is not None:
                if fails:
                    uow.files.settle(incoming.id, state="failed")
                    arrivals.file_failed(uow, uow.files.incoming(incoming.id), "gone", now=self.now)
                    continue
                sha256 = hashlib.sha256(incoming.telegram_file_id.encode()).hexdigest()
                stored = StoredFile(sha256, incoming.size, "application/pdf", 1)
                uow.files.settle(incoming.id, state="stored", stored=stored)
                arrivals.file_arrived(uow, uow.files.incoming(incoming.id), stored, now=self.now)

        self.look(work)
        self.settles()

    def settles(self) -> None:
        """Everything that may be sent is put into words and arrives, as the sender does it."""
        self.look(self._send)

    def _send(self, uow) -> None:
        outcomes = Outcomes(Hooks(_card, self._card_delivered, _never, _never), BOT)
        while rows := uow.outbox.candidates(self.now, limit=200):
            for row in rows:
                try:
                    job = prepare(uow, row, self.now, Hooks(_card, self._card_delivered, _never, _never), BOT)
                except Nobody as nobody:
                    uow.outbox.end(row.id, "dropped", str(nobody), self.now)
                    continue
                assert uow.outbox.claim(row.id, job.call, self.now)
                if row.template == "reminder":
                    self._owed(uow, row)
                words = _in_words(job)
                outcomes.sent(uow, job, Sent(next(self._messages), words, anew=job.call == SEND), self.now)

    def _owed(self, uow, row) -> None:
        """A reminder that goes out now is for somebody whose act is awaited now."""
        task_id = row.choices[0][0].id
        cycle = uow.cycles.of_task(task_id)
        task = cycle.task(task_id)
        assert task.open, (row.template, task)
        assert cycle.state.value == "berjalan", (row.template, cycle.state)
        awaited = {h.id for h in uow.people.holders(cycle.awaits(task), task.opd, self.now)}
        assert row.person in awaited, (row, awaited)

    def _card_delivered(self, uow, task: str, person: str, now: datetime) -> None:
        try:
            arrivals.card_delivered(uow, task, now=now)
        except Exception as error:  # the sender would only write it down
            self.log.append(f"card_delivered: {error!r}")
            raise AssertionError("a delivered card could not start its clock") from error


class Pressed:
    """An act under way: who, when, and a number by which it chooses."""

    def __init__(self, uow, who: Acting, now: datetime, n: int, opd: str, cycle_id: str) -> None:
        self.uow, self.who, self.now, self.n, self.opd, self.cycle_id = uow, who, now, n, opd, cycle_id

    @property
    def cycle(self) -> Cycle:
        return self.uow.cycles.get(self.cycle_id)

    def task(self, step: str, opd: str | None = None) -> str:
        """The newest pass of a step, open or not. Raises NothingThere before the first."""
        found = self.cycle.latest(step, opd)
        if found is None:
            raise NothingThere(what="tugas")
        return found.id

    def pick(self, things, what: str = "tombol"):
        """One of several things. Raises NothingThere where there are none."""
        things = tuple(things)
        if not things:
            raise NothingThere(what=what)
        return things[self.n % len(things)]


def _in_words(job) -> str:
    if job.template == "" and job.call in (TOAST, "menu", "markup"):
        return ""
    words = wording().toast(job.template, job.params) if job.call == TOAST else ""
    words = words or wording().message(job.template, job.params)
    actions = registry().actions()
    unknown = [c.action for line in job.choices for c in line if not c.url and c.action not in actions]
    assert not unknown, (job.template, unknown)
    keyboard(job.choices, wording(), LINK)
    return words


def _card(uow, task_id: str, person: str, now: datetime):
    """As bot/application.py has it."""
    who = uow.people.get(person, now)
    if who is None:
        return None
    cycle = uow.cycles.of_task(task_id)
    task = cycle.task(task_id)
    closed = stale_or_closed(uow, cycle, task, who, now)
    if closed is not None:
        return closed
    builder = registry().card(cycle.step_of(task).dialogue)
    return builder(uow, task_id, who, now) if builder else None


def _never(*what) -> None:
    raise AssertionError(f"everybody can be written to: {what}")


def member_replaced(office: Office, role: str, opd: str | None, n: int) -> None:
    """A member leaves the role; somebody new is invited and joins."""

    def work(uow):
        (admin, *_) = uow.people.holders("administrator", None, office.now)
        own = [m for m in uow.people.members(office.now) if m.holds(role, opd)]
        if not own:
            return
        people.revoke_role(uow, admin, own[n % len(own)].id, role, opd, now=office.now)
        code = people.invite(uow, admin, role, opd, "pengganti", now=office.now)
        number = 2000 + len(uow.people.members(office.now))
        people.accept_invitation(uow, number, f"Baru {number}", people.hash_code(code), now=office.now)

    with suppress(Refused):
        office.look(work)
    office.log.append(f"replaced {role} {opd}")
    office.settles()
