"""Who comes in at mentorship's desk, and what nobody finds there."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from members.models import HubRole
from mentorship.models import Pairing
from tests.desk_parts import make_member

from .desk_site import DAY, Site, make_site, place
from .factories import make_ask, make_mentor, make_pairing

READ = ("desk_board", "desk_mentors", "desk_pairs", "desk_programmes", "desk_programme_new")
READ += ("desk_figures", "desk_figures_csv", "desk_mentor", "desk_ask", "desk_pair")
READ += ("desk_programme",)
SENT = ("desk_mentor_move", "desk_check_add", "desk_pair_move", "desk_pair_contact")
OTHERS = ("editor", "reviewer", "safety", "other_coordinator", "learner", "neighbour")


@pytest.fixture
def site(db: None) -> Site:
    return make_site()


def address(site: Site, name: str, hub: str = "riverside") -> str:
    """A page of the desk with a real thing in it."""
    things: dict[str, Any] = {
        "desk_mentor": site.mentor,
        "desk_mentor_move": site.mentor,
        "desk_check_add": site.mentor,
        "desk_ask": site.ask,
        "desk_pair": site.pairing,
        "desk_pair_move": site.pairing,
        "desk_pair_contact": site.pairing,
        "desk_programme": site.programme,
    }
    rest = [things[name].pk] if name in things else []
    return reverse(f"mentorship:{name}", args=[hub, *rest])


@pytest.mark.parametrize("name", READ)
def test_coordinators_and_the_network_admin_come_in(client: Client, site: Site, name: str) -> None:
    for member in (site.coordinator, make_member("root", is_superuser=True)):
        client.force_login(member)
        assert client.get(address(site, name)).status_code == 200


@pytest.mark.parametrize("name", [*READ, *SENT])
def test_for_others_it_is_not_there(client: Client, site: Site, name: str) -> None:
    """The same answer as for a thing that is missing, to read and to send."""
    for person_ in OTHERS:
        client.force_login(getattr(site.desk, person_))
        sent = client.post(address(site, name), {"reason": "x"}).status_code
        assert (client.get(address(site, name)).status_code, sent) in (
            (404, 404),
            (405, 404),
            (404, 405),
        )
    assert Pairing.objects.get(pk=site.pairing.pk).state == "active"


@pytest.mark.parametrize("name", [name for name in READ if name not in ("desk_programme_new",)])
def test_a_thing_of_another_hub_is_not_there(client: Client, site: Site, name: str) -> None:
    """A coordinator of both hubs finds each thing under its own hub only."""
    HubRole.objects.create(member=site.coordinator, hub=site.desk.other_hub, role="coordinator")
    client.force_login(site.coordinator)
    has_thing = name in ("desk_mentor", "desk_ask", "desk_pair", "desk_programme")
    assert client.get(address(site, name, "market")).status_code == (404 if has_thing else 200)


@pytest.mark.parametrize("name", READ)
def test_a_visitor_signs_in(client: Client, site: Site, name: str) -> None:
    path = address(site, name)
    assert client.get(path)["Location"] == f"/accounts/login/?next={path}"


@pytest.mark.parametrize("name", READ)
def test_nothing_that_the_two_wrote_is_shown(client: Client, site: Site, name: str) -> None:
    client.force_login(site.coordinator)
    assert "zebra" not in client.get(address(site, name)).content.decode()


@pytest.mark.parametrize("name", READ)
def test_no_cache_keeps_a_page(client: Client, site: Site, name: str) -> None:
    client.force_login(site.coordinator)
    assert "no-store" in client.get(address(site, name))["Cache-Control"]


def test_nobody_finds_their_own_pairs_and_asks(client: Client, site: Site) -> None:
    """A coordinator who asks or mentors handles the others only: a no must stay private."""
    mine = make_ask(site.coordinator, site.hub, asked_at=site.now - 20 * DAY)
    pairing = make_pairing(mine, site.mentor, "declined", at=site.now - 9 * DAY)
    given = make_mentor(site.coordinator, site.hub)
    other = make_pairing(site.ask, given, "proposed", at=site.now)
    client.force_login(site.coordinator)
    for name, row in (("desk_ask", mine), ("desk_pair", pairing), ("desk_pair", other)):
        assert client.get(place(name, site, row.pk)).status_code == 404
    board = client.get(place("desk_board", site)).content.decode()
    assert [place("desk_ask", site, row.pk) in board for row in (mine, site.ask)] == [False, True]
    for show in ("open", "proposed", "ended"):
        page = client.get(place("desk_pairs", site), {"show": show}).content.decode()
        assert "Coordinator" not in page
