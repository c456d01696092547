"""Meetings of a pair: logged with one tap, planned, changed, called off; as a calendar file."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.errors import Refused
from members.models import Member
from members.views.answers import MemberRequest, see_other
from mentorship import ics
from mentorship.actions.meetings import (
    cancel_meeting,
    log_meeting,
    plan_meeting,
    same_meeting,
    settle_meeting,
)
from mentorship.actions.pairs import own_key
from mentorship.forms.pair import LogForm, PairForm, PlanForm
from mentorship.models import Meeting
from mentorship.queries.calendar import event_of
from mentorship.queries.pair import OwnPairing, own_pairing
from mentorship.signed import MeetingLink, read_token

from .inside import attempt, back_to, in_pair


def meeting_of(own: OwnPairing, pk: int) -> Meeting:
    """A meeting of this pair; else 404."""
    return get_object_or_404(own.pairing.meetings.all(), pk=pk)


@require_POST
@in_pair
def meeting_log(request: MemberRequest, own: OwnPairing) -> HttpResponse:
    """Log that the two met; all is filled in, so one tap is enough."""
    form = LogForm(request.POST)

    def log() -> object:
        return log_meeting(member=request.user, pairing=own.pairing, **form.values())

    return attempt(request, own, form, log, _("Your meeting is logged."), at="meetings")


@require_POST
@in_pair
def meeting_plan(request: MemberRequest, own: OwnPairing) -> HttpResponse:
    """Plan a meeting."""
    form = PlanForm(request.POST)

    def plan() -> object:
        return plan_meeting(member=request.user, pairing=own.pairing, **form.values())

    said = _("The meeting is planned. The other one is told.")
    return attempt(request, own, form, plan, said, at="meetings")


@require_http_methods(["GET", "HEAD", "POST"])
@in_pair
def meeting_change(request: MemberRequest, own: OwnPairing, meeting: int) -> HttpResponse:
    """Change when or how a planned meeting is, or call it off."""
    row = meeting_of(own, meeting)
    if row.state != Meeting.State.PLANNED or not own.is_together:
        raise Http404
    form = PlanForm(request.POST) if request.method == "POST" else PlanForm(initial=stored(row))
    if form.is_bound and form.is_valid():
        values = form.values()
        try:
            plan_meeting(member=request.user, pairing=own.pairing, meeting=row, **values)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The meeting is changed. The other one is told."))
            return see_other(back_to(request, own, "meetings"))
    context = {"own": own, "meeting": row, "form": form}
    status = 422 if form.errors else 200
    return render(request, "mentorship/meeting_change.html", context, status=status)


def stored(meeting: Meeting) -> dict[str, object]:
    """A planned meeting as its form shows it."""
    at = timezone.localtime(meeting.starts_at)
    return {
        "day": at.date(),
        "time": at.time(),
        "minutes": str(meeting.minutes),
        "way": meeting.way,
        "place": meeting.place,
    }


@require_POST
@in_pair
def meeting_held(request: MemberRequest, own: OwnPairing, meeting: int) -> HttpResponse:
    """Say whether a meeting took place."""
    row = meeting_of(own, meeting)
    held = request.POST.get("held") == "yes"

    def settle() -> object:
        return settle_meeting(member=request.user, meeting=row, held=held)

    said = _("Your meeting is logged.") if held else _("Noted: it did not happen.")
    return attempt(request, own, PairForm(request.POST), settle, said, at="meetings")


@require_POST
@in_pair
def meeting_cancel(request: MemberRequest, own: OwnPairing, meeting: int) -> HttpResponse:
    """Call a planned meeting off."""
    row = meeting_of(own, meeting)

    def cancel() -> object:
        return cancel_meeting(member=request.user, meeting=row)

    said = _("The meeting is called off. The other one is told.")
    return attempt(request, own, PairForm(request.POST), cancel, said, at="meetings")


@require_safe
@in_pair
def meeting_file(request: MemberRequest, own: OwnPairing, meeting: int) -> HttpResponse:
    """A meeting as a file for any calendar."""
    event = event_of(meeting_of(own, meeting), request.user)
    response = HttpResponse(ics.calendar([event]), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="meeting-{meeting}.ics"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def meeting_met(request: HttpRequest, token: str) -> HttpResponse:
    """Log a meeting from a link in a message, without a sign-in. Looking at it changes nothing."""
    now = timezone.now()
    link = read_token(token, now)
    found = linked(link) if link else None
    if link is None or found is None:
        return render(request, "mentorship/meeting_met.html", {"is_gone": True}, status=410)
    member, own, row = found
    with timezone.override(own.zone):
        if request.method == "POST":
            return log_linked(request, link, member, own, row)
        context = {"own": own, "meeting": row, "is_logged": is_logged(link, member, own, row)}
        return render(request, "mentorship/meeting_met.html", context)


def linked(link: MeetingLink) -> tuple[Member, OwnPairing, Meeting | None] | None:
    """Who logs which meeting by a link; None when the pair or the account is not there any more."""
    member = Member.objects.filter(pk=link.member, is_active=True).first()
    own = own_pairing(member, link.pairing, timezone.now()) if member else None
    if member is None or own is None or not own.is_together:
        return None
    row = own.pairing.meetings.filter(pk=link.meeting).first() if link.meeting else None
    is_lost = bool(link.meeting) and (row is None or row.state == Meeting.State.CANCELLED)
    return None if is_lost else (member, own, row)


def is_logged(link: MeetingLink, member: Member, own: OwnPairing, row: Meeting | None) -> bool:
    """Whether the meeting of a link is logged already."""
    if row is not None:
        return row.state == Meeting.State.HELD
    key = own_key(link.key, own.pairing, member)
    found = same_meeting(own.pairing, None, key, timezone.now())
    return found is not None and found.state == Meeting.State.HELD


def log_linked(
    request: HttpRequest,
    link: MeetingLink,
    member: Member,
    own: OwnPairing,
    row: Meeting | None,
) -> HttpResponse:
    """Log the meeting of a link, once; then the same page says so."""
    try:
        if row is not None:
            settle_meeting(member=member, meeting=row, held=True)
        elif not is_logged(link, member, own, row):
            log_meeting(member=member, pairing=own.pairing, key=link.key)
    except Refused as refusal:
        context = {"own": own, "meeting": row, "error": str(refusal)}
        return render(request, "mentorship/meeting_met.html", context, status=422)
    return see_other(request.path)
