"""The texts of an offer: how one is checked, stored as a revision, and put on the site.

Whoever writes here holds the offer's lock. A revision that was sent to the hub, or is live, is
never written again: what was read is what is published.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.utils import IntegrityError
from django.utils.translation import gettext as _
from wagtail.models import Revision
from wagtail.search.index import insert_or_update_object

from members.errors import Refused
from members.models import Hub, Member
from partners.models import Offer, OfferDate, OfferReview, Partner
from partners.offering import FIELDS, NOTHING, changed, differing, ends_on, in_force, open_until
from partners.queries.drafts import read_draft, read_live, read_revision

FOLLOWS = ("title", "kind")
MOST_DATES = 50


def lock_offer(offer: Offer) -> Offer:
    """An offer with its partner, locked until the transaction ends. Who also locks the partner
    does that first."""
    rows = Offer.objects.select_for_update(of=("self",)).select_related("partner__hub")
    return rows.get(pk=offer.pk)  # texts are read later: PostgreSQL joins them as they were before


def lock_both(offer: Offer) -> Offer:
    """An offer and its partner, both locked until the transaction ends."""
    rows = Partner.objects.select_for_update(of=("self",)).select_related("hub")
    partner = rows.get(pk=offer.partner_id)
    found = lock_offer(offer)
    found.partner = partner
    return found


def clean_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """What was written, as plain values. Refuses beside the field what cannot be stored; what is
    missing or does not fit yet is stored as it is."""
    if set(values) - set(FIELDS):
        raise TypeError(f"No field of an offer: {set(values) - set(FIELDS)}")
    return {name: clean_value(name, value) for name, value in values.items()}


def clean_value(name: str, value: Any) -> Any:
    """One value, in the type of its field."""
    if name == "hubs":
        return clean_hubs(value)
    if isinstance(value, models.Model):
        value = value.pk
    if isinstance(value, str):
        value = value.replace("\x00", "").strip()
    if value is None or value == "":
        return NOTHING[name]
    field = Offer._meta.get_field(name)
    if isinstance(value, str) and field.max_length and len(value) > field.max_length:
        words = _("This is too long. Please keep it under %(count)s letters.")
        raise Refused(words % {"count": field.max_length}, name)
    return clean_by(field, name, value)


def clean_by(field: models.Field, name: str, value: Any) -> Any:
    """A value as its field takes it. Addresses are stored as they were typed."""
    is_address = isinstance(field, models.URLField | models.EmailField)
    try:
        return str(value) if is_address else field.clean(value, None)
    except ValidationError as error:
        raise Refused(choices_of(field) or error.messages[0], name) from None


def choices_of(field: models.Field) -> str:
    """The words that a field takes, in a sentence; empty where it takes any."""
    names = ", ".join(str(value) for value, _label in field.flatchoices if value)
    return _("Write one of these: %(names)s.") % {"names": names} if names else ""


def clean_hubs(given: Sequence[Any]) -> list[int]:
    """The keys of hubs, sorted. Refuses one that is not there."""
    keys = sorted({getattr(one, "pk", one) for one in given})
    if Hub.objects.filter(pk__in=keys).count() != len(keys):
        raise Refused(_("Choose one of these."), "hubs")
    return keys


def clean_dates(given: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """More dates and places, in order."""
    if len(given) > MOST_DATES:
        words = _("These are too many dates. Please keep it under %(count)s.")
        raise Refused(words % {"count": MOST_DATES}, "dates")
    found = [clean_date(one) for one in given]
    return sorted(found, key=lambda one: (one["on"], one["place"]))


def clean_date(given: Mapping[str, Any]) -> dict[str, Any]:
    """One more date."""
    row = OfferDate(on=given["on"], until_on=given.get("until_on"))
    row.place = str(given.get("place") or "").replace("\x00", "").strip()
    try:
        row.clean_fields(exclude={"offer"})
    except ValidationError as error:
        raise Refused(error.messages[0], "dates") from None
    return {"on": row.on, "until_on": row.until_on, "place": row.place}


def write_text(offer: Offer, values: Mapping[str, Any], member: Member, now: datetime) -> Revision:
    """Store a text of a locked offer as its last one. The same text again is no new one."""
    before = read_draft(offer)
    keep_reference(offer, values["reference"])
    if offer.latest_revision is not None and not changed(before, values):
        return offer.latest_revision
    revision = own_draft(offer, member) or new_revision(offer, member)
    revision.content = content_of(offer, values)
    revision.object_str, revision.created_at = values["title"], now
    revision.save()
    offer.latest_revision = revision
    offer.has_unpublished_changes = bool(differing(read_live(offer), values))
    fields = ["latest_revision", "has_unpublished_changes"]
    if offer.first_published_at is None:
        for name in FOLLOWS:
            setattr(offer, name, values[name])
        fields += FOLLOWS
    offer.save(update_fields=fields)
    return revision


def keep_reference(offer: Offer, reference: str) -> None:
    """Write the partner's own reference on the row. Refuses one that another offer has."""
    if offer.reference == reference:
        return
    offer.reference = reference
    try:
        with transaction.atomic():
            offer.save(update_fields=["reference"])
    except IntegrityError:
        raise Refused(_("Another one of your offers has this reference."), "reference") from None


def own_draft(offer: Offer, member: Member) -> Revision | None:
    """The last text, if it is the member's own and nobody has been asked to read it."""
    last = offer.latest_revision
    if last is None or last.user_id != member.pk or last.pk == offer.live_revision_id:
        return None
    return None if OfferReview.objects.filter(revision=last).exists() else last


def new_revision(offer: Offer, member: Member) -> Revision:
    """A revision that is not stored yet."""
    kind = ContentType.objects.get_for_model(Offer)
    return Revision(content_type=kind, base_content_type=kind, object_id=str(offer.pk), user=member)


def content_of(offer: Offer, values: Mapping[str, Any]) -> dict[str, Any]:
    """A text as a revision holds it."""
    dates = [{"pk": None, "offer": offer.pk, **one} for one in values["dates"]]
    text = {name: value for name, value in values.items() if name != "reference"}
    return {"pk": offer.pk, **text, "dates": dates}


def stored(offer: Offer, text: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that can be out of force, as a revision holds them."""
    names = ("place", "from_on", "to_on", "amount", "currency", "apply_link", "apply_mail")
    dates = [{"pk": None, "offer": offer.pk, **one} for one in text["dates"]]
    return {**{name: text[name] for name in names}, "dates": dates}


def put_live(offer: Offer, revision: Revision, today: date, now: datetime) -> Offer:
    """Put one text of a locked offer on the site, and no other: what counts of it."""
    text = in_force(read_revision(revision, offer))
    found: Offer = offer.with_content_json({**revision.content, **stored(offer, text)})
    found.partner = offer.partner
    if found.apply_link != offer.apply_link:
        found.link_state, found.link_checked_at = "", None
    found.checked_on = today
    found.ends_on, found.open_until = ends_on(text, today), open_until(text, today)
    found.live, found.ended_at, found.live_revision = True, None, revision
    found.first_published_at = offer.first_published_at or now
    found.last_published_at = now
    last = offer.latest_revision
    found.has_unpublished_changes = last is not None and last.pk != revision.pk
    has_dates = bool(text["dates"]) or offer.dates.exists()
    found.save()
    if has_dates:
        insert_or_update_object(found)  # the row was indexed before its other dates were stored
    return found
