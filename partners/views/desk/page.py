"""A partner's own page: who they are, their e-mail, agreements with hubs, the yearly tap."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from content.models import Topic
from courses.forms.desk import DeskForm
from courses.views.desk.learners import done
from members.errors import Refused
from members.models import Hub
from members.views.answers import MemberRequest, forms_only, see_other
from partners import actions, rules
from partners.forms.hub import EmailForm, IdentityForm
from partners.forms.organisation import AgreementForm, CodeForm, LeaveForm, PageForm
from partners.models import Partner, PartnerChange
from partners.queries.choices import course_choices, topic_choices
from partners.queries.people import has_code

from ..limits import limit_mails, limit_tries
from .access import for_admins, for_leavers, posted, step


@require_http_methods(["GET", "HEAD", "POST"])
@for_admins
def partner_page(request: MemberRequest, partner: Partner) -> HttpResponse:
    """What stands on the public page, and what the hub knows."""
    if request.method != "POST":
        return show_page(request, partner, page_form(partner))
    form = page_form(partner, request.POST)

    def save() -> None:
        topics = list(Topic.objects.filter(pk__in=form.cleaned_data["topics"]))
        values = {name: form.cleaned_data[name] for name in form.fields if name != "topics"}
        actions.change_partner(member=request.user, partner=partner, topics=topics, **values)

    if not done(form, save):
        return show_page(request, partner, form)
    messages.success(request, _("Your page is saved."))
    return see_other(back_to(partner))


def page_form(partner: Partner, data: Any = None) -> PageForm:
    """The form with what stands on the page."""
    names = ("about", "gives", "contact", "website", "place", "language")
    initial: dict[str, Any] = {name: getattr(partner, name) for name in names}
    if data is None:
        initial["topics"] = [str(pk) for pk in partner.topics.values_list("pk", flat=True)]
    return PageForm(data, initial=initial, topics=topic_choices())


def back_to(partner: Partner) -> str:
    """The page of these forms."""
    return reverse("partners:partner_page", args=[partner.slug])


def show_page(
    request: MemberRequest,
    partner: Partner,
    form: PageForm,
    *,
    code: CodeForm | None = None,
    agreement: AgreementForm | None = None,
    mail: EmailForm | None = None,
    identity: IdentityForm | None = None,
    leave: LeaveForm | None = None,
) -> HttpResponse:
    """All forms of the page; what was refused keeps what was typed."""
    forms: Sequence[DeskForm | None] = (form, code, agreement, mail, identity, leave)
    change = partner.changes.filter(state=PartnerChange.State.WAITING).first()
    context = {
        "partner": partner,
        "form": form,
        "code": code or CodeForm(),
        "has_code": code is not None or has_code(partner, timezone.localdate()),
        "agreement": agreement or agreement_form(partner),
        "agreements": partner.agreements.select_related("hub", "course"),
        "mail": mail or EmailForm(initial={"email": partner.email}),
        "identity": identity or identity_form(change or partner),
        "leave": leave or LeaveForm(),
        "change": change,
        "is_at_once": rules.may_name(request.user, partner),
    }
    is_refused = any(one is not None and one.errors for one in forms)
    return render(request, "partners/desk/page.html", context, status=422 if is_refused else 200)


def agreement_form(partner: Partner, data: Any = None) -> AgreementForm:
    """What was agreed, with the partner's own hub first."""
    hubs, initial = list(Hub.objects.all()), {"hub": partner.hub.slug}
    return AgreementForm(data, hubs=hubs, courses=course_choices(), initial=initial)


def identity_form(row: Partner | PartnerChange, data: Any = None) -> IdentityForm:
    """Who they are, or want to be."""
    names = ("name", "kind", "scheme", "number")
    initial = {name: getattr(row, name) for name in names}
    return IdentityForm(data, initial=initial, auto_id="id_own_%s")


@posted
@for_admins
def partner_email(request: MemberRequest, partner: Partner) -> HttpResponse:
    """Send the code to the organisation's e-mail, once a day."""
    back = f"{back_to(partner)}#email"
    try:
        limit_mails(request)
        is_sent = actions.send_email_code(member=request.user, partner=partner)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return see_other(back)
    if is_sent:
        messages.success(request, _("The code is on its way to your organisation’s e-mail."))
    else:
        messages.info(request, _("Today’s code went out before. Look for that mail once more."))
    return see_other(back)


