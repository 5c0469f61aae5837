"""/cek at the desk: a code for every numbered paper, what it answers to anybody, and what it never tells."""

from types import SimpleNamespace

import pytest

from handlers import everyone, letter_copies, letter_numbering
from handlers.claims import CommandGiven, QuestionAnswered
from handlers.everyone import command_name
from handlers.registry import Registry
from handlers.steps import step_3_delivery, step_3_letters
from sop.actions import arrivals, cycles
from sop.ports import StoredFile
from sop.verification import PURPOSE, show_code
from storage.tables.queues import IncomingFileRow, StoredFileRow
from tests.handlers.keeping import kept
from tests.handlers.letters_desk import answer
from tests.handlers.test_step3 import NUMBER, Third

STRANGER = SimpleNamespace(person=SimpleNamespace(telegram_id=99), name="Orang Asing")
PRINTED, SIGNED, FOREIGN = "a" * 64, "b" * 64, "c" * 64


class Office(Third):
    """Step 3 with /start and /cek."""

    def __init__(self) -> None:
        known: list[Registry] = []
        general = everyone.make(lambda: known[0], on_loose_upload=lambda turn: None)
        mine = [d for d in general.dialogues if d.key in ("start", "verification")]
        super().__init__()
        steps = (step_3_letters, letter_copies, letter_numbering, step_3_delivery)
        self.registry = Registry((*mine, *(s.DIALOGUE for s in steps)))
        self.own = ("check", "start", "refusals", "letter")
        known.append(self.registry)

    def writes(self, who, text):
        """A command with what stands behind it."""
        command = next(c for c in self.registry.commands() if c.name == command_name(text))
        return self._run(self._written(who, text=text), CommandGiven(command))

    def codes(self, kind="surat_undangan"):
        letter = self.letter(kind).id
        return self.look(lambda uow: uow.verifications.of_letter(letter))

    def prints(self, sha=PRINTED):
        paper = self.codes()[-1].paper
        self.look(lambda uow: uow.papers.printed(paper, StoredFile(sha, 1000, "application/pdf", 2)))

    def comes_back_signed(self):
        self.signs()
        signed = self.codes()[-1].signed_paper
        return self.look(lambda uow: uow.papers.get(signed)).sha256

    def hashed(self, sha):
        """The worker has taken the hash of what was sent to be checked."""

        def work(uow):
            incoming = uow.files.claim(self.now)
            assert incoming.purpose == PURPOSE
            arrivals.file_arrived(uow, incoming, StoredFile(sha, 1000, "application/pdf"), now=self.now)

        self.said()
        self.look(work)
        return answer(self.said(), "check/file").words

    def sends_to_be_checked(self, sha, code="", who=STRANGER):
        self.writes(who, f"/cek {code}".strip())
        answer(self.sends(who, "surat.pdf"), "check/reading")
        return self.hashed(sha)


@pytest.fixture
def office():
    made = kept(Office)
    yield made
    made.database.close()


@pytest.fixture
def code(office):
    office.numbers()
    office.prints()
    return show_code(office.codes()[-1].code)


def test_a_numbered_letter_bears_its_code_and_a_draft_has_none(office):
    assert office.codes() == ()
    office.numbers()
    (found,) = office.codes()
    paper = office.look(lambda uow: uow.papers.get(found.paper))
    mark = paper.context["verification"]
    assert mark["code"] == show_code(found.code)
    assert mark["link"] == f"https://t.me/monev_spbe_bot?start=cek-{found.code}"


@pytest.mark.parametrize("way", ["/start cek-{raw}", "/cek {code}", "/cek {small}", "/cek"])
def test_a_stranger_learns_number_subject_date_signer_and_state_by_every_way(office, code, way):
    raw = code.replace("-", "")
    said = office.writes(STRANGER, way.format(raw=raw, code=code, small=raw.lower()))
    if way == "/cek":
        assert answer(said, "check/ask").labels == ["Selesai"]
        said = office.says(STRANGER, code)
    words = answer(said, "check/answer").words
    for told in (NUMBER, "Selasa, 24 November 2026", "Hal: Undangan", "Kepala Dinas Komunikasi dan Informatika"):
        assert told in words
    assert "belum ditandatangani" in words


def test_the_answer_names_no_person_and_nothing_of_the_content(office, code):
    words = answer(office.writes(STRANGER, f"/cek {code}"), "check/answer").words
    for hidden in ("Smart Room", "Permintaan data", "Dinas Kesehatan", "NIP", "Hendra", "Rani", "Sari"):
        assert hidden not in words


def test_a_code_that_nobody_gave_out_is_answered_with_one_courteous_sentence(office, code):
    said = office.writes(STRANGER, "/cek 0000-0000-0000")
    words = answer(said, "check/unknown").words
    assert "tidak tercatat" in words
    assert "500.12" not in words
    again = answer(office.says(STRANGER, "entah"), "check/unknown").words
    assert "12 huruf dan angka" in again
    answer(office.says(STRANGER, code), "check/answer")


def test_a_paper_that_came_back_signed_is_in_force(office, code):
    office.comes_back_signed()
    words = answer(office.writes(STRANGER, f"/cek {code}"), "check/answer").words
    assert "berlaku" in words
    assert "sejak Selasa, 24 November 2026 pukul" in words


