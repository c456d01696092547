"""The course page and the lesson page: for visitors, members, editors who preview."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from content import version
from content.templatetags import keeping
from courses import actions
from courses.models import CourseDate, LessonPage
from courses.queries import LessonPack, answers_shown, member_state
from members.actions import notify
from members.models import Member
from tests.courses.test_actions_learning import finish
from tests.courses.test_actions_outline import spanish
from tests.factories import add_lesson, block_of, make_course, packs_of, page_of

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return response.content.decode()


def test_course_page_has_one_button_for_each_person(
    cast: SimpleNamespace, signed_in: Callable
) -> None:
    url = page_of(cast.course).url
    assert "Start the course" in text_of(Client().get(url))
    client = signed_in(cast.learner)
    assert "Start the course" in text_of(client.get(url))
    actions.complete_lesson(member=cast.learner, lesson=packs_of(cast.course)[0])
    started = text_of(client.get(url))
    assert "Continue the course" in started and "1 of 3 done" in started
    finish(cast.learner, cast.course)
    finished = text_of(client.get(url))
    assert "You have finished this course." in finished and "Start the course" not in finished


def test_course_page_shows_coming_dates_only(cast: SimpleNamespace) -> None:
    page = page_of(cast.course)
    page.dates.add(CourseDate(day=date(2020, 1, 1), time="10:00", place="The old room"))
    page.dates.add(CourseDate(day=date(2999, 1, 1), time="11:00", place="The new room"))
    page.save_revision().publish()
    version.bump()
    html = text_of(Client().get(page.url))
    assert "The new room" in html and "The old room" not in html


def test_course_page_carries_json_ld(cast: SimpleNamespace) -> None:
    html = text_of(Client().get(page_of(cast.course).url))
    found = json.loads(re.search(r'ld\+json">(.*?)</script>', html, re.S)[1])
    assert (found["@type"], found["name"]) == ("Course", "Basics")
    assert [one["@type"] for one in found["hasCourseInstance"]] == ["CourseInstance"]


def test_lesson_page_says_where_one_is_and_what_is_left(
    cast: SimpleNamespace, signed_in: Callable
) -> None:
    read, quiz, task = packs_of(cast.course)
    client = signed_in(cast.learner)
    html = text_of(client.get(quiz.url))
    assert "Lesson 2 of 3, about 6 minutes" in html
    assert "2 questions are still open; you need 60% right." in html
    assert "Done, continue" not in html
    assert "Hand in the task to finish this lesson." in text_of(client.get(task.url))
    assert "Read to the end, then press" in text_of(client.get(read.url))
    actions.complete_lesson(member=cast.learner, lesson=read)
    assert "You have done this lesson." in text_of(client.get(read.url))


def test_opening_a_lesson_keeps_the_place_of_who_has_started(
    cast: SimpleNamespace, signed_in: Callable
) -> None:
    quiz = packs_of(cast.course)[1]
    client = signed_in(cast.learner)
    client.get(quiz.url)
    cast.learner.refresh_from_db()
    assert cast.learner.resume_key is None
    actions.enrol(member=cast.learner, course=cast.course)
    client.get(quiz.url)
    cast.learner.refresh_from_db()
    assert (cast.learner.resume_key.hex, cast.learner.resume_title) == (quiz.key, quiz.title)


@pytest.mark.parametrize("off", ["lesson", "course", "hub"])
def test_a_lesson_is_missing_when_anything_above_it_is_not_live(
    cast: SimpleNamespace, signed_in: Callable, off: str
) -> None:
    read = packs_of(cast.course)[0]
    pages = {
        "lesson": LessonPage.objects.get(slug="read-1"),
        "course": page_of(cast.course),
        "hub": cast.hub.pages.get(),
    }
    pages[off].unpublish()
    version.bump()
    for client in (Client(), signed_in(cast.learner), signed_in(cast.editor)):
        assert client.get(read.url).status_code == 404
        assert client.post(f"/learn/lessons/{read.uuid}/done/").status_code == 404


def test_one_address_for_two_people_shows_each_their_own(
    cast: SimpleNamespace, signed_in: Callable
) -> None:
    read = packs_of(cast.course)[0]
    actions.complete_lesson(member=cast.learner, lesson=read)
    assert "You have done this lesson." in text_of(signed_in(cast.learner).get(read.url))
    for client in (signed_in(cast.neighbour), Client()):
        assert "You have done this lesson." not in text_of(client.get(read.url))


def test_the_same_lesson_in_spanish_has_the_same_progress(
    cast: SimpleNamespace, signed_in: Callable, commit: Callable
) -> None:
    with commit():
        spanish(cast.course)
    read = packs_of(cast.course)[0]
    actions.complete_lesson(member=cast.learner, lesson=read)
    translated = packs_of(cast.course, "es")[0]
    assert translated.url == "/es/hubs/harbour/basics/read-1/"
    client = signed_in(cast.learner)
    html = text_of(client.get(translated.url))
    assert 'lang="es"' in html and "en español" in html
    assert client.get(translated.url).context["is_done"] is True


def test_an_editor_previews_a_draft_as_a_learner_sees_it(
    cast: SimpleNamespace, signed_in: Callable
) -> None:
    page = LessonPage.objects.get(slug="questions-2")
    page.title = "A better title"
    page.save_revision(user=cast.editor)
    client = signed_in(cast.editor)
    url = f"/cms/pages/{page.pk}/view_draft/"
    html = text_of(client.get(url))
    assert "A better title" in html and "Check my answer" in html
    assert "A better title" not in text_of(Client().get(page.url))
    assert signed_in(cast.other_hub_editor).get(url).status_code in (302, 403, 404)


def test_an_editor_previews_a_new_lesson_in_its_place(
    cast: SimpleNamespace, signed_in: Callable
) -> None:
    page = add_lesson(page_of(cast.course), "read", "fresh")
    page.unpublish()
    html = text_of(signed_in(cast.editor).get(f"/cms/pages/{page.pk}/view_draft/"))
    assert "Lesson 4 of 4, about 5 minutes" in html
    assert page.title in html and "Fresh" not in text_of(Client().get(page_of(cast.course).url))


def test_an_editor_previews_a_course_that_is_not_live(
    cast: SimpleNamespace, signed_in: Callable
) -> None:
    page = page_of(make_course(cast.hub, "fresh", ("read",)))
    page.unpublish()
    page.summary = "Not for everybody yet"
    page.save_revision(user=cast.editor)
    url = f"/cms/pages/{page.pk}/view_draft/"
    assert "Not for everybody yet" in text_of(signed_in(cast.editor).get(url))


def same(html: str) -> str:
    """A page without the tokens of its forms."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)


