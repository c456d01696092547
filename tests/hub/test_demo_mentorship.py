"""The demo's mentorship: a pair in every state, a history that holds together, and a clock that
finds nothing left to do."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone

from hub.clock import tick
from hub.demo import (
    load_community,
    load_courses,
    load_learners,
    load_mentorship,
    load_partners,
)
from hub.demo.days import Days
from members.models import Hub, Member, Notice
from mentorship import life
from mentorship.models import (
    Absence,
    CaseEntry,
    Goal,
    Meeting,
    Mentor,
    MentorAsk,
    MentorCheck,
    Pairing,
    PairingMove,
    PairMessage,
    PairNote,
    Programme,
    Pulse,
    SafetyCase,
)
from mentorship.models.pairings import PairingQuerySet
from mentorship.queries import cards, funnel
from mentorship.queries.desk.risk import pairs_at_risk
from mentorship.queries.waits import median_wait

DAY = timedelta(days=1)
MODELS = (
    Absence,
    CaseEntry,
    Goal,
    Meeting,
    Mentor,
    MentorAsk,
    MentorCheck,
    Member,
    Notice,
    Pairing,
    PairingMove,
    PairMessage,
    PairNote,
    Programme,
    Pulse,
    SafetyCase,
)
# Who is with whom, the learner first, and how it stands on the day of loading.
PAIRS = {
    "learner+mentor": "active",
    "ivy+mentor": "proposed",
    "bashir+mentor": "accepted",
    "learner2+mentor": "closing",
    "chiara+ioana": "closed",
    "chiara+gordon": "active",
    "duc+gordon": "active",
    "nadia+kasia": "accepted",
    "petra+yonas": "paused",
    "olena+ioana": "declined",
    "ruth+aster": "withdrawn",
    "ana+gavin": "active",
    "hamid+douglas": "closed",
    "hamid+kasia": "proposed",
    "learner3+mentor2": "active",
    "camilo+mentor2": "proposed",
    "fatou+marta": "active",
    "yolanda+marta": "closed",
    "elif+wanjiru": "active",
    "akinyi+barasa": "accepted",
    "moses+wanjiru": "closed",
}
# Samuel let us choose: whom we asked follows from the rules.
CHOSEN = ["expired", "accepted"]
MENTORS = {
    "harbour": {"ready": 8, "applied": 2, "screening": 1, "paused": 1, "left": 1},
    "valley": {"ready": 2},
    "market": {"ready": 2},
}


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[datetime]:
    """The demo, loaded once for all tests of this file; gives the moment of loading."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_community()
        load_courses()
        load_learners()
        now = timezone.now()
        load_mentorship(now)
        yield now
        transaction.set_rollback(True)


@pytest.fixture
def now(loaded: datetime, db: None) -> datetime:
    """The moment of loading; what a test changes is undone."""
    return loaded


def named() -> PairingQuerySet:
    """The pairings with their people."""
    return Pairing.objects.select_related("mentee", "mentor__member").order_by("pk")


def names_of(pairing: Pairing) -> str:
    """The two by their user names."""
    assert pairing.mentee
    assert pairing.mentor
    return f"{pairing.mentee.username}+{pairing.mentor.member.username}"


def pair_of(names: str) -> Pairing:
    """A pairing by who is in it."""
    return next(row for row in named() if names_of(row) == names)


def states(now: datetime) -> dict[str, str]:
    """How every pairing stands."""
    return {names_of(row): life.state_at(row, now) for row in named()}


