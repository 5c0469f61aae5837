"""Step 4 as an OPD lives it: what is asked, sending, loose files, absence, questions, handing over."""

from itertools import cycle, product

import pytest

from handlers.buttons import encode
from sop.evidence import ItemState
from sop.refusals import Refused
from tests.handlers.evidence_desk import BUDI, DEWI, RINA, SARI, TONI, EvidenceDesk, tap


@pytest.fixture
def desk():
    return EvidenceDesk()


def begin_sending(desk, code="I12", who=RINA):
    said = desk.taps(who, tap(desk.says(who, "/unggah"), code))
    return desk.taps(who, tap(said, "Kirim berkas"))


def templates(said):
    return [s.template for s in said]


# --- sending


def test_a_file_sent_to_a_chosen_item_is_kept_and_its_sender_hears_what_is_left(desk):
    begin_sending(desk)
    assert templates(desk.sends(RINA, "SK.pdf")) == ["evidence/being_stored"]
    (receipt,) = desk.arrives()
    assert receipt.template == "evidence_stored"
    assert "SK.pdf" in receipt.words
    assert "Terisi 1 dari 3 butir. Belum lengkap: U1, I33." in receipt.words
    item = desk.item("I12")
    assert item.state is ItemState.UPLOADED
    assert item.current_files[0].state == "tersimpan"
    assert desk.question(RINA) == "evidence.upload"  # more may come


def test_an_album_gets_one_word_when_it_comes_and_one_when_it_is_kept(desk):
    begin_sending(desk)
    said = [*desk.sends(RINA, "a.pdf", album="7"), *desk.sends(RINA, "b.pdf", album="7")]
    said += desk.sends(RINA, "c.pdf", album="7")
    assert templates(said) == ["evidence/being_stored"]
    (receipt,) = desk.arrives()
    assert "3 berkas tersimpan" in receipt.words


def test_the_same_file_twice_in_an_item_counts_once(desk):
    begin_sending(desk)
    desk.sends(RINA, "SK.pdf")
    desk.arrives(content=b"sama")
    desk.sends(RINA, "SK salinan.pdf")
    (receipt,) = desk.arrives(content=b"sama")
    assert "sama persis dengan <code>SK.pdf</code>" in receipt.words
    assert [f.filename for f in desk.item("I12").current_files] == ["SK.pdf"]


def test_the_same_file_in_another_item_counts_there_too(desk):
    begin_sending(desk)
    desk.sends(RINA, "SK.pdf")
    desk.arrives(content=b"sama")
    begin_sending(desk, "I33")
    desk.sends(RINA, "SK.pdf")
    (receipt,) = desk.arrives(content=b"sama")
    assert "tetap dicatat juga di sini" in receipt.words
    assert len(desk.item("I33").current_files) == 1


@pytest.mark.parametrize(
    ("size", "template", "button"),
    [(34 * 1024 * 1024, "evidence/too_large", "Daftarkan tautan"), (0, "evidence/too_empty", None)],
)
def test_a_file_that_cannot_be_taken_is_refused_with_a_way_out_and_the_question_stays(desk, size, template, button):
    begin_sending(desk)
    (said,) = desk.sends(RINA, "rekaman.mp4", size=size)
    assert said.template == template
    assert button is None or button in said.labels
    assert desk.item("I12").files == ()
    assert desk.question(RINA) == "evidence.upload"


def test_a_photo_is_accepted_with_advice(desk):
    begin_sending(desk)
    (said,) = desk.sends(RINA, photo=True)
    assert "kirim sebagai File" in said.words
    assert len(desk.item("I12").files) == 1


def test_a_link_typed_while_files_are_awaited_is_registered_once(desk):
    begin_sending(desk)
    for _ in range(2):
        (said,) = desk.says(RINA, "https://contoh.go.id/sk")
        assert said.template == "evidence/link_added"
    assert [f.link for f in desk.item("I12").current_files] == ["https://contoh.go.id/sk"]
    (said,) = desk.says(RINA, "nanti ya")
    assert said.template == "evidence/not_a_link"


