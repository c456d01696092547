"""Packs of courses: read from the live pages, kept until something is published."""

import uuid
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Count
from django.utils.translation import get_language, override
from wagtail.rich_text import expand_db_html

from content import version
from content.models import Level
from courses.models import Course, CourseBefore, CourseDate, CoursePage, Enrolment, LessonPage
from members.models import Member
from members.statements import Statement

from .outline import LessonLine, course_pages, leading_page, lesson_lines, page_in, source_page
from .packs import BeforeRow, CoursePack, DateRow, LessonRow, kept, languages_of

DATES = Statement(lambda page: CourseDate.objects.filter(page=page), 1)
BEFORES = Statement(lambda page: CourseBefore.objects.filter(page=page), 1)


class LessonWords(NamedTuple):
    """The words of a lesson in one language."""

    title: str
    summary: str
    url: str
    language: str


def course_pack(key: str, language: str = "") -> CoursePack | None:
    """A course in a language, or in the one that leads where it is not translated. None when it
    is not live."""
    language = language or get_language() or "en"
    return kept(f"course:{key}:{language}", lambda: build_course(uuid.UUID(key), language))


def course_row(key: str) -> Course:
    """The row of a course, from the cache."""
    return version.cached(
        f"course-row:{key}",
        lambda: Course.objects.select_related("hub").get(pk=uuid.UUID(key)),
        is_frozen=True,
    )


def course_facts(course: Course) -> CoursePack | None:
    """The pack of a course in the active language."""
    return course_pack(course.pk.hex)


def missing_before(member: Member | None, pack: CoursePack) -> list[str]:
    """The titles of courses that must be finished first and are not; for a visitor, all of them."""
    asked = {before.key: before.title for before in pack.befores if before.is_required}
    if not asked or member is None:
        return list(asked.values())
    done = Enrolment.objects.for_member(member).filter(
        finished_at__isnull=False, course__in=[uuid.UUID(key) for key in asked]
    )
    ended = {key.hex for key in done.values_list("course_id", flat=True)}
    return [title for key, title in asked.items() if key not in ended]


def build_course(key: uuid.UUID, language: str) -> CoursePack | None:
    """Read a course from its live pages."""
    pages = course_pages(key)
    source = leading_page(pages)
    if source is None:
        return None
    spoken = {page.locale.language_code: page for page in pages}
    languages = [(code, page.url) for code, page in spoken.items()]
    return course_from(source, spoken.get(language, source), languages)


def course_from(
    source: CoursePage,
    page: CoursePage,
    languages: list[tuple[str, str]],
    *,
    is_draft: bool = False,
) -> CoursePack:
    """A course: `source` decides, `page` has the words. A draft holds its own dates."""
    lessons = lesson_lines(source)
    language = page.locale.language_code
    dates = page.dates.all() if is_draft else DATES.all(page.pk)
    befores = source.befores.all() if is_draft else BEFORES.all(source.pk)
    with override(language):
        rows = lesson_rows(lessons, source, language)
        return CoursePack(
            **page_values(page),
            **source_values(source),
            dates=[DateRow(row.day, row.time, row.place) for row in dates],
            befores=before_rows(befores),
            lessons=rows,
            minutes=sum(row.minutes for row in rows),
            size=sum(lesson.facts.size for lesson in lessons),
            languages=languages,
            spoken=spoken_lessons(lessons, source, languages),
            outline={"lessons": [lesson.rule() for lesson in lessons]},
        )


def preview_course(page: CoursePage) -> CoursePack:
    """A draft of a course, as its page would be."""
    return course_from(page, page, languages_of(page), is_draft=True)


def page_values(page: CoursePage) -> dict[str, Any]:
    """What the page in the reader's language says."""
    hub_page = page.hub_page
    return {
        "key": page.translation_key.hex,
        "page_id": page.pk,
        "language": page.locale.language_code,
        "title": page.title,
        "slug": page.slug,
        "url": page.url,
        "full_url": f"{settings.SITE_URL}{page.url or ''}",
        "summary": page.summary,
        "body": expand_db_html(page.body),
        "hub": hub_page.hub,
        "hub_title": hub_page.title,
        "hub_url": hub_page.url,
        "for_whom": page.for_whom,
        "needs": page.needs,
        "skills": page.skill_list,
        "published_at": page.first_published_at,
    }


