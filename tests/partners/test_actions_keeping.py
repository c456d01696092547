"""An offer is still right, ends, comes back, is used again."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from wagtail.models import Collection

from partners import actions
from partners.models import Offer
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
    published,
    refused,
    save,
    strangers,
    text,
)

pytestmark = pytest.mark.django_db
ANY_TIME = {"is_any_time": True, "from_on": None, "to_on": None}


@pytest.fixture
def site() -> SimpleNamespace:
    Collection.add_root(name="Root")
    return make_site()


def test_use_again_copies_the_published_text_a_year_on(site: SimpleNamespace) -> None:
    old = published(site, reference="A1", seats=9)
    save(site, old, title="Not read yet")
    values = {"member": site.anna, "offer": old, "key": key(7), "now": NOW + 90 * DAY}
    new = actions.offer_again(**values)
    assert actions.offer_again(**values) == new
    found = text(new)
    assert (found["title"], found["seats"], found["reference"]) == (FULL["title"], 9, "")
    assert (found["from_on"], found["to_on"]) == (date(2027, 6, 1), date(2027, 6, 30))
    stored = fresh(new)
    assert (stored.again_of, stored.made_by, stored.first_published_at) == (old, site.anna, None)
    assert stored.reviews.count() == 0
    second = actions.offer_again(member=site.ed, offer=new, key=key(8), now=NOW)
    assert text(second)["from_on"] == date(2028, 6, 1)
    for member in strangers(site):
        got = refused(actions.offer_again, member=member, offer=old, key=key(9))
        assert got == (NOT_YOURS, "")


def test_still_right_is_one_tap(site: SimpleNamespace) -> None:
    offer = published(site, **ANY_TIME)
    half_a_year = TODAY - DAY + timedelta(days=183)
    assert (fresh(offer).ends_on, fresh(offer).open_until) == (half_a_year, half_a_year)
    later = NOW + 40 * DAY
    for _twice in range(2):
        row = actions.still_right(member=site.ed, offer=offer, now=later)
    assert (row.checked_on, row.ends_on) == (
        later.date(),
        later.date() + timedelta(days=183),
    )
    assert row.open_until == row.ends_on
    dated = published(site, 2)
    row = actions.still_right(member=site.ed, offer=dated, now=NOW)
    assert (row.checked_on, row.ends_on) == (TODAY, FULL["to_on"])
    assert row.open_until == FULL["from_on"]
    for member in strangers(site):
        assert refused(actions.still_right, member=member, offer=dated)[0] == NOT_YOURS


def test_still_right_is_refused_for_what_is_over_or_not_there(site: SimpleNamespace) -> None:
    assert refused(actions.still_right, member=site.ed, offer=draft(site))[0] == (
        "This offer is not on the site."
    )
    offer = published(site, 2)
    got = refused(actions.still_right, member=site.ed, offer=offer, now=NOW + 90 * DAY)
    assert got[0] == "The days of this offer are over. Give it new ones, or use it again."


def test_end_and_return(site: SimpleNamespace) -> None:
    offer = published(site)
    save(site, offer, title="Other")
    review = actions.send_offer(member=site.ed, offer=offer, now=NOW)
    live = read_live(offer)
    for member in strangers(site):
        assert refused(actions.end_offer, member=member, offer=offer)[0] == NOT_YOURS
        assert refused(actions.return_offer, member=member, offer=offer)[0] == NOT_YOURS
    for now in (NOW, NOW + DAY):
        actions.end_offer(member=site.ed, offer=offer, now=now)
    row = fresh(offer)
    assert (row.live, row.ended_at, again(review).state) == (False, NOW, "withdrawn")
    assert list(Offer.objects.public()) == [row]
    assert not Offer.objects.live_offers(TODAY).exists()
    for _twice in range(2):
        row = actions.return_offer(member=site.ed, offer=offer, now=NOW)
    assert (row.live, row.ended_at) == (True, None)
    assert read_live(fresh(offer)) == live
    actions.end_offer(member=site.ed, offer=offer, now=NOW)
    got = refused(actions.return_offer, member=site.ed, offer=offer, now=NOW + 90 * DAY)
    assert got[0] == "The days of this offer are over. Give it new ones, or use it again."


def test_what_was_never_live_is_neither_ended_nor_returned(site: SimpleNamespace) -> None:
    offer = draft(site)
    for action in (actions.end_offer, actions.return_offer):
        got = refused(action, member=site.ed, offer=offer)
        assert got == ("This offer is not on the site.", "")


def test_what_the_hub_took_down_cannot_be_put_back_unread(site: SimpleNamespace) -> None:
    offer = published(site)
    actions.take_down_offer(member=site.reviewer, offer=offer, reason="Unsafe.", now=NOW)
    words = "The hub has taken this offer down. Change it, then send it again."
    assert refused(actions.return_offer, member=site.ed, offer=offer)[0] == words
    same = refused(actions.send_offer, member=site.ed, offer=offer, now=NOW)
    assert same[0] == "The hub has read this text already. Change something, then send it."
    save(site, offer, title="Safe welding")
    review = actions.send_offer(member=site.ed, offer=offer, now=NOW)
    actions.withdraw_offer(member=site.ed, offer=offer)
    assert refused(actions.return_offer, member=site.ed, offer=offer)[0] == words
    review = actions.send_offer(member=site.ed, offer=offer, now=NOW)
    actions.publish_offer(
        member=site.reviewer, review=review, revision_id=review.revision_id, now=NOW
    )
    assert fresh(offer).live
