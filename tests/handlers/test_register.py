"""The register of letter numbers as its keeper and its readers use it in chat."""

from datetime import date

import pytest

from handlers.table import make_table
from sop.actions import cycles
from sop.letter_habits import LetterHabits
from sop.letters import LetterState
from sop.outgoing import Choice
from sop.people import ADMINISTRATOR
from sop.register import NumberState
from tests.handlers import letters_desk
from tests.handlers.keeping import kept
from tests.handlers.letters_desk import answer
from tests.handlers.test_step3 import NEXT, NUMBER, Third


class Registrar(Third):
    """Step 3 with the whole table, and somebody in every role."""

    def __init__(self) -> None:
        super().__init__()
        self.registry, self.own = make_table(), ("register", "replace", "letter", "refusals", "group/letter")
        self.admin = self.member("Umar", ADMINISTRATOR)
        self.city = self.member("Citra", "tim_kota")

    def book(self, who=None):
        return answer(self.commands(who or self.clerk, "register"), "register/book")

    def entries(self, unit="DISKOMINFO"):
        return {e.number: e for e in self.look(lambda uow: uow.register.of(unit, 2026))}

    def outside(self, number: str, day="20 November", subject="Surat tugas"):
        self.presses(self.clerk, self.book().button("register.outside"))
        answer(self.says(self.clerk, number), "register/ask_date")
        answer(self.says(self.clerk, day), "register/ask_subject")
        return answer(self.says(self.clerk, subject), "register/recorded")

    def press(self, said, action, who=None):
        return self.presses(who or self.clerk, said.button(action))


@pytest.fixture
def desk():
    made = kept(Registrar)
    yield made
    made.database.close()


# --- holds


def test_two_clerks_are_shown_two_numbers_and_neither_takes_the_others(desk):
    first = desk.presses(desk.clerk, Choice("letters.number", desk.task(), desk.letter().id))
    assert "ditahan 30 menit" in answer(first, "letters/ask_number").words
    other = Choice("letters.number", desk.task(), desk.letter("surat_permohonan_data").id)
    assert answer(desk.presses(desk.other, other), "letters/ask_number").labels == [f"Pakai {NEXT}"]
    refused = answer(desk.says(desk.other, NUMBER), "refusals/bad_input")
    assert "kepada Sari dan ditahan sampai pukul 08.30 WIB" in refused.words
    desk.passes(minutes=31)
    answer(desk.says(desk.other, NUMBER), "letters/ask_date")


def test_a_held_number_stands_in_the_book_until_it_runs_out(desk):
    desk.presses(desk.clerk, Choice("letters.number", desk.task(), desk.letter().id))
    page = desk.book()
    assert "sedang ditahan" in page.words
    picked = answer(desk.press(page, "register.pick"), "register/pick")
    shown = answer(desk.press(picked, "register.entry"), "register/entry")
    assert "bagi Sari sampai pukul 08.30 WIB" in shown.words
    assert "register.void" not in [c.action for c in shown.choices]
    desk.passes(minutes=31)
    assert "Belum ada nomor yang tercatat" in desk.book().words
    answer(desk.press(picked, "register.entry"), "refusals/nothing_there")


# --- the book


def test_the_book_shows_what_each_number_is_and_the_gaps_in_between(desk):
    desk.numbers()
    desk.outside("4-6")
    page = desk.book()
    assert "4 nomor tercatat" in page.words
    assert "Nomor 002–003 belum tercatat dipakai" in page.words
    assert "001</b> · Surat Undangan Evaluasi Mandiri SPBE 2026, terpakai, 24 Nov" in page.words.replace("<b>", "")
    assert "004–006" in page.words
    assert "<code>500.12/007/DISKOMINFO/XI/2026</code>" in page.words


def test_numbers_of_letters_from_before_the_register_are_described_too(desk):
    desk.numbers()
    letter = desk.letter().id
    desk.look(lambda uow: uow.register.describe(letter, None, "", desk.now))
    page = desk.book()
    assert "Surat Undangan Evaluasi Mandiri SPBE 2026" in page.words
    assert "<code>500.12/002/DISKOMINFO/XI/2026</code>" in page.words


def test_an_outside_number_is_taken_for_letters_and_a_taken_one_is_no_outside_number(desk):
    desk.outside("1", subject="Surat tugas ke provinsi")
    asked = answer(
        desk.presses(desk.clerk, Choice("letters.number", desk.task(), desk.letter().id)), "letters/ask_number"
    )
    assert asked.labels == [f"Pakai {NEXT}"]
    assert answer(desk.says(desk.clerk, NUMBER), "refusals/bad_input").params["problem"] == "taken"
    desk.presses(desk.clerk, desk.book().button("register.outside"))
    for text, problem in ((NUMBER, "taken"), ("1", "taken"), ("9-3", "order"), ("tiga", "form")):
        assert answer(desk.says(desk.clerk, text), "refusals/bad_input").params["problem"] == problem