def page_address(request: MemberRequest, partner: Partner) -> str:
    """The page of these forms, for who asks again for an address that only takes a form."""
    return back_to(partner)


@for_admins
@forms_only(page_address)
def partner_email_code(request: MemberRequest, partner: Partner) -> HttpResponse:
    """Confirm the organisation's e-mail with the code that came there."""
    form = CodeForm(request.POST)

    def confirm() -> None:
        limit_tries(request)
        code = form.cleaned_data["code"]
        actions.confirm_email(member=request.user, partner=partner, code=code)

    if not done(form, confirm):
        return show_page(request, partner, page_form(partner), code=form)
    messages.success(request, _("Thank you. Your e-mail is confirmed."))
    return see_other(back_to(partner))


@for_admins
@forms_only(page_address)
def partner_email_change(request: MemberRequest, partner: Partner) -> HttpResponse:
    """Another e-mail: a code goes to it, and it counts once the code was typed."""
    form = EmailForm(request.POST)

    def change() -> None:
        limit_mails(request)
        email = form.cleaned_data["email"]
        actions.change_partner(member=request.user, partner=partner, email=email)

    if not done(form, change):
        return show_page(request, partner, page_form(partner), mail=form)
    messages.success(request, _("Saved. If it is a new address, a code is on its way to it."))
    return see_other(f"{back_to(partner)}#email")


@for_admins
@forms_only(page_address)
def partner_identity(request: MemberRequest, partner: Partner) -> HttpResponse:
    """Another name, kind or number: it waits for the hub, once the hub has checked the old one."""
    form, asked = identity_form(partner, request.POST), []

    def ask() -> None:
        values = form.cleaned_data
        asked.append(actions.ask_identity(member=request.user, partner=partner, **values))

    if not done(form, ask):
        return show_page(request, partner, page_form(partner), identity=form)
    messages.success(request, said(partner, asked[0]))
    return see_other(f"{back_to(partner)}#name")


def said(partner: Partner, change: PartnerChange | None) -> str:
    """What happens now."""
    if change is None:
        return _("Saved. Nothing waits for the hub.")
    day = date_format(change.promised_on, "DATE_FORMAT")
    words = _("Sent. %(hub)s answers by %(day)s. Until then all stays as it was.")
    return words % {"hub": partner.hub.name, "day": day}


@for_admins
@forms_only(page_address)
def partner_agree(request: MemberRequest, partner: Partner) -> HttpResponse:
    """Say what a hub and the partner agreed; the hub confirms it."""
    form = agreement_form(partner, request.POST)

    def agree() -> None:
        limit_mails(request)
        actions.propose_agreement(member=request.user, partner=partner, **form.cleaned_data)

    if not done(form, agree):
        return show_page(request, partner, page_form(partner), agreement=form)
    messages.success(request, _("Sent. It stands on your page when the hub has confirmed it."))
    return see_other(f"{back_to(partner)}#agreements")


@posted
@for_admins
def partner_agree_end(request: MemberRequest, partner: Partner, pk: int) -> HttpResponse:
    """End an agreement."""
    row = get_object_or_404(partner.agreements, pk=pk)
    return step(
        request,
        lambda: actions.end_agreement(member=request.user, agreement=row),
        _("The agreement has ended."),
        f"{back_to(partner)}#agreements",
    )


@posted
@for_admins
def partner_confirm(request: MemberRequest, partner: Partner) -> HttpResponse:
    """The yearly tap: all of it is still right."""
    return step(
        request,
        lambda: actions.confirm_partner(member=request.user, partner=partner),
        _("Thank you. We ask again in a year."),
        reverse("partners:partner_home", args=[partner.slug]),
    )


@posted
@for_admins
def partner_again(request: MemberRequest, partner: Partner) -> HttpResponse:
    """Ask the hub once more, after it said no."""
    return step(
        request,
        lambda: actions.send_partner_again(member=request.user, partner=partner),
        _("Sent. The hub looks at it once more."),
        reverse("partners:partner_home", args=[partner.slug]),
    )


@for_leavers
@forms_only(page_address)
def partner_end(request: MemberRequest, partner: Partner) -> HttpResponse:
    """The organisation leaves the site for good."""
    form = LeaveForm(request.POST)

    def leave() -> None:
        actions.leave_partner(member=request.user, partner=partner)

    if not done(form, leave):
        return show_page(request, partner, page_form(partner), leave=form)
    messages.success(request, _("Your organisation has left. Thank you for what you gave."))
    return see_other(reverse("partners:partner_desk"))
