"""The agenda number on the Lembar Disposisi: entered by the Sekretariat beside the letters, if it likes."""

import pytest

from handlers.registry import Registry
from handlers.steps import step_3_agenda
from sop import papers
from sop.actions import cycles, preparation
from sop.disposition import Marks
from sop.outgoing import Choice
from tests.handlers.keeping import kept
from tests.handlers.letters_desk import answer
from tests.handlers.test_step3 import Third


class Agenda(Third):
    """Step 3 with the agenda beside the letters; the Kabid thought it urgent."""

    def __init__(self) -> None:
        super().__init__()
        self.registry = Registry((*self.registry.dialogues, step_3_agenda.DIALOGUE))
        self.own = (*self.own, "agenda", "refusals")

    def _dispose(self, uow, cycle_id):
        task = uow.cycles.get(cycle_id).latest("disposisi").id
        preparation.dispose(uow, self.kabid, task, marks=Marks("sangat_segera", "rahasia"), now=self.now)

    def sheets(self, *, current=True):
        return self.look(lambda uow: uow.papers.of_cycle(self.cycle, kind="lembar_disposisi", current=current))

    def says_sheet(self):
        return papers.from_json("lembar_disposisi", self.sheets()[-1].context)

    def asks(self, who=None):
        return self.presses(who or self.clerk, Choice("agenda.ask", self.task()))

    def enters(self, number):
        answer(self.asks(), "agenda/ask")
        return self.says(self.clerk, number)

    def journal(self):
        lines = self.look(lambda uow: uow.journal.page(limit=50, cycle=self.cycle))
        return [line for line in lines if line.event == "AgendaNumberEntered"]


@pytest.fixture
def desk():
    made = kept(Agenda)
    made.said()
    yield made
    made.database.close()


def test_the_card_says_how_urgent_it_is_and_that_the_number_is_wanting(desk):
    words, choices = desk.card()
    assert "Lembar Disposisi: sangat segera, rahasia; nomor agenda belum diisi (tidak wajib)" in words
    assert len(words.splitlines()) <= 12
    assert "agenda.ask" in [c.action for c in choices]
    assert desk.says_sheet().agenda_number is None


def test_the_number_is_recorded_and_the_sheet_printed_anew_with_it(desk):
    before, (old,) = desk.says_sheet(), desk.sheets()
    said = answer(desk.enters(" 312 / XI/2026 "), "agenda/filled")
    (new,) = desk.sheets()
    assert said.attachment["paper"] == new.id != old.id
    assert "Nomor agenda <code>312/XI/2026</code> tercatat" in said.words
    assert "Batas waktu langkah ini: Kamis, 26 November 2026" in said.words
    after = desk.says_sheet()
    assert after.agenda_number == "312/XI/2026"
    assert (after.urgency, after.security, after.recorded, after.signature, after.note) == (
        before.urgency,
        before.security,
        before.recorded,
        before.signature,
        before.note,
    )
    assert (new.owner, new.audience, new.title) == (old.owner, old.audience, old.title)
    assert "nomor agenda <code>312/XI/2026</code>" in desk.card()[0]
    (line,) = desk.journal()
    assert "Sekretariat Dinas" in line.capacity


def test_a_wrong_number_is_corrected_or_taken_back(desk):
    desk.enters("312")
    asked = answer(desk.asks(), "agenda/ask")
    assert "Sekarang tercatat nomor <code>312</code>" in asked.words
    assert "semula <code>312</code>" in answer(desk.says(desk.clerk, "313"), "agenda/filled").words
    asked = answer(desk.asks(), "agenda/ask")
    none = answer(desk.presses(desk.clerk, asked.button("agenda.none")), "agenda/filled")
    assert "dihapus dari Lembar Disposisi" in none.words
    assert desk.says_sheet().agenda_number is None
    assert len(desk.journal()) == 3


def test_the_same_number_again_prints_nothing(desk):
    desk.enters("312")
    (paper,) = desk.sheets()
    assert answer(desk.enters("312"), "agenda/filled").attachment["paper"] == paper.id
    assert len(desk.sheets(current=False)) == 2
    assert len(desk.journal()) == 1


@pytest.mark.parametrize(
    ("typed", "why"), [("  ", "masih kosong"), ("tidak ada", "belum sesuai"), ("1" * 31, "panjang")]
)
def test_what_is_no_number_is_asked_again(desk, typed, why):
    assert why in answer(desk.enters(typed), "refusals/bad_input").words
    assert desk.says_sheet().agenda_number is None
    answer(desk.says(desk.clerk, "312"), "agenda/filled")


def test_only_the_sekretariat_enters_it_and_only_while_it_has_the_letters(desk):
    for who in (desk.team, desk.kabid, desk.health):
        answer(desk.asks(who), "refusals/not_yours")
    desk.sends_letters()
    answer(desk.asks(), "refusals/already_decided")


def test_a_task_of_another_step_has_no_agenda_number(desk):
    kabid_too = desk.member("Bagus", "sekretariat")
    first = desk.task()
    desk.look(lambda uow: cycles.return_task(uow, desk.clerk, first, "Instruksi kurang jelas.", now=desk.now))
    task = desk.task("disposisi")
    answer(desk.presses(kabid_too, Choice("agenda.ask", task)), "refusals/nothing_there")


def test_a_further_disposition_keeps_the_number_of_the_agenda(desk):
    desk.enters("312")
    first = desk.task()
    desk.look(lambda uow: cycles.return_task(uow, desk.clerk, first, "Instruksi kurang jelas.", now=desk.now))
    again = desk.task("disposisi")
    desk.look(lambda uow: preparation.dispose(uow, desk.kabid, again, now=desk.now))
    assert desk.says_sheet().agenda_number == "312"
    assert desk.says_sheet().urgency == "biasa"