def test_going_elsewhere_closes_the_question_so_that_no_file_lands_where_nobody_looks(desk):
    begin_sending(desk)
    desk.taps(RINA, tap(desk.says(RINA, "/berkas"), "Lihat daftar"))
    assert desk.question(RINA) == ""
    (said,) = desk.sends(RINA, "scan.pdf")
    assert said.template == "evidence/which_item"


def test_a_file_whose_bytes_do_not_fit_its_name_is_kept_with_a_warning(desk):
    begin_sending(desk)
    desk.sends(RINA, "SK.pdf")
    (receipt,) = desk.arrives(agrees=False)
    assert "tidak cocok dengan jenis" in receipt.words


# --- replacing and withdrawing


def test_a_replacement_is_the_next_version_and_the_old_one_stays_in_the_history(desk):
    desk.fills(RINA, "I12")
    old = desk.item("I12").files[0]
    desk.taps(RINA, encode("evidence.replace", old.id))
    desk.sends(RINA, "SK final.pdf")
    desk.arrives()
    item = desk.item("I12")
    assert [(f.filename, f.version) for f in item.current_files] == [("SK final.pdf", 2)]
    assert item.file(old.id).withdrawn_at is not None
    (said,) = desk.taps(RINA, encode("evidence.history", item.id))
    assert "I12_berkas.pdf" in said.words
    assert "ditarik" in said.words


def test_what_was_to_be_replaced_counts_again_when_the_replacement_cannot_be_fetched(desk):
    desk.fills(RINA, "I12")
    old = desk.item("I12").files[0]
    desk.taps(RINA, encode("evidence.replace", old.id))
    desk.sends(RINA, "SK final.pdf")
    desk.arrives(fails="gone")
    item = desk.item("I12")
    assert [f.id for f in item.current_files] == [old.id]
    assert item.state is ItemState.UPLOADED


def test_a_withdrawal_is_asked_once_more_and_empties_the_item(desk):
    desk.fills(RINA, "I12")
    file = desk.item("I12").files[0]
    said = desk.taps(RINA, encode("evidence.withdraw", file.id))
    desk.taps(RINA, tap(said, "Ya, tarik"))
    assert desk.item("I12").state is ItemState.NONE
    (again,) = desk.taps(RINA, tap(said, "Ya, tarik"))[:1]
    assert "sudah ditarik" in again.words


def test_a_stored_file_comes_back_byte_for_byte_to_those_who_may_see_it_only(desk):
    desk.fills(RINA, "I12")
    file = desk.item("I12").files[0]
    see = encode("evidence.see", file.id)
    for who in (RINA, BUDI, TONI):
        (said,) = desk.taps(who, see)
        assert said.attachment["sha256"] == file.sha256
    for who in (DEWI, 22):  # another agency, the Sekretariat
        said = desk.taps(who, see)
        assert not any(s.attachment.get("sha256") for s in said)
        assert templates(said) == ["refusals/not_yours"]


# --- loose files


@pytest.mark.parametrize(
    ("filename", "caption", "code"),
    [
        ("I12_SK.pdf", "", "I12"),
        ("i-12 lampiran.pdf", "", "I12"),
        ("SK ind 12.pdf", "", "I12"),
        ("scan.pdf", "untuk indikator 33", "I33"),
        ("scan.pdf", "U1", "U1"),
        ("I12_lama.pdf", "sebetulnya I33", "I33"),
    ],
)
def test_a_loose_file_with_a_code_is_filed_there(desk, filename, caption, code):
    (said,) = desk.sends(RINA, filename, caption=caption)
    assert said.template == "evidence/being_stored"
    assert len(desk.item(code).files) == 1


def test_a_loose_file_without_a_code_is_kept_until_its_item_is_chosen(desk):
    (asked,) = desk.sends(RINA, "scan003.pdf")
    assert asked.template == "evidence/which_item"
    assert desk.arrives() == []  # kept in silence
    assert desk.pending() == ["scan003.pdf"]
    desk.taps(RINA, tap(asked, "I33"))
    assert desk.pending() == []
    assert desk.item("I33").current_files[0].state == "tersimpan"
    (again,) = desk.taps(RINA, tap(asked, "U1"))  # the old button, a second tap
    assert again.template == "evidence/already_placed"
    assert desk.item("U1").files == ()


