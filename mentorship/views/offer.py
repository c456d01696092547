"""Become a mentor; change what one gives; be away, pause, come back, stop."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from content.models import Topic
from content.sharing import has_session, share
from courses.models import Course
from courses.queries import course_pack
from courses.views.catalogue import languages_of
from courses.views.pages import member_of
from members.errors import Refused
from members.models import Hub, Member
from members.views.answers import FramedRequest, MemberRequest, see_other
from mentorship import actions
from mentorship.forms.fields import HUB_CLOCK, clock_initial, parts_of_day, times_initial
from mentorship.forms.offer import NOT_SAID, AbsenceForm, LeaveForm, OfferForm
from mentorship.models import Mentor
from mentorship.queries.mine import finished_courses, home_hub, mentor_of

from .shared import private, sign_in_to, spoken_by

OFFER = "mentorship:mentor_offer"
DRAFT = "mentor_offer"
LISTS = ("topics", "courses", "languages", "ways", "spans", "slots")


@require_http_methods(["GET", "HEAD", "POST"])
def mentor_offer(request: FramedRequest) -> HttpResponse:
    """What I give. A visitor fills it too, and makes an account afterwards."""
    member = member_of(request)
    mentor = mentor_of(member) if member else None
    form = offer_form(request, member, mentor)
    if form.is_bound and form.is_valid():
        if member is None:
            return after_account(request, form)
        if was_offered(request, member, form):
            return see_other(reverse(OFFER))
    return show_offer(request, form, mentor)


def offer_form(request: FramedRequest, member: Member | None, mentor: Mentor | None) -> OfferForm:
    """The form, filled in as far as we know."""
    home = home_hub(member) if member else None
    hubs = hubs_for(member, mentor)
    spoken = spoken_by(request, member)
    kept = request.session.get(DRAFT, {}) if has_session(request) else {}
    known = offer_of(mentor) if mentor else offer_before(spoken[:1], home)
    return OfferForm(
        request.POST if request.method == "POST" else None,
        hubs=hubs,
        topics=[(topic.slug, topic.label) for topic in Topic.objects.all()],
        courses=course_choices(member) if member else [],
        spoken=spoken,
        is_known=has_offered(mentor),
        initial=known | kept,
    )


def has_offered(mentor: Mentor | None) -> bool:
    """Whether a mentor has sent this form before: who begins with a course has no times yet."""
    return mentor is not None and mentor.state != Mentor.State.LEFT and bool(mentor.slots)


def hubs_for(member: Member | None, mentor: Mentor | None) -> list[Hub]:
    """The hubs that could look after a mentor: the one that does and the own ones, or all."""
    mine = list(Hub.objects.for_member(member)) if member else []
    if mentor:
        return [mentor.hub, *(hub for hub in mine if hub.pk != mentor.hub_id)]
    return mine or list(Hub.objects.all())


def course_choices(member: Member) -> list[tuple[str, str]]:
    """The courses that a member has finished, in the reader's words."""
    return [(row.course_id.hex, title_of(row.course)) for row in finished_courses(member)]


def title_of(course: Course) -> str:
    """The title of a course in the reader's language."""
    pack = course_pack(course.pk.hex)
    return pack.title if pack else course.title


def offer_before(spoken: list[str], home: Hub | None) -> dict[str, Any]:
    """What is ticked before anything was said."""
    return {
        "languages": spoken,
        "ways": Mentor.Way.values,
        "capacity": 1,
        "trait": NOT_SAID,
        "serves_all_hubs": True,
        "hub": home.slug if home else "",
        "time_zone": HUB_CLOCK,
    }


def offer_of(mentor: Mentor) -> dict[str, Any]:
    """What a mentor gives now."""
    return {
        "topics": [topic.slug for topic in mentor.topics.all()],
        "courses": [course.pk.hex for course in mentor.courses.all()],
        "languages": mentor.languages,
        "ways": mentor.ways or Mentor.Way.values,
        "capacity": mentor.capacity,
        "hello": mentor.hello,
        "trait": mentor.traits[0] if mentor.traits else NOT_SAID,
        "serves_all_hubs": mentor.serves_all_hubs,
        "hub": mentor.hub.slug,
        "time_zone": clock_initial(mentor.time_zone, mentor.hub),
        **times_initial(mentor.slots),
    }


def after_account(request: FramedRequest, form: OfferForm) -> HttpResponse:
    """Keep what a visitor typed, and offer an account."""
    sent = {name: request.POST.getlist(name) for name in LISTS if name in form.fields}
    alone = {name: request.POST.get(name, "") for name in form.fields if name not in LISTS}
    request.session[DRAFT] = sent | alone
    hub = form.hub_chosen().slug
    return see_other(f"{reverse('account_signup')}?next={reverse(OFFER)}&hub={hub}")


def was_offered(request: FramedRequest, member: Member, form: OfferForm) -> bool:
    """Whether the offer was taken; if not, the form says why."""
    found = form.cleaned_data
    try:
        mentor = actions.offer_mentoring(
            member=member,
            hub=form.hub_chosen(),
            topics=list(Topic.objects.filter(slug__in=found["topics"])),
            courses=list(Course.objects.filter(pk__in=map(uuid.UUID, found.get("courses", [])))),
            **form.values(),
        )
    except Refused as refusal:
        form.refuse(refusal)
        return False
    request.session.pop(DRAFT, None)
    messages.success(request, said(mentor))
    return True


