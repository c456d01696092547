"""What courses add to pages of the floors below, and to the roof."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from laces.components import Component

from members.models import Hub, Member

from . import queries, rules
from .models import Ask, CoursePage
from .queries import desk

SHOWN = 5
WRITTEN = 12
ON_HOME = 6
DATES = 5


class CourseList(Component):
    """Courses as rows, under a heading."""

    template_name = "courses/_course_rows.html"

    def __init__(self, **values: Any) -> None:
        self.values = values

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return self.values


def home_after(request: HttpRequest, **subject: Any) -> Component | None:
    """Some courses on the home page, and the way to all of them."""
    rows = queries.open_courses()
    return CourseList(courses=rows[:ON_HOME], more=len(rows) > ON_HOME) if rows else None


def hub_after(request: HttpRequest, page: Any = None, **subject: Any) -> Component | None:
    """The courses of a hub on its page, and when the next ones are given."""
    rows = [row for row in queries.open_courses() if page and row.hub.pk == page.hub_id]
    if not rows:
        return None
    dates = queries.coming_dates(rows, timezone.localdate(), DATES)
    return CourseList(courses=rows, dates=dates)


class DeskPanel(Component):
    """A part of a hub's desk."""

    def __init__(self, template_name: str, **values: Any) -> None:
        self.template_name = template_name
        self.values = values

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return self.values


def staff_of(request: HttpRequest, hub: Hub) -> Member | None:
    """Who is signed in, if that person reads hand-ins and questions in the hub."""
    member = request.user
    if not isinstance(member, Member) or not rules.may_teach(member, hub):
        return None
    return member


def desk_waiting(request: HttpRequest, hub: Hub, **subject: Any) -> Component | None:
    """What waits in a hub: hand-ins, questions, releases to decide about."""
    member = staff_of(request, hub)
    if member is None:
        return None
    with_names = rules.may_see_learners(member, hub)
    waiting = desk.what_waits(member, hub, with_names=with_names)
    return DeskPanel("courses/desk/_waiting.html", waiting=waiting)


def desk_hub(request: HttpRequest, hub: Hub, **subject: Any) -> Component | None:
    """The courses that people learn in a hub, with figures."""
    member = staff_of(request, hub)
    if member is None:
        return None
    courses = desk.hub_courses(hub, is_exact=rules.may_see_learners(member, hub))
    return DeskPanel("courses/desk/_courses.html", hub=hub, courses=courses)


class AsksPanel(Component):
    """What learners ask, on the first screen of the CMS."""

    template_name = "courses/cms/asks.html"
    order = 40

    def __init__(self, asks: list[Ask]) -> None:
        self.asks = asks

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"asks": self.asks}


def cms_home(request: HttpRequest, **subject: Any) -> Component | None:
    """The oldest questions that wait for an answer in the hubs where one answers."""
    member = request.user
    if not isinstance(member, Member):
        return None
    waiting = Ask.objects.visible_to(member).waiting().exclude(member=member)
    return AsksPanel(list(waiting.select_related("lesson", "hub")[:SHOWN]))


class WritingPanel(Component):
    """The courses that one writes, each with the way to its next lesson."""

    template_name = "courses/cms/writing.html"
    order = 15

    def __init__(self, courses: list[CoursePage]) -> None:
        self.courses = courses

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"courses": self.courses}


def cms_courses(request: HttpRequest, **subject: Any) -> Component | None:
    """The courses below which one may add lessons, those written at last first."""
    member = request.user
    if not isinstance(member, Member):
        return None
    courses = queries.courses_written(member, WRITTEN)
    return WritingPanel(courses) if courses else None


PANELS: list[tuple[str, Callable[..., Component | None]]] = [
    ("cms_home", cms_courses),
    ("cms_home", cms_home),
    ("home_after", home_after),
    ("hub_after", hub_after),
    ("desk_waiting", desk_waiting),
    ("desk_hub", desk_hub),
]
