"""A desk whose cycle has come to step 7 (or 8), with everybody who has a say in it."""

from datetime import date, timedelta

from handlers.cards import stale_or_closed
from handlers.table import make_table
from sop.actions import arrivals, closing, letters
from sop.actions.letters import GiveNumber
from sop.people import Acting
from sop.ports import Incoming, StoredFile
from tests import closing_cycles
from tests.handlers.letters_desk import MORNING, Desk, wording
from tests.latihan.tdlib import parse_html

SIGNED = StoredFile("c" * 64, 2000, "application/pdf", 3)
PRINTED = StoredFile("d" * 64, 9000, "application/pdf", 20)
NUMBER = "500.12/001/SETDA/XI/2026"


class ClosingDesk(Desk):
    """Tim, Kabid, Sekretariat, Tim Kota and a focal point; a cycle in which *step* 7 or 8 is open."""

    def __init__(self, step: int = 7, **more) -> None:
        super().__init__(make_table(), MORNING, ("closing", "publish", "reminder", "refusals"))
        self.team = self.member("Rani", "tim_diskominfo")
        self.other = self.member("Toni", "tim_diskominfo")
        self.kabid = self.member("Bagus", "kabid")
        self.clerk = self.member("Sari", "sekretariat")
        self.city = self.member("Citra", "tim_kota")
        self.health = self.member("Dewi", "opd", "dinas_kesehatan")
        self.cycle = self.reached(**more)
        if step == 8:
            self.to_the_end_of_step_7()
        self.said()

    @property
    def people(self) -> dict[str, Acting]:
        return {
            "tim_diskominfo": self.team,
            "kabid": self.kabid,
            "sekretariat": self.clerk,
            "tim_kota": self.city,
            "opd": self.health,
        }

    def reached(self, **more) -> str:
        return self.look(lambda uow: closing_cycles.cycle_at(uow, self.people, self.now, **more))

    # --- where it stands

    @property
    def task(self) -> str:
        return self.look(lambda uow: uow.cycles.get(self.cycle).open_tasks()[0].id)

    def latest(self, key: str):
        return self.look(lambda uow: uow.cycles.get(self.cycle).latest(key))

    def state(self) -> str:
        return self.look(lambda uow: uow.cycles.get(self.cycle).state.value)

    def papers(self, kind: str, *, current: bool = True):
        return self.look(lambda uow: uow.papers.of_cycle(self.cycle, kind=kind, current=current))

    def statement(self):
        return self.look(lambda uow: closing.statement_of(uow, uow.cycles.get(self.cycle)))

    def card(self, who: Acting, task: str = ""):
        """The card as somebody sees it now: template, words and labels by action."""
        task = task or self.task

        def work(uow):
            person = uow.people.get(who.id, self.now)
            cycle = uow.cycles.of_task(task)
            view = stale_or_closed(uow, cycle, cycle.task(task), person, self.now)
            builder = self.registry.card(cycle.step_of(cycle.task(task)).dialogue)
            view = view or builder(uow, task, person, self.now)
            words = wording().message(view.template, view.params)
            assert not isinstance(parse_html(words), str)
            assert len(words.splitlines()) <= 14, words
            return view, words, [c.action for row in view.choices for c in row]

        return self.look(work)

    # --- shortcuts through the rules

    def reports(self, note: str = "") -> None:
        task = self.task
        self.look(lambda uow: closing.report(uow, self.team, task, note=note, now=self.now))

    def acknowledges(self) -> None:
        task = self.task
        self.look(lambda uow: closing.acknowledge(uow, self.kabid, task, bot_name="monev", now=self.now))

    def numbers(self, number: str = NUMBER) -> None:
        task, command = self.task, GiveNumber(self.statement().id, number, date(2026, 11, 24), "sekda")
        self.look(lambda uow: letters.number_letter(uow, self.team, task, command, bot_name="monev", now=self.now))

    def brings_to_sekda(self) -> None:
        task = self.task
        self.look(lambda uow: closing.take_to_signature(uow, self.team, task, now=self.now))

    def signed_copy_arrives(self, who: Acting | None = None) -> None:
        letter = self.statement()
        incoming = Incoming(
            f"in-{letter.id}",
            "f",
            "pindai.pdf",
            "application/pdf",
            2000,
            letters.SIGNED_COPY,
            f"{self.task}|{letter.id}",
            (who or self.team).id,
            1,
            facts={"number": letter.number},
        )
        self.look(lambda uow: arrivals.file_arrived(uow, incoming, SIGNED, now=self.now))

    def prints(self, kind: str, *, jammed: bool = False) -> None:
        """The press has the newest paper of a kind: printed, or (*jammed*) given up after its last attempt."""
        paper = self.papers(kind)[-1]

        def work(uow):
            if jammed:
                uow.papers.failed(paper.id, "kertas macet")
                arrivals.paper_failed(uow, uow.papers.get(paper.id), now=self.now)
            else:
                uow.papers.printed(paper.id, PRINTED)
                arrivals.paper_printed(uow, uow.papers.get(paper.id), now=self.now)

        self.look(work)

    def to_the_end_of_step_7(self) -> None:
        self.reports()
        self.acknowledges()
        self.numbers()
        self.brings_to_sekda()
        self.now += timedelta(days=1)
        self.signed_copy_arrives()
        task = self.task
        self.look(lambda uow: closing.finish(uow, self.team, task, now=self.now))
