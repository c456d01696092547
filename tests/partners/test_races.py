"""Several people at the same moment: real threads on a real database, one text, one answer."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from members.errors import Refused
from members.models import Notice
from partners import actions
from partners.models import Colleague, Offer, OfferReview, Partner
from tests.factories import make_member
from tests.partners.offers_cast import (
    FULL,
    NOW,
    again,
    fresh,
    key,
    make_partner,
    make_site,
    published,
    save,
    sent,
    text,
)

pytestmark = pytest.mark.usefixtures("own_database")
ROUNDS = int(os.environ.get("ROUNDS", "5"))
FEWER = max(3, ROUNDS // 5)
MEANWHILE = "This has changed meanwhile. Please look at it again."


@pytest.fixture
def site() -> SimpleNamespace:
    return make_site()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act gives, or the refusal it ended with; all start at the same moment, each on
    its own connection. Any other error fails the test."""
    start = threading.Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            start.wait(timeout=60)
            return act()
        except Refused as refusal:
            return refusal.reason
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def publishing(review: OfferReview, member: Any) -> Callable[[], OfferReview]:
    """A reviewer publishes the text that was read."""
    return partial(
        actions.publish_offer,
        member=member,
        review=review,
        revision_id=review.revision_id,
        now=NOW,
    )


def saving(site: SimpleNamespace, offer: Offer, **values: Any) -> Callable[[], Any]:
    """The partner writes."""
    return partial(actions.save_offer, member=site.ed, offer=offer, values=values, now=NOW)


def test_approving_while_the_partner_saves_publishes_what_was_read(site: SimpleNamespace) -> None:
    for number in range(ROUNDS):
        review = sent(site, number + 1)
        if number % 2:
            publishing(review, site.reviewer)()
            save(site, review.offer, title=f"Read {number}")
            review = actions.send_offer(member=site.ed, offer=review.offer, now=NOW)
        read = review.revision.content["title"]
        got = at_once(
            saving(site, review.offer, title="Never read", seats=7),
            publishing(review, site.reviewer),
            saving(site, review.offer, learns="Never read"),
        )
        row = fresh(review.offer)
        assert got[1].state == again(review).state == "published"
        assert (row.title, row.learns, row.seats) == (read, FULL["learns"], None)
        assert (row.live, row.live_revision_id) == (True, review.revision_id)
        found = text(row)
        assert (found["title"], found["learns"], found["seats"]) == ("Never read", "Never read", 7)
        assert row.has_unpublished_changes


def test_approving_while_a_newer_text_is_sent(site: SimpleNamespace) -> None:
    for number in range(FEWER):
        review = sent(site, number + 1)
        save(site, review.offer, title="Newer")
        send = partial(actions.send_offer, member=site.ed, offer=review.offer, now=NOW)
        got = at_once(publishing(review, site.reviewer), send, send)
        assert got[1].pk == got[2].pk
        row = fresh(review.offer)
        if isinstance(got[0], str):
            assert (got[0], row.live, again(review).state) == (MEANWHILE, False, "withdrawn")
        else:
            assert (row.title, again(review).state) == (FULL["title"], "published")
        assert [one.pk for one in row.reviews.waiting()] == [got[1].pk]


def test_two_reviewers_have_one_answer(site: SimpleNamespace) -> None:
    for number in range(ROUNDS):
        review = sent(site, number + 1)
        got = at_once(
            publishing(review, site.reviewer),
            partial(
                actions.decline_offer,
                member=site.coordinator,
                review=review,
                reason="No.",
                now=NOW,
            ),
            partial(
                actions.ask_change,
                member=site.coordinator,
                review=review,
                words="More.",
                now=NOW,
            ),
        )
        won = [one for one in got if not isinstance(one, str)]
        assert [one for one in got if isinstance(one, str)] == [MEANWHILE] * 2
        state = again(review).state
        assert [one.state for one in won] == [state]
        assert fresh(review.offer).live is (state == "published")
        told = Notice.objects.filter(member=site.ed, key__startswith=f"offer-review:{review.pk}:")
        assert told.count() == 1


