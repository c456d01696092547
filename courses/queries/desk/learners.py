"""The learners of a course by lesson: whom a filter shows, and a page of a table."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import get_language

from content import version
from courses.models import Course, Enrolment
from courses.queries.course_packs import course_pack
from courses.sheet import moment_of, shape_of, states_of
from members.models import Hub
from members.models.people import holds
from members.statements import Statement

from .figures import ACTIVE, SILENT

PAGE = 50
MOST_WINDOWS = 100
SPANS = {"active": ACTIVE, "stuck": SILENT}


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


class LearnerRow(NamedTuple):
    """One learner as the database has the row: times and steps are text."""

    pk: int
    name: str
    last_at: str
    finished_at: str | None
    done: int
    needed: int
    steps: str

    @property
    def active_at(self) -> datetime:
        """When the learner was last active."""
        return moment_of(self.last_at)

    def states(self, columns: list[LessonColumn]) -> tuple[str, ...]:
        """How far each lesson is: done, started, or not yet."""
        return states_of(shape_of(self.steps), tuple(column.key for column in columns))


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


def as_text(name: str) -> Cast:
    """A column as the text that the database has, not parsed."""
    return Cast(name, TextField())


ROW = (
    "pk",
    "member__name",
    as_text("last_at"),
    as_text("finished_at"),
    "required_done",
    "required_count",
    as_text("steps"),
)


def learners(
    hub: Hub, course: Course, chosen: LearnerFilter, now: datetime | None = None
) -> QuerySet[Enrolment]:
    """The enrolments of a course in a hub that the filter lets through, last active first."""
    rows = shown(chosen.show, hub.pk, course.pk, *since(chosen.show, now))
    return rows.filter(holds("member__name", chosen.words)) if chosen.words else rows


def since(show: str, now: datetime | None) -> list[datetime]:
    """When those to be shown were last active: after that, or before."""
    return [(now or timezone.now()) - SPANS[show]] if show in SPANS else []


def shown(show: str, hub: int, course: UUID, moment: datetime | None = None) -> QuerySet[Enrolment]:
    """The enrolments of a course in a hub: all, active, stuck or finished."""
    conditions = {
        "active": Q(last_at__gte=moment),
        "stuck": Q(finished_at__isnull=True, last_at__lte=moment),
        "finished": Q(finished_at__isnull=False),
    }
    return Enrolment.objects.filter(conditions.get(show, Q()), hub=hub, course=course)


def learners_page(
    hub: Hub, course: Course, chosen: LearnerFilter, now: datetime | None = None
) -> LearnersPage:
    """One page in one statement. A number that is too high gives the last page."""
    start = (chosen.page - 1) * PAGE
    if chosen.words:
        rows = list(window(learners(hub, course, chosen, now), start))
    else:
        asked = since(chosen.show, now)
        rows = written(chosen.show, start).all(hub.pk, course.pk, *asked)
    if start and not rows:
        last = max(1, -(-learners(hub, course, chosen, now).count() // PAGE))
        return learners_page(hub, course, replace(chosen, page=last), now)
    return LearnersPage(
        rows=[LearnerRow(*row) for row in rows[:PAGE]],
        number=chosen.page,
        has_next=len(rows) > PAGE,
    )


def window(rows: QuerySet[Enrolment], start: int) -> QuerySet[Any, Any]:
    """The rows of a page and one more: found in the index, and only then read."""
    keys = rows.values("pk")[start : start + PAGE + 1]
    return Enrolment.objects.filter(pk__in=keys).values_list(*ROW)


@lru_cache(MOST_WINDOWS)
def written(show: str, start: int) -> Statement[Any]:
    """The statement of a page without words to look for."""
    moments = since(show, datetime(2000, 1, 1, tzinfo=UTC))
    return Statement(lambda *values: window(shown(show, *values), start), 1, UUID(int=2), *moments)
