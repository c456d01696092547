"""Write an offer on four screens. Each saves what was typed; what is missing is said when the
partner goes on."""

import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from members.errors import Refused
from members.views.answers import MemberRequest, see_other
from partners import actions, offering
from partners.forms.offer import NEEDS, HowForm, ScreenForm, WhatForm, WhereForm
from partners.forms.rest import PictureForm, RestForm
from partners.models import Offer, Partner
from partners.queries.answers import Answer, answers, first_of
from partners.queries.choices import rest_choices
from partners.queries.desk import writable
from partners.queries.drafts import (
    Mark,
    last_review,
    mark_of,
    read_draft,
    read_mark,
    read_revision,
)
from partners.queries.preview import PLACE, draft_page, related

from .access import for_writers, key_of, offer_of

FORMS: dict[str, type[ScreenForm]] = {"what": WhatForm, "where": WhereForm, "how": HowForm}
ORDER = (*FORMS, "check")


@require_safe
@never_cache
@login_required
def offer_begin(request: MemberRequest) -> HttpResponse:
    """Straight to a new offer of one's partner; those with none apply first, those with several
    choose."""
    found = list(writable(request.user)[:2])
    if not found:
        return see_other(reverse("partners:partner_apply"))
    if len(found) > 1:
        return see_other(reverse("partners:partner_desk"))
    return see_other(reverse("partners:offer_new", args=[found[0].slug]))


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def offer_new(request: MemberRequest, partner: Partner) -> HttpResponse:
    """The first screen of an offer that is not there yet; its key makes a second click the same
    offer."""
    key = key_of(request)
    if request.method != "POST":
        return show_screen(request, partner, key, "what", WhatForm())
    form = WhatForm(request.POST)
    if form.errors or any(form.values().values()):
        return screen_sent(request, partner, key, "what")
    form.tell_missing(offering.NINE)
    return show_screen(request, partner, key, "what", form)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def offer_write(
    request: MemberRequest, partner: Partner, offer: uuid.UUID, screen: str
) -> HttpResponse:
    """One of the four screens of an offer."""
    row = offer_of(partner, offer)
    if screen == "check":
        return check_sent(request, row) if request.method == "POST" else show_check(request, row)
    if screen not in FORMS:
        raise Http404
    if request.method == "POST":
        return screen_sent(request, partner, offer, screen)
    form = form_of(screen, row)
    return show_screen(request, partner, offer, screen, form, row)


def mark_in(request: MemberRequest) -> Mark:
    """What the form was made of, as it says itself."""
    return read_mark(request.POST.get("mark", ""))


def form_of(screen: str, offer: Offer) -> ScreenForm:
    """A screen with what was written last, and the hub's words beside it."""
    values = read_draft(offer)
    initial = values | WhereForm.initial_dates(values["dates"])
    form = FORMS[screen](initial=initial)
    form.tell_notes(notes_of(offer))
    return form


def notes_of(offer: Offer) -> dict[str, str]:
    """The hub's words beside fields, while it asks for a change."""
    review = last_review(offer)
    return review.notes if review and review.state == review.State.CHANGES else {}


def written(form: ScreenForm) -> dict[str, Any]:
    """What could be read of a screen, as the actions take it."""
    dates = form.dates() if isinstance(form, WhereForm) else None
    return {"values": form.values(), "dates": dates}


def screen_sent(
    request: MemberRequest, partner: Partner, key: uuid.UUID, screen: str
) -> HttpResponse:
    """Save a screen, then on to the next one, if nothing is missing on this one."""
    form = FORMS[screen](request.POST)
    offer: Offer | None = None
    try:
        offer = actions.begin_offer(member=request.user, partner=partner, key=key)
        revision = actions.save_offer(member=request.user, offer=offer, **written(form))
    except Refused as refusal:
        form.refuse(refusal)
        return show_screen(request, partner, key, screen, form, offer)
    onward = way_out(request, offer, screen)
    if not onward:
        ask_for_the_rest(form, read_revision(revision, offer))
        onward = address(offer, next_screen(request, screen))
    if form.errors:
        form.tell_notes(notes_of(offer))
        return show_screen(request, partner, key, screen, form, offer)
    return lead_to(request, onward)


def lead_to(request: MemberRequest, onward: str) -> HttpResponse:
    """On to another page; who stops for now reads that the draft is saved."""
    if "later" in request.POST:
        messages.success(request, _("Your draft is saved. Go on when you like."))
    return see_other(onward)


def way_out(request: MemberRequest, offer: Offer, screen: str) -> str:
    """Where a button leads that saves and asks for nothing; empty for the main button."""
    if "later" in request.POST:
        return status_of(offer)
    if "look" in request.POST and screen == "check":
        return f"{address(offer, screen)}#{PLACE}"
    if "more" in request.POST and screen == "where":
        back = "?back=check" if request.POST.get("back") == "check" else ""
        return f"{address(offer, screen)}{back}#more-dates"
    if "before" in request.POST and screen != "what":
        return address(offer, ORDER[ORDER.index(screen) - 1])
    wanted = request.POST.get("change", "")
    for name in FORMS:
        if wanted in offering.SCREENS[name]:
            return f"{address(offer, name)}?back=check#id_{wanted}"
    return ""


