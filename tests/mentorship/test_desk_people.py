"""The mentors of a hub on its desk: the list, one of them, checks and moves."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members.models import Membership, Notice, RecordEntry
from mentorship import actions
from mentorship.models import Mentor, MentorCheck

from .desk_site import DAY, Site, make_site, more_pair, person, place, text_of
from .factories import make_absence, make_mentor, make_topic


@pytest.fixture
def site(db: None, client: Client) -> Site:
    made = make_site()
    client.force_login(made.coordinator)
    return made


def page_of(client: Client, site: Site) -> str:
    return text_of(client.get(place("desk_mentor", site, site.mentor.pk)))


# The list


def test_desk_mentors(client: Client, site: Site) -> None:
    """Name, state, topics, languages, seats and checks; how many there are in each state."""
    make_mentor(person(site.hub, "new", site.now), site.hub, state="applied", check_level=0)
    make_absence(site.mentor, site.now)
    people = client.get(place("desk_mentors", site)).context["people"]
    assert [(state, count) for state, _words, count in people.counts] == [
        ("applied", 1),
        ("screening", 0),
        ("ready", 1),
        ("paused", 0),
        ("left", 0),
    ]
    told = [
        (row.mentor.member.name, row.topics, row.languages, row.taken, row.free, row.check)
        for row in people.rows
    ]
    assert told == [
        ("Ana", "Coding", "English", 1, 2, "Talked to in person"),
        ("New", "Coding", "English", 0, 1, "Nothing checked yet"),
    ]
    assert [row.is_away for row in people.rows] == [True, False]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"state": "paused"}, ["pat"]),
        ({"state": "ready"}, ["ana"]),
        ({"q": "AN"}, ["ana"]),
        ({"q": "an", "state": "paused"}, []),
        ({"state": "nonsense", "page": "x"}, ["ana", "pat"]),
        ({"page": "2"}, []),
        ({"q": "\x00"}, ["ana", "pat"]),
    ],
)
def test_the_list_can_be_narrowed(
    client: Client, site: Site, asked: dict[str, str], found: list[str]
) -> None:
    """By state and by a part of the name. What cannot be read is left out."""
    make_mentor(person(site.hub, "pat", site.now), site.hub, state="paused")
    response = client.get(place("desk_mentors", site), asked)
    assert response.status_code == 200
    assert [row.mentor.member.username for row in response.context["people"].rows] == found


def test_an_empty_list_says_what_to_do(client: Client, site: Site) -> None:
    page = text_of(client.get(place("desk_mentors", site), {"state": "left"}))
    assert "No mentor fits this choice." in page
    Mentor.objects.update(hub=site.desk.other_hub)
    page = text_of(client.get(place("desk_mentors", site)))
    assert "Nobody mentors here yet." in page


@pytest.mark.parametrize(
    ("ago", "state", "is_due"),
    [(-31, "ready", False), (-30, "ready", True), (0, "ready", True), (0, "paused", False)],
)
def test_a_check_that_is_due_is_marked(
    client: Client, site: Site, ago: int, state: str, is_due: bool
) -> None:
    due = (site.now - ago * DAY).date()
    Mentor.objects.update(check_due_on=due, state=state)
    rows = client.get(place("desk_mentors", site)).context["people"].rows
    assert [row.is_due for row in rows] == [is_due]


@pytest.mark.parametrize("count", [1, 3])
def test_people_statements(client: Client, site: Site, count: int) -> None:
    for number in range(1, count):
        make_mentor(person(site.hub, f"m{number}", site.now), site.hub)
    client.get(place("desk_mentors", site))
    with CaptureQueriesContext(connection) as statements:
        client.get(place("desk_mentors", site))
    assert len(statements) == 6


# One of them


def test_desk_mentor(client: Client, site: Site) -> None:
    site.mentor.topics.add(make_topic("web", "The web"))
    absence = make_absence(site.mentor, site.now)
    page = page_of(client, site)
    for words in (
        "Ana",
        "Ready. 1 of 3 places for learners taken.",
        "Hello, I am Ana.",
        "Coding, The web",
        "by phone, by video",
        "Monday evening, Wednesday evening (UTC)",
        "learners of every hub",
        "+44 20 7946 0123",
        "Ben with Ana",
        f"– {absence.until_on.day} ",
    ):
        assert words in page


def test_why_a_mentor_stopped_is_for_the_hub_alone(client: Client, site: Site) -> None:
    """Never for the learners, and not for the hub to which the mentor comes next."""
    assert "Stopped on" not in page_of(client, site)
    ben, member = site.pairing.mentee, site.mentor.member
    actions.leave_mentoring(member=member, reason="zebra-why")
    page = page_of(client, site)
    assert "The mentor wrote to the hub: " in page and "zebra-why" in page
    client.force_login(ben)
    for address in (reverse("mentorship:pair", args=[site.pairing.pk]), "/me/"):
        assert "zebra-why" not in client.get(address).content.decode()
    told = Notice.objects.filter(member=ben).values_list("text", flat=True)
    assert "zebra-why" not in str(list(told)) + str(list(ben.record_entries.values()))
    values = {"languages": ["en"], "ways": ["phone"], "slots": ["mon-eve"], "is_adult": True}
    topics = site.mentor.topics.all()
    back = actions.offer_mentoring(member=member, hub=site.hub, topics=topics, **values)
    assert back.left_words == "zebra-why"
    moved = actions.offer_mentoring(member=member, hub=site.desk.other_hub, topics=topics, **values)
    assert (moved.left_at, moved.left_words) == (None, "")


def test_staff_who_end_it_write_no_words_of_the_mentor(site: Site) -> None:
    Mentor.objects.filter(pk=site.mentor.pk).update(left_words="Old.")
    actions.move_mentor(
        member=site.coordinator, mentor=site.mentor, to="left", reason="Both agreed."
    )
    site.mentor.refresh_from_db()
    assert (site.mentor.state, site.mentor.left_words) == ("left", "")
    assert site.mentor.left_at is not None


def test_days_away_that_are_over_are_not_shown(client: Client, site: Site) -> None:
    make_absence(site.mentor, site.now - 20 * DAY)
    assert ">Away<" not in page_of(client, site)


def test_a_person_who_is_no_member_of_the_hub_is_reached_otherwise(
    client: Client, site: Site
) -> None:
    """Phone and mail are those of the list of members; others stay with their own hub."""
    Membership.objects.filter(member=site.mentor.member).delete()
    page = page_of(client, site)
    assert "+44 20 7946 0123" not in page
    assert "not a member of any hub" in page


def test_a_declined_pairing_of_ones_own_is_not_listed(client: Client, site: Site) -> None:
    more_pair(site, "zed", "declined")
    assert "Zed-L" not in page_of(client, site)


def test_a_check_that_ran_out_is_said(client: Client, site: Site) -> None:
    Mentor.objects.update(check_due_on=timezone.localdate())
    assert "The check ran out on" in page_of(client, site)


@pytest.mark.parametrize("count", [1, 3])
def test_person_statements(client: Client, site: Site, count: int) -> None:
    for number in range(count):
        MentorCheck.objects.create(
            mentor=site.mentor,
            level=1,
            seen_on=(site.now - number * DAY).date(),
            seen_by=site.coordinator,
            made_at=site.now,
        )
        make_absence(site.mentor, site.now + number * DAY)
    page_of(client, site)
    with CaptureQueriesContext(connection) as statements:
        page_of(client, site)
    assert len(statements) == 13


# Checks


def check(client: Client, site: Site, **values: Any) -> Any:
    sent = {"level": "2", "seen_on": timezone.localdate().isoformat(), "due_on": "", **values}
    return client.post(place("desk_check_add", site, site.mentor.pk), sent)


def test_desk_check_add(client: Client, site: Site) -> None:
    """Level, day and who; in the mentor's record; twice is one. Never a document."""
    due = timezone.localdate() + 365 * DAY
    answers = [check(client, site, due_on=due.isoformat()) for _ in range(2)]
    address = place("desk_mentor", site, site.mentor.pk)
    assert [(one.status_code, one["Location"]) for one in answers] == [(303, address)] * 2
    row = MentorCheck.objects.get()
    assert (row.level, row.seen_by, row.due_on) == (2, site.coordinator, due)
    site.mentor.refresh_from_db()
    assert (site.mentor.check_level, site.mentor.check_due_on) == (2, due)
    assert RecordEntry.objects.filter(member=site.mentor.member).count() == 1
    page = page_of(client, site)
    assert "Two references" in page
    assert "by Coordinator" in page
    assert 'type="file"' not in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"level": ""}, "Choose one."),
        ({"level": "9"}, "Choose one from the list."),
        ({"seen_on": ""}, "Say on which day."),
        ({"seen_on": "yesterday"}, "Write the day like 2026-11-25."),
        ({"seen_on": "2999-01-01"}, "This day is still to come."),
        ({"due_on": "2001-01-01"}, "It must be due after the day on which it was seen."),
    ],
)
def test_a_wrong_check_is_refused(
    client: Client, site: Site, wrong: dict[str, str], said: str
) -> None:
    """Beside the field; what was typed stays; nothing is kept."""
    response = check(client, site, **wrong)
    assert response.status_code == 422
    page = text_of(response)
    assert said in page
    for name, value in wrong.items():
        if name != "level" and value:
            assert f'value="{value}"' in page
    assert MentorCheck.objects.count() == 0


