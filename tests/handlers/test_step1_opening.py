"""Step 1: the form behind /siklus_baru, its lists, and what it does with buttons that are old or not ours."""

import pytest

from sop.definition import Duration
from tests.handlers.desk import office
from tests.handlers.preparing_desk import AYU, BUDI, RINA, STRANGER, PreparingDesk, button, cards, labelled, only


@pytest.fixture
def desk():
    return PreparingDesk(opened=False)


def named(desk, who=RINA):
    """The form up to its summary."""
    asked = only(desk.says(who, "/siklus_baru"), "open_cycle/ask_name")
    instruments = only(desk.taps(who, asked.choices[0]), "open_cycle/ask_instrument")
    return only(desk.taps(who, instruments.choices[0]), "open_cycle/summary")


def test_two_taps_lead_to_a_summary_with_the_instrument_of_the_year_and_all_agencies(desk):
    asked = only(desk.says(RINA, "/siklus_baru"), "open_cycle/ask_name")
    assert asked.labels == ["Evaluasi Mandiri SPBE 2026", "Evaluasi Mandiri SPBE 2027"]
    instruments = only(desk.taps(RINA, asked.choices[0]), "open_cycle/ask_instrument")
    assert "8-2026" in instruments.choices[0].arg
    summary = only(desk.taps(RINA, instruments.choices[0]), "open_cycle/summary")
    assert "Perangkat daerah: 33 dari 33" in summary.words
    assert "target 1 minggu, batas waktu 2 minggu" in summary.words
    assert button(summary, "open.yes").style == "success"


def test_opening_tells_what_comes_next_and_gives_the_team_its_card(desk):
    said = desk.taps(RINA, button(named(desk), "open.yes"))
    assert "Berikutnya: Persiapan" in only(said, "open_cycle/opened").words
    assert [s.template for s in cards(said)] == ["card/prepare", "card/prepare"]  # both of the team
    assert not desk.draft(RINA)


def test_a_second_tap_on_the_opening_opens_nothing_and_begins_nothing(desk):
    summary = named(desk)
    desk.taps(RINA, button(summary, "open.yes"))
    for choice in summary.choices:
        if choice.action != "open.again":
            again = desk.taps(RINA, choice)
            assert only(again, "refusals/nothing_there").kind == "toast"
    assert len(desk.look(lambda uow: uow.cycles.all())) == 1
    assert not desk.draft(RINA)


def test_a_name_of_ones_own_needs_a_year_and_is_checked_when_it_is_given(desk):
    desk.says(RINA, "/siklus_baru")
    assert "Tahunnya belum ada" in only(desk.says(RINA, "Evaluasi ulang"), "refusals/bad_input").words
    assert "3 sampai 80 huruf" in only(desk.says(RINA, "x" * 4000 + " 2026"), "refusals/bad_input").words
    assert "Tahun “1999”" in only(desk.says(RINA, "Evaluasi 1999"), "refusals/bad_input").words
    only(desk.says(RINA, "  Evaluasi ulang\n(2026)  "), "open_cycle/ask_instrument")
    assert desk.draft(RINA)["name"] == "Evaluasi ulang (2026)"
    assert desk.draft(RINA)["year"] == 2026
    assert desk.question(RINA) is None


def test_a_name_that_is_taken_is_neither_suggested_nor_accepted(desk):
    desk.opens("Evaluasi Mandiri SPBE 2026")
    asked = only(desk.says(RINA, "/siklus_baru"), "open_cycle/ask_name")
    assert asked.labels == ["Evaluasi Mandiri SPBE 2027", "Evaluasi Mandiri SPBE 2028"]
    assert "sudah dipakai" in only(desk.says(RINA, "evaluasi mandiri spbe 2026"), "refusals/bad_input").words
    desk.taps(RINA, "open.name::2026")
    assert not desk.draft(RINA)


def test_the_form_goes_on_where_it_was_left(desk):
    asked = only(desk.says(RINA, "/siklus_baru"), "open_cycle/ask_name")
    desk.taps(RINA, asked.choices[0])
    only(desk.says(RINA, "/siklus_baru"), "open_cycle/ask_instrument")
    desk.taps(RINA, "open.instrument::permenpanrb-8-2026")
    desk.taps(RINA, "open.opds::0.none")
    desk.says(RINA, "/batal")
    summary = only(desk.says(RINA, "/siklus_baru"), "open_cycle/summary")
    assert "0 dari 33" in summary.words
    assert "paling sedikit satu perangkat daerah" in summary.words
    assert "Belum ada perangkat daerah yang dipilih" in only(desk.taps(RINA, "open.yes::"), "refusals/bad_input").words
    only(desk.taps(RINA, button(summary, "open.anew")), "open_cycle/ask_name")
    assert not desk.draft(RINA)


def test_each_colleague_has_a_form_of_their_own(desk):
    named(desk, RINA)
    only(desk.says(AYU, "/siklus_baru"), "open_cycle/ask_name")
    assert desk.draft(RINA)["name"]


