"""What differs between kinds of letters: class of the number, sifat, tembusan, what to bring; and the legal basis."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.paper_samples import flavoured
from sop.letter_habits import LetterHabits, problems
from sop.letters import Letter, LetterState
from sop.numbering import number_gap
from sop.papers import from_json, to_json
from sop.paperwork import legal_basis
from sop.paperwork_register import Addressed, addressed
from tests.sop.test_cycle import Office
from tests.sop.test_office_dress import dressed, invitation

DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
OWN = LetterHabits(classification="000.1.5", sifat="Biasa", tembusan=("Arsip",), bring=("Laptop",))


def test_one_kind_of_letter_has_its_own_class_sifat_copies_and_things_to_bring():
    made = invitation(dressed(letters={"surat_undangan": OWN}))
    assert made.head.number_gap.startswith("000.1.5/")
    assert (made.head.sifat, made.tembusan, made.bring) == ("Biasa", ("Arsip",), ("Laptop",))


def test_where_the_office_says_nothing_its_general_habits_stand():
    bundle = dressed(letters={"undangan_rapat": OWN})
    made = invitation(bundle)
    assert made.head.number_gap.startswith(f"{bundle.office.numbering.classification}/")
    assert (made.head.sifat, made.bring) == (bundle.office.sifat, ())
    assert set(made.tembusan) <= set(bundle.office.tembusan)


def test_a_nota_dinas_has_no_copies_but_those_named_for_it():
    assert dressed().office.tembusan_of("nota_dinas") == ()
    named = dressed(letters={"nota_dinas": LetterHabits(tembusan=("Sekretaris Dinas",))})
    assert named.office.tembusan_of("nota_dinas") == ("Sekretaris Dinas",)
    assert dressed(letters={"surat_undangan": LetterHabits(tembusan=())}).office.tembusan_of("surat_undangan") == ()


def test_the_gap_of_a_draft_leaves_serial_and_month_open():
    assert number_gap(dressed().office, "surat_undangan", DAY, "diskominfo") == "500.12/……/DISKOMINFO/…/2026"


@pytest.mark.parametrize(
    ("kind", "habits", "wrong"),
    [
        ("undangan_rapat", OWN, None),
        ("berita_acara", LetterHabits(classification="000.1"), None),
        ("berita_acara", LetterHabits(sifat="Biasa"), "letters.berita_acara: it has neither sifat nor tembusan"),
        ("nota_dinas", LetterHabits(bring=("Laptop",)), "letters.nota_dinas.bring: only an invitation has it"),
        ("notula", LetterHabits(), "letters.notula: no such letter"),
    ],
)
def test_habits_that_no_paper_could_print_are_told_at_the_start(kind, habits, wrong):
    found = problems({kind: habits})
    assert (found == []) if wrong is None else found[0].startswith(wrong), found
    assert dressed(letters={kind: habits}).office.problems() == found


def test_the_legal_basis_names_the_regulation_of_the_cycles_own_instrument():
    cycle = Office().cycle
    instrument = dressed().instruments[cycle.instrument]
    assert f"{instrument.regulation} tentang {instrument.title}" in legal_basis(dressed(), cycle)
    assert dressed(legal_basis=("{tahun}",)).office.problems() == ["legal_basis: unknown '{tahun}'; known: {instrumen}"]


def test_the_report_of_step_1_suggests_what_the_office_says():
    assert dressed().office.suggestion.startswith("Disarankan")


def test_the_register_says_whom_a_letter_to_others_is_for():
    office, letter = dressed().office, Letter("l", "c", "nota_dinas", LetterState.NUMBERED, "DISKOMINFO", NOW)
    assert addressed(office, letter, 0) == Addressed(title="Kepala Dinas Komunikasi dan Informatika")
    assert addressed(office, replace(letter, kind="undangan_rapat"), 0) == Addressed(title=office.meeting_recipients)
    assert addressed(office, replace(letter, kind="surat_undangan"), 26) == Addressed(opds=26)
    assert addressed(office, replace(letter, kind="berita_acara"), 0) == Addressed()


@pytest.mark.parametrize(
    ("kind", "gone"),
    [
        ("surat_undangan", {"extra": None}),
        ("surat_permohonan_data", {"extra": None}),
        ("undangan_rapat", {"extra": None, "enclosures": []}),
        ("tanda_terima", {"note": None}),
    ],
)
def test_a_context_kept_by_an_earlier_version_is_still_read(kind, gone):
    context = flavoured(kind, "normal")
    assert from_json(kind, to_json(context) | gone) == context


def test_minutes_kept_with_an_empty_place_for_dissent_are_still_read():
    context = flavoured("notula", "normal")
    kept = to_json(context)
    kept["result"]["dissent"] = None
    assert from_json("notula", kept) == context
    assert from_json("notula", to_json(replace(context, result=None))).result is None
