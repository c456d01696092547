"""What a course or a lesson shows, as plain values kept under the content version.

A pack holds nothing of a person. It is built once after each change and read without a statement.
"""

import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import get_language, override
from wagtail.rich_text import expand_db_html

from content import version
from courses import marking, outline, questions
from courses.blocks import body_segments, expanded
from courses.models import Course, CoursePage, Enrolment, LessonPage, QuestionVersion
from courses.translation import in_words_of
from members.models import Hub, Member

from .outline import (
    course_pages,
    definitions_of,
    leading_page,
    live_lessons,
    page_in,
    rule_of_page,
    source_page,
    tasks_of,
    words_page,
)


@dataclass(frozen=True)
class LessonRow:
    """A lesson in a course's list. `language` differs from the page's where it is not translated
    yet."""

    key: str
    title: str
    url: str
    summary: str
    minutes: int
    is_required: bool
    done_when: str
    language: str


@dataclass(frozen=True)
class DateRow:
    """A day on which a course is given."""

    day: date
    time: str
    place: str


@dataclass(frozen=True)
class BeforeRow:
    """A course that comes before another one."""

    key: str
    title: str
    url: str
    is_required: bool


@dataclass(frozen=True)
class CoursePack:
    """A course in one language, as its page shows it."""

    key: str
    page_id: int
    language: str
    title: str
    slug: str
    url: str
    full_url: str
    summary: str
    body: str
    hub: Hub
    hub_title: str
    hub_url: str
    topic: str
    topic_slug: str
    colour: str
    level: str
    level_slug: str
    level_words: str
    mode: str
    mode_slug: str
    for_whom: str
    needs: str
    skills: list[str]
    hours: str
    minutes: int
    size: int
    access: str
    order: str
    dates: list[DateRow]
    befores: list[BeforeRow]
    lessons: list[LessonRow]
    languages: list[tuple[str, str]]
    outline: outline.Outline
    published_at: Any = None

    @property
    def uuid(self) -> uuid.UUID:
        """The key as addresses have it."""
        return uuid.UUID(self.key)

    def lesson(self, key: str) -> LessonRow | None:
        """The row of a lesson by its key."""
        return next((row for row in self.lessons if row.key == key), None)


@dataclass(frozen=True)
class LessonPack:
    """A lesson in one language: its body in segments, and its questions in the words of this
    page."""

    key: str
    page_id: int
    course: CoursePack
    language: str
    title: str
    url: str
    summary: str
    minutes: int
    number: int
    segments: list[Any]
    rule: outline.Rule
    definitions: dict[str, dict[str, Any]]
    versions: dict[str, tuple[int | None, str]]
    public: dict[str, dict[str, Any]]
    tasks: dict[str, dict[str, Any]]
    languages: list[tuple[str, str]]
    titles: dict[str, str] = field(default_factory=dict)

    @property
    def uuid(self) -> uuid.UUID:
        """The key as addresses have it."""
        return uuid.UUID(self.key)

    @property
    def course_key(self) -> str:
        return self.course.key

    @property
    def access(self) -> str:
        return self.course.access

    @property
    def count(self) -> int:
        """How many lessons the course has."""
        return len(self.course.lessons)

    def neighbour(self, step: int) -> LessonRow | None:
        """The lesson before (-1) or behind (1) this one."""
        place = self.number - 1 + step
        return self.course.lessons[place] if 0 <= place < self.count else None


def course_row(key: str) -> Course:
    """The row of a course, from the cache."""
    return version.cached(
        f"course-row:{key}", lambda: Course.objects.select_related("hub").get(pk=uuid.UUID(key))
    )


def course_pack(key: str, language: str = "") -> CoursePack | None:
    """A course in a language, or in the one that leads where it is not translated. None when it
    is not live."""
    language = language or get_language() or "en"
    return kept(f"course:{key}:{language}", lambda: build_course(uuid.UUID(key), language))


def lesson_pack(key: str, language: str = "") -> LessonPack | None:
    """A lesson in a language, or in the one that leads. None when it is not live."""
    language = language or get_language() or "en"
    return kept(f"lesson:{key}:{language}", lambda: build_lesson(uuid.UUID(key), language))


