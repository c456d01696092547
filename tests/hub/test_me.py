"""My learning: where I stopped, notices, what I finished, and nobody else's."""

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.test import Client

from courses import actions
from courses.models import Certificate
from members.actions import notify
from tests.courses.test_actions_learning import finish
from tests.factories import add_lesson, make_course, packs_of, page_of

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def html_of(client: Client) -> str:
    response = client.get("/me/")
    assert response.status_code == 200
    return response.content.decode()


def tell(cast: SimpleNamespace, member, words: str) -> None:
    notify(member=member, key=words, kind="answer", text=words, url="/me/", now=NOON)


def test_me_asks_a_visitor_to_sign_in(client: Client) -> None:
    response = client.get("/me/")
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/me/")


def test_me_of_a_newcomer_says_what_to_do_next(cast: SimpleNamespace, signed_in: Callable) -> None:
    html = html_of(signed_in(cast.outsider))
    assert "Choose a course" in html and "Nothing new." in html
    assert "Continue where I stopped" not in html


def test_me_leads_to_the_lesson_at_which_one_stopped(
    cast: SimpleNamespace, signed_in: Callable
) -> None:
    actions.complete_lesson(member=cast.learner, lesson=packs_of(cast.course)[0])
    client = signed_in(cast.learner)
    html = html_of(client)
    assert "Continue where I stopped" in html
    address = html.split("Continue where I stopped")[0].rsplit('href="', 1)[1].split('"')[0]
    assert client.get(address)["Location"] == packs_of(cast.course)[1].url


def test_me_shows_what_is_finished(cast: SimpleNamespace, signed_in: Callable) -> None:
    finish(cast.learner, cast.course)
    html = html_of(signed_in(cast.learner))
    code = Certificate.objects.get().code
    assert f"/certificates/{code}/" in html and "1 course, 1.5 hours learned." in html


def test_me_says_one_hour_as_a_certificate_does(cast: SimpleNamespace, signed_in: Callable) -> None:
    cast.course.hours = 1
    cast.course.save()
    finish(cast.learner, cast.course)
    assert "1 course, 1 hour learned." in html_of(signed_in(cast.learner))


def test_me_says_which_lessons_are_extra(
    cast: SimpleNamespace, signed_in: Callable, commit: Callable
) -> None:
    actions.complete_lesson(member=cast.learner, lesson=packs_of(cast.course)[0])
    words = "1 more lesson is extra, not needed for the certificate."
    assert "for the certificate" not in html_of(signed_in(cast.learner))
    with commit():
        add_lesson(page_of(cast.course), "read", "more", is_required=False)
    assert words in html_of(signed_in(cast.learner))


def test_me_keeps_the_title_of_a_course_that_is_gone(
    cast: SimpleNamespace, signed_in: Callable, commit: Callable
) -> None:
    actions.complete_lesson(member=cast.learner, lesson=packs_of(cast.course)[0])
    with commit():
        page_of(cast.course).unpublish()
    assert "<h3>Basics</h3>" in html_of(signed_in(cast.learner))


def test_me_shows_nothing_of_others(cast: SimpleNamespace, signed_in: Callable) -> None:
    finish(cast.neighbour, cast.course)
    tell(cast, cast.neighbour, "PRIVATE-WORDS")
    tell(cast, cast.learner, "For me")
    html = html_of(signed_in(cast.learner))
    assert "For me" in html
    assert "PRIVATE-WORDS" not in html and Certificate.objects.get().code not in html


def test_me_shows_the_newest_notices_only(cast: SimpleNamespace, signed_in: Callable) -> None:
    for number in range(7):
        tell(cast, cast.learner, f"Notice number {number}")
    html = html_of(signed_in(cast.learner))
    assert html.count("Notice number") == 5 and "See all notices" in html


@pytest.mark.parametrize("number", [1, 3])
def test_me_takes_the_same_statements_for_any_number(
    cast: SimpleNamespace, signed_in: Callable, django_assert_num_queries: Callable, number: int
) -> None:
    for one in range(number):
        short = make_course(cast.hub, f"short-{one}", ("read",))
        actions.complete_lesson(member=cast.learner, lesson=packs_of(short)[0])
        open_one = make_course(cast.hub, f"open-{one}", ("read", "task"))
        actions.complete_lesson(member=cast.learner, lesson=packs_of(open_one)[0])
        tell(cast, cast.learner, f"Notice {one}")
    client = signed_in(cast.learner)
    html_of(client)
    with django_assert_num_queries(7):
        html_of(client)


def test_me_leads_to_the_same_page_in_another_language(
    cast: SimpleNamespace, signed_in: Callable
) -> None:
    client = signed_in(cast.learner)
    assert '<a href="/es/me/" lang="es" hreflang="es">Español</a>' in html_of(client)
    html = client.get("/es/me/").content.decode()
    assert '<a href="/me/" lang="en" hreflang="en">English</a>' in html
