"""How many statements each kind of page costs: exact numbers, and never above the table "Speed"."""

from collections.abc import Callable
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from PIL import Image
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.models import Locale

from content import version
from content.actions import add_picture
from courses.actions import complete_lesson, enrol
from courses.models import Attempt, Course, Enrolment
from courses.queries import LessonPack
from members.models import Member
from tests.factories import PASSWORD, make_course, packs_of, page_of

# PRODUCT.md, table "Speed": what each job may cost at most.
AT_MOST = {
    "public page from the cache": 0,
    "catalogue": 8,
    "course page after a change": 20,
    "course page or lesson signed in": 5,
    "complete a lesson": 7,
    "quiz of ten": 18,
    "my learning": 7,
    "search": 4,
    "sign-in": 10,
}
NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")
TEN = "\n".join(
    f"""
::: question one id=q{number}
Question {number}?
- [x] Right
  > Yes.
- [ ] Wrong
  > No.
:::"""
    for number in range(10)
)
QUIZ = f"""
---
title: {{title}}
slug: {{slug}}
minutes: 9
done_when: questions
---
Ten questions.

:::: quiz id=quiz title="What stayed"
{TEN}
::::
"""


def count(act: Callable[[], Any], status: int = 200) -> int:
    """How many statements an action costs, and that it ended as it should."""
    with CaptureQueriesContext(connection) as captured:
        response: HttpResponseBase = act()
    assert response.status_code == status
    said = [query["sql"] for query in captured.captured_queries]
    return len([sql for sql in said if not sql.startswith(NOT_COUNTED)])


def after_a_change(path: str) -> int:
    """What a visitor's first look costs after something was published, in a process that runs."""
    Client().get(path)
    version.bump()
    return count(lambda: Client().get(path))


def start(client: Client, course: Course) -> None:
    """Start a course as a person does, on its page."""
    url = reverse("courses:enrol", args=[course.key])
    assert client.post(url).status_code == 303


def check(job: str, measured: int, literal: int) -> None:
    """The number is exactly this one, and the table allows it."""
    assert measured == literal
    assert measured <= AT_MOST[job]


def right_answers(pack: LessonPack) -> dict[str, Any]:
    """The form of a quiz in which every answer is right."""
    form: dict[str, Any] = {"block": list(pack.definitions)}
    for block, definition in pack.definitions.items():
        right = next(one for one in definition["answers"] if one["right"])
        form[f"q-{block}"] = right["id"]
        if definition["kind"] == "text":
            form[f"q-{block}"] = right["text"].partition("|")[0]
        form[f"n-{block}"] = "1"
        form[f"v-{block}"] = pack.versions[block][1]
    return form


def more_courses(cast: SimpleNamespace, number: int) -> list[Course]:
    """Courses beside the first one, each with a topic, a level and lessons."""
    return [make_course(cast.hub, f"more-{place}") for place in range(number)]


# Signed out


def test_public_page_signed_out_from_the_cache(cast: SimpleNamespace) -> None:
    lesson = packs_of(cast.course)[0].url
    public = ("/", "/courses/", "/hubs/", "/hubs/harbour/", "/mentorship/", "/mentorship/ask/")
    for path in (*public, page_of(cast.course).url, lesson):
        Client().get(path)
        check("public page from the cache", count(lambda path=path: Client().get(path)), 0)


def test_lesson_with_questions_signed_out_from_the_cache(cast: SimpleNamespace) -> None:
    path = packs_of(cast.course)[1].url
    Client().get(path)
    check("public page from the cache", count(lambda: Client().get(path)), 0)


@pytest.mark.parametrize("courses", [1, 3])
def test_catalogue_signed_out_not_cached(cast: SimpleNamespace, courses: int) -> None:
    more_courses(cast, courses - 1)
    check("catalogue", after_a_change("/courses/"), 6)


@pytest.mark.parametrize("courses", [1, 3])
def test_catalogue_filtered_not_cached(cast: SimpleNamespace, courses: int) -> None:
    more_courses(cast, courses - 1)
    path = "/courses/?topic=coding&level=starter&language=en&mode=online&hub=harbour&q=about"
    check("catalogue", after_a_change(path), 6)


def test_course_page_signed_out_first_view_after_a_change(cast: SimpleNamespace) -> None:
    path = page_of(cast.course).url
    check("course page after a change", after_a_change(path), 11)