def test_both_reviewers_publish_and_it_counts_once(site: SimpleNamespace) -> None:
    for number in range(FEWER):
        Partner.objects.update(clean_approvals=0)
        review = sent(site, number + 1)
        at_once(publishing(review, site.reviewer), publishing(review, site.coordinator))
        assert Partner.objects.get(pk=site.partner.pk).clean_approvals == 1


def test_taking_back_while_the_hub_publishes(site: SimpleNamespace) -> None:
    for number in range(FEWER):
        review = sent(site, number + 1)
        back = partial(actions.withdraw_offer, member=site.ed, offer=review.offer, now=NOW)
        got = at_once(publishing(review, site.reviewer), back)
        is_live = fresh(review.offer).live
        assert got == [MEANWHILE, True] if not is_live else got[1] is False
        assert again(review).state == ("published" if is_live else "withdrawn")


def test_sending_small_edits_at_once_leaves_one_after_check(site: SimpleNamespace) -> None:
    for number in range(FEWER):
        offer = published(site, number + 1)
        Partner.objects.filter(pk=site.partner.pk).update(clean_approvals=5)
        save(site, offer, seats=3)
        send = partial(actions.send_offer, member=site.ed, offer=offer, now=NOW)
        got = at_once(send, saving(site, offer, member_seats=1), send)
        waiting = list(offer.reviews.waiting())
        row = fresh(offer)
        assert [one.is_after_check for one in waiting] == [True]
        assert waiting[0].revision_id == row.live_revision_id
        assert row.seats == 3
        assert {type(one).__name__ for one in (got[0], got[2])} == {"OfferReview"}


def test_beginning_and_applying_twice_at_once_is_once(site: SimpleNamespace) -> None:
    for number in range(FEWER):
        begin = partial(
            actions.begin_offer,
            member=site.ed,
            partner=site.partner,
            key=key(number + 1),
            now=NOW,
        )
        assert len({one.pk for one in at_once(begin, begin, begin)}) == 1
        member = make_member(f"applicant{number}")
        facts = {"name": "North", "kind": "college", "place": "North", "hub": site.hub}
        apply = partial(
            actions.apply_partner,
            member=member,
            scheme="ror",
            number=str(number),
            now=NOW,
            **facts,
        )
        one, two = key(2 * number + 1), key(2 * number + 2)
        got = at_once(partial(apply, key=one), partial(apply, key=one), partial(apply, key=two))
        assert Partner.objects.filter(number=str(number)).count() == 1
        assert isinstance(got[2], str) or all(isinstance(each, str) for each in got[:2])


def test_two_who_run_it_leave_at_once_and_one_stays(site: SimpleNamespace) -> None:
    for number in range(FEWER):
        partner = make_partner(site.hub, f"North {number}")
        pair = [make_member(f"runs{number}-{one}") for one in range(2)]
        for one in pair:
            Colleague.objects.create(partner=partner, member=one, role="admin", joined_at=NOW)
        at_once(*[partial(actions.leave_colleagues, member=one, partner=partner) for one in pair])
        assert partner.colleagues.filter(role="admin").count() == 1


def test_an_invitation_is_used_by_one(site: SimpleNamespace) -> None:
    for number in range(FEWER):
        _row, code = actions.invite_colleague(
            member=site.anna,
            partner=site.partner,
            email=f"new{number}@college.example",
            role="editor",
            now=NOW,
        )
        people = [make_member(f"new{number}-{one}") for one in range(3)]
        got = at_once(
            *[partial(actions.accept_invitation, member=one, code=code, now=NOW) for one in people]
        )
        assert sum(isinstance(one, Colleague) for one in got) == 1
        assert Colleague.objects.filter(member__in=people).count() == 1
