"""Who comes to which page of the desk, and what nobody finds there who must not."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import Release
from tests.desk_parts import (
    NOW,
    Desk,
    lessons_of,
    make_certificate,
    make_desk,
    make_staff,
    rule,
    secrets_in,
)

STAFF = {"coordinator": 200, "editor": 200, "reviewer": 200}
ONE = {"coordinator": 200}
PEOPLE = [
    "coordinator",
    "editor",
    "reviewer",
    "safety",
    "other_coordinator",
    "other_editor",
    "learner",
    "neighbour",
]


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


@pytest.fixture
def tighter(desk: Desk) -> Release:
    key = lessons_of(desk.course)[0].key.hex
    outline = {"lessons": [rule(key, done_when="person")]}
    return Release.objects.create(
        course=desk.course, number=2, outline=outline, change="tighter", made_at=NOW
    )


def addresses(desk: Desk, hub: str = "riverside") -> dict[str, str]:
    """Every page of the desk that is read."""
    course = desk.course.pk
    return {
        "desk_hand_in": reverse("courses:desk_hand_in", args=[hub, desk.hand_in.pk]),
        "desk_ask": reverse("courses:desk_ask", args=[hub, desk.ask.pk]),
        "desk_course": reverse("courses:desk_course", args=[hub, course]),
        "desk_course_csv": reverse("courses:desk_course_csv", args=[hub, course]),
        "desk_learner": reverse("courses:desk_learner", args=[hub, course, desk.enrolment.pk]),
        "desk_mark_again": reverse("courses:desk_mark_again", args=[hub, course]),
        "desk_release": reverse("courses:desk_release", args=[hub, course, 2]),
    }


GATES = {
    "desk_hand_in": STAFF,
    "desk_ask": STAFF,
    "desk_course": STAFF,
    "desk_course_csv": ONE,
    "desk_learner": ONE,
    "desk_mark_again": {"editor": 200},
    "desk_release": {"editor": 200},
}
KNOWN = {
    "desk_hand_in": {
        "coordinator": ["zebra-hand-in", "Zebra Name"],
        "editor": ["zebra-hand-in"],
        "reviewer": ["zebra-hand-in"],
    },
    "desk_ask": {
        "coordinator": ["zebra-ask", "Zebra Name"],
        "editor": ["zebra-ask"],
        "reviewer": ["zebra-ask"],
    },
    "desk_course": {"coordinator": ["Zebra Name"]},
    "desk_course_csv": {"coordinator": ["Zebra Name"]},
    "desk_learner": {"coordinator": ["zebra-hand-in", "Zebra Name", "zebra-record"]},
    "desk_mark_again": {},
    "desk_release": {},
}


@pytest.mark.parametrize("page", GATES)
@pytest.mark.parametrize("person", PEOPLE)
def test_gate(client: Client, desk: Desk, tighter: Release, page: str, person: str) -> None:
    """The status for each person, and exactly the private words that the person may read."""
    client.force_login(getattr(desk, person))
    response = client.get(addresses(desk)[page])
    assert response.status_code == GATES[page].get(person, 404)
    if person != "learner":
        expected = KNOWN[page].get(person, [])
        assert secrets_in(response.getvalue()) == expected


@pytest.mark.parametrize("page", GATES)
def test_visitor_signs_in(client: Client, desk: Desk, tighter: Release, page: str) -> None:
    """A visitor is asked to sign in, whether the thing is there or not."""
    address = addresses(desk)[page]
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={address}")
    missing = client.get(addresses(desk, hub="nowhere")[page])
    assert missing.status_code == 302


@pytest.mark.parametrize("page", GATES)
@pytest.mark.parametrize("person", ["other_coordinator", "other_editor"])
def test_wrong_hub_in_address(
    client: Client, desk: Desk, tighter: Release, page: str, person: str
) -> None:
    """A thing of one hub is not found under the address of another, even by its own staff."""
    client.force_login(getattr(desk, person))
    response = client.get(addresses(desk, hub="market")[page])
    assert response.status_code == 404
    assert secrets_in(response.content) == []


def test_staff_of_both_hubs_uses_the_right_address(client: Client, desk: Desk) -> None:
    """Roles in two hubs do not mix the hubs."""
    both = make_staff("both", desk.hub, "coordinator")
    both.roles.create(hub=desk.other_hub, role="coordinator")
    client.force_login(both)
    pages = [name for name in GATES if name not in ("desk_mark_again", "desk_release")]
    assert [client.get(addresses(desk)[name]).status_code for name in pages] == [200] * 5
    assert [client.get(addresses(desk, "market")[name]).status_code for name in pages] == [404] * 5


def test_denied_equals_missing(client: Client, desk: Desk, tighter: Release) -> None:
    """What one may not see answers with the same words as what is not there."""
    missing = reverse("courses:desk_hand_in", args=["riverside", 999_999])
    for person in (desk.neighbour, desk.other_coordinator, desk.safety):
        client.force_login(person)
        pages = [client.get(place) for place in (addresses(desk)["desk_hand_in"], missing)]
        assert [page.status_code for page in pages] == [404, 404]
        assert bare(pages[0].content) == bare(pages[1].content)


def bare(content: bytes) -> str:
    """A page without its tokens and its own address."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", content.decode())
    return re.sub(r"/hand-ins/\d+/", "", text)


