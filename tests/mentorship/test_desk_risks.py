"""Which pairs the board says are at risk, and why."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mentorship.models import Pairing, PairingMove
from mentorship.queries import desk

from .desk_site import DAY, Site, make_site, more_pair, place, say, text_of
from .factories import make_programme


@pytest.fixture
def site(db: None) -> Site:
    return make_site()


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