def test_a_whole_number_of_another_form_is_recorded_as_it_is_written(desk):
    desk.outside("SPBE-2026/9")
    assert desk.entries()["SPBE-2026/9"].serial is None
    assert "lain</b> · Surat tugas" in desk.book().words


def test_date_and_subject_are_asked_until_they_can_stand_in_the_book(desk):
    desk.presses(desk.clerk, desk.book().button("register.outside"))
    asked = answer(desk.says(desk.clerk, "3"), "register/ask_date")
    assert asked.labels == ["Hari ini, 24 Nov", "Kemarin, 23 Nov"]
    assert answer(desk.says(desk.clerk, "1 Desember 2025"), "refusals/bad_input").params["problem"] == "year"
    assert answer(desk.says(desk.clerk, "25 Desember"), "refusals/bad_input").params["problem"] == "ahead"
    answer(desk.presses(desk.clerk, asked.choices[1]), "register/ask_subject")
    answer(desk.says(desk.clerk, "x"), "refusals/bad_input")
    answer(desk.says(desk.clerk, "Surat tugas"), "register/recorded")
    assert desk.entries()["500.12/003/DISKOMINFO/XI/2026"].dated == date(2026, 11, 23)
    answer(desk.presses(desk.clerk, asked.choices[0]), "refusals/dialogue_closed")


def test_a_gap_is_explained_as_used_outside_or_as_void(desk):
    desk.numbers(number="500.12/006/DISKOMINFO/XI/2026")
    picked = answer(desk.press(desk.book(), "register.pick"), "register/pick")
    assert picked.labels[:2] == ["006 · terpakai", "001–005 · belum tercatat"]
    gap = answer(desk.press(picked, "register.gap"), "register/gap")
    answer(desk.press(gap, "register.gap_void"), "register/ask_gap_void")
    done = answer(desk.says(desk.clerk, "Buku agenda dimulai dari 6."), "register/voided")
    assert "500.12/001/DISKOMINFO/XI/2026</code> sampai <code>500.12/005/DISKOMINFO/XI/2026" in done.words
    assert "Tidak ada nomor yang terlewat" in desk.book().words
    answer(desk.press(gap, "register.gap_outside"), "refusals/nothing_there")


def test_a_gap_that_was_used_outside_takes_date_and_subject(desk):
    desk.numbers(number="500.12/006/DISKOMINFO/XI/2026")
    gap = answer(
        desk.press(answer(desk.press(desk.book(), "register.pick"), "register/pick"), "register.gap"), "register/gap"
    )
    answer(desk.press(gap, "register.gap_outside"), "register/ask_date")
    answer(desk.says(desk.clerk, "19 November"), "register/ask_subject")
    assert "5 nomor tercatat" in answer(desk.says(desk.clerk, "Surat sebelum bot"), "register/recorded").words


# --- void


def void(desk, number=NUMBER, reason="Salah tulis."):
    asked = answer(desk.presses(desk.clerk, Choice("register.void", desk.entries()[number].id)), "register/ask_void")
    return asked, answer(desk.says(desk.clerk, reason), "register/voided")


def test_the_number_of_an_unsent_letter_is_void_and_the_letter_a_draft_again(desk):
    desk.numbers()
    asked, _ = void(desk)
    assert "menjadi rancangan lagi" in asked.words
    assert desk.letter().state is LetterState.DRAFT
    entry = desk.entries()[NUMBER]
    assert (entry.state, entry.note) == (NumberState.VOID, "Salah tulis.")
    again = desk.presses(desk.clerk, Choice("letters.number", desk.task(), desk.letter().id))
    assert answer(again, "letters/ask_number").labels == [f"Pakai {NEXT}", f"Pakai lagi {NUMBER}"]


def test_a_number_that_went_out_is_not_void_but_its_letter_can_be_replaced(desk):
    desk.sends_letters()
    refused = desk.presses(desk.clerk, Choice("register.void", desk.entries()[NUMBER].id))
    assert answer(refused, "refusals/not_now").params["state"] == "surat_terkirim"


def test_a_return_is_written_to_the_book_with_its_reason(desk):
    desk.numbers()
    task = desk.task()
    desk.look(lambda uow: cycles.return_task(uow, desk.clerk, task, "Isi perlu diperbaiki", now=desk.now))
    assert (desk.entries()[NUMBER].state, desk.entries()[NUMBER].note) == (NumberState.VOID, "Isi perlu diperbaiki")


