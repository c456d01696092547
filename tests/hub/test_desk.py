"""The desk: one's hubs, and what waits in one of them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.models import Release
from members.models import Hub, HubRole, Member
from tests.desk_parts import (
    NOW,
    Desk,
    lessons_of,
    make_ask,
    make_course,
    make_desk,
    make_enrolment,
    make_hand_in,
    make_member,
    rule,
    secrets_in,
)

HUB = "/desk/riverside/"


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


def tighten(desk: Desk) -> Release:
    """A release that asks for more."""
    outline = {"lessons": [rule(lessons_of(desk.course)[0].key.hex, done_when="person")]}
    return Release.objects.create(
        course=desk.course, number=2, outline=outline, change="tighter", made_at=NOW
    )


@pytest.mark.parametrize("person", ["coordinator", "editor", "reviewer", "safety"])
def test_one_hub_opens_at_once(client: Client, desk: Desk, person: str) -> None:
    """Who works in one hub is there with one tap."""
    client.force_login(getattr(desk, person))
    response = client.get("/desk/")
    assert (response.status_code, response["Location"]) == (302, HUB)


@pytest.mark.parametrize("person", ["learner", "neighbour"])
def test_no_role_no_desk(client: Client, desk: Desk, person: str) -> None:
    """Without a role there is no desk."""
    client.force_login(getattr(desk, person))
    assert [client.get(place).status_code for place in ("/desk/", HUB)] == [404, 404]


@pytest.mark.parametrize("place", ["/desk/", HUB, "/desk/nowhere/"])
def test_visitor_signs_in(client: Client, desk: Desk, place: str) -> None:
    """A visitor is asked to sign in."""
    assert client.get(place)["Location"] == f"/accounts/login/?next={place}"


@pytest.mark.parametrize(
    ("person", "status", "seen"),
    [
        ("coordinator", 200, ["Zebra Name"]),
        ("editor", 200, []),
        ("reviewer", 200, []),
        ("safety", 200, []),
        ("other_coordinator", 404, []),
        ("other_editor", 404, []),
    ],
)
def test_desk_hub(client: Client, desk: Desk, person: str, status: int, seen: list[str]) -> None:
    """Staff of the hub only; names for its coordinators only."""
    client.force_login(getattr(desk, person))
    response = client.get(HUB)
    assert response.status_code == status
    assert secrets_in(response.content) == seen


def test_what_waits_comes_oldest_first(client: Client, desk: Desk) -> None:
    """Each thing is one line with one link, the longest waiting first."""
    other = make_enrolment(make_member("second"), desk.course, desk.hub)
    older = make_hand_in(other, made_at=NOW - timedelta(days=3))
    client.force_login(desk.reviewer)
    page = client.get(HUB).content.decode()
    first, second = f"/hand-ins/{older.pk}/", f"/hand-ins/{desk.hand_in.pk}/"
    assert 0 < page.index(first) < page.index(second)
    assert f"/questions/{desk.ask.pk}/" in page


def test_done_things_do_not_wait(client: Client, desk: Desk) -> None:
    """What is decided or answered is gone, and the empty desk says what to do."""
    desk.hand_in.state = "accepted"
    desk.hand_in.save()
    desk.ask.answered_at = NOW
    desk.ask.save()
    client.force_login(desk.coordinator)
    page = client.get(HUB).content.decode()
    assert "/hand-ins/" not in page
    assert "/questions/" not in page
    assert "No task or question waits for you" in page


def test_release_choice_waits_for_editors(client: Client, desk: Desk) -> None:
    """An open choice stands on the desk of the course's editors, until it is made."""
    release = tighten(desk)
    place = f"/desk/riverside/courses/{desk.course.pk}/release/2/"
    for person, count in ((desk.editor, 1), (desk.coordinator, 0), (desk.reviewer, 0)):
        client.force_login(person)
        assert client.get(HUB).content.decode().count(place) == count
    release.chosen_at = NOW
    release.save()
    client.force_login(desk.editor)
    assert place not in client.get(HUB).content.decode()


def test_members_link_is_for_coordinators(client: Client, desk: Desk) -> None:
    """Only coordinators are led to the members."""
    for person, count in ((desk.coordinator, 1), (desk.editor, 0), (desk.safety, 0)):
        client.force_login(person)
        assert client.get(HUB).content.decode().count('href="/desk/riverside/members/"') == count


def fill(desk: Desk, count: int) -> None:
    """So many of each thing on the desk."""
    for number in range(1, count):
        course = make_course(desk.hub, f"Course {number}")
        enrolment = make_enrolment(make_member(f"p{number}"), course, desk.hub)
        make_hand_in(enrolment)
        make_ask(enrolment, key=uuid4())


@pytest.mark.parametrize("count", [1, 3])
def test_desk_hub_statements(client: Client, desk: Desk, count: int) -> None:
    """The same statements for one of each thing and for three."""
    fill(desk, count)
    client.force_login(desk.coordinator)
    client.get(HUB)
    with CaptureQueriesContext(connection) as statements:
        client.get(HUB)
    assert len(statements) == 27


def two_roles(desk: Desk, extra: int) -> Member:
    """A coordinator of two hubs and some more."""
    HubRole.objects.create(member=desk.coordinator, hub=desk.other_hub, role="coordinator")
    for number in range(extra):
        hub = Hub.objects.create(slug=f"hub{number}", name=f"Hub {number}", place="Place")
        HubRole.objects.create(member=desk.coordinator, hub=hub, role="editor")
    return desk.coordinator


def test_desk_lists_hubs_with_what_waits(client: Client, desk: Desk) -> None:
    """With several hubs each one says how much waits there."""
    tighten(desk)
    HubRole.objects.create(member=desk.coordinator, hub=desk.hub, role="editor")
    client.force_login(two_roles(desk, 0))
    response = client.get("/desk/")
    rows = [(row.hub.slug, row.count) for row in response.context["rows"]]
    assert rows == [("market", 0), ("riverside", 3)]
    page = response.content.decode()
    assert HUB in page
    assert "/desk/market/" in page


@pytest.mark.parametrize("extra", [0, 2])
def test_desk_statements(client: Client, desk: Desk, extra: int) -> None:
    """The same statements for two hubs and for four."""
    client.force_login(two_roles(desk, extra))
    client.get("/courses/")
    with CaptureQueriesContext(connection) as statements:
        client.get("/desk/")
    assert len(statements) == 15


def test_admin_sees_every_hub(client: Client, desk: Desk) -> None:
    """The network admin has all desks."""
    admin = make_member("admin", is_superuser=True)
    client.force_login(admin)
    assert [row.hub.slug for row in client.get("/desk/").context["rows"]] == ["market", "riverside"]
    assert client.get(HUB).status_code == 200
