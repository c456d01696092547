"""The table of learners, its filters and pages, and the file."""

import csv
from datetime import datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from courses.models import Enrolment
from courses.queries import desk as queries
from courses.queries.desk import LearnerFilter
from tests.desk_parts import (
    NOW,
    Desk,
    lessons_of,
    make_course,
    make_desk,
    make_enrolment,
    make_member,
)


@pytest.fixture
def desk(db: None, client: Client) -> Desk:
    made = make_desk()
    client.force_login(made.coordinator)
    return made


def address(desk: Desk, name: str = "desk_course") -> str:
    return reverse(f"courses:{name}", args=["riverside", desk.course.pk])


def names(desk: Desk, **chosen: object) -> list[str]:
    """The names that a filter shows, in order."""
    found = queries.learners_page(desk.hub, desk.course, LearnerFilter(**chosen), now=NOW)
    return [row.name for row in found.rows]


def read_csv(response: object) -> list[list[str]]:
    """The lines of the file, without the mark at its start."""
    text = b"".join(response.streaming_content).decode()
    assert text[0] == "\ufeff"
    return list(csv.reader(StringIO(text[1:])))


def test_who_is_stuck_is_a_tap_away(desk: Desk, client: Client) -> None:
    sentence = "1 person is stuck: they started and did nothing for 14 days."
    Enrolment.objects.filter(pk=desk.enrolment.pk).update(last_at=timezone.now())
    assert sentence not in client.get(address(desk)).content.decode()
    make_enrolment(make_member("ben", "Ben"), desk.course, desk.hub, done=1, ago=900)
    html = client.get(address(desk)).content.decode()
    assert f'<li><a href="?show=stuck#learners">{sentence}</a></li>' in html
    shown = client.get(address(desk), {"show": "stuck"}).content.decode()
    assert ("Ben" in shown, "Zebra Name" in shown) == (True, False)


def test_filters(desk: Desk) -> None:
    """Everybody, active, stuck, finished; last active first."""
    for name, done, ago in (("Ana", 3, 40), ("Ben", 1, 14), ("Cem", 0, 7), ("Dia", 3, 3)):
        make_enrolment(make_member(name.lower(), name), desk.course, desk.hub, done=done, ago=ago)
    make_enrolment(make_member("eva", "Eva"), desk.course, desk.other_hub)
    assert names(desk) == ["Zebra Name", "Dia", "Cem", "Ben", "Ana"]
    assert names(desk, show="active") == ["Zebra Name", "Dia", "Cem"]
    assert names(desk, show="stuck") == ["Ben"]
    assert names(desk, show="finished") == ["Dia", "Ana"]
    assert names(desk, words="e") == ["Zebra Name", "Cem", "Ben"]
    assert names(desk, show="finished", words="an") == ["Ana"]


def test_states(desk: Desk) -> None:
    """Done, started, not yet: for each lesson in order."""
    second = lessons_of(desk.course)[1]
    desk.enrolment.steps[second.key.hex] = {"percent": 40}
    desk.enrolment.save()
    columns = queries.lesson_columns(desk.course)
    row = queries.learners_page(desk.hub, desk.course, LearnerFilter()).rows[0]
    assert [column.title for column in columns] == [
        "First steps 1",
        "First steps 2",
        "First steps 3",
    ]
    assert row.states(columns) == ("done", "started", "not_yet")
    assert row.active_at == desk.enrolment.last_at


def test_pages_of_fifty(client: Client, desk: Desk) -> None:
    """Fifty to a page; the filter stays in the links."""
    for number in range(60):
        make_enrolment(make_member(f"p{number}", f"Person {number}"), desk.course, desk.hub, ago=2)
    first = queries.learners_page(desk.hub, desk.course, LearnerFilter())
    second = queries.learners_page(desk.hub, desk.course, LearnerFilter(page=2))
    assert (len(first.rows), first.has_next, first.first, first.last) == (50, True, 1, 50)
    assert (len(second.rows), second.has_next, second.first, second.last) == (11, False, 51, 61)
    assert {row.pk for row in first.rows}.isdisjoint({row.pk for row in second.rows})
    page = client.get(address(desk), {"q": "Person"}).content.decode()
    assert 'href="?q=Person&amp;page=2"' in page
    far = queries.learners_page(desk.hub, desk.course, LearnerFilter(page=99))
    assert far == second
    page = client.get(address(desk), {"q": "Person", "page": "99"}).content.decode()
    assert "Learners 51 to 60" in page and "Nobody has started" not in page


