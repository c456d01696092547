"""The learners of a course as a file: every one in one statement, line by line."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courses.models import Course, Enrolment
from courses.sheet import MOST_SHAPES, Days, cell_of, line_of, shape_of, states_of
from members.models import Hub

from .learners import LearnerFilter, LessonColumn, as_text, learners, lesson_columns

CHUNK = 1000
FIELDS = (
    "member__name",
    "member__username",
    as_text("started_at"),
    as_text("last_at"),
    as_text("finished_at"),
    "required_done",
    "required_count",
    as_text("steps"),
)


def csv_lines(
    hub: Hub, course: Course, chosen: LearnerFilter, now: datetime | None = None
) -> Iterator[str]:
    """The head, a line for each learner, and last a line that says what the words mean."""
    columns = lesson_columns(course)
    yield line_of([*csv_head(), *(column.title for column in columns)])
    yield from learner_lines(learners(hub, course, chosen, now), columns, ZoneInfo(hub.time_zone))
    yield line_of([csv_definitions(hub)])


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


def learner_lines(
    rows: QuerySet[Enrolment], columns: list[LessonColumn], zone: ZoneInfo
) -> Iterator[str]:
    """A line for each learner, read in pieces; what many lines share is made once."""
    day, cells = Days(zone).day_of, lesson_cells(columns)
    found = rows.values_list(*FIELDS).iterator(CHUNK)
    for name, username, started, last, finished, done, count, steps in found:
        who = f"{cell_of(name)},{cell_of(username)}"
        days = f"{day(started)},{day(last)},{day(finished)}"
        yield f"{who},{days},{done},{count}{cells(shape_of(steps))}"


def lesson_cells(columns: list[LessonColumn]) -> Callable[[str], str]:
    """The last cells of a line, by the shape of the learner's steps."""
    words, keys = state_words(), tuple(column.key for column in columns)

    @lru_cache(MOST_SHAPES)
    def cells(shape: str) -> str:
        return "".join(f",{words[state]}" for state in states_of(shape, keys))

    return cells


def state_words() -> dict[str, str]:
    """The words for how far a lesson is, as cells."""
    return {
        "done": cell_of(pgettext("lesson", "done")),
        "started": cell_of(pgettext("lesson", "started")),
        "not_yet": cell_of(pgettext("lesson", "not yet")),
    }


def csv_definitions(hub: Hub) -> str:
    """What the words in the file mean."""
    return _(
        "What the words mean. done: the learner met the rule of the lesson. started: the learner "
        "read, answered or handed in something. not yet: nothing so far. Needed lessons count for "
        "the certificate. Dates are those of %(place)s."
    ) % {"place": hub.place}
