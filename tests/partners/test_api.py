"""The read API: public offers as JSON, the filters of the page, nothing of drafts or people."""

import json
import uuid
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.images.tests.utils import get_test_image_file

from content.models import WeftImage
from partners.models import OfferDate, Partner
from partners.queries.data import OfferData
from tests.partners.edge_cast import (
    DAY,
    a_note,
    html_of,
    make_colleague,
    make_draft,
    make_interest,
    make_level,
    make_offer,
    make_partner,
    make_topic,
    path_of,
    today,
)

pytestmark = pytest.mark.django_db
LIST = "/api/offers/"
SITE = "http://testserver"


@pytest.fixture
def partner(cast: SimpleNamespace) -> Partner:
    return make_partner(cast.hub, email="PRIVATE@college.example")


def data(client: Client, path: str, status: int = 200) -> Any:
    response = client.get(path)
    assert response.status_code == status
    assert response["Content-Type"].startswith("application/json")
    return json.loads(response.content)


def titles(client: Client, query: str = "") -> list[str]:
    return [row["title"] for row in data(client, LIST + query)["results"]]


def one(offer: uuid.UUID) -> str:
    return f"{LIST}{offer}/"


def add_leaks(cast: SimpleNamespace, partner: Partner) -> None:
    make_draft(partner)
    make_offer(partner, "TAKEN-DOWN", live=False)
    make_offer(partner, "OVER", ends_on=today() - DAY)
    make_offer(partner, "OVER: the last day to apply", deadline_on=today() - DAY)
    make_offer(make_partner(cast.hub, "paused-one", state="paused"), "PAUSED")
    make_colleague(partner, cast.mentor)
    make_interest(make_offer(partner, "Applied for"), cast.learner)


def test_api_offers(client: Client, cast: SimpleNamespace, partner: Partner) -> None:
    add_leaks(cast, partner)
    offer = make_offer(
        partner,
        "Web skills",
        topic=make_topic("web"),
        level=make_level("starter"),
        amount=Decimal("12.50"),
        currency="EUR",
        cost="amount",
        hubs=[cast.other_hub],
        dates=[OfferDate(on=today() + DAY, place="Room 3")],
        helps_travel=True,
        ends_on=today() + DAY,
        apply_by="mail",
        apply_mail="PRIVATE-MAIL@college.example",
        contact="PRIVATE-CONTACT",
    )
    found = data(client, LIST)
    facts = {name: found[name] for name in ("count", "page", "pages", "next", "previous")}
    assert facts == {"count": 2, "page": 1, "pages": 1, "next": None, "previous": None}
    first, second = found["results"]
    assert second["title"] == "Applied for"
    assert set(first) == set(OfferData.__dataclass_fields__)
    assert first["id"] == str(offer.uuid)
    assert first["open_until"] == str(today() + DAY)
    assert first["url"] == SITE + path_of(offer)
    assert (first["topic"], first["level"], first["hubs"]) == ("web", "starter", ["valley"])
    assert (first["amount"], first["currency"], first["cost"]) == ("12.50", "EUR", "amount")
    assert first["dates"] == [{"on": str(today() + DAY), "until_on": None, "place": "Room 3"}]
    assert [name for name, there in first["help"].items() if there is True] == ["travel"]
    assert first["partner"] == {
        "slug": "city-college",
        "name": "City College",
        "kind": "college",
        "place": "Harbour Town",
        "url": f"{SITE}/partners/city-college/",
    }
    assert second["hubs"] == []
    text = json.dumps(found)
    leaks = ("DRAFT-WORDS", "TAKEN-DOWN", "OVER", "PAUSED", "PRIVATE", "Mentor", "Learner", "Ada")
    assert [words for words in leaks if words in text] == []


def test_api_offers_is_for_every_program(client: Client, partner: Partner) -> None:
    make_offer(partner)
    for path in (LIST, "/api/openapi.json"):
        response = client.get(path)
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["ETag"]
        assert client.cookies == {}
    assert client.post(LIST).status_code == 405


def test_api_offers_takes_the_filters_of_the_page(
    client: Client, cast: SimpleNamespace, partner: Partner
) -> None:
    make_offer(partner, "Free", helps_money=True, helps_childcare=True, mode="online")
    make_offer(partner, "Paid", cost="amount", amount="5", currency="EUR", helps_money=True)
    make_offer(partner, "Valley only", hubs=[cast.other_hub], topic=make_topic("web"))
    assert titles(client, "?cost=free&help=money") == ["Free"]
    assert titles(client, "?help=money") == ["Free", "Paid"]
    assert titles(client, "?help=money&help=childcare") == ["Free"]
    assert titles(client, "?hub=harbour") == ["Free", "Paid"]
    assert titles(client, "?topic=web&hub=valley") == ["Valley only"]
    assert titles(client, "?q=paid") == ["Paid"]
    assert titles(client, "?q=nothing-has-this") == []
    found = data(client, f"{LIST}?topic=witchcraft&mode=online")
    assert [row["title"] for row in found["results"]] == ["Free"]
    assert found["left_out"] == ["We do not know “witchcraft”, so we left it out."]