@pytest.mark.parametrize(
    "asked",
    [{"page": "x"}, {"page": "-1"}, {"show": "secret"}, {"q": "a" * 500}, {"page": "99999999"}],
)
def test_broken_filters_show_the_table(client: Client, desk: Desk, asked: dict[str, str]) -> None:
    """What cannot be read is left out."""
    response = client.get(address(desk), asked)
    assert response.status_code == 200
    assert "Zebra Name" in response.content.decode()


def test_search_without_result(client: Client, desk: Desk) -> None:
    """An empty result says what to do, and keeps the typed name."""
    page = client.get(address(desk), {"q": "nobody-here"}).content.decode()
    assert "Zebra Name" not in page
    assert 'value="nobody-here"' in page
    assert "Show everybody" in page


def test_states_are_words(client: Client, desk: Desk) -> None:
    """Each cell says in words how far the lesson is."""
    page = client.get(address(desk)).content.decode()
    assert page.count(">done<") == 1
    assert page.count(">not yet<") == 2


def short(moment: datetime) -> str:
    """A cell with the day of a time."""
    return f">{date_format(moment, 'SHORT_DATE_FORMAT')}<"


def test_the_table_shows_every_change_at_once(client: Client, desk: Desk) -> None:
    """Rows that were shown before are shown as they are now."""
    _first, second, third = (lesson.key.hex for lesson in lessons_of(desk.course))
    assert ">Zebra Name<" in client.get(address(desk)).content.decode()
    desk.learner.name = "Zebra <New>"
    desk.learner.save()
    desk.enrolment.steps[second] = {"read": NOW.isoformat()}
    desk.enrolment.save()
    page = client.get(address(desk)).content.decode()
    assert ">Zebra &lt;New&gt;<" in page
    assert (page.count(">done<"), page.count(">started<"), page.count(">not yet<")) == (1, 1, 1)
    desk.enrolment.steps[third] = {"done": NOW.isoformat()}
    desk.enrolment.finished_at = desk.enrolment.last_at = NOW
    desk.enrolment.save()
    page = client.get(address(desk)).content.decode()
    assert (page.count(">done<"), page.count(">started<"), page.count(">not yet<")) == (2, 1, 0)
    assert "· finished" in page
    assert short(NOW) in page


