"""Becoming a mentor, changing what one gives, being away, pausing, stopping."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.actions import join_hub
from mentorship import actions
from mentorship.models import Absence, Mentor, MentorAsk, Pairing
from tests.courses.test_actions_learning import finish
from tests.mentorship.factories import (
    make_absence,
    make_ask,
    make_mentor,
    make_pairing,
    make_topic,
)

pytestmark = pytest.mark.django_db
OFFER = "/mentorship/offer/"
FORM: dict[str, Any] = {
    "topics": ["coding"],
    "languages": ["en", "es"],
    "ways": ["phone"],
    "spans": ["end-am"],
    "time_zone": "Europe/Madrid",
    "capacity": "2",
    "serves_all_hubs": "on",
    "hello": "Hello, I fix bikes and code.",
    "trait": "woman",
    "is_adult": "on",
}
POSTS = ["away/", "away/1/drop/", "pause/", "return/"]


def html_of(response: Any) -> str:
    return response.content.decode()


@pytest.fixture
def topic(cast: SimpleNamespace) -> Any:
    return make_topic()


def test_mentor_offer_is_open_to_a_visitor(client: Client, topic: Any) -> None:
    html = html_of(client.get(OFFER))
    assert "Become a mentor" in html and "Next you make an account." in html
    assert client.cookies == {}


def test_mentor_offer_of_a_visitor_is_kept_until_there_is_an_account(
    client: Client, topic: Any
) -> None:
    response = client.post(OFFER, FORM | {"hub": "valley"})
    assert response.status_code == 303
    assert response["Location"] == "/accounts/signup/?next=/mentorship/offer/&hub=valley"
    assert "What you wrote is kept." in html_of(client.get(response["Location"]))
    form = {"name": "Nia", "username": "nia", "password1": "three small boats", "hub": "valley"}
    assert client.post(response["Location"], form)["Location"] == OFFER
    page = client.get(OFFER)
    assert "Your words are kept." in html_of(page) and FORM["hello"] in html_of(page)
    kept = page.context["form"]
    assert (kept["topics"].value(), kept["spans"].value()) == (["coding"], ["end-am"])
    assert (kept["trait"].value(), kept["capacity"].value()) == ("woman", "2")
    assert client.post(OFFER, FORM)["Location"] == OFFER
    assert "Your words are kept." not in html_of(client.get(OFFER))
    assert Mentor.objects.get().hub.slug == "valley"


def test_mentor_offer_makes_a_mentor_whom_the_hub_talks_with_first(
    cast: SimpleNamespace, topic: Any, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(cast.learner)
    response = client.post(OFFER, FORM)
    assert (response.status_code, response["Location"]) == (303, OFFER)
    mentor = Mentor.objects.get()
    assert (mentor.member, mentor.hub, mentor.state) == (cast.learner, cast.hub, "applied")
    assert list(mentor.topics.all()) == [topic] and not mentor.courses.exists()
    assert (mentor.languages, mentor.ways) == (("en", "es"), ("phone",))
    assert (mentor.slots, mentor.time_zone) == (("sat-am", "sun-am"), "Europe/Madrid")
    assert (mentor.capacity, mentor.traits, mentor.serves_all_hubs) == (2, ("woman",), True)
    assert mentor.hello == FORM["hello"]
    html = html_of(client.get(OFFER))
    assert "Thank you. Harbour Hub will talk with you first." in html
    assert "Then you are on the list. You need not do anything now." in html


def test_mentor_offer_takes_the_clock_of_the_hub_which_is_chosen(
    cast: SimpleNamespace, topic: Any, signed_in: Callable[..., Client]
) -> None:
    cast.hub.time_zone, cast.other_hub.time_zone = "Europe/London", "America/Bogota"
    cast.hub.save()
    cast.other_hub.save()
    client = signed_in(cast.outsider)
    page = client.get(OFFER)
    assert page.context["form"]["time_zone"].value() == "hub"
    assert "These are times of your hub. Change the clock" in html_of(page)
    client.post(OFFER, FORM | {"hub": "valley", "time_zone": "hub"})
    assert Mentor.objects.get().time_zone == "America/Bogota"
    join_hub(member=cast.outsider, hub=cast.hub)
    kept = client.get(OFFER).context["form"]["time_zone"].value()
    client.post(OFFER, FORM | {"hub": "harbour", "time_zone": kept})
    assert (kept, Mentor.objects.get().time_zone) == ("hub", "Europe/London")


def test_mentor_offer_of_a_visitor_keeps_the_clock_of_the_hub(client: Client, topic: Any) -> None:
    client.post(OFFER, FORM | {"hub": "valley", "time_zone": "hub"})
    assert client.session["mentor_offer"]["time_zone"] == "hub"


def test_mentor_offer_twice_is_one_mentor_and_changes_are_kept(
    cast: SimpleNamespace, topic: Any, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(cast.learner)
    client.post(OFFER, FORM)
    client.post(OFFER, FORM | {"trait": "none", "hello": "", "slots": ["tue-pm"]})
    mentor = Mentor.objects.get()
    assert (mentor.traits, mentor.hello) == ((), "")
    form = client.get(OFFER).context["form"]
    assert (form["spans"].value(), form["slots"].value()) == (["end-am"], ["tue-pm"])
    assert (form["topics"].value(), form["capacity"].value()) == (["coding"], 2)


def test_mentor_offer_asks_once_for_the_age(
    cast: SimpleNamespace, topic: Any, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(cast.learner)
    finish(cast.learner, cast.course)
    actions.volunteer_micro(member=cast.learner, course=cast.course)
    young = {name: value for name, value in FORM.items() if name != "is_adult"}
    assert client.post(OFFER, young).status_code == 422
    assert Mentor.objects.get().slots == ()
    client.post(OFFER, FORM)
    assert "is_adult" not in client.get(OFFER).context["form"].fields
    assert client.post(OFFER, young | {"slots": ["tue-pm"]}).status_code == 303
    actions.leave_mentoring(member=cast.learner)
    assert "is_adult" in client.get(OFFER).context["form"].fields


def test_mentor_offer_says_what_is_missing_and_keeps_the_rest(
    cast: SimpleNamespace, topic: Any, signed_in: Callable[..., Client]
) -> None:
    sent = {"hello": FORM["hello"], "capacity": "11", "time_zone": "Moon/Base"}
    response = signed_in(cast.learner).post(OFFER, sent)
    html = html_of(response)
    assert response.status_code == 422
    for words in (
        "Tick at least one topic or course.",
        "Tick at least one language.",
        "Tick at least one way.",
        "Tick at least one time.",
        "Choose a number from 1 to 10.",
        "Mentors are 18 or older for now.",
        "Choose a place from the list.",
        FORM["hello"],
    ):
        assert words in html, words
    assert not Mentor.objects.exists()


def test_mentor_offer_shows_why_it_is_refused(
    cast: SimpleNamespace, topic: Any, signed_in: Callable[..., Client]
) -> None:
    mentor = make_mentor(cast.mentor, cast.hub, capacity=2)
    for member in (cast.learner, cast.neighbour):
        make_pairing(make_ask(member, cast.hub), mentor, "active")
    response = signed_in(cast.mentor).post(OFFER, FORM | {"capacity": "1"})
    assert response.status_code == 422
    assert "You have 2 learners now. Choose that number or more." in html_of(response)


def test_mentor_offer_names_finished_courses_only(
    cast: SimpleNamespace, topic: Any, signed_in: Callable[..., Client]
) -> None:
    client, key = signed_in(cast.learner), cast.course.pk.hex
    assert "courses" not in client.get(OFFER).context["form"].fields
    client.post(OFFER, FORM | {"courses": [key]})
    assert not Mentor.objects.get().courses.exists()
    finish(cast.learner, cast.course)
    assert client.get(OFFER).context["form"].fields["courses"].choices == [(key, "Basics")]
    client.post(OFFER, FORM | {"topics": [], "courses": [key]})
    assert list(Mentor.objects.get().courses.all()) == [cast.course]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("screening", "Harbour Hub talks with you first."),
        ("ready", "You are on the list."),
        ("paused", "I have time again"),
        ("left", "Do you want to start again?"),
    ],
)
def test_mentor_offer_says_how_one_stands(
    cast: SimpleNamespace, signed_in: Callable[..., Client], state: str, words: str
) -> None:
    make_mentor(cast.mentor, cast.hub, state=state)
    html = html_of(signed_in(cast.mentor).get(OFFER))
    assert words in html
    assert ("Days when I am away" in html) is (state != "left")
    assert ("Take a pause" in html) is (state == "ready")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("paused", "Your hub has paused you as a mentor."),
        ("left", "Your hub has ended your time as a mentor."),
    ],
)
def test_mentor_offer_says_who_stopped_it(
    cast: SimpleNamespace, signed_in: Callable[..., Client], state: str, words: str
) -> None:
    make_mentor(cast.mentor, cast.hub, state=state, is_held_by_hub=True)
    client = signed_in(cast.mentor)
    html = html_of(client.get(OFFER))
    assert words in html
    assert "I have time again" not in html and "You have stopped" not in html
    refused = client.post(f"{OFFER}return/")
    assert refused.status_code == 422
    if state == "paused":
        assert "Your hub has paused this." in html_of(refused)


# Away, pause, back


@pytest.mark.parametrize("path", POSTS)
def test_a_visitor_signs_in_and_comes_back_to_the_offer(
    client: Client, cast: SimpleNamespace, path: str
) -> None:
    assert client.post(OFFER + path)["Location"] == f"/accounts/login/?next={OFFER}"
    assert client.get(OFFER + path).status_code == 405


@pytest.mark.parametrize("path", [*POSTS, "leave/"])
def test_who_is_no_mentor_has_nothing_to_change(
    cast: SimpleNamespace, signed_in: Callable[..., Client], path: str
) -> None:
    make_absence(make_mentor(cast.mentor, cast.hub), timezone.now())
    assert signed_in(cast.learner).post(OFFER + path).status_code == 404


def test_mentor_absence_add_and_mentor_absence_drop(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    make_mentor(cast.mentor, cast.hub)
    client, today = signed_in(cast.mentor), timezone.localdate()
    days = {"from_on": today + timedelta(days=3), "until_on": today + timedelta(days=9)}
    for _again in range(2):
        assert client.post(f"{OFFER}away/", days)["Location"] == f"{OFFER}#away"
    absence = Absence.objects.get()
    assert (absence.from_on, absence.until_on) == (days["from_on"], days["until_on"])
    assert "Take it away" in html_of(client.get(OFFER))
    drop = reverse("mentorship:mentor_absence_drop", args=[absence.pk])
    assert client.post(drop)["Location"] == f"{OFFER}#away"
    assert not Absence.objects.exists()
    assert client.post(drop).status_code == 404


def test_mentor_absence_add_says_what_is_wrong_and_keeps_the_days(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    make_mentor(cast.mentor, cast.hub)
    client = signed_in(cast.mentor)
    response = client.post(f"{OFFER}away/", {"from_on": "2027-03-09", "until_on": "2027-03-02"})
    html = html_of(response)
    assert response.status_code == 422
    assert "The last day comes before the first one." in html and 'value="2027-03-09"' in html
    assert "Hello, I am Mentor." in html
    response = client.post(f"{OFFER}away/", {"from_on": "soon", "until_on": ""})
    assert response.status_code == 422
    assert "Write the day like 2027-03-20." in html_of(response)
    assert "Choose a day." in html_of(response)
    assert not Absence.objects.exists()


def test_mentor_absence_drop_of_somebody_else_is_missing(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    absence = make_absence(make_mentor(cast.mentor, cast.hub), timezone.now())
    make_mentor(cast.neighbour, cast.hub)
    path = reverse("mentorship:mentor_absence_drop", args=[absence.pk])
    assert signed_in(cast.neighbour).post(path).status_code == 404
    assert Absence.objects.exists()


def test_mentor_pause_and_mentor_return(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    mentor = make_mentor(cast.mentor, cast.hub)
    client = signed_in(cast.mentor)
    for path, state, words in (
        ("pause/", "paused", "You are paused."),
        ("return/", "ready", "Welcome back."),
    ):
        for _again in range(2):
            assert client.post(OFFER + path)["Location"] == OFFER
        mentor.refresh_from_db()
        assert mentor.state == state
        assert words in html_of(client.get(OFFER))


def test_mentor_pause_before_one_is_ready_is_refused_on_the_page(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    make_mentor(cast.mentor, cast.hub, state="applied")
    response = signed_in(cast.mentor).post(f"{OFFER}pause/")
    assert response.status_code == 422
    assert "Your hub has not said yet that you are ready." in html_of(response)


def test_mentor_leave_says_what_happens_and_then_does_it(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    mentor = make_mentor(cast.mentor, cast.hub)
    make_pairing(make_ask(cast.learner, cast.hub), mentor, "active")
    client = signed_in(cast.mentor)
    assert "Stop being a mentor?" in html_of(client.get(f"{OFFER}leave/"))
    response = client.post(f"{OFFER}leave/", {"reason": "I move house."})
    assert (response.status_code, response["Location"]) == (303, "/mentorship/")
    mentor.refresh_from_db()
    assert (mentor.state, Pairing.objects.get().state) == ("left", "closed")
    assert MentorAsk.objects.waiting().get().member == cast.learner
    assert "Thank you for your time." in html_of(client.get("/mentorship/"))


def test_mentor_leave_keeps_what_is_too_long(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    make_mentor(cast.mentor, cast.hub)
    response = signed_in(cast.mentor).post(f"{OFFER}leave/", {"reason": "x" * 501})
    assert response.status_code == 422
    assert "Please keep it under 500 letters." in html_of(response)
    assert Mentor.objects.get().state == "ready"


def test_mentor_leave_asks_a_visitor_to_sign_in(client: Client, cast: SimpleNamespace) -> None:
    found = client.get(f"{OFFER}leave/")["Location"]
    assert found == f"/accounts/login/?next={OFFER}leave/"


# Micro-mentors


def test_mentor_volunteer_for_a_finished_course(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    finish(cast.learner, cast.course)
    client, path = signed_in(cast.learner), f"{OFFER}courses/{cast.course.pk}/"
    for _again in range(2):
        assert client.post(path)["Location"] == f"{OFFER}#when"
    mentor = Mentor.objects.get()
    assert (mentor.is_micro, mentor.state) == (True, "applied")
    assert list(mentor.courses.all()) == [cast.course]
    page = client.get(OFFER)
    assert "Now say when you have time" in html_of(page)
    assert page.context["form"]["courses"].value() == [cast.course.pk.hex]
    assert page.context["form"]["ways"].value() == ["phone", "video", "hub"]


def test_mentor_volunteer_needs_the_course_to_be_finished(
    client: Client, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    path = f"{OFFER}courses/{cast.course.pk}/"
    assert client.post(path)["Location"] == f"/accounts/login/?next={OFFER}"
    response = signed_in(cast.learner).post(path)
    assert response.status_code == 422
    assert "You can help with a course when you have finished it." in html_of(response)
    missing = f"{OFFER}courses/00000000-0000-4000-8000-000000000000/"
    assert signed_in(cast.learner).post(missing).status_code == 404
    assert not Mentor.objects.exists()


def test_a_mentor_of_two_hubs_reads_first_what_a_move_means(
    cast: SimpleNamespace, topic: Any, signed_in: Callable[..., Client]
) -> None:
    words = "If you choose another hub, its people talk with you first"
    mentor = make_mentor(cast.mentor, cast.hub)
    client = signed_in(cast.mentor)
    assert words not in html_of(client.get(OFFER))
    join_hub(member=cast.mentor, hub=cast.other_hub)
    page = client.get(OFFER)
    assert words in html_of(page)
    assert page.context["form"]["hub"].value() == cast.hub.slug
    client.post(OFFER, FORM | {"hub": cast.hub.slug})
    mentor.refresh_from_db()
    assert (mentor.hub, mentor.state) == (cast.hub, "ready")
    client.post(OFFER, FORM | {"hub": cast.other_hub.slug})
    mentor.refresh_from_db()
    assert (mentor.hub, mentor.state) == (cast.other_hub, "applied")
    said = f"Thank you. {cast.other_hub.name} will talk with you first."
    assert said in html_of(client.get(OFFER))
