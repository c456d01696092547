"""What waits for a hub: nothing of an organisation that is not taken in, or has gone."""

from types import SimpleNamespace

import pytest

from partners import actions
from partners.models import Offer, OfferReview, Partner, PartnerChange
from partners.queries.review import desk_waiting, queue_of, waiting_counts
from tests.partners.offers_cast import DAY, NOW, TODAY, again, fresh, make_site, sent, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> SimpleNamespace:
    """A partner that waits, and one text of it that waits too."""
    site = make_site()
    Partner.objects.filter(pk=site.partner.pk).update(state="waiting")
    site.review = sent(site)
    return site


def waiting(site: SimpleNamespace) -> tuple[list[OfferReview], list[OfferReview], int]:
    """What waits in the queue and on the desk, and how many things are counted."""
    queue = [row.review for row in queue_of(site.reviewer, site.hub, 1, TODAY).rows]
    desk = [row.review for row in desk_waiting(site.reviewer, site.hub, TODAY).rows]
    return queue, desk, waiting_counts(site.reviewer)[site.hub.pk]


def decline(site: SimpleNamespace) -> None:
    for _twice in range(2):
        actions.decline_partner(
            member=site.reviewer, partner=site.partner, reason="Not this year.", now=NOW
        )


def test_texts_of_a_declined_partner_wait_no_longer(site: SimpleNamespace) -> None:
    assert waiting(site) == ([site.review], [site.review], 2)
    decline(site)
    assert waiting(site) == ([], [], 0)
    found = again(site.review)
    assert (found.state, found.decided_at, found.decided_by) == ("withdrawn", NOW, None)
    before = told(site.reviewer)
    assert actions.remind_reviewers(now=NOW + 9 * DAY) == 0
    assert told(site.reviewer) == before


def test_one_that_is_taken_in_later_sends_again(site: SimpleNamespace) -> None:
    decline(site)
    actions.approve_partner(member=site.reviewer, partner=site.partner, now=NOW + DAY)
    assert waiting(site) == ([], [], 0)
    new = actions.send_offer(member=site.ed, offer=fresh(site.review.offer), now=NOW + DAY)
    assert (new.pk != site.review.pk, new.revision) == (True, site.review.revision)
    assert waiting(site) == ([new], [new], 1)


def test_texts_of_one_that_has_nobody_wait_no_longer(site: SimpleNamespace) -> None:
    """The last person who ran it erased the account before the hub had let it in."""
    PartnerChange.objects.create(
        partner=site.partner, name="Port", kind="college", sent_at=NOW, promised_on=TODAY
    )
    actions.forget_partner_member(member=site.anna, now=NOW)
    assert Partner.objects.get(pk=site.partner.pk).state == "left"
    assert again(site.review).state == "withdrawn"
    assert PartnerChange.objects.get().state == "withdrawn"
    assert waiting(site) == ([], [], 0)


def test_texts_of_one_that_its_hub_keeps_go_on_waiting(site: SimpleNamespace) -> None:
    Partner.objects.filter(pk=site.partner.pk).update(state="approved")
    actions.forget_partner_member(member=site.anna, now=NOW)
    assert Partner.objects.get(pk=site.partner.pk).is_kept_by_hub
    assert waiting(site) == ([site.review], [site.review], 1)


def test_texts_of_others_go_on_waiting(site: SimpleNamespace) -> None:
    offer = actions.begin_offer(
        member=site.otto, partner=site.other_partner, key=site.partner.key, now=NOW
    )
    actions.save_offer(member=site.otto, offer=offer, values={"title": "Other"}, now=NOW)
    other = OfferReview.objects.create(
        offer=offer,
        hub=site.hub,
        revision=Offer.objects.get(pk=offer.pk).latest_revision,
        sent_by=site.otto,
        sent_at=NOW,
        promised_on=TODAY,
    )
    decline(site)
    assert waiting(site) == ([other], [other], 1)
