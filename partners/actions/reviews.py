"""What the hub says to the texts of offers. What is published is the text that was read."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.errors import Refused
from members.models import Member
from partners.models import Offer, OfferReview, Partner
from partners.offering import ends_on, texts_of
from partners.queries.drafts import read_revision, today_of
from partners.rules import may_decide, may_take_down

from .offers import take_back
from .telling import offer_address, tell_writers
from .texts import lock_both, put_live
from .words import clean_length, clean_words

State = OfferReview.State
MEANWHILE = ("state", "words", "notes", "decided_by", "decided_at")


def lock_review(member: Member, review: OfferReview) -> OfferReview:
    """A review with its offer, all locked until the transaction ends. Refuses whoever may not
    decide about it."""
    offer = lock_both(review.offer)
    rows = OfferReview.objects.select_for_update(of=("self",))
    found = rows.select_related("revision", "hub").get(pk=review.pk)
    found.offer = offer
    if not may_decide(member, found):
        raise Refused(_("You cannot decide about this offer. Somebody else of the hub has to."))
    return found


def refuse_decided(review: OfferReview, is_after_check: bool) -> None:
    """Refuse a review that does not wait any more, or is of the other kind."""
    if review.state != State.WAITING or review.is_after_check != is_after_check:
        raise Refused(_("This has changed meanwhile. Please look at it again."))


@transaction.atomic
def publish_offer(
    *, member: Member, review: OfferReview, revision_id: int, now: datetime | None = None
) -> OfferReview:
    """Put the text that was read on the site: exactly this one, whatever was written since.

    Refused when the review is of another text, when the organisation is not approved, and when
    all of its days are over.
    """
    row = lock_review(member, review)
    if row.state == State.PUBLISHED and row.revision_id == revision_id:
        return row
    refuse_decided(row, is_after_check=False)
    if row.revision_id != revision_id:
        raise Refused(_("There is a newer text. Please read it first."))
    if row.offer.partner.state != Partner.State.APPROVED:
        raise Refused(_("Approve the organisation first."))
    now = now or timezone.now()
    today = today_of(row.hub, now)
    if ends_on(read_revision(row.revision, row.offer), today) < today:
        raise Refused(_("Its days are over. Ask for new ones."))
    count_approval(row)
    put_live(row.offer, row.revision, today, now)
    after = row.offer.reviews.waiting().filter(is_after_check=True)
    after.update(state=State.WITHDRAWN, decided_at=now)
    return decide(row, member, State.PUBLISHED, "published", now)


def count_approval(review: OfferReview) -> None:
    """Count an approval that needed no change since the offer was published last. What the hub
    writes while it keeps the partner says nothing of the partner's own words."""
    partner = review.offer.partner
    if partner.is_kept_by_hub:
        return
    before = review.offer.reviews.filter(is_after_check=False)
    last = before.filter(state=State.PUBLISHED).order_by("-decided_at").first()
    asked = before.filter(state__in=(State.CHANGES, State.DECLINED))
    if last is not None:
        asked = asked.filter(sent_at__gt=last.sent_at)
    if not asked.exists():
        count(partner, partner.clean_approvals + 1)


def count(partner: Partner, clean: int) -> None:
    """Write how many approvals in a row were clean."""
    partner.clean_approvals = min(clean, 1000)
    partner.save(update_fields=["clean_approvals"])


def decide(
    review: OfferReview, member: Member, state: str, event: str, now: datetime
) -> OfferReview:
    """Write what the hub says to a text, and tell who writes for the partner."""
    review.state, review.decided_by, review.decided_at = state, member, now
    review.save(update_fields=MEANWHILE)
    tell_partner(review, member, event, now)
    return review


@transaction.atomic
def ask_change(
    *,
    member: Member,
    review: OfferReview,
    words: str = "",
    notes: Mapping[str, str] | None = None,
    now: datetime | None = None,
) -> OfferReview:
    """Ask for a change, in words for all of it, beside fields, or both. What is live stays."""
    row = lock_review(member, review)
    if row.state == State.CHANGES:
        return row
    refuse_decided(row, is_after_check=False)
    row.notes = texts_of(notes or {})
    row.words = clean_length(words, 500) if row.notes else clean_words(words, 500)
    count(row.offer.partner, 0)
    return decide(row, member, State.CHANGES, "changes", now or timezone.now())


