"""A cycle that is halted in the middle of its meeting; and steps 5 to 8 by people who act for others or came later."""

import json
from datetime import timedelta

import pytest

from sop.cycle import Standing
from sop.refusals import NotNow, NotYours
from tests.acts import honest
from tests.acts import presses as acts
from tests.acts.office import Office, member_replaced, wording
from tests.offices import calendar

STATES = ("ditangguhkan", "dibatalkan")
HALTS = ((acts.SUSPEND, acts.RESUME), (acts.CANCEL, acts.REOPEN))


@pytest.fixture
def meeting():
    """The first sitting is being held, since an hour of office time."""
    office = honest.come_to("rapat")
    office.must(acts.SCHEDULE)
    opens = calendar().opening(calendar().next_working_day(office.now.date()))
    office.passes(seconds=(opens - office.now).total_seconds())
    office.must(acts.BEGIN, wait=60)
    yield office
    office.close()


def task(office: Office, step: str = "rapat"):
    return office.cycle().latest(step)


def planned(office: Office):
    return [r.rung for r in office.look(lambda uow: uow.reminders.due(office.now + timedelta(days=400)))]


def refused(office: Office, act, **how):
    _, refusal = office.does(act, wait=0, **how)
    return refusal


@pytest.mark.parametrize(("halt", "again"), HALTS)
def test_a_sitting_that_is_halted_goes_on_with_the_time_that_was_left(meeting, halt, again):
    due = task(meeting).due_at
    meeting.must(halt, wait=0)
    since = meeting.now

    for act in (acts.ATTEND, acts.GUESTS, acts.REST, acts.ADJOURN, acts.FINISH_SITTING, acts.SCORE, acts.MINUTES):
        refusal = refused(meeting, act, opd="dlh")
        assert isinstance(refusal, NotNow), (act.name, refusal)
        assert refusal.state in STATES
    assert planned(meeting) == []

    meeting.passes(days=3)
    meeting.must(again, wait=0)

    assert task(meeting).due_at == calendar().shift(due, since, meeting.now)
    assert meeting.look(lambda uow: uow.meetings.of_cycle(meeting.cycle_id)).sitting.running
    assert planned(meeting) != []
    meeting.must(acts.ATTEND, opd="dlh")
    honest.finishes(meeting)


@pytest.mark.parametrize(("halt", "again"), HALTS)
def test_a_break_that_outlives_a_halt_is_still_a_break(meeting, halt, again):
    due = task(meeting).due_at
    meeting.must(acts.REST, wait=5)
    since = meeting.now - timedelta(minutes=5)
    meeting.must(halt)
    meeting.passes(days=2)
    meeting.must(again, wait=30)

    assert task(meeting).standing is Standing.BREAK
    assert isinstance(refused(meeting, acts.REST), NotNow)
    meeting.must(acts.TAKE_UP, wait=0)

    assert task(meeting).due_at == calendar().shift(due, since, meeting.now)
    honest.finishes(meeting)


@pytest.mark.parametrize(("halt", "again"), HALTS)
def test_a_further_sitting_whose_date_passes_during_a_halt_can_be_held_moved_or_called_off(meeting, halt, again):
    due, since = task(meeting).due_at, meeting.now
    meeting.must(acts.ADJOURN, wait=0)
    meeting.must(halt)
    meeting.passes(days=9)
    meeting.must(again)
    assert task(meeting).standing is Standing.ADJOURNED
    assert isinstance(refused(meeting, acts.CONFIRM), NotNow)

    meeting.must(acts.SCHEDULE)
    meeting.passes(days=1)
    meeting.must(acts.BEGIN, wait=0)
    assert task(meeting).due_at == calendar().shift(due, since, meeting.now)
    meeting.must(acts.FINISH_SITTING)

    meeting.must(acts.SCHEDULE)
    meeting.must(acts.CALL_OFF)
    assert task(meeting).standing is Standing.NO
    honest.finishes(meeting)


# --- people


def stands_in(office: Office, role: str) -> str:
    """Somebody acts for a holder of *role* today; the stand-in's id."""
    _, person = office.must(acts.substitute(role, days=30))
    return person


def last_record(office: Office, event: str):
    lines = office.look(lambda uow: uow.journal.page(limit=60))
    return next(line for line in lines if line.event == event)


def printed(office: Office, kind: str) -> str:
    papers = office.look(lambda uow: uow.papers.of_cycle(office.cycle_id, kind=kind))
    return json.dumps(papers[-1].context, ensure_ascii=False)


def name_of(office: Office, person: str) -> str:
    return office.look(lambda uow: uow.people.get(person, office.now)).name


