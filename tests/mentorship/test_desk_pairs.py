"""The pairs of a hub on its desk: the list, and one of them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.models import Hub, Membership
from mentorship.models import Pairing, PairingMove, Pulse
from mentorship.queries import desk
from tests.desk_parts import make_member

from .desk_pair_parts import meet, page_of
from .desk_site import DAY, Site, make_site, more_pair, more_pairs, place


@pytest.fixture
def site(db: None, client: Client) -> Site:
    made = make_site()
    client.force_login(made.coordinator)
    return made


# The list


def names(client: Client, site: Site, **asked: str) -> list[str]:
    """The pairs of a list by their mentees."""
    rows = client.get(place("desk_pairs", site), asked).context["pairs"].rows
    return sorted(row.mentee for row in rows)


def test_desk_pairs(client: Client, site: Site) -> None:
    """Together now, proposed, over: by dates as they are when one reads."""
    more_pair(site, "asked", "proposed", at=site.now)
    more_pair(site, "late", "proposed", at=site.now - 3 * DAY)
    more_pair(site, "gone", "closed")
    over = more_pair(site, "ended")
    over.closes_at = site.now
    over.save()
    assert names(client, site) == ["Ben"]
    assert names(client, site, show="proposed") == ["Asked-L"]
    assert names(client, site, show="ended") == ["Ended-L", "Gone-L", "Late-L"]
    assert names(client, site, show="nonsense", page="x") == ["Ben"]


@pytest.mark.parametrize(("words", "found"), [("BEN", ["Ben"]), ("an", ["Ben"]), ("zz", [])])
def test_pairs_are_found_by_either_name(
    client: Client, site: Site, words: str, found: list[str]
) -> None:
    assert names(client, site, q=words) == found


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("proposed", "to be answered by"),
        ("accepted", "first meeting by"),
        ("active", "lasts until"),
        ("paused", "they go on on"),
        ("closing", "closes on"),
        ("closed", "ended on"),
    ],
)
def test_each_row_says_the_next_date(site: Site, state: str, words: str) -> None:
    pairing = more_pair(site, "dan", state, at=site.now - DAY)
    row = desk.pair_desk(
        desk.pair_for(site.coordinator, site.hub, site.now).get(pk=pairing.pk), site.now
    ).row
    assert (row.state, row.next_words, row.next_at is not None) == (state, words, True)


@pytest.mark.parametrize("count", [1, 3])
def test_pairs_statements(client: Client, site: Site, count: int) -> None:
    more_pairs(site, count - 1)
    client.get(place("desk_pairs", site))
    with CaptureQueriesContext(connection) as statements:
        client.get(place("desk_pairs", site))
    assert len(statements) == 4


# One of them


def test_desk_pair(client: Client, site: Site) -> None:
    """State, dates, numbers and reasons; none of their words."""
    meet(site, 1)
    meet(site, 2)
    meet(site, 3, "missed")
    site.pairing.goals.create(number=2, words="zebra-goal", made_at=site.now, met_at=site.now)
    page = page_of(client, site)
    for words in (
        "Ben with Ana",
        "Active · lasts until",
        "2 meetings held. 1 did not happen.",
        "1 of 2 goals met.",
        "Chosen by the learner.",
        "Fits very well",
        "Helps with Coding.",
        "Comes from the same hub.",
        "+44 20 7946 0123",
    ):
        assert words in page
    assert "zebra" not in page


def test_the_dates_stand_in_order_and_say_what_is_to_come(site: Site) -> None:
    row = desk.pair_for(site.coordinator, site.hub, site.now).get(pk=site.pairing.pk)
    steps = desk.pair_desk(row, site.now).steps
    assert [step.words for step in steps] == [
        "Asked for the first time",
        "Proposed",
        "The mentor said yes",
        "First meeting",
        "Last sign of the learner",
        "Last sign of the mentor",
        "The time of the pair ends",
        "The closing step ends",
    ]
    assert [step.is_past for step in steps] == [True] * 6 + [False] * 2


def test_how_it_goes_is_told_with_who_said_it(client: Client, site: Site) -> None:
    Pulse.objects.create(
        pairing=site.pairing,
        member=site.mentor.member,
        point="week_2",
        going=1,
        wants_call=True,
        made_at=site.now,
    )
    page = page_of(client, site)
    assert "Ana said “Not well” (Two weeks) and asked for a call" in page
    assert "Needs you" in page


def test_every_move_is_in_the_log(client: Client, site: Site) -> None:
    for verb, actor, is_staff in (("propose", None, False), ("pause", site.coordinator, True)):
        PairingMove.objects.create(
            pairing=site.pairing,
            verb=verb,
            after="active",
            actor=actor,
            is_staff=is_staff,
            reason="Ana is ill." if is_staff else "",
            made_at=site.now,
        )
    page = page_of(client, site)
    assert "Break begins · Coordinator (for the hub)<br>Reason: Ana is ill." in page
    assert ": Proposed</li>" in page


def test_what_a_mentor_wrote_to_the_hub_with_a_no(client: Client, site: Site) -> None:
    pairing = more_pair(site, "dan", "declined", decline_words="Too much work just now.")
    page = page_of(client, site, pairing)
    assert "The learner reads that it ran out" in page
    Pairing.objects.filter(pk=pairing.pk).update(ended_at=pairing.proposed_at)
    assert "The learner reads that it ran out" not in page_of(client, site, pairing)
    assert "The mentor wrote to the hub: Too much work just now." in page
    assert "Move this pair" not in page
    assert "How it goes" not in page


def test_a_mentor_of_another_hub_is_reached_there(client: Client, site: Site) -> None:
    Membership.objects.filter(member=site.mentor.member).delete()
    other = Hub.objects.create(
        slug="top", name="Hilltop", place="Hill", phone="020 7946 9999", contact="Ring us."
    )
    Membership.objects.create(member=site.mentor.member, hub=other, joined_at=site.now)
    page = page_of(client, site)
    assert '<h2 id="reach">How to reach them</h2>' in page
    assert 'through Hilltop: <a href="tel:02079469999">020 7946 9999</a>' in page
    Hub.objects.filter(pk=other.pk).update(phone="")
    assert "through Hilltop: Ring us." in page_of(client, site)


def test_a_pair_whose_people_are_gone(client: Client, site: Site) -> None:
    site.pairing.mentee = site.pairing.mentor = None
    site.pairing.save()
    assert "somebody whose name is deleted with somebody whose name is deleted" in page_of(
        client, site
    )


@pytest.mark.parametrize("count", [1, 3])
def test_pair_statements(client: Client, site: Site, count: int) -> None:
    for number in range(count):
        meet(site, number)
        facts = {"pairing": site.pairing, "actor": site.coordinator, "made_at": site.now}
        PairingMove.objects.create(verb="spoke_both", after="active", is_staff=True, **facts)
        member = make_member(f"said{number}")
        Pulse.objects.create(
            pairing=site.pairing, member=member, point="week_2", going=3, made_at=site.now
        )
    page_of(client, site)
    with CaptureQueriesContext(connection) as statements:
        page_of(client, site)
    assert len(statements) == 9