def source_values(source: CoursePage) -> dict[str, Any]:
    """What the language that leads decides."""
    return {
        "topic": source.topic.label if source.topic else "",
        "topic_slug": source.topic.slug if source.topic else "",
        "colour": source.topic.colour if source.topic else "loom",
        "level": source.level.label if source.level else "",
        "level_names": level_names(source.level),
        "level_slug": source.level.slug if source.level else "",
        "level_words": level_words(source.level),
        "mode": str(source.get_mode_display()),
        "mode_slug": source.mode,
        "hours": f"{source.hours.normalize():f}",
        "access": source.access,
        "order": source.order,
    }


def level_names(level: Level | None) -> dict[str, str]:
    """The name of a level in each language of the site."""
    codes = [code for code, _name in settings.LANGUAGES]
    return {code: level.name_in(code) for code in codes} if level else {}


def level_words(level: Level | None) -> str:
    """What a level means. It is written in the site's own language alone."""
    is_readable = get_language() == settings.LANGUAGE_CODE
    return level.words if level and is_readable else ""


def before_rows(befores: Iterable[CourseBefore]) -> list[BeforeRow]:
    """The courses before this one that are live."""
    rows = []
    for before in befores:
        page = page_in(CoursePage, before.course_id, get_language() or "en") or source_page(
            before.course_id
        )
        if page:
            rows.append(BeforeRow(before.course_id.hex, page.title, page.url, before.is_required))
    return rows


def lesson_rows(lessons: list[LessonLine], source: CoursePage, language: str) -> list[LessonRow]:
    """The rows of lessons, each in the reader's language where that page is live."""
    spoken = {} if source.locale.language_code == language else translated(lessons, language)
    url, start = source.url or "", len(source.url_path)
    return [
        lesson_row(
            lesson, spoken.get(lesson.key) or own_words(lesson, url + lesson.url_path[start:])
        )
        for lesson in lessons
    ]


def translated(lessons: list[LessonLine], language: str) -> dict[uuid.UUID, LessonWords]:
    """The words of lessons in a language, by key, where that page is live."""
    pages = LessonPage.objects.visible().filter(
        translation_key__in=[lesson.key for lesson in lessons], locale__language_code=language
    )
    found = pages.defer("body").select_related("locale")
    return {page.translation_key: words_of(page) for page in found}


def spoken_lessons(
    lessons: list[LessonLine], source: CoursePage, languages: list[tuple[str, str]]
) -> dict[str, int]:
    """How many lessons of a course are there in each language."""
    whole = {source.locale.language_code: len(lessons)}
    if not lessons or {code for code, _url in languages} <= set(whole):
        return whole
    pages = LessonPage.objects.visible().filter(
        translation_key__in=[lesson.key for lesson in lessons], alias_of__isnull=True
    )
    counts = pages.order_by().values_list("locale__language_code").annotate(Count("pk"))
    return dict(counts) | whole


def words_of(page: LessonPage) -> LessonWords:
    """The words of a lesson's page."""
    return LessonWords(page.title, page.summary, page.url, page.locale.language_code)


def own_words(lesson: LessonLine, url: str) -> LessonWords:
    """The words of a lesson as it stands below its course."""
    return LessonWords(lesson.title, lesson.summary, url, lesson.language)


def lesson_row(source: LessonLine, page: LessonWords) -> LessonRow:
    """One row: truth from the source page, words from the reader's page."""
    return LessonRow(
        key=source.key.hex,
        title=page.title,
        url=page.url,
        summary=page.summary,
        minutes=source.minutes,
        is_required=source.is_required,
        done_when=source.done_when,
        language=page.language,
    )
