"""The figures of a hub's mentorship: counted right, small numbers hidden, as a page and a file."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mentorship.models import Meeting, MentorAsk, Pairing, PairingMove
from mentorship.queries import desk
from mentorship.queries.desk.closings import by_reason
from mentorship.queries.desk.parts import periods
from mentorship.queries.desk.telling import told, told_median, told_share, told_total

from .desk_site import DAY, Site, key, make_site, more_pair, person, place, text_of
from .factories import make_ask

NAMES = [
    "Wait for a mentor",
    "Found a mentor",
    "Proposals answered in time",
    "Meetings held",
    "Goals met",
    "Pairs that closed",
    "Proposals that staff changed",
]


@pytest.fixture
def site(db: None, client: Client) -> Site:
    """An empty hub: what the cast has lies long ago."""
    made = make_site()
    client.force_login(made.coordinator)
    long_ago = made.now - 900 * DAY
    Pairing.objects.update(proposed_at=long_ago, accepted_at=long_ago)
    MentorAsk.objects.update(made_at=long_ago)
    made.pairing.goals.update(made_at=long_ago)
    return made


def figures(site: Site, days: int = 90) -> dict[str, tuple[str, str]]:
    """Each figure: now, and in the period before."""
    page = desk.figures_page(site.hub, days, site.now)
    return {row.name: (row.now, row.before) for row in page.figures}


def figure(site: Site, name: str) -> tuple[str, str]:
    return figures(site)[name]


# How a number is told


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0"), (1, "fewer than 5"), (4, "fewer than 5"), (5, "5"), (1200, "1200")],
)
def test_told(count: int, words: str) -> None:
    assert told(count) == words


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (0, 0, "none"),
        (3, 4, "fewer than 5"),
        (0, 5, "0 of 5 (0%)"),
        (5, 5, "5 of 5 (100%)"),
        (5, 10, "5 of 10 (50%)"),
        (4, 10, "fewer than 5 of 10"),
        (6, 10, "all but fewer than 5 of 10"),
        (1, 5, "fewer than 5 of 5"),
    ],
)
def test_told_share(part: int, whole: int, words: str) -> None:
    """Neither a part nor the rest comes out when it is small."""
    assert told_share(part, whole) == words


@pytest.mark.parametrize(
    ("total", "parts", "words"),
    [
        (0, [], "0"),
        (3, [3], "fewer than 5"),
        (12, [7, 5], "12"),
        (12, [10, 2], "at least 10"),
        (9, [5, 4], "at least 5"),
    ],
)
def test_told_total(total: int, parts: list[int], words: str) -> None:
    """A hidden part cannot be had by taking the others away."""
    assert told_total(total, parts) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], "none"),
        ([1.0] * 4, "fewer than 5 pairs"),
        ([1.0] * 5, "1 day"),
        ([1, 2, 3, 4, 100], "3 days"),
        ([1, 2, 2.5, 3, 4, 9], "2.8 days"),
    ],
)
def test_told_median(days: list[float], words: str) -> None:
    assert told_median(days) == words


# What is counted


def test_an_empty_hub(site: Site) -> None:
    assert figures(site) == {
        "Wait for a mentor": ("none", "none"),
        "Found a mentor": ("none", "none"),
        "Proposals answered in time": ("none", "none"),
        "Meetings held": ("0", "0"),
        "Goals met": ("none", "none"),
        "Pairs that closed": ("0", "0"),
        "Proposals that staff changed": ("none", "none"),
    }


def waited(site: Site, *days: int, ago: int = 1) -> None:
    """Pairs whose mentees waited so many days for a yes that came some days ago."""
    for number, wait in enumerate(days):
        at = site.now - ago * DAY
        more_pair(site, f"w{ago}-{number}", "active", at=at, asked_at=at - wait * DAY)


def test_the_middle_wait_from_the_asking(site: Site) -> None:
    """Not from a first asking, long before a mentor who left."""
    waited(site, 1, 2, 3, 30, 40)
    waited(site, 7, 7, 7, 7, 9, ago=91)
    MentorAsk.objects.update(asked_at=site.now - 170 * DAY)
    assert figure(site, "Wait for a mentor") == ("3 days", "7 days")


def test_waits_are_drawn_in_four_parts(site: Site) -> None:
    """To the day; small parts are outlines, and the table says the same."""
    waited(site, 1, 2, 3, 3, 3, 4, 7, 8, 15, 16)
    chart = desk.figures_page(site.hub, 90, site.now).charts[0]
    assert [(bar.label, bar.value, bar.words) for bar in chart.bars] == [
        ("3 days or less", 5, "5"),
        ("4 to 7 days", None, "fewer than 5"),
        ("8 to 14 days", None, "fewer than 5"),
        ("longer than 14 days", None, "fewer than 5"),
    ]
    assert chart.svg.count("chart-few") == 3


def test_match_rate(site: Site) -> None:
    """Of those who asked in the period; what was taken back is left out."""
    for number, state in enumerate(["paired"] * 5 + ["waiting"] * 5 + ["withdrawn"] * 6):
        asker = person(site.hub, f"a{number}", site.now)
        make_ask(asker, site.hub, state=state, asked_at=site.now - 200 * DAY, made_at=site.now)
    assert figure(site, "Found a mentor") == ("5 of 10 (50%)", "none")


def test_proposals_answered_in_time(site: Site) -> None:
    """Yes and no count; those that ran out do not; open and taken back ones are left out."""
    made = {"active": 3, "declined": 3, "expired": 3, "withdrawn": 6}
    for state, count in made.items():
        for number in range(count):
            more_pair(site, f"{state}{number}", state, at=site.now - 9 * DAY)
    for number in range(2):
        more_pair(site, f"late{number}", "proposed", at=site.now - 4 * DAY)
    more_pair(site, "open", "proposed", at=site.now)
    assert figure(site, "Proposals answered in time") == ("6 of 11 (55%)", "none")


def meet(pairing: Pairing, number: int, at: Any, state: str = "held") -> None:
    Meeting.objects.create(
        pairing=pairing,
        key=key(number),
        state=state,
        starts_at=at,
        way="phone",
        made_at=at,
        changed_at=at,
    )


def test_meetings_held(site: Site) -> None:
    """Those of few pairs are not counted out, however many they are."""
    pairs = [more_pair(site, f"p{number}", at=site.now - 300 * DAY) for number in range(5)]
    for number in range(8):
        meet(pairs[number % 4], 10 + number, site.now - DAY)
    assert figure(site, "Meetings held") == ("fewer than 5 pairs met", "0")
    meet(pairs[4], 30, site.now - DAY)
    meet(pairs[4], 31, site.now - DAY, "planned")
    meet(pairs[4], 32, site.now - DAY, "missed")
    meet(pairs[4], 33, site.now + DAY)
    assert figure(site, "Meetings held") == ("9", "0")


def test_goals_met_of_goals_set(site: Site) -> None:
    for number in range(4):
        pairing = more_pair(site, f"g{number}", at=site.now - 300 * DAY)
        for place_ in (1, 2, 3):
            met = site.now if place_ == 1 or number == 0 else None
            pairing.goals.create(number=place_, words="x", made_at=site.now - DAY, met_at=met)
    assert figure(site, "Goals met") == ("6 of 12 (50%)", "none")


def close(site: Site, reason: str, count: int, ago: int = 1, state: str = "closed") -> None:
    for number in range(count):
        name = f"{reason or 'none'}{ago}-{state}{number}".replace("_", "")
        pairing = more_pair(site, name, state, at=site.now - 300 * DAY)
        pairing.end_reason, pairing.closes_at = reason, site.now - ago * DAY
        pairing.ended_at = pairing.closes_at if state == "closed" else None
        pairing.save()


def test_pairs_closed_with_reasons(site: Site) -> None:
    """Rare reasons count together; a pair that a date has closed is closed."""
    close(site, "done", 6)
    close(site, "no_time", 3)
    close(site, "no_fit", 2)
    close(site, "", 5, state="active")
    close(site, "done", 7, ago=91)
    page = desk.figures_page(site.hub, 90, site.now)
    assert [(bar.label, bar.words) for bar in page.charts[1].bars] == [
        ("We did what we wanted to do", "6"),
        ("The time was over", "5"),
        ("Other reasons", "5"),
    ]
    assert figure(site, "Pairs that closed") == ("16", "7")


def test_a_rare_reason_cannot_be_had_by_taking_away(site: Site) -> None:
    close(site, "done", 6)
    close(site, "no_fit", 1)
    assert figure(site, "Pairs that closed") == ("at least 5", "0")


def test_what_the_hub_ended_is_never_named(site: Site) -> None:
    """Not even when it happened often: it would tell of cases."""
    at = site.now - DAY
    this = periods(90, site.now)[0]
    assert by_reason([(at, "safety")] * 8, this) == {"other": 8}


def test_proposals_that_staff_changed_and_why(site: Site) -> None:
    """Made by hand, or moved while a proposal; what staff did later in a pair is not meant."""
    rows = [more_pair(site, f"s{number}", at=site.now - DAY) for number in range(12)]
    for row in rows[:5]:
        row.origin, row.staff_reason = "staff", "By hand."
        row.save()
        note(row, site, "", "By hand.")
    note(rows[5], site, "proposed", "Out of date.")
    note(rows[6], site, "active", "Later.")
    page = desk.figures_page(site.hub, 90, site.now)
    assert figure(site, "Proposals that staff changed") == ("6 of 12 (50%)", "none")
    assert page.reasons == ["Out of date.", "By hand."]


def note(pairing: Pairing, site: Site, before: str, reason: str) -> None:
    """A move of staff in the log."""
    PairingMove.objects.create(
        pairing=pairing,
        actor=site.coordinator,
        verb="propose",
        before=before,
        after="proposed",
        is_staff=True,
        reason=reason,
        made_at=site.now,
    )


def test_another_hub_is_not_counted(site: Site) -> None:
    waited(site, 1, 2, 3, 4, 5)
    found = desk.figures_page(site.desk.other_hub, 90, site.now)
    assert {row.now for row in found.figures} == {"none", "0"}


def test_the_edge_of_a_period(site: Site) -> None:
    this, before = periods(90, site.now)
    edge = site.now - 90 * DAY
    second = timedelta(seconds=1)
    assert [this.has(at) for at in (edge, edge + second, site.now)] == [False, True, True]
    assert [before.has(at) for at in (edge, edge - 90 * DAY, None)] == [True, False, False]


# The page and the file


def test_desk_figures(client: Client, site: Site) -> None:
    """Every number with what it means; charts with a table beside; nobody's name."""
    waited(site, 1, 2, 3, 4, 5)
    note(Pairing.objects.latest("pk"), site, "", "Only for the desk.")
    response = client.get(place("desk_figures", site))
    page = text_of(response)
    assert [row.name for row in response.context["page"].figures] == NAMES
    for row in response.context["page"].figures:
        assert row.meaning in response.content.decode().replace("&#x27;", "'")
    assert page.count('<svg class="chart"') == 1
    assert "No pair in this period." in page
    assert "Only for the desk." in page
    assert "W1-0" not in page
    assert "style=" not in page


