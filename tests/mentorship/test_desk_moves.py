"""Staff move a pair on the desk, with a reason."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from members.models import Notice, RecordEntry
from mentorship.models import Meeting, Pairing, PairingMove

from .desk_pair_parts import address, page_of
from .desk_site import DAY, Site, key, make_site, more_pair, place, text_of


@pytest.fixture
def site(db: None, client: Client) -> Site:
    made = make_site()
    client.force_login(made.coordinator)
    return made


def move(client: Client, site: Site, pairing: Pairing | None = None, **values: Any) -> Any:
    sent = {"verb": "end", "reason": "Both asked for it.", "until": "", **values}
    return client.post(place("desk_pair_move", site, (pairing or site.pairing).pk), sent)


def test_desk_pair_move(client: Client, site: Site) -> None:
    """Logged with the reason, in both records, both told; twice is once."""
    answers = [move(client, site) for _ in range(2)]
    assert [(one.status_code, one["Location"]) for one in answers] == [(303, address(site))] * 2
    site.pairing.refresh_from_db()
    assert site.pairing.state == "closing"
    made = PairingMove.objects.get(pairing=site.pairing)
    assert (made.verb, made.actor, made.is_staff, made.reason) == (
        "end",
        site.coordinator,
        True,
        "Both asked for it.",
    )
    for member in (site.mentor.member, site.pairing.mentee):
        assert RecordEntry.objects.get(member=member).reason == "Both asked for it."
        assert Notice.objects.filter(member=member).count() == 1


@pytest.mark.parametrize(
    ("state", "verb", "after"),
    [
        ("proposed", "accept", "accepted"),
        ("proposed", "decline", "declined"),
        ("proposed", "withdraw", "withdrawn"),
        ("accepted", "meet", "active"),
        ("accepted", "stop", "closed"),
        ("active", "end", "closing"),
        ("active", "stop", "closed"),
        ("active", "extend", "active"),
        ("active", "not_met", "accepted"),
        ("paused", "resume", "active"),
        ("closing", "close", "closed"),
        ("closing", "reopen", "active"),
    ],
)
def test_each_move_that_the_desk_offers(
    client: Client, site: Site, state: str, verb: str, after: str
) -> None:
    pairing = more_pair(site, "dan", state, at=site.now - DAY)
    assert f'value="{verb}"' in page_of(client, site, pairing)
    assert move(client, site, pairing, verb=verb).status_code == 303
    pairing.refresh_from_db()
    assert pairing.state == after


@pytest.mark.parametrize(("met", "is_offered"), [(1, True), (2, False)])
def test_only_the_one_meeting_can_be_taken_back(
    client: Client, site: Site, met: int, is_offered: bool
) -> None:
    """With two of them the move would be refused, so the desk does not offer it."""
    pairing = more_pair(site, "dan", "active", at=site.now - 9 * DAY)
    for number in range(met):
        at = site.now - (number + 1) * DAY
        facts = {"key": key(70 + number), "state": "held", "way": "phone"}
        Meeting.objects.create(pairing=pairing, starts_at=at, made_at=at, changed_at=at, **facts)
    assert ('value="not_met"' in page_of(client, site, pairing)) is is_offered
    answer = move(client, site, pairing, verb="not_met")
    assert answer.status_code == (303 if is_offered else 422)


def test_a_first_meeting_is_noted_with_its_day(client: Client, site: Site) -> None:
    pairing = more_pair(site, "dan", "accepted", at=site.now - 3 * DAY)
    page = page_of(client, site, pairing)
    assert 'name="met_on"' in page
    assert 'name="met_on"' not in page_of(client, site)
    day = (site.now - DAY).date()
    refused = move(client, site, pairing, verb="meet", met_on="2001-01-01")
    assert refused.status_code == 422
    assert "Choose a day up to today on which they were a pair." in text_of(refused)
    assert move(client, site, pairing, verb="meet", met_on=day.isoformat()).status_code == 303
    meeting = Meeting.objects.get(pairing=pairing)
    assert (meeting.state, meeting.starts_at.date()) == ("held", day)


@pytest.mark.parametrize(
    ("state", "verb", "is_gone", "said"),
    [
        ("proposed", "decline", False, "Done. The mentor was told."),
        ("proposed", "withdraw", False, "Done. Both were told."),
        ("active", "end", False, "Done. Both were told."),
        ("active", "end", True, "Done."),
        ("proposed", "decline", True, "Done."),
    ],
)
def test_staff_read_who_was_told(
    client: Client, site: Site, state: str, verb: str, is_gone: bool, said: str
) -> None:
    pairing = more_pair(site, "dan", state, at=site.now - DAY)
    if is_gone:
        Pairing.objects.filter(pk=pairing.pk).update(mentor=None)
    page_of(client, site, pairing)
    answer = move(client, site, pairing, verb=verb)
    assert [str(one) for one in get_messages(answer.wsgi_request)] == [said]
    if not is_gone:
        count = Notice.objects.filter(member=pairing.mentor.member).count()
        assert (count, Notice.objects.filter(member=pairing.mentee).count()) == (
            1,
            int(said == "Done. Both were told."),
        )


def test_a_break_lasts_to_the_end_of_its_last_day(client: Client, site: Site) -> None:
    """In the time zone of the hub."""
    site.hub.time_zone = "Europe/Madrid"
    site.hub.save()
    last = (site.now + 10 * DAY).date()
    assert move(client, site, verb="pause", until=last.isoformat()).status_code == 303
    site.pairing.refresh_from_db()
    with timezone.override("Europe/Madrid"):
        end = timezone.localtime(site.pairing.paused_until)
    assert (end.date(), end.hour, end.minute) == (last + timedelta(days=1), 0, 0)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"verb": ""}, "Choose one."),
        ({"verb": "explode"}, "Choose one from the list."),
        ({"reason": ""}, "Say why, so that the two can read it."),
        ({"verb": "accept"}, "This has changed meanwhile."),
        ({"verb": "pause"}, "Choose a day within the next twelve weeks."),
        ({"verb": "pause", "until": "soon"}, "Write the day like 2026-11-25."),
        ({"verb": "pause", "until": "2001-01-01"}, "Choose a day within the next twelve weeks."),
    ],
)
def test_a_wrong_move_is_refused(
    client: Client, site: Site, wrong: dict[str, str], said: str
) -> None:
    """Beside the field; what was typed stays; nothing moves."""
    response = move(client, site, **wrong)
    page = text_of(response)
    assert response.status_code == 422
    assert said in page
    assert f'value="{wrong.get("reason", "Both asked for it.")}"' in page or wrong["reason"] == ""
    site.pairing.refresh_from_db()
    assert site.pairing.state == "active"
    assert PairingMove.objects.count() == 0


def test_a_proposal_is_taken_back_not_stopped(client: Client, site: Site) -> None:
    pairing = more_pair(site, "dan", "proposed", at=site.now)
    page = page_of(client, site, pairing)
    assert "Take the proposal back" in page
    assert "Stop it at once" not in page
    assert "You spoke with them?" not in page
