"""Who comes to a partner's desk: its colleagues, or the hub while it keeps the partner; for all
others it is not there: what was never sent is nobody else's."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from members.errors import Refused
from members.models import Member
from members.views.answers import MemberRequest, see_other
from partners import rules
from partners.models import Offer, Partner

View = Callable[..., HttpResponse]
Rule = Callable[[Member, Partner], bool]


def for_partner(rule: Rule) -> Callable[[View], View]:
    """Let only those in whom a rule lets in; the view gets the partner."""

    def guard(view: View) -> View:
        @wraps(view)
        @never_cache
        @login_required
        def guarded(request: MemberRequest, partner: str, **named: Any) -> HttpResponse:
            row = Partner.objects.select_related("hub").filter(slug=partner).first()
            if row is None or not rule(request.user, row):
                raise Http404
            request.shell_hub = row.hub
            with timezone.override(row.hub.time_zone):
                return view(request, row, **named)

        return guarded

    return guard


for_lookers = for_partner(rules.may_act)
for_writers = for_partner(rules.may_write)
for_admins = for_partner(rules.may_run)
for_leavers = for_partner(rules.may_leave)
# A step that only a form takes; asked first, so that nobody learns what is there.
posted = require_POST


def key_of(request: HttpRequest) -> UUID:
    """The key that a form carries, or a new one."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def offer_of(partner: Partner, key: UUID) -> Offer:
    """An offer of this partner; else 404."""
    offer = get_object_or_404(partner.offers.select_related("partner__hub"), uuid=key)
    offer.partner = partner
    return offer


def step(request: MemberRequest, act: Callable[[], object], said: str, back: str) -> HttpResponse:
    """Do what a button asks for and say so, or say why not; then the page anew."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return see_other(back)
