"""What is inside a printed PDF: tags, bookmarks, data; the code at its foot; the same bytes from every process."""

import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from bot import paper_process
from bot.paper_samples import flavoured
from bot.paper_structure import flaws
from bot.printing_press import MEMORY, ROOT
from sop.papers import Rekapitulasi, VerificationMark, to_json
from tests.pages import pages
from tests.words.prints import pdf_of, printed
from tests.words.test_papers import MM

# The layout engine leaves the file of its own colour profile to the garbage collector to close.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in.*sRGB2014:pytest.PytestUnraisableExceptionWarning")
NUMBERED = ("surat_undangan", "surat_permohonan_data", "undangan_rapat", "nota_dinas", "berita_acara")
CODE = "7KQ2-M4TX-09BD"


@pytest.mark.parametrize("lost", ["/Lang", "/StructTreeRoot", "/MarkInfo", "/ViewerPreferences", "/Metadata"])
def test_a_part_that_is_lost_is_noticed(lost):
    writer = PdfWriter(clone_from=io.BytesIO(printed("surat_undangan")))
    del writer.root_object[NameObject(lost)]
    out = io.BytesIO()
    writer.write(out)
    assert flaws(out.getvalue(), "Arial")


def test_bytes_that_are_no_pdf_are_called_so():
    assert "cannot be read" in flaws(b"<html></html>", "Arial")[0]


def test_the_book_is_read_by_its_bookmarks():
    outline = PdfReader(io.BytesIO(printed("dokumen_evaluasi"))).outline
    titles = [entry.title for entry in outline if not isinstance(entry, list)]
    assert "BAB I PENDAHULUAN" in titles
    assert [t.split()[1] for t in titles if t.startswith("BAB")] == ["I", "II", "III", "IV", "V", "VI"]
    assert any(isinstance(entry, list) for entry in outline)  # sections below the chapters


def test_the_papers_in_the_annexes_are_no_chapters_of_the_book():
    outline = PdfReader(io.BytesIO(printed("dokumen_evaluasi"))).outline
    titles = [entry.title for entry in outline if not isinstance(entry, list)]
    assert sum(title.startswith("LAMPIRAN") for title in titles) == 8
    assert "NOTULA" not in titles
    assert "BERITA ACARA" not in titles


def test_the_book_counts_in_roman_figures_up_to_its_first_chapter():
    said = pages(printed("dokumen_evaluasi"))
    first = next(number for number, page in enumerate(said) if "BAB I PENDAHULUAN" in page and "A. Latar" in page)
    assert [page.split()[-1] for page in said[1:first]] == ["ii", "iii", "iv", "v"]
    assert [page.split()[-1] for page in said[first : first + 3]] == ["1", "2", "3"]
    contents = next(page for page in said if "DAFTAR ISI" in page and "Kata Pengantar" in page)
    assert re.search(r"Kata Pengantar ?\.+ ?iii", contents)
    assert re.search(r"Bab I Pendahuluan ?\.+ ?1 ", contents)


def test_a_book_that_is_a_draft_says_so_also_where_it_shows_other_papers():
    drafted = pages(printed("dokumen_evaluasi", "draft"))
    assert all("RANCANGAN" in page for page in drafted)


def test_the_recap_gives_its_data_back_as_a_table():
    recap = flavoured("rekapitulasi", "normal")
    assert isinstance(recap, Rekapitulasi)
    reader = PdfReader(io.BytesIO(printed("rekapitulasi")))
    assert {f.get_object()["/AFRelationship"] for f in reader.root_object["/AF"]} == {"/Data"}
    (data,) = reader.attachments["rekapitulasi.perangkat_daerah.csv"]
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    names = [opd.opd for opd in recap.opds]
    assert [next(v for v in row.values() if v in names) for row in rows] == names
    (data,) = reader.attachments["rekapitulasi.indikator.csv"]
    codes = {code for row in csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";") for code in row}
    assert {i.code for i in recap.indicators} <= codes