@transaction.atomic
def decline_offer(
    *, member: Member, review: OfferReview, reason: str, now: datetime | None = None
) -> OfferReview:
    """Say no to a text, with a reason. What is live stays."""
    row = lock_review(member, review)
    if row.state == State.DECLINED:
        return row
    refuse_decided(row, is_after_check=False)
    row.words = clean_words(reason, 500, "reason")
    count(row.offer.partner, 0)
    return decide(row, member, State.DECLINED, "declined", now or timezone.now())


@transaction.atomic
def settle_after_check(
    *,
    member: Member,
    review: OfferReview,
    is_fine: bool,
    words: str = "",
    now: datetime | None = None,
) -> OfferReview:
    """Look at a small edit that is live already. If it is not fine, the text that the hub read
    last comes back, and the partner is told why."""
    row = lock_review(member, review)
    wanted = State.PUBLISHED if is_fine else State.CHANGES
    if row.is_after_check and row.state == wanted:
        return row
    refuse_decided(row, is_after_check=True)
    now = now or timezone.now()
    if is_fine:
        return decide(row, member, wanted, "", now)
    row.words = clean_words(words, 500)
    count(row.offer.partner, 0)
    put_back(row.offer, now)
    return decide(row, member, wanted, "put-back", now)


def put_back(offer: Offer, now: datetime) -> None:
    """Put the text on the site again that the hub read last. An offer that has ended stays so."""
    read = offer.reviews.filter(state=State.PUBLISHED).order_by("-decided_at", "-pk")
    last = read.select_related("revision").first()
    assert last is not None  # Only what was published before is edited at once.
    ended_at, checked_on = offer.ended_at, offer.checked_on
    today = checked_on or today_of(offer.partner.hub, now)
    found = put_live(offer, last.revision, today, now)
    if ended_at is not None:
        found.ended_at, found.live = ended_at, False
        found.save(update_fields=["ended_at", "live"])


@transaction.atomic
def take_down_offer(
    *, member: Member, offer: Offer, reason: str, now: datetime | None = None
) -> OfferReview:
    """Take an offer off the site, with a reason that its partner reads. The partner cannot put
    the same text back."""
    row = lock_both(offer)
    if not may_take_down(member, row):
        raise Refused(_("Only people of the hub who are not from this organisation can do this."))
    if row.live_revision is None:
        raise Refused(_("This offer is not on the site."))
    known = row.reviews.filter(state=State.DECLINED, revision=row.live_revision).first()
    if known is not None:
        return known
    now = now or timezone.now()
    take_back(row, now)
    row.reviews.waiting().update(state=State.WITHDRAWN, decided_at=now)
    row.ended_at, row.live = now, False
    row.save(update_fields=["ended_at", "live"])
    count(row.partner, 0)
    review = OfferReview(
        offer=row,
        hub=row.partner.hub,
        revision=row.live_revision,
        sent_at=now,
        promised_on=today_of(row.partner.hub, now),
        words=clean_words(reason, 500, "reason"),
        state=State.DECLINED,
        decided_by=member,
        decided_at=now,
    )
    review.save()
    tell_partner(review, member, "taken-down", now)
    return review


def tell_partner(review: OfferReview, member: Member, event: str, now: datetime) -> None:
    """Tell who writes for the partner what the hub said."""
    words: dict[str, Callable[[OfferReview], str]] = {
        "published": published_words,
        "changes": change_words,
        "declined": declined_words,
        "put-back": back_words,
        "taken-down": down_words,
    }
    if event in words:
        key = f"offer-review:{review.pk}:{event}"
        url = partial(offer_address, review.offer)
        said = partial(words[event], review)
        tell_writers(review.offer.partner, key, said, url, now, but=member)


def names_of(review: OfferReview) -> dict[str, str]:
    """What the sentences name."""
    return {
        "hub": review.hub.name,
        "title": review.revision.content["title"],
        "words": review.words,
    }


def published_words(review: OfferReview) -> str:
    """That an offer is on the site."""
    return _("“%(title)s” is on the site now.") % names_of(review)


def change_words(review: OfferReview) -> str:
    """That a change is asked for."""
    words = _("%(hub)s asks for a change in “%(title)s”. %(words)s") % names_of(review)
    return words.strip()


def declined_words(review: OfferReview) -> str:
    """That an offer is declined, and why."""
    return _("%(hub)s cannot publish “%(title)s”: %(words)s") % names_of(review)


def back_words(review: OfferReview) -> str:
    """That an edit was put back, and why."""
    return _("%(hub)s put your last change of “%(title)s” back: %(words)s") % names_of(review)


def down_words(review: OfferReview) -> str:
    """That an offer was taken off the site, and why."""
    return _("%(hub)s has taken “%(title)s” off the site: %(words)s") % names_of(review)