def stored() -> dict[str, list[dict[str, Any]]]:
    """Every row that the demo of mentorship has."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values()) for model in MODELS
    }


def check_states(now: datetime) -> None:
    """Every pair stands as the list says, and nothing is left to be written."""
    found = states(now)
    assert {names: found[names] for names in PAIRS} == PAIRS
    assert {*found.values()} == {*Pairing.State.values}
    mine = named().filter(mentee__username="samuel")
    assert [life.state_at(row, now) for row in mine] == CHOSEN
    assert [row.pk for row in named() if life.due_move(row, now)] == []
    for hub, wanted in MENTORS.items():
        mentors = Mentor.objects.filter(hub__slug=hub).values_list("state", flat=True)
        assert Counter(mentors) == wanted


def test_pairs_stand_in_every_state(now: datetime) -> None:
    check_states(now)
    active = pair_of("learner+mentor")
    assert [(goal.number, bool(goal.met_at)) for goal in active.goals.all()] == [
        (1, False),
        (2, True),
        (3, False),
    ]
    assert active.ask.shares_progress
    assert Counter(active.notes.values_list("author__username", "is_private")) == {
        ("mentor", False): 1,
        ("mentor", True): 1,
        ("learner", False): 1,
        ("learner", True): 1,
    }
    assert active.messages.count() == 5
    assert Counter(active.meetings.values_list("state", flat=True)) == {"held": 3, "planned": 1}
    assert active.meetings.get(state="planned").starts_at > now
    closed = pair_of("chiara+ioana")
    assert closed.achieved
    assert closed.thanks
    assert closed.next_step
    assert pair_of("chiara+gordon").ask.follows == closed
    assert pair_of("hamid+kasia").ask.asked_at == pair_of("hamid+douglas").ask.asked_at


def test_the_desk_has_something_of_everything(now: datetime) -> None:
    hub, coordinator = Hub.objects.get(slug="harbour"), Member.objects.get(username="coordinator")
    risks = {
        names_of(row.pairing): {one.code for one in row.risks}
        for row in pairs_at_risk(coordinator, [hub], now)
    }
    assert risks == {"duc+gordon": {"silent"}, "nadia+kasia": {"meeting"}}
    waiting = MentorAsk.objects.waiting().filter(hub=hub).values_list("member__username", flat=True)
    assert list(waiting) == ["hamid", "selam", "olena", "ivy"]
    selam = MentorAsk.objects.get(member__username="selam")
    assert cards(selam, now) == []
    assert funnel(selam, now).sentence == "2 mentors speak Tigrinya, none is free in the evening."
    assert cards(MentorAsk.objects.get(member__username="olena"), now)
    checked = Mentor.objects.get(state="screening", hub=hub).checks.count()
    assert checked == 1
    away = Mentor.objects.away_on(now.date()).values_list("member__username", flat=True)
    assert list(away) == ["leila"]
    case = SafetyCase.objects.open().get()
    assert (case.hub, case.reporter, case.pairing) == (
        hub,
        Member.objects.get(username="ana"),
        pair_of("ana+gavin"),
    )
    assert [entry.kind for entry in case.entries.all()] == ["reported", "read", "note"]


def test_every_hub_has_a_programme_and_says_how_long_people_wait(now: datetime) -> None:
    programmes = Programme.objects.values_list("hub__slug", flat=True)
    assert Counter(programmes) == {"harbour": 1, "market": 1, "valley": 2}
    assert [median_wait(hub, now) for hub in Hub.objects.order_by("slug")] == [3, 3, 3]


def test_mentors_say_hello_in_many_languages(now: datetime) -> None:
    ready = Mentor.objects.ready()
    assert len([mentor for mentor in ready if len(mentor.hello) > 30]) == 12
    spoken = {code for mentor in ready for code in mentor.languages}
    assert {"en", "es", "fa", "it", "pl", "sw", "ti", "yo"} <= spoken
    assert {mentor.time_zone for mentor in ready} == {
        "Europe/London",
        "America/Bogota",
        "Africa/Nairobi",
    }
    personas = ready.filter(member__username__in=("mentor", "mentor2"))
    assert {row.member.username: row.hub.slug for row in personas} == {
        "mentor": "harbour",
        "mentor2": "valley",
    }
    assert Member.objects.get(username="learner3").language == "es"
    assert pair_of("learner3+mentor2").ask.languages == ("es",)


def test_the_clock_finds_nothing_to_do_right_after(now: datetime) -> None:
    before = stored()
    assert "failed" not in tick(now).values()
    assert stored() == before


def test_the_clock_does_what_is_due_when_days_go_by(now: datetime) -> None:
    """A proposal that nobody answers runs out; pairs that go on stay as they are."""
    later = now + 3 * DAY
    tick(later)
    due = {"ivy+mentor", "hamid+kasia", "camilo+mentor2"}
    assert {names for names, state in states(later).items() if state == "expired"} >= due
    kept = set(PAIRS) - due
    assert {names: states(later)[names] for names in kept} == {
        names: PAIRS[names] for names in kept
    }


def test_every_notice_has_its_day(now: datetime) -> None:
    """Told when it happened, never before a pair was there; what is new is from these days."""
    told = Notice.objects.filter(kind="mentoring")
    first = min(Mentor.objects.values_list("applied_at", flat=True))
    assert not told.filter(made_at__lt=first).exists()
    assert not told.filter(made_at__gt=now).exists()
    for pairing in named():
        mine = told.filter(key__startswith=f"pairing:{pairing.pk}:")
        assert not mine.filter(made_at__lt=pairing.proposed_at).exists()
    unread = told.unread().values_list("made_at", flat=True)
    assert unread
    assert min(unread) > now - 4 * DAY
    for member in Member.objects.all():
        assert member.unread_count == member.notices.unread().count(), member.username


def test_every_move_has_its_day(now: datetime) -> None:
    """The log of each pair goes forward in time and ends where the pair stands."""
    for pairing in named():
        moves = list(pairing.moves.all())
        assert [move.pk for move in moves] == sorted(move.pk for move in moves)
        assert moves[0].made_at == pairing.proposed_at
        assert moves[-1].made_at <= now
        assert moves[-1].after == pairing.state
        pairing.full_clean()


@override_settings(WEFT_DEMO=True)
def test_loading_again_changes_nothing_and_gives_the_addresses(
    now: datetime, tmp_path: Path, client: Client
) -> None:
    load_partners()
    before = stored()
    call_command("load_demo", json=tmp_path / "demo.json")
    assert stored() == before
    found = json.loads((tmp_path / "demo.json").read_text())["mentorship"]
    desk = found["desks"]["harbour"]
    looked = [
        ("learner", found["page"]),
        ("olena", found["cards"]),
        ("mentor", found["offer"]),
        ("learner", found["calendar"]),
        ("learner", found["pairs"]["learner+mentor"]),
        ("mentor", found["pairs"]["learner+mentor"]),
        ("coordinator", desk["board"]),
        ("coordinator", desk["programmes"]),
        ("coordinator", desk["figures"]),
        ("coordinator", desk["mentors"]["farah"]),
        ("coordinator", desk["asks"]["selam"]),
        ("coordinator", desk["pairs"]["duc+gordon"]),
        ("safety", desk["cases"][0]),
        ("coordinator2", found["desks"]["valley"]["board"]),
        ("editor3", found["desks"]["market"]["asks"]["hassan"]),
    ]
    for username, url in looked:
        client.force_login(Member.objects.get(username=username))
        assert (url, client.get(url).status_code) == (url, 200)


def test_who_has_a_mentor_again_is_not_asked_to_ask(now: datetime, client: Client) -> None:
    client.force_login(Member.objects.get(username="chiara"))
    page = client.get(f"/mentorship/pairs/{pair_of('chiara+ioana').pk}/").content.decode()
    assert "You asked for a mentor again." in page
    assert "Go to my learning" in page
    assert "Ask for a mentor again" not in page
    client.force_login(Member.objects.get(username="fiona"))
    page = client.get(f"/mentorship/pairs/{pair_of('fiona+aster').pk}/").content.decode()
    assert "Ask for a mentor again" in page


@pytest.fixture
def years_later(loaded: datetime, db: None) -> datetime:
    """The same file, told anew on a Sunday in summer some years later."""
    for model in (CaseEntry, SafetyCase, Pairing, MentorAsk, Mentor, Programme):
        model._default_manager.all().delete()
    Member.objects.filter(username="gordon").delete()
    Notice.objects.filter(kind="mentoring").delete()
    Member.objects.update(unread_count=0)
    later = datetime(loaded.year + 3, 7, 1, 9, 30, tzinfo=UTC)
    later += (6 - later.weekday()) * DAY
    load_mentorship(later)
    return later


def test_the_same_file_holds_in_other_years_and_seasons(years_later: datetime) -> None:
    check_states(years_later)
    planned = pair_of("learner+mentor").meetings.get(state="planned")
    assert years_later < planned.starts_at < years_later + 8 * DAY
    assert "failed" not in tick(years_later).values()
    check_states(years_later)


@pytest.mark.parametrize("day", range(7))
def test_days_of_a_story(day: int) -> None:
    """A story with a weekday counts from the last such day, today included."""
    now = datetime(2027, 3, 1 + day, 23, 30, tzinfo=UTC)
    plain, tuesday = Days(now, "Europe/London"), Days(now, "Europe/London", "tue")
    assert plain.day(0) == date(2027, 3, 1 + day)
    assert plain.moment(1, "18:30") == datetime(2027, 2, 28, 18, 30, tzinfo=UTC) + day * DAY
    assert tuesday.day(0).weekday() == 1
    assert timedelta(0) <= plain.day(0) - tuesday.day(0) <= 6 * DAY
    assert tuesday.moment(-7) > now


def test_days_are_those_of_the_hub() -> None:
    """Late in the evening in Bogota it is tomorrow in Nairobi already."""
    now = datetime(2027, 3, 2, 2, 0, tzinfo=UTC)
    assert Days(now, "America/Bogota").day(0) == date(2027, 3, 1)
    assert Days(now, "Africa/Nairobi").day(1) == date(2027, 3, 1)
    assert Days(now, "Africa/Nairobi").moment(0, "09:00") == datetime(2027, 3, 2, 6, 0, tzinfo=UTC)
