"""The list of offers: filters as links with counts, words, pages; nothing of a draft."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from content import version
from members.models import Member
from partners.models import Offer, OfferDate, Partner
from partners.queries import index as offer_sets
from tests.factories import make_course
from tests.partners.edge_cast import (
    DAY,
    a_note,
    html_of,
    make_draft,
    make_level,
    make_offer,
    make_partner,
    make_topic,
    path_of,
    today,
)

pytestmark = pytest.mark.django_db
PAGE = "/offers/"


def titles(html: str) -> list[str]:
    """The titles of the cards of a page, in order."""
    cards = html.split('<article class="card offer-card">')[1:]
    return [card.split("<h3")[1].split("</a>")[0].rpartition(">")[2] for card in cards]


def found(client: Client, query: str) -> list[str]:
    return titles(html_of(client.get(f"{PAGE}?{query}")))


def statements(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.fixture
def partner(cast: SimpleNamespace) -> Partner:
    return make_partner(cast.hub)


def test_offers_says_that_there_are_none(client: Client, cast: SimpleNamespace) -> None:
    html = html_of(client.get(PAGE))
    assert "There are no offers now" in html and 'href="/courses/"' in html
    assert client.cookies == {}


def test_offers_shows_what_can_be_taken_the_first_to_end_first(
    client: Client, partner: Partner
) -> None:
    make_offer(partner, "Later", ends_on=today() + 90 * DAY)
    make_offer(partner, "Soon", ends_on=today())
    make_offer(partner, "OVER", ends_on=today() - DAY)
    make_offer(partner, "DEADLINE-OVER", deadline_on=today() - DAY)
    make_offer(partner, "LONG-BEGUN", from_on=today() - 90 * DAY, open_until=today() - 90 * DAY)
    make_offer(partner, "TAKEN-DOWN", live=False)
    make_draft(partner)
    paused = make_partner(partner.hub, "paused-one", state="paused")
    make_offer(paused, "PAUSED")
    html = html_of(client.get(PAGE))
    assert titles(html) == ["Soon", "Later"] and "2 offers" in html
    for words in ("OVER", "LONG-BEGUN", "TAKEN-DOWN", "DRAFT-WORDS", "PAUSED"):
        assert words not in html


def test_offers_shows_what_people_need(client: Client, partner: Partner) -> None:
    offer = make_offer(
        partner,
        "Sewing",
        kind="workshop",
        cost="amount",
        amount="12.50",
        currency="EUR",
        mode="both",
        place="Room 3, Leeds",
        helps_childcare=True,
        deadline_on=today() + DAY,
    )
    html = html_of(client.get(PAGE))
    for words in ("Workshop · City College", "12.50 EUR", "Room 3, Leeds, or online", "Childcare"):
        assert words in html, words
    assert f'href="{path_of(offer)}"' in html


FILTERS = {
    "topic": {"topic": "web"},
    "level": {"level": "starter"},
    "language": {"language": "en"},
    "mode": {"mode": "online"},
    "hub": {"hub": "valley"},
    "cost": {"cost": "free"},
    "near": {"near": "leeds"},
    "access": {"access": "phone"},
    "help": {"help": "childcare"},
    "kind": {"kind": "workshop"},
    "start": {"start": "any"},
}


@pytest.mark.parametrize("name", FILTERS)
def test_offers_are_filtered(client: Client, cast: SimpleNamespace, name: str) -> None:
    one, other = make_partner(cast.hub), make_partner(cast.hub, "other-college")
    make_offer(
        one,
        "Fits",
        topic=make_topic("web"),
        level=make_level("starter"),
        language="en",
        mode="online",
        place="",
        hubs=[cast.other_hub],
        cost="free",
        works_on_phone=True,
        helps_childcare=True,
        kind="workshop",
        is_any_time=True,
        from_on=None,
    )
    make_offer(
        other,
        "Fits not",
        topic=make_topic("art"),
        level=make_level("next"),
        language="es",
        hubs=[cast.hub],
        cost="depends",
        place="York",
        kind="course",
    )
    make_offer(other, "In Leeds", place="Leeds", hubs=[cast.hub], cost="depends", language="es")
    asked = "&".join(f"{key}={value}" for key, value in FILTERS[name].items())
    expected = ["Fits", "In Leeds"] if name == "near" else ["Fits"]
    assert sorted(found(client, asked)) == expected


def test_offers_take_several_kinds_of_help_together(client: Client, partner: Partner) -> None:
    make_offer(partner, "Money", helps_money=True)
    make_offer(partner, "Both", helps_money=True, helps_childcare=True)
    assert found(client, "help=money&help=childcare") == ["Both"]
    html = html_of(client.get(f"{PAGE}?help=money"))
    assert 'href="/offers/?help=money&amp;help=childcare"' in html
    assert 'href="/offers/" rel="nofollow" aria-current="true"' in html


def test_a_note_on_help_with_money_is_help_while_it_lasts(client: Client, partner: Partner) -> None:
    for kind in ("rent", "other", "travel", "childcare", "device"):
        make_offer(partner, kind, **a_note(kind))
    make_offer(partner, "OVER", **a_note("rent", -1))
    make_offer(partner, "NOTHING-LEFT", **a_note("rent", 9, "none"))
    make_offer(partner, "NOTHING-LENT", **a_note("device", 9, "none"))
    make_offer(partner, "OVER: a device", **a_note("device", -1))
    make_offer(partner, "Ticked too", helps_money=True, **a_note("travel", -1))
    assert found(client, "help=money") == ["rent", "other", "Ticked too"]
    assert found(client, "help=travel") == ["travel"]
    assert found(client, "help=childcare") == ["childcare"]
    assert found(client, "help=device") == ["device"]
    html = html_of(client.get(f"{PAGE}?help=travel"))
    assert '<li class="pill">Travel help</li>' in html
    html = html_of(client.get(PAGE))
    assert html.count('<li class="pill">Help with money</li>') == 3
    assert html.count('<li class="pill">A device to borrow</li>') == 1
    device = '<a href="/offers/?help=device" rel="nofollow"><span>A device to borrow</span>&nbsp;'
    assert f'{device}<span class="how-many">1</span></a>' in html


def test_the_sets_are_read_anew_each_day(
    client: Client, partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_offer(partner, "Lasts today", **a_note("rent"))
    assert found(client, "help=money") == ["Lasts today"]
    monkeypatch.setattr(offer_sets, "day_of_site", lambda: today() + DAY)
    index = offer_sets.offer_index()
    assert index.of("help", "money") == 0
    assert index.of("cost", "free").bit_count() == 1


def test_offers_start_in_a_month_with_their_other_dates(client: Client, partner: Partner) -> None:
    later = today() + 100 * DAY
    offer = make_offer(partner, "Two dates", ends_on=later)
    OfferDate.objects.create(offer=offer, on=later)
    make_offer(partner, "One date")
    assert found(client, f"start={later:%Y-%m}") == ["Two dates"]


def test_a_start_in_a_wrong_year_breaks_no_list(client: Client, partner: Partner) -> None:
    make_offer(partner, "Typed in haste", from_on=date(206, 6, 1))
    make_offer(partner, "One date")
    assert found(client, "") == found(client, "start=0206-06") == ["Typed in haste", "One date"]


def test_offers_are_near_each_of_their_places(client: Client, partner: Partner) -> None:
    dates = [OfferDate(on=today() + DAY, place=place) for place in ("Hall, York", "Leeds", "York")]
    make_offer(partner, "Three towns", dates=dates)
    make_offer(partner, "One town")
    assert found(client, "near=york") == ["Three towns"]
    assert found(client, "near=leeds") == ["Three towns"]
    assert found(client, "near=harbour-town") == ["Three towns", "One town"]


def test_offers_count_what_each_tap_gives(client: Client, partner: Partner) -> None:
    for number in range(102):
        make_offer(partner, f"Web {number}", topic=make_topic("web"), cost="free")
    make_offer(partner, "Art", topic=make_topic("art"), cost="depends")
    html = html_of(client.get(PAGE))
    assert '<span>Free</span>&nbsp;<span class="how-many">100+</span>' in html
    assert '<span>Art</span>&nbsp;<span class="how-many">1</span>' in html
    chosen = html_of(client.get(f"{PAGE}?topic=art"))
    assert '<span>Web</span>&nbsp;<span class="how-many">100+</span>' in chosen
    assert ">Free</span>" not in chosen.split('class="filters"')[1].split("</details>")[0]


def test_offers_come_in_pages_that_keep_the_filters(client: Client, partner: Partner) -> None:
    for number in range(30):
        make_offer(partner, f"Web {number:02}", ends_on=today() + number * DAY)
    first = html_of(client.get(f"{PAGE}?cost=free"))
    assert len(titles(first)) == 24 and 'href="/offers/?cost=free&amp;page=2"' in first
    assert found(client, "cost=free&page=2") == [f"Web {number:02}" for number in range(24, 30)]
    assert found(client, "cost=free&page=99") == [f"Web {number:02}" for number in range(24, 30)]
    assert found(client, "page=none")[0] == "Web 00"


def test_offers_leave_out_what_nobody_knows(client: Client, partner: Partner) -> None:
    make_offer(partner)
    html = html_of(client.get(f"{PAGE}?topic=<script>&cost=free"))
    assert titles(html) == ["Web skills"]
    assert "We do not know “&lt;script&gt;”, so we left it out." in html


def test_offers_say_when_nothing_fits(client: Client, partner: Partner) -> None:
    make_offer(partner, helps_money=True)
    make_offer(partner, cost="depends", works_on_phone=True)
    html = html_of(client.get(f"{PAGE}?help=money&access=phone"))
    assert "No offer fits" in html and "take one of your choices away" in html


def test_offers_are_found_by_words(client: Client, partner: Partner) -> None:
    make_offer(partner, "Sewing", learns="You sew a SHIRT.", skills="needles")
    make_offer(partner, "Cooking")
    make_draft(partner, "Sewing in secret")
    make_offer(partner, "Sewing long ago", ends_on=today() - DAY)
    assert found(client, "q=shirt") == ["Sewing"]
    assert found(client, "q=needles+college") == ["Sewing"]
    assert found(client, "q=sewing") == ["Sewing"]
    assert found(client, "q=sewing&cost=depends") == []
    assert found(client, "q=%22%20OR%20*") == []
    assert 'value="shirt"' in html_of(client.get(f"{PAGE}?q=shirt"))


def test_offers_with_many_hits_are_narrowed_in_the_database(
    client: Client, partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("partners.queries.listing.MOST_FOUND", 2)
    make_offer(partner, "Sewing", cost="depends", topic=make_topic("art"))
    for number in range(5):
        make_offer(partner, f"Sewing {number}", topic=make_topic("web"))
    assert found(client, "q=sewing&cost=depends") == ["Sewing"]
    assert found(client, "q=sewing&topic=art") == ["Sewing"]
    html = html_of(client.get(f"{PAGE}?q=sewing"))
    assert "Very many offers have these words." in html


def test_offers_near_any_town(
    client: Client, partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few towns are shown; any other with an offer is found by its name as people write it."""
    monkeypatch.setattr("partners.queries.listing.TOWNS", 1)
    monkeypatch.setattr("partners.facets.MOST_TOWNS", 2)
    for number, town in enumerate(["Leeds", "Leeds", "Leeds", "York", "York", "Mill Hill"]):
        make_offer(partner, f"{town} {number}", place=f"1 Road, {town}")
    make_offer(partner, "Everywhere", mode="online", place="", ends_on=today() + 90 * DAY)
    for typed in ("Mill+Hill", "mill-hill", "2+Street,+Mill+Hill"):
        html = html_of(client.get(f"{PAGE}?near={typed}&cost=free"))
        assert titles(html) == ["Mill Hill 5", "Everywhere"]
    assert '<span>Mill Hill</span>&nbsp;<span class="how-many">2</span>' in html
    assert '<input type="hidden" name="cost" value="free">' in html
    assert 'id="near" name="near"' in html
    assert found(client, "near=York") == ["York 3", "York 4", "Everywhere"]
    html = html_of(client.get(f"{PAGE}?near=Nowhere"))
    assert "We do not know “nowhere”, so we left it out." in html
    found_by_api = client.get("/api/offers/?near=Mill+Hill").json()["results"]
    assert [one["title"] for one in found_by_api] == ["Mill Hill 5", "Everywhere"]


