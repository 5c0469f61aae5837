"""What the office sets about its papers arrives in their contexts: letterhead, margins, sentences, date line."""

from datetime import UTC, date, datetime, time

import pytest
from pydantic import ValidationError

from sop.letters import Letter, LetterState
from sop.office import PageMargins
from sop.paperwork import kop, look, surat_undangan
from sop.preparation import Meeting, Preparation
from sop.standing_text import Sentences, problems
from tests.offices import shipped
from tests.sop.test_cycle import Office

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
OWN = Sentences(
    opening="Sehubungan dengan {kegiatan} menurut {instrumen}, kami mengundang Saudara untuk hadir pada:",
    closing="Demikian, {kota}, {tahun}.",
)


def dressed(**changes):
    bundle = shipped()
    return bundle.model_copy(update={"office": bundle.office.model_copy(update=changes)})


def invitation(bundle):
    cycle = Office().cycle
    sheet = Preparation(asked={}, meeting=Meeting(date(2026, 12, 3), time(9), "Smart Room", "Permintaan data"))
    letter = Letter("l", cycle.id, "surat_undangan", LetterState.DRAFT, "DISKOMINFO", NOW)
    return surat_undangan(bundle, cycle, sheet, letter, NOW)


def test_a_letter_opens_and_closes_with_the_offices_own_sentences_about_the_cycle():
    made = invitation(dressed(sentences={"surat_undangan": OWN}))
    about = f"{made.cycle.name} menurut {made.cycle.instrument}"
    assert made.opening == f"Sehubungan dengan {about}, kami mengundang Saudara untuk hadir pada:"
    assert made.closing == f"Demikian, {made.cycle.city}, {made.cycle.year}."
    plain = invitation(shipped())
    assert (plain.opening, plain.closing) == (None, None)


def test_the_place_before_the_date_is_the_offices_choice():
    assert invitation(shipped()).head.place == "Pangkalpinang"
    assert invitation(dressed(dated_with_place=False)).head.place is None


def test_every_line_of_a_letterhead_is_printed():
    bundle = dressed()
    head = bundle.office.letterheads["diskominfo"]
    upt = head.model_copy(update={"lines": (*head.lines, "DINAS KOMUNIKASI DAN INFORMATIKA"), "office": "UPTD"})
    office = bundle.office.model_copy(update={"letterheads": {"diskominfo": upt}})
    made = kop(office, "diskominfo")
    assert (made.government, made.above, made.office) == (head.lines[0], ("DINAS KOMUNIKASI DAN INFORMATIKA",), "UPTD")


def test_margins_go_along_and_leave_room_for_the_code_at_the_foot():
    made = look(dressed(margins=PageMargins(top=25, right=25, bottom=30, left=30)).office)
    assert (made.margins.top, made.margins.right, made.margins.bottom, made.margins.left) == (25, 25, 30, 30)
    with pytest.raises(ValidationError, match="bottom"):
        PageMargins(bottom=10)


@pytest.mark.parametrize(
    ("kind", "sentence", "wrong"),
    [
        ("surat_undangan", {"opening": "Dengan {kegiatan}:"}, None),
        ("surat_undangan", {"opening": "Dengan {acara}:"}, "sentences.surat_undangan.opening: unknown '{acara}'"),
        ("surat_undangan", {"closing": "Demikian {kegiatan"}, "sentences.surat_undangan.closing: cannot be read"),
        ("nota_dinas", {"closing": "Demikian."}, None),
        ("nota_dinas", {"opening": "Dengan hormat,"}, "sentences.nota_dinas.opening: only these have one"),
        ("surat_cinta", {"closing": "Demikian."}, "sentences.surat_cinta: no such paper"),
    ],
)
def test_a_sentence_that_no_paper_could_print_is_told_at_the_start(kind, sentence, wrong):
    found = problems({kind: Sentences(**sentence)})
    assert (found == []) if wrong is None else found[0].startswith(wrong), found
    assert dressed(sentences={kind: Sentences(**sentence)}).office.problems() == found
