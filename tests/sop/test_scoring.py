"""Values of the indicators: what each phase writes, what the form lacks, and the sheet that is filled in beside."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop import score_sheet, scoring
from sop.cycle import Signed
from sop.index import compute, so_far
from sop.instrument import Instrument
from sop.refusals import BadInput
from sop.scoring import Entry, Phase, Score
from storage.spreadsheets import XLSX, fill_form, read_rows
from tests.offices import shipped

SPBE = shipped().instruments["permenpanrb-59-2020"]
PEMDI = shipped().instruments["permenpanrb-8-2026"]
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
BY = Signed("p", "Citra Maharani", "tim_kota", "Tim SPBE Kota")
FACTS = dict.fromkeys(("siklus", "tahun", "instrumen", "terendah", "tertinggi", "pecahan"), "x")

given_values = st.decimals(min_value=1, max_value=5, places=2, allow_nan=False)
values = st.none() | given_values
words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=20)
scores = st.builds(
    Score, st.just("c"), st.just("I01"), value=values, note=words, final=values, explanation=words, improvement=words
)
entries = st.builds(Entry, value=values, words=words, improvement=words)


@given(scores, entries)
def test_the_form_says_what_was_written_in_it_whatever_stood_before(score: Score, entry: Entry) -> None:
    if entry.value is None or not entry.words:
        return  # the form takes nothing away
    after = scoring.with_entry(score, Phase.FORM, entry, BY, NOW)
    assert scoring.entry_of(after, Phase.FORM) == entry
    assert (after.value, after.note) == (score.value, score.note)  # the meeting's own stays


@given(scores, entries)
def test_the_meeting_says_what_was_written_in_it_and_leaves_the_forms_words(score: Score, entry: Entry) -> None:
    after = scoring.with_entry(score, Phase.MEETING, entry, BY, NOW)
    assert scoring.entry_of(after, Phase.MEETING) == replace(entry, improvement="")
    assert (after.explanation, after.improvement) == (score.explanation, score.improvement)


@given(scores, entries, st.sampled_from(Phase))
def test_the_journal_gets_exactly_what_differs(score: Score, entry: Entry, phase: Phase) -> None:
    after = scoring.with_entry(score, phase, entry, BY, NOW)
    old, new = scoring.changes(score, after)
    assert set(old) == set(new)
    assert all(old[field] != new[field] for field in old)


def test_a_meeting_that_affirms_the_forms_value_has_it_in_its_own_notula() -> None:
    """After a return from step 7: what stands on the screen and is tapped is what the meeting has found."""
    returned = Score("c", "I12", value=Decimal(3), final=Decimal(4), note="Dibahas.")
    affirmed = scoring.with_entry(returned, Phase.MEETING, scoring.entry_of(returned, Phase.MEETING), BY, NOW)
    assert (affirmed.value, affirmed.final) == (Decimal(4), None)


def test_what_the_form_only_repeats_is_not_copied_and_follows_the_meeting() -> None:
    score = Score("c", "I01", value=Decimal(3), note="Sudah ada.")
    same = scoring.with_entry(score, Phase.FORM, Entry(Decimal(3), "Sudah ada.", "", "Reviu."), BY, NOW)
    assert (same.final, same.explanation) == (None, "")
    assert replace(same, value=Decimal(2), note="Baru sebagian.").explains == "Baru sebagian."


def test_the_form_lacks_an_explanation_of_each_and_an_improvement_below_the_top() -> None:
    done = {i.code: Score("c", i.code, value=Decimal(5), explanation="Ya.") for i in SPBE.indicators}
    assert scoring.form_lacks(SPBE, done) == ()
    done["I02"] = Score("c", "I02", value=Decimal(4), explanation="Ya.")
    done["I03"] = Score("c", "I03", value=Decimal(5))
    done["I04"] = Score("c", "I04", explanation="Ya.")
    assert scoring.form_lacks(SPBE, done) == ("I02", "I03", "I04")


def test_an_external_value_that_is_waited_for_is_not_lacking() -> None:
    none = scoring.by_code("c", PEMDI, ())
    assert not {"I05", "I06", "I07", "I18"} & set(scoring.form_lacks(PEMDI, none))


@given(st.data())
def test_the_index_so_far_is_the_index_once_nothing_is_missing(data: st.DataObject) -> None:
    instrument: Instrument = data.draw(st.sampled_from([SPBE, PEMDI]))
    some: dict[str, Decimal | None] = {
        i.code: data.draw(values if i.external else given_values) for i in instrument.indicators
    }
    assert so_far(instrument, some) == compute(instrument, some).index


def test_before_the_first_value_there_is_no_index() -> None:
    assert so_far(PEMDI, dict.fromkeys(i.code for i in PEMDI.indicators)) is None
    assert so_far(SPBE, {"I01": Decimal(4)}) == Decimal(4)


def test_the_sector_services_are_named_and_only_these() -> None:
    assert [i.code for i in SPBE.indicators if i.named_service] == ["I45", "I46", "I47"]
    assert not [i for i in PEMDI.indicators if i.named_service]


# --- the sheet


def sheet(instrument: Instrument, known: dict[str, Score], phase: Phase) -> list[list[str]]:
    """What comes back when nobody touches it: through the real workbook."""
    beside = {i.code: ("", "") for i in instrument.indicators}
    rows = score_sheet.rows("cyclecycle", instrument, known, phase, beside)
    data, _ = fill_form(score_sheet.FORMS[phase], rows, FACTS)
    return read_rows(data, XLSX, "Nilai")


@pytest.mark.parametrize("phase", Phase)
@settings(deadline=None, max_examples=30)  # a real workbook for each
@given(score=scores)
def test_a_sheet_that_nobody_touched_says_nothing_even_when_the_chat_has_moved_on(phase: Phase, score: Score) -> None:
    known = scoring.by_code("cyclecycle", PEMDI, [score])
    found = sheet(PEMDI, known, phase)
    assert score_sheet.read(found, "cyclecycle", PEMDI, known, phase).entries == {}
    moved = known | {"I01": Score("cyclecycle", "I01", value=Decimal("1.5"), note="Lain.", improvement="Lain.")}
    assert score_sheet.read(found, "cyclecycle", PEMDI, moved, phase).entries == {}


def test_without_its_key_a_row_counts_as_written() -> None:
    known = scoring.by_code("c", SPBE, [Score("c", "I01", value=Decimal(3))])
    found = score_sheet.read([["Kode", "NILAI"], ["i01", "4"]], "c", SPBE, known, Phase.MEETING)
    assert found.entries == {"I01": Entry(Decimal(4))}
    assert not found.differences[0].overtaken


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([["nama"], ["x"]], "header"),
        ([["kode", "nilai akhir"], ["I01", "3"]], "other"),
        ([["kode", "nilai"]], "empty"),
        ([["kode", "nilai", "kunci (jangan diubah)"], ["I01", "3", "other.a.b.c"]], "other"),
    ],
)
def test_a_sheet_of_something_else_is_refused(rows: list[list[str]], problem: str) -> None:
    known = scoring.by_code("c", SPBE, ())
    with pytest.raises(BadInput) as refused:
        score_sheet.read(rows, "c", SPBE, known, Phase.MEETING)
    assert refused.value.problem == problem


@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=6))
def test_no_rows_whatever_get_through_but_as_values_of_the_scale_or_a_refusal(rows: list[list[str]]) -> None:
    known = scoring.by_code("c", SPBE, ())
    try:
        found = score_sheet.read([["kode", "nilai", "catatan"], *rows], "c", SPBE, known, Phase.MEETING)
    except BadInput:
        return
    assert all(e.value is None or 1 <= e.value <= 5 for e in found.entries.values())
