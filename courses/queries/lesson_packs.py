"""Packs of lessons: the body in segments, the questions in the words of the page."""

import uuid
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, override

from courses import marking, questions
from courses.blocks import body_segments, expanded
from courses.models import LessonPage, QuestionVersion
from courses.reading import plain_text
from courses.translation import in_words_of

from .course_packs import course_pack, lesson_row, preview_course, words_of
from .outline import definitions_of, line_of, rule_of_page, source_page, tasks_of, words_page
from .packs import CoursePack, LessonPack, LessonRow, kept, languages_of


def lesson_pack(key: str, language: str = "") -> LessonPack | None:
    """A lesson in a language, or in the one that leads. None when it is not live."""
    language = language or get_language() or "en"
    return kept(f"lesson:{key}:{language}", lambda: build_lesson(uuid.UUID(key), language))


def lesson_url(key: str) -> str:
    """The address of a lesson in the active language; my learning where it is not live."""
    pack = lesson_pack(key)
    return pack.url if pack else reverse("hub:me")


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
    course = preview_course(page.get_parent().specific)
    if course.lesson(page.translation_key.hex) is None:
        course = replace(course, lessons=[*course.lessons, drafted_row(page)])
    return lesson_from(page, page, course)


def drafted_row(page: LessonPage) -> LessonRow:
    """The row of a lesson that is not live yet."""
    return lesson_row(line_of(page), words_of(page))


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
            "text": plain_text(str(child.value["text"])),
        }
        for child in tasks_of(source)
    }
