"""How a course goes, in numbers: one statement over an index. Small numbers can be hidden."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import version
from courses.models import Course, Enrolment
from courses.rules import may_edit_course
from members.models import Hub, Member

ACTIVE = timedelta(days=7)
SILENT = timedelta(days=14)
SMALL = 5
MANY = 100
MINUTE = 60


@dataclass(frozen=True)
class Figures:
    """People in a course: who started, finished, is active, is stuck; `done` lessons in all.

    With `is_exact` off, numbers from 1 to 4 are never told: nobody can be picked out.
    """

    started: int = 0
    finished: int = 0
    active: int = 0
    stuck: int = 0
    done: int = 0
    is_exact: bool = True

    @property
    def is_hidden(self) -> bool:
        """Whether so few have started that nothing more may be told."""
        return not self.is_exact and 0 < self.started < SMALL

    @property
    def mean(self) -> str:
        """How many needed lessons a person has done on average."""
        return number_format(self.done / self.started, 1)

    @property
    def stuck_words(self) -> str:
        """How many are stuck, in words."""
        return told_count(self.stuck, STUCK, self.is_exact)

    def sentences(self) -> list[str]:
        """The figures in words."""
        if not self.started:
            return [_("Nobody has started yet.")]
        told = [told_count(self.started, STARTED, self.is_exact)]
        if self.is_hidden:
            return told
        told += [
            told_count(self.finished, FINISHED, self.is_exact),
            told_count(self.active, ACTIVE_WORDS, self.is_exact),
            self.stuck_words,
            _("On average they have done %(count)s needed lessons.") % {"count": self.mean},
        ]
        return told


@dataclass(frozen=True)
class CountWords:
    """The three ways to tell a number of people."""

    nobody: Callable[[], str]
    few: Callable[[], str]
    exact: Callable[[int], str]


STARTED = CountWords(
    lambda: _("Nobody has started yet."),
    lambda: _("Fewer than 5 people have started."),
    lambda count: ngettext(
        "%(count)s person has started.", "%(count)s people have started.", count
    ),
)
FINISHED = CountWords(
    lambda: _("Nobody has finished yet."),
    lambda: _("Fewer than 5 people have finished."),
    lambda count: ngettext(
        "%(count)s person has finished.", "%(count)s people have finished.", count
    ),
)
ACTIVE_WORDS = CountWords(
    lambda: _("Nobody was active in the last 7 days."),
    lambda: _("Fewer than 5 people were active in the last 7 days."),
    lambda count: ngettext(
        "%(count)s person was active in the last 7 days.",
        "%(count)s people were active in the last 7 days.",
        count,
    ),
)
STUCK = CountWords(
    lambda: _("Nobody is stuck."),
    lambda: _("Fewer than 5 people are stuck: they started and did nothing for 14 days."),
    lambda count: ngettext(
        "%(count)s person is stuck: they started and did nothing for 14 days.",
        "%(count)s people are stuck: they started and did nothing for 14 days.",
        count,
    ),
)


def told_count(count: int, words: CountWords, is_exact: bool) -> str:
    """A number of people as a sentence; a small one is not told exactly where it must be hidden."""
    if not count:
        return words.nobody()
    if not is_exact and count < SMALL:
        return words.few()
    return words.exact(count) % {"count": count}


def course_figures(
    hub: Hub, course: Course, *, is_exact: bool, now: datetime | None = None
) -> Figures:
    """The figures of a course in one hub."""
    found = counted(
        f"{hub.pk}:{course.pk.hex}",
        lambda: Enrolment.objects.filter(hub=hub, course=course),
        now,
    )
    return Figures(**found, is_exact=is_exact)


def elsewhere_figures(
    member: Member, hub: Hub, course: Course, *, now: datetime | None = None
) -> Figures | None:
    """The figures of a course in all other hubs, for an editor of its own hub; never exact.

    None for whoever is no editor of the course, and where nobody learns it elsewhere.
    """
    if course.hub_id != hub.pk or not may_edit_course(member, course):
        return None
    told = counted(
        f"not-{hub.pk}:{course.pk.hex}",
        lambda: Enrolment.objects.filter(course=course, hub__in=Hub.objects.exclude(pk=hub.pk)),
        now,
    )
    found = Figures(**told, is_exact=False)
    return found if found.started else None


def counted(
    name: str, rows: Callable[[], QuerySet[Enrolment]], now: datetime | None
) -> dict[str, int]:
    """The counts of some enrolments. Those of many people are counted once a minute at most, so
    that a page costs the same however many they are."""
    kept = version.get(f"figures:{name}") if now is None else None
    if isinstance(kept, dict):
        return kept
    found = rows().aggregate(**counts(now))
    if now is None and found["started"] >= MANY:
        version.put(f"figures:{name}", found, MINUTE)
    return found


def counts(now: datetime | None) -> dict[str, Any]:
    """What is counted, all of it out of one index."""
    now = now or timezone.now()
    silent = Q(finished_at__isnull=True, last_at__lte=now - SILENT)
    return {
        "started": Count("pk"),
        "finished": Count("finished_at"),
        "active": Count("pk", filter=Q(last_at__gte=now - ACTIVE)),
        "stuck": Count("pk", filter=silent),
        "done": Sum("required_done", default=0),
    }


@dataclass(frozen=True)
class HubCourse:
    """A course on the desk of a hub, with its figures there."""

    course: Course
    figures: Figures


def hub_courses(hub: Hub, *, is_exact: bool, now: datetime | None = None) -> list[HubCourse]:
    """The courses of a hub, and those of others that people learn there; in two statements."""
    rows = Enrolment.objects.filter(hub=hub).order_by().values("course").annotate(**counts(now))
    names = ("course", "started", "finished", "active", "stuck", "done")
    found = {
        course: Figures(started, finished, active, stuck, done, is_exact)
        for course, started, finished, active, stuck, done in rows.values_list(*names)
    }
    courses = Course.objects.filter(Q(hub=hub) | Q(pk__in=list(found))).order_by("title", "pk")
    nobody = Figures(is_exact=is_exact)
    return [HubCourse(course, found.get(course.pk, nobody)) for course in courses]