def test_course_page_whose_lessons_have_pictures_costs_no_more(cast: SimpleNamespace) -> None:
    out = BytesIO()
    Image.new("RGB", (30, 20)).save(out, "PNG")
    picture = add_picture(member=None, title="Loom", data=out.getvalue())
    shown = {"image": picture.pk, "alt_text": "A loom", "decorative": False}
    page = page_of(cast.course)
    for lesson in page.get_children().specific():
        lesson.body = [*lesson.body.raw_data, {"type": "picture", "value": shown, "id": "loom"}]
        lesson.save_revision().publish()
    check("course page after a change", after_a_change(page.url), 11)


def test_course_page_in_two_languages_after_a_change(cast: SimpleNamespace) -> None:
    page = page_of(cast.course)
    spanish = Locale.objects.get(language_code="es")
    for one in [*page.get_ancestors().filter(depth__gt=1), page, *page.get_children()]:
        if not one.has_translation(spanish):
            copy = CopyPageForTranslationAction(one.specific, spanish).execute(
                skip_permission_checks=True
            )
            copy.save_revision().publish()
    with override("en"):
        check("course page after a change", after_a_change(page.url), 11)
        path = page.get_translation(spanish).url
        check("course page after a change", after_a_change(path), 12)


@pytest.mark.parametrize("courses", [1, 3])
def test_search_signed_out(cast: SimpleNamespace, courses: int) -> None:
    more_courses(cast, courses - 1)
    check("search", after_a_change("/search/?q=about"), 3)


# Signed in


def test_course_page_signed_in(cast: SimpleNamespace, signed_in: Callable[..., Client]) -> None:
    client, path = signed_in(cast.learner), page_of(cast.course).url
    start(client, cast.course)
    client.get(path)
    check("course page or lesson signed in", count(lambda: client.get(path)), 3)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_lesson_signed_in(
    cast: SimpleNamespace, signed_in: Callable[..., Client], place: int
) -> None:
    client, pack = signed_in(cast.learner), packs_of(cast.course)[place]
    start(client, cast.course)
    client.get(pack.url)
    check("course page or lesson signed in", count(lambda: client.get(pack.url)), [3, 4, 3][place])


def test_lesson_and_course_of_a_finished_course(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    course = make_course(cast.hub, "short", ("questions", "read"))
    client, (quiz, read) = signed_in(cast.learner), packs_of(course)
    client.post(reverse("courses:answer", args=[quiz.uuid]), right_answers(quiz))
    client.post(reverse("courses:lesson_complete", args=[read.uuid]))
    assert cast.learner.certificates.count() == 1
    for path, literal in ((quiz.url, 5), (read.url, 4), (page_of(course).url, 5)):
        client.get(path)
        measured = count(lambda path=path: client.get(path))
        check("course page or lesson signed in", measured, literal)


def test_complete_a_lesson(cast: SimpleNamespace, signed_in: Callable[..., Client]) -> None:
    client, pack = signed_in(cast.learner), packs_of(cast.course)[0]
    start(client, cast.course)
    client.get(pack.url)
    path = reverse("courses:lesson_complete", args=[pack.uuid])
    check("complete a lesson", count(lambda: client.post(path), 303), 7)
    assert Enrolment.objects.get(member=cast.learner).required_done == 1


def test_quiz_of_ten_whole_sitting(cast: SimpleNamespace, signed_in: Callable[..., Client]) -> None:
    course = make_course(cast.hub, "quiz", (QUIZ, "read"))
    client, pack = signed_in(cast.learner), packs_of(course)[0]
    start(client, course)
    client.get(pack.url)
    path = reverse("courses:answer", args=[pack.uuid])
    see = count(lambda: client.get(pack.url))
    answer = count(lambda: client.post(path, right_answers(pack)), 303)
    result = count(lambda: client.get(pack.url))
    assert Attempt.objects.filter(enrolment__member=cast.learner, is_right=True).count() == 10
    assert (see, answer, result) == (4, 9, 4)
    check("quiz of ten", see + answer + result, 17)


@pytest.mark.parametrize("courses", [1, 3])
def test_my_learning(cast: SimpleNamespace, signed_in: Callable[..., Client], courses: int) -> None:
    for course in (cast.course, *more_courses(cast, courses - 1)):
        enrol(member=cast.learner, course=course)
        complete_lesson(member=cast.learner, lesson=packs_of(course)[0])
    client = signed_in(cast.learner)
    client.get("/me/")
    check("my learning", count(lambda: client.get("/me/")), 7)


def test_sign_in(cast: SimpleNamespace) -> None:
    member = Member.objects.get(pk=cast.learner.pk)
    member.password = make_password(PASSWORD)
    member.save()
    client, form = Client(), {"login": member.username, "password": PASSWORD}
    check("sign-in", count(lambda: client.post("/accounts/login/", form), 302), 9)
    assert "sessionid" in client.cookies
