"""Feeds and calendars of offers: what is live, nothing of a draft, stable ids."""

from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partners.models import OfferDate, Partner
from partners.queries import calendar
from tests.partners.edge_cast import (
    DAY,
    make_draft,
    make_offer,
    make_partner,
    make_topic,
    path_of,
    today,
)

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def partner(cast: SimpleNamespace) -> Partner:
    return make_partner(cast.hub)


def add_leaks(partner: Partner) -> None:
    make_draft(partner, deadline_on=today() + DAY)
    make_offer(partner, "ENDED", ends_on=today() - DAY, deadline_on=today() + DAY)
    paused = make_partner(partner.hub, "paused-one", state="paused")
    make_offer(paused, "PAUSED", deadline_on=today() + DAY)


def test_offer_feed_is_atom(client: Client, partner: Partner) -> None:
    add_leaks(partner)
    offer = make_offer(partner, "Web & skills", topic=make_topic("web"))
    answer = client.get("/offers/feed/")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    tree = ElementTree.fromstring(answer.content)
    (entry,) = tree.findall("a:entry", ATOM)
    assert entry.findtext("a:title", namespaces=ATOM) == "Web & skills"
    assert entry.findtext("a:id", namespaces=ATOM) == f"urn:uuid:{offer.uuid}"
    assert entry.find("a:link", ATOM).get("href") == f"http://testserver{path_of(offer)}"
    assert entry.findtext("a:author/a:name", namespaces=ATOM) == "City College"
    assert entry.find("a:category", ATOM).get("term") == "Web"


def test_offer_feed_json_is_a_json_feed(client: Client, partner: Partner) -> None:
    add_leaks(partner)
    offer = make_offer(partner, "Web skills")
    answer = client.get("/offers/feed.json")
    assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
    found = answer.json()
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    (item,) = found["items"]
    assert item["id"] == f"urn:uuid:{offer.uuid}"
    assert item["url"] == f"http://testserver{path_of(offer)}"
    assert (
        item["content_text"].startswith("You learn Web skills.")
        and "Free" in (item["content_text"])
    )
    assert item["authors"] == [{"name": "City College"}]


def test_offer_feed_and_offer_feed_json_can_be_empty(client: Client, cast: SimpleNamespace) -> None:
    assert client.get("/offers/feed/").status_code == 200
    assert client.get("/offers/feed.json").json()["items"] == []


def test_offer_calendar_has_open_days_and_deadlines(client: Client, partner: Partner) -> None:
    add_leaks(partner)
    make_offer(partner, "Open house", kind="open_day")
    make_offer(partner, "With a deadline", deadline_on=today() + 3 * DAY)
    make_offer(partner, "PLAIN-COURSE")
    make_offer(partner, "LATE", kind="open_day", from_on=today() - DAY)
    answer = client.get("/offers/calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode().replace("\r\n ", "")
    assert text.count("BEGIN:VEVENT") == 2
    assert "SUMMARY:Open house (City College)" in text
    assert "SUMMARY:Last day to apply: With a deadline (City College)" in text
    for words in ("DRAFT-WORDS", "ENDED", "PAUSED", "PLAIN-COURSE", "LATE"):
        assert words not in text


def test_offer_calendar_has_what_comes_next_first(
    client: Client, partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of too many offers those in which something comes soon, however late they end."""
    monkeypatch.setattr(calendar, "MOST", 3)
    far = {"ends_on": today() + 300 * DAY}
    days = [today() + 2 * DAY, today() - DAY]
    dates = [OfferDate(on=day) for day in days]
    make_offer(partner, "B", kind="open_day", from_on=today() - 9 * DAY, dates=dates, **far)
    make_offer(partner, "A", deadline_on=today() + DAY, from_on=today() + 200 * DAY, **far)
    make_offer(partner, "C", kind="open_day", from_on=today() + 3 * DAY)
    make_offer(partner, "LATER", deadline_on=today() + 4 * DAY, ends_on=today() + 5 * DAY)
    make_offer(partner, "NO-OPEN-DAY", from_on=today() + DAY, dates=[OfferDate(on=days[0])])
    make_offer(partner, "OVER", deadline_on=today() - DAY)
    text = client.get("/offers/calendar.ics").content.decode().replace("\r\n ", "")
    said = [line for line in text.splitlines() if line.startswith(("SUMMARY:", "DTSTART"))]
    assert [line.partition(":")[2] for line in said] == [
        "Last day to apply: A (City College)",
        f"{today() + DAY:%Y%m%d}",
        "B (City College)",
        f"{today() + 2 * DAY:%Y%m%d}",
        "C (City College)",
        f"{today() + 3 * DAY:%Y%m%d}",
    ]


@pytest.mark.parametrize("count", [1, 4])
def test_offer_calendar_costs_the_same_for_any_number(partner: Partner, count: int) -> None:
    for number in range(count):
        make_offer(partner, f"Day {number}", kind="open_day")
    with CaptureQueriesContext(connection) as asked:
        assert len(calendar.coming_days(today())) == count
    assert len(asked) == 2
