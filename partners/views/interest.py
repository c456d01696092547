"""What learners do with an offer: keep it for later, apply, take it back, report a problem."""

from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from content.sharing import share
from courses.views.pages import member_of
from members.errors import Refused
from members.models import Member
from members.views.answers import FramedRequest, MemberRequest, View, see_other, sent
from partners.actions.interest import (
    consent_words,
    drop_saved,
    report_offer,
    save_for_later,
    send_interest,
    withdraw_interest,
)
from partners.addresses import slug_of
from partners.forms.learner import InterestFields, ReportFields
from partners.models import Offer
from partners.offering import is_closed
from partners.queries.mine import Own, my_offers, own_of
from partners.queries.offer import own_offer, public_offer

from .links import languages_of
from .offer import address_of, in_offer

BOTH = ["GET", "HEAD", "POST"]


def in_own_offer(view: View) -> View:
    """Give the view the public offer that the address means, or one of one's own that is public
    no more: what a member saved or sent can be taken back all the same. Else a 404."""

    @wraps(view)
    def found(request: HttpRequest, offer: str, **named: Any) -> HttpResponse:
        row = public_offer(offer)
        member = member_of(request) if row is None else None
        row = own_offer(offer, member) if member else row
        if row is None:
            raise Http404
        return view(request, row, **named)

    return found


@require_safe
@never_cache
@login_required
def offer_saved(request: MemberRequest) -> HttpResponse:
    """The offers that I saved, and those for which I applied."""
    mine = my_offers(request.user, timezone.localdate())
    request.page_languages = languages_of("partners:offer_saved")
    return render(request, "partners/offer_saved.html", {"mine": mine})


@require_http_methods(BOTH)
@never_cache
@in_own_offer
def offer_save(request: FramedRequest, offer: Offer) -> HttpResponse:
    """Keep an offer for later, or no longer. A visitor signs in first."""
    if request.method != "POST":
        return HttpResponseRedirect(back_of(offer))
    member = member_of(request)
    if member is None:
        return sign_in_to(address_of(offer))
    if request.POST.get("choice") == "drop":
        drop_saved(member=member, offer=offer)
        messages.success(request, _("We took it off your list."))
    else:
        save(request, member, offer)
    return see_other(next_of(request, offer))


def save(request: HttpRequest, member: Member, offer: Offer) -> None:
    """Keep an offer, and say what came of it."""
    try:
        save_for_later(member=member, offer=offer)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved. You find it under “My learning”."))


def next_of(request: HttpRequest, offer: Offer) -> str:
    """Where the form stood: on the list of what I saved, or on the page of the offer."""
    is_of_list = request.POST.get("from") == "saved"
    return reverse("partners:offer_saved") if is_of_list else back_of(offer)


def back_of(offer: Offer) -> str:
    """The page of an offer; the list of one's own for one that has no page any more."""
    return address_of(offer) if offer.is_public else reverse("partners:offer_saved")


def sign_in_to(url: str) -> HttpResponse:
    """Ask a visitor to sign in, and go on at a page that can be looked at."""
    return redirect_to_login(url, reverse("account_login"))


@require_http_methods(BOTH)
@never_cache
@in_own_offer
def offer_interest(request: FramedRequest, offer: Offer) -> HttpResponse:
    """Apply here. What is sent to whom is said before. Who is too late is led to the offer, which
    says so."""
    member = member_of(request)
    if member is None:
        return sign_in_to(reverse("partners:offer_interest", args=[slug_of(offer)]))
    own = own_of(member, offer)
    if not own.is_sent and not offer.is_public:
        raise Http404
    is_late = request.method != "POST" and is_closed(offer, timezone.localdate())
    if not own.is_sent and (is_late or offer.apply_by != Offer.Apply.FORM):
        return HttpResponseRedirect(address_of(offer))
    initial = {"name": member.name, "contact": member.email or member.phone}
    form = InterestFields(sent(request), initial=initial, agreed=consent_words(offer))
    if form.is_bound and form.is_valid():
        try:
            send_interest(member=member, offer=offer, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, sent_words(offer))
            return see_other(address_of(offer))
    return show_interest(request, offer, form, own)


def sent_words(offer: Offer) -> str:
    """What the member reads once it is sent."""
    words = _("Sent. %(partner)s has your message and answers you itself.")
    return words % {"partner": offer.partner.reader}


def show_interest(
    request: FramedRequest, offer: Offer, form: InterestFields, own: Own
) -> HttpResponse:
    """The form, or how far it is where it was sent before."""
    context = {
        "offer": offer,
        "url": back_of(offer),
        "slug": slug_of(offer),
        "form": form,
        "own": own,
        "interest": own.interest if own.is_sent else None,
    }
    request.page_languages = languages_of("partners:offer_interest", slug_of(offer))
    status = 422 if form.errors else 200
    return render(request, "partners/offer_interest.html", context, status=status)


@require_http_methods(BOTH)
@never_cache
@in_own_offer
def offer_withdraw_interest(request: FramedRequest, offer: Offer) -> HttpResponse:
    """Take back what I sent: the partner sees it no longer."""
    if request.method != "POST":
        return HttpResponseRedirect(back_of(offer))
    member = member_of(request)
    if member is None:
        return sign_in_to(address_of(offer))
    interest = own_of(member, offer).interest
    if interest is None:
        raise Http404
    withdraw_interest(member=member, interest=interest)
    messages.success(request, _("Taken back. The partner does not see your words any more."))
    return see_other(next_of(request, offer))


@require_http_methods(BOTH)
@never_cache
@in_offer
def offer_report(request: FramedRequest, offer: Offer) -> HttpResponse:
    """Say that something is wrong with an offer. An account is not needed."""
    form = ReportFields(sent(request))
    if form.is_bound and form.is_valid():
        try:
            report_offer(member=member_of(request), offer=offer, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return see_other(reverse("partners:offer_reported", args=[slug_of(offer)]))
    context = {"offer": offer, "url": address_of(offer), "form": form}
    request.page_languages = languages_of("partners:offer_report", slug_of(offer))
    status = 422 if form.errors else 200
    return render(request, "partners/offer_report.html", context, status=status)


@require_safe
@in_offer
def offer_reported(request: FramedRequest, offer: Offer) -> HttpResponse:
    """A report has arrived: what happens now. The same for everybody."""
    context = {"offer": offer, "url": address_of(offer)}
    request.page_languages = languages_of("partners:offer_reported", slug_of(offer))
    return share(render(request, "partners/offer_reported.html", context))
