"""Meetings on the pair's page, from a link without a sign-in, and in a calendar."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from members.models import Member, Notice
from mentorship import actions
from mentorship.models import CalendarKey, Meeting, Pairing
from mentorship.signed import meeting_token
from tests.mentorship.pair_page_parts import sender_of, url
from tests.mentorship.pair_parts import DAY, Pair, key_of, make_pair

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
MADRID = ZoneInfo("Europe/Madrid")


def new_pair(state: str = "active", ago: int = 2, **values: Any) -> Pair:
    return make_pair(state, at=timezone.now() - ago * DAY, **values)


@pytest.fixture
def post(signed_in: Callable[..., Client]) -> Callable[..., HttpResponse]:
    return sender_of(signed_in)


def plan(pair: Pair, after: timedelta = 3 * DAY, **values: Any) -> Meeting:
    facts: dict[str, Any] = {
        "member": pair.mentee,
        "pairing": pair.pairing,
        "key": key_of("p"),
        "starts_at": timezone.now().replace(second=0, microsecond=0) + after,
        "way": "video",
        "place": "zebra-place",
        **values,
    }
    return actions.plan_meeting(**facts)


def fields(page: str, name: str) -> dict[str, str]:
    """What a form of the page would send, as it stands there."""
    form = next(one for one in re.findall(r"<form.*?</form>", page, re.S) if f"/{name}/" in one)
    found = dict(re.findall(r'<input type="\w+" name="(\w+)" value="([^"]*)"', form))
    chosen = r'<select name="(\w+)".*?<option value="([^"]+)" selected>.*?</select>'
    return found | dict(re.findall(chosen, form, re.S))


def test_one_tap_logs_a_meeting(signed_in: Callable[..., Client]) -> None:
    """The form as it stands: today, now by the own clock, half an hour, the last way."""
    pair = new_pair("accepted")
    client = signed_in(pair.mentor)
    sent = fields(client.get(url(pair)).content.decode(), "log")
    here = datetime.now(MADRID)
    assert sent.keys() == {"csrfmiddlewaretoken", "key", "day", "time", "minutes", "way"}
    assert (sent["day"], sent["minutes"], sent["way"]) == (here.date().isoformat(), "30", "phone")
    for _time in range(2):
        response = client.post(url(pair, "meeting_log"), sent)
        assert (response.status_code, response["Location"]) == (303, f"{url(pair)}#meetings")
    row = Meeting.objects.get()
    assert (row.state, row.minutes) == ("held", 30)
    assert timezone.now() - row.starts_at < timedelta(minutes=3)
    assert pair.again().state == "active"
    assert "You have met 1 time." in client.get(url(pair)).content.decode()


def when(moment: datetime, **values: str) -> dict[str, str]:
    """A day and a time as a form sends them."""
    facts = {"day": f"{moment:%Y-%m-%d}", "time": f"{moment:%H:%M}", "minutes": "45", "way": "hub"}
    return facts | values


@pytest.mark.parametrize("name", ["mentorship:meeting_log", "mentorship:meeting_plan"])
@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"day": "soon"}, "Write the day like 2027-03-20."),
        ({"time": "25:99"}, "Write the time like 18:30."),
        ({"minutes": "7"}, "Choose how long."),
        ({"way": "pigeon"}, "Choose how you meet."),
        ({"day": "1999-12-31"}, ""),
        ({"day": "2099-12-31"}, ""),
    ],
)
def test_what_cannot_be_is_given_back(
    post: Callable[..., HttpResponse], name: str, values: dict[str, str], words: str
) -> None:
    pair = new_pair()
    response = post(pair, "mentee", name, **when(timezone.now(), **values))
    page = response.content.decode()
    assert (response.status_code, words in page) == (422, True)
    if "day" in values:
        assert f'value="{values["day"]}"' in page
    assert not Meeting.objects.exists()


def test_a_plan_is_made_shown_changed_and_called_off(
    post: Callable[..., HttpResponse], signed_in: Callable[..., Client]
) -> None:
    pair = new_pair()
    day = (datetime.now(MADRID) + 5 * DAY).replace(hour=18, minute=30)
    sent = when(day, place="zebra-place https://meet.example/x")
    assert post(pair, "mentor", "meeting_plan", **sent).status_code == 303
    row = Meeting.objects.get()
    assert row.starts_at.astimezone(MADRID).strftime("%H:%M") == "18:30"
    page = signed_in(pair.mentee).get(url(pair)).content.decode()
    local = row.starts_at.astimezone(ZoneInfo("UTC")).strftime("%H:%M")
    assert f", {local}</b>" in page
    assert 'href="https://meet.example/x" rel="nofollow"' in page
    change = url(pair, "meeting_change", row.pk)
    form = signed_in(pair.mentor).get(change).content.decode()
    assert 'value="18:30"' in form and "zebra-place" in form
    refused = post(pair, "mentor", "meeting_change", row.pk, **when(day, minutes="1"))
    assert refused.status_code == 422
    past = post(pair, "mentor", "meeting_change", row.pk, **when(day - 30 * DAY, place="kept"))
    assert (past.status_code, "kept" in past.content.decode()) == (422, True)
    changed = post(pair, "mentor", "meeting_change", row.pk, **when(day + DAY))
    assert (changed.status_code, changed["Location"]) == (303, f"{url(pair)}#meetings")
    for _time in range(2):
        assert post(pair, "mentee", "meeting_cancel", row.pk).status_code == 303
    row.refresh_from_db()
    assert (row.state, row.way, row.place) == ("cancelled", "hub", "")
    assert signed_in(pair.mentor).get(change).status_code == 404
    said = Notice.objects.filter(member=pair.mentee).values_list("text", flat=True)
    assert [text.split(":")[0] for text in said] == [
        "A meeting has changed. Now it is",
        "A meeting is planned",
    ]
    assert not any("zebra" in text for text in said)


def test_a_plan_that_is_over_is_settled(
    post: Callable[..., HttpResponse], signed_in: Callable[..., Client]
) -> None:
    pair = new_pair()
    row = plan(pair)
    early = post(pair, "mentee", "meeting_held", row.pk, held="yes")
    assert early.status_code == 422
    Meeting.objects.update(starts_at=timezone.now() - HOUR)
    assert "Did you meet?" in signed_in(pair.mentor).get(url(pair)).content.decode()
    assert post(pair, "mentor", "meeting_held", row.pk, held="yes").status_code == 303
    assert Meeting.objects.get().state == "held"
    assert post(pair, "mentor", "meeting_held", row.pk, held="no").status_code == 303
    assert Meeting.objects.get().state == "missed"


@pytest.mark.parametrize(
    ("name", "post_only"),
    [
        ("mentorship:meeting_change", False),
        ("mentorship:meeting_held", True),
        ("mentorship:meeting_cancel", True),
        ("mentorship:meeting_file", False),
    ],
)
def test_meetings_of_others_are_not_there(
    signed_in: Callable[..., Client], client: Client, name: str, post_only: bool
) -> None:
    pair = new_pair()
    row = plan(pair)
    address = url(pair, name, row.pk)
    for who in ("outsider", "coordinator", "safety", "admin"):
        own = signed_in(getattr(pair, who))
        assert (own.post(address) if post_only else own.get(address)).status_code == 404
    assert (client.post(address) if post_only else client.get(address)).status_code == 302
    missing = url(pair, name, row.pk + 1)
    own = signed_in(pair.mentee)
    assert (own.post(missing) if post_only else own.get(missing)).status_code == 404


@pytest.mark.parametrize("name", ["mentorship:meeting_log", "mentorship:meeting_plan"])
def test_others_log_and_plan_nothing(
    post: Callable[..., HttpResponse], client: Client, name: str
) -> None:
    pair = new_pair()
    for who in ("outsider", "coordinator", "safety", "admin"):
        assert post(pair, who, name, **when(timezone.now())).status_code == 404
    assert client.post(url(pair, name)).status_code == 302
    assert client.get(url(pair, name)).status_code == 405
    assert not Meeting.objects.exists()


def test_a_meeting_is_a_file_for_a_calendar(signed_in: Callable[..., Client]) -> None:
    pair = new_pair()
    row = plan(pair)
    response = signed_in(pair.mentor).get(url(pair, "meeting_file", row.pk))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="meeting-{row.pk}.ics"'
    event = Calendar.from_ical(response.content).walk("VEVENT")[0]
    assert str(event["SUMMARY"]) == "Meeting as a mentor"
    assert event.decoded("DTSTART") == row.starts_at
    assert str(event["LOCATION"]) == "zebra-place"
    assert str(event["URL"]) == f"http://testserver{url(pair)}"
    assert b"Lea" not in response.content and b"Mara" not in response.content
    actions.cancel_meeting(member=pair.mentor, meeting=row)
    again = signed_in(pair.mentee).get(url(pair, "meeting_file", row.pk)).content
    assert b"STATUS:CANCELLED" in again and b"Meeting with your mentor" in again


def token(pair: Pair, meeting: int = 0, **values: Any) -> str:
    facts = {"member": pair.mentee.pk, "pairing": pair.pairing.pk, "now": timezone.now(), **values}
    return reverse("mentorship:meeting_met", args=[meeting_token(meeting=meeting, **facts)])


def test_meeting_met_logs_without_a_sign_in(client: Client) -> None:
    """One button; looking changes nothing; twice is once; nobody is named."""
    pair = new_pair("accepted")
    address = token(pair)
    for _time in range(2):
        page = client.get(address)
        assert (page.status_code, page.content.decode().count('class="button"')) == (200, 1)
    assert not Meeting.objects.exists()
    assert b"Lea Learner" not in page.content and b"Mara" not in page.content
    assert "no-store" in page["Cache-Control"]
    for _time in range(2):
        response = client.post(address)
        assert (response.status_code, response["Location"]) == (303, address)
    row = Meeting.objects.get()
    assert (row.state, row.made_by, row.minutes) == ("held", pair.mentee, 30)
    assert pair.again().state == "active"
    assert "Your meeting is logged" in client.get(address).content.decode()
    assert "_auth_user_id" not in client.session


def test_meeting_met_settles_a_planned_one(client: Client) -> None:
    pair = new_pair()
    row = plan(pair)
    address = token(pair, row.pk)
    early = client.post(address)
    assert early.status_code == 422
    assert "This meeting has not been yet." in early.content.decode()
    Meeting.objects.update(starts_at=timezone.now() - HOUR)
    for _time in range(2):
        assert client.post(address).status_code == 303
    assert list(Meeting.objects.values_list("pk", "state")) == [(row.pk, "held")]
    assert "Your meeting is logged" in client.get(address).content.decode()


def test_a_link_that_is_old_forged_or_over_does_nothing(client: Client) -> None:
    pair = new_pair()
    row = plan(pair)
    over = [
        token(pair, now=timezone.now() - 8 * DAY),
        token(pair)[:-2] + "/",
        reverse("mentorship:meeting_met", args=["nonsense"]),
        token(pair, member=pair.outsider.pk),
        token(pair, member=987654),
        token(pair, pairing=987654),
        token(pair, row.pk + 1),
    ]
    actions.cancel_meeting(member=pair.mentee, meeting=row)
    over.append(token(pair, row.pk))
    pages = {(client.get(one).status_code, client.post(one).status_code) for one in over}
    assert pages == {(410, 410)}
    Member.objects.filter(pk=pair.mentee.pk).update(is_active=False)
    assert client.post(token(pair)).status_code == 410
    Member.objects.update(is_active=True)
    Pairing.objects.update(state="closed")
    assert client.post(token(pair, member=pair.mentor.pk)).status_code == 410
    assert client.post(token(pair)).status_code == 410
    assert not Meeting.objects.filter(state="held").exists()


def test_calendar_makes_changes_and_ends_the_address(signed_in: Callable[..., Client]) -> None:
    pair = new_pair()
    client, address = signed_in(pair.mentor), reverse("mentorship:calendar")
    assert "Make my address" in client.get(address).content.decode()
    assert not CalendarKey.objects.exists()
    assert client.post(address, {"choice": "new"})["Location"] == address
    first = CalendarKey.objects.get().token
    page = client.get(address)
    assert f'value="http://testserver/mentorship/calendar/{first}.ics"' in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    client.post(address, {"choice": "new"})
    second = CalendarKey.objects.get().token
    feeds = [Client().get(f"/mentorship/calendar/{one}.ics").status_code for one in (first, second)]
    assert feeds == [404, 200]
    assert client.post(address, {"choice": "off"}).status_code == 303
    assert Client().get(f"/mentorship/calendar/{second}.ics").status_code == 404
    assert Client().get(address).status_code == 302


def feed(member: Member) -> list[str]:
    """What stands in somebody's feed."""
    key = actions.calendar_key(member=member)
    response = Client().get(reverse("mentorship:calendar_feed", args=[key.token]))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return [str(one["UID"]) for one in Calendar.from_ical(response.content).walk("VEVENT")]


