"""A list of people: all rows or none, and every mistake with its row."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.application import TEMPLATES
from bot.settings import PROJECT
from sop.actions.inviting import Wanted
from sop.paperwork_sheets import undangan_akun
from sop.refusals import BadInput
from sop.roster import COLUMNS, MOST, Mistake, form_rows, read
from storage.office import load_bundle
from storage.spreadsheets import fill_form, read_rows
from tests.offices import DIALOGUES

BUNDLE = load_bundle(
    PROJECT / "office",
    dialogues=DIALOGUES,
    templates_dir=TEMPLATES,
)
HEADER = list(COLUMNS)
UNTIL = datetime(2026, 12, 8, 1, 0, tzinfo=UTC)


def row(code="", name="", role=""):
    return [code, "", name, role, ""]


def test_rows_become_invitations_for_agency_and_office():
    found = read([HEADER, row("dishub", "Budi Santoso"), row("", "Dewi Lestari", "Kabid")], BUNDLE)

    assert found.wanted == (Wanted("opd", "dishub", "Budi Santoso"), Wanted("kabid", None, "Dewi Lestari"))
    assert found.opds == 1


def test_an_agency_may_be_named_by_its_short_name_and_may_have_several_people():
    found = read([HEADER, row("Dinkes", "Siti Aminah"), row("dinas_kesehatan", "Rahmat Hidayat")], BUNDLE)

    assert {w.opd for w in found.wanted} == {"dinas_kesehatan"}
    assert len(found.wanted) == 2


def test_one_wrong_row_keeps_all_others_from_being_made():
    rows = [
        HEADER,
        row("dishub", "Budi Santoso"),
        row("xx", "Siti Aminah"),
        row("", "Rahmat Hidayat"),
        row("dlh", "Dewi Lestari", "Camat"),
        row("dishub", "budi  santoso"),
        row("dlh", "N" * 81),
    ]
    found = read(rows, BUNDLE)

    assert found.wanted == ()
    assert [(m.row, m.problem) for m in found.mistakes] == [
        (3, "unknown_opd"),
        (4, "opd_missing"),
        (5, "unknown_role"),
        (6, "twice"),
        (7, "name_long"),
    ]
    assert found.mistakes[0] == Mistake(3, "unknown_opd", "xx")


def test_the_empty_form_names_nobody_and_a_name_in_it_is_enough():
    rows = [HEADER, *form_rows(BUNDLE)]
    with pytest.raises(BadInput) as empty:
        read(rows, BUNDLE)
    assert empty.value.problem == "empty"

    rows[5][2] = "Budi Santoso"
    assert [w.opd for w in read(rows, BUNDLE).wanted] == [rows[5][0]]


def test_a_list_without_its_header_or_with_too_many_people_is_refused():
    with pytest.raises(BadInput) as header:
        read([row("dishub", "Budi Santoso")], BUNDLE)
    with pytest.raises(BadInput) as many:
        read([HEADER, *(row("dishub", f"Orang {n}") for n in range(MOST + 1))], BUNDLE)

    assert (header.value.problem, many.value.problem) == ("header", "many")


def test_the_form_as_sent_is_read_back_with_the_columns_that_the_rules_know():
    data, filename = fill_form("petugas", form_rows(BUNDLE), {"peran": "Kabid"})
    rows = read_rows(data, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")

    assert filename.endswith(".xlsx")
    assert tuple(rows[0]) == COLUMNS
    assert [r[0] for r in rows[1:]] == [o.key for o in BUNDLE.opd_list.opds]


OPD_HEADER = ["kode", "nama", "singkatan", "sebutan kepala"]
METROLOGI = ["uptd_metrologi", "UPTD Metrologi Legal", "Metrologi", "Kepala UPTD Metrologi Legal"]


def test_an_agency_that_is_not_in_the_list_comes_with_its_people():
    found = read([HEADER, row("Metrologi", "Budi Santoso")], BUNDLE, [OPD_HEADER, [], METROLOGI])

    assert [list(o.model_dump().values()) for o in found.agencies] == [METROLOGI]
    assert found.wanted == (Wanted("opd", "uptd_metrologi", "Budi Santoso"),)


def test_a_csv_is_a_list_of_agencies_or_of_people_by_its_header():
    rows = [OPD_HEADER, METROLOGI]
    assert [o.key for o in read(rows, BUNDLE, rows).agencies] == ["uptd_metrologi"]
    rows = [HEADER, row("dishub", "Budi Santoso")]
    assert read(rows, BUNDLE, rows).agencies == ()


def test_an_agency_of_the_list_written_again_changes_nothing_but_another_under_its_name_is_a_mistake():
    dlh = next(o for o in BUNDLE.opd_list.opds if o.key == "dlh")
    again = [dlh.key, dlh.name, dlh.short, dlh.head]
    people = [HEADER, row("dlh", "Siti Aminah")]
    assert read(people, BUNDLE, [OPD_HEADER, again]).agencies == ()

    wrong = [
        ["dlh", "Dinas Lain", "DLL", "Kepala Dinas Lain"],
        ["x", "Dinas X", "DX", "Kepala Dinas X"],
        ["dinas_y", "", "DY", "Kepala Dinas Y"],
        ["dinas_z", "Dinas Z", "Z" * 31, "Kepala Dinas Z"],
        METROLOGI,
    ]
    found = read(people, BUNDLE, [OPD_HEADER, *wrong])
    assert (found.wanted, found.agencies) == ((), ())
    assert [(m.row, m.problem, m.table) for m in found.mistakes] == [
        (2, "opd_taken", "opd"),
        (3, "opd_code", "opd"),
        (4, "opd_incomplete", "opd"),
        (5, "opd_long", "opd"),
    ]


def test_an_agency_written_twice_in_the_list_comes_once():
    assert len(read([], BUNDLE, [OPD_HEADER, METROLOGI, METROLOGI]).agencies) == 1


cells = st.text(max_size=20)


@given(st.lists(st.lists(cells, max_size=5), max_size=8))
def test_no_list_of_agencies_whatever_brings_two_that_can_be_mistaken_for_one_another(rows):
    try:
        found = read([], BUNDLE, [OPD_HEADER, METROLOGI, *rows])
    except BadInput:
        return
    words = [w for o in (*BUNDLE.opd_list.opds, *found.agencies) for w in {o.key, o.short.casefold()}]
    assert len(words) == len(set(words))
    assert not (found.agencies and found.mistakes)


@given(st.lists(st.lists(cells, max_size=7), max_size=12))
def test_no_list_whatever_is_half_taken(rows):
    try:
        found = read([HEADER, *rows], BUNDLE)
    except BadInput:
        return
    assert not (found.wanted and found.mistakes)
    assert all(w.label and (w.opd is not None or w.role != "opd") for w in found.wanted)


@given(st.text(max_size=200))
def test_every_name_that_is_accepted_can_be_printed_on_a_slip(name):
    try:
        found = read([HEADER, row("dishub", name)], BUNDLE)
    except BadInput:
        return
    slips = tuple((w.label, "OPD", "https://t.me/monev_spbe_bot?start=abc", UNTIL) for w in found.wanted)
    assert not slips or undangan_akun(BUNDLE, slips, bot_name="monev_spbe_bot").slips


@given(st.sampled_from([o.key for o in BUNDLE.opd_list.opds]), st.permutations(range(5)))
def test_the_order_of_the_columns_does_not_matter(key, order):
    plain = row(key, "Siti Aminah")
    shuffled = [[HEADER[i] for i in order], [plain[i] for i in order]]

    assert read(shuffled, BUNDLE) == read([HEADER, plain], BUNDLE)
