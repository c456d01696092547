"""A course that is there in two languages by half, and a level named in the reader's language."""

import re
from types import SimpleNamespace

import pytest
from django.test import Client
from wagtail.models import Locale

from content import version
from content.models import HomePage, HubIndexPage, HubPage, Level
from courses.models import CoursePage, LessonPage
from tests.courses.test_actions_outline import spanish
from tests.factories import make_course, page_of

pytestmark = pytest.mark.django_db


def page(path: str) -> str:
    return Client().get(path).content.decode()


def rows(html: str) -> list[str]:
    """The lessons of a course page."""
    return re.findall(r"<li class=\"is-.*?</li>", html.split('<ol class="steps">')[1], re.S)


@pytest.fixture
def partly(cast: SimpleNamespace) -> SimpleNamespace:
    """Two of three lessons speak Spanish; each has a summary."""
    for lesson in LessonPage.objects.child_of(page_of(cast.course)):
        lesson.summary = f"About {lesson.title}."
        lesson.save_revision().publish()
    cast.spanish = spanish(cast.course)
    version.bump()
    return cast


def test_each_lesson_in_another_language_says_so_in_words(partly: SimpleNamespace) -> None:
    own, _second, other = rows(page(partly.spanish.url))
    assert '<p class="step-more">Inglés</p>' in other
    assert '<p class="step-more" lang="en">About Task 3.</p>' in other
    assert ("Inglés" in own, "lang=" in own) == (False, False)
    assert "español" not in "".join(rows(page(page_of(partly.course).url)))


def languages(html: str) -> str:
    """What the facts say on languages, without the links."""
    found = re.search(r"<dt>(?:Languages|Idiomas)</dt><dd>(.*?)</dd>", html)[1]
    return re.sub("<[^>]+>", "", found)


def test_the_course_says_how_much_of_it_is_in_each_language(partly: SimpleNamespace) -> None:
    english = page_of(partly.course).url
    assert languages(page(english)) == "English, español (2 of 3 lessons)"
    assert languages(page(partly.spanish.url)) == "English, español (2 de 3 lecciones)"
    last = LessonPage.objects.child_of(page_of(partly.course)).last()
    last.copy_for_translation(partly.spanish.locale).save_revision().publish()
    version.bump()
    assert languages(page(english)) == "English, español"
    LessonPage.objects.child_of(partly.spanish).delete()
    version.bump()
    assert languages(page(english)) == "English, español (0 of 3 lessons)"


def test_a_level_is_named_in_the_language_of_the_reader(cast: SimpleNamespace) -> None:
    Level.objects.update(name="For beginners", names_in="es: Para empezar")
    make_course(cast.hub, "second")
    in_spanish = Locale.objects.get(language_code="es")
    for each in (
        HomePage.objects.get(),
        HubIndexPage.objects.get(),
        HubPage.objects.get(hub=cast.hub),
    ):
        each.copy_for_translation(in_spanish).save_revision().publish()
    version.bump()
    assert CoursePage.objects.filter(locale=in_spanish).count() == 0
    for path, count in (("/", 2), ("/es/", 2), ("/es/courses/", 2), ("/es/hubs/harbour/", 2)):
        html = page(path)
        level, other = ("Para empezar", "For beginners")[:: 1 if "es" in path[:3] else -1]
        assert html.count(f"· {level} ·") == count, path
        assert f"· {other} ·" not in html
