"""Step 1: the checklist, its questions, the official files, the drafts, the hand-over; and what comes of a return."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.claims import QuestionAnswered
from sop import cycle as rules
from sop import preparation as sheets
from sop.actions import cycles, preparation
from sop.preparation import Meeting, TeamMember
from sop.refusals import BadInput
from sop.worktime import WIB
from tests.handlers.desk import MORNING
from tests.handlers.preparing_desk import (
    AYU,
    BUDI,
    DEWI,
    RINA,
    SARI,
    STRANGER,
    PreparingDesk,
    button,
    cards,
    labelled,
    only,
)


@pytest.fixture
def desk():
    return PreparingDesk()


@pytest.fixture
def task(desk):
    return desk.task("persiapan")


# --- the checklist


def test_the_checklist_shows_what_is_missing_and_offers_the_first_of_it(desk, task):
    card = desk.card(RINA, "persiapan")
    assert "⬜ Tim" in card.words
    assert "⬜ Formulir Evaluasi SPBE" in card.words
    assert [c.action for c in card.choices if c.style] == ["prepare.team"]
    desk.taps(RINA, f"prepare.team:{task}:")
    said = desk.says(RINA, "Rina Kartika - Ketua\nDedi Pratama - Anggota")
    assert "2 orang" in only(said, "prepare/team_kept").words
    assert {s.to for s in cards(said)} == {desk.people[RINA], desk.people[AYU]}  # the colleague's card follows
    assert "✅ Tim — 2 orang" in cards(said)[0].words
    card = desk.card(RINA, "persiapan")
    assert [c.action for c in card.choices if c.style] == ["prepare.readiness"]
    assert "Ubah tim" in card.labels


def test_the_command_opens_the_card_and_of_several_cycles_asks_which(desk, task):
    assert [s.template for s in desk.says(RINA, "/persiapan")] == ["card/prepare"]
    desk.opens("Evaluasi Mandiri SPBE 2027")
    which = only(desk.says(RINA, "/persiapan"), "prepare/which")
    assert sorted(which.labels) == ["Evaluasi Mandiri SPBE 2026", "Evaluasi Mandiri SPBE 2027"]
    assert cards(desk.taps(RINA, labelled(which, "2026")))[-1].template == "card/prepare"


def test_without_a_cycle_the_command_offers_to_open_one():
    desk = PreparingDesk(opened=False)
    said = only(desk.says(RINA, "/persiapan"), "prepare/nothing")
    only(desk.taps(RINA, button(said, "open.begin")), "open_cycle/ask_name")


def test_nobody_but_the_team_sees_what_is_being_prepared(desk, task):
    desk.fills()
    actions = [a for a in desk.registry.actions() if a.startswith("prepare.") and a != "prepare.open"]
    for who, why in ((BUDI, "not_yours"), (SARI, "not_yours"), (DEWI, "not_yours"), (STRANGER, "not_member")):
        for action in actions:
            said = desk.taps(who, f"{action}:{task}:formulir_evaluasi")
            assert {s.template for s in said} == {f"refusals/{why}"}, action
        shown = desk.taps(who, f"prepare.open:{task}:")
        assert not any("Smart Room Center" in s.words or "Rina" in s.words for s in shown)
    assert desk.sheet().members == (TeamMember("Rina Kartika", "Ketua"),)


def test_a_task_of_another_step_cannot_be_handed_over_by_the_buttons_of_step_1(desk, task):
    disposing = desk.hands_over()
    desk.member(AYU, "Ayu Lestari", "kabid")  # who may act on step 2 as well
    for action in ("prepare.submit", "prepare.submit_yes", "prepare.preview", "prepare.team", "prepare.skip_yes"):
        said = desk.taps(AYU, f"{action}:{disposing}:surat_edaran")
        assert {s.template for s in said} == {"refusals/nothing_there"}
    assert desk.task("disposisi") == disposing


# --- questions


def test_the_team_can_be_corrected_from_what_stands_there(desk, task):
    desk.taps(RINA, f"prepare.team:{task}:")
    desk.says(RINA, "1. Rina Kartika, S.Kom. - Ketua\n2. Siti Nur-Aini – Anggota\n\n• Budi; Sekretaris")
    assert [(m.name, m.post) for m in desk.sheet().members] == [
        ("Rina Kartika, S.Kom.", "Ketua"),
        ("Siti Nur-Aini", "Anggota"),
        ("Budi", "Sekretaris"),
    ]
    asked = only(desk.taps(RINA, f"prepare.team:{task}:"), "prepare/ask_team")
    assert "Siti Nur-Aini - Anggota" in asked.words
    assert "Susunan sekarang (3 orang)" in asked.words


def test_a_line_without_a_post_is_named_and_asked_again(desk, task):
    desk.taps(RINA, f"prepare.team:{task}:")
    assert "Baris “Dedi Pratama”" in only(desk.says(RINA, "Rina - Ketua\nDedi Pratama"), "refusals/bad_input").words
    many = "\n".join(f"Orang {n} - Anggota" for n in range(41))
    assert "paling banyak 40 orang" in only(desk.says(RINA, many), "refusals/bad_input").words
    assert "terlalu panjang" in only(desk.says(RINA, "x" * 101 + " - Ketua"), "refusals/bad_input").words
    only(desk.says(RINA, "Rina - Ketua"), "prepare/team_kept")
    assert desk.question(RINA) is None


def test_the_readiness_is_kept_whole_or_not_at_all(desk, task):
    asked = only(desk.taps(RINA, f"prepare.readiness:{task}:"), "prepare/ask_readiness")
    assert "paling banyak 1500 huruf" in only(desk.says(RINA, "x" * 1501), "refusals/bad_input").words
    assert "masih kosong" in only(desk.says(RINA, "   "), "refusals/bad_input").words
    only(desk.says(RINA, "Siap. " * 250), "prepare/readiness_kept")
    desk.taps(RINA, button(asked, "prepare.ready"))
    assert desk.sheet().readiness == desk.office.office.ready_sentence


def test_the_meeting_is_asked_in_four_steps_with_the_usual_answers_at_hand(desk, task):
    desk.taps(RINA, f"prepare.meeting:{task}:")
    clock = only(desk.says(RINA, "Kamis, 3 Desember 2026"), "prepare/ask_clock")
    assert "Kamis, 3 Desember 2026" in clock.words
    place = only(desk.taps(RINA, clock.choices[0]), "prepare/ask_place")
    agenda = only(desk.taps(RINA, place.choices[0]), "prepare/ask_agenda")
    kept = only(desk.taps(RINA, button(agenda, "prepare.agenda")), "prepare/meeting_kept")
    assert "Kamis, 3 Desember 2026 pukul 09.00 WIB" in kept.words
    office = desk.office.office
    assert desk.sheet().meeting == Meeting(date(2026, 12, 3), time(9), office.meeting_place, office.meeting_agenda)


def test_after_a_return_only_the_day_has_to_be_typed(desk, task):
    desk.fills()
    day = only(desk.taps(RINA, f"prepare.meeting:{task}:"), "prepare/ask_day")
    assert day.labels == ["Tetap Kamis, 3 Desember 2026"]
    clock = only(desk.says(RINA, "4/12/2026"), "prepare/ask_clock")
    assert clock.labels == ["Pukul 09.00", "Pukul 13.30"]
    place = only(desk.taps(RINA, clock.choices[0]), "prepare/ask_place")
    agenda = only(desk.taps(RINA, labelled(place, "Smart Room Center")), "prepare/ask_agenda")
    desk.taps(RINA, button(agenda, "prepare.agenda"))
    assert desk.sheet().meeting == Meeting(date(2026, 12, 4), time(9), "Smart Room Center", "Permintaan data")


@pytest.mark.parametrize(
    ("day", "sentence"),
    [("23 November 2026", "sudah lewat"), ("3/12/2206", "lebih dari setahun"), ("besok lusa", "belum terbaca")],
)
def test_a_day_on_which_no_meeting_can_be_is_asked_again(desk, task, day, sentence):
    desk.taps(RINA, f"prepare.meeting:{task}:")
    assert sentence in only(desk.says(RINA, day), "refusals/bad_input").words
    assert desk.question(RINA) == ("prepare.day", task)


def test_an_hour_of_today_that_has_passed_is_refused(desk, task):
    desk.taps(RINA, f"prepare.meeting:{task}:")
    desk.says(RINA, "24/11/2026")
    assert "sudah lewat" in only(desk.says(RINA, "jam 7.30"), "refusals/bad_input").words
    only(desk.says(RINA, "pukul 10:00 WIB"), "prepare/ask_place")


def test_a_holiday_is_pointed_out_but_allowed(desk, task):
    desk.taps(RINA, f"prepare.meeting:{task}:")
    assert "bukan hari kerja" in only(desk.says(RINA, "25 Desember"), "prepare/ask_clock").words


@pytest.mark.parametrize("data", ["prepare.clock:{}:09.00", "prepare.place:{}:0", "prepare.agenda:{}:"])
def test_a_button_of_a_meeting_that_is_settled_begins_with_the_day(desk, task, data):
    said = desk.taps(RINA, data.format(task))
    assert [s.template for s in said] == ["prepare/ask_day"]


def test_what_was_begun_survives_another_command_and_batal(desk, task):
    desk.taps(RINA, f"prepare.meeting:{task}:")
    desk.says(RINA, "3 Desember 2026")
    desk.says(RINA, "/batal")
    assert desk.draft(RINA, task)["day"] == "2026-12-03"
    only(desk.taps(RINA, f"prepare.clock:{task}:13.30"), "prepare/ask_place")


# --- official files


def test_a_file_is_waited_for_fetched_and_stands_on_everybodys_card(desk, task):
    desk.fills()
    desk.taps(RINA, f"prepare.upload:{task}:formulir_evaluasi")
    only(desk.says(RINA, "ini dia"), "prepare/want_file")
    only(desk.sends(RINA, "Formulir <1>.pdf"), "prepare/file_coming")
    assert "sedang disimpan" in desk.card(RINA, "persiapan").words
    waiting = desk.taps(RINA, f"prepare.submit:{task}:")
    assert "sedang disimpan" in only(waiting, "refusals/incomplete").words
    said = desk.arrives()
    assert only(said, "file_stored").choices[0].action == "prepare.open"
    assert {s.to for s in cards(said)} == {desk.people[RINA], desk.people[AYU]}
    assert "Formulir &lt;1&gt;.pdf" in cards(said)[0].words
    assert desk.sheet().skipped_papers == ("surat_edaran",)


def test_a_new_file_makes_the_drafts_unseen(desk, task):
    desk.fills()
    desk.taps(RINA, f"prepare.preview:{task}:")
    desk.taps(RINA, f"prepare.upload:{task}:surat_edaran")
    desk.sends(RINA, "Edaran.pdf")
    desk.arrives()
    assert "pratinjau" in only(desk.taps(RINA, f"prepare.submit:{task}:"), "refusals/incomplete").words


def test_a_file_that_comes_after_the_hand_over_does_not_change_what_the_kabid_has(desk, task):
    desk.fills()
    desk.taps(RINA, f"prepare.preview:{task}:")
    desk.taps(AYU, f"prepare.upload:{task}:surat_edaran")
    desk.sends(AYU, "Edaran.pdf")
    # The worker is still fetching; the hand-over is made by the rules alone, as before this file was sent.
    desk.look(lambda uow: _hand_over(uow, desk, task))
    late = only(desk.arrives(), "refusals/already_decided")
    assert late.to == desk.people[AYU]
    assert not desk.look(lambda uow: uow.papers.of_cycle(uow.cycles.current()[0].id, kind="surat_edaran"))


def _hand_over(uow, desk, task):
    cycle = uow.cycles.of_task(task)
    who = desk.who(uow, RINA)
    cycles.change(
        uow,
        cycle,
        None,
        desk.now,
        lambda c: rules.hand_over(c, task, who, time=uow.time, ids=uow.new_id, now=desk.now),
    )


def _sends(desk, who, **document):
    message = desk._message(who, None)
    album = document.pop("album", None)
    kind = document.pop("kind", "document")
    body = {"file_id": "f1", "file_unique_id": "u1", "file_size": 100} | document
    if kind != "document":
        body |= {"duration": 1, "width": 1, "height": 1}
    message |= {kind: body} | ({"media_group_id": album} if album else {})
    return desk._handle({"message": message}, QuestionAnswered())


def test_what_cannot_be_an_official_file_is_refused_and_the_question_stays(desk, task):
    desk.taps(RINA, f"prepare.upload:{task}:formulir_evaluasi")
    large = _sends(desk, RINA, file_name="besar.pdf", file_size=21 * 1024 * 1024)
    assert "besar.pdf" in only(large, "refusals/bad_input").words
    refused = only(_sends(desk, RINA, file_name="kosong.pdf", file_size=0), "refusals/bad_input")
    assert "“kosong.pdf” kosong" in refused.words
    film = _sends(desk, RINA, kind="video", mime_type="video/mp4")
    assert "tidak dapat diterima di sini" in only(film, "refusals/bad_input").words
    first = _sends(desk, RINA, file_name="a.pdf", album="7")
    assert "satu berkas saja" in only(first, "prepare/file_album").words
    assert not _sends(desk, RINA, file_name="b.pdf", album="7")  # answered once for the album
    assert desk.question(RINA) == ("prepare.file", task)
    only(_sends(desk, RINA, file_name="a.pdf"), "prepare/file_coming")
    assert not desk.draft(RINA, task)


def test_a_file_may_be_left_out_on_purpose_after_one_more_question(desk, task):
    asked = only(desk.taps(RINA, f"prepare.upload:{task}:surat_edaran"), "prepare/ask_file")
    sure = only(desk.taps(RINA, button(asked, "prepare.skip")), "prepare/skip")
    assert desk.sheet().skipped_papers == ()
    assert "Surat Edaran Setda" in only(desk.taps(RINA, sure.choices[0]), "prepare/skipped").words
    assert desk.sheet().skipped_papers == ("surat_edaran",)
    assert "dinyatakan tidak ada" in desk.card(RINA, "persiapan").words
    for action in ("upload", "skip", "skip_yes"):
        only(desk.taps(RINA, f"prepare.{action}:{task}:lembar_disposisi"), "refusals/nothing_there")


# --- drafts and hand-over


def test_the_drafts_come_as_files_and_a_second_look_prints_nothing_anew(desk, task):
    assert "anggota tim" in only(desk.taps(RINA, f"prepare.preview:{task}:"), "refusals/incomplete").words
    desk.fills()
    said = desk.taps(RINA, f"prepare.preview:{task}:")
    first = [s.attachment["paper"] for s in said if s.template == "prepare/draft"]
    assert len(first) == 3
    assert only(said, "prepare/preview_done").choices[0].action == "prepare.submit"
    again = desk.taps(AYU, f"prepare.preview:{task}:")
    assert [s.attachment["paper"] for s in again if s.template == "prepare/draft"] == first
    desk.taps(RINA, f"prepare.readiness:{task}:")
    desk.says(RINA, "Hampir siap.")
    anew = desk.taps(RINA, f"prepare.preview:{task}:")
    assert not set(first) & {s.attachment["paper"] for s in anew if s.template == "prepare/draft"}


def test_drafts_without_the_official_files_are_shown_but_not_offered_for_the_hand_over(desk, task):
    desk.fills()

    def forget(uow):
        cycle = uow.cycles.current()[0]
        sheet = preparation.sheet_of(cycle)
        preparation.save_sheet(uow, desk.who(uow, RINA), task, replace(sheet, skipped_papers=()), now=desk.now)

    desk.look(forget)
    done = only(desk.taps(RINA, f"prepare.preview:{task}:"), "prepare/preview_done")
    assert "belum diunggah" in done.words
    assert [c.action for c in done.choices] == ["prepare.open"]
    missing = only(desk.taps(RINA, f"prepare.submit:{task}:"), "refusals/incomplete").words
    assert "Formulir Evaluasi SPBE, Surat Edaran Setda" in missing


def test_the_hand_over_asks_once_and_closes_the_card_for_the_whole_team(desk, task):
    desk.fills()
    desk.taps(RINA, f"prepare.preview:{task}:")
    asked = only(desk.taps(RINA, f"prepare.submit:{task}:"), "prepare/submit")
    assert "Kabid" in asked.words
    assert desk.cycle().task(task).open
    said = desk.taps(RINA, asked.choices[0])
    assert "diserahkan ke Kabid Penyelenggaraan E-Government" in only(said, "prepare/submitted").words
    assert [s.template for s in cards(said)] == ["card/decided", "card/decided", "card/dispose"]
    again = only(desk.taps(AYU, asked.choices[0]), "refusals/already_decided")
    assert "sudah diserahkan oleh Tim SPBE Diskominfo" in again.words
    assert desk.sheet().drafted_by == desk.people[RINA]


def test_after_a_return_everything_is_still_there_and_the_drafts_must_be_seen_again(desk, task):
    disposing = desk.hands_over()
    reason = "Tanggal rapat bentrok dengan <paripurna>."
    desk.look(lambda uow: cycles.return_task(uow, desk.who(uow, BUDI), disposing, reason, now=desk.now))
    card = cards(desk.heard())[-1]
    assert "Dikembalikan oleh Kabid" in card.words
    assert "&lt;paripurna&gt;" in card.words
    assert "✅ Tim — 1 orang" in card.words
    assert "⬜ Pratinjau naskah" in card.words
    second = desk.task("persiapan")
    assert second != task
    only(desk.taps(RINA, f"prepare.submit:{second}:"), "refusals/incomplete")
    desk.taps(RINA, f"prepare.preview:{second}:")
    desk.taps(RINA, f"prepare.submit_yes:{second}:")
    assert "Sudah diperbaiki" in desk.card(BUDI, "disposisi").words
    assert desk.taps(RINA, f"prepare.team:{task}:")[0].template == "refusals/already_decided"


def test_the_card_fits_a_message_whatever_was_typed(desk, task):
    desk.taps(RINA, f"prepare.meeting:{task}:")
    desk.says(RINA, "3 Desember 2026")
    desk.says(RINA, "9")
    desk.says(RINA, "<&" * 75)
    desk.says(RINA, "<&" * 150)
    desk.taps(RINA, f"prepare.team:{task}:")
    desk.says(RINA, "\n".join(f"{'<&' * 50} - {'<&' * 50}" for _ in range(19)))
    desk.taps(RINA, f"prepare.team:{task}:")  # each is parsed and measured by the desk
    assert desk.card(RINA, "persiapan").words


# --- reading what people type

names = st.text(st.characters(categories=["L"]), min_size=1, max_size=30)


@given(st.lists(st.tuples(names, names), min_size=1, max_size=40), st.sampled_from([" - ", " – ", "; ", " : ", "\t"]))
def test_every_line_of_name_and_post_is_read_as_it_was_written(people, mark):
    typed = "\n".join(f"{n}. {name}{mark}{post}" for n, (name, post) in enumerate(people, start=1))
    assert sheets.parse_members(typed) == tuple(TeamMember(*p) for p in people)


@given(st.text(max_size=200))
def test_whatever_is_typed_as_a_team_is_read_or_refused(text):
    members = ()
    with suppress(BadInput):
        members = sheets.parse_members(text)
    assert all(m.name and m.post for m in members)


@given(st.datetimes(min_value=MORNING.replace(tzinfo=None), max_value=MORNING.replace(tzinfo=None, year=2028)))
def test_a_meeting_lies_ahead_and_within_a_year(at):
    moment = at.replace(tzinfo=WIB)
    fits = MORNING < moment <= MORNING + sheets.FARTHEST
    try:
        sheets.check_meeting(at.date(), at.time(), MORNING)
    except BadInput:
        assert not fits
    else:
        assert fits


@pytest.mark.parametrize("field", list(sheets.LONGEST))
def test_words_that_have_no_room_are_refused_in_their_own_words(desk, field):
    for text, problem in (("", "empty"), ("x" * (sheets.LONGEST[field] + 1), "long")):
        with pytest.raises(BadInput) as refused:
            sheets.parse_text(field, text)
        words = desk.wording.message("refusals/bad_input", refused.value.facts())
        assert (refused.value.problem, "belum dapat dipakai" in words) == (problem, False)