@pytest.mark.parametrize(
    ("asked", "days"), [("", 90), ("30", 30), ("365", 365), ("91", 90), ("x", 90), ("-1", 90)]
)
def test_the_period_is_one_of_a_few(client: Client, site: Site, asked: str, days: int) -> None:
    """Two periods that differ by a day would tell what one day held."""
    response = client.get(place("desk_figures", site), {"days": asked})
    assert response.context["page"].days == days
    assert response.content.decode().count('aria-current="true"') == 1


def test_which_mentor_to_look_for_next(client: Client, site: Site) -> None:
    site.ask.languages = ("ti",)
    site.ask.save()
    page = text_of(client.get(place("desk_figures", site)))
    assert "1 person waits for a mentor who speaks Tigrinya." in page


def rows_of(client: Client, site: Site, **asked: str) -> list[list[str]]:
    """The file, as a spreadsheet reads it."""
    response = client.get(place("desk_figures_csv", site), asked)
    text = response.content.decode()
    assert text.startswith("\ufeff")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert 'attachment; filename="mentorship-riverside-' in response["Content-Disposition"]
    return list(csv.reader(io.StringIO(text[1:])))


def test_desk_figures_csv(client: Client, site: Site) -> None:
    """The same numbers with what they mean; small ones hidden; no names, no free words."""
    waited(site, 1, 2, 3, 4, 5)
    note(Pairing.objects.latest("pk"), site, "", "=Only for the desk.")
    rows = rows_of(client, site)
    assert rows[0] == ["What", "In this period", "In the period before", "What it means"]
    assert [row[0] for row in rows[1:8]] == NAMES
    assert rows[1][1:3] == ["3 days", "none"]
    assert rows[8][:2] == ["How long people waited: 3 days or less", "fewer than 5"]
    told_ = str(rows)
    assert "Only for the desk" not in told_
    assert "W1-0" not in told_


def test_the_file_has_the_period_that_is_asked_for(client: Client, site: Site) -> None:
    waited(site, 1, 2, 3, 4, 5, ago=40)
    assert rows_of(client, site, days="30")[1][1:3] == ["none", "3 days"]


@pytest.mark.parametrize("count", [1, 3])
def test_figures_statements(client: Client, site: Site, count: int) -> None:
    """The same statements for one of each thing and for three."""
    waited(site, *range(count))
    close(site, "done", count)
    for number, pairing in enumerate(Pairing.objects.all()):
        meet(pairing, 100 + number, site.now - DAY)
        note(pairing, site, "", f"Reason {number}")
    client.get(place("desk_figures", site))
    with CaptureQueriesContext(connection) as statements:
        client.get(place("desk_figures", site))
    assert len(statements) == 13
