"""What mentorship adds to my page, to lessons, courses and certificates."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from content import version
from content.models import HomePage
from courses.actions import enrol
from courses.models import Certificate
from mentorship.models import Mentor
from mentorship.queries import cards
from tests.courses.test_actions_learning import finish
from tests.factories import packs_of, page_of
from tests.mentorship.factories import make_ask, make_mentor, make_pairing

pytestmark = pytest.mark.django_db


def html_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def statements(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def certificate_of(cast: SimpleNamespace) -> str:
    finish(cast.learner, cast.course)
    return reverse("courses:certificate", args=[Certificate.objects.get().code])


# My page


LEARN = '<a href="/mentorship/">Learn with a mentor</a>'


def main_of(html: str) -> str:
    """What stands between the head and the foot of a page."""
    return html[html.index("<main") : html.index("</main>")]


def test_me_today_shows_somebody_new_the_way_to_a_mentor(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(cast.learner)
    html = html_of(client, "/me/")
    assert "my-mentorship" not in html and "Help the next person" not in html
    assert main_of(html).count(LEARN) == 1
    make_ask(cast.learner, cast.hub)
    assert LEARN not in main_of(html_of(client, "/me/"))


def test_home_shows_the_way_to_a_mentor_below_its_introduction(
    client: Client, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    home = HomePage.objects.get()
    home.body = [{"type": "text", "value": "<p>Short lessons.</p>"}]
    home.save_revision().publish()
    version.bump()
    for visitor in (client, signed_in(cast.learner)):
        main = main_of(html_of(visitor, "/"))
        assert main.count(LEARN) == 1
        assert main.index("Short lessons.") < main.index(LEARN) < main.index("<h2")
        assert f"{LEARN}<br>" in main
    assert statements(Client(), "/") == 0


def test_me_today_shows_the_place_and_the_day(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    ask = make_ask(cast.learner, cast.hub)
    day = (ask.asked_at + timedelta(days=5)).date()
    html = html_of(signed_in(cast.learner), "/me/")
    assert "You are number 1 in the line for a mentor." in html
    assert f"Harbour Hub looks at it on {day:%A}, {day.day} {day:%B %Y}." in html
    assert 'href="/mentorship/ask/cards/"' in html


def test_me_today_shows_both_sides_of_a_proposal(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    ask = make_ask(cast.learner, cast.hub, words="Loops are hard for me.")
    pairing = make_pairing(ask, make_mentor(cast.mentor, cast.hub), "proposed")
    day = pairing.expires_at.date()
    words = f"{day:%A}, {day.day} {day:%B %Y}."
    asked = html_of(signed_in(cast.learner), "/me/")
    assert f"You have asked Mentor. The answer comes by {words}" in asked
    answers = html_of(signed_in(cast.mentor), "/me/")
    assert "Learner asks you to be a mentor" in answers and "Loops are hard for me." in answers
    assert f"Please answer by {words}" in answers
    assert "Loops are hard" not in html_of(signed_in(cast.neighbour), "/me/")


def test_me_today_shows_a_pair_to_both(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    pairing = make_pairing(
        make_ask(cast.learner, cast.hub), make_mentor(cast.mentor, cast.hub), "accepted"
    )
    day = pairing.meet_by.date()
    for member, words in (
        (cast.learner, "Mentor is your mentor"),
        (cast.mentor, "You are the mentor of Learner"),
    ):
        html = html_of(signed_in(member), "/me/")
        assert words in html and f"Meet for the first time by {day.day} {day:%B %Y}" in html


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("active", "Your time together lasts until"),
        ("paused", "Paused until"),
        ("closing", "Say how it was, by"),
    ],
)
def test_me_today_always_says_a_date(
    cast: SimpleNamespace, signed_in: Callable[..., Client], state: str, words: str
) -> None:
    mentor = make_mentor(cast.mentor, cast.hub)
    make_pairing(make_ask(cast.learner, cast.hub), mentor, state)
    assert words in html_of(signed_in(cast.learner), "/me/")


GIVE = '<a href="/mentorship/offer/">What I give as a mentor</a>'


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("ready", "You are on the list of mentors. Nobody waits for your answer now."),
        ("paused", "You are paused as a mentor. Nobody new is sent to you."),
        ("applied", "Harbour Hub talks with you first. Then you are on the list of mentors."),
        ("screening", "Harbour Hub talks with you first. Then you are on the list of mentors."),
    ],
)
def test_me_today_says_how_a_mentor_without_anybody_stands(
    cast: SimpleNamespace, signed_in: Callable[..., Client], state: str, words: str
) -> None:
    mentor = make_mentor(cast.mentor, cast.hub, state=state)
    client = signed_in(cast.mentor)
    for path in ("/me/", "/mentorship/"):
        main = main_of(html_of(client, path))
        assert (main.count(f"{words} {GIVE}"), main.count("/mentorship/offer/")) == (1, 1)
    make_pairing(make_ask(cast.learner, cast.hub), mentor, "active")
    main = main_of(html_of(client, "/me/"))
    assert words not in main and main.count(GIVE) == 1


def test_me_today_shows_who_stopped_as_a_mentor_the_way_to_one(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    make_mentor(cast.mentor, cast.hub, state="left")
    client = signed_in(cast.mentor)
    main = main_of(html_of(client, "/me/"))
    assert (main.count(LEARN), "my-mentorship" in main) == (1, False)
    assert "Become a mentor" in main_of(html_of(client, "/mentorship/"))


def test_me_today_invites_who_has_finished_a_course(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    finish(cast.learner, cast.course)
    client = signed_in(cast.learner)
    html = html_of(client, "/me/")
    assert "You have finished “Basics”." in html and LEARN in main_of(html)
    assert f'action="/mentorship/offer/courses/{cast.course.pk}/"' in html
    make_mentor(cast.learner, cast.hub)
    assert "Help the next person" not in html_of(client, "/me/")


def test_me_today_costs_two_statements(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    assert statements(signed_in(cast.learner), "/me/") == 7
    make_ask(cast.learner, cast.hub)
    assert statements(signed_in(cast.learner), "/me/") == 8


# Lessons, courses, certificates


def test_lesson_after_carries_the_lesson_to_the_ask(client: Client, cast: SimpleNamespace) -> None:
    pack = packs_of(cast.course)[0]
    html = html_of(client, pack.url)
    assert f'<a href="/mentorship/ask/?lesson={pack.key}">Stuck? Ask for a mentor</a>' in html
    assert statements(Client(), pack.url) == 0


def test_lesson_after_costs_a_learner_nothing(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    enrol(member=cast.learner, course=cast.course)
    client, pack = signed_in(cast.learner), packs_of(cast.course)[0]
    assert "Stuck? Ask for a mentor" in html_of(client, pack.url)
    assert statements(client, pack.url) == 3


def test_course_after_carries_the_topic(
    client: Client, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    path = page_of(cast.course).url
    assert 'href="/mentorship/ask/?topic=coding"' in html_of(client, path)
    assert statements(Client(), path) == 0
    enrol(member=cast.learner, course=cast.course)
    client = signed_in(cast.learner)
    assert "Learn with a mentor" in html_of(client, path)
    assert statements(client, path) == 3


def test_course_after_invites_who_has_finished_with_one_statement(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    finish(cast.learner, cast.course)
    path, client = page_of(cast.course).url, signed_in(cast.learner)
    html = html_of(client, path)
    assert "Help the next person" in html and "Learn with a mentor" not in html
    assert statements(client, path) == 5
    make_mentor(cast.learner, cast.hub, courses=[cast.course])
    html = html_of(client, path)
    assert "Help the next person" not in html and "Learn with a mentor" not in html


def test_certificate_after_invites_its_owner_only(
    client: Client, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    path = certificate_of(cast)
    assert "I will be a mentor for it" in html_of(signed_in(cast.learner), path)
    assert "Help the next person" not in html_of(client, path)
    assert "Help the next person" not in html_of(signed_in(cast.neighbour), path)
    make_mentor(cast.learner, cast.hub, courses=[cast.course])
    assert "Help the next person" not in html_of(signed_in(cast.learner), path)


def test_a_mentor_without_times_is_asked_for_them_until_there_are_some(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    finish(cast.learner, cast.course)
    client = signed_in(cast.learner)
    client.get("/me/")
    before = statements(client, "/me/")
    response = client.post(f"/mentorship/offer/courses/{cast.course.pk}/")
    assert (response.status_code, response["Location"]) == (303, "/mentorship/offer/#when")
    form = client.get("/mentorship/offer/").context["form"]
    assert form["courses"].value() == [cast.course.pk.hex]
    link = 'href="/mentorship/offer/#when">Say when you have time</a>'
    assert link in html_of(client, "/me/")
    assert statements(client, "/me/") == before
    for values, is_asked in (
        ({"slots": ("mon-eve",)}, True),
        ({"ways": ("phone",)}, False),
        ({"slots": ()}, True),
        ({"state": "left"}, False),
    ):
        Mentor.objects.update(**values)
        assert (link in html_of(client, "/me/")) == is_asked, values
    make_mentor(cast.mentor, cast.hub)
    assert link not in html_of(signed_in(cast.mentor), "/me/")


def test_a_micro_mentor_who_says_when_can_be_sent_somebody(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    finish(cast.mentor, cast.course)
    client = signed_in(cast.mentor)
    client.post(f"/mentorship/offer/courses/{cast.course.pk}/")
    ask = make_ask(cast.learner, cast.hub, topic=None, course=cast.course)
    Mentor.objects.update(state="ready", check_level=1)
    assert cards(ask, timezone.now()) == []
    page = client.get("/mentorship/offer/")
    kept = {name: page.context["form"][name].value() for name in ("courses", "languages", "ways")}
    sent = {**kept, "slots": ["mon-eve"], "capacity": "1", "trait": "none", "time_zone": "UTC"}
    sent["is_adult"] = "on"
    assert client.post("/mentorship/offer/", sent).status_code == 303
    (card,) = cards(ask, timezone.now())
    assert (card.name, card.mentor.is_micro) == ("Mentor", True)
