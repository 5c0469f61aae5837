"""The papers of the result add up, say what is provisional, and point at the right pages."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from bot import paper_process
from bot.paper_samples import flavoured, sample
from sop.papers import (
    Annexes,
    AspectLine,
    BeritaAcara,
    DokumenEvaluasi,
    FormulirTerisi,
    IndicatorLine,
    NotaDinas,
    OpdCount,
    OpdRun,
    ResultFacts,
    to_json,
)
from tests.pages import pages, text
from tests.words.prints import pdf_of, printed, printed_alone

# The layout engine leaves the file of its own colour profile to the garbage collector to close.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in.*sRGB2014:pytest.PytestUnraisableExceptionWarning")

RESULTS = ("formulir_terisi", "nota_dinas", "berita_acara", "dokumen_evaluasi")


def result_of(flavour: str = "normal") -> ResultFacts:
    form = flavoured("formulir_terisi", flavour)
    assert isinstance(form, FormulirTerisi)
    return form.result


def line(number: int, weight: str, value: str, **more: object) -> IndicatorLine:
    return IndicatorLine(number=number, name="Uji", weight=Decimal(weight), value=Decimal(value), **more)  # type: ignore[arg-type]


def test_both_instruments_are_among_the_samples() -> None:
    assert [len(result_of(flavour).indicators) for flavour in ("normal", "draft")] == [47, 20]
    assert not result_of("normal").provisional
    assert result_of("draft").index == Decimal("1.2415")


def test_an_index_that_is_not_the_mean_of_its_lines_is_refused() -> None:
    result = result_of()

    with pytest.raises(ValueError, match=r"the index: 3\.07 is not the weighted mean"):
        replace(result, index=Decimal("3.07"))
    with pytest.raises(ValueError, match="aspect 1"):
        replace(result.aspects[0], index=result.aspects[0].index + Decimal("0.001"))


def test_a_periodic_index_is_exact_enough() -> None:
    lines = (line(1, "1", "1"), line(2, "1", "1"), line(3, "1", "2"))

    aspect = AspectLine(number=1, name="Uji", weight=Decimal(3), index=Decimal(4) / Decimal(3), indicators=lines)

    assert paper_process.environment().filters["nilai"](aspect.index) == "1,33"


def test_values_travel_as_exact_text() -> None:
    index = to_json(flavoured("berita_acara", "draft"))["result"]["index"]

    assert Decimal(index) == Decimal("1.2415")
    assert isinstance(index, str)


def test_only_an_external_value_can_be_waited_for_and_it_counts_as_the_lowest() -> None:
    with pytest.raises(ValueError, match="only an external value"):
        line(6, "3", "1", waiting=True)
    result = result_of("draft")
    odd = replace(result.waiting[0], value=Decimal(2))
    aspect = next(a for a in result.aspects if result.waiting[0] in a.indicators)
    lines = tuple(odd if i.number == odd.number else i for i in aspect.indicators)
    index = sum((i.weight * i.value for i in lines), Decimal(0)) / aspect.weight
    changed = replace(aspect, indicators=lines, index=index)
    aspects = tuple(changed if a.number == changed.number else a for a in result.aspects)
    total = sum((a.weight * a.index for a in aspects), Decimal(0)) / 100
    domain = replace(result.domains[0], aspects=aspects, index=total)

    with pytest.raises(ValueError, match="indicator 6: a value that is waited for counts as 1"):
        replace(result, domains=(domain,), index=total)


@pytest.mark.parametrize("kind", RESULTS)
def test_a_provisional_index_says_so_and_names_whom_it_waits_for(kind: str) -> None:
    said = text(printed_alone(kind, "draft"))

    assert "Kurang (sementara)" in said
    assert "indikator 6 dari BIG, 7 dari BPS (EPSS), dan 18 dari Bappenas" in said


def test_a_value_that_is_waited_for_is_marked_in_the_form() -> None:
    assert "menunggu nilai eksternal (dihitung 1)" in text(printed("formulir_terisi", "draft")).replace("\xa0", " ")


@pytest.mark.parametrize("kind", RESULTS)
def test_an_instrument_without_domains_shows_aspects_only(kind: str) -> None:
    said = text(printed_alone(kind, "draft"))

    assert "omain" not in said
    assert "Keterpaduan Layanan Digital Pemerintah" in said


@pytest.mark.parametrize("kind", RESULTS)
def test_a_final_result_is_not_called_provisional(kind: str) -> None:
    assert "sementara" not in text(printed_alone(kind))


def test_improvements_are_sorted_by_what_they_could_bring() -> None:
    result = result_of()
    potentials = [result.potential(found) for found in result.improvements]

    assert all(larger >= smaller for larger, smaller in pairwise(potentials))
    assert result.potential(result.improvements[0]) == Decimal("0.12")
    assert not {i.number for i in result.improvements} & {i.number for i in result.without_improvement}


def test_the_contents_name_the_pages_on_which_the_chapters_begin() -> None:
    book = pages(printed("dokumen_evaluasi"))
    contents = next(page for page in book if "DAFTAR ISI" in page)
    front = next(number for number, page in enumerate(book) if "BAB I PENDAHULUAN" in page)
    promised = {"BAB III PELAKSANAAN": "Bab III Pelaksanaan", "LAMPIRAN VII DAFTAR DATA": "Lampiran VII Daftar Data"}

    for heading, entry in promised.items():
        found = re.search(rf"{entry}[^.]*[. ]+(\d+)", contents)
        assert found
        assert heading in book[front + int(found[1]) - 1]


def test_the_cover_bears_no_page_number() -> None:
    cover, approval = pages(printed("dokumen_evaluasi"))[:2]

    assert not re.search(r"(^| )[1i]( |$)", cover)
    assert approval.endswith(" ii")


def test_eight_signatories_are_named_once_each_with_the_sekda_last() -> None:
    paper = flavoured("berita_acara", "normal")
    assert isinstance(paper, BeritaAcara)
    chairs = tuple(replace(paper.chairs[0], title=f"Ketua {n}", name=f"Penanda {n}") for n in range(1, 8))
    printed_pages = pages(pdf_of(replace(paper, chairs=chairs)))
    last = printed_pages[-1]

    assert [n for n in range(1, 8) if " ".join(printed_pages).count(f"Penanda {n}") != 1] == []
    assert last.index("Demikian Berita Acara") < last.index("Penanda 1") < last.index("Mengetahui,")


def test_a_sekda_who_signs_alone_is_the_signer_and_no_witness() -> None:
    said = text(printed("berita_acara", "minimal"))

    assert "Mengetahui" not in said
    assert "Pangkalpinang, 13 Januari 2027 Sekretaris Daerah Kota Pangkalpinang," in said


@pytest.mark.parametrize("missing", [{"number": None}, {"date": None}])
def test_a_berita_acara_ready_for_signature_has_number_and_date_from_a_person(missing: dict[str, None]) -> None:
    with pytest.raises(ValueError, match="without number, date"):
        replace(sample("berita_acara"), **missing)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["nota_dinas", "berita_acara"])
def test_a_draft_shows_the_gap_of_its_number(kind: str) -> None:
    draft = pages(printed(kind, "draft"))

    assert "500.12/……/…" in draft[0]
    assert all("RANCANGAN" in page for page in draft)


def test_a_nota_dinas_nobody_acknowledged_says_nothing_of_it() -> None:
    nota = sample("nota_dinas")
    assert isinstance(nota, NotaDinas)

    assert "Tercatat" not in text(pdf_of(replace(nota, acknowledged=())))


def test_opds_are_counted_whole() -> None:
    with pytest.raises(ValueError, match="every OPD"):
        OpdCount(asked=7, handed_over=5, closed=1)
    with pytest.raises(ValueError, match="neither handed over nor closed"):
        OpdRun(opd="Dinas Kesehatan", asked=1, answered=0, handed_over_at=None)


def test_the_book_needs_no_attendance_no_opd_and_no_other_paper() -> None:
    book = sample("dokumen_evaluasi")
    assert isinstance(book, DokumenEvaluasi)
    bare = replace(book, annexes=Annexes(), attendance=(), opds=(), papers=(), decisions=(), follow_ups=())
    said = text(pdf_of(bare))

    assert "Tidak ada perangkat daerah yang dimintai data dukung." in said
    assert "Kehadiran rapat tidak tercatat dalam sistem." in said
    assert "Rapat tidak menetapkan tindak lanjut." in said


@pytest.mark.parametrize("kind", ["berita_acara", "dokumen_evaluasi"])
def test_attendance_of_several_sittings_is_given_for_each(kind: str) -> None:
    paper, full = flavoured(kind, "minimal"), flavoured(kind, "normal")
    assert isinstance(paper, BeritaAcara | DokumenEvaluasi)
    assert isinstance(full, BeritaAcara | DokumenEvaluasi)
    first, second = (replace(m, present=n) for m, n in zip(full.meetings, (6, 2), strict=True))

    twice = text(pdf_of(replace(paper, meetings=(first, second), attendance=full.attendance)))
    once = text(pdf_of(replace(paper, meetings=(first,), attendance=full.attendance)))

    assert "dihadiri 6 (enam) orang pada pertemuan ke-1 dan 2 (dua) orang pada pertemuan ke-2" in twice
    assert "Rapat dihadiri 12 (dua belas) orang" in once
    assert "pertemuan ke-1" not in once


def test_the_book_says_since_when_the_last_step_is_under_way_until_it_is_published() -> None:
    assert "sejak 13 Januari 2027" in text(printed("dokumen_evaluasi", "draft"))
    assert "sejak 13 Januari 2027" not in text(printed("dokumen_evaluasi"))


def bare(aspect: AspectLine) -> AspectLine:
    return replace(aspect, indicators=tuple(replace(i, evidence=()) for i in aspect.indicators))


def test_indicators_without_evidence_are_those_that_the_city_scores_itself() -> None:
    statement = flavoured("berita_acara", "draft")
    assert isinstance(statement, BeritaAcara)
    result = statement.result
    own = [i for i in result.indicators if not i.external]
    domains = tuple(replace(d, aspects=tuple(map(bare, d.aspects))) for d in result.domains)

    said = text(pdf_of(replace(statement, result=replace(result, domains=domains))))

    assert len(own) < len(result.indicators)
    assert f"Seluruh {len(own)} indikator yang dinilai sendiri belum memiliki data dukung." in said
