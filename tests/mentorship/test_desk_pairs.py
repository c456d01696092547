"""The pairs of a hub on its desk: the list, one of them, moves with a reason, staff who spoke."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.errors import Refused
from members.models import Hub, Membership, Notice, RecordEntry
from mentorship.actions import note_contact
from mentorship.models import Meeting, Pairing, PairingMove, Pulse
from mentorship.queries import desk
from tests.desk_parts import make_member

from .desk_site import DAY, Site, key, make_site, more_pair, more_pairs, place, text_of


@pytest.fixture
def site(db: None, client: Client) -> Site:
    made = make_site()
    client.force_login(made.coordinator)
    return made


def address(site: Site, pairing: Pairing | None = None) -> str:
    return place("desk_pair", site, (pairing or site.pairing).pk)


def page_of(client: Client, site: Site, pairing: Pairing | None = None) -> str:
    return text_of(client.get(address(site, pairing)))


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


def meet(site: Site, number: int, state: str = "held") -> None:
    Meeting.objects.create(
        pairing=site.pairing,
        key=key(100 + number),
        state=state,
        starts_at=site.now - number * DAY,
        way="phone",
        made_at=site.now,
        changed_at=site.now,
    )


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


# Moves


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


# Staff spoke with them


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
