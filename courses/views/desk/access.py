"""Who comes to a desk: a visitor signs in first; without the role the desk does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.cache import never_cache

from courses.models import Course
from courses.queries import course_row
from courses.queries.desk import seen_course
from members.models import Hub, Member
from members.queries import hub_for_staff
from members.views.answers import MemberRequest

View = Callable[..., HttpResponseBase]
May = Callable[[Member, Hub], bool]


def anybody(member: Member, hub: Hub) -> bool:
    """The role is enough."""
    return True


def for_staff(*roles: str, may: May = anybody) -> Callable[[View], View]:
    """Let only people with one of the roles in the hub of the address in, of whom a rule may ask
    more; the view gets the hub."""

    def guard(view: View) -> View:
        @wraps(view)
        @never_cache
        @login_required
        def guarded(request: MemberRequest, hub: str, **named: Any) -> HttpResponseBase:
            desk = hub_for_staff(request.user, hub, *roles)
            if desk is None or not may(request.user, desk):
                raise Http404
            request.shell_hub = desk
            with timezone.override(desk.time_zone):
                return view(request, desk, **named)

        return guarded

    return guard


def course_on_desk(hub: Hub, key: UUID) -> Course:
    """The course of the address, if it belongs on the hub's desk; else 404."""
    try:
        course = course_row(key.hex)
    except Course.DoesNotExist:
        raise Http404 from None
    if not seen_course(course, hub):
        raise Http404
    return course


def asked_besides_page(request: MemberRequest) -> str:
    """What a list was asked for, as its other pages are asked: all but the number of the page."""
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()
