"""The learners of a course by lesson: a page of a table, and every row of a file."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from content import version
from courses.models import Course, Enrolment
from courses.queries.course_packs import course_pack
from members.models import Hub
from members.models.people import holds

from .figures import ACTIVE, SILENT

PAGE = 50
CHUNK = 1000
STATES = ("done", "started", "not_yet")
RISKY = ("=", "+", "-", "@", "\t", "\r")


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
        rows = rows.filter(holds("member__name", chosen.words))
    return rows


def learners_page(
    hub: Hub,
    course: Course,
    columns: list[LessonColumn],
    chosen: LearnerFilter,
    now: datetime | None = None,
) -> LearnersPage:
    """One page in two statements: the ids from the index, then only those rows. A number that is
    too high gives the last page."""
    start = (chosen.page - 1) * PAGE
    found = learners(hub, course, chosen, now).values_list("pk", flat=True)
    keys = list(found[start : start + PAGE + 1])
    if start and not keys:
        last = max(1, -(-found.count() // PAGE))
        return learners_page(hub, course, columns, replace(chosen, page=last), now)
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


def state_of(step: dict[str, Any] | None) -> str:
    """How far a lesson is: done, started, or not yet."""
    if not step:
        return "not_yet"
    return "done" if step.get("done") else "started"


def state_words() -> dict[str, str]:
    """The words for how far a lesson is."""
    return {
        "done": pgettext("lesson", "done"),
        "started": pgettext("lesson", "started"),
        "not_yet": pgettext("lesson", "not yet"),
    }


def csv_rows(
    hub: Hub, course: Course, chosen: LearnerFilter, now: datetime | None = None
) -> Iterator[list[str]]:
    """The head, every learner in one statement, and last a line that says what the words mean."""
    columns = lesson_columns(course)
    yield [safe_cell(text) for text in [*csv_head(), *(column.title for column in columns)]]
    yield from csv_learners(learners(hub, course, chosen, now), columns, ZoneInfo(hub.time_zone))
    yield [csv_definitions(hub)]


def csv_head() -> list[str]:
    """The titles of the columns before the lessons."""
    return [
        _("Name"),
        _("User name"),
        _("Started on"),
        _("Last active on"),
        _("Finished on"),
        _("Needed lessons done"),
        _("Needed lessons"),
    ]


FIELDS = (
    "member__name",
    "member__username",
    "started_at",
    "last_at",
    "finished_at",
    "required_done",
    "required_count",
    "steps",
)


def csv_learners(
    rows: QuerySet[Enrolment], columns: list[LessonColumn], zone: ZoneInfo
) -> Iterator[list[str]]:
    """One list of cells for each learner, read in pieces."""
    words = state_words()
    keys = [column.key for column in columns]
    for name, username, *days, done, count, steps in rows.values_list(*FIELDS).iterator(CHUNK):
        yield [
            safe_cell(name),
            safe_cell(username),
            *[day.astimezone(zone).date().isoformat() if day else "" for day in days],
            str(done),
            str(count),
            *[words[state_of(steps[key]) if key in steps else "not_yet"] for key in keys],
        ]


def csv_definitions(hub: Hub) -> str:
    """What the words in the file mean."""
    return _(
        "What the words mean. done: the learner met the rule of the lesson. started: the learner "
        "read, answered or handed in something. not yet: nothing so far. Needed lessons count for "
        "the certificate. Dates are those of %(place)s."
    ) % {"place": hub.place}


def safe_cell(text: str) -> str:
    """Text that no spreadsheet runs as a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(RISKY) else text