def ask_for_the_rest(form: ScreenForm, values: dict[str, Any]) -> None:
    """Say beside the fields of a screen what is wrong there, then what is missing."""
    form.tell_problems(offering.problems(values, timezone.localdate()))
    form.tell_missing(offering.missing(values))


def next_screen(request: MemberRequest, screen: str) -> str:
    """The screen that comes after one; who came from the check goes back to it."""
    return "check" if request.POST.get("back") == "check" else ORDER[ORDER.index(screen) + 1]


def address(offer: Offer, screen: str) -> str:
    """The address of a screen."""
    return reverse("partners:offer_write", args=[offer.partner.slug, offer.uuid, screen])


def show_screen(
    request: MemberRequest,
    partner: Partner,
    key: uuid.UUID,
    screen: str,
    form: ScreenForm,
    offer: Offer | None = None,
) -> HttpResponse:
    """One of the first three screens; the offer is not there yet before the first was sent."""
    back = request.GET.get("back") or request.POST.get("back")
    context = {
        "partner": partner,
        "mark": mark_of(offer) if offer else "",
        "form": form,
        "key": key,
        "screen": screen,
        "step": ORDER.index(screen) + 1,
        "back": "check" if back == "check" else "",
        "before": ORDER[ORDER.index(screen) - 1] if screen != "what" else "",
    }
    status = 422 if form.errors else 200
    return render(request, f"partners/desk/offer_{screen}.html", context, status=status)


def rest_form(offer: Offer, data: Any = None) -> RestForm:
    """What else can be said, with what was written last."""
    form = RestForm(data, initial=read_draft(offer), choices=rest_choices())
    form.tell_notes(notes_of(offer))
    return form


def check_sent(request: MemberRequest, offer: Offer) -> HttpResponse:
    """Save the last screen, and send the offer to the hub: what was looked at, and no other
    text."""
    form, onward = rest_form(offer, request.POST), way_out(request, offer, "check")
    mark = None if onward else mark_in(request)
    try:
        revision = actions.save_offer(member=request.user, offer=offer, mark=mark, **written(form))
        if onward and not form.errors:
            return lead_to(request, onward)
        values = read_revision(revision, offer)
        form.tell_problems(offering.problems(values, timezone.localdate()))
        if not form.errors:
            mark = mark_of(offer, revision)
            review = actions.send_offer(member=request.user, offer=offer, mark=mark)
            messages.success(request, said(review))
            return see_other(status_of(offer))
    except Refused as refusal:
        form.refuse(refusal)
    return show_check(request, offer_of(offer.partner, offer.uuid), form)


def status_of(offer: Offer) -> str:
    """The page that says how it is with an offer."""
    return reverse("partners:offer_status", args=[offer.partner.slug, offer.uuid])


def said(review: Any) -> str:
    """What happens now."""
    if review.is_after_check:
        return _("Your change is on the site now. The hub looks at it afterwards.")
    day = date_format(review.promised_on, "DATE_FORMAT")
    words = _("Sent. %(hub)s reads it and answers by %(day)s.")
    return words % {"hub": review.hub.name, "day": day}


def show_check(
    request: MemberRequest,
    offer: Offer,
    form: RestForm | None = None,
    picture: PictureForm | None = None,
) -> HttpResponse:
    """All answers with a way to change each, and the page as learners will read it."""
    values = read_draft(offer)
    form = form or rest_form(offer)
    picture = picture or PictureForm.of(values)
    picture.tell_notes(form.notes)
    today = timezone.localdate()
    page = None if offering.missing(values) else draft_page(offer, values, today)
    context = {
        "partner": offer.partner,
        "offer": offer,
        "rows": answer_rows(offer, values),
        "values": values,
        "page": page,
        "is_closed": page is not None and page.is_closed(today),
        "image": page.image if page else related("image", values["image"]),
        "form": form,
        "picture": picture,
        "key": offer.uuid,
        "mark": mark_of(offer),
        "screen": "check",
        "step": len(ORDER),
        "promised_on": offering.promised_on(today),
    }
    status = 422 if form.errors or picture.errors else 200
    return render(request, "partners/desk/offer_check.html", context, status=status)


def answer_rows(offer: Offer, values: dict[str, Any]) -> list[Answer]:
    """The answers, with the hub's words and with what is missing or wrong beside each."""
    notes, groups = notes_of(offer), set(offering.missing(values))
    wrong = offering.problems(values, timezone.localdate())
    lacks = {NEEDS[group][0]: NEEDS[group][1] for group in groups} | wrong
    leads = {group: field for group, (field, _words) in NEEDS.items()}
    beside = {leads.get(name, name): words for name, words in notes.items()}
    return [
        replace(row, note=first_of(beside, row.fields), missing=first_of(lacks, row.fields))
        for row in answers(values, {*beside, *lacks})
    ]
