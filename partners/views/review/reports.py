"""An offer on the hub's desk: what people reported of it, and taking it off the site."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.models import Hub
from members.views.answers import MemberRequest, forms_only, see_other
from partners import actions
from partners.addresses import slug_of
from partners.forms.hub import DownForm, SettleForm
from partners.models import Offer, OfferReport
from partners.queries.hub import desk_offer as read_offer
from partners.queries.hub import offers_for, reports_for

from .access import done, for_reviewers, status_of


def offer_on_desk(request: MemberRequest, hub: Hub, key: uuid.UUID) -> Offer:
    """The offer of the address, if this hub looks after it and it was on the site; else 404."""
    return get_object_or_404(offers_for(request.user, hub), uuid=key)


def offer_address(request: MemberRequest, hub: Hub, offer: uuid.UUID) -> str:
    """The page of an offer on the desk; it says itself who may see it."""
    return reverse("partners:desk_offer", args=[hub.slug, offer])


@require_safe
@for_reviewers
def desk_offer(request: MemberRequest, hub: Hub, offer: uuid.UUID) -> HttpResponse:
    """An offer, with what people reported of it."""
    return show_offer(request, hub, offer_on_desk(request, hub, offer))


def show_offer(
    request: MemberRequest,
    hub: Hub,
    offer: Offer,
    *,
    down: DownForm | None = None,
    settled: tuple[int, SettleForm] | None = None,
) -> HttpResponse:
    """The page with its forms; what was refused keeps what was typed."""
    page = read_offer(request.user, hub, offer)
    forms = dict([settled] if settled else [])
    context = {
        "hub": hub,
        "page": page,
        "offer": offer,
        "partner": offer.partner,
        "url": reverse("partners:offer", args=[slug_of(offer)]),
        "reports": [(row, forms.get(row.pk) or settle_form(row)) for row in page.reports],
        "down": down or DownForm(),
        "refused": settled[1] if settled else None,
    }
    status = status_of(down, context["refused"])
    return render(request, "partners/review/desk_offer.html", context, status=status)


def settle_form(report: OfferReport, data: Any = None) -> SettleForm:
    """The words for one report; several may stand on a page."""
    return SettleForm(data, auto_id=f"id_%s_{report.pk}")


@for_reviewers
@forms_only(offer_address)
def desk_offer_down(request: MemberRequest, hub: Hub, offer: uuid.UUID) -> HttpResponse:
    """Take an offer off the site, with a reason."""
    row, form = offer_on_desk(request, hub, offer), DownForm(request.POST)

    def take_down() -> None:
        reason = form.cleaned_data["reason"]
        actions.take_down_offer(member=request.user, offer=row, reason=reason)

    if not done(form, take_down):
        return show_offer(request, hub, row, down=form)
    messages.success(request, _("The offer is off the site. The partner reads your reason."))
    return see_other(offer_address(request, hub, offer))


def report_address(request: MemberRequest, hub: Hub, pk: int) -> str:
    """The page of what waits."""
    return reverse("partners:desk_partners", args=[hub.slug])


@for_reviewers
@forms_only(report_address)
def desk_report_settle(request: MemberRequest, hub: Hub, pk: int) -> HttpResponse:
    """A report was looked after. One that was settled meanwhile is not there any more."""
    report = get_object_or_404(reports_for(request.user, hub), pk=pk)
    form = settle_form(report, request.POST)

    def settle() -> None:
        answer = form.cleaned_data["answer"]
        actions.settle_report(member=request.user, report=report, answer=answer)

    if not done(form, settle):
        return show_offer(request, hub, report.offer, settled=(report.pk, form))
    messages.success(request, _("Settled. Who told you was thanked."))
    return see_other(offer_address(request, hub, report.offer.uuid))
