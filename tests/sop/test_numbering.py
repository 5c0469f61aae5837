"""The next number of a letter, whatever pattern the office uses."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sop.numbering import number_of, serial
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


@given(st.sampled_from(PATTERNS), st.integers(1, 99_999))
def test_a_serial_is_read_back_from_its_number_wherever_the_pattern_has_it(pattern, taken):
    numbering = office_with(pattern).numbering

    assert serial(numbering, number_of(numbering, taken, DAY, numbering.unit)) == taken


def test_a_number_of_another_form_says_nothing_of_the_serial():
    numbering = Numbering(unit="DISKOMINFO", classification="500.12", pattern=PATTERNS[0])

    assert serial(numbering, "500.12/7/DISKOMINFO/XI/2026") == 7
    assert serial(numbering, "500.12/007/diskominfo/xi/2026") == 7
    assert serial(numbering, "SPBE-2026/9") is None
