"""The board of mentorship's desk: who comes in, who waits, which pairs are at risk, what is told
on the desk of the hub."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from members.models import HubRole
from mentorship.models import Pairing, PairingMove, Pulse
from mentorship.queries import desk
from tests.desk_parts import make_member

from .desk_site import DAY, Site, make_site, more_pair, more_pairs, person, place, text_of
from .factories import make_ask, make_mentor, make_pairing, make_programme

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


# Who comes in


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


# Which pairs are at risk


def risks_of(site: Site, pairing: Pairing, now: Any = None) -> list[str]:
    """The risks of a pairing, as the board finds them."""
    pairing.save()
    found = desk.pairs_at_risk(site.coordinator, [site.hub], now or site.now)
    return [one.code for row in found if row.pairing.pk == pairing.pk for one in row.risks]


@pytest.mark.parametrize(("ago", "found"), [(28, ["silent"]), (27, [])])
def test_silent_for_the_days_of_the_programme(site: Site, ago: int, found: list[str]) -> None:
    site.pairing.accepted_at = site.now - 40 * DAY
    site.pairing.last_sign_at = site.now - ago * DAY
    assert risks_of(site, site.pairing) == found


@pytest.mark.parametrize(("side", "name"), [("mentor", "Ana"), ("mentee", "Ben")])
def test_one_who_is_silent_is_named(site: Site, side: str, name: str) -> None:
    row = site.pairing
    row.accepted_at = site.now - 40 * DAY
    row.last_sign_at = row.mentor_sign_at = row.mentee_sign_at = site.now
    setattr(row, f"{side}_sign_at", site.now - 28 * DAY)
    assert risks_of(site, row) == ["silent"]
    found = desk.pairs_at_risk(site.coordinator, [site.hub], site.now)
    said = found[0].sentences[0]
    assert said.startswith(f"No sign of {name} since ")


def test_each_programme_has_its_own_days(site: Site) -> None:
    short = make_programme(site.hub, title="Short", silent_days=3)
    site.pairing.last_sign_at = site.now - 4 * DAY
    site.pairing.accepted_at = site.now - 9 * DAY
    assert risks_of(site, site.pairing) == []
    site.pairing.programme = short
    assert risks_of(site, site.pairing) == ["silent"]


def test_a_pair_that_never_gave_a_sign_counts_from_its_yes(site: Site) -> None:
    site.pairing.last_sign_at = None
    site.pairing.accepted_at = site.now - 28 * DAY
    assert risks_of(site, site.pairing) == ["silent"]


def test_a_break_is_no_silence(site: Site) -> None:
    """While it lasts, and the end of it is a sign."""
    site.pairing.accepted_at = site.pairing.last_sign_at = site.now - 40 * DAY
    site.pairing.state, site.pairing.paused_until = "paused", site.now + DAY
    assert risks_of(site, site.pairing) == []
    site.pairing.paused_until = site.now - 27 * DAY
    assert risks_of(site, site.pairing) == []
    site.pairing.paused_until = site.now - 28 * DAY
    assert risks_of(site, site.pairing) == ["silent"]


def test_no_first_meeting_in_time(site: Site) -> None:
    pairing = more_pair(site, "dan", "accepted", at=site.now - 14 * DAY)
    assert risks_of(site, pairing) == ["meeting"]
    assert risks_of(site, pairing, site.now - timedelta(seconds=1)) == []
    pairing.state, pairing.first_met_at = "active", site.now
    assert risks_of(site, pairing) == []


def test_a_proposal_in_its_last_day(site: Site) -> None:
    pairing = more_pair(site, "dan", "proposed", at=site.now - 2 * DAY)
    assert risks_of(site, pairing) == ["answer"]
    assert risks_of(site, pairing, site.now - timedelta(seconds=1)) == []
    assert risks_of(site, pairing, site.now + DAY) == []


def say(pairing: Pairing, member: Any, ago: Any, **values: Any) -> Pulse:
    """What one of the two says on how it goes."""
    facts = {"going": 3, "point": "week_2", **values}
    return Pulse.objects.create(pairing=pairing, member=member, made_at=ago, **facts)


def test_a_pulse_that_went_badly_or_asks_for_a_call(site: Site) -> None:
    mentee, mentor = site.pairing.mentee, site.mentor.member
    say(site.pairing, mentee, site.now - DAY, going=2)
    assert risks_of(site, site.pairing) == []
    say(site.pairing, mentor, site.now - DAY, wants_call=True)
    assert risks_of(site, site.pairing) == ["call"]
    say(site.pairing, mentee, site.now, going=1, point="week_6")
    assert risks_of(site, site.pairing) == ["call", "badly"]


def test_who_says_it_goes_well_again_worries_nobody(site: Site) -> None:
    mentee = site.pairing.mentee
    say(site.pairing, mentee, site.now - 5 * DAY, going=1)
    say(site.pairing, mentee, site.now, going=3, point="week_6")
    assert risks_of(site, site.pairing) == []


def test_a_worry_is_dealt_with_once_staff_spoke_with_them(site: Site) -> None:
    say(site.pairing, site.pairing.mentee, site.now - 2 * DAY, going=1)
    facts = {"pairing": site.pairing, "verb": "spoke_both", "after": "active", "is_staff": True}
    PairingMove.objects.create(made_at=site.now - 3 * DAY, **facts)
    assert risks_of(site, site.pairing) == ["badly"]
    PairingMove.objects.create(made_at=site.now - DAY, **facts)
    assert risks_of(site, site.pairing) == []


def test_the_words_name_who_said_it(client: Client, site: Site) -> None:
    say(site.pairing, site.pairing.mentee, site.now, going=1)
    say(site.pairing, site.mentor.member, site.now, wants_call=True)
    client.force_login(site.coordinator)
    page = text_of(client.get(place("desk_board", site)))
    assert "Ben with Ana" in page
    assert "Ben said on" in page
    assert "that it does not go well." in page
    assert "Ana asked on" in page


@pytest.mark.parametrize("state", ["closed", "declined", "expired", "withdrawn"])
def test_what_is_over_is_not_at_risk(site: Site, state: str) -> None:
    pairing = more_pair(site, "dan", state, at=site.now - 60 * DAY)
    say(pairing, pairing.mentee, site.now, going=1)
    assert risks_of(site, pairing) == []


def test_what_a_date_has_ended_is_not_at_risk(site: Site) -> None:
    site.pairing.last_sign_at = site.now - 50 * DAY
    site.pairing.closes_at = site.now
    assert risks_of(site, site.pairing) == []


def test_pairs_of_another_hub_are_not_on_the_board(site: Site) -> None:
    site.pairing.hub = site.desk.other_hub
    site.pairing.last_sign_at = site.now - 50 * DAY
    site.pairing.save()
    for hub in (site.hub, site.desk.other_hub):
        assert desk.pairs_at_risk(site.coordinator, [hub], site.now) == []


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
