"""The directory of partners and a partner's page: what is public, and nothing else."""

import json
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from content import version
from members.models import Member
from tests.factories import page_of
from tests.partners.edge_cast import (
    DAY,
    html_of,
    make_agreement,
    make_colleague,
    make_draft,
    make_offer,
    make_partner,
    make_topic,
    path_of,
    today,
)

pytestmark = pytest.mark.django_db
PAGE = "/partners/"


def names(html: str) -> list[str]:
    """The partners of a page, in order."""
    rows = html.split('class="hub-row partner-row"')[1:]
    return [row.split("</a></h3>")[0].rpartition(">")[2] for row in rows]


def statements(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_partners_says_that_there_are_none(client: Client, cast: SimpleNamespace) -> None:
    assert "There are no partners yet" in html_of(client.get(PAGE))


def test_partners_are_those_that_a_hub_approved(client: Client, cast: SimpleNamespace) -> None:
    make_partner(cast.hub, "zebra-college")
    make_partner(cast.hub, "apple-library", kind="library")
    for state in ("waiting", "declined", "paused", "left"):
        make_partner(cast.hub, f"hidden-{state}", state=state)
    html = html_of(client.get(PAGE))
    assert names(html) == ["Apple Library", "Zebra College"] and "2 partners" in html
    assert "Hidden" not in html and "Library · Harbour Town" in html
    assert client.cookies == {}


def test_partners_are_filtered_by_kind_place_and_topic(
    client: Client, cast: SimpleNamespace
) -> None:
    one = make_partner(cast.hub, "one", kind="library", place="High Street, Leeds")
    one.topics.add(make_topic("web"))
    make_partner(cast.hub, "two", kind="college", place="York").topics.add(make_topic("art"))
    make_partner(cast.hub, "three", kind="library", place="York")
    for query, found in (
        ("kind=library", ["One", "Three"]),
        ("place=leeds", ["One"]),
        ("topic=art", ["Two"]),
        ("kind=library&place=york", ["Three"]),
        ("kind=unknown", ["One", "Three", "Two"]),
    ):
        assert sorted(names(html_of(client.get(f"{PAGE}?{query}")))) == found, query
    html = html_of(client.get(f"{PAGE}?kind=library"))
    assert '<span>York</span>&nbsp;<span class="how-many">1</span>' in html
    assert 'href="/partners/?kind=library&amp;place=york"' in html
    assert "We do not know “odd”" in html_of(client.get(f"{PAGE}?kind=odd"))
    assert "No partner fits" in html_of(client.get(f"{PAGE}?kind=college&place=leeds"))


@pytest.mark.parametrize("number", [1, 3])
def test_partners_cost_the_same_for_any_number(
    client: Client, cast: SimpleNamespace, number: int
) -> None:
    for place in range(number):
        make_partner(cast.hub, f"partner-{place}").topics.add(make_topic("web"))
    client.get(PAGE)
    assert statements(Client(), PAGE) == 0
    version.bump()
    assert statements(Client(), PAGE) == 3


def test_partner_says_who_they_are(client: Client, cast: SimpleNamespace) -> None:
    partner = make_partner(
        cast.hub,
        gives="Evening classes.",
        contact="Ask Ada.",
        website="https://college.example",
        scheme="charity",
        number="123",
        proof_words="PRIVATE-PROOF",
        email="PRIVATE@college.example",
        reason="PRIVATE-REASON",
    )
    partner.topics.add(make_topic("web"))
    offer = make_offer(partner, "Web skills")
    make_offer(partner, "ENDED", ends_on=today() - DAY)
    make_draft(partner)
    html = html_of(client.get("/partners/city-college/"))
    for words in ("About city-college.", "Evening classes.", "Ask Ada.", "https://college.example"):
        assert words in html, words
    assert f'href="{path_of(offer)}"' in html and "1 offer" in html
    for words in ("PRIVATE", "ENDED", "DRAFT-WORDS"):
        assert words not in html, words
    ld = html.split('<script type="application/ld+json">')[1].split("</script>")[0]
    found = json.loads(ld)
    assert found["@type"] == "CollegeOrUniversity" and found["identifier"]["value"] == "123"


def test_partner_shows_what_hubs_have_confirmed(client: Client, cast: SimpleNamespace) -> None:
    partner = make_partner(cast.hub)
    make_agreement(partner, cast.hub, kind="entry", words="Your first", course=cast.course)
    make_agreement(partner, cast.other_hub, until_on=today(), words="Lasts")
    make_agreement(partner, cast.hub, words="UNCONFIRMED", confirmed_at=None)
    make_agreement(partner, cast.hub, words="OVER", until_on=today() - DAY)
    html = html_of(client.get("/partners/city-college/"))
    assert "Accepts our certificate as entry" in html and "Valley Hub: Lasts" in html
    assert page_of(cast.course).url in html
    assert "UNCONFIRMED" not in html and "OVER" not in html


@pytest.mark.parametrize("state", ["waiting", "declined", "paused", "left"])
def test_partner_that_is_not_approved_is_missing(
    client: Client, cast: SimpleNamespace, signed_in: Callable[[Member], Client], state: str
) -> None:
    partner = make_partner(cast.hub, "hidden-one", state=state)
    make_colleague(partner, cast.editor, "admin")
    for someone in (client, signed_in(cast.editor), signed_in(cast.coordinator)):
        assert someone.get("/partners/hidden-one/").status_code == 404


def test_partner_comes_from_the_cache_for_a_visitor(client: Client, cast: SimpleNamespace) -> None:
    make_partner(cast.hub)
    client.get("/partners/city-college/")
    assert statements(Client(), "/partners/city-college/") == 0
