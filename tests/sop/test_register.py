"""The rules of the register: gaps, folded lines, holds, what is void."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.cycle import Signed
from sop.letters import Letter, LetterState, begin_replacement, read_reason, revoke, take_place
from sop.numbering import number_gap, number_of, unit_in
from sop.refusals import BadInput, Incomplete, NotNow
from sop.register import (
    MOST_AT_ONCE,
    Entry,
    NumberState,
    check_date,
    gaps,
    held_until,
    lines,
    next_serial,
    read_date,
    read_serials,
    read_subject,
    require_free,
    state_of,
    void,
)
from tests.handlers.desk import office

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
SIGNED = Signed("p", "Sari", "sekretariat", "Sekretariat Dinas")
SERIALS = st.sets(st.integers(1, 400), max_size=60)


def entry(serial: int | None, state: NumberState = NumberState.USED, **more) -> Entry:
    number = f"500.12/{serial:03d}/DISKOMINFO/XI/2026" if serial else "SPBE-2026/9"
    made = Entry(f"e{serial}", "DISKOMINFO", 2026, number, serial, state, NOW, person="p", by="Sari")
    return replace(made, **more)


def held(serial: int, *, minutes: int = 30, person: str = "p", letter: str = "l") -> Entry:
    return entry(serial, NumberState.HELD, until=held_until(minutes, NOW), person=person, letter=letter)


def letter(state: LetterState = LetterState.SENT, **more) -> Letter:
    made = Letter("l", "c", "surat_undangan", state, "DISKOMINFO", NOW, "500.12/001/DISKOMINFO/XI/2026")
    return replace(made, dated=date(2026, 11, 24), sent_at=NOW if state is LetterState.SENT else None, **more)


# --- gaps and lines


@given(SERIALS)
def test_serials_and_gaps_together_are_every_number_up_to_the_highest(serials):
    missing = {n for first, last in gaps(serials) for n in range(first, last + 1)}

    assert not missing & serials
    assert missing | serials == set(range(1, max(serials, default=0) + 1))


@given(SERIALS)
def test_gaps_are_apart_from_each_other_and_in_order(serials):
    found = gaps(serials)

    assert all(first <= last for first, last in found)
    assert all(later[0] > before[1] + 1 for before, later in pairwise(found))


@given(st.dictionaries(st.integers(1, 80), st.sampled_from(NumberState), max_size=40))
def test_the_lines_of_a_book_stand_for_every_number_once_and_in_order(states):
    book = [entry(n, s, until=NOW + timedelta(minutes=5) if s is NumberState.HELD else None) for n, s in states.items()]

    covered = [n for line in lines(book, NOW) for n in range(line.first or 0, (line.last or 0) + 1)]

    assert covered == list(range(1, max(states, default=0) + 1))


def test_numbers_recorded_in_one_act_are_one_line_and_another_act_is_another():
    together = [entry(n, NumberState.OUTSIDE, subject="Surat lama") for n in (1, 2, 3)]
    later = entry(4, NumberState.OUTSIDE, subject="Surat lama", recorded_at=NOW + timedelta(hours=1))

    assert [(x.first, x.last) for x in lines([*together, later, entry(5)], NOW)] == [(1, 3), (4, 4), (5, 5)]


def test_a_number_of_another_form_stands_at_the_end_and_makes_no_gap():
    found = lines([entry(None, NumberState.OUTSIDE), entry(1)], NOW)

    assert [(x.first, x.count) for x in found] == [(1, 1), (None, 1)]


# --- holds


@given(SERIALS, st.integers(1, 400))
def test_what_is_suggested_next_is_neither_used_nor_held_by_anybody(serials, kept):
    book = [*(entry(n) for n in serials - {kept}), held(kept)]

    assert next_serial(book, NOW) == max({*serials, kept}) + 1


@given(st.integers(1, 600), st.integers(0, 1200))
def test_a_hold_keeps_its_number_for_so_many_minutes_of_the_clock_and_no_longer(minutes, later):
    moment = NOW + timedelta(minutes=later)

    assert held(7, minutes=minutes).counts(moment) is (later < minutes)
    assert next_serial([held(7, minutes=minutes)], moment) == (8 if later < minutes else 1)


def test_what_is_held_is_free_for_its_clerk_and_letter_alone():
    mine, number = letter(LetterState.DRAFT), "500.12/7/diskominfo/xi/2026"

    require_free([held(7)], number, mine, "p", now=NOW)
    for person, other in (("q", mine), ("p", replace(mine, id="another"))):
        with pytest.raises(BadInput) as refused:
            require_free([held(7)], number, other, person, now=NOW)
        assert (refused.value.problem, refused.value.value) == ("held", f"{number}|Sari|08.30")
    require_free([held(7)], number, mine, "q", now=NOW + timedelta(minutes=30))


@pytest.mark.parametrize("state", [s for s in NumberState if s is not NumberState.HELD])
def test_a_number_in_the_book_is_taken_unless_it_is_the_letters_own(state):
    number = entry(7).number

    with pytest.raises(BadInput) as refused:
        require_free([entry(7, state, letter="other")], number, letter(LetterState.DRAFT), "p", now=NOW)
    assert refused.value.problem == "taken"
    require_free([entry(7, state, letter="l")], number, letter(LetterState.DRAFT), "p", now=NOW)


# --- what people type


@pytest.mark.parametrize(
    ("text", "serials"),
    [("12", (12, 12)), ("012", (12, 12)), ("12-14", (12, 14)), ("12 s.d. 14", (12, 14)), ("12 – 14", (12, 14)),
     ("12 sampai 14", (12, 14)), ("500.12/045/DISKOMINFO/X/2026", None), ("dua belas", None)],
)  # fmt: skip
def test_a_serial_or_a_range_is_read_as_people_write_it(text, serials):
    assert read_serials(text) == serials


@pytest.mark.parametrize(
    ("text", "problem"), [("0", "form"), ("14-12", "order"), (f"1-{MOST_AT_ONCE + 1}", "many"), ("1-999999", "form")]
)
def test_a_range_that_cannot_be_is_refused(text, problem):
    with pytest.raises(BadInput) as refused:
        read_serials(text)
    assert refused.value.problem == problem


def test_a_number_of_this_year_bears_a_date_of_this_year_that_has_come():
    assert read_date("3 Maret", 2026, NOW.date()) == date(2026, 3, 3)
    for day, problem in ((date(2025, 12, 31), "year"), (date(2026, 11, 25), "ahead")):
        with pytest.raises(BadInput) as refused:
            check_date(day, 2026, NOW.date())
        assert refused.value.problem == problem
    with pytest.raises(BadInput):
        read_subject("a")


# --- void, replaced, revoked


def test_only_a_number_that_nobody_was_sent_can_be_void():
    assert void(entry(3), "Salah tulis.").note == "Salah tulis."
    refused = {
        NumberState.HELD: "nomor_ditahan",
        NumberState.VOID: "nomor_batal",
        NumberState.REPLACED: "surat_terkirim",
        NumberState.REVOKED: "surat_terkirim",
    }
    for state, why in refused.items():
        with pytest.raises(NotNow) as told:
            void(entry(3, state), "Salah tulis.")
        assert told.value.state == why


def test_the_book_says_of_a_letter_what_became_of_it():
    assert state_of(letter(LetterState.SIGNED)) is NumberState.USED
    assert state_of(letter()) is NumberState.USED
    assert state_of(letter(LetterState.REPLACED)) is NumberState.VOID
    assert state_of(replace(letter(), state=LetterState.REPLACED)) is NumberState.REPLACED
    assert state_of(revoke(letter(), "Ditunda.")) is NumberState.REVOKED


def test_a_letter_takes_the_place_of_a_sent_one_when_it_is_signed():
    draft = begin_replacement(letter(), "n", "Tanggal berubah.", {}, NOW)
    with pytest.raises(Incomplete):
        take_place(letter(), draft, SIGNED, now=NOW)
    old, new = take_place(letter(), replace(draft, state=LetterState.SIGNED), SIGNED, now=NOW)
    assert (old.state, old.reason, new.state) == (LetterState.REPLACED, "Tanggal berubah.", LetterState.SENT)
    for over in (old, revoke(letter(), "x"), letter(LetterState.SIGNED)):
        with pytest.raises(NotNow):
            begin_replacement(over, "n", "x", {}, NOW)
        with pytest.raises(NotNow):
            revoke(over, "x")
    with pytest.raises(BadInput):
        read_reason("x" * 301)


# --- units


def test_a_letterhead_with_a_unit_of_its_own_has_it_in_gap_and_number():
    numbering, day = office().office.numbering, date(2026, 11, 24)

    assert number_gap(office().office, "surat_undangan", day, "setda") == "500.12/……/SETDA/…/2026"
    assert number_gap(office().office, "surat_undangan", day, "diskominfo") == "500.12/……/DISKOMINFO/…/2026"
    assert unit_in(numbering, number_of(numbering, 7, day, "SETDA").lower()) == "SETDA"
    assert unit_in(numbering, "500.12/7/BAPPEDA/XI/2026") == ""
    assert unit_in(numbering, "SPBE-2026/9") == ""
