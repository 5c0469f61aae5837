"""An office whose cycles go from the recap to the published document by the acts of the product; nothing is printed.

`reached(stage)` makes a cycle that stands there, with every paper that the acts before have left.
"""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

from handlers.table import make_table
from sop.actions import (
    arrivals,
    attendance,
    closing,
    handing_over,
    letters,
    meeting_dates,
    meeting_sitting,
    minutes,
    publishing,
    recap,
)
from sop.actions.cycles import OpenCycle, open_cycle
from sop.actions.letters import GiveNumber
from sop.actions.meeting_dates import Plan
from sop.cycle import Cycle
from sop.people import ADMINISTRATOR
from sop.ports import Incoming, StoredFile
from sop.scoring import Score
from storage.content import ContentStore
from storage.database import Database
from storage.tables.base import Base
from tests.closing_cycles import WHOLE, evidence, handed_over
from tests.handlers.letters_desk import MORNING, Desk, bundle

OPD, OTHER = "dinas_kesehatan", "dinas_sosial"
PEOPLE = {  # who → name, role, agency; the other agency is not asked
    "administrator": ("Hadi Prasetyo", ADMINISTRATOR, None),
    "tim_diskominfo": ("Toni Wijaya", "tim_diskominfo", None),
    "kabid": ("Bambang Suryanto", "kabid", None),
    "sekretariat": ("Yanto Hidayat", "sekretariat", None),
    "tim_kota": ("Citra Maharani", "tim_kota", None),
    "opd": ("Rina Lestari", "opd", OPD),
    "other_opd": ("Dewi Anggraini", "opd", OTHER),
}
STAGES = (
    "collected",  # step 5 is open
    "recapped",  # step 6, nothing scheduled
    "sitting",  # step 6, the meeting is being held
    "confirmed",  # step 7, nothing reported
    "reported",  # step 7, the Kabid's tap is awaited
    "numbered",  # step 7, the Berita Acara is with the Sekda
    "signed",  # step 8, with a draft of the document
    "publishing",  # step 8, the document is being printed
    "published",  # the end
)
BOT = "monev_spbe_bot"


