"""The code on a numbered nota dinas (step 7): printed with the number, anew with the Kabid's tap; what /cek answers."""

from datetime import date
from types import SimpleNamespace

import pytest

from sop import papers
from sop.actions import arrivals, letters
from sop.actions.cycles import change_whole, return_task
from sop.actions.letters import GiveNumber
from sop.ports import Incoming, StoredFile
from sop.verification import link_of, show_code
from tests.handlers import letters_desk
from tests.handlers.closing_desk import ClosingDesk
from tests.handlers.keeping import kept
from tests.handlers.letters_desk import answer

STRANGER = SimpleNamespace(person=SimpleNamespace(telegram_id=99), name="Orang Asing")
NUMBER, OTHER = "500.12/778/DISKOMINFO/XI/2026", "500.12/779/DISKOMINFO/XI/2026"
PRINTED, SIGNED, FOREIGN = "a" * 64, "b" * 64, "e" * 64


class MemoDesk(ClosingDesk):
    """Step 7 and its nota dinas, with a stranger who asks."""

    def letter(self):
        return self.look(lambda uow: uow.letters.of_cycle(self.cycle, ("nota_dinas",))[-1])

    def memo(self):
        return papers.from_json("nota_dinas", self.papers("nota_dinas")[-1].context)

    def numbers_memo(self, number=NUMBER):
        task, command = self.task, GiveNumber(self.letter().id, number, date(2026, 11, 24), "ketua_tim")
        self.look(lambda uow: letters.number_letter(uow, self.team, task, command, bot_name="monev", now=self.now))

    def codes(self):
        letter = self.letter().id
        return self.look(lambda uow: uow.verifications.of_letter(letter))

    def memo_comes_back_signed(self):
        letter = self.letter()
        about = (f"{self.task}|{letter.id}", self.team.id, 1)
        incoming = Incoming("in-memo", "f", "pindai.pdf", "application/pdf", 2000, letters.SIGNED_COPY, *about)
        stored = StoredFile(SIGNED, 2000, "application/pdf", 2)
        self.look(lambda uow: arrivals.file_arrived(uow, incoming, stored, now=self.now))

    def asks(self, code):
        self.commands(STRANGER, "cek")
        return answer(self.says(STRANGER, show_code(code)), "check/answer").words

    def sends_to_be_checked(self, sha, code):
        self.asks(code)
        answer(self.sends(STRANGER, "nota.pdf"), "check/reading")

        def work(uow):
            incoming = uow.files.claim(self.now)
            arrivals.file_arrived(uow, incoming, StoredFile(sha, 1000, "application/pdf"), now=self.now)

        self.look(work)
        return answer(self.said(), "check/file").words


@pytest.fixture
def desk():
    made = kept(MemoDesk)
    made.reports("Catatan tetap.")
    made.said()
    return made


def test_a_numbered_nota_dinas_bears_a_code_that_tells_what_it_is(desk):
    assert desk.codes() == ()
    assert desk.memo().verification is None
    desk.numbers_memo()
    (found,) = desk.codes()
    assert desk.memo().verification == papers.VerificationMark(
        code=show_code(found.code), link=link_of("monev", found.code), bot="@monev"
    )
    words = desk.asks(found.code)
    for told in (
        "Nota Dinas",
        NUMBER,
        "Selasa, 24 November 2026",
        "Hal: Laporan Hasil Evaluasi Mandiri SPBE 2026",
        "Penanda tangan: Ketua Tim SPBE Diskominfo",
        "belum ditandatangani",
    ):
        assert told in words
    for hidden in ("Catatan tetap", "Rina", "NIP"):
        assert hidden not in words


def test_the_kabids_tap_prints_it_anew_under_a_code_of_its_own(desk):
    desk.numbers_memo()
    desk.passes(minutes=5)
    desk.acknowledges()
    first, second = desk.codes()
    assert desk.memo().verification.code == show_code(second.code)
    assert [a.verb for a in desk.memo().acknowledged] == ["diketahui"]
    assert desk.letter().final_paper == second.paper == desk.papers("nota_dinas")[-1].id
    assert "diganti" in desk.asks(first.code)
    assert "belum ditandatangani" in desk.asks(second.code)


