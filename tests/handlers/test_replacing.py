"""Letters after the sending: replaced by a new one with a number of its own, or revoked with a reason (SOP step 3)."""

from dataclasses import replace
from datetime import date, time

import pytest

from sop.actions import papers, void
from sop.cycle import CycleState
from sop.delivery import deliver_to_newcomer
from sop.letters import LetterState
from sop.outgoing import Choice
from sop.preparation import Preparation
from sop.register import NumberState
from tests.handlers.keeping import kept
from tests.handlers.letters_desk import answer
from tests.handlers.test_register import Registrar
from tests.handlers.test_step3 import NEXT, NUMBER

THIRD = "500.12/003/DISKOMINFO/XI/2026"


class Replacing(Registrar):
    """Both letters were sent yesterday, and received by Dinas Kesehatan."""

    def __init__(self) -> None:
        super().__init__()
        question = answer(self.sends_letters(), "letter_received_question")
        self.old_question = question.choices[0]
        self.presses(self.health, self.old_question)
        self.old = self.letter()
        self.passes(days=1)

    def new(self):
        return self.look(lambda uow: next(x for x in uow.letters.of_cycle(self.cycle) if x.replaces))

    def begins(self, reason="Tanggal rapat berubah."):
        listed = answer(self.press(answer(self.commands(self.clerk, "surat"), "letters/expedition"), "replace.sent"),
                        "replace/sent")  # fmt: skip
        one = answer(self.presses(self.clerk, listed.choices[0]), "replace/letter")
        answer(self.press(one, "replace.begin"), "replace/ask_reason")
        return answer(self.says(self.clerk, reason), "replace/ask_meeting")

    def drafts(self):
        self.begins()
        answer(self.says(self.clerk, "8 Desember 2026"), "replace/ask_clock")
        place = answer(self.says(self.clerk, "13.00"), "replace/ask_place")
        return answer(self.presses(self.clerk, place.choices[0]), "replace/drafted")

    def signs_new(self):
        drafted = self.drafts()
        asked = answer(self.press(drafted, "letters.number"), "letters/ask_number")
        dated = answer(self.presses(self.clerk, asked.choices[0]), "letters/ask_date")
        signer = answer(self.presses(self.clerk, dated.choices[0]), "letters/ask_signatory")
        numbered = answer(self.presses(self.clerk, signer.choices[0]), "letters/to_sign")
        self.press(numbered, "letters.upload")
        self.sends(self.clerk, "pindai.pdf")
        self.arrives(sha="cd")
        stored = answer(self.said(), "file_stored")
        return answer(self.press(stored, "replace.one"), "replace/one")

    def replaces(self):
        asked = answer(self.press(self.signs_new(), "replace.send"), "replace/ask_send")
        return self.press(asked, "replace.send_yes")


@pytest.fixture
def desk():
    made = kept(Replacing)
    yield made
    made.database.close()


# --- a new letter in its place


def test_the_letter_that_went_out_holds_until_the_new_one_is_sent(desk):
    ready = desk.signs_new()
    assert f"Nomor <code>{THIRD}</code>, sudah ditandatangani" in ready.words
    assert desk.look(lambda uow: uow.letters.get(desk.old.id)).state is LetterState.SENT
    assert desk.entries()[NUMBER].state is NumberState.USED


def test_the_new_letter_says_which_it_replaces_and_bears_the_new_meeting(desk):
    desk.signs_new()
    new = desk.new()
    paper = desk.look(lambda uow: uow.papers.get(new.final_paper))
    assert paper.context["replaces"] == {"number": NUMBER, "date": "2026-11-24"}
    assert paper.context["meeting"]["starts_at"].startswith("2026-12-08T13:00")
    assert paper.context["head"]["number"] == THIRD


def test_sending_it_reaches_everybody_and_asks_each_for_diterima_again(desk):
    said = desk.replaces()
    done = answer(said, "replace/replaced")
    assert "Lewat bot: 1 perangkat daerah" in done.words
    assert "Dinas Sosial" in done.words
    letter = answer(said, "letter_replaced")
    assert letter.person == desk.health.id
    assert f"<code>{THIRD}</code>, Rabu, 25 November 2026, menggantikan nomor <code>{NUMBER}</code>" in letter.words
    assert "Tanggal rapat berubah." in letter.words
    question = answer(said, "letter_received_question")
    assert THIRD in question.words
    assert NEXT not in question.words
    group = [s for s in said if s.template == "group/letter_replaced"]
    assert group == []  # no group is bound
    answer(desk.presses(desk.health, desk.old_question), "refusals/not_now")
    answer(desk.presses(desk.health, question.choices[0]), "letters/received")
    assert desk.deliveries()["dinas_kesehatan"].received_by == "Dewi"


