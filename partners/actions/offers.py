"""Partners write their offers, send them to the hub, and keep them right."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision

from content.actions import add_picture
from members.errors import Refused
from members.models import Member
from partners.models import Offer, OfferReview, Partner, PartnerChange
from partners.offering import (
    BACK_UNREAD_DAYS,
    again,
    ends_on,
    is_long_past,
    is_over,
    is_past,
    open_until,
)
from partners.queries.drafts import (
    Mark,
    is_taken_down,
    others_since,
    read_draft,
    read_live,
    sent_since,
    today_of,
    waiting_review,
)
from partners.rules import may_write

from .organisations import lock_partner
from .pictures import forget_picture, own_collection
from .texts import clean_dates, clean_values, lock_both, lock_offer, write_text
from .words import clean_words

MOST_BYTES = 12_000_000
State = OfferReview.State


def refuse_unless_writing(member: Member, partner: Partner) -> None:
    """Only who writes for a partner goes on."""
    if not may_write(member, partner):
        raise Refused(_("Only people who write offers for this organisation can do this."))


@transaction.atomic
def begin_offer(
    *, member: Member, partner: Partner, key: uuid.UUID, now: datetime | None = None
) -> Offer:
    """Begin an offer. One key makes one offer."""
    row = lock_partner(partner)
    refuse_unless_writing(member, row)
    return make_offer(member, row, key, now or timezone.now())[0]


def make_offer(
    member: Member, partner: Partner, key: uuid.UUID, now: datetime, again_of: Offer | None = None
) -> tuple[Offer, bool]:
    """The offer of a key, and whether it is new."""
    values = {
        "partner": partner,
        "live": False,
        "has_unpublished_changes": True,
        "language": partner.language,
        "is_on_behalf": partner.is_kept_by_hub,
        "made_at": now,
        "made_by": member,
        "again_of": again_of,
    }
    found, is_new = Offer.objects.get_or_create(uuid=key, defaults=values)
    if found.partner_id != partner.pk:
        raise Refused(_("Somebody else has sent this already. Please begin again."))
    return found, is_new


@transaction.atomic
def save_offer(
    *,
    member: Member,
    offer: Offer,
    values: Mapping[str, Any],
    dates: Sequence[Mapping[str, Any]] | None = None,
    mark: Mark | None = None,
    now: datetime | None = None,
) -> Revision:
    """Store what was written, whatever is still missing, as the last text of an offer. What is
    live stays as it is. `values` may be some of the fields; `dates` are all of the more dates.

    Refuses beside the field what cannot be stored; with a mark, also what somebody else has
    changed since.
    """
    row = lock_offer(offer)
    refuse_unless_writing(member, row.partner)
    refuse_unseen(row, member, mark)
    return store(row, values, dates, member, now or timezone.now())


@transaction.atomic
def keep_offer(
    *,
    member: Member,
    offer: Offer,
    values: Mapping[str, Any],
    dates: Sequence[Mapping[str, Any]] | None = None,
    mark: Mark,
    now: datetime | None = None,
) -> Revision | None:
    """Store what is being typed, as `save_offer` does. None, and nothing is stored, when the
    offer was sent since the form was made: what comes late changes nothing."""
    row = lock_offer(offer)
    refuse_unless_writing(member, row.partner)
    if sent_since(row, mark):
        return None
    return store(row, values, dates, member, now or timezone.now())


def refuse_unseen(offer: Offer, member: Member, mark: Mark | None) -> None:
    """Refuse to go on with a text in which somebody else wrote since the form was made."""
    if mark is not None and others_since(offer, member, mark):
        words = _("Somebody has changed this offer meanwhile. Look at it again, then send it.")
        raise Refused(words)


def store(
    offer: Offer,
    values: Mapping[str, Any],
    dates: Sequence[Mapping[str, Any]] | None,
    member: Member,
    now: datetime,
) -> Revision:
    """Write some fields of a locked offer over its last text."""
    written = {**read_draft(offer), **clean_values(values)}
    if dates is not None:
        written["dates"] = clean_dates(dates)
    return write_text(offer, written, member, now)


@transaction.atomic
def attach_picture(
    *, member: Member, offer: Offer, data: bytes, alt: str, now: datetime | None = None
) -> Revision:
    """Put a picture into the text of an offer, encoded anew. It needs words for those who cannot
    see it. The one before it is deleted, if no other text has it."""
    row = lock_offer(offer)
    refuse_unless_writing(member, row.partner)
    words = clean_words(alt, 200, "image_alt")
    if len(data) > MOST_BYTES:
        raise Refused(_("This picture is too large. Make it smaller, then send it again."), "file")
    image = add_picture(member=member, title=words, data=data, collection=own_collection())
    values = {"image": image.pk, "image_alt": words}
    return write_picture(row, values, member, now or timezone.now())


@transaction.atomic
def describe_picture(
    *, member: Member, offer: Offer, alt: str, now: datetime | None = None
) -> Revision:
    """Say with other words what the picture in the text of an offer shows. Refuses where there is
    no picture, and no words."""
    row = lock_offer(offer)
    refuse_unless_writing(member, row.partner)
    words, draft = clean_words(alt, 200, "image_alt"), read_draft(row)
    if draft["image"] is None:
        raise Refused(_("Choose a picture."), "file")
    return write_text(row, {**draft, "image_alt": words}, member, now or timezone.now())


@transaction.atomic
def drop_picture(*, member: Member, offer: Offer, now: datetime | None = None) -> Revision:
    """Take the picture out of the text of an offer."""
    row = lock_offer(offer)
    refuse_unless_writing(member, row.partner)
    values = {"image": None, "image_alt": ""}
    return write_picture(row, values, member, now or timezone.now())


def write_picture(offer: Offer, values: dict[str, Any], member: Member, now: datetime) -> Revision:
    """Store another picture, or none, in the text of a locked offer. The one before it goes, if
    no other text has it."""
    before = read_draft(offer)
    revision = write_text(offer, {**before, **values}, member, now)
    forget_picture(partner=offer.partner, key=before["image"])
    return revision


@transaction.atomic
def offer_again(
    *, member: Member, offer: Offer, key: uuid.UUID, now: datetime | None = None
) -> Offer:
    """Begin a new offer with the text of an older one, its days a year on. One key makes one."""
    row = lock_both(offer)
    refuse_unless_writing(member, row.partner)
    now = now or timezone.now()
    found, is_new = make_offer(member, row.partner, key, now, again_of=row)
    if is_new:
        text = read_draft(row) if row.first_published_at is None else read_live(row)
        text = {**again(text, today_of(row.partner.hub, now)), "reference": ""}
        write_text(found, text, member, now)
    return found


@transaction.atomic
def withdraw_offer(*, member: Member, offer: Offer, now: datetime | None = None) -> bool:
    """Take back what waits for the hub. Says whether something did."""
    row = lock_both(offer)
    refuse_unless_writing(member, row.partner)
    return take_back(row, now or timezone.now())


def take_back(offer: Offer, now: datetime) -> bool:
    """Take back the text of a locked offer that waits. Says whether there was one."""
    found = waiting_review(offer)
    if found is None:
        return False
    found.state, found.decided_at = State.WITHDRAWN, now
    found.save(update_fields=["state", "decided_at"])
    return True


def take_back_all(partner: Partner, now: datetime) -> None:
    """Take back all that waits of a locked partner that the hub does not take in, or that has
    gone: texts, and another name."""
    waiting = OfferReview.objects.filter(offer__partner=partner).waiting()
    waiting.update(state=State.WITHDRAWN, decided_at=now)
    changes = partner.changes.filter(state=PartnerChange.State.WAITING)
    changes.update(state=PartnerChange.State.WITHDRAWN, decided_at=now)


@transaction.atomic
def still_right(*, member: Member, offer: Offer, now: datetime | None = None) -> Offer:
    """Say that an offer on the site is still right. One for any time goes on for half a year.

    Refuses one that is over, and one for any time whose end is more than 30 days ago: the hub
    reads it again first.
    """
    row = lock_both(offer)
    refuse_unless_writing(member, row.partner)
    now = now or timezone.now()
    today = today_of(row.partner.hub, now)
    text = read_live(row)
    if not row.live:
        raise Refused(_("This offer is not on the site."))
    if is_over(text, today):
        raise Refused(_("The days of this offer are over. Give it new ones, or use it again."))
    if is_long_past(row, today):
        words = _("This offer ended more than %(days)s days ago. Send it to the hub again.")
        raise Refused(words % {"days": BACK_UNREAD_DAYS})
    if row.checked_on != today:
        row.checked_on, row.ends_on = today, ends_on(text, today)
        row.open_until = open_until(text, today)
        row.save(update_fields=["checked_on", "ends_on", "open_until"])
    return row


@transaction.atomic
def end_offer(*, member: Member, offer: Offer, now: datetime | None = None) -> Offer:
    """End an offer that is on the site. It keeps its address, which says so; what waits for the
    hub is taken back."""
    row = lock_both(offer)
    refuse_unless_writing(member, row.partner)
    if row.first_published_at is None:
        raise Refused(_("This offer is not on the site."))
    if row.ended_at is None:
        now = now or timezone.now()
        take_back(row, now)
        row.ended_at, row.live = now, False
        row.save(update_fields=["ended_at", "live"])
    return row


@transaction.atomic
def return_offer(*, member: Member, offer: Offer, now: datetime | None = None) -> Offer:
    """Put an offer that was ended by hand back on the site, as it was. One that the hub took down
    has to be changed and read again."""
    row = lock_both(offer)
    refuse_unless_writing(member, row.partner)
    if row.first_published_at is None:
        raise Refused(_("This offer is not on the site."))
    if row.ended_at is None:
        return row
    if is_taken_down(row):
        raise Refused(_("The hub has taken this offer down. Change it, then send it again."))
    if is_past(row, today_of(row.partner.hub, now or timezone.now())):
        raise Refused(_("The days of this offer are over. Give it new ones, or use it again."))
    row.ended_at, row.live = None, True
    row.save(update_fields=["ended_at", "live"])
    return row