class SecondHalf(Desk):
    """One person of each role (*who*), and one agency that is asked."""

    def __init__(self, folder: Path) -> None:
        super().__init__(make_table(), MORNING)
        self.database.close()
        self.database = Database("sqlite://", office=bundle(), content=ContentStore(folder))
        Base.metadata.create_all(self.database.engine)
        self.who = {who: self.member(*about) for who, about in PEOPLE.items()}

    def reached(self, stage: str) -> str:
        """A cycle that stands at this stage; its id."""
        cycle = self.look(self._opened(stage))
        for each in STAGES[: STAGES.index(stage) + 1]:
            act = getattr(self, f"_{each}")
            self.look(partial(act, cycle=cycle))
            self.passes(minutes=5)
        self.said()
        return cycle

    def _task(self, uow, cycle: str) -> str:
        return uow.cycles.get(cycle).open_tasks()[0].id

    def _opened(self, stage: str):
        def work(uow) -> str:
            command = OpenCycle(f"Evaluasi {stage} 2026", 2026, WHOLE, (OPD,), {OPD: ("U1", "I12")})
            return open_cycle(uow, self.who["tim_diskominfo"], command, now=self.now).id

        return work

    def _collected(self, uow, cycle: str) -> None:
        for key in ("persiapan", "disposisi", "surat"):
            handed_over(uow, self.who, cycle, key, self.now)
        evidence(uow, cycle, self.now)
        handing_over.hand_over(uow, self.who["opd"], self._task(uow, cycle), now=self.now)

    def _recapped(self, uow, cycle: str) -> None:
        recap.hand_over(uow, self.who["tim_diskominfo"], self._task(uow, cycle), now=self.now)

    def _sitting(self, uow, cycle: str) -> None:
        """The date, its signed invitation, everybody invited, and who came."""
        task, city = self._task(uow, cycle), self.who["tim_kota"]
        plan = Plan(self.now + timedelta(days=7), "Ruang Rapat", ("Penilaian",))
        called = meeting_dates.schedule(uow, city, task, plan, bot_name=BOT, now=self.now).letter
        self._sign(uow, cycle, called.id, "tim_kota")
        meeting_dates.invite(uow, city, task, now=self.now)
        meeting_sitting.begin(uow, city, task, now=self.now)
        attendance.attend(uow, self.who["opd"], cycle, 1, now=self.now)
        attendance.write_guests(uow, city, task, "Siti Aminah - Statistisi - BPS", now=self.now)
        minutes.name_officer(uow, city, task, "chair", "Hendra Gunawan - Ketua", now=self.now)
        minutes.name_officer(uow, city, task, "minute_taker", "Maya Puspita - Anggota", now=self.now)
        minutes.add_points(uow, city, task, "Penilaian dibahas satu per satu.", now=self.now)
        minutes.add_decisions(uow, city, task, "Nilai diterima", now=self.now)
        minutes.print_attendance(uow, city, task, now=self.now)
        minutes.preview(uow, city, task, now=self.now)
        for indicator in bundle().instruments[WHOLE].indicators:
            words = {"explanation": "Sudah ditetapkan.", "improvement": "Perlu direviu tahun depan."}
            uow.scores.save(Score(cycle, indicator.code, value=Decimal(3), note="Dibahas", **words))

    def _confirmed(self, uow, cycle: str) -> None:
        task = self._task(uow, cycle)
        meeting_sitting.finish(uow, self.who["tim_kota"], task, now=self.now)
        minutes.confirm(uow, self.who["tim_kota"], task, now=self.now)

    def _reported(self, uow, cycle: str) -> None:
        closing.report(uow, self.who["tim_diskominfo"], self._task(uow, cycle), now=self.now)

    def _numbered(self, uow, cycle: str) -> None:
        task, team = self._task(uow, cycle), self.who["tim_diskominfo"]
        closing.acknowledge(uow, self.who["kabid"], task, bot_name=BOT, now=self.now)
        self._number(uow, closing.statement_of(uow, uow.cycles.get(cycle)).id, task, "tim_diskominfo", "sekda")
        closing.take_to_signature(uow, team, task, now=self.now)

    def _signed(self, uow, cycle: str) -> None:
        task, team = self._task(uow, cycle), self.who["tim_diskominfo"]
        statement = closing.statement_of(uow, uow.cycles.get(cycle))
        self._arrive(uow, statement.id, task, "tim_diskominfo")
        closing.finish(uow, team, task, now=self.now)
        publishing.preview(uow, team, self._task(uow, cycle), now=self.now)

    def _publishing(self, uow, cycle: str) -> None:
        publishing.publish(uow, self.who["tim_diskominfo"], self._task(uow, cycle), now=self.now)

    def _published(self, uow, cycle: str) -> None:
        """The press has printed the document; of all papers this one alone."""
        book = uow.papers.of_cycle(cycle, kind=publishing.BOOK)[-1]
        uow.papers.printed(book.id, StoredFile((cycle.encode().hex() + "0" * 64)[:64], 9000, "application/pdf", 20))
        arrivals.paper_printed(uow, uow.papers.get(book.id), now=self.now)

    # --- letters

    def _sign(self, uow, cycle: str, letter: str, who: str) -> None:
        task = self._task(uow, cycle)
        self._number(uow, letter, task, who, "sekda")
        self._arrive(uow, letter, task, who)

    def _number(self, uow, letter: str, task: str, who: str, signatory: str) -> None:
        number = letters.suggest_number(uow, self.who[who], task, letter, signatory=signatory, now=self.now)
        given = GiveNumber(letter, number, date(2026, 11, 24), signatory)
        letters.number_letter(uow, self.who[who], task, given, bot_name=BOT, now=self.now)

    def _arrive(self, uow, letter: str, task: str, who: str) -> None:
        """The scan of the signed letter, as the worker that fetches files hands it over."""
        number, person = uow.letters.get(letter).number, self.who[who].id
        about = ("f", "pindai.pdf", "application/pdf", 2000, letters.SIGNED_COPY, f"{task}|{letter}", person, 1)
        incoming = Incoming(f"in-{letter}", *about, facts={"number": number})
        scan = StoredFile((letter.encode().hex() + "0" * 64)[:64], 2000, "application/pdf", 3)
        arrivals.file_arrived(uow, incoming, scan, now=self.now)

    # --- looking

    def at(self, cycle: str) -> Cycle:
        return self.look(lambda uow: uow.cycles.get(cycle))

    def papers(self, cycle: str, *kinds: str) -> dict[str, str]:
        """Every paper of a cycle, the replaced ones too: id → kind."""

        def work(uow):
            there = [p for current in (True, False) for p in uow.papers.of_cycle(cycle, current=current)]
            return {p.id: p.kind for p in there if not kinds or p.kind in kinds}

        return self.look(work)