def test_a_number_given_after_the_tap_comes_with_a_code_too(desk):
    desk.acknowledges()
    assert desk.memo().verification is None
    desk.numbers_memo()
    (found,) = desk.codes()
    assert desk.memo().verification.code == show_code(found.code)
    assert [a.verb for a in desk.memo().acknowledged] == ["diketahui"]


def test_numbered_anew_it_has_another_code_and_the_one_before_is_replaced(desk):
    desk.numbers_memo()
    desk.passes(minutes=5)
    desk.numbers_memo(OTHER)
    first, second = desk.codes()
    assert "diganti" in desk.asks(first.code)
    assert OTHER in desk.asks(second.code)


def test_signed_it_is_in_force_and_stays_so_when_the_kabid_takes_note(desk):
    desk.numbers_memo()
    desk.memo_comes_back_signed()
    desk.acknowledges()
    (found,) = desk.codes()
    assert "berlaku" in desk.asks(found.code)
    assert "belum" not in desk.asks(found.code).split("Keadaan")[1].split("\n")[0]


def test_a_return_makes_it_void_and_so_does_a_cancelled_cycle(desk):
    desk.numbers_memo()
    (found,) = desk.codes()
    desk.look(lambda uow: change_whole(uow, desk.kabid, "cancel", desk.cycle, "Anggaran", now=desk.now))
    assert "dibatalkan" in desk.asks(found.code)
    desk.look(lambda uow: change_whole(uow, desk.kabid, "reopen", desk.cycle, "Dilanjutkan", now=desk.now))
    assert "belum ditandatangani" in desk.asks(found.code)
    task = desk.task
    desk.look(lambda uow: return_task(uow, desk.kabid, task, "Nilai perlu dibahas.", to_step="rapat", now=desk.now))
    assert "dibatalkan" in desk.asks(found.code)


def test_a_file_is_told_from_its_signed_copy_and_from_any_other(desk):
    desk.numbers_memo()
    (found,) = desk.codes()
    desk.look(lambda uow: uow.papers.printed(found.paper, StoredFile(PRINTED, 1000, "application/pdf", 2)))
    desk.memo_comes_back_signed()
    assert "sama persis" in desk.sends_to_be_checked(PRINTED, found.code)
    assert "salinan bertanda tangan" in desk.sends_to_be_checked(SIGNED, found.code)
    assert "bukan" in desk.sends_to_be_checked(FOREIGN, found.code)


def test_where_the_office_does_not_number_it_the_nota_dinas_has_neither_number_nor_code(monkeypatch):
    shipped = letters_desk.bundle()
    numbering = shipped.office.numbering.model_copy(update={"memo_numbered": False})
    office = shipped.office.model_copy(update={"numbering": numbering})
    monkeypatch.setattr(letters_desk, "bundle", lambda: shipped.model_copy(update={"office": office}))
    desk = MemoDesk()
    desk.reports()
    desk.acknowledges()
    memo = desk.memo()
    assert (memo.numbered, memo.number, memo.verification) == (False, None, None)
    assert desk.look(lambda uow: uow.letters.of_cycle(desk.cycle, ("nota_dinas",))) == ()


def test_a_nota_dinas_without_number_cannot_bear_a_code(desk):
    desk.numbers_memo()
    numbered = desk.memo()
    with pytest.raises(ValueError, match="nothing to be verified"):
        papers.from_json("nota_dinas", papers.to_json(numbered) | {"number": None})


def test_a_nota_dinas_that_was_kept_before_it_had_codes_can_be_read(desk):
    kept = papers.to_json(desk.memo())
    del kept["verification"]
    assert papers.from_json("nota_dinas", kept) == desk.memo()
