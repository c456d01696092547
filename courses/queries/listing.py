"""All courses that are live, as packs from the cache."""

from django.utils.translation import get_language

from content import version
from courses.models import CoursePage

from .course_packs import course_pack
from .packs import CoursePack


def open_courses() -> list[CoursePack]:
    """Every live course in the active language, by title."""
    language = get_language() or "en"
    keys = version.cached(f"course-keys:{language}", live_keys)
    packs = [course_pack(key, language) for key in keys]
    return sorted((pack for pack in packs if pack and pack.lessons), key=lambda pack: pack.title)


def live_keys() -> list[str]:
    """The keys of all live courses."""
    pages = CoursePage.objects.visible().filter(alias_of__isnull=True)
    return sorted({key.hex for key in pages.values_list("translation_key", flat=True)})
