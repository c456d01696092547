"""What the hub says to texts: what is published is what was read, and nobody approves their own."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from members.models import HubRole, Member
from partners import actions
from partners.models import Colleague, Offer, OfferReview, Partner
from partners.offering import NOTHING
from partners.queries.drafts import read_draft, read_live
from partners.rules import may_decide
from tests.factories import make_member
from tests.partners.offers_cast import (
    DAY,
    FULL,
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
    sent,
    text,
    told,
    trusted,
)

pytestmark = pytest.mark.django_db
NOT_YOU = "You cannot decide about this offer. Somebody else of the hub has to."
MEANWHILE = "This has changed meanwhile. Please look at it again."
NOT_HUB = "Only people of the hub who are not from this organisation can do this."


@pytest.fixture
def site() -> SimpleNamespace:
    return make_site()


def publish(review: OfferReview, member: Member, **values: Any) -> OfferReview:
    facts = {"revision_id": review.revision_id, "now": NOW, **values}
    return actions.publish_offer(member=member, review=review, **facts)


def decisions(review: OfferReview) -> list[Callable[[Member], Any]]:
    """Every way to decide about a review."""
    return [
        lambda member: refused(publish, review=review, member=member),
        lambda member: refused(actions.ask_change, member=member, review=review, words="No."),
        lambda member: refused(actions.decline_offer, member=member, review=review, reason="No."),
        lambda member: refused(
            actions.settle_after_check, member=member, review=review, is_fine=True
        ),
    ]


def clean(site: SimpleNamespace) -> int:
    return Partner.objects.get(pk=site.partner.pk).clean_approvals


def test_publish_puts_the_text_on_the_site_once(site: SimpleNamespace) -> None:
    review = sent(site, seats=9)
    for _twice in range(2):
        publish(review, site.reviewer)
    row, stored = fresh(review.offer), again(review)
    assert read_live(row) == {**NOTHING, **FULL, "language": "en", "seats": 9}
    assert (row.live, row.ends_on, row.checked_on) == (True, FULL["to_on"], TODAY)
    assert (row.first_published_at, row.last_published_at, row.ended_at) == (NOW, NOW, None)
    assert (row.live_revision_id, row.has_unpublished_changes) == (review.revision_id, False)
    assert (row.partner_id, row.uuid, row.made_by) == (site.partner.pk, key(1), site.ed)
    assert (stored.state, stored.decided_by, stored.decided_at) == ("published", site.reviewer, NOW)
    words = ["“Welding for beginners” is on the site now."]
    assert told(site.anna) == told(site.ed) == words
    assert told(site.vic) == told(site.otto) == []
    assert clean(site) == 1


def test_nobody_else_decides(site: SimpleNamespace) -> None:
    review = sent(site)
    people = [site.anna, site.ed, site.vic, site.otto, site.outsider]
    people += [site.hub_editor, site.other_reviewer]
    for member in people:
        for decide in decisions(review):
            assert decide(member) == (NOT_YOU, "")
    assert (again(review).state, fresh(review.offer).live) == ("waiting", False)


def test_nobody_approves_their_own(site: SimpleNamespace) -> None:
    review = sent(site)
    HubRole.objects.create(member=site.vic, hub=site.hub, role="reviewer")
    HubRole.objects.create(member=site.ed, hub=site.hub, role="coordinator")
    for member in (site.vic, site.ed):
        for decide in decisions(review):
            assert decide(member) == (NOT_YOU, "")
    Colleague.objects.filter(member=site.ed).delete()
    for decide in decisions(review):
        assert decide(Member.objects.get(pk=site.ed.pk)) == (NOT_YOU, "")


def test_who_writes_on_behalf_does_not_read_it(site: SimpleNamespace) -> None:
    Partner.objects.filter(pk=site.partner.pk).update(is_kept_by_hub=True)
    site.partner.refresh_from_db()
    offer = actions.begin_offer(member=site.reviewer, partner=site.partner, key=key(1), now=NOW)
    actions.save_offer(member=site.reviewer, offer=offer, values=FULL, now=NOW)
    third = make_member("third")
    HubRole.objects.create(member=third, hub=site.hub, role="reviewer")
    actions.save_offer(member=third, offer=offer, values={"seats": 3}, now=NOW)
    review = actions.send_offer(member=third, offer=offer, now=NOW)
    assert [may_decide(one, review) for one in (site.reviewer, third, site.coordinator)] == [
        False,
        False,
        True,
    ]
    assert told(site.reviewer) == ["Harbour College sent “Welding for beginners” for you to read."]
    publish(review, site.coordinator)
    assert fresh(offer).is_on_behalf
    actions.save_offer(member=site.coordinator, offer=offer, values={"title": "New"}, now=NOW)
    review = actions.send_offer(member=site.anna, offer=offer, now=NOW)
    assert [may_decide(one, review) for one in (site.reviewer, third, site.coordinator)] == [
        True,
        True,
        False,
    ]


def test_who_began_an_offer_that_was_never_read_does_not_decide(site: SimpleNamespace) -> None:
    Partner.objects.filter(pk=site.partner.pk).update(is_kept_by_hub=True)
    site.partner.refresh_from_db()
    offer = actions.begin_offer(member=site.reviewer, partner=site.partner, key=key(1), now=NOW)
    actions.save_offer(member=site.coordinator, offer=offer, values=FULL, now=NOW)
    review = actions.send_offer(member=site.coordinator, offer=offer, now=NOW)
    assert not may_decide(site.reviewer, review)


def test_the_text_that_was_read_is_the_one_that_goes_live(site: SimpleNamespace) -> None:
    review = sent(site)
    save(site, review.offer, title="Not read", learns="SECRET")
    publish(review, site.reviewer)
    row = fresh(review.offer)
    assert (row.title, row.learns) == (FULL["title"], FULL["learns"])
    assert row.has_unpublished_changes
    assert text(row)["title"] == "Not read"


def test_a_text_that_is_not_the_one_sent_is_refused(site: SimpleNamespace) -> None:
    review = sent(site)
    save(site, review.offer, title="Not read")
    newer = fresh(review.offer).latest_revision_id
    got = refused(publish, review=review, member=site.reviewer, revision_id=newer)
    assert got == ("There is a newer text. Please read it first.", "")
    second = actions.send_offer(member=site.ed, offer=review.offer, now=NOW)
    assert refused(publish, review=review, member=site.reviewer) == (MEANWHILE, "")
    assert not fresh(review.offer).live
    publish(second, site.reviewer)
    assert refused(actions.decline_offer, member=site.reviewer, review=second, reason="No.") == (
        MEANWHILE,
        "",
    )


def test_only_offers_of_approved_partners_that_are_not_over(site: SimpleNamespace) -> None:
    review = sent(site)
    for state in ("waiting", "paused", "declined", "left"):
        Partner.objects.filter(pk=site.partner.pk).update(state=state)
        got = refused(publish, review=review, member=site.reviewer)
        assert got == ("Approve the organisation first.", "")
    Partner.objects.filter(pk=site.partner.pk).update(state="approved")
    late = refused(publish, review=review, member=site.reviewer, now=NOW + 90 * DAY)
    assert late == ("Its days are over. Ask for new ones.", "")
    assert not fresh(review.offer).live


def test_a_change_is_asked_for_in_words_beside_fields(site: SimpleNamespace) -> None:
    offer = trusted(site)
    save(site, offer, title="Weld!")
    review = actions.send_offer(member=site.ed, offer=offer, now=NOW)
    assert refused(actions.ask_change, member=site.reviewer, review=review)[1] == "words"
    long = {"member": site.reviewer, "review": review, "words": "x" * 501}
    assert refused(actions.ask_change, **long, notes={"title": "No."})[1] == "words"
    for words in ("Say more.", "Never said."):
        actions.ask_change(
            member=site.reviewer,
            review=review,
            words=words,
            notes={"title": "Too short.", "nonsense": "x"},
            now=NOW,
        )
    stored = again(review)
    assert (stored.state, stored.words, stored.notes) == (
        "changes",
        "Say more.",
        {"title": "Too short."},
    )
    assert (fresh(offer).title, fresh(offer).live, clean(site)) == (FULL["title"], True, 0)
    assert told(site.ed)[-1] == "Harbour Hub asks for a change in “Weld!”. Say more."
    save(site, offer, title="Weld well")
    second = actions.send_offer(member=site.ed, offer=offer, now=NOW)
    actions.ask_change(member=site.reviewer, review=second, notes={"title": "Hm."}, now=NOW)
    assert told(site.ed)[-1] == "Harbour Hub asks for a change in “Weld well”."


def test_decline_needs_a_reason(site: SimpleNamespace) -> None:
    review = sent(site)
    Partner.objects.filter(pk=site.partner.pk).update(clean_approvals=3)
    values = {"member": site.reviewer, "review": review}
    assert refused(actions.decline_offer, **values, reason=" ")[1] == "reason"
    for reason in ("It is a shop.", "Never said."):
        actions.decline_offer(**values, reason=reason, now=NOW)
    assert (again(review).state, again(review).words) == ("declined", "It is a shop.")
    assert told(site.anna)[-1] == (
        "Harbour Hub cannot publish “Welding for beginners”: It is a shop."
    )
    assert clean(site) == 0
    assert refused(publish, review=review, member=site.reviewer) == (MEANWHILE, "")


def test_what_the_hub_writes_for_a_partner_counts_for_nobody(site: SimpleNamespace) -> None:
    Partner.objects.filter(pk=site.partner.pk).update(is_kept_by_hub=True, clean_approvals=2)
    offer = actions.begin_offer(member=site.reviewer, partner=site.partner, key=key(1), now=NOW)
    actions.save_offer(member=site.reviewer, offer=offer, values=FULL, now=NOW)
    review = actions.send_offer(member=site.reviewer, offer=offer, now=NOW)
    publish(review, site.coordinator)
    assert (fresh(offer).live, clean(site)) == (True, 2)


def test_only_approvals_without_a_change_count_as_clean(site: SimpleNamespace) -> None:
    review = sent(site)
    actions.ask_change(member=site.reviewer, review=review, words="More.", now=NOW - DAY)
    save(site, review.offer, title="Longer")
    review = actions.send_offer(member=site.ed, offer=review.offer, now=NOW)
    publish(review, site.reviewer)
    assert clean(site) == 0
    save(site, review.offer, title="Longer still")
    review = actions.send_offer(member=site.ed, offer=review.offer, now=NOW + DAY)
    publish(review, site.reviewer, now=NOW + 2 * DAY)
    assert clean(site) == 1
    published(site, 2)
    assert clean(site) == 2


def small_edit(site: SimpleNamespace, offer: Offer, **values: Any) -> OfferReview:
    save(site, offer, **values)
    return actions.send_offer(member=site.ed, offer=offer, now=NOW)


def test_a_small_edit_is_found_fine_afterwards(site: SimpleNamespace) -> None:
    review = small_edit(site, trusted(site), seats=8)
    before = told(site.ed)
    for decide in decisions(review)[:3]:
        assert decide(site.reviewer) == (MEANWHILE, "")
    for _twice in range(2):
        actions.settle_after_check(member=site.reviewer, review=review, is_fine=True, now=NOW)
    assert (again(review).state, fresh(review.offer).seats) == ("published", 8)
    assert (told(site.ed), clean(site)) == (before, 5)
    late = {"member": site.reviewer, "review": review, "is_fine": False, "words": "No."}
    assert refused(actions.settle_after_check, **late) == (MEANWHILE, "")


def test_a_small_edit_that_is_not_fine_is_put_back(site: SimpleNamespace) -> None:
    offer = trusted(site)
    small_edit(site, offer, seats=8)
    review = small_edit(site, offer, apply_link="https://bad.example/", from_on=TODAY)
    values = {"member": site.coordinator, "review": review, "is_fine": False}
    assert refused(actions.settle_after_check, **values)[1] == "words"
    for _twice in range(2):
        actions.settle_after_check(**values, words="A wrong address.", now=NOW)
    row = fresh(offer)
    assert (row.seats, row.apply_link, row.live) == (None, FULL["apply_link"], True)
    assert (row.has_unpublished_changes, text(row)["seats"]) == (True, 8)
    assert (again(review).state, clean(site)) == ("changes", 0)
    assert told(site.anna)[-1] == (
        "Harbour Hub put your last change of “Welding for beginners” back: A wrong address."
    )
    assert not small_edit(site, offer, seats=9).is_after_check


def test_putting_back_keeps_an_ended_offer_ended(site: SimpleNamespace) -> None:
    offer = trusted(site)
    review = small_edit(site, offer, seats=8)
    actions.end_offer(member=site.ed, offer=offer, now=NOW)
    actions.settle_after_check(
        member=site.reviewer, review=review, is_fine=False, words="No.", now=NOW
    )
    row = fresh(offer)
    assert (row.live, row.ended_at, row.seats) == (False, NOW, None)


def test_an_after_check_is_of_its_own_kind(site: SimpleNamespace) -> None:
    review = sent(site)
    values = {"member": site.reviewer, "review": review, "is_fine": True}
    assert refused(actions.settle_after_check, **values) == (MEANWHILE, "")
    publish(review, site.reviewer)
    assert refused(actions.settle_after_check, **values) == (MEANWHILE, "")


def test_a_text_that_is_read_later_settles_the_after_check(site: SimpleNamespace) -> None:
    offer = trusted(site)
    small = small_edit(site, offer, seats=8)
    review = small_edit(site, offer, title="All new")
    publish(review, site.reviewer)
    assert (again(small).state, fresh(offer).seats) == ("withdrawn", 8)


def test_take_down_is_at_once_and_for_the_hub_only(site: SimpleNamespace) -> None:
    offer = trusted(site)
    small_edit(site, offer, seats=8)
    save(site, offer, title="Other")
    waiting = actions.send_offer(member=site.ed, offer=offer, now=NOW)
    values = {"offer": offer, "reason": "Unsafe.", "now": NOW}
    for member in (site.anna, site.other_reviewer, site.hub_editor, site.outsider):
        assert refused(actions.take_down_offer, member=member, **values) == (NOT_HUB, "")
    empty = {"member": site.reviewer, "offer": offer, "reason": ""}
    assert refused(actions.take_down_offer, **empty)[1] == "reason"
    assert fresh(offer).live
    review = actions.take_down_offer(member=site.reviewer, **values)
    assert actions.take_down_offer(member=site.coordinator, **values) == review
    row = fresh(offer)
    assert (row.live, row.ended_at, clean(site)) == (False, NOW, 0)
    assert again(waiting).state == "withdrawn"
    assert not offer.reviews.waiting().exists()
    assert told(site.ed)[-1] == (
        "Harbour Hub has taken “Welding for beginners” off the site: Unsafe."
    )
    got = refused(actions.take_down_offer, member=site.reviewer, offer=draft(site, 2), reason="x")
    assert got == ("This offer is not on the site.", "")


def test_what_is_gone_from_the_lists_is_left_out(site: SimpleNamespace) -> None:
    """A topic that was deleted meanwhile is none; the rest goes live."""
    from content.models import Topic

    topic = Topic.objects.create(slug="metal", name="Metal")
    review = sent(site, topic=topic, is_for_all_hubs=False, hubs=[site.other_hub])
    topic.delete()
    publish(review, site.reviewer)
    row = fresh(review.offer)
    assert (row.topic, list(row.hubs.all())) == (None, [site.other_hub])
    assert read_draft(row)["hubs"] == [site.other_hub.pk]


def test_more_dates_go_live_with_the_text(site: SimpleNamespace) -> None:
    offer = draft(site)
    on = FULL["to_on"] + timedelta(days=9)
    for place in ("Valley", "Hill"):
        actions.save_offer(
            member=site.ed, offer=offer, values={}, dates=[{"on": on, "place": place}], now=NOW
        )
        review = actions.send_offer(member=site.ed, offer=offer, now=NOW)
        publish(review, site.reviewer)
        row = fresh(offer)
        assert [(one.on, one.place) for one in row.dates.all()] == [(on, place)]
        assert row.ends_on == on
