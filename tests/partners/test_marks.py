"""A form carries what it was made of: nobody sends what they have not seen, and what is typed
late changes nothing that was sent."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from members.models import Member
from partners import actions
from partners.models import Offer, OfferReview
from partners.queries.drafts import Mark, mark_of, read_draft, read_mark
from tests.partners.desk_cast import REST, at, client_of, place, site_of, text_of, written
from tests.partners.offers_cast import NOW, key, refused

CHANGED = "Somebody has changed this offer meanwhile. Look at it again, then send it."


@pytest.fixture
def site(db: None) -> SimpleNamespace:
    return site_of()


@pytest.fixture
def client(site: SimpleNamespace) -> Client:
    return client_of(site.ed)


def now(number: int = 1) -> Mark:
    """The mark of an offer at the moment."""
    return mark_of(Offer.objects.get(uuid=key(number)))


def write(member: Member, **values: Any) -> None:
    """Somebody writes in the offer."""
    actions.save_offer(member=member, offer=Offer.objects.get(), values=values)


def send(client: Client, site: SimpleNamespace, mark: Any, **values: Any) -> Any:
    """Press the button of the check."""
    address = at(site, "offer_write", key(1), "check")
    return client.post(address, {**REST, "mark": str(mark), **values})


def keep(client: Client, site: SimpleNamespace, mark: Any, **values: Any) -> Any:
    """What the page sends by itself while somebody types."""
    return client.post(at(site, "offer_keep", key(1), "check"), {"mark": str(mark), **values})


def draft() -> dict[str, Any]:
    """What was written last."""
    return read_draft(Offer.objects.get())


@pytest.mark.parametrize("mark", [Mark(), Mark(review=3), Mark(5, NOW, 3)])
def test_a_mark_is_read_as_it_was_written(mark: Mark) -> None:
    assert read_mark(str(mark)) == mark


@pytest.mark.parametrize(
    "given",
    [
        *("", "x", "1 2", "1 soon 2", "1  2 3", "zebra  zebra", f"{'9' * 5000}  1"),
        *("1 0001-01-01T00:00:00+23:59 1", "1 9999-12-31T23:59:59-23:59 1"),
    ],
)
def test_a_mark_that_cannot_be_read_has_seen_nothing(given: str) -> None:
    assert read_mark(given) == Mark()


@pytest.mark.parametrize("screen", ["what", "where", "how", "check"])
def test_every_screen_carries_the_mark(client: Client, site: SimpleNamespace, screen: str) -> None:
    written(site)
    page = text_of(client.get(at(site, "offer_write", key(1), screen)))
    assert page.count(f'<input type="hidden" name="mark" value="{now()}">') == 1
    assert 'name="mark" value=""' in text_of(client.get(at(site, "offer_new")))


def test_what_was_looked_at_is_sent(client: Client, site: SimpleNamespace) -> None:
    written(site)
    response = send(client, site, now(), skills="Care")
    assert (response.status_code, response["Location"]) == (303, at(site, "offer_status", key(1)))
    assert OfferReview.objects.get().revision.content["skills"] == "Care"


@pytest.mark.parametrize("is_in_place", [False, True])
def test_what_a_colleague_has_changed_since_is_looked_at_first(
    client: Client, site: SimpleNamespace, is_in_place: bool
) -> None:
    """Also when the colleague goes on in a text that is the colleague's own already."""
    written(site)
    if is_in_place:
        write(site.anna, learns="First words.")
    looked_at = now()
    write(site.anna, learns="Zebra words.")
    assert (now().revision == looked_at.revision) is is_in_place
    response = send(client, site, looked_at, skills="Care")
    page = text_of(response)
    assert response.status_code == 422
    assert CHANGED in page
    assert "Zebra words." in page
    assert 'value="Care"' in page
    assert f'name="mark" value="{now()}"' in page
    assert not OfferReview.objects.exists()
    assert draft()["skills"] == ""
    assert send(client, site, now(), skills="Care").status_code == 303
    content = OfferReview.objects.get().revision.content
    assert (content["learns"], content["skills"]) == ("Zebra words.", "Care")


def test_the_action_asks_too(site: SimpleNamespace) -> None:
    written(site)
    looked_at, offer = now(), Offer.objects.get()
    write(site.anna, learns="Zebra words.")
    found = refused(actions.send_offer, member=site.ed, offer=offer, mark=looked_at)
    assert found == (CHANGED, "")
    review = actions.send_offer(member=site.anna, offer=offer, mark=looked_at)
    assert review.revision.content["learns"] == "Zebra words."


def test_what_one_has_typed_oneself_is_no_surprise(client: Client, site: SimpleNamespace) -> None:
    """What the page kept by itself may come before its answer has."""
    written(site)
    actions.save_offer(member=site.anna, offer=Offer.objects.get(), values={"device": "None"})
    looked_at = now()
    assert keep(client, site, looked_at, skills="Ca").status_code == 204
    assert send(client, site, looked_at, skills="Care").status_code == 303


def test_the_page_learns_the_mark_of_what_it_kept(client: Client, site: SimpleNamespace) -> None:
    written(site)
    before = now()
    response = keep(client, site, before, skills="Ca")
    assert (response.status_code, response["X-Mark"]) == (204, str(now()))
    assert now() != before


def test_keeping_is_not_seeing(client: Client, site: SimpleNamespace) -> None:
    """Who keeps typing after a colleague wrote has still not seen the colleague's words."""
    written(site)
    looked_at = now()
    write(site.anna, learns="Zebra words.")
    response = keep(client, site, looked_at, skills="Ca")
    assert (response.status_code, response["X-Mark"]) == (204, str(looked_at))
    assert send(client, site, response["X-Mark"]).status_code == 422
    assert (draft()["learns"], draft()["skills"]) == ("Zebra words.", "Ca")


def test_what_comes_after_sending_changes_nothing(client: Client, site: SimpleNamespace) -> None:
    written(site)
    looked_at = now()
    send(client, site, looked_at, skills="Care")
    review, before = OfferReview.objects.get(), Offer.objects.values().get()
    response = keep(client, site, looked_at, skills="Late words")
    assert (response.status_code, response.content) == (409, b"")
    assert Offer.objects.values().get() == before
    assert review.revision.content["skills"] == draft()["skills"] == "Care"
    for mark in ("", "zebra"):
        assert keep(client, site, mark, skills="Late words").status_code == 409


def test_a_form_that_was_opened_later_begins_a_new_draft(
    client: Client, site: SimpleNamespace
) -> None:
    written(site)
    send(client, site, now(), skills="Care")
    assert keep(client, site, now(), skills="New words").status_code == 204
    review = OfferReview.objects.get()
    assert (review.revision.content["skills"], draft()["skills"]) == ("Care", "New words")
    desk = text_of(client_of(site.reviewer).get(place("desk_review", "harbour", review.pk)))
    assert ("Care" in desk, "New words" in desk) == (True, False)


def test_who_only_looks_keeps_nothing(site: SimpleNamespace) -> None:
    written(site)
    values = {"offer": Offer.objects.get(), "values": {"skills": "x"}, "mark": now()}
    for member in (site.vic, site.otto, site.outsider, site.reviewer):
        reason = refused(actions.keep_offer, member=member, **values)[0]
        assert reason == "Only people who write offers for this organisation can do this."