# Moves


def move(client: Client, site: Site, **values: Any) -> Any:
    sent = {"to": "paused", "reason": "Ana asked for it.", **values}
    return client.post(place("desk_mentor_move", site, site.mentor.pk), sent)


def test_desk_mentor_move(client: Client, site: Site) -> None:
    """With the reason in the record, and the mentor is told; twice is once."""
    address = place("desk_mentor", site, site.mentor.pk)
    answers = [move(client, site) for _ in range(2)]
    assert [(one.status_code, one["Location"]) for one in answers] == [(303, address)] * 2
    site.mentor.refresh_from_db()
    assert site.mentor.state == "paused"
    entry = RecordEntry.objects.get(member=site.mentor.member)
    assert (entry.actor, entry.reason) == (site.coordinator, "Ana asked for it.")
    assert Notice.objects.filter(member=site.mentor.member).count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"to": ""}, "Choose one."),
        ({"to": "applied"}, "Choose one from the list."),
        ({"reason": " "}, "Say why"),
        ({"reason": "x" * 501}, "Please keep the reason under 500 letters."),
    ],
)
def test_a_wrong_move_is_refused(
    client: Client, site: Site, wrong: dict[str, str], said: str
) -> None:
    response = move(client, site, **wrong)
    assert response.status_code == 422
    page = text_of(response)
    assert said in page
    assert f'value="{wrong.get("reason", "Ana asked for it.").strip()}"' in page or (
        wrong.get("reason") == " "
    )
    site.mentor.refresh_from_db()
    assert site.mentor.state == "ready"


