"""My meetings in my own calendar: a feed with a secret address."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from members.emails import absolute
from members.views.answers import MemberRequest, see_other
from mentorship import ics
from mentorship.actions.calendar import drop_calendar_key, new_calendar_key
from mentorship.models import CalendarKey
from mentorship.queries.calendar import feed_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def calendar(request: MemberRequest) -> HttpResponse:
    """The address of my feed. A post makes a new one, or ends it."""
    if request.method == "POST":
        return change_feed(request)
    key = CalendarKey.objects.filter(member=request.user).first()
    address = absolute(reverse("mentorship:calendar_feed", args=[key.token])) if key else ""
    return render(request, "mentorship/calendar.html", {"address": address})


def change_feed(request: MemberRequest) -> HttpResponse:
    """Make a new address, or end the feed."""
    if request.POST.get("choice") == "off":
        drop_calendar_key(member=request.user)
        messages.success(request, _("The address does not work any more."))
    else:
        new_calendar_key(member=request.user)
        messages.success(request, _("Here is your address. An older one does not work any more."))
    return see_other(reverse("mentorship:calendar"))


@require_safe
@never_cache
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The meetings of whoever has this address, for a calendar program."""
    found = feed_of(token, timezone.now())
    if found is None:
        raise Http404
    member, events = found
    with member.in_own_language():
        name = _("Mentoring")
    return HttpResponse(ics.calendar(events, name), content_type="text/calendar; charset=utf-8")
