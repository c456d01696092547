"""Courses in the CMS: what is not deleted while people learn from it, what may come before."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.forms import ModelForm, modelform_factory
from django.test import Client, RequestFactory
from wagtail.models import Page

from content.models import HubPage
from courses import actions
from courses.forms.writing import BeforeForm
from courses.models import Course, CourseBefore, CoursePage, LessonPage
from courses.viewsets import lacks_lessons, lead_to_first_lesson
from members.errors import Refused
from members.models import Hub, Member
from tests.courses.test_actions_outline import spanish
from tests.factories import make_course, packs_of, page_of

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


def listed(client: Client, page: CoursePage) -> list[str]:
    """The titles below a page of the CMS, from the top."""
    html = client.get(f"/cms/pages/{page.pk}/").content.decode()
    linked = re.findall(r'href="/cms/pages/(\d+)/edit/', html[html.index("<table") :])
    titles = {str(lesson.pk): lesson.title for lesson in LessonPage.objects.child_of(page)}
    return list(dict.fromkeys(titles[pk] for pk in linked if pk in titles))


def test_lessons_are_listed_in_the_order_of_the_course(
    learned: SimpleNamespace, signed_in: Callable[[Member], Client]
) -> None:
    learned.untouched.save_revision(user=learned.editor)
    learned.lesson.save_revision(user=learned.editor)
    in_order = ["Read 1", "Questions 2", "Task 3"]
    assert listed(signed_in(learned.editor), learned.page) == in_order
    learned.untouched.move(learned.page, pos="last-child")
    assert listed(signed_in(learned.editor), learned.page) == ["Read 1", "Task 3", "Questions 2"]


def begun(client: Client, course: CoursePage, button: str) -> str:
    """Write a new course in the CMS and press a button; the page that follows."""
    add = f"/cms/pages/add/courses/coursepage/{course.get_parent().pk}/"
    facts = {"title": "New course", "slug": "new-course", "summary": "All new.", "hours": "1"}
    chosen = {"topic": course.topic_id, "level": course.level_id, "mode": "online"}
    rules = {"order": "ordered", "access": "everybody", "body": "null"}
    counts = {
        f"{name}-{count}": "0"
        for name in ("dates", "befores")
        for count in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    sent = {**facts, **chosen, **rules, **counts, button: "1"}
    return client.post(add, sent, follow=True).content.decode()


@pytest.mark.parametrize("button", ["action-publish", "action-submit"])
def test_a_new_course_leads_on_to_its_first_lesson(
    learned: SimpleNamespace, signed_in: Callable[[Member], Client], button: str
) -> None:
    html = begun(signed_in(learned.admin), learned.page, button)
    new = CoursePage.objects.get(slug="new-course")
    add = f"/cms/pages/add/courses/lessonpage/{new.pk}/"
    assert "“New course” has no lessons yet, so nobody can learn in it." in html
    assert re.findall(r'<a[^>]+href="([^"]+)"[^>]*>\s*Write the first lesson', html) == [add]


def test_a_draft_and_a_course_with_lessons_are_left_in_peace(
    learned: SimpleNamespace, signed_in: Callable[[Member], Client]
) -> None:
    assert "has no lessons yet" not in begun(signed_in(learned.admin), learned.page, "save")
    new = CoursePage.objects.get(slug="new-course")
    learned.untouched.move(new, pos="last-child")
    request = RequestFactory().post("/", {"action-publish": "1"})
    assert not lacks_lessons(new)
    assert not lacks_lessons(learned.lesson)
    assert lead_to_first_lesson(request, new) is None


def test_a_course_without_lessons_has_no_empty_parts(cast: SimpleNamespace) -> None:
    bare = make_course(cast.hub, "bare", lessons=())
    html = Client().get(page_of(bare).url).content.decode()
    assert "This course has no lessons yet." in html
    assert 'id="lessons"' not in html
    assert "of text for the whole course" not in html
    full = Client().get(page_of(cast.course).url).content.decode()
    assert ('id="lessons"' in full, "of text for the whole course" in full) == (True, True)


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


@pytest.fixture
def two_hubs(cast: SimpleNamespace, settings: object) -> SimpleNamespace:
    """Courses of both hubs, published, taken back and never seen by anybody."""
    settings.WEFT_REQUIRE_SECOND_FACTOR = False
    cast.own_closed = make_course(cast.hub, "own-closed", title="Own, taken back")
    cast.theirs = make_course(cast.other_hub, "theirs", title="Theirs, to read")
    cast.theirs_members = make_course(
        cast.other_hub, "theirs-members", title="Theirs, for members", access="members"
    )
    cast.theirs_closed = make_course(cast.other_hub, "theirs-closed", title="SECRET taken back")
    for course in (cast.own_closed, cast.theirs_closed):
        page_of(course).unpublish()
    draft = CoursePage(title="SECRET draft", slug="secret", live=False)
    page_of(cast.theirs).get_parent().specific.add_child(instance=draft)
    return cast


def offered(client: Client, page: CoursePage) -> list[str]:
    """The courses that the CMS offers as coming before a new one."""
    html = client.get(f"/cms/pages/{page.pk}/edit/").content.decode()
    assert "SECRET" not in html
    select = html.split('name="befores-__prefix__-course"')[1].split("</select>")[0]
    return re.findall(r">([^<>]+)</option>", select)


def test_an_editor_puts_courses_before_that_they_may_see(
    two_hubs: SimpleNamespace, signed_in: Callable[[Member], Client]
) -> None:
    page = page_of(two_hubs.course)
    own = ["Basics", "Own, taken back"]
    read = ["Theirs, for members", "Theirs, to read"]
    assert offered(signed_in(two_hubs.editor), page)[1:] == [*own, *read]
    HubPage.objects.get(hub=two_hubs.other_hub).unpublish()
    assert offered(signed_in(two_hubs.editor), page)[1:] == own


def before_form(member: Member, course: Course, **more: object) -> ModelForm:
    """The form of a course before another one, as it was sent."""
    form = modelform_factory(CourseBefore, form=BeforeForm, fields=["course", "is_required"])
    return form({"course": course.pk}, for_user=member, **more)


def test_a_hidden_course_is_refused_like_a_missing_one(two_hubs: SimpleNamespace) -> None:
    hidden = before_form(two_hubs.editor, two_hubs.theirs_closed)
    missing = before_form(two_hubs.editor, Course(title="Not there"))
    assert not hidden.is_valid()
    assert hidden.errors == missing.errors
    assert before_form(two_hubs.editor, two_hubs.theirs).is_valid()
    assert before_form(two_hubs.other_hub_editor, two_hubs.theirs_closed).is_valid()
    assert before_form(two_hubs.admin, two_hubs.theirs_closed).is_valid()


def test_a_course_that_stands_before_stays_when_it_is_taken_back(
    two_hubs: SimpleNamespace,
) -> None:
    row = CourseBefore(page=page_of(two_hubs.course), course=two_hubs.theirs_closed)
    form = before_form(two_hubs.editor, two_hubs.theirs_closed, instance=row)
    assert form.is_valid()
    html = form["course"].as_widget()
    assert "A course that is closed just now" in html
    assert "SECRET" not in html
