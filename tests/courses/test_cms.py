"""Courses in the CMS: what is not deleted while people learn from it."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import Client
from wagtail.models import Page

from courses import actions
from courses.models import CoursePage, LessonPage
from members.errors import Refused
from members.models import Hub, Member
from tests.courses.test_actions_outline import spanish
from tests.factories import packs_of, page_of

pytestmark = pytest.mark.django_db
WHO = ("editor", "admin")


@pytest.fixture
def learned(cast: SimpleNamespace, settings: object) -> SimpleNamespace:
    """Two people have learned in the first lesson."""
    settings.WEFT_REQUIRE_SECOND_FACTOR = False
    first = packs_of(cast.course)[0]
    for member in (cast.learner, cast.neighbour):
        actions.complete_lesson(member=member, lesson=first)
    cast.page = page_of(cast.course)
    cast.lesson, cast.untouched = LessonPage.objects.child_of(cast.page).order_by("path")[:2]
    return cast


def sentence(title: str) -> str:
    return f"2 people have learned in “{title}”. Unpublish it instead"


def delete(client: Client, page: Page) -> str:
    """Press Delete in the CMS; the page that follows."""
    return client.post(f"/cms/pages/{page.pk}/delete/", follow=True).content.decode()


@pytest.mark.parametrize("who", WHO)
def test_a_lesson_with_learners_stays(
    learned: SimpleNamespace, signed_in: Callable[[Member], Client], who: str
) -> None:
    client = signed_in(getattr(learned, who))
    assert sentence("Read 1") in delete(client, learned.lesson)
    assert (
        sentence("Read 1")
        in client.get(f"/cms/pages/{learned.lesson.pk}/delete/", follow=True).content.decode()
    )
    assert LessonPage.objects.filter(pk=learned.lesson.pk, live=True).exists()


@pytest.mark.parametrize("who", WHO)
def test_a_lesson_with_learners_stays_among_many(
    learned: SimpleNamespace, signed_in: Callable[[Member], Client], who: str
) -> None:
    pages = f"id={learned.lesson.pk}&id={learned.untouched.pk}"
    url = f"/cms/bulk/wagtailcore/page/delete/?{pages}&next=/cms/"
    html = signed_in(getattr(learned, who)).post(url, follow=True).content.decode()
    assert sentence("Read 1") in html
    assert LessonPage.objects.child_of(learned.page).count() == 3


def test_a_course_stays_for_the_network_admin_too(
    learned: SimpleNamespace, signed_in: Callable[[Member], Client]
) -> None:
    assert sentence("Basics") in delete(signed_in(learned.admin), learned.page)
    assert CoursePage.objects.filter(pk=learned.page.pk, live=True).exists()


def test_a_lesson_that_nobody_has_touched_may_go(
    learned: SimpleNamespace, signed_in: Callable[[Member], Client]
) -> None:
    delete(signed_in(learned.editor), learned.untouched)
    assert not LessonPage.objects.filter(pk=learned.untouched.pk).exists()


def test_a_translation_may_go_for_progress_is_one(learned: SimpleNamespace) -> None:
    spanish(learned.course)
    translated = LessonPage.objects.get(
        translation_key=learned.lesson.translation_key, locale__language_code="es"
    )
    assert translated.reason_to_keep() == ""
    translated.delete()
    assert learned.course.enrolments.count() == 2


def test_no_other_door_deletes_it(learned: SimpleNamespace) -> None:
    lessons = LessonPage.objects.filter(pk=learned.lesson.pk)
    for delete_it in (learned.lesson.delete, learned.page.delete, lessons.delete):
        with pytest.raises(Refused, match="Unpublish it instead"), transaction.atomic():
            delete_it()
    assert LessonPage.objects.child_of(learned.page).count() == 3


def test_the_first_screen_leads_to_the_next_lesson(
    learned: SimpleNamespace, signed_in: Callable[[Member], Client]
) -> None:
    add = f"/cms/pages/add/courses/lessonpage/{learned.page.pk}/"
    html = signed_in(learned.editor).get("/cms/").content.decode()
    assert ("My courses" in html, html.count(f'href="{add}"')) == (True, 1)
    assert signed_in(learned.editor).get(add).status_code == 200
    assert "My courses" not in signed_in(learned.other_hub_editor).get("/cms/").content.decode()


def test_the_cms_has_the_name_and_the_colours_of_the_hub(
    learned: SimpleNamespace, signed_in: Callable[[Member], Client]
) -> None:
    Hub.objects.filter(pk=learned.hub.pk).update(colour="plum")
    mine = signed_in(learned.editor).get("/cms/").content.decode()
    assert '<span class="weft-name">Harbour Hub</span>' in mine
    assert (mine.count("cms/hub-plum.css"), " - Harbour Hub</title>" in mine) == (1, True)
    theirs = signed_in(learned.other_hub_editor).get("/cms/").content.decode()
    assert '<span class="weft-name">Valley Hub</span>' in theirs
    assert "cms/hub-" not in theirs
    admin = signed_in(learned.admin).get("/cms/").content.decode()
    assert '<span class="weft-name">Weft</span>' in admin
