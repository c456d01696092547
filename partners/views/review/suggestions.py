"""What a member suggested: invite the organisation to apply, or say not now."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.models import Hub
from members.views.answers import MemberRequest, forms_only
from partners import actions
from partners.forms.hub import InviteToApplyForm, LaterForm
from partners.models import PartnerSuggestion
from partners.queries.hub import suggestions_for

from ..limits import limit_mails
from .access import done, for_reviewers, status_of, to_queue


def suggestion_on_desk(hub: Hub, pk: int) -> PartnerSuggestion:
    """The suggestion of the address, if it was made to this hub and waits; else 404."""
    return get_object_or_404(suggestions_for(hub), pk=pk)


def suggestion_address(request: MemberRequest, hub: Hub, pk: int) -> str:
    """The page of a suggestion; it says itself who may see it."""
    return reverse("partners:desk_suggestion", args=[hub.slug, pk])


@require_safe
@for_reviewers
def desk_suggestion(request: MemberRequest, hub: Hub, pk: int) -> HttpResponse:
    """An organisation that a member would like to see here."""
    return show_suggestion(request, hub, suggestion_on_desk(hub, pk))


def show_suggestion(
    request: MemberRequest,
    hub: Hub,
    suggestion: PartnerSuggestion,
    *,
    invite: InviteToApplyForm | None = None,
    later: LaterForm | None = None,
) -> HttpResponse:
    """The page with its two answers; what was refused keeps what was typed."""
    ready = {"answer": _("We cannot ask them now, but we keep the name for later.")}
    context = {
        "hub": hub,
        "suggestion": suggestion,
        "invite": invite or InviteToApplyForm(),
        "later": later or LaterForm(initial=ready),
    }
    status = status_of(invite, later)
    return render(request, "partners/review/suggestion.html", context, status=status)


@for_reviewers
@forms_only(suggestion_address)
def desk_suggestion_invite(request: MemberRequest, hub: Hub, pk: int) -> HttpResponse:
    """Write to the organisation."""
    row, form = suggestion_on_desk(hub, pk), InviteToApplyForm(request.POST)

    def invite() -> None:
        limit_mails(request)
        email = form.cleaned_data["email"]
        actions.invite_to_apply(member=request.user, suggestion=row, email=email)

    if not done(form, invite):
        return show_suggestion(request, hub, row, invite=form)
    messages.success(request, _("The mail is on its way. The member was told."))
    return to_queue(hub)


@for_reviewers
@forms_only(suggestion_address)
def desk_suggestion_later(request: MemberRequest, hub: Hub, pk: int) -> HttpResponse:
    """Not now; the member is told in kind words."""
    row, form = suggestion_on_desk(hub, pk), LaterForm(request.POST)

    def later() -> None:
        answer = form.cleaned_data["answer"]
        actions.settle_suggestion(member=request.user, suggestion=row, answer=answer)

    if not done(form, later):
        return show_suggestion(request, hub, row, later=form)
    messages.success(request, _("Thank you. The member was told."))
    return to_queue(hub)