def test_offers_at_few_towns_ask_for_no_other(client: Client, partner: Partner) -> None:
    make_offer(partner)
    assert 'id="near"' not in html_of(client.get(PAGE))


def test_offers_show_a_change_at_once(
    client: Client, partner: Partner, commit: Callable[[], Any]
) -> None:
    with commit():
        offer = make_offer(partner, "First")
    assert found(client, "cost=free") == ["First"]
    with commit():
        offer.title, offer.cost = "Second", "depends"
        offer.save()
    assert found(client, "cost=free") == []
    assert found(client, "cost=depends") == ["Second"]
    with commit():
        partner.state = "paused"
        partner.save()
    assert titles(html_of(client.get(PAGE))) == []


def test_a_draft_changes_no_page(partner: Partner, commit: Callable[[], Any]) -> None:
    token, sets = version.current(), offer_sets.current()
    with commit():
        offer = make_draft(partner)
        offer.save_revision()
    assert (version.current(), offer_sets.current()) == (token, sets)
    with commit():
        offer.latest_revision.publish()
    assert version.current() != token and offer_sets.current() != sets


def test_a_course_that_is_published_does_not_read_the_offers_again(
    cast: SimpleNamespace, commit: Callable[[], Any]
) -> None:
    sets = offer_sets.current()
    with commit():
        make_course(cast.hub, "another")
    assert offer_sets.current() == sets


