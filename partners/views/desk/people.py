"""The people of a partner: invite, change a role, let go, leave; and taking an invitation."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.views.desk.learners import done
from members.errors import Refused
from members.views.answers import MemberRequest, see_other
from partners import actions, rules
from partners.forms.organisation import InviteForm, RoleForm
from partners.models import Colleague, Partner, PartnerInvitation
from partners.queries.people import invitation_of, open_invitations

from ..limits import limit_mails
from .access import for_admins, for_lookers, posted, step


def back_to(partner: Partner) -> str:
    """The page of a partner's people."""
    return reverse("partners:partner_people", args=[partner.slug])


@require_http_methods(["GET", "HEAD", "POST"])
@for_lookers
def partner_people(request: MemberRequest, partner: Partner) -> HttpResponse:
    """Who acts for the partner. Who runs it invites more."""
    if request.method != "POST":
        return show_people(request, partner, InviteForm(initial={"role": Colleague.Role.EDITOR}))
    form, made = InviteForm(request.POST), []

    def invite() -> None:
        limit_mails(request)
        values = form.cleaned_data
        row, _code = actions.invite_colleague(member=request.user, partner=partner, **values)
        made.append(row)

    if not done(form, invite):
        return show_people(request, partner, form)
    messages.success(request, invited(made[0]))
    return see_other(back_to(partner))


def invited(row: PartnerInvitation) -> str:
    """That a mail goes out; or that one went before, and is still good."""
    if row.is_mailed:
        return _("Invited. A mail with a link goes to %(email)s.") % {"email": row.email}
    words = _("%(email)s has a link already: it went there on %(day)s and is still good.")
    return words % {"email": row.email, "day": date_format(row.made_at, "DATE_FORMAT")}


def show_people(request: MemberRequest, partner: Partner, form: InviteForm) -> HttpResponse:
    """The people, the open invitations, the form."""
    context: dict[str, Any] = {
        "partner": partner,
        "form": form,
        "people": partner.colleagues.select_related("member"),
        "roles": Colleague.Role.choices,
        "may_run": rules.may_run(request.user, partner),
    }
    context["invitations"] = open_invitations(partner) if context["may_run"] else []
    status = 422 if form.errors else 200
    return render(request, "partners/desk/people.html", context, status=status)


@posted
@for_admins
def partner_role(request: MemberRequest, partner: Partner, pk: int) -> HttpResponse:
    """Give a colleague another role."""
    row, form = get_object_or_404(partner.colleagues, pk=pk), RoleForm(request.POST)

    def change() -> None:
        role = form.cleaned_data.get("role", "") if form.is_valid() else ""
        actions.set_role(member=request.user, partner=partner, colleague=row, role=role)

    return step(request, change, _("The role is changed."), back_to(partner))


@posted
@for_admins
def partner_drop(request: MemberRequest, partner: Partner, pk: int) -> HttpResponse:
    """End that somebody acts for the partner."""
    row = get_object_or_404(partner.colleagues, pk=pk)
    return step(
        request,
        lambda: actions.drop_colleague(member=request.user, partner=partner, colleague=row),
        _("This person does not act for you any more."),
        back_to(partner),
    )


@posted
@for_admins
def partner_invitation_drop(request: MemberRequest, partner: Partner, pk: int) -> HttpResponse:
    """Take an invitation back."""
    row = get_object_or_404(open_invitations(partner), pk=pk)
    return step(
        request,
        lambda: actions.drop_invitation(member=request.user, invitation=row),
        _("The invitation is taken back. Its link opens nothing."),
        back_to(partner),
    )


@posted
@for_lookers
def partner_leave(request: MemberRequest, partner: Partner) -> HttpResponse:
    """Stop acting for the partner."""
    try:
        actions.leave_colleagues(member=request.user, partner=partner)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return see_other(back_to(partner))
    words = _("You do not act for %(partner)s any more.")
    messages.success(request, words % {"partner": partner.name})
    return see_other(reverse("partners:partner_desk"))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def partner_invitation(request: MemberRequest, code: str) -> HttpResponse:
    """Take an invitation: who invites, what one may do, one button. What is no invitation, or one
    no more, says so."""
    found = invitation_of(code)
    error = ""
    if request.method == "POST":
        try:
            colleague = actions.accept_invitation(member=request.user, code=code)
        except Refused as refusal:
            error = str(refusal)
        else:
            messages.success(request, _("Welcome. You can begin."))
            return see_other(reverse("partners:partner_home", args=[colleague.partner.slug]))
    context = {"invitation": found, "error": error}
    status = 422 if error else 200 if found else 410
    return render(request, "partners/desk/invitation.html", context, status=status)
