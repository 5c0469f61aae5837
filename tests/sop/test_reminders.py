"""Ladders: half time, the working day before, due, and each working day overdue; never before the task began."""

from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop.definition import Duration, Rung
from sop.people import Settings
from sop.reminders import next_overdue, not_in_quiet_hours, plan
from tests.offices import calendar
from tests.sop.test_worktime import moments, shown, wib

LADDER = tuple(Rung.parse(r) for r in ("half", "1 working days before", "due", "each working day after"))


def planned(started, duration, now=None, target=None):
    due = calendar().due(started, duration)
    return plan(LADDER, started=started, target=target, due=due, now=now or started, calendar=calendar())


def test_two_weeks_are_reminded_of_at_half_time_the_day_before_at_the_end_and_after():
    found = planned(wib("2026-11-24 09:00"), Duration(weeks=2))

    assert [(m.rung, shown(m.at)) for m in found] == [
        ("half", "2026-12-01 12:00"),
        ("before_1", "2026-12-07 08:00"),
        ("due", "2026-12-08 16:00"),
        ("each_after", "2026-12-09 08:00"),
    ]


@pytest.mark.parametrize(
    ("started", "half"),
    [
        ("2026-11-24 07:30", None),
        ("2026-11-24 09:00", None),
        ("2026-11-24 15:30", "2026-11-26 11:00"),
    ],
)
def test_half_time_on_the_day_before_the_end_is_left_out_only_right_beside_its_reminder(started, half):
    found = {m.rung: shown(m.at) for m in planned(wib(started), Duration(working_days=3))}

    assert found.pop("half", None) == half
    assert found == {"before_1": "2026-11-26 08:00", "due": "2026-11-27 16:30", "each_after": "2026-11-30 08:00"}


def test_a_thirty_minute_task_has_no_reminder_from_the_day_before_it_began():
    found = planned(wib("2026-11-24 09:00"), Duration(office_minutes=30))

    assert [m.rung for m in found] == ["half", "due", "each_after"]


def test_an_overdue_task_is_planned_for_the_next_working_day_only():
    found = planned(wib("2026-11-24 09:00"), Duration(office_minutes=30), now=wib("2026-11-27 12:00"))

    assert [(m.rung, shown(m.at)) for m in found] == [("each_after", "2026-11-30 08:00")]


@settings(max_examples=100, deadline=None)
@given(started=moments, days=st.integers(1, 10))
def test_every_reminder_lies_after_the_beginning_and_no_two_coincide(started, days):
    found = planned(started, Duration(working_days=days))

    assert all(m.at > started for m in found)
    assert len({m.at for m in found}) == len(found)
    assert found == tuple(sorted(found, key=lambda m: m.at))


@given(after=moments)
def test_the_next_overdue_reminder_falls_on_a_later_working_day_after_opening(after):
    at = next_overdue(after, calendar())

    assert at > after
    assert calendar().is_working_day(at.astimezone(UTC).date())


def test_quiet_hours_over_midnight_hold_a_message_until_the_morning():
    evening, night, noon = wib("2026-11-24 21:00"), wib("2026-11-25 05:00"), wib("2026-11-25 12:00")

    assert shown(not_in_quiet_hours(evening, Settings(), "20.00", "06.30")) == "2026-11-25 06:30"
    assert shown(not_in_quiet_hours(night, Settings(), "20.00", "06.30")) == "2026-11-25 06:30"
    assert not_in_quiet_hours(noon, Settings(), "20.00", "06.30") == noon
    assert shown(not_in_quiet_hours(noon, Settings("11.00", "13.00"), "20.00", "06.30")) == "2026-11-25 13:00"


def test_an_unknown_rung_says_which_there_are():
    with pytest.raises(ValueError, match="known: half, due"):
        Rung.parse("sometimes")
