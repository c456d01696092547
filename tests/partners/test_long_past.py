"""An offer for any time that ended long ago comes back only after the hub has read it again."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from partners import actions
from partners.models import Offer, OfferReview
from partners.offering import is_long_past
from tests.partners.offers_cast import (
    DAY,
    NOW,
    fresh,
    make_site,
    published,
    refused,
    save,
    told,
    trusted,
)

pytestmark = pytest.mark.django_db
ANY_TIME = {"is_any_time": True, "from_on": None, "to_on": None}
HALF = timedelta(days=183)
LONG_AGO = "This offer ended more than 30 days ago. Send it to the hub again."
KNOWN = "The hub has read this text already. Change something, then send it."


@pytest.fixture
def site() -> SimpleNamespace:
    return make_site()


@pytest.fixture
def offer(site: SimpleNamespace) -> Offer:
    """One for any time, of a partner whose offers were clean."""
    return trusted(site, **ANY_TIME)


def end(offer: Offer, days: int) -> datetime:
    """A moment so many days after its end."""
    assert offer.ends_on is not None
    return NOW + (offer.ends_on - NOW.date()) + days * DAY


@pytest.mark.parametrize(("days", "is_so"), [(0, False), (30, False), (31, True)])
def test_long_past_begins_after_thirty_days(offer: Offer, days: int, is_so: bool) -> None:
    assert offer.ends_on == (NOW - DAY).date() + HALF
    assert is_long_past(offer, offer.ends_on + days * DAY) is is_so


def test_still_right_within_thirty_days_and_not_later(site: SimpleNamespace, offer: Offer) -> None:
    tap = {"member": site.ed, "offer": offer}
    assert refused(actions.still_right, now=end(offer, 31), **tap) == (LONG_AGO, "")
    assert fresh(offer).checked_on == (NOW - DAY).date()
    row = actions.still_right(now=end(offer, 30), **tap)
    assert row.ends_on == offer.ends_on + 30 * DAY + HALF


def test_the_same_text_is_read_again(site: SimpleNamespace, offer: Offer) -> None:
    """Also by a partner whose small changes go live at once."""
    now = end(offer, 31)
    before = told(site.reviewer)
    review = actions.send_offer(member=site.ed, offer=offer, now=now)
    assert actions.send_offer(member=site.anna, offer=offer, now=now) == review
    assert (review.state, review.is_after_check) == ("waiting", False)
    assert review.revision_id == offer.live_revision_id
    words = "Harbour College sent “Welding for beginners” for you to read."
    assert told(site.reviewer) == [*before, words]
    assert not Offer.objects.live_offers(now.date()).exists()
    actions.publish_offer(
        member=site.reviewer, review=review, revision_id=review.revision_id, now=now
    )
    assert fresh(offer).ends_on == now.date() + HALF
    assert list(Offer.objects.live_offers(now.date())) == [offer]


def test_a_small_change_is_read_before(site: SimpleNamespace, offer: Offer) -> None:
    save(site, offer, seats=9, now=end(offer, 31))
    late = actions.send_offer(member=site.ed, offer=offer, now=end(offer, 31))
    assert (late.is_after_check, fresh(offer).seats) == (False, None)
    soon = actions.send_offer(member=site.ed, offer=offer, now=end(offer, 31))
    assert soon == late


def test_a_small_change_soon_after_the_end_is_looked_at_later(
    site: SimpleNamespace, offer: Offer
) -> None:
    save(site, offer, seats=9, now=end(offer, 30))
    review = actions.send_offer(member=site.ed, offer=offer, now=end(offer, 30))
    assert (review.is_after_check, fresh(offer).seats) == (True, 9)


def test_what_is_on_the_site_is_not_sent_again(site: SimpleNamespace, offer: Offer) -> None:
    first = OfferReview.objects.get()
    assert actions.send_offer(member=site.ed, offer=offer, now=end(offer, 0)) == first
    dated = published(site, 2)
    actions.end_offer(member=site.ed, offer=dated, now=NOW)
    assert refused(actions.send_offer, member=site.ed, offer=dated, now=NOW) == (KNOWN, "")
