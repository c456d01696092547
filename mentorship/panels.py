"""What mentorship adds to pages of the floors below, and to the roof."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from laces.components import Component

from content.sharing import has_session
from members.models import Member

from . import rules
from .queries import desk
from .queries.desk.cases import cases_waiting
from .queries.mine import is_mentor_for, my_mentorship


class Panel(Component):
    """A part of a page. What a form in it needs comes along from the page."""

    def __init__(self, template_name: str, **values: Any) -> None:
        self.template_name = template_name
        self.values = values

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        shared = ("request", "shell", "csrf_token")
        return {**{name: parent_context.get(name) for name in shared}, **self.values}


def reader(request: HttpRequest) -> Member | None:
    """Who is signed in. A visitor costs no statement."""
    if not has_session(request) and not hasattr(request, "_cached_user"):
        return None
    return request.user if isinstance(request.user, Member) else None


def home_middle(request: HttpRequest, **subject: Any) -> Component:
    """The way to the mentors, where a phone has no place for it in the head: the same for
    everybody, no statement."""
    return Panel("mentorship/_learn.html")


def me_today(request: HttpRequest, learning: Any = None, **subject: Any) -> Component | None:
    """My ask, proposals to me, my pairs, how I stand as a mentor; for who has none of it, the way
    to the mentors, and an invitation to help with what is finished."""
    member = reader(request)
    if member is None:
        return None
    mine = my_mentorship(member, timezone.now())
    if mine.is_empty:
        return Panel("mentorship/_no_mentor.html", **invited_to(learning))
    return Panel("mentorship/_mine.html", mine=mine)


def invited_to(learning: Any) -> dict[str, Any]:
    """The course that was finished last with its title; nothing where there is none."""
    rows = learning.finished if learning else []
    if not rows:
        return {}
    newest = max(rows, key=lambda row: row.enrolment.finished_at)
    return {"course": newest.enrolment.course_id, "title": newest.title}


def invitation(course: uuid.UUID, title: str) -> Component:
    """An invitation to become a mentor for a course."""
    return Panel("mentorship/_invitation.html", course=course, title=title)


def lesson_after(request: HttpRequest, lesson: Any = None, **subject: Any) -> Component | None:
    """The way from a lesson to a mentor: the same for everybody, no statement."""
    return Panel("mentorship/_stuck.html", lesson=lesson) if lesson else None


def course_after(
    request: HttpRequest, course: Any = None, enrolment: Any = None, **subject: Any
) -> Component | None:
    """The way from a course to a mentor; who has finished it is invited to be one."""
    if course is None:
        return None
    if enrolment is None or not enrolment.finished_at:
        return Panel("mentorship/_course_mentor.html", topic=course.topic_slug)
    return invitation_for(request, course.uuid, course.title)


def certificate_after(
    request: HttpRequest, certificate: Any = None, **subject: Any
) -> Component | None:
    """An invitation on one's own certificate."""
    if certificate is None:
        return None
    return invitation_for(request, certificate.course_id, certificate.course_title)


def invitation_for(request: HttpRequest, course: uuid.UUID, title: str) -> Component | None:
    """An invitation, unless the reader is a mentor for this course already: one statement."""
    member = reader(request)
    if member is None or is_mentor_for(member, course):
        return None
    return invitation(course, title)


def desk_waiting(request: HttpRequest, hub: Any = None, **subject: Any) -> Component | None:
    """What waits in mentorship on the desk of a hub: for its coordinators, and what was reported
    for whoever reads that."""
    member = reader(request)
    if member is None or hub is None:
        return None
    may_see = rules.may_see_desk(member, hub)
    waiting = desk.desk_waiting(member, hub, timezone.now()) if may_see else desk.DeskWaiting()
    cases = cases_waiting(member, hub)
    if waiting.is_empty and not cases:
        return None
    return Panel("mentorship/desk/_waiting.html", hub=hub, waiting=waiting, cases=cases)


def desk_hub(request: HttpRequest, hub: Any = None, **subject: Any) -> Component | None:
    """The way to a hub's mentorship for its coordinators, and to cases for its safety lead."""
    member = reader(request)
    if member is None or hub is None:
        return None
    may_see, may_protect = rules.may_see_desk(member, hub), rules.may_protect(member, hub)
    if not may_see and not may_protect:
        return None
    return Panel("mentorship/desk/_hub.html", hub=hub, may_see=may_see, may_protect=may_protect)


PANELS: list[tuple[str, Callable[..., Component | None]]] = [
    ("home_middle", home_middle),
    ("me_today", me_today),
    ("lesson_after", lesson_after),
    ("course_after", course_after),
    ("certificate_after", certificate_after),
    ("desk_waiting", desk_waiting),
    ("desk_hub", desk_hub),
]
