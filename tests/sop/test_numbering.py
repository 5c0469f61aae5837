"""The next number of a letter, whatever pattern the office uses."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sop.numbering import serial, suggested_number
from sop.office import Numbering
from tests.handlers.desk import office

DAY = date(2026, 11, 24)
PATTERNS = (
    "{klasifikasi}/{urut}/{unit}/{bulan_romawi}/{tahun}",
    "{urut}/{klasifikasi}-{unit}/{tahun}",
    "{klasifikasi}.{urut}",
    "B-{urut}/{unit}/{bulan_romawi}/{tahun}",
)


OFFICE = office().office


def office_with(pattern: str):
    return OFFICE.model_copy(update={"numbering": OFFICE.numbering.model_copy(update={"pattern": pattern})})


@given(st.sampled_from(PATTERNS), st.lists(st.integers(1, 9998), max_size=8))
def test_the_next_number_is_one_above_the_highest_wherever_the_pattern_has_the_serial(pattern, serials):
    chosen = office_with(pattern)
    used: tuple[str, ...] = ()
    for taken in serials:
        used += (suggested_number(chosen, (), DAY).replace("001", f"{taken:03d}", 1),)

    assert serial(chosen.numbering, suggested_number(chosen, used, DAY)) == max(serials, default=0) + 1


def test_a_number_of_another_form_says_nothing_of_the_serial():
    numbering = Numbering(unit="DISKOMINFO", classification="500.12", pattern=PATTERNS[0])

    assert serial(numbering, "500.12/7/DISKOMINFO/XI/2026") == 7
    assert serial(numbering, "500.12/007/diskominfo/xi/2026") == 7
    assert serial(numbering, "SPBE-2026/9") is None
