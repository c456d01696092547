"""All courses that are live, as packs from the cache."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from content import version
from courses.models import CoursePage

from .course_packs import course_pack
from .packs import CoursePack, DateRow


def open_courses() -> list[CoursePack]:
    """Every live course in the active language, by title."""
    language = get_language() or "en"
    keys = version.cached(f"course-keys:{language}", live_keys)
    packs = [course_pack(key, language) for key in keys]
    return sorted((pack for pack in packs if pack and pack.lessons), key=lambda pack: pack.title)


@dataclass(frozen=True)
class ComingDate:
    """A day on which a course is given, with the course."""

    date: DateRow
    course: CoursePack


def coming_dates(courses: list[CoursePack], today: date, count: int) -> list[ComingDate]:
    """The next dates of some courses, the soonest first."""
    found = [ComingDate(row, pack) for pack in courses for row in pack.dates if row.day >= today]
    return sorted(found, key=lambda one: (one.date.day, one.date.time))[:count]


def live_keys() -> list[str]:
    """The keys of all live courses."""
    pages = CoursePage.objects.visible().filter(alias_of__isnull=True)
    return sorted({key.hex for key in pages.values_list("translation_key", flat=True)})
