"""Receivers: an application that waited for an account is sent as soon as there is one; what
changes in offers and partners changes the pages that show them."""

import uuid
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest

from content.handlers import DRAFT_FIELDS, watch
from content.models import Level, Topic
from members.errors import Refused
from members.models import Hub, Member

from . import actions
from .forms.organisation import DRAFT
from .models import Agreement, Interest, Offer, OfferDate, Partner, SavedOffer
from .queries.index import offers_changed
from .queries.mine import own_changed

# What offers are filtered by, or belong to.
BESIDE = (OfferDate, Partner, Topic, Level, Hub)


def connect() -> None:
    """Listen to the signals. Called once, when the app is ready."""
    user_logged_in.connect(applicant_signed_in)
    watch(Agreement)
    post_save.connect(offer_saved, sender=Offer)
    for model in (Offer, *BESIDE):
        post_delete.connect(index_changed, sender=model)
    for model in BESIDE:
        post_save.connect(index_changed, sender=model)
    for own in (SavedOffer, Interest):
        post_save.connect(own_offer_changed, sender=own)
        post_delete.connect(own_offer_changed, sender=own)


def offer_saved(instance: Offer, update_fields: frozenset[str] | None = None, **more: Any) -> None:
    """An offer was saved. What was never published, and a draft of what was, changes nothing that
    is shown."""
    is_draft_only = update_fields is not None and set(update_fields) <= DRAFT_FIELDS
    if instance.first_published_at and not is_draft_only:
        offers_changed()


def own_offer_changed(instance: SavedOffer | Interest, **more: Any) -> None:
    """A member saved an offer or applied, or that changed."""
    if instance.member_id is not None:
        own_changed(instance.member_id)


def index_changed(**more: Any) -> None:
    """What offers are filtered by has changed."""
    offers_changed()


def applicant_signed_in(sender: type, request: HttpRequest, user: Member, **more: Any) -> None:
    """Send what an organisation typed before its person had an account. What is refused stays in
    the session: the form shows it again, with the reason."""
    if DRAFT not in request.session:
        return
    kept = dict(request.session[DRAFT])
    hub = Hub.objects.filter(slug=kept.pop("hub", "")).first()
    if hub is None:
        return
    key = uuid.UUID(kept.pop("key"))
    try:
        actions.apply_partner(member=user, key=key, hub=hub, **kept)
    except Refused:
        return
    del request.session[DRAFT]