@pytest.mark.parametrize(
    "person", ["editor", "reviewer", "safety", "other_coordinator", "learner", "neighbour"]
)
@pytest.mark.parametrize("view", ["desk_lesson_confirm", "desk_certificate_withdraw"])
def test_changes_are_for_coordinators(client: Client, desk: Desk, person: str, view: str) -> None:
    """Nobody else changes a record; nothing happens."""
    make_certificate(desk.enrolment)
    client.force_login(getattr(desk, person))
    address = reverse(f"courses:{view}", args=["riverside", desk.course.pk, desk.enrolment.pk])
    lesson = lessons_of(desk.course)[1]
    response = client.post(address, {"lesson": lesson.pk, "reason": "because"})
    assert response.status_code == 404
    desk.enrolment.refresh_from_db()
    assert desk.enrolment.required_done == 1
    assert not hasattr(desk.enrolment.member.certificates.get(), "withdrawal")


@pytest.mark.parametrize("person", ["safety", "other_coordinator", "other_editor", "learner"])
def test_decisions_are_for_staff_of_the_hub(client: Client, desk: Desk, person: str) -> None:
    """Outsiders neither review nor answer; nothing happens."""
    client.force_login(getattr(desk, person))
    pages = addresses(desk)
    assert client.post(pages["desk_hand_in"], {"decision": "accept"}).status_code == 404
    assert client.post(pages["desk_ask"], {"answer": "No."}).status_code == 404
    desk.hand_in.refresh_from_db()
    desk.ask.refresh_from_db()
    assert (desk.hand_in.state, desk.ask.answered_at) == ("waiting", None)


def test_other_course_in_address(client: Client, desk: Desk) -> None:
    """A record is found only under its own course."""
    client.force_login(desk.coordinator)
    address = reverse("courses:desk_learner", args=["riverside", uuid4(), desk.enrolment.pk])
    assert client.get(address).status_code == 404


def test_nobody_reads_their_own_hand_in(client: Client, desk: Desk) -> None:
    """A learner who becomes staff does not decide about their own work."""
    desk.learner.roles.create(hub=desk.hub, role="reviewer")
    client.force_login(desk.learner)
    assert client.get(addresses(desk)["desk_hand_in"]).status_code == 404


def test_desk_pages_are_never_kept(client: Client, desk: Desk) -> None:
    """No cache keeps a page of the desk."""
    client.force_login(desk.coordinator)
    for name in ("desk_hand_in", "desk_course", "desk_course_csv", "desk_learner"):
        assert "no-store" in client.get(addresses(desk)[name])["Cache-Control"]
