"""Staff note that they spoke with the two of a pair."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from members.errors import Refused
from members.models import Notice, RecordEntry
from mentorship.actions import note_contact
from mentorship.models import PairingMove, Pulse

from .desk_pair_parts import page_of
from .desk_site import DAY, Site, make_site, more_pair, place


@pytest.fixture
def site(db: None, client: Client) -> Site:
    made = make_site()
    client.force_login(made.coordinator)
    return made


def spoke(client: Client, site: Site, who: str = "both") -> Any:
    return client.post(place("desk_pair_contact", site, site.pairing.pk), {"who": who})


@pytest.mark.parametrize("who", ["mentee", "mentor", "both"])
def test_desk_pair_contact(client: Client, site: Site, who: str) -> None:
    """Noted without words, told to nobody; twice is once; the worry is dealt with."""
    Pulse.objects.create(
        pairing=site.pairing,
        member=site.pairing.mentee,
        point="week_2",
        going=1,
        made_at=site.now - DAY,
    )
    assert [spoke(client, site, who).status_code for _ in range(2)] == [303, 303]
    noted = PairingMove.objects.get()
    assert (noted.verb, noted.reason, noted.before, noted.after) == (
        f"spoke_{who}",
        "",
        "active",
        "active",
    )
    assert (Notice.objects.count(), RecordEntry.objects.exclude(verb="note").count()) == (0, 0)
    page = page_of(client, site)
    assert "Needs you" not in page
    assert "Spoke with" in page


@pytest.mark.parametrize("who", ["", "everybody"])
def test_with_whom_must_be_said(client: Client, site: Site, who: str) -> None:
    assert spoke(client, site, who).status_code == 422
    assert PairingMove.objects.count() == 0


def test_a_silent_pair_stays_until_there_is_a_sign(client: Client, site: Site) -> None:
    """That staff asked is said beside it."""
    site.pairing.accepted_at = site.pairing.last_sign_at = site.now - 30 * DAY
    site.pairing.save()
    spoke(client, site)
    page = page_of(client, site)
    assert "No sign of them since" in page
    assert "The hub spoke with them on" in page


def test_note_contact_is_for_coordinators_who_are_not_of_the_pair(site: Site) -> None:
    site.desk.hub.roles.create(member=site.mentor.member, role="coordinator")
    for member in (site.desk.editor, site.desk.other_coordinator, site.mentor.member):
        with pytest.raises(Refused, match="You cannot move this pair"):
            note_contact(member=member, pairing=site.pairing, who="both")
    assert PairingMove.objects.count() == 0


def test_note_contact_refuses_two_who_are_not_together(site: Site) -> None:
    for state in ("proposed", "closed"):
        pairing = more_pair(site, state, state, at=site.now)
        with pytest.raises(Refused, match="These two are not a pair now"):
            note_contact(member=site.coordinator, pairing=pairing, who="both")


def test_note_contact_refuses_nobody_in_particular(site: Site) -> None:
    with pytest.raises(Refused, match=r"Choose one\."):
        note_contact(member=site.coordinator, pairing=site.pairing, who="all")
    assert not site.pairing.moves.filter(is_staff=True).exists()


def test_note_contact_on_another_day_is_another_one(site: Site) -> None:
    for ago in (DAY, DAY - timedelta(minutes=9), timedelta(0)):
        note_contact(member=site.coordinator, pairing=site.pairing, who="both", now=site.now - ago)
    assert PairingMove.objects.count() == 2