def test_calendar_feed_has_the_meetings_of_open_pairs(client: Client) -> None:
    pair = new_pair()
    row = plan(pair)
    gone = plan(pair, 4 * DAY, key=key_of("gone"))
    actions.cancel_meeting(member=pair.mentor, meeting=gone)
    held = actions.log_meeting(member=pair.mentor, pairing=pair.pairing, key=key_of(1))
    expected = [f"meeting-{one.pk}@testserver" for one in (held, row)]
    assert feed(pair.mentor) == feed(pair.mentee) == expected
    assert feed(pair.coordinator) == []
    Pairing.objects.update(closes_at=timezone.now() - HOUR)
    assert feed(pair.mentor) == feed(pair.mentee) == []
    Pairing.objects.update(state="closed")
    assert feed(pair.mentor) == feed(pair.mentee) == []
    Member.objects.filter(pk=pair.mentor.pk).update(is_active=False)
    token = CalendarKey.objects.get(member=pair.mentor).token
    assert client.get(reverse("mentorship:calendar_feed", args=[token])).status_code == 404


def test_the_feed_does_not_say_where(client: Client) -> None:
    """The place is for the two; the single file has it."""
    pair = new_pair()
    assert plan(pair).place == "zebra-place"
    key = actions.calendar_key(member=pair.mentor)
    found = client.get(reverse("mentorship:calendar_feed", args=[key.token])).content
    events = Calendar.from_ical(found).walk("VEVENT")
    assert [("LOCATION" in one, str(one["SUMMARY"])) for one in events] == [
        (False, "Meeting as a mentor")
    ]
    assert b"zebra" not in found


def test_the_feed_is_in_the_language_of_its_owner() -> None:
    pair = new_pair()
    Member.objects.update(language="es")
    plan(pair)
    key = actions.calendar_key(member=pair.mentee)
    text = Client().get(f"/mentorship/calendar/{key.token}.ics").content
    assert f"http://testserver/es{url(pair)}".encode() in text.replace(b"\r\n ", b"")
