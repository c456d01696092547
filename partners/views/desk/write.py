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
from partners.queries.answers import Answer, answers
from partners.queries.choices import rest_choices
from partners.queries.desk import writable
from partners.queries.drafts import last_review, read_draft, read_revision

from .access import for_writers, key_of, offer_of, posted

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
    return show_screen(request, partner, offer, screen, form)


@posted
@for_writers
def offer_keep(
    request: MemberRequest, partner: Partner, offer: uuid.UUID, screen: str
) -> HttpResponse:
    """What was typed so far, kept while it is typed. The page stays as it is."""
    if screen not in (*FORMS, "check"):
        raise Http404
    try:
        row = actions.begin_offer(member=request.user, partner=partner, key=offer)
        form = rest_form(row, request.POST) if screen == "check" else FORMS[screen](request.POST)
        save(request, row, form)
    except Refused as refusal:
        return HttpResponse(str(refusal), status=422, content_type="text/plain")
    return HttpResponse(status=204)


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


def save(request: MemberRequest, offer: Offer, form: ScreenForm) -> dict[str, Any]:
    """Save what could be read of a screen; gives all that is written of the offer now."""
    dates = form.dates() if isinstance(form, WhereForm) else None
    revision = actions.save_offer(
        member=request.user, offer=offer, values=form.values(), dates=dates
    )
    return read_revision(revision, offer)


def screen_sent(
    request: MemberRequest, partner: Partner, key: uuid.UUID, screen: str
) -> HttpResponse:
    """Save a screen, then on to the next one, if nothing is missing on this one."""
    form = FORMS[screen](request.POST)
    try:
        offer = actions.begin_offer(member=request.user, partner=partner, key=key)
        values = save(request, offer, form)
    except Refused as refusal:
        form.refuse(refusal)
        return show_screen(request, partner, key, screen, form)
    onward = way_out(request, offer, screen)
    if not onward:
        ask_for_the_rest(form, values)
        onward = address(offer, next_screen(request, screen))
    if form.errors:
        form.tell_notes(notes_of(offer))
        return show_screen(request, partner, key, screen, form)
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
    request: MemberRequest, partner: Partner, key: uuid.UUID, screen: str, form: ScreenForm
) -> HttpResponse:
    """One of the first three screens."""
    back = request.GET.get("back") or request.POST.get("back")
    context = {
        "partner": partner,
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
    """Save the last screen, and send the offer to the hub."""
    form = rest_form(offer, request.POST)
    try:
        values = save(request, offer, form)
        onward = way_out(request, offer, "check")
        if onward and not form.errors:
            return lead_to(request, onward)
        form.tell_problems(offering.problems(values, timezone.localdate()))
        if not form.errors:
            review = actions.send_offer(member=request.user, offer=offer)
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
    """All answers as learners will read them, with a way to change each."""
    values = read_draft(offer)
    context = {
        "partner": offer.partner,
        "offer": offer,
        "rows": answer_rows(offer, values),
        "values": values,
        "form": form or rest_form(offer),
        "picture": picture or PictureForm(initial={"image_alt": values["image_alt"]}),
        "key": offer.uuid,
        "screen": "check",
        "step": len(ORDER),
        "promised_on": offering.promised_on(timezone.localdate()),
    }
    is_refused = any(sent is not None and sent.errors for sent in (form, picture))
    status = 422 if is_refused else 200
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
        for row in answers(values)
    ]


def first_of(words: dict[str, Any], fields: tuple[str, ...]) -> str:
    """The words about the first of some fields that has any."""
    return str(next((words[name] for name in fields if name in words), ""))
