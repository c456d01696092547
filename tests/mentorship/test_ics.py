"""Meetings as calendar files, byte for byte and as another program reads them."""

from datetime import UTC, datetime, timedelta, timezone

from icalendar import Calendar

from mentorship.ics import Event, calendar

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
EVENT = Event(
    uid="meeting-7@hub.example",
    starts_at=datetime(2026, 11, 5, 18, 30, tzinfo=timezone(timedelta(hours=1))),
    minutes=45,
    summary="Meeting with your mentor",
    stamp=NOW,
    place="Room 2; ring twice, please",
    url="https://hub.example/mentorship/pairs/3/",
)


def test_one_meeting() -> None:
    assert calendar([EVENT]).decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Weft//Mentorship//EN",
        "BEGIN:VEVENT",
        "SUMMARY:Meeting with your mentor",
        "DTSTART:20261105T173000Z",
        "DTEND:20261105T181500Z",
        "DTSTAMP:20261102T120000Z",
        "UID:meeting-7@hub.example",
        f"SEQUENCE:{int(NOW.timestamp())}",
        "LOCATION:Room 2\\; ring twice\\, please",
        "STATUS:CONFIRMED",
        "URL:https://hub.example/mentorship/pairs/3/",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_feed_has_a_name_and_may_be_empty() -> None:
    assert calendar([], "My meetings").decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Weft//Mentorship//EN",
        "X-WR-CALNAME:My meetings",
        "X-PUBLISHED-TTL:PT6H",
        "END:VCALENDAR",
        "",
    ]


def test_what_is_called_off_says_so_and_may_have_no_place() -> None:
    plain = Event("u", NOW, 30, "Meeting", NOW, is_cancelled=True)
    found = Calendar.from_ical(calendar([plain])).walk("VEVENT")[0]
    assert found["STATUS"] == "CANCELLED"
    assert "LOCATION" not in found and "URL" not in found


def test_typed_words_cannot_add_a_line() -> None:
    nasty = "Room\r\nEND:VEVENT\r\nATTACH:http://evil.example/" + "é" * 90
    hostile = Event("u", NOW, 30, "Meeting", NOW, place=nasty)
    text = calendar([hostile])
    assert text.count(b"\r\nEND:VEVENT") == 1
    assert b"\r\nATTACH" not in text
    assert max(len(line) for line in text.split(b"\r\n")) <= 75
    found = Calendar.from_ical(text).walk("VEVENT")[0]
    assert str(found["LOCATION"]) == nasty.replace("\r\n", "\n")
