"""An ask on the desk: what is wanted, why nobody fits, pairing by hand with a reason."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.models import Membership, Notice, RecordEntry
from mentorship import actions
from mentorship.models import Mentor, MentorAsk, Pairing, PairingMove
from mentorship.queries.matching import LIST

from .desk_site import Site, make_site, person, place, text_of
from .factories import make_mentor, make_pairing


@pytest.fixture
def site(db: None, client: Client) -> Site:
    made = make_site()
    client.force_login(made.coordinator)
    return made


def address(site: Site) -> str:
    return place("desk_ask", site, site.ask.pk)


def page_of(client: Client, site: Site) -> str:
    return text_of(client.get(address(site)))


def mentor_named(site: Site, name: str, **values: Any) -> Mentor:
    return make_mentor(person(site.hub, name, site.now), site.hub, **values)


def pair(client: Client, site: Site, mentor: Mentor | None = None, **values: Any) -> Any:
    sent = {"mentor": (mentor or site.mentor).pk, "reason": "They live close by.", **values}
    return send(client, site, sent)


def send(client: Client, site: Site, sent: dict[str, Any]) -> Any:
    return client.post(address(site), sent)


def test_desk_ask(client: Client, site: Site) -> None:
    """The words of the ask and what is wanted; how the learner is reached."""
    site.ask.wishes, site.ask.important = ("woman",), ("hours",)
    site.ask.save()
    page = page_of(client, site)
    for words in (
        "Cleo asks for a mentor",
        "I am stuck.",
        "English",
        "by phone or by video",
        "Monday evening, Wednesday evening (UTC)",
        "a woman",
        "Has time when I have",
        "+44 20 7946 0123",
    ):
        assert words in page


def test_all_ready_mentors_come_as_cards_the_best_first(client: Client, site: Site) -> None:
    """Each with reasons and with what speaks against it; those who are not ready do not come."""
    mentor_named(site, "dora", languages=("es",))
    mentor_named(site, "eve", state="paused")
    response = client.get(address(site))
    picks = response.context["picks"]
    assert [pick.card.name for pick in picks] == ["Ana", "Dora"]
    assert [pick.card.match.against for pick in picks] == [(), ("language",)]
    page = text_of(response)
    assert "Helps with Coding." in page
    assert "They share no language." in page


SEARCH = 'name="q"'
ALL = "All mentors who are ready, the best first."


def test_a_mentor_beyond_the_first_fifty_is_found_by_name(client: Client, site: Site) -> None:
    """Only where there are so many is a name asked for, and the one who is found can be asked."""
    last = mentor_named(site, "zoe", topics=[], slots=("sun-am",), languages=("fr",))
    page = page_of(client, site)
    assert (SEARCH in page, ALL in page, "Zoe" in page) == (False, True, True)
    for number in range(LIST):
        mentor_named(site, f"many{number}")
    page = page_of(client, site)
    assert (SEARCH in page, ALL in page, "Zoe" in page) == (True, False, False)
    assert "You find the others by their name." in page
    found = client.get(address(site), {"q": "ZO"})
    assert [pick.card.mentor for pick in found.context["picks"]] == [last]
    assert "Mentors with this in their name, the best first." in text_of(found)
    none = text_of(client.get(address(site), {"q": "nobody"}))
    assert "No mentor fits this choice." in none and SEARCH in none
    sent = {"mentor": last.pk, "reason": "They know each other."}
    assert client.post(f"{address(site)}?q=zo", sent)["Location"] == address(site)
    assert Pairing.objects.get(ask=site.ask).mentor == last


def test_pairing_by_hand(client: Client, site: Site) -> None:
    """The mentor is asked; the reason stands in the log and in both records; twice is one."""
    answers = [pair(client, site) for _ in range(2)]
    assert [answers[0].status_code, answers[0]["Location"]] == [303, address(site)]
    found = Pairing.objects.get(ask=site.ask)
    assert (found.state, found.origin, found.staff_reason) == (
        "proposed",
        "staff",
        "They live close by.",
    )
    move = PairingMove.objects.get(pairing=found)
    assert (move.verb, move.actor, move.is_staff) == ("propose", site.coordinator, True)
    for member in (site.mentor.member, site.ask.member):
        assert RecordEntry.objects.get(member=member).reason == "They live close by."
        assert Notice.objects.filter(member=member).count() == 1
    page = page_of(client, site)
    assert "is asked just now and can answer until" in page
    assert f'name="mentor" value="{site.mentor.pk}"' not in page


def test_pairing_by_hand_takes_back_what_is_out(client: Client, site: Site) -> None:
    """Also where the next one would be asked at once."""
    MentorAsk.objects.filter(pk=site.ask.pk).update(chooses_for_me=True)
    pair(client, site)
    dora = mentor_named(site, "dora")
    assert pair(client, site, dora).status_code == 303
    rows = Pairing.objects.filter(ask=site.ask).order_by("pk")
    assert [(row.mentor, row.state) for row in rows] == [
        (site.mentor, "withdrawn"),
        (dora, "proposed"),
    ]
    taken = PairingMove.objects.get(pairing=rows[0], verb="withdraw")
    assert (taken.actor, taken.is_staff, taken.reason) == (
        site.coordinator,
        True,
        "They live close by.",
    )


def test_nobody_takes_back_what_they_are_asked_themselves(client: Client, site: Site) -> None:
    dora = mentor_named(site, "dora")
    Mentor.objects.filter(pk=site.mentor.pk).update(member=site.coordinator)
    actions.propose(member=site.ask.member, ask=site.ask, mentor=site.mentor)
    assert "You are asked yourself just now. Please answer first." in page_of(client, site)
    pair(client, site, dora)
    assert [row.state for row in Pairing.objects.filter(ask=site.ask)] == ["proposed"]


def test_what_staff_may_set_aside(client: Client, site: Site) -> None:
    """Language, way and time may be; the proposal keeps what spoke against it."""
    dora = mentor_named(site, "dora", languages=("es",))
    assert pair(client, site, dora).status_code == 303
    assert Pairing.objects.get(ask=site.ask).explanation["against"] == ["language"]


@pytest.mark.parametrize(
    "values", [{"check_level": 0}, {"capacity": 1, "seat": 1}, {"traits": ("man",)}]
)
def test_what_staff_may_not_set_aside(client: Client, site: Site, values: dict[str, Any]) -> None:
    """Checks, seats and wishes stand: the card is shown and cannot be ticked."""
    is_full = values.pop("seat", 0)
    site.ask.wishes = ("woman",) if "traits" in values else ()
    site.ask.save()
    Mentor.objects.filter(pk=site.mentor.pk).update(capacity=1, check_level=0)
    dora = mentor_named(site, "dora", **values)
    if is_full:
        site.pairing.mentor, site.pairing.seat = dora, 1
        site.pairing.save()
    picks = client.get(address(site)).context["picks"]
    assert [pick.may_choose for pick in picks if pick.card.mentor == dora] == [False]
    response = pair(client, site, dora)
    assert response.status_code == 422
    assert "This mentor cannot be chosen any more." in text_of(response)
    assert Pairing.objects.filter(ask=site.ask).count() == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": ""}, "Say why, so that the two can read it."),
        ({"reason": "x" * 501}, "Please keep the reason under 500 letters."),
        ({"mentor": ""}, "Choose a mentor."),
        ({"mentor": "999999"}, "This mentor cannot be chosen any more."),
        ({"mentor": "nonsense"}, "This mentor cannot be chosen any more."),
    ],
)
def test_a_refusal_keeps_what_was_typed_and_ticked(
    client: Client, site: Site, wrong: dict[str, str], said: str
) -> None:
    right = {"mentor": site.mentor.pk, "reason": "They live close by."}
    response = send(client, site, right | wrong)
    assert response.status_code == 422
    page = text_of(response)
    assert said in page
    assert f'value="{wrong.get("reason", "They live close by.")}"' in page or not wrong["reason"]
    assert page.count(" checked>") == (0 if "mentor" in wrong else 1)
    assert Pairing.objects.filter(ask=site.ask).count() == 0


def test_a_ticked_mentor_further_down_is_in_sight(client: Client, site: Site) -> None:
    """The rest of the cards opens with a tap, and is open where the ticked one is."""
    found = [mentor_named(site, f"m{number}", languages=("es",)) for number in range(7)]
    assert "3 more mentors" in page_of(client, site)
    assert client.get(address(site)).context["is_more_open"] is False
    response = pair(client, site, found[-1], reason="")
    assert response.context["is_more_open"] is True


def test_nobody_pairs_themselves(client: Client, site: Site) -> None:
    """A coordinator who mentors is not among the cards."""
    Mentor.objects.filter(pk=site.mentor.pk).update(member=site.coordinator)
    assert "No mentor is ready." in page_of(client, site)
    assert pair(client, site).status_code == 422
    assert Pairing.objects.filter(ask=site.ask).count() == 0


def test_why_nobody_fits(client: Client, site: Site) -> None:
    """Which filter left nobody, and how many were left after each one."""
    site.ask.languages = ("ti",)
    site.ask.save()
    page = page_of(client, site)
    assert "Why nobody fits yet" in page
    assert "1 mentor is ready, but does not speak Tigrinya." in page
    assert '<th scope="row">ready and checked</th><td>1</td>' in page
    assert '<th scope="row">share a language</th><td>0</td>' in page


def test_whom_we_asked(client: Client, site: Site) -> None:
    """A no is seen here, and only here."""
    found = make_pairing(site.ask, site.mentor, "declined", at=site.now)
    page = page_of(client, site)
    assert "Whom we asked" in page
    assert "Declined" in page
    assert place("desk_pair", site, found.pk) in page


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("paired", "This learner has found a mentor."),
        ("withdrawn", "This question was taken back."),
    ],
)
def test_an_ask_that_does_not_wait(client: Client, site: Site, state: str, said: str) -> None:
    site.ask.state = state
    site.ask.save()
    page = page_of(client, site)
    assert said in page
    assert 'name="mentor"' not in page
    assert pair(client, site).status_code == 422


def test_another_hub_keeps_phone_and_mail(client: Client, site: Site) -> None:
    Membership.objects.filter(member=site.ask.member).delete()
    assert "+44 20 7946 0123" not in page_of(client, site)


@pytest.mark.parametrize("count", [1, 3])
def test_ask_statements(client: Client, site: Site, count: int) -> None:
    """The same statements for one mentor and one who was asked, and for three of each."""
    for number in range(count):
        make_pairing(site.ask, mentor_named(site, f"m{number}"), "declined", at=site.now)
    page_of(client, site)
    with CaptureQueriesContext(connection) as statements:
        page_of(client, site)
    assert len(statements) == 12