def test_a_loose_file_chosen_before_it_has_arrived_is_settled_when_it_does(desk):
    (asked,) = desk.sends(RINA, "scan003.pdf")
    desk.taps(RINA, tap(asked, "I33"))
    assert desk.item("I33").current_files[0].state == "diproses"
    (receipt,) = desk.arrives()
    assert receipt.template == "evidence_stored"
    assert desk.item("I33").current_files[0].state == "tersimpan"


def test_the_files_of_an_album_are_asked_for_one_after_another_and_the_rest_can_follow_the_first(desk):
    said = desk.sends(RINA, "a.pdf", album="9")
    for name in ("b.pdf", "c.pdf", "d.pdf"):
        desk.sends(RINA, name, album="9")
    said = desk.taps(RINA, tap(said, "I12"))
    assert "b.pdf" in said[0].words
    said = desk.taps(RINA, tap(said, "I33"))
    said = desk.taps(RINA, tap(said, "Semua ke I33"))
    assert said[0].template == "evidence/all_placed"
    assert [f.filename for f in desk.item("I12").files] == ["a.pdf"]
    assert sorted(f.filename for f in desk.item("I33").files) == ["b.pdf", "c.pdf", "d.pdf"]


def test_a_caption_counts_for_the_whole_album_before_and_after_it(desk):
    desk.sends(RINA, "a.pdf", album="9")
    desk.sends(RINA, "b.pdf", album="9", caption="Ini untuk I33")
    desk.sends(RINA, "c.pdf", album="9")
    desk.sends(RINA, "I12_d.pdf", album="9")
    assert sorted(f.filename for f in desk.item("I33").files) == ["a.pdf", "b.pdf", "c.pdf"]
    assert [f.filename for f in desk.item("I12").files] == ["I12_d.pdf"]
    assert desk.pending() == []


def test_a_loose_file_that_is_no_evidence_can_be_laid_aside(desk):
    asked = desk.sends(RINA, "undangan.pdf")
    desk.taps(RINA, tap(asked, "Abaikan"))
    assert desk.pending() == []
    assert desk.arrives() == []


def test_whoever_speaks_for_two_agencies_says_which_one(desk):
    desk.member(RINA, "Rina Lestari", "opd", desk.school)
    said = desk.says(RINA, "/unggah")
    assert said[0].template == "evidence/choose_opd"
    (asked,) = desk.sends(RINA, "I12_SK.pdf")  # both are asked for I12
    assert asked.template == "evidence/which_item"
    school = desk.office.opd(desk.school).short
    said = desk.taps(RINA, tap(asked, school))
    desk.taps(RINA, tap(said, "I12"))
    assert len(desk.item("I12", desk.school).files) == 1
    assert desk.item("I12").files == ()


def test_nobody_can_put_anothers_file_anywhere(desk):
    asked = desk.sends(RINA, "scan.pdf")
    said = desk.taps(BUDI, tap(asked, "I33"))
    assert templates(said) == ["refusals/nothing_there"]
    said = desk.taps(RINA, encode("evidence.assign", tap(asked, "I33").id, desk.item("I33", desk.school).id))
    assert templates(said) == ["refusals/not_yours"]
    assert desk.pending() == ["scan.pdf"]


def test_a_loose_file_is_not_kept_when_nothing_is_collected(desk):
    hand_over(desk)
    (said,) = desk.sends(RINA, "scan.pdf")
    assert said.template == "evidence/nothing_open"
    assert desk.pending() == []


# --- nothing to send


def test_an_absence_needs_an_explanation_and_no_files(desk):
    desk.fills(RINA, "I12")
    item = desk.item("I12")
    (said,) = desk.taps(RINA, encode("evidence.absent", item.id))
    assert said.template == "evidence/absent_has_files"
    desk.taps(RINA, tap(said, "Tarik semua"))
    assert desk.says(RINA, "tak ada")[0].template == "evidence/absent_short"
    desk.says(RINA, "Layanan ini dikelola dinas lain.")
    item = desk.item("I12")
    assert item.state is ItemState.DECLARED_ABSENT
    assert item.explanation == "Layanan ini dikelola dinas lain."
    assert desk.question(RINA) == ""