def test_a_number_that_was_changed_before_the_sending_leaves_a_gap_for_a_person_to_explain(desk):
    desk.numbers()
    desk.numbers(number="500.12/009/DISKOMINFO/XI/2026")
    assert "Nomor 001–008 belum tercatat dipakai" in desk.book().words


def test_the_suggestion_bears_the_class_of_its_kind_of_letter(monkeypatch):
    shipped = letters_desk.bundle()
    office = shipped.office.model_copy(update={"letters": {"surat_undangan": LetterHabits(classification="000.1.5")}})
    monkeypatch.setattr(letters_desk, "bundle", lambda: shipped.model_copy(update={"office": office}))
    desk = Registrar()
    for kind, suggested in (("surat_undangan", "000.1.5/001"), ("surat_permohonan_data", "500.12/001")):
        choice = Choice("letters.number", desk.task(), desk.letter(kind).id)
        labels = answer(desk.presses(desk.clerk, choice), "letters/ask_number").labels
        assert labels == [f"Pakai {suggested}/DISKOMINFO/XI/2026"]
    desk.database.close()


# --- units


def test_the_letterhead_of_the_signer_decides_the_register(desk):
    asked = answer(
        desk.presses(desk.clerk, Choice("letters.number", desk.task(), desk.letter().id)), "letters/ask_number"
    )
    dated = answer(desk.presses(desk.clerk, asked.choices[0]), "letters/ask_date")
    signer = answer(desk.presses(desk.clerk, dated.choices[0]), "letters/ask_signatory")
    other = answer(desk.presses(desk.clerk, signer.button("letters.signatory", "sekda")), "letters/other_unit")
    assert other.labels == ["Pakai 500.12/001/SETDA/XI/2026"]
    desk.presses(desk.clerk, other.choices[0])
    assert (desk.letter().number, desk.letter().unit) == ("500.12/001/SETDA/XI/2026", "SETDA")
    assert desk.entries() == {}  # what was held in the other book is let go
    shelf = answer(desk.press(desk.book(), "register.shelf"), "register/shelf")
    setda = next(c for c, label in zip(shelf.choices, shelf.labels, strict=True) if label == "SETDA, 2026")
    assert "500.12/002/SETDA" in answer(desk.presses(desk.clerk, setda), "register/book").words


# --- paper and roles


def test_the_book_is_printed_as_it_stands(desk):
    desk.numbers()
    desk.outside("4-6")
    said = answer(desk.press(desk.book(), "register.print"), "register/paper")
    paper = desk.look(lambda uow: uow.papers.get(said.attachment["paper"]))
    assert (paper.kind, paper.filename) == ("register_surat", "Register_Nomor_Surat_DISKOMINFO_2026.pdf")
    states = [(x["first"], x["last"], x["state"]) for x in paper.context["lines"]]
    assert states == [(1, 1, "terpakai"), (2, 3, "kosong"), (4, 6, "luar")]
    assert paper.context["lines"][0]["receivers"] == 3


@pytest.mark.parametrize("who", ["team", "kabid", "admin"])
def test_readers_see_the_book_and_print_it_but_change_nothing(desk, who):
    desk.numbers(number="500.12/003/DISKOMINFO/XI/2026")
    page, reader = desk.book(getattr(desk, who)), getattr(desk, who)
    assert [c.action for c in page.choices] == ["register.pick", "register.print", "register.shelf"]
    answer(desk.press(page, "register.print", reader), "register/paper")
    picked = answer(desk.press(page, "register.pick", reader), "register/pick")
    shown = answer(desk.press(picked, "register.entry", reader), "register/entry")
    assert [c.action for c in shown.choices] == ["register.show"]
    entry = desk.entries()["500.12/003/DISKOMINFO/XI/2026"].id
    place = page.button("register.print").id
    answer(desk.presses(reader, Choice("register.void", entry)), "refusals/not_yours")
    for action in ("register.gap", "register.gap_void", "register.gap_outside"):
        answer(desk.presses(reader, Choice(action, place, "1-2")), "refusals/not_yours")
    answer(desk.presses(reader, Choice("register.outside", place)), "refusals/not_yours")


@pytest.mark.parametrize("who", ["health", "city"])
def test_the_others_do_not_see_the_book(desk, who):
    answer(desk.commands(getattr(desk, who), "register"), "refusals/not_yours")


@pytest.mark.parametrize("place", ["", "x", "2026", "2026.99", "20260.0", "2026.0.0", "2020.0"])
def test_a_forged_book_is_not_found(desk, place):
    answer(desk.presses(desk.clerk, Choice("register.show", place, "0")), "refusals/nothing_there")