def test_ready_needs_a_check_that_is_in_date(client: Client, site: Site) -> None:
    Mentor.objects.update(state="screening", check_level=0)
    response = move(client, site, to="ready")
    assert response.status_code == 422
    assert "Note a check that is in date first." in text_of(response)


def test_the_state_that_the_mentor_has_is_not_offered(client: Client, site: Site) -> None:
    page = page_of(client, site)
    assert 'value="ready"' not in page
    assert 'value="screening"' in page


@pytest.mark.parametrize("is_held", [False, True])
def test_a_pause_of_the_mentors_own_can_become_one_of_the_hub(
    client: Client, site: Site, is_held: bool
) -> None:
    Mentor.objects.update(state="paused", is_held_by_hub=is_held)
    assert ('value="paused"' in page_of(client, site)) is not is_held


def test_nobody_checks_or_moves_themselves(client: Client, site: Site) -> None:
    """A coordinator who mentors sees their own row and is sent to a colleague."""
    Mentor.objects.update(member=site.coordinator)
    page = page_of(client, site)
    assert "A colleague checks you and changes your state." in page
    assert 'name="reason"' not in page
    assert 'name="level"' not in page
    assert (move(client, site).status_code, check(client, site).status_code) == (422, 422)
    assert MentorCheck.objects.count() == 0
    assert Mentor.objects.get().state == "ready"
