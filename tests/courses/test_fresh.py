"""What is kept of a course is what a new process reads, after every kind of change."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils.translation import override
from wagtail.models import Locale, Page

from content import version
from content.models import HubPage, Level
from content.templatetags import keeping
from courses.blocks import children_of, questions_of, segments
from courses.models import Course, CourseBefore, CourseDate, CoursePage, LessonPage
from courses.queries import course_pack, live_lessons
from courses.queries.course_packs import build_course
from courses.queries.outline import lesson_lines, line_of, tasks_of
from tests.factories import add_lesson, make_course, page_of
from tests.outer_parts import in_spanish

pytestmark = pytest.mark.django_db


def lesson(cast: SimpleNamespace, place: int = 1) -> LessonPage:
    return LessonPage.objects.child_of(page_of(cast.course)).order_by("path")[place]


def publish_lesson(cast: SimpleNamespace) -> None:
    page = lesson(cast)
    page.title, page.body = "New title", page.body.raw_data[:1]
    page.save_revision().publish()


def save_without_revision(cast: SimpleNamespace) -> None:
    page = lesson(cast)
    page.body, page.minutes = [*page.body.raw_data, *lesson(cast, 2).body.raw_data], 99
    page.save()


def save_many(cast: SimpleNamespace) -> None:
    """Without a signal: whoever does so says it."""
    LessonPage.objects.update(minutes=33, summary="Many")
    version.bump()


def move(cast: SimpleNamespace) -> None:
    lesson(cast, 2).move(lesson(cast, 0), "left")


def move_away(cast: SimpleNamespace) -> None:
    take(lesson(cast), page_of(cast.second))


def take(page: LessonPage, to: Page) -> None:
    page.slug = "taken"
    page.save()
    page.move(Page.objects.get(pk=to.pk), "last-child")


def unpublish(cast: SimpleNamespace) -> None:
    lesson(cast).unpublish()


def delete(cast: SimpleNamespace) -> None:
    lesson(cast).delete()


def add(cast: SimpleNamespace) -> None:
    add_lesson(page_of(cast.course), "questions", "more-questions")


def rename(cast: SimpleNamespace) -> None:
    page = page_of(cast.course)
    page.slug = "other-basics"
    page.save_revision().publish()


def rename_hub(cast: SimpleNamespace) -> None:
    page = HubPage.objects.get(hub=cast.hub)
    page.title, page.slug = "Harbour Two", "harbour-two"
    page.save_revision().publish()


def change_hub(cast: SimpleNamespace) -> None:
    cast.hub.address, cast.hub.colour = "New Street 9", "plum"
    cast.hub.save()


def change_level(cast: SimpleNamespace) -> None:
    level = Level.objects.get(slug="starter")
    level.words = "Quite new."
    level.save()


def change_dates(cast: SimpleNamespace) -> None:
    page = page_of(cast.course)
    page.dates = [CourseDate(day=date(2050, 1, 2), time="18:00", place="Hall")]
    page.befores = [CourseBefore(course=cast.second, is_required=True)]
    page.save_revision().publish()


def translate(cast: SimpleNamespace) -> None:
    in_spanish(cast.course, "Primeros pasos")


def move_translation(cast: SimpleNamespace) -> None:
    """The Spanish lesson stands below another course than its source."""
    in_spanish(cast.course, "Primeros pasos")
    in_spanish(cast.second, "Segundo")
    spanish = Locale.objects.get(language_code="es")
    other = page_of(cast.second).get_translation(spanish)
    take(lesson(cast, 0).get_translation(spanish), other)


CHANGES = [
    publish_lesson,
    save_without_revision,
    save_many,
    move,
    move_away,
    unpublish,
    delete,
    add,
    rename,
    rename_hub,
    change_hub,
    change_level,
    change_dates,
    translate,
    move_translation,
]


def forget() -> None:
    """As a new process with an empty cache would start."""
    segments.facts_known.clear()
    keeping.store.clear()
    version.held.clear()
    version.bump()


def shown(course: Course) -> list[str]:
    """The course's page in each of its languages, as a visitor sees it."""
    pages = CoursePage.objects.filter(translation_key=course.key).order_by("pk")
    return [Client().get(page.url).content.decode() for page in pages]


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_kept_is_what_is_there(
    cast: SimpleNamespace, commit: Callable, change: Callable[[SimpleNamespace], None]
) -> None:
    cast.second = make_course(cast.hub, "second")
    before = shown(cast.course)
    with commit():
        change(cast)
    after = shown(cast.course)
    packs = [course_pack(cast.course.key.hex, code) for code in ("en", "es")]
    assert packs[0] is not None
    assert after != before
    forget()
    assert shown(cast.course) == after
    assert [build_course(cast.course.key, code) for code in ("en", "es")] == packs


@pytest.mark.parametrize("change", CHANGES)
def test_lines_are_those_of_the_pages(
    cast: SimpleNamespace, change: Callable[[SimpleNamespace], None]
) -> None:
    """A lesson as its course needs it says what the page and its blocks say."""
    cast.second = make_course(cast.hub, "second")
    change(cast)
    for page in (page_of(cast.course), page_of(cast.second)):
        lessons = live_lessons(page)
        lines = lesson_lines(page)
        assert [line._replace(facts=None) for line in lines] == [
            line_of(one)._replace(facts=None) for one in lessons
        ]
        assert [line.rule() for line in lines] == [line_of(one).rule() for one in lessons]
        for line, one in zip(lines, lessons, strict=True):
            quizzes = list(children_of(one.body, "quiz"))
            inside = [child for quiz in quizzes for child in quiz.value["questions"]]
            counted = inside if quizzes else questions_of(one.body)
            assert line.facts.questions == tuple(str(child.id) for child in counted)
            assert line.facts.tasks == tuple(str(child.id) for child in tasks_of(one))


def test_addresses_are_those_of_the_pages(cast: SimpleNamespace) -> None:
    cast.second = make_course(cast.hub, "second")
    move_translation(cast)
    for code in ("en", "es"):
        pack = course_pack(cast.course.key.hex, code)
        assert pack is not None
        for row in pack.lessons:
            with override(code):
                page = LessonPage.objects.get(
                    translation_key=row.key, locale__language_code=row.language
                )
                assert row.url == page.url


def test_facts_are_forgotten_when_there_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "MOST_KNOWN", 2)
    segments.facts_known.clear()
    for number in range(3):
        assert segments.body_facts(" " * number + "[]").questions == ()
    assert len(segments.facts_known) == 1
    assert segments.body_facts("").size == 0