def test_the_table_has_the_days_of_the_hub(client: Client, desk: Desk) -> None:
    """Noon is the next day on an island far in the east, as soon as the hub moves there."""
    assert short(NOW - timedelta(days=1)) in client.get(address(desk)).content.decode()
    desk.hub.time_zone = "Pacific/Kiritimati"
    desk.hub.save()
    assert short(NOW) in client.get(address(desk)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_table_statements(client: Client, desk: Desk, count: int) -> None:
    """The same few statements for one learner and for three."""
    for number in range(count - 1):
        make_enrolment(make_member(f"p{number}"), desk.course, desk.hub, ago=2)
    client.get(address(desk))
    with CaptureQueriesContext(connection) as statements:
        client.get(address(desk))
    assert len(statements) == 8


@pytest.mark.parametrize("count", [1, 3])
def test_csv_statements(client: Client, desk: Desk, count: int) -> None:
    """The same few statements for one learner and for three."""
    for number in range(count - 1):
        make_enrolment(make_member(f"p{number}"), desk.course, desk.hub, ago=2)
    read_csv(client.get(address(desk, "desk_course_csv")))
    with CaptureQueriesContext(connection) as statements:
        rows = read_csv(client.get(address(desk, "desk_course_csv")))
    assert len(statements) == 4
    assert len(rows) == count + 2


def test_csv(client: Client, desk: Desk) -> None:
    """A head, a line for each learner, and a last line with definitions."""
    response = client.get(address(desk, "desk_course_csv"))
    assert response.streaming
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    day = timezone.localdate().isoformat()
    expected = f'attachment; filename="first-steps-riverside-{day}.csv"'
    assert response["Content-Disposition"] == expected
    rows = read_csv(response)
    assert rows[0] == [
        "Name",
        "User name",
        "Started on",
        "Last active on",
        "Finished on",
        "Needed lessons done",
        "Needed lessons",
        "First steps 1",
        "First steps 2",
        "First steps 3",
    ]
    assert rows[1] == [
        "Zebra Name",
        "zebra",
        "2026-11-01",
        "2026-11-01",
        "",
        "1",
        "3",
        "done",
        "not yet",
        "not yet",
    ]
    assert rows[2][0].startswith("What the words mean. done:")
    assert len(rows) == 3


def test_csv_days_are_those_of_the_hub(client: Client, desk: Desk) -> None:
    """A late evening is the next day further east."""
    desk.hub.time_zone = "Pacific/Auckland"
    desk.hub.save()
    rows = read_csv(client.get(address(desk, "desk_course_csv")))
    assert rows[1][2] == "2026-11-02"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_runs_nothing(client: Client, desk: Desk, start: str) -> None:
    """No name and no title is a formula for a spreadsheet."""
    name = f"{start}1+1|cmd"
    desk.learner.name = name
    desk.learner.save()
    desk.course.lessons.update(title=name)
    rows = read_csv(client.get(address(desk, "desk_course_csv")))
    assert (rows[0][7], rows[1][0]) == (f"'{name}", f"'{name}")


def test_csv_follows_the_filter(client: Client, desk: Desk) -> None:
    """The file holds whom the table shows."""
    make_enrolment(make_member("ana", "Ana"), desk.course, desk.hub, done=3)
    rows = read_csv(client.get(address(desk, "desk_course_csv"), {"show": "finished"}))
    assert [row[0] for row in rows[1:-1]] == ["Ana"]


def test_only_this_hub(client: Client, desk: Desk) -> None:
    """Learners of the same course in another hub are neither in the table nor in the file."""
    abroad = make_member("abroad", "Secret Abroad")
    make_enrolment(abroad, desk.course, desk.other_hub)
    assert b"Secret Abroad" not in client.get(address(desk)).content
    rows = read_csv(client.get(address(desk, "desk_course_csv")))
    assert "Secret Abroad" not in [row[0] for row in rows]


def test_course_of_another_hub(client: Client, desk: Desk) -> None:
    """A course of another hub is on the desk once somebody learns it here."""
    guest = make_course(desk.other_hub, "Guest")
    place = reverse("courses:desk_course", args=["riverside", guest.pk])
    assert client.get(place).status_code == 404
    make_enrolment(desk.neighbour, guest, desk.hub)
    page = client.get(place)
    assert page.status_code == 200
    assert "Neighbour" in page.content.decode()


def test_unknown_course(client: Client, desk: Desk) -> None:
    """A course that is nowhere is nowhere on the desk."""
    for name in ("desk_course", "desk_course_csv"):
        assert (
            client.get(reverse(f"courses:{name}", args=["riverside", uuid4()])).status_code == 404
        )


def test_editor_reads_figures_of_other_hubs_without_names(client: Client, desk: Desk) -> None:
    """Six people elsewhere are a figure; nobody is named."""
    for number in range(6):
        make_enrolment(make_member(f"x{number}", f"Xenia {number}"), desk.course, desk.other_hub)
    client.force_login(desk.editor)
    page = client.get(address(desk)).content.decode()
    assert "6 people have started." in page
    assert "Fewer than 5 people have started." in page
    assert "Xenia" not in page
    assert "Zebra" not in page
