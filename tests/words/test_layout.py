"""Papers as an eye sees them: where words stand, codes that a phone can read, and flaws that `check` must notice."""

import base64
import io
from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from bot import paper_process
from bot.paper_samples import flavoured
from bot.paper_structure import flaws
from sop.papers import KINDS, Kop, Look, Margins
from tests.pages import pages, text
from tests.words import layouts
from tests.words.prints import pdf_of, printed, printed_alone
from tests.words.test_papers import sizes

pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in.*sRGB2014:pytest.PytestUnraisableExceptionWarning")
BOOK = "dokumen_evaluasi"  # carries the other papers, which are tried by themselves
DPI = 150  # an office scanner's


def scanned(pdf: bytes, page: int) -> list[str]:
    picture = pypdfium2.PdfDocument(pdf)[page].render(scale=DPI / 72).to_pil()
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def found_in(body: str) -> list[str]:
    html = (
        '<html lang="id"><head><title>-</title><style>@page { size: 100mm 100mm; margin: 20mm }'
        f'html {{ font: 12pt "Liberation Sans" }} p, td {{ text-indent: 0 }}</style></head><body>{body}</body></html>'
    )
    return paper_process.html_to_pdf(html, strict=True)[1]


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_stands_where_it_stood_when_the_paper_was_looked_at(kind):
    assert layouts.differences(layouts.recorded(kind), layouts.pages(printed_alone(kind))) == []


def test_a_word_that_moves_or_goes_is_a_difference():
    before = layouts.recorded("surat_undangan")
    size, lines = before[0]
    (left, top, said), *others = lines
    assert layouts.differences(before, [(size, [(left, top + 3, said), *others]), *before[1:]])
    assert layouts.differences(before, [(size, others), *before[1:]])
    assert layouts.differences(before, before[:1])


@pytest.mark.parametrize("kind", ["surat_undangan", "surat_permohonan_data", "undangan_rapat", "berita_acara"])
def test_a_phone_reads_the_code_off_the_printed_page(kind):
    context = flavoured(kind, "normal")
    pdf = printed(kind)
    read = [code for page in range(len(pages(pdf))) for code in scanned(pdf, page)]
    assert read == [context.verification.link]


def test_every_slip_of_an_invitation_is_read_as_its_own_link():
    slips = flavoured("undangan_akun", "normal").slips
    pdf = printed("undangan_akun")
    read = {code for page in range(len(pages(pdf))) for code in scanned(pdf, page)}
    assert read == {slip.link for slip in slips}


LONG = "Sangatpanjang" * 12


@pytest.mark.parametrize(
    ("body", "noticed"),
    [
        ("<p>Surat ini baik.</p>", ""),
        (f'<p style="white-space: nowrap">{LONG}</p>', "wider than its place"),
        (f'<table style="table-layout: fixed; width: 60mm"><tr><td>{LONG}</td><td>b</td></tr></table>', "wider than"),
        ('<p>satu</p><p style="margin-top: -10mm">dua</p>', "printed over"),
        ('<p style="position: absolute; top: 75mm">catatan kaki</p>', "lower margin"),
        ('<p>Isi.</p><div class="ttd" style="break-before: page">Kepala Dinas,</div>', "nothing that is signed"),
        (
            '<p>Isi.</p><div class="ttd" style="break-inside: auto"><div>Kepala Dinas,</div>'
            '<div style="break-before: page">Nama</div></div>',
            "began on the page before",
        ),
        ("<table><tr><th>Nomor</th><td> </td></tr></table>", "a blank <td> after “Nomor”"),
        ('<table><tr><th>Paraf</th><td class="rongga"></td></tr></table>', ""),
        ('<p>satu</p><div style="break-before: page"></div>', "is blank"),
    ],
)
def test_what_an_eye_would_see_is_noticed(body, noticed):
    found = found_in(body)
    assert (found == []) if not noticed else any(noticed in flaw for flaw in found), found


def test_a_footer_and_a_page_number_over_each_other_are_noticed():
    html = (
        '<html lang="id"><head><title>-</title><style>@page { size: 100mm; margin: 20mm;'
        '@bottom-left { content: "Berita acara dengan nomor yang panjang"; white-space: nowrap;'
        "vertical-align: middle; padding: 0;"
        'width: 20mm } @bottom-right { content: "Halaman 1" } }'
        "</style></head><body><p>Isi.</p></body></html>"
    )
    assert any("over each other in the margin" in flaw for flaw in paper_process.html_to_pdf(html, strict=True)[1])