def test_agencies_are_chosen_from_a_list_that_turns_its_pages(desk):
    summary = named(desk)
    page = only(desk.taps(RINA, button(summary, "open.opds")), "open_cycle/opds")
    assert len([c for c in page.choices if c.label_key == "open.toggle"]) == 8
    page = only(desk.taps(RINA, labelled(page, "Kosongkan")), "open_cycle/opds")
    page = only(desk.taps(RINA, labelled(page, "Berikutnya")), "open_cycle/opds")
    page = only(desk.taps(RINA, page.choices[0]), "open_cycle/opds")
    assert "1 dari 33 dipilih" in page.words
    assert page.labels[0].startswith("✅")
    assert "halaman 2" in page.words
    assert desk.draft(RINA)["opds"] == [desk.opds[8]]
    page = only(desk.taps(RINA, page.choices[0]), "open_cycle/opds")
    assert "0 dari 33 dipilih" in page.words


def test_what_is_asked_of_one_agency_can_be_changed_code_by_code(desk):
    summary = named(desk)
    listed = only(desk.taps(RINA, button(summary, "open.asked")), "open_cycle/asked")
    items = only(desk.taps(RINA, listed.choices[0]), "open_cycle/items")
    opd = desk.opds[0]
    usual = list(desk.office.asked_of(opd, "permenpanrb-8-2026"))
    assert items.labels[0].startswith(f"✅ {usual[0]} ")  # what is asked comes first
    desk.taps(RINA, items.choices[0])
    assert desk.draft(RINA)["asked"] == {opd: usual[1:]}
    summary = only(desk.taps(RINA, "open.summary::"), "open_cycle/summary")
    assert "1 perangkat daerah diubah" in summary.words
    desk.taps(RINA, button(summary, "open.yes"))
    kept = desk.look(lambda uow: [i.code for i in uow.evidence.of_opd(uow.cycles.current()[0].id, opd)])
    assert sorted(kept) == sorted(usual[1:])


def test_another_instrument_brings_its_own_list_and_says_when_it_is_not_of_the_year(desk):
    summary = named(desk)
    desk.taps(RINA, f"open.items::{desk.opds[0]}.0.U1")
    instruments = only(desk.taps(RINA, button(summary, "open.instruments")), "open_cycle/ask_instrument")
    same = only(desk.taps(RINA, instruments.choices[0]), "open_cycle/summary")
    assert "diubah dari daftar awal" in same.words
    other = only(desk.taps(RINA, instruments.choices[1]), "open_cycle/summary")
    assert "diubah dari daftar awal" not in other.words
    assert "tidak tercatat untuk tahun 2026" in other.words


@pytest.mark.parametrize(
    ("taps", "weeks"),
    [(["target.3"], (3, 3)), (["limit.1"], (1, 1)), (["target.2", "limit.4"], (2, 4)), (["limit.4"], (1, 4))],
)
def test_the_target_never_falls_after_the_batas_waktu(desk, taps, weeks):
    summary = named(desk)
    for arg in taps:
        desk.taps(RINA, f"open.times::{arg}")
    summary = only(desk.taps(RINA, "open.summary::"), "open_cycle/summary")
    assert f"target {weeks[0]} minggu, batas waktu {weeks[1]} minggu" in summary.words
    desk.taps(RINA, button(summary, "open.yes"))
    step = desk.cycle().sop.step("pengumpulan_data")
    assert (step.target, step.limit) == (Duration(weeks=weeks[0]), Duration(weeks=weeks[1]))


def test_what_has_left_the_offices_lists_leaves_the_form(desk):
    named(desk)

    def spoil(uow):
        draft = uow.dialogues.draft(RINA, "new_cycle")
        draft.values |= {"opds": ["dinas_bubar", desk.opds[2]], "asked": {desk.opds[2]: ["U1", "Z99"]}}
        uow.dialogues.save_draft(RINA, draft, desk.now)

    desk.look(spoil)
    summary = only(desk.says(RINA, "/siklus_baru"), "open_cycle/summary")
    assert "Perangkat daerah: 1 dari 33" in summary.words
    assert "Yang diminta: 1 butir" in summary.words
    only(desk.taps(RINA, button(summary, "open.yes")), "open_cycle/opened")


def test_nobody_else_gets_into_the_form(desk):
    named(desk)
    for action in desk.registry.actions():
        if action.startswith("open."):
            for arg in ("", "2026", "0.all", "target.2"):
                assert only(desk.taps(BUDI, f"{action}::{arg}"), "refusals/not_yours")
                assert only(desk.taps(STRANGER, f"{action}::{arg}"), "refusals/not_member")
    assert not desk.draft(BUDI)
    assert not desk.draft(STRANGER)


@pytest.mark.parametrize("garbage", ["", "²", "٣.٣", "-1", "0.99", "x.y.z", "9" * 40, "0.", "..", "dinas_bubar.0.U1"])
def test_a_forged_button_changes_nothing_of_the_form(desk, garbage):
    named(desk)
    before = desk.draft(RINA)
    for action in ("open.name", "open.instrument", "open.opds", "open.asked", "open.items", "open.times"):
        assert desk.taps(RINA, f"{action}::{garbage}")
    assert desk.draft(RINA) == before


def test_an_sop_without_a_step_per_agency_offers_no_weeks():
    steps = tuple(s.model_copy(update={"each": None}) for s in office().sop.steps)
    desk = PreparingDesk(
        opened=False, bundle=office().model_copy(update={"sop": office().sop.model_copy(update={"steps": steps})})
    )
    summary = named(desk)
    assert "minggu" not in summary.words
    assert "open.times" not in [c.action for c in summary.choices]
    only(desk.taps(RINA, "open.times::target.2"), "refusals/nothing_there")
