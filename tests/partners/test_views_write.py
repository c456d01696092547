"""The screens of an offer: nothing typed is lost, each step saves."""

from types import SimpleNamespace

import pytest
from django.test import Client

from partners import actions
from partners.models import Offer, OfferReview, Partner
from partners.offering import SCREENS
from partners.queries.drafts import read_draft
from tests.partners.desk_cast import (
    HOW,
    REST,
    WHAT,
    at,
    begin,
    client_of,
    cost_of,
    in_days,
    place,
    screen,
    site_of,
    text_of,
    where,
    written,
)
from tests.partners.offers_cast import key


@pytest.fixture
def site(db: None) -> SimpleNamespace:
    return site_of()


@pytest.fixture
def client(site: SimpleNamespace) -> Client:
    return client_of(site.ed)


def test_offer_new_through_four_screens(client: Client, site: SimpleNamespace) -> None:
    assert text_of(client.get(at(site, "offer_new"))).count("step 1 of 4") == 1
    response = begin(client, site)
    assert (response.status_code, response["Location"]) == (303, screen(site, "where"))
    response = client.post(screen(site, "where"), where())
    assert (response.status_code, response["Location"]) == (303, screen(site, "how"))
    response = client.post(screen(site, "how"), HOW)
    assert (response.status_code, response["Location"]) == (303, screen(site, "check"))
    page = text_of(client.get(screen(site, "check")))
    for words in ("How to weld two plates.", "Online", "Free", "With a form on this site"):
        assert words in page
    response = client.post(screen(site, "check"), REST)
    assert response.status_code == 303
    assert response["Location"] == at(site, "offer_status", key(1))
    review = OfferReview.objects.get()
    assert (review.state, review.sent_by, review.offer.uuid) == ("waiting", site.ed, key(1))
    text = read_draft(Offer.objects.get())
    assert (text["title"], text["from_on"], text["is_for_all_hubs"]) == (
        "Welding for beginners",
        in_days(30),
        True,
    )


def test_a_second_click_is_the_same_offer(client: Client, site: SimpleNamespace) -> None:
    begin(client, site)
    begin(client, site, title="Welding again")
    assert [offer.title for offer in Offer.objects.all()] == ["Welding again"]


def test_a_form_without_a_key_gets_one(client: Client, site: SimpleNamespace) -> None:
    assert client.post(at(site, "offer_new"), {**WHAT, "key": "x"}).status_code == 303
    assert Offer.objects.get().uuid.version == 4


def test_nothing_typed_is_no_draft(client: Client, site: SimpleNamespace) -> None:
    response = client.post(at(site, "offer_new"), {"key": str(key(1)), "title": " "})
    assert response.status_code == 422
    assert text_of(response).count("Give the offer a title.") == 2
    assert not Offer.objects.exists()


def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    client: Client, site: SimpleNamespace
) -> None:
    response = begin(client, site, learns="", kind="")
    page = text_of(response)
    assert response.status_code == 422
    assert page.count("Say what people learn.") == 2
    assert page.count("Choose what it is.") == 2
    assert "Anybody over 16." in page
    text = read_draft(Offer.objects.get())
    assert (text["title"], text["for_whom"], text["learns"]) == (
        "Welding for beginners",
        "Anybody over 16.",
        "",
    )


def test_what_cannot_be_read_is_said_and_the_rest_is_saved(
    client: Client, site: SimpleNamespace
) -> None:
    begin(client, site)
    response = client.post(
        screen(site, "where"),
        {
            "mode": "place",
            "place": "Room 3",
            "from_on": "next week",
            "cost": "amount",
            "amount": "x",
        },
    )
    page = text_of(response)
    assert response.status_code == 422
    assert page.count("Write the day like 2027-03-20.") == 2
    assert page.count("Write the amount like 45 or 45.50.") == 2
    assert 'value="next week"' in page
    assert read_draft(Offer.objects.get())["place"] == "Room 3"