STAND_INS = [  # step, whose office, what is done before, the act, its event, the paper that bears the name
    ("rekapitulasi", "tim_diskominfo", (), acts.RECAP, "TaskHandedOver", "rekapitulasi"),
    ("rapat", "tim_kota", (acts.MINUTES, acts.SCORE_ALL), acts.CONFIRM, "TaskHandedOver", "notula"),
    ("formulir", "kabid", (), acts.ACKNOWLEDGE, "ReportAcknowledged", "nota_dinas"),
    ("publikasi", "tim_diskominfo", (), acts.PUBLISH, "TaskHandedOver", ""),
]


@pytest.mark.parametrize(("step", "role", "before", "act", "event", "paper"), STAND_INS)
def test_a_plh_acts_in_every_later_step_and_record_and_paper_say_so(step, role, before, act, event, paper):
    office = honest.come_to(step)
    if step == "rapat":
        for one in (acts.SCHEDULE, acts.BEGIN, acts.GUESTS, acts.FINISH_SITTING):
            office.must(one)
    if step == "formulir":
        acts.form_rows(office)
        office.must(acts.REPORT)
    who = stands_in(office, role)

    for one in (*before, act):
        office.must(one, person=who)
    office.prints()  # every paper with a Plh. on it comes out of its template; the last one publishes

    line = last_record(office, event)
    title = office.cycle().sop.role_name(role)
    assert (line.who, line.name, line.capacity) == (who, name_of(office, who), f"Plh. {title}")
    if paper:
        words = printed(office, paper)
        assert f"Plh. {title}" in words
        assert name_of(office, who) in words
    office.must(acts.END_SUBSTITUTION)
    assert isinstance(refused(office, act, person=who), NotYours)
    honest.finishes(office)
    office.close()


REPLACED = [
    ("rekapitulasi", "tim_diskominfo", acts.RECAP, "rekapitulasi"),
    ("rapat", "tim_kota", acts.CONFIRM, "notula"),
    ("formulir", "kabid", acts.ACKNOWLEDGE, "nota_dinas"),
    ("publikasi", "tim_diskominfo", acts.PUBLISH, ""),
]


@pytest.mark.parametrize(("step", "role", "act", "paper"), REPLACED)
def test_whoever_has_left_cannot_act_any_more_and_the_successor_can(step, role, act, paper):
    office = honest.come_to(step)
    if step == "rapat":
        for one in (acts.SCHEDULE, acts.BEGIN, acts.GUESTS, acts.FINISH_SITTING, acts.MINUTES, acts.SCORE_ALL):
            office.must(one)
    if step == "formulir":
        acts.form_rows(office)
        office.must(acts.REPORT)
    holders = {h.id for h in office.look(lambda uow: uow.people.holders(role, None, office.now))}
    member_replaced(office, role, None, 0)
    after = {h.id for h in office.look(lambda uow: uow.people.holders(role, None, office.now))}
    (gone,), (new,) = holders - after, after - holders

    assert isinstance(refused(office, act, person=gone), NotYours)
    office.must(act, person=new)
    office.prints()

    if paper:
        assert name_of(office, new) in printed(office, paper)
    assert name_of(office, new) in {line.name for line in office.look(lambda uow: uow.journal.page(limit=60))}
    honest.finishes(office)
    office.close()


def test_a_member_who_leaves_while_the_cycle_is_cancelled_loses_the_card_and_the_successor_gets_it_at_the_reopening():
    office = honest.come_to("pengumpulan_data")
    office.must(acts.CANCEL)
    task = office.cycle().latest("pengumpulan_data", "dlh").id
    (gone,) = office.look(lambda uow: [h.id for h in uow.people.holders("opd", "dlh", office.now)])

    member_replaced(office, "opd", "dlh", 0)
    office.must(acts.REOPEN)

    (new,) = office.look(lambda uow: [h.id for h in uow.people.holders("opd", "dlh", office.now)])
    assert not office.look(lambda uow: uow.outbox.card(task, gone)).open
    assert office.look(lambda uow: uow.outbox.card(task, new)).open
    office.close()


def test_whoever_says_twice_that_the_statement_is_with_the_sekda_is_not_told_of_a_meeting():
    office = honest.come_to("formulir")
    acts.form_rows(office)
    for act in (acts.REPORT, acts.ACKNOWLEDGE, acts.NUMBER["formulir"], acts.TO_SEKDA):
        office.must(act)

    refusal = refused(office, acts.TO_SEKDA)

    words = wording().message(f"refusals/{refusal.template}", refusal.facts())
    assert "Sekda" in words
    assert "Rapat" not in words
    office.close()
