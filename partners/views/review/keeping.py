"""The partners of a hub: all of them, one that the hub enters, handing it over, a break, another
name."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.forms.desk import DeskForm
from members.models import Hub
from members.views.answers import MemberRequest, forms_only, see_other
from partners import actions
from partners.forms.hub import (
    EnterForm,
    HandOverForm,
    InviteOrganisationForm,
    NoForm,
    PauseForm,
)
from partners.forms.organisation import SuggestedForm
from partners.forms.paging import PageNumberForm
from partners.models import Colleague
from partners.queries.hub import hub_partners

from ..desk.people import invited
from ..limits import limit_mails
from .access import done, for_reviewers, status_of
from .organisations import partner_address, partner_on_desk, show_partner, to_page


@require_http_methods(["GET", "HEAD", "POST"])
@for_reviewers
def desk_organisations(request: MemberRequest, hub: Hub) -> HttpResponse:
    """All partners of the hub; and one more is invited to apply."""
    if request.method != "POST":
        return show_organisations(request, hub, InviteOrganisationForm())
    form, made = InviteOrganisationForm(request.POST), []

    def invite() -> None:
        limit_mails(request)
        values = form.cleaned_data
        made.append(actions.invite_organisation(member=request.user, hub=hub, **values))

    if not done(form, invite):
        return show_organisations(request, hub, form)
    if made[0]:
        messages.success(request, _("Invited. The mail is on its way."))
    else:
        messages.info(request, _("Your hub wrote to this address lately, so no second mail goes."))
    return see_other(reverse("partners:desk_organisations", args=[hub.slug]))


def show_organisations(
    request: MemberRequest, hub: Hub, form: InviteOrganisationForm
) -> HttpResponse:
    """The list, with the form of an invitation."""
    number = PageNumberForm(request.GET).number()
    rows, page = hub_partners(hub, number, timezone.localdate())
    context = {"hub": hub, "rows": rows, "page": page, "form": form}
    status = status_of(form)
    return render(request, "partners/review/organisations.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_reviewers
def desk_partner_enter(request: MemberRequest, hub: Hub) -> HttpResponse:
    """Enter an organisation that the hub knows."""
    if request.method != "POST":
        return show_enter(request, hub, EnterForm(initial=SuggestedForm(request.GET).found()))
    form, made = EnterForm(request.POST), []

    def enter() -> None:
        made.append(actions.enter_partner(member=request.user, hub=hub, **form.cleaned_data))

    if not done(form, enter):
        return show_enter(request, hub, form)
    words = _("They are in the directory. You write their offers until they take over.")
    return to_page(request, hub, made[0], words)


def show_enter(request: MemberRequest, hub: Hub, form: EnterForm) -> HttpResponse:
    """The form of one screen."""
    status = 422 if form.errors else 200
    return render(request, "partners/review/enter.html", {"hub": hub, "form": form}, status=status)


@for_reviewers
@forms_only(partner_address)
def desk_partner_invite(request: MemberRequest, hub: Hub, partner: str) -> HttpResponse:
    """Hand an organisation over: somebody of its own is invited to run it."""
    row, form, made = partner_on_desk(hub, partner), HandOverForm(request.POST), []

    def invite() -> None:
        limit_mails(request)
        email, role = form.cleaned_data["email"], Colleague.Role.ADMIN
        invitation, _code = actions.invite_colleague(
            member=request.user, partner=row, email=email, role=role
        )
        made.append(invitation)

    if not done(form, invite):
        return show_partner(request, hub, row, hand_over=form)
    return to_page(request, hub, row, invited(made[0]))


@for_reviewers
@forms_only(partner_address)
def desk_partner_pause(request: MemberRequest, hub: Hub, partner: str) -> HttpResponse:
    """Take an organisation and its offers off the site for a while."""
    row, form = partner_on_desk(hub, partner), PauseForm(request.POST)

    def pause() -> None:
        reason = form.cleaned_data["reason"]
        actions.pause_partner(member=request.user, partner=row, reason=reason)

    if not done(form, pause):
        return show_partner(request, hub, row, pause=form)
    return to_page(request, hub, row, _("They and their offers are off the site. They were told."))


@for_reviewers
@forms_only(partner_address)
def desk_partner_return(request: MemberRequest, hub: Hub, partner: str) -> HttpResponse:
    """Put an organisation back on the site."""
    row, form = partner_on_desk(hub, partner), DeskForm(request.POST)

    def put_back() -> None:
        actions.return_partner(member=request.user, partner=row)

    if not done(form, put_back):
        return show_partner(request, hub, row, approve=form)
    return to_page(request, hub, row, _("They are on the site again. They were told."))


def change_address(request: MemberRequest, hub: Hub, partner: str, pk: int) -> str:
    """The page of the organisation that asks for another name."""
    return reverse("partners:desk_partner", args=[hub.slug, partner])


@for_reviewers
@forms_only(change_address)
def desk_identity_accept(request: MemberRequest, hub: Hub, partner: str, pk: int) -> HttpResponse:
    """Yes to another name or number."""
    words = _("The new name and number stand. They were told.")
    return settled(request, hub, partner, pk, DeskForm(request.POST), words)


@for_reviewers
@forms_only(change_address)
def desk_identity_decline(request: MemberRequest, hub: Hub, partner: str, pk: int) -> HttpResponse:
    """No to another name or number, with a reason."""
    words, form = _("The old name and number stay. They read your reason."), NoForm(request.POST)
    return settled(request, hub, partner, pk, form, words)


def settled(
    request: MemberRequest,
    hub: Hub,
    partner: str,
    pk: int,
    form: DeskForm,
    words: str,
) -> HttpResponse:
    """Say yes or no to what an organisation asked for, and say so on its page."""
    row = partner_on_desk(hub, partner)
    change = get_object_or_404(row.changes, pk=pk)
    is_no = isinstance(form, NoForm)

    def settle() -> None:
        actions.settle_identity(
            member=request.user, change=change, is_fine=not is_no, **form.cleaned_data
        )

    if not done(form, settle):
        name = "no" if is_no else "approve"
        return show_partner(request, hub, row, **{name: form})
    messages.success(request, words)
    return see_other(partner_address(request, hub, partner))
