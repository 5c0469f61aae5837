"""Rules of evidence: codes in file names, versions, and what an item is after files come and go."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop import evidence as ev
from sop.cycle import Signed
from sop.evidence import EvidenceFile, Item, ItemState
from sop.refusals import AlreadyDecided, BadInput, NotNow, SameEyes

CODES = ("U1", "U2", *(f"I{n:02}" for n in range(1, 48)))
START = datetime(2026, 11, 24, 1, tzinfo=UTC)
TONI = Signed("toni", "Toni", "tim_diskominfo", "Tim SPBE Diskominfo")


def item(**changes) -> Item:
    return Item("i", "c", "dinkes", "I12", "Peta Rencana", "Perwali", **changes)


def file(id: str, minute: int = 0, by: str = "rina") -> EvidenceFile:
    return EvidenceFile(
        id, f"{id}.pdf", 10, START + timedelta(minutes=minute), by, "Rina", state="tersimpan", sha256=id
    )


# --- codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I12_SK.pdf", "I12"),
        ("i-12", "I12"),
        ("ind 12", "I12"),
        ("Indikator 12 final.docx", "I12"),
        ("lampiran_i.3.pdf", "I03"),
        ("I03.pdf", "I03"),
        ("U1.xlsx", "U1"),
        ("umum 2", "U2"),
        ("scan003.pdf", None),
        ("SK Tim 2026.pdf", None),
        ("I12 dan I33.pdf", None),
        ("I120.pdf", None),
        ("wifi12.pdf", None),
        ("I99.pdf", None),
        ("", None),
    ],
)
def test_a_code_is_recognised_as_people_write_it(text, code):
    assert ev.code_in(text, CODES) == code


@given(
    st.sampled_from(CODES), st.sampled_from(["", " ", "-", "_", ".", " - "]), st.sampled_from(["", "_", " ", "(", "."])
)
def test_a_code_alone_is_always_recognised_whatever_stands_around_it(code, between, around):
    written = f"{around}{code[0].lower()}{between}{code[1:]}{around}"
    assert ev.code_in(written, CODES) == code


@given(st.text(max_size=80))
def test_any_text_names_one_asked_code_or_none(text):
    assert ev.code_in(text, CODES) in (None, *CODES)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("https://contoh.go.id/a", True),
        ("http://contoh.go.id", True),
        ("contoh.go.id", False),
        ("https://", False),
        ("https:// a", False),
        ("https://contoh.go.id/a b", False),
        ("https://contoh.go.id/" + "a" * 500, False),
    ],
)
def test_a_link_is_one_address(text, good):
    assert ev.is_link(text) is good


# --- files


def test_a_replacement_counts_on_the_version_of_what_it_replaces():
    now = START + timedelta(minutes=9)
    i = ev.add_file(ev.add_file(item(), file("a")), file("b"))
    i = ev.replace_file(i, "a", file("c", 9), now=now)
    assert [(f.id, f.version) for f in i.current_files] == [("b", 1), ("c", 2)]
    assert i.file("a").withdrawn_at == now


def test_an_item_to_be_repaired_is_repaired_by_a_new_file_only():
    i = ev.add_file(item(), file("a"))
    i = ev.judge(i, ItemState.REPAIR, "belum ditandatangani", TONI, four_eyes=True, now=START + timedelta(minutes=5))
    i = ev.add_file(i, file("b", 10))
    assert i.state is ItemState.UPLOADED
    i = ev.withdraw_file(i, "b", now=START + timedelta(minutes=11))
    assert i.state is ItemState.REPAIR


@given(st.lists(st.sampled_from(["add", "withdraw", "fail", "repair"]), max_size=12))
def test_an_item_counts_as_uploaded_exactly_while_a_file_is_newer_than_its_last_verdict(acts):
    i = item()
    for minute, act in enumerate(acts, 1):
        now = START + timedelta(minutes=minute)
        current = [f.id for f in i.current_files]
        if act == "add":
            i = ev.add_file(i, file(f"f{minute}", minute))
        elif act == "withdraw" and current:
            i = ev.withdraw_file(i, current[0], now=now)
        elif act == "fail" and current:
            i = ev.settle_file(i, current[-1], state="gagal")
        elif act == "repair" and i.to_review:
            i = ev.judge(i, ItemState.REPAIR, "ulang", TONI, four_eyes=True, now=now)
        newer = any(i.verdict_at is None or f.uploaded_at > i.verdict_at for f in i.current_files)
        assert (i.state is ItemState.UPLOADED) is newer


# --- verdicts


def test_nothing_is_judged_before_it_is_sent_and_nothing_twice_by_accident():
    with pytest.raises(NotNow):
        ev.judge(item(), ItemState.ACCEPTED, "", TONI, four_eyes=True, now=START)
    i = ev.judge(ev.add_file(item(), file("a")), ItemState.ACCEPTED, "", TONI, four_eyes=True, now=START)
    with pytest.raises(AlreadyDecided):
        ev.judge(i, ItemState.REPAIR, "ulang", TONI, four_eyes=True, now=START)
    assert ev.judge(i, ItemState.REPAIR, "ulang", TONI, four_eyes=True, again=True, now=START).state is ItemState.REPAIR
    with pytest.raises(NotNow):
        ev.add_file(i, file("b"))


def test_who_uploaded_does_not_review_unless_the_office_says_so():
    i = ev.add_file(item(), file("a", by="toni"))
    with pytest.raises(SameEyes):
        ev.judge(i, ItemState.ACCEPTED, "", TONI, four_eyes=True, now=START)
    assert ev.judge(i, ItemState.ACCEPTED, "", TONI, four_eyes=False, now=START).state is ItemState.ACCEPTED


@pytest.mark.parametrize("reason", ["", "   ", "x" * 601])
def test_sending_back_needs_a_reason_that_fits(reason):
    with pytest.raises(BadInput):
        ev.judge(ev.add_file(item(), file("a")), ItemState.REPAIR, reason, TONI, four_eyes=True, now=START)