def kept(name: str, build: Any) -> Any:
    """What the cache holds under the content version; nothing found is not kept."""
    found = version.cached(name, lambda: build() or "none")
    return None if found == "none" else found


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


def lesson_url(key: str) -> str:
    """The address of a lesson in the active language; my learning where it is not live."""
    pack = lesson_pack(key)
    return pack.url if pack else reverse("hub:me")


def key_of(pack: "CoursePack | LessonPack") -> uuid.UUID:
    """The key of a pack as the database has it."""
    return uuid.UUID(pack.key)


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
    source: CoursePage, page: CoursePage, languages: list[tuple[str, str]]
) -> CoursePack:
    """A course: `source` decides, `page` has the words."""
    lessons = live_lessons(source)
    language = page.locale.language_code
    with override(language):
        rows = lesson_rows(lessons, language)
        return CoursePack(
            **page_values(page),
            **source_values(source),
            lessons=rows,
            minutes=sum(row.minutes for row in rows),
            size=sum(size_of(lesson) for lesson in lessons),
            languages=languages,
            outline={"lessons": [rule_of_page(lesson) for lesson in lessons]},
        )


def preview_course(page: CoursePage) -> CoursePack:
    """A draft of a course, as its page would be."""
    return course_from(page, page, languages_of(page))


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
        "full_url": page.full_url,
        "summary": page.summary,
        "body": expand_db_html(page.body),
        "hub": hub_page.hub,
        "hub_title": hub_page.title,
        "hub_url": hub_page.url,
        "for_whom": page.for_whom,
        "needs": page.needs,
        "skills": page.skill_list,
        "dates": [DateRow(row.day, row.time, row.place) for row in page.dates.all()],
        "published_at": page.first_published_at,
    }


def source_values(source: CoursePage) -> dict[str, Any]:
    """What the language that leads decides."""
    return {
        "topic": source.topic.label if source.topic else "",
        "topic_slug": source.topic.slug if source.topic else "",
        "colour": source.topic.colour if source.topic else "loom",
        "level": source.level.label if source.level else "",
        "level_slug": source.level.slug if source.level else "",
        "level_words": source.level.words if source.level else "",
        "mode": str(source.get_mode_display()),
        "mode_slug": source.mode,
        "hours": f"{source.hours.normalize():f}",
        "access": source.access,
        "order": source.order,
        "befores": before_rows(source),
    }


def before_rows(source: CoursePage) -> list[BeforeRow]:
    """The courses before this one that are live."""
    rows = []
    for before in source.befores.all():
        page = page_in(CoursePage, before.course_id, get_language() or "en") or source_page(
            before.course_id
        )
        if page:
            rows.append(BeforeRow(before.course_id.hex, page.title, page.url, before.is_required))
    return rows


def lesson_rows(lessons: list[LessonPage], language: str) -> list[LessonRow]:
    """The rows of lessons, each in the reader's language where that page is live."""
    if all(lesson.locale.language_code == language for lesson in lessons):
        return [lesson_row(lesson, lesson) for lesson in lessons]
    translated = LessonPage.objects.visible().filter(
        translation_key__in=[lesson.translation_key for lesson in lessons],
        locale__language_code=language,
    )
    pages = {page.translation_key: page for page in translated.select_related("locale")}
    return [lesson_row(lesson, pages.get(lesson.translation_key, lesson)) for lesson in lessons]


def lesson_row(source: LessonPage, page: LessonPage) -> LessonRow:
    """One row: truth from the source page, words from the reader's page."""
    return LessonRow(
        key=source.translation_key.hex,
        title=page.title,
        url=page.url,
        summary=page.summary,
        minutes=source.minutes,
        is_required=source.is_required,
        done_when=source.done_when,
        language=page.locale.language_code,
    )


def size_of(lesson: LessonPage) -> int:
    """About how many bytes a lesson's words need on the line, packed."""
    return len(str(lesson.body.raw_data)) // 3