# --- questions to the team


def test_a_question_goes_to_the_team_and_the_first_answer_goes_back(desk):
    said = desk.taps(RINA, encode("evidence.ask_team", desk.task(desk.health).id))
    said = desk.says(RINA, "Apakah SK tahun 2025 boleh?")
    asked = [s for s in said if s.template == "evidence/team_asked"]
    assert {s.to for s in asked} == {desk.people[TONI], desk.people[SARI]}
    desk.taps(TONI, tap(asked, "Jawab"))
    desk.taps(SARI, tap(asked, "Jawab"))
    said = desk.says(TONI, "Boleh, bila masih berlaku.")
    (answer,) = [s for s in said if s.template == "evidence/team_answered"]
    assert answer.to == desk.people[RINA]
    assert "Boleh" in answer.words
    (late,) = desk.says(SARI, "Tidak boleh.")
    assert late.template == "refusals/already_decided"
    assert desk.question(SARI) == ""
    assert templates(desk.taps(BUDI, tap(asked, "Jawab"))) == ["refusals/not_yours"]


def test_an_open_question_does_not_hold_up_the_hand_over(desk):
    desk.taps(RINA, encode("evidence.ask_team", desk.task(desk.health).id))
    desk.says(RINA, "Apakah SK tahun 2025 boleh?")
    hand_over(desk)
    assert not desk.task(desk.health).open


# --- handing over


def hand_over(desk, who=RINA):
    said = desk.says(who, "/serahkan")
    label = "Tetap serahkan" if any("Tetap serahkan" in s.labels for s in said) else "Ya, serahkan"
    return desk.taps(who, tap(said, label))


def test_what_is_missing_is_named_and_can_be_handed_over_knowingly(desk):
    desk.fills(RINA, "I12")
    (asked,) = desk.says(RINA, "/serahkan")
    assert "Belum lengkap: <b>U1, I33</b>" in asked.words
    assert asked.labels == ["Lengkapi dulu", "Tetap serahkan"]
    said = desk.taps(RINA, tap(asked, "Tetap serahkan"))
    assert "evidence/handed_over" in templates(said)
    receipts = [s for s in said if s.template == "receipt"]
    assert {s.to for s in receipts} == {desk.people[RINA], desk.people[BUDI]}
    assert desk.task(desk.health).note == "Belum terisi: U1, I33"


def test_what_comes_late_says_so_in_the_answer_and_on_the_receipt(desk):
    desk.fills(RINA, "U1", "I12", "I33")
    desk.passes(days=60)
    said = hand_over(desk)
    answer = next(s for s in said if s.template == "evidence/handed_over")
    assert "diserahkan terlambat" in answer.words
    cycle = desk.look(lambda uow: uow.cycles.all()[0].id)
    (receipt,) = desk.look(lambda uow: uow.papers.of_cycle(cycle, kind="tanda_terima"))
    assert receipt.context["late"]["working_days"] > 20
    assert receipt.context["sender_acting"] is None


def test_nothing_is_handed_over_while_a_file_is_still_being_stored(desk):
    desk.sends(RINA, "I12_SK.pdf")
    (said,) = desk.says(RINA, "/serahkan")
    assert said.template == "evidence/still_storing"
    desk.arrives()
    (said,) = desk.taps(RINA, tap(said, "Coba serahkan lagi"))
    assert said.template == "evidence/hand_over"


def test_what_was_withdrawn_since_the_question_was_shown_is_asked_anew(desk):
    desk.fills(RINA, "U1", "I12", "I33")
    (asked,) = desk.says(RINA, "/serahkan")
    desk.taps(BUDI, encode("evidence.withdraw_yes", desk.item("I33").files[0].id))
    (said,) = desk.taps(RINA, tap(asked, "Ya, serahkan"))
    assert said.template == "evidence/hand_over"
    assert "I33" in said.words
    assert desk.task(desk.health).open


