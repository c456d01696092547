"""Figures of a course: counted right, told in words, hidden where they are small."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.queries import desk as queries
from courses.queries.desk import Figures
from tests.desk_parts import NOW, Desk, make_course, make_desk, make_enrolment, make_member


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


def enrol(desk: Desk, count: int, start: int = 0, **values: int) -> None:
    """More people in the course."""
    for number in range(start, start + count):
        make_enrolment(make_member(f"person{number}"), desk.course, desk.hub, **values)


def test_counts(desk: Desk) -> None:
    """Started, finished, active, stuck; people of another hub are not counted."""
    enrol(desk, 2, done=3, ago=30)
    enrol(desk, 3, start=2, ago=14)
    enrol(desk, 1, start=5, ago=13)
    make_enrolment(make_member("abroad"), desk.course, desk.other_hub)
    found = queries.course_figures(desk.hub, desk.course, is_exact=True, now=NOW)
    assert (found.started, found.finished, found.active, found.stuck) == (7, 2, 1, 3)
    assert found.done == 7


def test_exact_sentences() -> None:
    """A coordinator reads the numbers."""
    found = Figures(started=4, finished=1, active=2, stuck=0, done=6)
    assert found.sentences() == [
        "4 people have started.",
        "1 person has finished.",
        "2 people were active in the last 7 days.",
        "Nobody is stuck.",
        "On average they have done 1.5 needed lessons.",
    ]


def test_hidden_sentences() -> None:
    """Others read no number from 1 to 4."""
    found = Figures(started=9, finished=4, active=5, stuck=1, is_exact=False)
    assert found.sentences() == [
        "9 people have started.",
        "Fewer than 5 people have finished.",
        "5 people were active in the last 7 days.",
        "Fewer than 5 people are stuck: they started and did nothing for 14 days.",
        "On average they have done 0.0 needed lessons.",
    ]


def test_few_people_tell_nothing_more() -> None:
    """With fewer than five people not even a zero is told."""
    found = Figures(started=4, is_exact=False)
    assert found.sentences() == ["Fewer than 5 people have started."]


def test_nobody() -> None:
    """An empty course says so in one sentence."""
    assert Figures().sentences() == ["Nobody has started yet."]


def test_elsewhere_is_for_editors_of_the_course(desk: Desk) -> None:
    """Figures of other hubs: never exact, only for an editor of the hub that owns the course."""
    for number in range(6):
        make_enrolment(make_member(f"abroad{number}"), desk.course, desk.other_hub, done=number % 2)
    found = queries.elsewhere_figures(desk.editor, desk.hub, desk.course, now=NOW)
    assert found is not None
    assert (found.started, found.is_exact) == (6, False)
    for person in (desk.coordinator, desk.reviewer, desk.other_editor):
        assert queries.elsewhere_figures(person, desk.hub, desk.course, now=NOW) is None
    assert queries.elsewhere_figures(desk.other_editor, desk.other_hub, desk.course) is None


def test_elsewhere_without_people(desk: Desk) -> None:
    """Nothing is said about hubs where nobody learns the course."""
    assert queries.elsewhere_figures(desk.editor, desk.hub, desk.course) is None


def test_hub_courses(desk: Desk) -> None:
    """Own courses, also empty ones, and those of others that are learned here; two statements."""
    empty = make_course(desk.hub, "Empty")
    guest = make_course(desk.other_hub, "Guest")
    make_course(desk.other_hub, "Never here")
    make_enrolment(desk.neighbour, guest, desk.hub)
    with CaptureQueriesContext(connection) as statements:
        rows = queries.hub_courses(desk.hub, is_exact=True, now=NOW)
    assert [(row.course, row.figures.started) for row in rows] == [
        (empty, 0),
        (desk.course, 1),
        (guest, 1),
    ]
    assert len(statements) == 2


def test_counting_reads_only_the_index(desk: Desk) -> None:
    """On SQLite the counts come from one index, so that many people cost little."""
    if connection.vendor != "sqlite":
        pytest.skip("The plan is worded so by SQLite only.")
    with CaptureQueriesContext(connection) as statements:
        queries.course_figures(desk.hub, desk.course, is_exact=True, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statements[0]['sql']}")
        plan = " ".join(row[3] for row in cursor.fetchall())
    assert "USING COVERING INDEX enrolment_by_hub" in plan