def test_register_meeting_and_documents_show_what_became_of_the_old_one(desk):
    desk.replaces()
    assert desk.entries()[NUMBER].state is NumberState.REPLACED
    assert desk.entries()[NUMBER].note == "Tanggal rapat berubah."
    assert desk.entries()[THIRD].state is NumberState.USED
    sheet = desk.look(lambda uow: Preparation.from_json(dict(uow.cycles.get(desk.cycle).sheet)))
    assert (sheet.meeting.day, sheet.meeting.clock) == (date(2026, 12, 8), time(13))
    for who in (desk.health, desk.clerk):
        listed = answer(desk.commands(who, "dokumen"), "documents/list")
        assert any(THIRD[:10] in label for label in listed.labels)
        old = answer(desk.press(listed, "docs.cycle", who), "documents/list") if who is desk.health else None
        if old is not None:
            assert any("· diganti" in label for label in old.labels)
            marked = answer(desk.press(old, "docs.send", who), "documents/no_more")
            assert f"Sudah diganti dengan nomor <code>{THIRD}</code>" in marked.words
            assert marked.attachment["paper"] == desk.old.signed_paper


def test_the_expedition_list_begins_anew_with_the_numbers_that_hold(desk):
    desk.replaces()
    page = answer(desk.commands(desk.clerk, "surat"), "letters/expedition")
    assert f"{THIRD}" in page.words
    assert NUMBER not in page.words
    assert "Diterima: 0 dari 3" in page.words


def test_who_joins_later_gets_the_letters_that_hold(desk):
    desk.replaces()
    newcomer = desk.member("Fajar", "opd", "dlh")
    desk.look(lambda uow: deliver_to_newcomer(uow, newcomer.id, desk.now))
    mine = [s for s in desk.said() if s.person == newcomer.id]
    assert [THIRD in s.words or NEXT in s.words for s in mine[:2]] == [True, True]
    question = answer(mine, "letter_received_question")
    assert NUMBER not in question.words
    answer(desk.presses(newcomer, question.choices[0]), "letters/received")


def test_without_another_meeting_the_letter_is_drafted_at_once(desk):
    asked = desk.begins("Nama pejabat keliru.")
    assert "Kamis, 3 Desember 2026 pukul 09.00 WIB, Smart Room Center" in asked.words
    answer(desk.press(asked, "replace.same_meeting"), "replace/drafted")
    assert desk.new().changes == {}


def test_the_data_request_keeps_the_tenggat_that_the_agencies_have(desk):
    listed = answer(desk.presses(desk.clerk, Choice("replace.sent", desk.cycle)), "replace/sent")
    request = next(c for c, text in zip(listed.choices, listed.labels, strict=True) if text == "Surat Permohonan Data")
    one = answer(desk.presses(desk.clerk, request), "replace/letter")
    desk.press(one, "replace.begin")
    drafted = answer(desk.says(desk.clerk, "Daftar lampiran keliru."), "replace/drafted")
    desk.presses(desk.clerk, answer(desk.press(drafted, "letters.number"), "letters/ask_number").choices[0])
    desk.presses(desk.clerk, Choice("letters.date", desk.task(), "2026-11-25"))
    desk.presses(desk.clerk, Choice("letters.signatory", desk.task(), "kepala_dinas"))
    new = desk.new()
    paper = desk.look(lambda uow: uow.papers.get(new.final_paper))
    assert paper.context["limit"].startswith("2026-12-08")  # not counted anew from the 25th


def test_a_replacement_can_be_given_up_and_its_number_is_void(desk):
    ready = desk.signs_new()
    asked = answer(desk.press(ready, "replace.drop"), "replace/ask_drop")
    assert f"Nomor <code>{THIRD}</code> menjadi batal" in asked.words
    answer(desk.press(asked, "replace.drop_yes"), "replace/dropped")
    assert desk.entries()[THIRD].state is NumberState.VOID
    assert desk.look(lambda uow: uow.letters.get(desk.old.id)).state is LetterState.SENT
    answer(desk.press(ready, "replace.send"), "refusals/not_now")


