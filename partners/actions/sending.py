"""An offer goes to the hub. Small edits of partners whose offers were clean go live at once."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.errors import Refused
from members.models import Member
from partners.models import Offer, OfferReview, Partner
from partners.offering import (
    CLEAN_APPROVALS,
    differing,
    is_ended,
    is_long_past,
    is_past,
    is_small_edit,
    missing,
    problems,
    promised_on,
)
from partners.queries.drafts import (
    Mark,
    last_review,
    read_draft,
    read_live,
    read_revision,
    today_of,
    waiting_review,
)

from .offers import refuse_unless_writing, refuse_unseen, take_back
from .telling import tell_hub
from .texts import lock_both, put_live

State = OfferReview.State
OPEN = (Partner.State.WAITING, Partner.State.APPROVED)


@transaction.atomic
def send_offer(
    *, member: Member, offer: Offer, mark: Mark | None = None, now: datetime | None = None
) -> OfferReview:
    """Send the last text of an offer to the hub. The same text sent twice is one review; a newer
    one takes the place of an older one that waits.

    A small edit of a partner with five clean approvals goes live at once, and waits for an
    after-check. Refuses what is missing (`field` is one of `offering.NINE`) or wrong; with a
    mark, also a text in which somebody else wrote since it was looked at.
    """
    row = lock_both(offer)
    refuse_unless_writing(member, row.partner)
    refuse_closed(row.partner)
    refuse_unseen(row, member, mark)
    now = now or timezone.now()
    review, is_new = submit(row, member, now)
    if is_new and not review.is_after_check:
        key, words = f"offer-review:{review.pk}", partial(sent_words, review)
        tell_hub(row.partner, key, words, now, but=member)
    return review


def refuse_closed(partner: Partner) -> None:
    """Refuse the offers of an organisation that the hub has turned down or put aside."""
    if partner.state not in OPEN:
        raise Refused(_("The hub takes no offers of your organisation at the moment."))


def submit(offer: Offer, member: Member, now: datetime) -> tuple[OfferReview, bool]:
    """Send the last text of a locked offer, and tell nobody; the review, and whether it is new."""
    today, text = today_of(offer.partner.hub, now), read_draft(offer)
    found = sent_before(offer, text, today)
    if found is not None:
        return found, False
    refuse_unfinished(text, today)
    refuse_known(offer, text, today)
    take_back(offer, now)
    if goes_at_once(offer, text, today):
        return publish_small(offer, member, today, now), True
    return make_review(offer, member, today, now), True


def sent_before(offer: Offer, text: Mapping[str, Any], today: date) -> OfferReview | None:
    """The review of the same text: one that waits, or one that led to what is live and not over."""
    waiting = waiting_review(offer)
    if waiting is not None:
        waits = read_revision(waiting.revision, offer)
        return None if differing(waits, text) else waiting
    last = offer.latest_revision_id
    is_live = not is_ended(offer, today) and last is not None and last == offer.live_revision_id
    return offer.reviews.filter(revision=last).first() if is_live else None


def refuse_unfinished(text: Mapping[str, Any], today: date) -> None:
    """Refuse a text in which something is missing or wrong."""
    groups = missing(text)
    if groups:
        raise Refused(_("Something is missing. Please fill it in, then send it."), groups[0])
    for field, words in problems(text, today).items():
        raise Refused(words, field)


def refuse_known(offer: Offer, text: Mapping[str, Any], today: date) -> None:
    """Refuse a text that the hub has read already. One that a date has ended may come again."""
    said = last_review(offer)
    known = [read_live(offer)] if offer.first_published_at and not is_past(offer, today) else []
    if said is not None and said.state in (State.CHANGES, State.DECLINED):
        known.append(read_revision(said.revision, offer))
    if any(not differing(one, text) for one in known):
        raise Refused(_("The hub has read this text already. Change something, then send it."))


def goes_at_once(offer: Offer, text: Mapping[str, Any], today: date) -> bool:
    """Whether a text needs no reading before: a small edit of what is on the site, or was lately,
    by a partner whose offers were clean."""
    is_trusted = (
        offer.partner.state == Partner.State.APPROVED
        and offer.partner.clean_approvals >= CLEAN_APPROVALS
    )
    is_there = offer.live and not is_long_past(offer, today)
    return is_trusted and is_there and is_small_edit(read_live(offer), text)


def publish_small(offer: Offer, member: Member, today: date, now: datetime) -> OfferReview:
    """Put a small edit on the site, and ask the hub to look at it afterwards. It takes the place
    of an earlier one that nobody has looked at."""
    earlier = offer.reviews.waiting().filter(is_after_check=True)
    earlier.update(state=State.WITHDRAWN, decided_at=now)
    review = make_review(offer, member, today, now, is_after_check=True)
    put_live(offer, review.revision, today, now)
    return review


def make_review(
    offer: Offer, member: Member, today: date, now: datetime, *, is_after_check: bool = False
) -> OfferReview:
    """The question to the hub about the last text of an offer."""
    return OfferReview.objects.create(
        offer=offer,
        hub=offer.partner.hub,
        revision=offer.latest_revision,
        is_after_check=is_after_check,
        sent_by=member,
        sent_at=now,
        promised_on=promised_on(today),
    )


def sent_words(review: OfferReview) -> str:
    """That a text waits."""
    return _("%(partner)s sent “%(title)s” for you to read.") % {
        "partner": review.offer.partner.name,
        "title": review.revision.content["title"],
    }
