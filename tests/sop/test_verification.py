"""Codes of numbered papers: unguessable, read however they are typed; what a paper is from its number to its end."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.verification import (
    Validity,
    Verification,
    link_of,
    new_code,
    read_code,
    show_code,
)

NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODES = st.text(CROCKFORD, min_size=12, max_size=12)
PAPER = Verification(
    "7KQ2M4TX09BD", "l", "c", "Surat Undangan", "500.12/1", date(2026, 11, 26), "Undangan", "Sekda", "p", NOW
)


def test_a_code_is_sixty_random_bits_and_does_not_repeat():
    codes = {new_code() for _ in range(5_000)}
    assert len(codes) == 5_000
    assert all(len(code) == 12 and set(code) <= set(CROCKFORD) for code in codes)
    assert 32**12 == 2**60


@given(CODES)
def test_a_code_is_read_back_from_print_from_the_thumb_and_from_the_link(code):
    shown = show_code(code)
    assert len(shown) == 14
    link = link_of("monev_spbe_bot", code)
    for typed in (shown, shown.lower(), shown.replace("-", " "), f"  {code}\n", f"cek-{code}", link, f"Cek {link}"):
        assert read_code(typed) == code
    assert read_code(shown.replace("0", "O").replace("1", "l")) == code


@given(CODES)
def test_the_payload_of_the_link_is_what_telegram_carries(code):
    payload = link_of("monev_spbe_bot", code).partition("?start=")[2]
    assert len(payload) <= 64
    assert payload.replace("-", "").isalnum()


@given(st.text(max_size=200))
def test_whatever_is_typed_is_a_code_or_none(text):
    code = read_code(text)
    assert code is None or (len(code) == 12 and set(code) <= set(CROCKFORD))


@pytest.mark.parametrize("text", ["", "halo", "7KQ2-M4TX-09B", "7KQ2-M4TX-09BDX", "7KQ2-M4TX-09BU", "https://t.me/x"])
def test_what_is_no_code_is_not_read_as_one(text):
    assert read_code(text) is None


def test_a_paper_is_in_force_when_it_has_come_back_signed_and_not_before():
    assert (PAPER.standing, PAPER.since) == (Validity.UNSIGNED, NOW)
    later = NOW + timedelta(hours=3)
    signed = PAPER.signed("s", later)
    assert (signed.standing, signed.since) == (Validity.IN_FORCE, later)
    again = signed.signed("s2", later + timedelta(hours=1))
    assert (again.since, again.signed_paper) == (later, "s2")


@pytest.mark.parametrize("end", [Validity.REPLACED, Validity.VOID])
def test_a_paper_that_has_ended_stays_as_it_ended(end):
    gone = PAPER.signed("s", NOW).end(end, NOW + timedelta(days=1))
    assert (gone.standing, gone.since) == (end, NOW + timedelta(days=1))
    assert gone.end(Validity.VOID, NOW + timedelta(days=2)) == gone