def test_files_without_an_item_are_named_before_the_hand_over(desk):
    desk.sends(RINA, "scan.pdf")
    (asked,) = desk.says(RINA, "/serahkan")
    assert "1 berkas kiriman Bapak/Ibu belum dipilih butirnya" in asked.words
    assert "Pilih butirnya" in asked.labels


def test_after_the_hand_over_everything_is_read_only_and_a_second_hand_over_is_told_who_was_first(desk):
    desk.fills(RINA, "I12")
    item = desk.item("I12")
    (asked,) = desk.says(BUDI, "/serahkan")
    begin_sending(desk)
    hand_over(desk)
    assert desk.question(RINA) == ""
    said = desk.taps(RINA, encode("evidence.item", item.id))
    assert "Kirim berkas" not in said[0].labels
    for data in ("evidence.send", "evidence.absent", "evidence.link"):
        assert templates(desk.taps(RINA, encode(data, item.id)))[:1] == ["refusals/already_decided"]
    said = desk.taps(RINA, encode("evidence.withdraw_yes", item.files[0].id))
    assert templates(said)[:1] == ["refusals/already_decided"]
    said = desk.taps(BUDI, tap(asked, "Tetap serahkan"))
    assert templates(said)[:1] == ["refusals/already_decided"]
    assert len(desk.item("I12").current_files) == 1


def test_a_colleague_of_the_same_agency_may_go_on_and_another_agency_may_not(desk):
    desk.fills(RINA, "I12")
    desk.fills(BUDI, "I33")
    assert {i.code for i in (desk.item("I12"), desk.item("I33")) if i.current_files} == {"I12", "I33"}
    said = desk.taps(DEWI, encode("evidence.send", desk.item("I12").id))
    assert templates(said)[:1] == ["refusals/not_yours"]
    said = desk.taps(DEWI, encode("evidence.list", desk.task(desk.health).id))
    assert templates(said)[:1] == ["refusals/not_yours"]


# --- whatever people type


def test_hostile_names_and_many_items_fit_into_every_screen():
    codes = tuple(f"I{n:02}" for n in range(1, 31))
    desk = EvidenceDesk(codes)
    name = "<b>&" * 60 + ".pdf"
    begin_sending(desk, "I01")
    for n in range(12):
        desk.sends(RINA, f"{n}{name}", album="1")
    desk.arrives()
    item = desk.item("I01")
    screens = [
        *desk.says(RINA, "/unggah"),
        *desk.says(RINA, "/berkas"),
        *desk.says(RINA, "/serahkan"),
        *desk.taps(RINA, encode("evidence.item", item.id)),
        *desk.taps(RINA, encode("evidence.history", item.id)),
        *desk.taps(RINA, encode("evidence.file", item.files[0].id)),
        *desk.taps(RINA, encode("evidence.see", item.files[0].id)),
        *desk.taps(RINA, encode("step.card", desk.task(desk.health).id)),
        *desk.sends(RINA, name),
    ]
    assert all(len(s.words) < 4096 for s in screens)
    assert all("<b>&<b>" not in s.words for s in screens)  # every name is escaped
    card = desk.look(
        lambda uow: desk.registry.card("evidence")(
            uow, desk.task_id(uow), uow.people.get(desk.people[RINA], desk.now), desk.now
        )
    )
    assert len(card.params["items"]) == 8
    assert card.params["more"] == 22


def test_every_refusal_of_the_rules_is_a_refusal_to_the_person_and_never_an_error(desk):
    ids = [desk.item("I12").id, desk.task(desk.health).id, desk.cycle, "tidakada00"]
    people = cycle((RINA, DEWI, TONI, 21))
    for action in desk.registry.actions():
        if not action.startswith(("evidence.", "review.")):
            continue
        for id, arg in product(ids, ("", "0", "u", "x", desk.item("I33").id)):
            who = next(people)  # four people, four ids, five arguments: everybody meets each of them
            desk.look(lambda uow, w=who: uow.dialogues.move(w, w, None, "", desk.now))
            try:
                desk.taps(who, encode(action, id, arg))
            except Refused:  # pragma: no cover - perform() turns every one into words
                pytest.fail(f"{action} {id} {arg}")
