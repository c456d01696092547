"""What a partner says it agreed with the hub: confirm it, or say no."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.models import Hub
from members.views.answers import MemberRequest, forms_only
from partners import actions
from partners.forms.hub import NoForm
from partners.models import Agreement
from partners.queries.hub import agreements_for

from .access import DeskForm, done, for_reviewers, status_of, to_queue


def agreement_on_desk(request: MemberRequest, hub: Hub, pk: int) -> Agreement:
    """The agreement of the address, if it is with this hub and of others' organisations."""
    return get_object_or_404(agreements_for(request.user, hub), pk=pk)


def agreement_address(request: MemberRequest, hub: Hub, pk: int) -> str:
    """The page of an agreement; it says itself who may see it."""
    return reverse("partners:desk_agreement", args=[hub.slug, pk])


@require_safe
@for_reviewers
def desk_agreement(request: MemberRequest, hub: Hub, pk: int) -> HttpResponse:
    """What a partner says was agreed."""
    return show_agreement(request, hub, agreement_on_desk(request, hub, pk))


def show_agreement(
    request: MemberRequest,
    hub: Hub,
    agreement: Agreement,
    *,
    confirm: DeskForm | None = None,
    decline: NoForm | None = None,
) -> HttpResponse:
    """The page with its two answers; what was refused keeps what was typed."""
    context = {
        "hub": hub,
        "agreement": agreement,
        "partner": agreement.partner,
        "confirm": confirm or DeskForm(),
        "decline": decline or NoForm(),
    }
    status = status_of(confirm, decline)
    return render(request, "partners/review/agreement.html", context, status=status)


@for_reviewers
@forms_only(agreement_address)
def desk_agreement_confirm(request: MemberRequest, hub: Hub, pk: int) -> HttpResponse:
    """Yes, this is what was agreed."""
    row, form = agreement_on_desk(request, hub, pk), DeskForm(request.POST)

    def confirm() -> None:
        actions.confirm_agreement(member=request.user, agreement=row)

    if not done(form, confirm):
        return show_agreement(request, hub, row, confirm=form)
    messages.success(request, _("Confirmed. Everybody can read it now."))
    return to_queue(hub)


@for_reviewers
@forms_only(agreement_address)
def desk_agreement_decline(request: MemberRequest, hub: Hub, pk: int) -> HttpResponse:
    """No, with a reason; an agreement that stood ends so too."""
    row, form = agreement_on_desk(request, hub, pk), NoForm(request.POST)

    def decline() -> None:
        reason = form.cleaned_data["reason"]
        actions.decline_agreement(member=request.user, agreement=row, reason=reason)

    if not done(form, decline):
        return show_agreement(request, hub, row, decline=form)
    messages.success(request, _("It is off the list. The partner reads your reason."))
    return to_queue(hub)
