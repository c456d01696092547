"""An organisation applies: one screen, and an account on the way for those who have none.

What was typed waits in the session for an hour. Who makes an account, or signs in, from this very
form has it sent by `handlers`, so that no third screen is needed. Whoever signs in otherwise looks
at it first: a browser may be used by others too.
"""

import time
import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from content.sharing import has_session, share
from courses.views.catalogue import languages_of
from courses.views.pages import member_of
from members.errors import Refused
from members.models import Member
from members.views.answers import FramedRequest, see_other
from partners import actions
from partners.forms.organisation import (
    DRAFT,
    KEPT_SECONDS,
    ApplyForm,
    InvitedForm,
    after_sign_in,
)
from partners.models import Partner
from partners.queries.desk import near_hubs

from ..limits import limit_applications
from .access import key_of


@require_http_methods(["GET", "HEAD", "POST"])
def partner_apply(request: FramedRequest) -> HttpResponse:
    """The organisation in five fields. A visitor fills them too, and makes an account after."""
    member = member_of(request)
    hubs = near_hubs(member)
    if request.method != "POST":
        kept = kept_draft(request)
        first = kept or InvitedForm(request.GET).found()
        return show_apply(request, ApplyForm(hubs=hubs, initial=first), kept.get("key", ""))
    form = ApplyForm(request.POST, hubs=hubs)
    if not form.is_valid():
        return show_apply(request, form, key_of(request))
    key = key_of(request)
    request.session[DRAFT] = {**form.draft(), "key": str(key), "at": time.time()}
    if member is None:
        after = {"next": after_sign_in(key), "hub": form.hub_chosen().slug}
        return see_other(f"{reverse('account_signup')}?{urlencode(after)}")
    return applied(request, member, form)


def applied(request: FramedRequest, member: Member, form: ApplyForm) -> HttpResponse:
    """Send what was typed; then on to the first offer, or say why not beside the field."""
    try:
        limit_applications(request, member)
        partner = actions.apply_partner(
            member=member, key=key_of(request), hub=form.hub_chosen(), **form.values()
        )
    except Refused as refusal:
        form.refuse(refusal)
        return show_apply(request, form, key_of(request))
    request.session.pop(DRAFT, None)
    messages.success(request, said(partner))
    return see_other(reverse("partners:offer_new", args=[partner.slug]))


def said(partner: Partner) -> str:
    """What happens now, and by when."""
    day = date_format(partner.promised_on, "DATE_FORMAT")
    words = _("Sent. %(hub)s answers by %(day)s. You can write your first offer now.")
    return words % {"hub": partner.hub.name, "day": day}


def kept_draft(request: FramedRequest) -> dict[str, Any]:
    """What was typed within the last hour, as the session keeps it."""
    kept = dict(request.session.get(DRAFT, {})) if has_session(request) else {}
    if kept and kept.pop("at", 0) < time.time() - KEPT_SECONDS:
        del request.session[DRAFT]
        return {}
    return kept


def show_apply(request: FramedRequest, form: ApplyForm, key: uuid.UUID | str) -> HttpResponse:
    """The screen; a visitor's empty one is the same for everybody, so it carries no key. One that
    an invitation led to has its hub and its name."""
    request.page_languages = languages_of("partners:partner_apply")
    is_own = has_session(request) or form.is_bound or bool(form.initial)
    if is_own and not key:
        key = uuid.uuid4()
    context = {"form": form, "key": key, "is_kept": "key" in form.initial}
    status = 422 if form.errors else 200
    response = render(request, "partners/desk/apply.html", context, status=status)
    if not is_own:
        return share(response)
    add_never_cache_headers(response)
    return response