def said(mentor: Mentor) -> str:
    """What a mentor reads after saving."""
    if mentor.state == Mentor.State.APPLIED:
        return _("Thank you. %(hub)s will talk with you first. Then you are on the list.") % {
            "hub": mentor.hub.name
        }
    return _("Saved.")


def show_offer(
    request: FramedRequest,
    form: OfferForm,
    mentor: Mentor | None,
    *,
    absence: AbsenceForm | None = None,
    error: str = "",
) -> HttpResponse:
    """The page of somebody who gives time, or might."""
    request.page_languages = languages_of(OFFER)
    if mentor:
        request.shell_hub = mentor.hub
    context = {
        "form": form,
        "mentor": mentor,
        "parts": parts_of_day(),
        "absence": absence or AbsenceForm(),
        "absences": absences_of(mentor) if mentor else [],
        "error": error,
        "is_kept": has_session(request) and DRAFT in request.session,
    }
    is_refused = bool(form.errors or error or (absence and absence.errors))
    status = 422 if is_refused else 200
    response = render(request, "mentorship/mentor_offer.html", context, status=status)
    return private(response) if has_session(request) or is_refused else share(response)


def absences_of(mentor: Mentor) -> list[Any]:
    """The days away that are not over."""
    return list(mentor.absences.filter(until_on__gte=timezone.localdate()))


def own_mentor(request: MemberRequest) -> Mentor:
    """One's own row as a mentor; without one there is nothing to change."""
    mentor = mentor_of(request.user)
    if mentor is None:
        raise Http404
    return mentor


def try_to(act: Callable[[], str], request: MemberRequest, mentor: Mentor) -> HttpResponse:
    """Do something with one's own offer and say so, or say why not on the same page."""
    try:
        messages.success(request, act())
    except Refused as refusal:
        form = offer_form(as_read(request), request.user, mentor)
        return show_offer(request, form, mentor, error=str(refusal))
    return see_other(reverse(OFFER))


def as_read(request: MemberRequest) -> MemberRequest:
    """The request as one that only reads: the offer's form shows what is stored."""
    request.method = "GET"
    return request


@require_POST
def mentor_absence_add(request: MemberRequest) -> HttpResponse:
    """Say on which days I am away."""
    if member_of(request) is None:
        return sign_in_to(OFFER)
    mentor, form = own_mentor(request), AbsenceForm(request.POST)
    if form.is_valid():
        try:
            actions.set_absence(member=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved. Nobody is sent to you on these days."))
            return see_other(f"{reverse(OFFER)}#away")
    stored = offer_form(as_read(request), request.user, mentor)
    return show_offer(request, stored, mentor, absence=form)


@require_POST
def mentor_absence_drop(request: MemberRequest, pk: int) -> HttpResponse:
    """Take days away back."""
    if member_of(request) is None:
        return sign_in_to(OFFER)
    absence = get_object_or_404(own_mentor(request).absences, pk=pk)
    actions.drop_absence(member=request.user, absence=absence)
    return see_other(f"{reverse(OFFER)}#away")


@require_POST
def mentor_pause(request: MemberRequest) -> HttpResponse:
    """Take nobody new for a while."""
    if member_of(request) is None:
        return sign_in_to(OFFER)

    def pause() -> str:
        actions.pause_mentor(member=request.user)
        return _("You are paused. Nobody new is sent to you. Your pairs go on.")

    return try_to(pause, request, own_mentor(request))


@require_POST
def mentor_return(request: MemberRequest) -> HttpResponse:
    """Take people again."""
    if member_of(request) is None:
        return sign_in_to(OFFER)

    def come_back() -> str:
        mentor = actions.return_mentor(member=request.user)
        if mentor.state == Mentor.State.READY:
            return _("Welcome back. You are on the list again.")
        return said(mentor)

    return try_to(come_back, request, own_mentor(request))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mentor_leave(request: MemberRequest) -> HttpResponse:
    """Stop being a mentor: what happens then, and one button."""
    mentor = own_mentor(request)
    request.shell_hub = mentor.hub
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.leave_mentoring(member=request.user, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("You have stopped. Thank you for your time."))
            return see_other(reverse("mentorship:mentorship"))
    context = {"form": form, "mentor": mentor}
    status = 422 if form.errors else 200
    return private(render(request, "mentorship/mentor_leave.html", context, status=status))


@require_POST
def mentor_volunteer(request: MemberRequest, course: uuid.UUID) -> HttpResponse:
    """I finished this course and help the next person with it."""
    if member_of(request) is None:
        return sign_in_to(OFFER)
    row = get_object_or_404(Course, pk=course)
    try:
        actions.volunteer_micro(member=request.user, course=row)
    except Refused as refusal:
        mentor = mentor_of(request.user)
        form = offer_form(as_read(request), request.user, mentor)
        return show_offer(request, form, mentor, error=str(refusal))
    messages.success(request, _("Thank you. Now say when you have time, then it is complete."))
    return see_other(f"{reverse(OFFER)}#when")