def test_days_in_the_wrong_order_are_said(client: Client, site: SimpleNamespace) -> None:
    begin(client, site)
    response = client.post(screen(site, "where"), where() | {"to_on": in_days(3).isoformat()})
    assert response.status_code == 422
    assert text_of(response).count("The last day is before the first day.") == 2


def test_more_dates(client: Client, site: SimpleNamespace) -> None:
    begin(client, site)
    more = {"on_1": in_days(90).isoformat(), "until_1": "", "place_1": "Library"}
    assert client.post(screen(site, "where"), where() | more).status_code == 303
    dates = [{"on": in_days(90), "until_on": None, "place": "Library"}]
    assert read_draft(Offer.objects.get())["dates"] == dates
    page = text_of(client.get(screen(site, "where")))
    assert '<details class="if-dated" id="more-dates" open>' in page
    assert 'value="Library"' in page


def test_more_dates_than_three(client: Client, site: SimpleNamespace) -> None:
    """Each time there is one more row; the Enter key goes on all the same."""
    begin(client, site)
    more = {f"on_{row}": in_days(60 + row).isoformat() for row in range(1, 4)}
    typed = where() | more | {"more": "1", "back": "check"}
    response = client.post(screen(site, "where"), typed)
    assert response["Location"] == f"{screen(site, 'where')}?back=check#more-dates"
    page = text_of(client.get(screen(site, "where")))
    assert [f'name="on_{row}"' in page for row in (3, 4, 5)] == [True, True, False]
    assert page.index('type="submit" tabindex="-1" aria-hidden="true"></button>') < page.index(
        'name="more"'
    )
    more["on_4"] = in_days(64).isoformat()
    assert client.post(screen(site, "where"), where() | more).status_code == 303
    assert [one["on"] for one in read_draft(Offer.objects.get())["dates"]] == [
        in_days(60 + row) for row in range(1, 5)
    ]
    response = client.post(screen(site, "where"), where() | {"on_1": "soon", "more": "1"})
    assert response.status_code == 422


def test_any_time_after_days_were_typed(client: Client, site: SimpleNamespace) -> None:
    """The fields of the days are hidden then: nobody has to empty them."""
    begin(client, site)
    days = {"from_on": in_days(-3).isoformat(), "on_1": in_days(90).isoformat()}
    sent_on = client.post(screen(site, "where"), where() | days | {"is_any_time": "on"})
    assert sent_on["Location"] == screen(site, "how")
    client.post(screen(site, "how"), HOW)
    assert client.post(screen(site, "check"), REST).status_code == 303
    review = OfferReview.objects.get()
    actions.publish_offer(member=site.reviewer, review=review, revision_id=review.revision_id)
    offer = Offer.objects.get()
    assert (offer.is_any_time, offer.from_on, offer.dates.count()) == (True, None, 0)


@pytest.mark.parametrize(
    ("cost", "words"),
    [
        ({"cost": "free"}, "Free. Free without work"),
        ({"cost": "amount", "amount": "25", "currency": "GBP"}, "25 GBP. Free without work"),
        ({"cost": "depends"}, "It depends on your income. Free without work"),
    ],
)
def test_every_cost_has_its_note(
    client: Client, site: SimpleNamespace, cost: dict[str, str], words: str
) -> None:
    """The note is published with each of them, so its field is there with each of them."""
    begin(client, site)
    typed = where() | cost | {"cost_note": "Free without work"}
    assert client.post(screen(site, "where"), typed).status_code == 303
    assert f"<p>{words}</p>" in text_of(client.get(screen(site, "check")))
    page = text_of(client.get(screen(site, "where")))
    assert 'value="Free without work"' in page and "if-depends" not in page


def test_wrong_more_dates_are_said_there(client: Client, site: SimpleNamespace) -> None:
    begin(client, site)
    more = {"on_1": in_days(90).isoformat(), "until_1": in_days(80).isoformat()}
    response = client.post(screen(site, "where"), where() | more)
    assert response.status_code == 422
    assert "The last day is before the first day." in text_of(response)


