"""Receivers: an application that waited for an account is sent as soon as its person has one; what
changes in offers and partners changes the pages that show them."""

import time
import uuid
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.http import HttpRequest

from content import version
from content.handlers import DRAFT_FIELDS, shown_changed
from content.models import Level, Topic
from members.errors import Refused
from members.models import Hub, Member

from . import actions
from .forms.organisation import DRAFT, KEPT_SECONDS, after_sign_in
from .models import Agreement, Colleague, Interest, Offer, OfferDate, Partner, SavedOffer
from .queries.index import offers_changed
from .queries.mine import own_changed

# What offers are filtered by, or belong to.
BESIDE = (OfferDate, Topic, Level, Hub)
# What public pages show of a partner. Only its state says which offers there are.
SHOWN = frozenset(
    {
        *("state", "hub", "slug", "name", "kind", "place", "website", "about", "gives"),
        *("contact", "language", "is_kept_by_hub", "scheme", "number"),
    }
)


def connect() -> None:
    """Listen to the signals. Called once, when the app is ready."""
    user_logged_in.connect(applicant_signed_in)
    for signal in (post_save, post_delete):
        signal.connect(index_changed, sender=Agreement)
    post_save.connect(offer_saved, sender=Offer)
    post_save.connect(partner_saved, sender=Partner)
    m2m_changed.connect(shown_changed, sender=Partner.topics.through)
    for model in (Offer, Partner, *BESIDE):
        post_delete.connect(index_changed, sender=model)
    for model in BESIDE:
        post_save.connect(index_changed, sender=model)
    for own in (SavedOffer, Interest, Colleague):
        post_save.connect(own_offer_changed, sender=own)
        post_delete.connect(own_offer_changed, sender=own)


def offer_saved(instance: Offer, update_fields: frozenset[str] | None = None, **more: Any) -> None:
    """An offer was saved. What was never published, and a draft of what was, changes nothing that
    is shown."""
    is_draft_only = update_fields is not None and set(update_fields) <= DRAFT_FIELDS
    if instance.first_published_at and not is_draft_only:
        offers_changed()


def partner_saved(
    instance: Partner,
    created: bool,
    update_fields: frozenset[str] | None = None,
    **more: Any,
) -> None:
    """A partner was saved. What no page shows, and one that is not in yet, changes nothing."""
    if created and instance.state != Partner.State.APPROVED:
        return
    shown = SHOWN if update_fields is None else SHOWN & update_fields
    if "state" in shown:
        offers_changed()
    elif shown:
        version.bump_on_commit()


def own_offer_changed(instance: SavedOffer | Interest | Colleague, **more: Any) -> None:
    """A member saved an offer or applied, acts for a partner, or that changed."""
    if instance.member_id is not None:
        own_changed(instance.member_id)


def index_changed(**more: Any) -> None:
    """What offers are filtered by has changed."""
    offers_changed()


def applicant_signed_in(sender: type, request: HttpRequest, user: Member, **more: Any) -> None:
    """Send what somebody typed for an organisation who makes an account, or signs in, from that
    very form. What is refused stays in the session: the form shows it again, with the reason."""
    kept = dict(request.session.get(DRAFT, {}))
    if not kept or kept.pop("at", 0) < time.time() - KEPT_SECONDS:
        return
    key = uuid.UUID(kept.pop("key"))
    hub = Hub.objects.filter(slug=kept.pop("hub", "")).first()
    goes_to = request.POST.get("next") or request.GET.get("next")
    if hub is None or goes_to != after_sign_in(key):
        return
    try:
        actions.apply_partner(member=user, key=key, hub=hub, **kept)
    except Refused:
        return
    del request.session[DRAFT]
