"""The numbers of the recap: nothing is counted twice, nothing is left out, and who stands where."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sop.cycle import Signed, TaskState
from sop.evidence import EvidenceFile, Item, ItemState
from sop.paperwork_recap import rekapitulasi, sheet_facts, sheets
from sop.recap import counted, recapped
from tests.offices import shipped
from tests.sop.test_cycle import BY_TIM, FOCAL, OPDS, Office

AT = datetime(2026, 12, 11, 3, tzinfo=UTC)
INSTRUMENT = next(iter(shipped().instruments.values()))
CODES = ("U1", "U2", *(i.code for i in INSTRUMENT.indicators[:6]))


def item(opd: str, code: str, state: ItemState, *, files: int = 0, judged: bool = True) -> Item:
    sent = tuple(
        EvidenceFile(f"{opd}{code}{n}", "=sk.pdf", 9, AT, "x", "Rina", state="tersimpan") for n in range(files)
    )
    absent = state is ItemState.DECLARED_ABSENT
    reason = "Belum ditandatangani" if state in (ItemState.REPAIR, ItemState.REJECTED) else ""
    return Item(
        f"{opd}.{code}",
        "c",
        opd,
        code,
        f"Butir {code}",
        "",
        state=state,
        files=sent,
        explanation="Tidak mengelola." if absent else "",
        verdict_reason=reason,
        verdict_at=AT if judged and state is not ItemState.UPLOADED else None,
        verdict_by=BY_TIM if judged else None,
    )


ITEMS = st.lists(
    st.builds(
        item,
        st.sampled_from(OPDS),
        st.sampled_from(CODES),
        st.sampled_from(ItemState),
        files=st.integers(0, 3),
        judged=st.booleans(),
    ),
    max_size=24,
    unique_by=lambda i: i.id,
)


def collecting() -> Office:
    """An office whose agencies collect."""
    office = Office()
    while not office.cycle.open_tasks("pengumpulan_data"):
        office.hand_over(office.cycle.open_tasks()[0])
    return office


def recap(cycle, items):
    step = next(s for s in cycle.sop.steps if s.each)
    return recapped(cycle, step, INSTRUMENT, items)


@given(ITEMS)
def test_by_agency_and_by_indicator_the_same_items_are_counted_once(items):
    found = recap(collecting().cycle, items)
    assert found.total.asked == len(items) == sum(o.counts.asked for o in found.opds)
    assert sum(i.counts.asked for i in found.indicators) == len(items)
    for state in ("accepted", "repair", "rejected", "absent", "uploaded", "missing", "undecided"):
        assert getattr(found.total, state) == sum(getattr(o.counts, state) for o in found.opds)
        assert getattr(found.total, state) == sum(getattr(i.counts, state) for i in found.indicators)
    assert found.total.unjudged == sum(1 for i in items if i.to_review)


@given(ITEMS)
def test_every_recap_can_be_printed_and_tabulated(items):
    cycle = collecting().cycle
    made = rekapitulasi(shipped(), cycle, recap(cycle, items), receiver="Tim SPBE Kota", by=BY_TIM, note=" ", now=AT)
    agencies, indicators, rows = sheets(made)
    assert len(agencies) == len(OPDS)
    assert len(rows) == len(items)
    assert len(indicators) == len(made.indicators)
    assert sheet_facts(made)["diminta"] == str(len(items))
    assert made.remarks == ()


def test_general_items_come_first_and_every_indicator_has_a_line_also_when_nobody_was_asked():
    found = recap(collecting().cycle, [item("dishub", "U2", ItemState.NONE), item("setda", "U1", ItemState.NONE)])
    assert [i.code for i in found.indicators][:2] == ["U1", "U2"]
    assert len(found.indicators) == 2 + len(INSTRUMENT.indicators)
    assert found.supported == 0


def test_only_files_of_what_is_sesuai_count():
    items = [
        item("dishub", "U1", ItemState.ACCEPTED, files=2),
        item("setda", "U1", ItemState.REJECTED, files=3),
    ]
    line = recap(collecting().cycle, items).indicator("U1")
    assert (line.files, line.counts.accepted, line.counts.rejected) == (2, 1, 1)


def test_an_agency_is_open_then_handed_over_then_open_again_then_closed():
    office = collecting()
    first = office.cycle.latest("pengumpulan_data", "dishub")
    assert recap(office.cycle, []).opd("dishub").open
    office.hand_over(first, FOCAL["dishub"])
    line = recap(office.cycle, []).opd("dishub")
    assert line.handed_over_at == office.now
    assert not line.open

    again = replace(first, id="again", pass_no=2, state=TaskState.OPEN, opened_at=office.now)
    reopened = replace(office.cycle, tasks=(*office.cycle.tasks, again))
    line = recap(reopened, []).opd("dishub")
    assert (line.open, line.handed_over_at, line.closed_at) == (True, None, None)

    later = office.now + timedelta(days=1)
    by = Signed("t", "Toni", "tim_diskominfo", "Tim SPBE Diskominfo")
    closed = replace(again, state=TaskState.CLOSED, decided_at=later, decided_by=by, note="Tidak ada kabar.")
    shut = replace(office.cycle, tasks=(*office.cycle.tasks, closed))
    line = recap(shut, []).opd("dishub")
    assert (line.handed_over_at, line.closed_at, line.closed_reason) == (office.now, later, "Tidak ada kabar.")
    assert recap(shut, []).closed == 0  # it has handed over once: only the rest was closed


def test_a_declaration_that_nobody_has_answered_is_absent_and_unjudged():
    counts = counted([item("dishub", "U1", ItemState.DECLARED_ABSENT, judged=False)])
    assert (counts.absent, counts.undecided, counts.unjudged, counts.asked) == (1, 1, 1, 1)