def test_one_letter_has_one_replacement_at_a_time_and_an_unsigned_one_stays_here(desk):
    drafted = desk.drafts()
    new = desk.new()
    for action in ("replace.letter", "replace.begin", "replace.revoke"):
        refused = answer(desk.presses(desk.other, Choice(action, desk.old.id)), "refusals/not_now")
        assert refused.params["state"] == "pengganti_disiapkan"
    answer(desk.presses(desk.clerk, Choice("replace.send", new.id)), "refusals/incomplete")
    assert [c.action for c in drafted.choices] == ["letters.number", "letters.look", "replace.drop"]
    page = answer(desk.commands(desk.clerk, "surat"), "letters/expedition")
    assert "Surat pengganti sedang disiapkan" in page.words


def test_a_return_of_a_later_step_leaves_a_replacement_alone(desk):
    desk.signs_new()
    cycle = desk.look(lambda uow: uow.cycles.get(desk.cycle))
    assert desk.look(lambda uow: void.unsent(uow, cycle)) == ()


# --- nothing in its place


def revokes(desk, reason="Kegiatan ditunda."):
    one = answer(desk.presses(desk.clerk, Choice("replace.letter", desk.old.id)), "replace/letter")
    answer(desk.press(one, "replace.revoke"), "replace/ask_revoke")
    asked = answer(desk.says(desk.clerk, reason), "replace/confirm_revoke")
    return asked, desk.press(asked, "replace.revoke_yes")


def test_a_revoked_letter_is_told_to_whoever_got_it_and_stays_readable_marked(desk):
    asked, said = revokes(desk)
    assert "Pembatalan tidak dapat ditarik" in asked.words
    told = answer(said, "letter_revoked")
    assert told.person == desk.health.id
    assert "Kegiatan ditunda." in told.words
    answer(said, "replace/revoked")
    assert desk.entries()[NUMBER].state is NumberState.REVOKED
    page = answer(desk.commands(desk.clerk, "surat"), "letters/expedition")
    assert NEXT in page.words
    assert NUMBER not in page.words
    paper = desk.look(lambda uow: uow.papers.get(desk.old.signed_paper))
    cycle = desk.look(lambda uow: uow.cycles.get(desk.cycle))
    assert desk.look(lambda uow: papers.no_more(uow, cycle, paper)).state is LetterState.REVOKED
    answer(desk.press(asked, "replace.revoke_yes"), "refusals/dialogue_closed")


def test_when_all_letters_are_revoked_the_expedition_list_still_says_what_went_out(desk):
    revokes(desk)
    desk.old = desk.look(lambda uow: next(x for x in uow.letters.of_cycle(desk.cycle)))
    revokes(desk, "Semua ditunda.")
    page = answer(desk.commands(desk.clerk, "surat"), "letters/expedition")
    assert "sudah dibatalkan" in page.words
    assert "replace.sent" not in [c.action for c in page.choices]
    answer(desk.press(page, "letters.print"), "letters/expedition_paper")


def test_only_the_secretariat_and_only_while_the_cycle_runs(desk):
    for who in (desk.team, desk.kabid, desk.health, desk.city, desk.admin):
        for action, id in (("sent", desk.cycle), ("letter", desk.old.id), ("begin", desk.old.id)):
            answer(desk.presses(who, Choice(f"replace.{action}", id)), "refusals/not_yours")
    desk.look(lambda uow: uow.cycles.save(replace(uow.cycles.get(desk.cycle), state=CycleState.SUSPENDED)))
    answer(desk.presses(desk.clerk, Choice("replace.sent", desk.cycle)), "refusals/not_now")
    answer(desk.presses(desk.clerk, Choice("replace.revoke", desk.old.id)), "refusals/not_now")


def test_what_replaces_nothing_or_was_not_sent_is_refused(desk):
    answer(desk.presses(desk.clerk, Choice("replace.one", desk.old.id)), "refusals/nothing_there")
    answer(desk.presses(desk.clerk, Choice("replace.letter", "x")), "refusals/nothing_there")
    desk.drafts()
    answer(desk.presses(desk.clerk, Choice("replace.letter", desk.new().id)), "refusals/not_now")


@pytest.mark.parametrize("reason", [" ", "x" * 301])
def test_a_reason_is_asked_until_it_fits_the_agencies_message(desk, reason):
    one = answer(desk.presses(desk.clerk, Choice("replace.letter", desk.old.id)), "replace/letter")
    desk.press(one, "replace.begin")
    assert answer(desk.says(desk.clerk, reason), "refusals/bad_input").params["field"] == "reason"
    answer(desk.says(desk.clerk, "Tanggal berubah."), "replace/ask_meeting")
    answer(desk.says(desk.clerk, "1 November 2026"), "refusals/bad_input")
    answer(desk.says(desk.clerk, "besok lusa"), "refusals/bad_input")
