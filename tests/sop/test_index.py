"""The index, in exact decimals (spbe-facts.md: formulas and published cases)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.index import compute, predicate, two_places
from sop.instrument import Instrument
from sop.refusals import Incomplete
from tests.offices import shipped

BUNDLE = shipped()
SPBE = BUNDLE.instruments["permenpanrb-59-2020"]
PEMDI = BUNDLE.instruments["permenpanrb-8-2026"]

# A kabupaten's real values of September 2026; 5, 6, 7 and 18 are external and were not yet given.
REAL = "2 1.5 1.26 1.3 - - - 1 1 1 1.5 1.25 1.17 1 1 1 2.5 - 1 1.3".split()  # noqa: SIM905 - as published


def real() -> dict[str, Decimal | None]:
    return {i.code: None if v == "-" else Decimal(v) for i, v in zip(PEMDI.indicators, REAL, strict=True)}


def test_a_real_assessment_under_8_2026_is_reproduced_to_the_last_digit() -> None:
    result = compute(PEMDI, real())
    assert result.index == Decimal("1.2415")
    assert two_places(result.index) == Decimal("1.24")
    shown = [two_places(a.index) for a in result.aspects]
    # The fifth was published as 1,08: exactly 1,085, and rounding in public figures is not uniform.
    assert [str(v) for v in shown] == ["1.75", "1.28", "1.00", "1.17", "1.09", "1.40", "1.18"]
    assert result.predicate == "Kurang"


def test_external_values_that_are_not_given_count_as_one_and_mark_the_index_as_provisional() -> None:
    result = compute(PEMDI, real())
    assert result.provisional
    assert result.waiting == ("I05", "I06", "I07", "I18")
    given_all = compute(PEMDI, real() | {c: Decimal(3) for c in result.waiting})
    assert not given_all.provisional
    assert given_all.index > result.index


def test_a_missing_value_is_an_error_that_names_the_indicator() -> None:
    values: dict[str, Decimal | None] = {i.code: Decimal(3) for i in SPBE.indicators}
    values["I17"] = None
    del values["I45"]
    with pytest.raises(Incomplete) as missing:
        compute(SPBE, values)
    assert missing.value.missing == ("I17", "I45")


def test_the_domains_of_a_province_give_its_published_index() -> None:
    """Kalimantan Tengah 2025: 3,50 2,70 2,73 4,01 give 3,405, published as 3,41: half up."""
    weights = [d.weight for d in SPBE.domains]
    indices = [Decimal(v) for v in ["3.50", "2.70", "2.73", "4.01"]]
    total = sum((w * i for w, i in zip(weights, indices, strict=True)), Decimal(0)) / 100
    assert total == Decimal("3.405")
    assert two_places(total) == Decimal("3.41")
    assert predicate(SPBE, Decimal("3.405")) == "Baik"


def test_the_predicate_is_decided_on_the_exact_value() -> None:
    assert predicate(SPBE, Decimal("2.5999")) == "Cukup"
    assert predicate(SPBE, Decimal("2.6")) == "Baik"
    assert predicate(PEMDI, Decimal("3.9999")) == "Sangat Baik"
    assert predicate(PEMDI, Decimal("4")) == "Memuaskan"


@given(st.data())
def test_the_index_lies_between_the_least_and_the_greatest_value(data: st.DataObject) -> None:
    instrument: Instrument = data.draw(st.sampled_from([SPBE, PEMDI]))
    values = {
        i.code: data.draw(st.decimals(min_value=1, max_value=5, places=2, allow_nan=False))
        for i in instrument.indicators
    }
    result = compute(instrument, dict(values))
    assert min(values.values()) <= result.index <= max(values.values())
    # Aspects and domains, weighted, give the same exact whole.
    assert sum((d.weight * d.index for d in result.domains), Decimal(0)) / 100 == pytest.approx(result.index)