def test_offers_come_from_the_cache_for_a_visitor(client: Client, partner: Partner) -> None:
    make_offer(partner)
    client.get(PAGE)
    assert statements(Client(), PAGE) == 0


@pytest.mark.parametrize("number", [1, 3])
def test_offers_cost_the_same_for_any_number(client: Client, partner: Partner, number: int) -> None:
    for place in range(number):
        make_offer(partner, f"Web {place}", topic=make_topic("web"), level=make_level())
    five = f"{PAGE}?topic=web&level=starter&mode=place&cost=free&near=harbour-town"
    client.get(five)
    assert statements(Client(), five) == 1
    assert statements(Client(), f"{five}&q=web") == 2
    version.bump()
    assert statements(Client(), five) == 5


def test_offers_without_the_cache_are_read_each_time(
    client: Client, partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_offer(partner)
    monkeypatch.setattr(version, "current", lambda: None)
    assert found(client, "cost=free") == ["Web skills"]


def test_offers_keep_their_filters_in_another_language(
    client: Client, cast: SimpleNamespace, partner: Partner
) -> None:
    make_offer(partner, topic=make_topic("web"))
    html = html_of(client.get(f"{PAGE}?q=web&cost=free"))
    assert 'href="/es/offers/?q=web&amp;cost=free"' in html


def test_offers_of_nobody_else_are_shown(
    cast: SimpleNamespace, signed_in: Callable[[Member], Client], partner: Partner
) -> None:
    make_draft(partner)
    make_offer(partner, "Public")
    assert titles(html_of(signed_in(cast.learner).get(PAGE))) == ["Public"]
    assert Offer.objects.count() == 2 and timedelta(0) == today() - today()