def test_a_font_that_nobody_chose_is_noticed():
    pdf = printed("surat_undangan")
    assert flaws(pdf, "Arial") == []
    assert any("not printed in Times New Roman" in flaw for flaw in flaws(pdf, "Times New Roman"))
    assert any("LiberationSans, which nobody chose" in flaw for flaw in flaws(pdf, "Times New Roman"))


def arms() -> str:
    picture = io.BytesIO()
    Image.new("RGB", (300, 380), "#1a3c6e").save(picture, "PNG")
    return "data:image/png;base64," + base64.b64encode(picture.getvalue()).decode()


OWN_DRESS = Look(
    paper="A4",
    font="Bookman Old Style",
    font_size=11,
    name_style="tebal_bergaris",
    hal_label="Perihal",
    margins=Margins(top=25, right=25, bottom=30, left=30),
)
OWN_HEAD = Kop(
    government="PEMERINTAH KOTA PANGKALPINANG",
    above=("DINAS KOMUNIKASI DAN INFORMATIKA",),
    office="UNIT PELAKSANA TEKNIS DAERAH LAYANAN PENGADAAN DAN PENGELOLAAN PUSAT DATA",
    address=("Jalan Merdeka Nomor 1", "Telepon (0717) 123456, Laman contoh.go.id, Pos-el surat@contoh.go.id"),
    logo=arms(),
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_paper_is_as_good_in_an_offices_own_dress(kind):
    pdf = pdf_of(flavoured(kind, "normal" if kind != BOOK else "minimal", OWN_DRESS, OWN_HEAD))
    assert flaws(pdf, OWN_DRESS.font) == []
    assert set(sizes(pdf)) <= {(210, 297), (297, 210), (210, 148)}


def test_the_offices_margins_and_every_line_of_its_letterhead_are_on_the_letter():
    pdf = pdf_of(flavoured("surat_undangan", "normal", OWN_DRESS, OWN_HEAD))
    (_, first), *_ = layouts.pages(pdf)
    nomor = next(left for left, _, said in first if said.startswith("Nomor"))
    assert nomor == OWN_DRESS.margins.left
    assert "PEMERINTAH KOTA PANGKALPINANG DINAS KOMUNIKASI DAN INFORMATIKA UNIT PELAKSANA" in text(pdf)


def test_the_offices_own_sentences_take_the_place_of_the_templates():
    letter = replace(
        flavoured("surat_undangan", "normal"), opening="Sehubungan dengan evaluasi:", closing="Demikian, terima kasih."
    )
    said = text(pdf_of(letter))
    assert "Sehubungan dengan evaluasi:" in said
    assert "Dalam rangka pelaksanaan" not in said
    assert "Demikian, terima kasih." in said
    assert "Demikian disampaikan" not in said


@pytest.mark.parametrize(
    ("form", "first"),
    [("kepada_di_depan", "NOTA DINAS Kepada : Yth."), ("nomor_di_judul", "NOTA DINAS NOMOR 500.12/008")],
)
def test_a_nota_dinas_has_the_form_that_the_office_uses(form, first):
    memo = replace(flavoured("nota_dinas", "normal"), form=form, closing="Demikian laporan kami.")
    said = text(pdf_of(memo))
    assert first in said
    assert "Demikian laporan kami." in said
    assert said.count("500.12/008/DISKOMINFO/I/2027") == 1


GROWING = {  # of each paper the field that makes it longer
    "laporan_persiapan": "result",
    "nota_dinas": "note",
    "notula": "closing",
}


@pytest.mark.parametrize("lines", range(1, 30, 6))
@pytest.mark.parametrize("kind", GROWING)
def test_wherever_a_paper_ends_its_signature_is_with_what_is_signed(kind, lines):
    words = "\n".join(f"Paragraf tambahan {n}." for n in range(lines))
    assert pdf_of(replace(flavoured(kind, "minimal"), **{GROWING[kind]: words}))  # strict: a lone signature is a flaw


@pytest.mark.parametrize("lines", range(1, 30, 6))
def test_wherever_an_invitation_ends_its_signature_is_with_what_is_signed(lines):
    things = tuple(f"Bahan rapat {n}" for n in range(lines))
    assert pdf_of(replace(flavoured("undangan_rapat", "minimal"), bring=things))


@pytest.mark.parametrize("tasks", range(0, 14, 2))
def test_wherever_the_berita_acara_ends_its_signatures_are_with_what_is_signed(tasks):
    statement = flavoured("berita_acara", "normal")
    assert pdf_of(replace(statement, follow_ups=statement.follow_ups[:1] * tasks))