def test_a_letter_numbered_anew_replaces_the_paper_before(office, code):
    office.passes(minutes=5)
    office.numbers(number="500.12/077/DISKOMINFO/XI/2026")
    words = answer(office.writes(STRANGER, f"/cek {code}"), "check/answer").words
    assert "diganti" in words
    assert NUMBER in words
    fresh = show_code(office.codes()[-1].code)
    assert "500.12/077" in answer(office.writes(STRANGER, f"/cek {fresh}"), "check/answer").words


def test_a_return_makes_the_paper_void(office, code):
    task = office.task()
    office.look(lambda uow: cycles.return_task(uow, office.clerk, task, "Isi surat perlu diperbaiki", now=office.now))
    assert "dibatalkan" in answer(office.writes(STRANGER, f"/cek {code}"), "check/answer").words


def test_no_paper_of_a_cancelled_cycle_is_in_force_until_it_is_taken_up_again(office, code):
    office.comes_back_signed()

    def whole(act):
        office.look(lambda uow: cycles.change_whole(uow, office.kabid, act, office.cycle, "Anggaran", now=office.now))

    office.passes(minutes=7)
    whole("cancel")
    words = answer(office.writes(STRANGER, f"/cek {code}"), "check/answer").words
    assert "dibatalkan" in words
    assert "08.07" in words
    whole("reopen")
    assert "berlaku" in answer(office.writes(STRANGER, f"/cek {code}"), "check/answer").words


def test_the_very_file_is_told_from_its_signed_copy_and_from_any_other(office, code):
    signed = office.comes_back_signed()
    assert "sama persis" in office.sends_to_be_checked(PRINTED, code)
    assert "salinan bertanda tangan" in office.sends_to_be_checked(signed, code)
    other = office.sends_to_be_checked(FOREIGN, code)
    assert "bukan" in other
    assert "kirim sebagai dokumen, bukan foto" in other
    assert "tidak pernah sama persis" in other


def test_a_file_without_a_code_is_recognised_by_itself(office, code):
    words = office.sends_to_be_checked(PRINTED)
    assert "sama persis" in words
    assert NUMBER in words
    assert "tidak sama dengan naskah bernomor mana pun" in office.sends_to_be_checked(FOREIGN)


def test_a_file_of_another_paper_is_not_taken_for_the_one_asked_for(office, code):
    office.passes(minutes=1)
    office.numbers(number="500.12/077/DISKOMINFO/XI/2026")
    office.prints(FOREIGN)
    words = office.sends_to_be_checked(FOREIGN, code)
    assert "bukan milik kode" in words
    assert "500.12/077" in words


def test_nothing_of_a_file_that_was_checked_is_kept(office, code):
    office.sends_to_be_checked(FOREIGN, code)

    def left(uow):
        kept = [r.sha256 for r in uow.session.query(StoredFileRow)]
        return kept, uow.session.query(IncomingFileRow).count()

    kept, incoming = office.look(left)
    assert FOREIGN not in kept
    assert incoming == 0


def test_a_file_that_cannot_be_fetched_is_told_and_forgotten(office, code):
    office.writes(STRANGER, "/cek")
    office.sends(STRANGER, "surat.pdf")

    def work(uow):
        arrivals.file_failed(uow, uow.files.claim(office.now), "gone", now=office.now)
        return uow.session.query(IncomingFileRow).count()

    assert office.look(work) == 0
    assert "Mohon kirim ulang" in answer(office.said(), "check/failed").words


def test_a_photo_an_album_and_a_file_too_large_get_advice_and_are_not_fetched(office, code):
    office.writes(STRANGER, "/cek")
    photo = {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9, "file_size": 9}]}
    said = office._run(office._written(STRANGER, **photo), QuestionAnswered())
    assert "sebagai dokumen" in answer(said, "check/as_document").words
    answer(office.sends(STRANGER, "satu.pdf", album="7"), "check/one_file")
    assert "terlalu besar" in office.sends(STRANGER, "besar.pdf", size=21 * 1024 * 1024)[-1].words
    assert "“kosong.pdf” kosong" in office.sends(STRANGER, "kosong.pdf", size=0)[-1].words
    assert office.look(lambda uow: uow.files.claim(office.now)) is None
    answer(office.sends(STRANGER, "surat.pdf"), "check/reading")


def test_one_person_may_ask_so_often_within_an_hour_and_others_are_not_bound_by_it(office, code):
    most = office.look(lambda uow: uow.office.office.checks_per_hour)
    for _ in range(most):
        answer(office.writes(STRANGER, "/cek 0000-0000-0000"), "check/unknown")
        office.passes(minutes=1)
    refused = answer(office.writes(STRANGER, f"/cek {code}"), "refusals/too_many_checks").words
    assert "Selasa, 24 November 2026 pukul 09.00 WIB" in refused
    assert "500.12" not in refused
    answer(office.writes(office.health, f"/cek {code}"), "check/answer")
    office.passes(minutes=60 - most)
    answer(office.writes(STRANGER, f"/cek {code}"), "check/answer")


def test_the_end_closes_the_question(office, code):
    asked = answer(office.writes(STRANGER, "/cek"), "check/ask")
    answer(office.presses(STRANGER, asked.choices[0]), "check/done")
    assert office.look(lambda uow: uow.dialogues.open(99, 99)) is None