def test_finish_later_asks_for_nothing(client: Client, site: SimpleNamespace) -> None:
    response = begin(client, site, learns="", later="1")
    assert response["Location"] == at(site, "offer_status", key(1))
    page = text_of(client.get(response["Location"]))
    assert "Your draft is saved." in page
    assert "Go on writing" in page
    response = client.post(screen(site, "check"), REST | {"later": "1", "skills": "Care"})
    assert response["Location"] == at(site, "offer_status", key(1))
    assert read_draft(Offer.objects.get())["skills"] == "Care"
    assert not OfferReview.objects.exists()


def test_who_comes_from_the_check_goes_back_there(client: Client, site: SimpleNamespace) -> None:
    written(site)
    page = text_of(client.get(f"{screen(site, 'what')}?back=check"))
    assert "Back to your answers" in page
    response = client.post(screen(site, "what"), {**WHAT, "back": "check"})
    assert response["Location"] == screen(site, "check")


def test_one_step_back_saves_too(client: Client, site: SimpleNamespace) -> None:
    begin(client, site)
    response = client.post(screen(site, "where"), {"place": "Room 3", "before": "1"})
    assert response["Location"] == screen(site, "what")
    assert read_draft(Offer.objects.get())["place"] == "Room 3"
    response = client.post(screen(site, "where"), {"from_on": "soon", "before": "1"})
    assert response.status_code == 422
    assert 'value="soon"' in text_of(response)
    response = client.post(screen(site, "what"), {**WHAT, "before": "1"})
    assert response["Location"] == screen(site, "where")


def test_a_change_saves_what_stands_below(client: Client, site: SimpleNamespace) -> None:
    written(site)
    response = client.post(screen(site, "check"), REST | {"skills": "Care", "change": "mode"})
    assert response["Location"] == f"{screen(site, 'where')}?back=check#id_mode"
    assert read_draft(Offer.objects.get())["skills"] == "Care"
    response = client.post(screen(site, "check"), REST | {"seats": "x", "change": "mode"})
    assert response.status_code == 422
    assert not OfferReview.objects.exists()


def test_offer_begin(site: SimpleNamespace) -> None:
    """To the one partner; to the list of several; to the application for those who have none."""
    assert client_of(site.ed).get(place("offer_begin"))["Location"] == at(site, "offer_new")
    assert client_of(site.vic).get(place("offer_begin"))["Location"] == place("partner_apply")
    actions.apply_partner(
        member=site.ed, key=key(9), hub=site.hub, name="Two", kind="library", place="Here"
    )
    assert client_of(site.ed).get(place("offer_begin"))["Location"] == place("partner_desk")


@pytest.mark.parametrize("name", ["vic", "otto", "outsider", "reviewer", "other_reviewer"])
def test_offer_write_is_for_its_writers(site: SimpleNamespace, name: str) -> None:
    """For all others a screen is as one that is not there."""
    written(site)
    client = client_of(getattr(site, name))
    for address in (*(screen(site, one) for one in SCREENS), at(site, "offer_new")):
        assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
    assert client.post(at(site, "offer_keep", key(1), "what"), WHAT).status_code == 404


def test_the_hub_writes_for_a_partner_that_it_keeps(site: SimpleNamespace) -> None:
    Partner.objects.filter(pk=site.partner.pk).update(is_kept_by_hub=True)
    client = client_of(site.reviewer)
    assert client.get(at(site, "offer_new")).status_code == 200
    assert begin(client, site).status_code == 303
    assert Offer.objects.get().is_on_behalf


@pytest.mark.parametrize(("name", "count"), [("what", 8), ("where", 8), ("how", 8), ("check", 12)])
def test_screens_cost(client: Client, site: SimpleNamespace, name: str, count: int) -> None:
    written(site)
    client.get(screen(site, name))
    assert cost_of(lambda: client.get(screen(site, name))) == count
