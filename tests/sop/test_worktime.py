"""Office time: the SOP's own durations, on the days that hurt, and against a slow independent count."""

from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop.definition import Duration
from sop.office_calendar import OfficeCalendar
from sop.worktime import WIB, Calendar, NoWorkingDay
from tests.offices import calendar, shipped

CALENDAR = calendar()


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB).astimezone(UTC)


def shown(moment: datetime) -> str:
    return moment.astimezone(WIB).strftime("%Y-%m-%d %H:%M")


moments = st.integers(0, 3 * 365 * 24 * 3600 - 1).map(lambda s: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(seconds=s))


@pytest.mark.parametrize(
    ("start", "duration", "expected"),
    [
        ("2026-11-27 16:20", Duration(office_minutes=30), "2026-11-30 07:50"),  # Friday evening, over the weekend
        ("2026-11-24 11:50", Duration(office_minutes=30), "2026-11-24 13:20"),  # over the break
        ("2026-11-27 11:20", Duration(office_minutes=30), "2026-11-27 13:20"),  # Friday's longer break
        ("2026-11-24 06:00", Duration(office_minutes=60), "2026-11-24 08:30"),  # before opening
        ("2026-12-23 15:50", Duration(office_minutes=30), "2026-12-28 07:50"),  # cuti bersama, Natal, weekend
        ("2026-11-24 09:00", Duration(working_days=3), "2026-11-27 16:30"),
        ("2026-12-22 09:00", Duration(working_days=2), "2026-12-28 16:00"),
        ("2026-11-24 09:00", Duration(weeks=1), "2026-12-01 16:00"),
        ("2026-12-11 09:00", Duration(weeks=2), "2026-12-28 16:00"),  # 25 Dec is Natal, then the weekend
        ("2026-03-16 09:00", Duration(working_days=3), "2026-03-26 16:00"),  # Nyepi, Idul Fitri and cuti bersama
        ("2027-02-10 14:50", Duration(office_minutes=20), "2027-02-11 08:10"),  # Ramadan hours
    ],
)
def test_the_sop_durations_end_when_the_office_says(start, duration, expected):
    assert shown(CALENDAR.due(wib(start), duration)) == expected


def test_a_day_that_the_office_adds_is_no_working_day_and_one_it_removes_is():
    changed = OfficeCalendar.model_validate(
        shipped().calendar.model_dump()
        | {
            "added_days_off": [{"day": date(2026, 11, 25), "reason": "Pilkada"}],
            "removed_days_off": [{"day": date(2026, 12, 24), "reason": "Cuti bersama dibatalkan"}],
        }
    )

    local = Calendar(changed)

    assert local.why_off(date(2026, 11, 25)) == "Pilkada"
    assert local.is_working_day(date(2026, 12, 24))
    assert not local.is_working_day(date(2026, 12, 25))


def test_a_calendar_without_working_days_is_an_error_and_not_an_endless_search():
    empty = Calendar(OfficeCalendar(periods=()))

    with pytest.raises(NoWorkingDay):
        empty.due(wib("2026-11-24 09:00"), Duration(working_days=1))


USUAL = {"Fri": ("07:30", "11:30", "13:00", "16:30"), "else": ("07:30", "12:00", "13:00", "16:00")}
RAMADAN = {"Fri": ("08:00", "11:30", "12:30", "15:30"), "else": ("08:00", "12:00", "12:30", "15:00")}
DAYS_OFF = holidays.country_holidays("ID", years=range(2025, 2030), categories=("public", "government"))


def open_minutes(start: datetime, end: datetime) -> int:
    """Slow and independent of the code: look at every minute, with the hours written down once more."""
    count, at = 0, start
    while at < end:
        local = at.astimezone(WIB)
        hours = RAMADAN if date(2027, 2, 8) <= local.date() <= date(2027, 3, 9) else USUAL
        opens, pause, back, closes = hours.get(local.strftime("%a"), hours["else"])
        clock = local.strftime("%H:%M")
        working = local.strftime("%a") not in ("Sat", "Sun") and local.date() not in DAYS_OFF
        count += working and (opens <= clock < pause or back <= clock < closes)
        at += timedelta(minutes=1)
    return count


@settings(max_examples=60, deadline=None)
@given(start=moments.map(lambda d: d.replace(second=0)), minutes=st.integers(1, 600))
def test_office_minutes_pass_only_while_the_office_is_open(start, minutes):
    due = CALENDAR.due(start, Duration(office_minutes=minutes))

    assert open_minutes(start, due) == minutes


@settings(max_examples=100, deadline=None)
@given(start=moments, days=st.integers(1, 15))
def test_working_days_end_on_a_working_day_at_closing_and_more_days_end_later(start, days):
    due = CALENDAR.due(start, Duration(working_days=days))

    day = due.astimezone(WIB).date()
    assert CALENDAR.is_working_day(day)
    assert due == CALENDAR.closing(day)
    assert CALENDAR.due(start, Duration(working_days=days + 1)) > due


@settings(max_examples=100, deadline=None)
@given(start=moments, minutes=st.integers(30, 3000), wait=st.integers(0, 600), pause=st.integers(0, 5000))
def test_a_pause_gives_back_exactly_the_office_time_that_it_took(start, minutes, wait, pause):
    due = CALENDAR.due(start, Duration(office_minutes=minutes))
    begun = start + timedelta(minutes=wait)
    until = begun + timedelta(minutes=pause)

    moved = CALENDAR.shift(due, begun, until)

    assert moved >= due
    if begun < due:
        before = CALENDAR.open_time(begun, due)
        assert CALENDAR.open_time(until, moved) == before or CALENDAR.open_time(begun, until) == timedelta(0)


def test_why_this_date_names_the_stretches_and_the_days_left_out():
    explained = CALENDAR.explain(wib("2026-11-27 16:20"), Duration(office_minutes=30))

    assert [span.minutes for span in explained.spans] == [10, 20]
    assert [why for _, why in explained.skipped] == ["akhir pekan", "akhir pekan"]