def languages_of(page: CoursePage | LessonPage) -> list[tuple[str, str]]:
    """The languages in which a page is live, with its addresses."""
    pages = type(page).objects.visible().filter(translation_key=page.translation_key)
    return [(found.locale.language_code, found.url) for found in pages.select_related("locale")]


def build_lesson(key: uuid.UUID, language: str) -> LessonPack | None:
    """Read a lesson from its live pages; the leading language decides, the reader's page has the
    words."""
    source = source_lesson(key)
    course = course_pack(source.get_parent().translation_key.hex, language) if source else None
    if source is None or course is None or course.lesson(key.hex) is None:
        return None
    return lesson_from(source, words_page(source, language), course)


def preview_lesson(page: LessonPage) -> LessonPack:
    """A draft of a lesson, as its page would be."""
    return lesson_from(page, page, preview_course(page.get_parent().specific))


def lesson_from(source: LessonPage, page: LessonPage, course: CoursePack) -> LessonPack:
    """A lesson: `source` decides, `page` has the words."""
    words = definitions_of(page) if page.pk != source.pk else {}
    definitions = {
        block: in_words_of(leading, words.get(block))
        for block, leading in definitions_of(source).items()
    }
    key = source.translation_key
    row = course.lesson(key.hex)
    with override(page.locale.language_code):
        return LessonPack(
            key=key.hex,
            page_id=page.pk or 0,
            course=course,
            language=page.locale.language_code,
            title=page.title,
            url=page.url if page.pk else "",
            summary=page.summary,
            minutes=source.minutes,
            number=course.lessons.index(row) + 1 if row else len(course.lessons) + 1,
            segments=with_missing(body_segments(page.body), source, page),
            rule=rule_of_page(source),
            definitions=definitions,
            versions=versions_of(key, definitions),
            public={
                block: questions.public(expanded(found)) for block, found in definitions.items()
            },
            tasks=task_values(source, page),
            languages=languages_of(page),
            titles={one.key: one.title for one in course.lessons},
        )


def source_lesson(key: uuid.UUID) -> LessonPage | None:
    """The live lesson page in the language that leads its course."""
    pages = LessonPage.objects.visible().filter(translation_key=key, alias_of__isnull=True)
    found = list(pages.select_related("locale").order_by("pk"))
    for page in found:
        leading = source_page(page.get_parent().translation_key)
        if leading and leading.locale_id == page.locale_id:
            return page
    return None


def with_missing(segments: list[Any], source: LessonPage, page: LessonPage) -> list[Any]:
    """The page's segments, and behind them each question or task of the source that the page lacks.

    What the page has and the source has not is left out: nobody answers what does not count.
    """
    if page.pk == source.pk:
        return segments
    leading = [part for part in body_segments(source.body) if part.kind != "html"]
    known = {part.id for part in leading}
    shown = [part for part in segments if part.kind == "html" or part.id in known]
    there = {part.id for part in shown}
    return shown + [part for part in leading if part.id not in there]


def versions_of(
    key: uuid.UUID, definitions: dict[str, dict[str, Any]]
) -> dict[str, tuple[int | None, str]]:
    """The stored version of each question as it is asked now; without a row until the release is
    cut."""
    stored = QuestionVersion.objects.filter(lesson_id=key, block_id__in=definitions)
    rows = {(row.block_id, row.digest): row.pk for row in stored.only("block_id", "digest")}
    prints = {block: marking.fingerprint(found) for block, found in definitions.items()}
    return {block: (rows.get((block, digest)), digest) for block, digest in prints.items()}


def task_values(source: LessonPage, page: LessonPage) -> dict[str, dict[str, Any]]:
    """The tasks with a hand-in: what is asked for, and the title in the reader's language."""
    words = {str(child.id): child.value["title"] for child in tasks_of(page)}
    return {
        str(child.id): {
            "ask": child.value["ask"],
            "title": words.get(str(child.id), child.value["title"]),
            "text": strip_tags(str(child.value["text"])),
        }
        for child in tasks_of(source)
    }
