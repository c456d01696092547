"""The learners of a course by lesson: whom a filter shows, and a page of a table."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from content import version
from courses.models import Course, Enrolment
from courses.queries.course_packs import course_pack
from courses.sheet import state_of
from members.models import Hub

from .figures import ACTIVE, SILENT

PAGE = 50


@dataclass(frozen=True)
class LessonColumn:
    """A lesson as a column of the table."""

    number: int
    key: str
    title: str


@dataclass(frozen=True)
class LearnerFilter:
    """Whom to show: `show` is all, active, stuck or finished; `words` are part of a name."""

    show: str = "all"
    words: str = ""
    page: int = 1


@dataclass(frozen=True)
class LearnerRow:
    """One learner: how far, since when, and the state of each lesson by its number."""

    pk: int
    name: str
    last_at: datetime
    finished_at: datetime | None
    done: int
    count: int
    states: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class LearnersPage:
    """One page of learners; `first` is the place of its first row."""

    rows: list[LearnerRow]
    number: int
    has_next: bool

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


def seen_course(course: Course, hub: Hub) -> bool:
    """Whether a course belongs on a hub's desk: its own, or one that somebody learns there."""
    return course.hub_id == hub.pk or Enrolment.objects.filter(hub=hub, course=course).exists()


def lesson_columns(course: Course) -> list[LessonColumn]:
    """The lessons of a course in order; a course that is not published keeps those it had."""
    pack = course_pack(course.pk.hex)
    titles = [(row.key, row.title) for row in pack.lessons] if pack else kept_titles(course)
    return [LessonColumn(number, *row) for number, row in enumerate(titles, 1)]


def kept_titles(course: Course) -> list[tuple[str, str]]:
    """Keys and titles of a course's lessons without its pages, from the cache."""
    return version.cached(
        f"desk-lessons:{course.pk.hex}:{get_language()}",
        lambda: [(lesson.pk.hex, lesson.title) for lesson in course.lessons.all()],
    )


def learners(
    hub: Hub, course: Course, chosen: LearnerFilter, now: datetime | None = None
) -> QuerySet[Enrolment]:
    """The enrolments of a course in a hub that the filter lets through, last active first."""
    now = now or timezone.now()
    conditions = {
        "active": Q(last_at__gte=now - ACTIVE),
        "stuck": Q(finished_at__isnull=True, last_at__lte=now - SILENT),
        "finished": Q(finished_at__isnull=False),
    }
    rows = Enrolment.objects.filter(conditions.get(chosen.show, Q()), hub=hub, course=course)
    if chosen.words:
        rows = rows.filter(member__name__icontains=chosen.words)
    return rows


def learners_page(
    hub: Hub,
    course: Course,
    columns: list[LessonColumn],
    chosen: LearnerFilter,
    now: datetime | None = None,
) -> LearnersPage:
    """One page in two statements: the ids from the index, then only those rows."""
    start = (chosen.page - 1) * PAGE
    found = learners(hub, course, chosen, now).values_list("pk", flat=True)
    keys = list(found[start : start + PAGE + 1])
    rows = Enrolment.objects.filter(pk__in=keys[:PAGE]).values_list(*ROW)
    return LearnersPage(
        rows=[learner_row(*row, columns=columns) for row in rows],
        number=chosen.page,
        has_next=len(keys) > PAGE,
    )


ROW = (
    "pk",
    "member__name",
    "last_at",
    "finished_at",
    "required_done",
    "required_count",
    "steps",
)


def learner_row(
    pk: int,
    name: str,
    last_at: datetime,
    finished_at: datetime | None,
    done: int,
    count: int,
    steps: dict[str, Any],
    *,
    columns: list[LessonColumn],
) -> LearnerRow:
    """One enrolment as a row of the table."""
    states = tuple((column.number, state_of(steps.get(column.key))) for column in columns)
    return LearnerRow(pk, name, last_at, finished_at, done, count, states)
