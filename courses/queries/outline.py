"""The live outline of a course, read from its pages in the language that leads."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from django.db.models import OuterRef, Subquery, TextField
from django.db.models.functions import Cast

from courses import marking, outline
from courses.blocks import (
    BodyFacts,
    body_facts,
    children_of,
    definition_of,
    questions_of,
    read_facts,
)
from courses.models import Course, CoursePage, Lesson, LessonPage
from courses.translation import in_words_of
from members.statements import Statement

P = TypeVar("P", CoursePage, LessonPage)
LANGUAGE = Course.objects.filter(key=OuterRef("translation_key")).order_by().values("language")
BY_KEY = Statement(
    lambda key: (
        CoursePage.objects.visible()
        .filter(translation_key=key)
        .annotate(leading=Subquery(LANGUAGE[:1]))
        .select_related("locale", "topic", "level")
        .order_by("pk")
    ),
    uuid.UUID(int=1),
)


LINE = (
    "translation_key",
    "title",
    "url_path",
    "summary",
    "minutes",
    "is_required",
    "done_when",
    "pass_mark",
    "locale__language_code",
)
LESSONS = Statement(
    lambda depth, first, last: (
        LessonPage.objects.live()
        .filter(alias_of__isnull=True, depth=depth, path__range=(first, last))
        .order_by("path")
        .values_list(*LINE, Cast("body", TextField()))
    ),
    77,
    "first",
    "last",
)


class LessonLine(NamedTuple):
    """A lesson as its course needs it; nothing of its body is parsed twice."""

    key: uuid.UUID
    title: str
    url_path: str
    summary: str
    minutes: int
    is_required: bool
    done_when: str
    pass_mark: int
    language: str
    facts: BodyFacts

    def rule(self) -> outline.Rule:
        """The rule of the lesson."""
        return {
            "key": self.key.hex,
            "required": self.is_required,
            "done_when": self.done_when,
            "pass_mark": self.pass_mark,
            "questions": list(self.facts.questions),
            "tasks": list(self.facts.tasks),
        }


@dataclass(frozen=True)
class QuestionWords:
    """A question as it is asked now in one language."""

    lesson: str
    block_id: str
    language: str
    definition: dict[str, Any]
    digest: str


def source_page(key: uuid.UUID) -> CoursePage | None:
    """The live course page in the language that leads: that of the course's row, else the oldest
    page."""
    return leading_page(course_pages(key))


def course_pages(key: uuid.UUID) -> list[CoursePage]:
    """The live pages of a course in all its languages, the oldest first, in one statement."""
    return BY_KEY.all(key)


def leading_page(pages: list[CoursePage]) -> CoursePage | None:
    """The one of `course_pages` that decides; never one that only stands in for another."""
    own = [page for page in pages if not page.alias_of_id]
    lead = (page for page in own if page.locale.language_code == page.leading)
    return next(lead, own[0] if own else None)


def live_lessons(page: CoursePage) -> list[LessonPage]:
    """The live lessons below a course page, in order; aliases are left out."""
    lessons = LessonPage.objects.child_of(page).live().filter(alias_of__isnull=True)
    return list(lessons.select_related("locale").order_by("path"))


def page_in(kind: type[P], key: uuid.UUID, language: str) -> P | None:
    """The visible page with this key in a language; None when there is none."""
    pages = kind.objects.visible().filter(translation_key=key, locale__language_code=language)
    return pages.select_related("locale").first()


def words_page(source: LessonPage, language: str) -> LessonPage:
    """The page with the words in a language; the source itself where it speaks that language."""
    if source.locale.language_code == language:
        return source
    return page_in(LessonPage, source.translation_key, language) or source


def live_outline(lessons: list[LessonPage]) -> outline.Outline:
    """What finishing needs, read from live lessons."""
    return {"lessons": [rule_of_page(lesson) for lesson in lessons]}


def rule_of_page(lesson: LessonPage) -> outline.Rule:
    """The rule of one lesson, read from its page."""
    return line_of(lesson).rule()


def line_of(lesson: LessonPage) -> LessonLine:
    """A lesson as its course needs it, read from its page or draft."""
    blocks = list(lesson.body.raw_data)
    return LessonLine(
        key=lesson.translation_key,
        title=lesson.title,
        url_path=lesson.url_path,
        summary=lesson.summary,
        minutes=lesson.minutes,
        is_required=lesson.is_required,
        done_when=lesson.done_when,
        pass_mark=lesson.pass_mark,
        language=lesson.locale.language_code,
        facts=read_facts(blocks, len(str(blocks))),
    )


def lesson_lines(page: CoursePage) -> list[LessonLine]:
    """The same lessons as `live_lessons`, in the same order, in one statement without pages."""
    first, last = LessonPage._get_children_path_interval(page.path)
    return [
        LessonLine._make([*row[:-1], body_facts(row[-1] or "")])
        for row in LESSONS.all(page.depth + 1, first, last)
    ]


def tasks_of(lesson: LessonPage) -> Iterator[Any]:
    """The tasks of a lesson for which something is handed in."""
    for child in children_of(lesson.body, "try"):
        if child.value["ask"] != "none":
            yield child


def bare_rule(lesson: Lesson) -> outline.Rule:
    """The rule for a lesson that no release holds: read to the end."""
    return {
        "key": lesson.key.hex,
        "required": False,
        "done_when": "read",
        "pass_mark": 0,
        "questions": [],
        "tasks": [],
    }


def definitions_of(lesson: LessonPage) -> dict[str, dict[str, Any]]:
    """The questions of one page, by block id."""
    return {str(child.id): definition_of(child) for child in questions_of(lesson.body)}


def current_questions(lessons: list[LessonPage]) -> Iterator[QuestionWords]:
    """Every question of live lessons as it is asked now, in each language that has a live page."""
    for source in lessons:
        leading = definitions_of(source)
        yield from questions_in(source, leading, {})
        others = LessonPage.objects.visible().filter(translation_key=source.translation_key)
        for page in others.exclude(pk=source.pk).select_related("locale"):
            yield from questions_in(page, leading, definitions_of(page))


def questions_in(
    page: LessonPage, leading: dict[str, dict[str, Any]], words: dict[str, dict[str, Any]]
) -> Iterator[QuestionWords]:
    """The leading questions in the words of one page."""
    for block, source in leading.items():
        definition = in_words_of(source, words.get(block))
        yield QuestionWords(
            lesson=page.translation_key.hex,
            block_id=block,
            language=page.locale.language_code,
            definition=definition,
            digest=marking.fingerprint(definition),
        )
