"""One offer of a partner: its state, what was promised, and the steps that it can take."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.errors import Refused
from members.views.answers import MemberRequest, forms_only, see_other
from partners import actions, rules
from partners.forms.rest import PictureForm
from partners.models import Offer, Partner
from partners.queries.answers import answers
from partners.queries.desk import offer_row
from partners.queries.drafts import read_draft

from .access import for_lookers, for_writers, key_of, offer_of, posted, step
from .write import answer_rows, show_check, status_of


@require_safe
@for_lookers
def offer_status(request: MemberRequest, partner: Partner, offer: uuid.UUID) -> HttpResponse:
    """How it is with an offer: what was sent, by when the hub answers, what the hub said."""
    row = offer_row(offer_of(partner, offer), timezone.localdate())
    values = read_draft(row.offer)
    rows = answer_rows(row.offer, values) if row.is_refused else answers(values)
    context = {
        "partner": partner,
        "row": row,
        "offer": row.offer,
        "rows": rows,
        "values": values,
        "key": uuid.uuid4(),
        "may_write": rules.may_write(request.user, partner),
    }
    return render(request, "partners/desk/offer_status.html", context)


@posted
@for_writers
def offer_withdraw(request: MemberRequest, partner: Partner, offer: uuid.UUID) -> HttpResponse:
    """Take back what the hub has not read yet, to write on it."""
    row = offer_of(partner, offer)
    return step(
        request,
        lambda: actions.withdraw_offer(member=request.user, offer=row),
        _("Taken back. Change it and send it again."),
        status_of(row),
    )


@posted
@for_writers
def offer_right(request: MemberRequest, partner: Partner, offer: uuid.UUID) -> HttpResponse:
    """Say that an offer is still right."""
    row = offer_of(partner, offer)
    return step(
        request,
        lambda: actions.still_right(member=request.user, offer=row),
        _("Thank you. Learners read that you checked it today."),
        back_of(request, row),
    )


def back_of(request: MemberRequest, offer: Offer) -> str:
    """Back to the list, if the button stood there; else to the offer."""
    if request.POST.get("back") == "list":
        return reverse("partners:partner_home", args=[offer.partner.slug])
    return status_of(offer)


@posted
@for_writers
def offer_again(request: MemberRequest, partner: Partner, offer: uuid.UUID) -> HttpResponse:
    """Use last year's offer: a new draft with its text, its dates a year on, ready to be sent."""
    row = offer_of(partner, offer)
    try:
        new = actions.offer_again(member=request.user, offer=row, key=key_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return see_other(status_of(row))
    messages.success(request, _("This is last time’s text with new dates. Look at it and send it."))
    return see_other(check_address(request, partner, new.uuid))


@posted
@for_writers
def offer_end(request: MemberRequest, partner: Partner, offer: uuid.UUID) -> HttpResponse:
    """Take an offer off the site before its time."""
    row = offer_of(partner, offer)
    return step(
        request,
        lambda: actions.end_offer(member=request.user, offer=row),
        _("The offer has ended. Its page says so and shows other ones."),
        status_of(row),
    )


@posted
@for_writers
def offer_return(request: MemberRequest, partner: Partner, offer: uuid.UUID) -> HttpResponse:
    """Put an offer back on the site that was ended before its time."""
    row = offer_of(partner, offer)
    return step(
        request,
        lambda: actions.return_offer(member=request.user, offer=row),
        _("The offer is on the site again."),
        status_of(row),
    )


def check_address(request: MemberRequest, partner: Partner, offer: uuid.UUID) -> str:
    """The last screen of an offer."""
    return reverse("partners:offer_write", args=[partner.slug, offer, "check"])


@for_writers
@forms_only(check_address)
def offer_picture(request: MemberRequest, partner: Partner, offer: uuid.UUID) -> HttpResponse:
    """Add a picture to an offer, take another one, or say with other words what it shows."""
    row = offer_of(partner, offer)
    form = PictureForm.of(read_draft(row), request.POST, request.FILES)
    if form.is_valid():
        try:
            if form.has_file:
                actions.attach_picture(member=request.user, offer=row, **form.values())
            else:
                actions.describe_picture(member=request.user, offer=row, **form.values())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The picture is kept. The hub sees it with your offer."))
            return see_other(check_address(request, partner, offer))
    return show_check(request, row, picture=form)


@posted
@for_writers
def offer_picture_drop(request: MemberRequest, partner: Partner, offer: uuid.UUID) -> HttpResponse:
    """Take the picture out of an offer."""
    row = offer_of(partner, offer)
    return step(
        request,
        lambda: actions.drop_picture(member=request.user, offer=row),
        _("The picture is out of your text."),
        check_address(request, partner, offer),
    )