def both_ways(client: Client, url: str) -> tuple[str, str]:
    """A page as it is kept, and as it is without anything kept."""
    kept = same(text_of(client.get(url)))
    keeping.pages.clear()
    keeping.store.clear()
    return kept, same(text_of(client.get(url)))


def test_a_kept_page_is_the_page_of_this_person_whoever_came_before(
    cast: SimpleNamespace, signed_in: Callable
) -> None:
    """Two people after every step of both: what one of them left never shows to the other."""
    read, questions, task = packs_of(cast.course)
    first, second = block_of(questions, "first"), block_of(questions, "second")
    wrong = questions.public[first]["choices"][1]["id"]
    right = questions.public[first]["choices"][0]["id"]
    steps: list[Callable] = [
        lambda member: None,
        lambda member: actions.enrol(member=member, course=cast.course),
        lambda member: notify(member=member, key="told", kind="test", text=f"For {member.name}"),
        lambda member: actions.complete_lesson(member=member, lesson=read),
        lambda member: answer(member, questions, first, wrong, 1),
        lambda member: answer(member, questions, first, right, 2),
        lambda member: answer(member, questions, second, f"words of {member.name}", 1),
        lambda member: actions.ask_about_lesson(member=member, lesson=read, words=member.name),
        lambda member: actions.hand_in_task(
            member=member, lesson=task, block_id=block_of(task, "do-it"), words=member.name
        ),
        lambda member: answer(member, questions, second, "browser", 2),
    ]
    clients = [(signed_in(one), one) for one in (cast.learner, cast.neighbour)]
    urls = [page_of(cast.course).url, read.url, questions.url, task.url]
    for step in steps:
        for number, (_client, member) in enumerate(clients):
            step(member)
            other = clients[1 - number][1].name
            for url in urls:
                clients[1 - number][0].get(url)
                kept, fresh = both_ways(clients[number][0], url)
                assert kept == fresh
                assert f"words of {other}" not in kept


def answer(member: Member, lesson: LessonPack, block: str, given: str, number: int) -> None:
    """Answer one question."""
    sent = [actions.Answer(block, given, number=number)]
    actions.answer_questions(member=member, lesson=lesson, answers=sent)


def test_a_question_in_other_words_than_now_keeps_no_page(
    cast: SimpleNamespace, signed_in: Callable
) -> None:
    questions = packs_of(cast.course)[1]
    answer(cast.learner, questions, block_of(questions, "second"), "an answer", 1)
    state = member_state(cast.learner, questions)
    assert answers_shown(questions, state) == ((block_of(questions, "second"), "'an answer'"),)
    given = state.answers[block_of(questions, "second")][0]
    older = replace(given, definition={**given.definition})
    state.answers[block_of(questions, "second")] = [older]
    assert answers_shown(questions, state) is None
