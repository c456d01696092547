"""An offer is sent to its hub or taken back; what is live at once as a small edit."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from wagtail.models import Collection

from partners import actions
from partners.models import OfferReview, Partner
from partners.queries.drafts import read_live
from tests.partners.offers_cast import (
    DAY,
    FULL,
    NOT_YOURS,
    NOW,
    TODAY,
    again,
    draft,
    fresh,
    key,
    make_site,
    picture,
    refused,
    save,
    sent,
    strangers,
    told,
    trusted,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> SimpleNamespace:
    Collection.add_root(name="Root")
    return make_site()


def test_withdraw_takes_back_what_waits_once(site: SimpleNamespace) -> None:
    review = sent(site)
    for member in strangers(site):
        refused(actions.withdraw_offer, member=member, offer=review.offer)
    assert actions.withdraw_offer(member=site.anna, offer=review.offer, now=NOW) is True
    assert actions.withdraw_offer(member=site.anna, offer=review.offer, now=NOW) is False
    assert (again(review).state, again(review).decided_at) == ("withdrawn", NOW)


def test_send_waits_for_the_hub_with_a_promise(site: SimpleNamespace) -> None:
    offer = draft(site)
    review = actions.send_offer(member=site.ed, offer=offer, now=NOW)
    assert actions.send_offer(member=site.anna, offer=offer, now=NOW + DAY) == review
    stored = OfferReview.objects.get()
    assert (stored.state, stored.hub, stored.sent_by) == ("waiting", site.hub, site.ed)
    assert (stored.sent_at, stored.promised_on) == (NOW, date(2026, 5, 9))
    assert stored.revision == fresh(offer).latest_revision
    assert not stored.is_after_check
    words = ["Harbour College sent “Welding for beginners” for you to read."]
    assert told(site.reviewer) == told(site.coordinator) == words
    assert told(site.hub_editor) == told(site.other_reviewer) == told(site.ed) == []


def test_a_newer_text_takes_the_place_of_the_one_that_waits(site: SimpleNamespace) -> None:
    first = sent(site)
    save(site, first.offer, seats=3)
    assert again(first).state == "waiting"
    second = actions.send_offer(member=site.ed, offer=first.offer, now=NOW)
    assert (again(first).state, again(first).decided_at) == ("withdrawn", NOW)
    assert second.revision_id != first.revision_id
    save(site, first.offer, seats=4)
    save(site, first.offer, seats=3)
    assert actions.send_offer(member=site.ed, offer=first.offer, now=NOW) == second


def test_send_names_what_is_missing_or_wrong(site: SimpleNamespace) -> None:
    offer = actions.begin_offer(member=site.ed, partner=site.partner, key=key(1))
    words = "Something is missing. Please fill it in, then send it."
    assert refused(actions.send_offer, member=site.ed, offer=offer) == (words, "title")
    save(site, offer, **{**FULL, "contact": ""})
    assert refused(actions.send_offer, member=site.ed, offer=offer) == (words, "contact")
    save(site, offer, contact="Jo", seats=0)
    got = refused(actions.send_offer, member=site.ed, offer=offer, now=NOW)
    assert got == ("Write a number from 1 to 100000.", "seats")
    assert not OfferReview.objects.exists()


def test_others_send_nothing_and_closed_partners_neither(site: SimpleNamespace) -> None:
    offer = draft(site)
    for member in strangers(site):
        assert refused(actions.send_offer, member=member, offer=offer)[0] == NOT_YOURS
    for state in ("declined", "paused"):
        Partner.objects.filter(pk=site.partner.pk).update(state=state)
        got = refused(actions.send_offer, member=site.ed, offer=offer)
        assert got[0] == "The hub takes no offers of your organisation at the moment."
    Partner.objects.filter(pk=site.partner.pk).update(state="waiting")
    assert actions.send_offer(member=site.ed, offer=offer, now=NOW).state == "waiting"


def test_a_text_that_was_read_has_to_change_first(site: SimpleNamespace) -> None:
    words = "The hub has read this text already. Change something, then send it."
    review = sent(site)
    actions.ask_change(member=site.reviewer, review=review, words="Shorter.", now=NOW)
    assert refused(actions.send_offer, member=site.ed, offer=review.offer, now=NOW)[0] == words
    save(site, review.offer, title="Welding")
    review = actions.send_offer(member=site.ed, offer=review.offer, now=NOW)
    actions.publish_offer(
        member=site.reviewer, review=review, revision_id=review.revision_id, now=NOW
    )
    assert actions.send_offer(member=site.ed, offer=review.offer, now=NOW) == review
    save(site, review.offer, title="Other")
    save(site, review.offer, title="Welding")
    assert refused(actions.send_offer, member=site.ed, offer=review.offer, now=NOW)[0] == words


def test_a_small_edit_of_a_trusted_partner_is_live_at_once(site: SimpleNamespace) -> None:
    offer = trusted(site)
    before = told(site.reviewer)
    save(site, offer, seats=8, apply_link="https://college.example/new", to_on=date(2026, 7, 2))
    review = actions.send_offer(member=site.ed, offer=offer, now=NOW)
    assert actions.send_offer(member=site.ed, offer=offer, now=NOW) == review
    row = fresh(offer)
    assert (row.seats, row.apply_link, row.ends_on) == (
        8,
        "https://college.example/new",
        date(2026, 7, 2),
    )
    assert (row.live_revision_id, row.has_unpublished_changes) == (review.revision_id, False)
    assert (review.is_after_check, review.state, row.checked_on) == (True, "waiting", TODAY)
    assert told(site.reviewer) == before
    save(site, offer, seats=7)
    second = actions.send_offer(member=site.ed, offer=offer, now=NOW)
    assert (again(review).state, fresh(offer).seats) == ("withdrawn", 7)
    assert list(offer.reviews.waiting()) == [second]


@pytest.mark.parametrize(
    ("partner", "values"),
    [
        ({"clean_approvals": 4}, {"seats": 8}),
        ({"state": "waiting"}, {"seats": 8}),
        ({}, {"seats": 8, "title": "Other"}),
        ({}, {"amount": Decimal(21)}),
        ({}, {"apply_by": "form"}),
        ({}, {"contact": "Nobody"}),
    ],
)
def test_all_else_is_read_before(
    site: SimpleNamespace, partner: dict[str, Any], values: dict[str, Any]
) -> None:
    offer = trusted(site)
    before = read_live(offer)
    Partner.objects.filter(pk=site.partner.pk).update(**partner)
    save(site, offer, **values)
    review = actions.send_offer(member=site.ed, offer=offer, now=NOW)
    assert (review.is_after_check, read_live(fresh(offer))) == (False, before)


def test_an_ended_offer_never_goes_live_by_a_small_edit(site: SimpleNamespace) -> None:
    offer = trusted(site)
    actions.end_offer(member=site.ed, offer=offer, now=NOW)
    save(site, offer, seats=8)
    assert not actions.send_offer(member=site.ed, offer=offer, now=NOW).is_after_check
    assert not fresh(offer).live


def test_a_new_picture_is_no_small_edit(site: SimpleNamespace) -> None:
    offer = trusted(site)
    actions.attach_picture(member=site.ed, offer=offer, data=picture(), alt="Plate", now=NOW)
    assert not actions.send_offer(member=site.ed, offer=offer, now=NOW).is_after_check