def test_api_offers_pages(client: Client, partner: Partner) -> None:
    for number in range(25):
        make_offer(partner, f"Offer {number:02}", mode="online")
    first = data(client, f"{LIST}?mode=online&q=offer")
    assert (first["count"], first["pages"], len(first["results"])) == (25, 2, 24)
    assert first["next"] == f"{SITE}{LIST}?q=offer&mode=online&page=2"
    second = data(client, first["next"].removeprefix(SITE))
    assert [row["title"] for row in second["results"]] == ["Offer 24"]
    assert second["previous"] == f"{SITE}{LIST}?q=offer&mode=online&page=1"
    far = data(client, f"{LIST}?page=9")
    assert (far["results"], far["next"], far["previous"]) == ([], None, f"{SITE}{LIST}?page=2")
    for wrong in ("0", "-1", "x", "10001", "9" * 40):
        assert "detail" in data(client, f"{LIST}?page={wrong}", 422)


def test_api_offer(client: Client, cast: SimpleNamespace, partner: Partner) -> None:
    live, ended = make_offer(partner), make_offer(partner, "Past", ends_on=today() - DAY)
    assert data(client, one(live.uuid))["has_ended"] is False
    found = data(client, one(ended.uuid))
    assert (found["title"], found["has_ended"]) == ("Past", True)
    assert client.get(one(live.uuid))["Access-Control-Allow-Origin"] == "*"


def test_api_offer_has_its_note_on_help_while_it_lasts(client: Client, partner: Partner) -> None:
    found = data(client, one(make_offer(partner, **a_note("childcare", 9)).uuid))
    assert (found["help"]["childcare"], found["help"]["money"]) == (True, False)
    assert found["support"] == {
        "kind": "childcare",
        "who": "All.",
        "what": "The fare.",
        "how": "Tell Jo.",
        "until_on": str(today() + 9 * DAY),
        "seen_by": "Only Jo.",
        "left": "some",
    }
    over = data(client, one(make_offer(partner, **a_note("rent", -1)).uuid))
    assert (over["help"]["money"], over["support"]) == (False, None)
    assert data(client, one(make_offer(partner).uuid))["support"] is None


def test_api_offer_that_is_not_public_equals_a_missing_one(
    client: Client, cast: SimpleNamespace, partner: Partner
) -> None:
    missing = data(client, one(uuid.uuid4()), 404)
    assert missing == {"detail": "There is no such offer."}
    paused = make_offer(make_partner(cast.hub, "paused-one", state="paused"), "PAUSED")
    for offer in (make_draft(partner), paused):
        assert data(client, one(offer.uuid), 404) == missing


def test_openapi_describes_every_field(client: Client, db: None) -> None:
    found = data(client, "/api/openapi.json")
    assert set(found["paths"]) == {LIST, "/api/offers/{offer}/"}
    names = [part["name"] for part in found["paths"][LIST]["get"]["parameters"]]
    assert names == [
        *("q", "topic", "level", "language", "mode", "hub", "cost", "start", "near", "access"),
        *("help", "kind", "page"),
    ]
    schemas = found["components"]["schemas"]
    assert set(schemas["OfferData"]["properties"]) == set(OfferData.__dataclass_fields__)
    assert client.get("/api/")["Location"] == "/offers/api/"


def test_offer_api_says_how_to_begin(client: Client, partner: Partner) -> None:
    make_offer(partner, topic=make_topic("web"), language="es")
    html = html_of(client.get("/offers/api/"))
    assert f'href="{SITE}{LIST}"' in html
    assert f'href="{SITE}/api/openapi.json"' in html
    for value in ("web", "es", "free", "step-free", "harbour"):
        assert f"<code>{value}</code>" in html
    assert 'href="/offers/api/"' in html_of(client.get("/offers/"))
    assert html_of(client.get("/es/offers/api/"))


@pytest.mark.parametrize("count", [1, 3])
def test_api_statements(
    client: Client, cast: SimpleNamespace, partner: Partner, count: int
) -> None:
    for number in range(count):
        dates = [OfferDate(on=today() + DAY, place="Here")]
        offer = make_offer(partner, f"Offer {number}", hubs=[cast.hub], dates=dates)
    client.get(f"{LIST}?cost=free")

    def cost(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    assert cost(f"{LIST}?cost=free&mode=place") == 3
    assert (cost(LIST), cost(LIST)) == (3, 0)
    assert (cost(one(offer.uuid)), cost(one(offer.uuid))) == (3, 0)
    assert cost("/api/openapi.json") == 0


def test_api_offer_has_its_picture(client: Client, partner: Partner) -> None:
    """With what it shows; it costs no statement more, and a draft's is not told."""
    image = WeftImage.objects.create(title="plate", file=get_test_image_file("plate.png"))
    draft = WeftImage.objects.create(title="draft", file=get_test_image_file("draft.png"))
    offer = make_offer(partner, image=image, image_alt="Two plates")
    make_offer(partner, "Plain")
    make_draft(partner, image=draft)
    with CaptureQueriesContext(connection) as asked:
        found = data(client, LIST)["results"]
    expected = {"url": f"{SITE}{image.file.url}", "alt": "Two plates"}
    assert [row["image"] for row in found] == [expected, None]
    assert not [one["sql"] for one in asked if 'FROM "content_weftimage"' in one["sql"]]
    assert data(client, one(offer.uuid))["image"] == expected
    assert client.get(image.file.url).status_code == 200
    items = client.get("/offers/feed.json").json()["items"]
    shown = {item["title"]: item.get("image") for item in items}
    assert shown == {offer.title: expected["url"], "Plain": None}
    page = client.get(path_of(offer)).content.decode()
    assert f'"image": {{"@type": "ImageObject", "url": "{expected["url"]}"' in page
