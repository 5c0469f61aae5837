"""Splitting, filters, and the sentences about trouble."""

import html
import shutil
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.splitting import split, visible_length
from bot.wording import FILTERS, Wording
from latihan.entities import parse_html
from tests.bot.post_office import TEMPLATES

SOME = st.text(alphabet="ab <&>😀\n", max_size=400)


@given(SOME, SOME, st.integers(20, 60))
def test_parts_fit_are_well_formed_and_lose_no_word(bold: str, plain: str, limit: int) -> None:
    text = f"<b>{html.escape(bold)}</b>\n<code>{html.escape(plain)}</code>"
    parts = split(text, limit)
    seen = [parse_html(part)[0] for part in parts]
    assert all(len(words.encode("utf-16-le")) // 2 <= limit for words in seen)
    assert "".join("".join(seen).split()) == "".join(f"{bold}{plain}".split())


def test_a_text_that_fits_is_left_alone() -> None:
    assert split("<b>x</b>") == ("<b>x</b>",)
    assert visible_length("<b>&lt;😀</b>") == 3


NOW = datetime(2026, 11, 24, 3, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("hari_tanggal", NOW, "Selasa, 24 November 2026"),
        ("hari_tanggal", date(2026, 12, 4), "Jumat, 4 Desember 2026"),
        ("hari_tanggal", datetime(2026, 11, 24, 18, 0, tzinfo=UTC), "Rabu, 25 November 2026"),
        ("tanggal_pendek", NOW, "24 Nov"),
        ("pukul", NOW, "10.22"),
        ("waktu", NOW, "Selasa, 24 November 2026 pukul 10.22 WIB"),
        ("ukuran", 13_002_343, "12,4 MB"),
        ("ukuran", 700, "700 B"),
        ("ukuran", 204_800, "200 KB"),
        ("angka", 1234567, "1.234.567"),
        ("desimal", Decimal("3.2"), "3,20"),
        ("desimal", 3.456, "3,46"),
    ],
)
def test_dates_are_in_wib_and_numbers_in_indonesian(name: str, value: object, words: str) -> None:
    assert FILTERS[name](value) == words  # type: ignore[operator]  # filters are kept as objects


@pytest.fixture(scope="module")
def wording(tmp_path_factory: pytest.TempPathFactory) -> Wording:
    folder = tmp_path_factory.mktemp("templates")
    shutil.copytree(TEMPLATES / "messages", folder / "messages")
    return Wording(folder)


@pytest.mark.parametrize("name", ["", "Rina <b> & Co"])
def test_an_update_that_was_set_aside_is_told_with_its_code(wording: Wording, name: str) -> None:
    words = wording.message("errors/set_aside", {"code": "7F3K", "name": name, "error": "KeyError", "at": NOW})
    text, _ = parse_html(words)
    assert "7F3K" in text
    assert "Selasa, 24 November 2026 pukul 10.22 WIB" in text


@pytest.mark.parametrize("what", ["message", "uncertain", "paper", "file"])
def test_every_kind_of_trouble_has_its_sentence(wording: Wording, what: str) -> None:
    facts = {"what": what, "code": "7F3K", "detail": "<x>: a & b", "receiver": ""}
    text, _ = parse_html(wording.message("errors/trouble", facts))
    assert "⚠️ Satu" in text
    assert "<x>: a & b" in text


def test_the_apology_fits_into_a_window(wording: Wording) -> None:
    words = wording.toast("errors/unexpected", {"code": "7F3K"})
    assert words.endswith("(Kode 7F3K)")
