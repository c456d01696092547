"""Days of offers as an iCalendar file."""

from datetime import UTC, date, datetime

from icalendar import Calendar

from partners import ics

STAMP = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def test_a_day_lasts_until_the_next_one() -> None:
    day = ics.Day("1@weft", date(2027, 5, 3), date(2027, 5, 4), "Open; day", STAMP, "Room 1", "u")
    found = Calendar.from_ical(ics.calendar([day]))
    (entry,) = found.walk("VEVENT")
    assert entry.decoded("dtstart") == date(2027, 5, 3)
    assert entry.decoded("dtend") == date(2027, 5, 5)
    assert (str(entry["summary"]), str(entry["location"]), str(entry["url"])) == (
        *("Open; day", "Room 1"),
        "u",
    )
    assert "x-wr-calname" not in found


def test_a_name_makes_it_a_feed() -> None:
    bare = ics.Day("1@weft", date(2027, 5, 3), date(2027, 5, 3), "Day", STAMP)
    found = Calendar.from_ical(ics.calendar([bare], "Days"))
    assert str(found["x-wr-calname"]) == "Days" and found["x-published-ttl"] == "PT6H"
    (entry,) = found.walk("VEVENT")
    assert "location" not in entry and "url" not in entry