def test_another_process_prints_the_same_bytes():
    for kind in ("rekapitulasi", "berita_acara"):
        job = {"kind": kind, "context": to_json(flavoured(kind, "normal")), "strict": True}
        run = subprocess.run(
            [sys.executable, "-m", "bot.paper_process", str(MEMORY)],
            input=json.dumps(job).encode() + b"\n",
            capture_output=True,
            check=True,
            cwd=ROOT,
            timeout=100,
        )
        head, _, body = run.stdout.partition(b"\n")
        assert json.loads(head)["size"] == len(body)
        assert body == printed(kind)


# --- the code at the foot of a numbered paper


def where(pdf: bytes, words: str) -> list[tuple[int, float, float]]:
    """Page (from 0), and the base line and upper edge of *words* above the bottom of the page, in millimetres."""
    found = []
    for number, page in enumerate(PdfReader(io.BytesIO(pdf)).pages):

        def note(text, at, inner, _font, size, number=number):
            if words in text:
                base = inner[4] * at[1] + inner[5] * at[3] + at[5]
                found.append((number, base / MM, (base + abs(size * inner[3] * at[3])) / MM))

        page.extract_text(visitor_text=note)
    return found


@pytest.mark.parametrize("flavour", ["normal", "minimal"])
@pytest.mark.parametrize("kind", NUMBERED)
def test_the_code_stands_once_in_the_bottom_margin_of_the_page_that_is_signed(kind, flavour):
    pdf = printed(kind, flavour)
    ((page, low, high),) = where(pdf, CODE)
    assert 5 < low < high < 25  # free of the printer's edge and of the text
    words = pages(pdf)[page]
    assert "NIP" in words
    assert "Keaslian dokumen dapat diperiksa dengan memindai kode ini" in words
    assert "Kode ini bukan tanda tangan elektronik." in words


@pytest.mark.parametrize("kind", NUMBERED)
def test_the_code_changes_nothing_of_how_a_paper_breaks(kind):
    without = pages(pdf_of(replace(flavoured(kind, "normal"), verification=None)))
    assert [words[:60] for words in without] == [words[:60] for words in pages(printed(kind))]


@pytest.mark.parametrize("kind", NUMBERED)
def test_a_draft_bears_no_code_and_cannot(kind):
    assert "Kode verifikasi" not in " ".join(pages(printed(kind, "draft")))
    with pytest.raises(ValueError, match="nothing to be verified"):
        replace(flavoured(kind, "draft"), verification=flavoured(kind, "normal").verification)


@pytest.mark.parametrize("code", ["7KQ2M4TX09BD", "7kq2-m4tx-09bd", "7KQ2-M4TX-09BU", "7KQ2-M4TX-09B"])
def test_a_paper_prints_no_code_that_nobody_could_read_back(code):
    with pytest.raises(ValueError, match="code"):
        VerificationMark(code=code, link="https://t.me/monev_spbe_bot?start=cek-7KQ2M4TX09BD", bot="@monev_spbe_bot")


@pytest.mark.parametrize(
    "typed",
    [
        '<img alt="x" src="file:///etc/hostname">',
        "<style>p { background: url(http://127.0.0.1:9/x.png) }</style>",
        '<link rel="attachment" href="file:///etc/hostname">',
        "url(file:///etc/hostname)",
    ],
)
def test_what_people_type_opens_neither_file_nor_connection(typed):
    """Typed words are text on the paper; if they ever became markup, the fetcher would stop the print."""
    letter = flavoured("surat_undangan", "minimal")
    letter = replace(letter, meeting=replace(letter.meeting, place=typed))
    pdf, warnings = paper_process.print_paper("surat_undangan", to_json(letter), strict=True)
    assert warnings == []
    assert typed.replace(" ", "") in "".join(pages(pdf)).replace(" ", "")
    assert not PdfReader(io.BytesIO(pdf)).attachments
