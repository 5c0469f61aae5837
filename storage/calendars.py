"""Calendar entries as files (.ics), which every phone can take into its calendar."""

from datetime import UTC, timedelta

from icalendar import Alarm, Calendar, Event

from sop.ports.calendar import CalendarEntry

PRODUCT = "-//monev-spbe-bot//ID"
AHEAD = timedelta(hours=1)  # the phone's own alarm before the meeting
ICS = "text/calendar"


def write_entry(entry: CalendarEntry) -> bytes:
    """The bytes of an .ics file with one event.

    Without METHOD, and so without the mail addresses of organizer and guests that one would demand (RFC 5546): a
    file that somebody opens is taken in, and a later one of the same UID with a higher SEQUENCE takes its place.
    """
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamp.astimezone(UTC))
    event.add("last-modified", entry.stamp.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    event.add("summary", entry.summary)
    event.add("location", entry.place)
    event.add("description", entry.description)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if not entry.cancelled:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.summary)
        alarm.add("trigger", -AHEAD)
        event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
