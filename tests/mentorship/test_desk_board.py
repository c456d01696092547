"""The board of mentorship's desk: who waits, whom to see, what is told on the desk of the hub."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from members.models import HubRole
from mentorship.queries import desk

from .desk_site import DAY, Site, make_site, more_pairs, person, place, say, text_of
from .factories import make_ask, make_mentor, make_pairing


@pytest.fixture
def site(db: None) -> Site:
    return make_site()


# Who waits


def test_desk_board(client: Client, site: Site) -> None:
    client.force_login(site.coordinator)
    page = text_of(client.get(place("desk_board", site)))
    for words in ("1 pair now.", "1 mentor is ready.", "1 person waits.", "Cleo", "Coding"):
        assert words in page
    for words in ("No pair is at risk.", "No new mentor, and no check that runs out soon."):
        assert words in page
    assert "too long" not in page


def test_a_hub_without_a_safety_lead_is_told_so(client: Client, site: Site) -> None:
    client.force_login(site.coordinator)
    words = "This hub has no safety lead. Until it has one, reports of problems go to"
    assert words not in text_of(client.get(place("desk_board", site)))
    HubRole.objects.filter(member=site.desk.safety).update(hub=site.desk.other_hub)
    assert words in text_of(client.get(place("desk_board", site)))
    assert not desk.board(site.coordinator, site.hub, site.now).has_lead


def test_an_ask_is_late_after_the_days_of_its_programme(site: Site) -> None:
    """To the second."""
    for ago, is_late in ((5 * DAY, True), (5 * DAY - timedelta(seconds=1), False)):
        site.ask.made_at = site.now - ago
        site.ask.save()
        board = desk.board(site.coordinator, site.hub, site.now)
        assert ([row.is_late for row in board.asks], board.late) == ([is_late], int(is_late))


def test_those_who_asked_first_come_first(client: Client, site: Site) -> None:
    early = make_ask(person(site.hub, "dora", site.now), site.hub, asked_at=site.now - 8 * DAY)
    board = desk.board(site.coordinator, site.hub, site.now)
    assert [row.ask for row in board.asks] == [early, site.ask]
    assert [row.days for row in board.asks] == [8, 2]
    client.force_login(site.coordinator)
    assert "8 days, too long" in text_of(client.get(place("desk_board", site)))


def test_the_time_with_a_mentor_is_no_waiting(client: Client, site: Site) -> None:
    """Who asked long ago, had a mentor and asks again comes first and is not late."""
    again = make_ask(
        person(site.hub, "dora", site.now),
        site.hub,
        asked_at=site.now - 60 * DAY,
        made_at=site.now - DAY,
    )
    board = desk.board(site.coordinator, site.hub, site.now)
    assert [(row.ask, row.days, row.is_late) for row in board.asks] == [
        (again, 1, False),
        (site.ask, 2, False),
    ]
    assert desk.waiting_counts(site.coordinator, site.now) == {}
    assert [row.first_asked for row in board.asks] == [again.asked_at, None]
    client.force_login(site.coordinator)
    page = text_of(client.get(place("desk_board", site)))
    assert "too long" not in page
    day = localtime(again.asked_at, ZoneInfo(site.hub.time_zone))
    words = f"asked first on {date_format(day, 'DATE_FORMAT')}"
    assert page.count("asked first on") == page.count(words) == 1
    assert words in text_of(client.get(place("desk_ask", site, again.pk)))


def test_who_is_asked_stands_beside_who_waits(client: Client, site: Site) -> None:
    proposal = make_pairing(site.ask, site.mentor, "proposed", at=site.now)
    client.force_login(site.coordinator)
    page = text_of(client.get(place("desk_board", site)))
    assert "Ana is asked and answers by" in page
    assert place("desk_pair", site, proposal.pk) in page


def test_a_proposal_that_ran_out_is_not_out(site: Site) -> None:
    make_pairing(site.ask, site.mentor, "proposed", at=site.now - 4 * DAY)
    board = desk.board(site.coordinator, site.hub, site.now)
    assert [row.proposal for row in board.asks] == [None]


def test_somebody_whose_account_is_gone_has_no_name(client: Client, site: Site) -> None:
    site.ask.member = None
    site.ask.save()
    client.force_login(site.coordinator)
    assert (
        "somebody whose name is deleted" in client.get(place("desk_board", site)).content.decode()
    )
    assert client.get(place("desk_ask", site, site.ask.pk)).status_code == 200


def test_mentors_to_see(site: Site) -> None:
    """New ones, and those whose check runs out within 30 days."""
    made = {
        "fresh": {"state": "applied"},
        "checking": {"state": "screening"},
        "soon": {"check_due_on": (site.now + 30 * DAY).date()},
        "later": {"check_due_on": (site.now + 31 * DAY).date()},
        "over": {"check_due_on": site.now.date()},
        "paused": {"state": "paused", "check_due_on": site.now.date()},
    }
    for name, values in made.items():
        make_mentor(person(site.hub, name, site.now), site.hub, applied_at=site.now, **values)
    rows = desk.board(site.coordinator, site.hub, site.now).mentors
    assert [row.mentor.member.username for row in rows] == ["fresh", "checking", "soon", "over"]
    starts = [row.words.split(" on ")[0] for row in rows]
    assert starts == ["Applied", "Applied", "The check runs out", "The check ran out"]


# What is told on the desk of the hub


def fill(site: Site, count: int) -> None:
    """So many of each thing that waits."""
    site.ask.asked_at = site.ask.made_at = site.now - 9 * DAY
    site.ask.save()
    for number in range(1, count):
        asker = person(site.hub, f"asker{number}", site.now)
        make_ask(asker, site.hub, asked_at=site.now - 8 * DAY)
    for number in range(count):
        fresh = person(site.hub, f"fresh{number}", site.now)
        make_mentor(fresh, site.hub, state="applied")
    for pairing in more_pairs(site, count):
        say(pairing, pairing.mentee, site.now, going=1)


def test_desk_of_the_hub_says_what_waits(client: Client, site: Site) -> None:
    """Rows with links for coordinators; nothing for others, not even the way there."""
    fill(site, 1)
    client.force_login(site.coordinator)
    page = text_of(client.get("/desk/riverside/"))
    for words in ("Pairs that need you", "People who wait too long", "New mentors to see"):
        assert words in page
    assert place("desk_ask", site, site.ask.pk) in page
    assert page.count(f'href="{place("desk_board", site)}"') == 2
    cases = reverse("mentorship:desk_cases", args=["riverside"])
    for other, ways in (("editor", 0), ("reviewer", 0), ("safety", 1)):
        client.force_login(getattr(site.desk, other))
        page = client.get("/desk/riverside/").content.decode()
        assert (page.count(f'href="{cases}"'), page.count("/desk/riverside/mentorship/")) == (
            ways,
            ways,
        )


def test_desk_of_the_hub_shows_the_first_few(client: Client, site: Site) -> None:
    fill(site, 7)
    waiting = desk.desk_waiting(site.coordinator, site.hub, site.now)
    assert [len(rows) for rows in (waiting.pairs, waiting.asks, waiting.mentors)] == [5, 5, 5]


def test_nothing_is_told_where_nothing_waits(client: Client, site: Site) -> None:
    client.force_login(site.coordinator)
    page = client.get("/desk/riverside/").content.decode()
    assert "Pairs that need you" not in page
    assert place("desk_board", site) in page


def test_the_list_of_desks_counts_what_waits(client: Client, site: Site) -> None:
    """One late ask, one pair at risk, one new mentor, beside a task and a question of courses."""
    fill(site, 1)
    HubRole.objects.create(member=site.coordinator, hub=site.desk.other_hub, role="coordinator")
    client.force_login(site.coordinator)
    rows = client.get("/desk/").context["rows"]
    assert [(row.hub.slug, row.count) for row in rows] == [("market", 0), ("riverside", 5)]


def test_waiting_is_counted_for_coordinators_only(site: Site) -> None:
    fill(site, 2)
    assert desk.waiting_counts(site.coordinator, site.now) == {site.hub.pk: 6}
    for other in (site.desk.editor, site.desk.other_coordinator, site.desk.safety):
        assert desk.waiting_counts(other, site.now) == {}


@pytest.mark.parametrize("count", [1, 3])
def test_board_statements(client: Client, site: Site, count: int) -> None:
    """The same statements for one of each thing and for three."""
    fill(site, count)
    client.force_login(site.coordinator)
    client.get(place("desk_board", site))
    with CaptureQueriesContext(connection) as statements:
        client.get(place("desk_board", site))
    assert len(statements) == 13


@pytest.mark.parametrize("count", [1, 3])
def test_desk_of_the_hub_statements(client: Client, site: Site, count: int) -> None:
    fill(site, count)
    client.force_login(site.coordinator)
    client.get("/desk/riverside/")
    with CaptureQueriesContext(connection) as statements:
        client.get("/desk/riverside/")
    assert len(statements) == 30


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_desks_statements(client: Client, site: Site, count: int) -> None:
    fill(site, count)
    HubRole.objects.create(member=site.coordinator, hub=site.desk.other_hub, role="coordinator")
    client.force_login(site.coordinator)
    client.get("/desk/")
    with CaptureQueriesContext(connection) as statements:
        client.get("/desk/")
    assert len(statements) == 17
