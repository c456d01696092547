"""Markup that people leave on the site: whoever reads it later sees words, and nothing runs."""

import csv
import io
import logging
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.test import Client

from courses.actions import ask_about_lesson, enrol, hand_in_task
from courses.models import Ask, HandIn
from members.actions import change_details
from tests.factories import packs_of

from .naughty import naughty_strings
from .running import running

pytestmark = pytest.mark.walk
NAME = '<img src=x onerror="alert(1)">'
FORMULAS = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", " =1"]


@pytest.fixture
def desk(cast: SimpleNamespace) -> Iterator[SimpleNamespace]:
    """A learner whose words wait on the desk, and everybody who reads them."""
    logging.disable(logging.ERROR)
    change_details(member=cast.learner, name=NAME, phone="020 7946 0123")
    enrol(member=cast.learner, course=cast.course)
    lesson, _quiz, task = packs_of(cast.course)
    readers = []
    for name in ("learner", "coordinator", "reviewer", "admin"):
        client = Client(raise_request_exception=False)
        client.force_login(getattr(cast, name))
        readers.append(client)
    yield SimpleNamespace(
        cast=cast, lesson=lesson, task=task, block=next(iter(task.tasks)), readers=readers
    )
    logging.disable(logging.NOTSET)


def pages(desk: SimpleNamespace, ask: Ask, hand_in: HandIn) -> list[str]:
    """Every page on which the words of a learner can be read."""
    course, enrolment = desk.cast.course.key, hand_in.enrolment_id
    return [
        desk.lesson.url,
        desk.task.url,
        "/me/",
        "/me/data/",
        "/me/details/",
        "/me/notices/",
        "/desk/",
        "/desk/harbour/",
        "/desk/harbour/members/",
        f"/desk/harbour/questions/{ask.pk}/",
        f"/desk/harbour/hand-ins/{hand_in.pk}/",
        f"/desk/harbour/courses/{course}/",
        f"/desk/harbour/courses/{course}/learners/{enrolment}/",
        f"/cms/users/edit/{desk.cast.learner.pk}/",
    ]


def pieces(strings: list[str], most: int) -> Iterator[str]:
    """The strings, joined to texts of at most so many signs."""
    text = ""
    for one in strings:
        one = one.replace("\x00", "")[:most]
        if len(text) + len(one) >= most:
            yield text
            text = ""
        text += f"{one}\n"
    yield text


def test_what_a_learner_writes_runs_nowhere(desk: SimpleNamespace) -> None:
    for text in pieces(naughty_strings(), 1900):
        Ask.objects.all().delete()
        HandIn.objects.all().delete()
        ask = ask_about_lesson(member=desk.cast.learner, lesson=desk.lesson, words=text)
        row = hand_in_task(
            member=desk.cast.learner, lesson=desk.task, block_id=desk.block, words=text
        )
        for path in pages(desk, ask, row):
            for reader in desk.readers:
                got = reader.get(path)
                assert got.status_code in (200, 302, 404), path
                html = got.content.decode()
                assert path.startswith("/cms/") or running(html) == [], path
                assert NAME not in html, path


def test_what_staff_write_back_runs_nowhere(desk: SimpleNamespace) -> None:
    """An answer and a note, through the forms of the desk."""
    words = f'{NAME}<script>alert(1)</script><a href="javascript:alert(1)">x</a> https://x.example/'
    ask = ask_about_lesson(member=desk.cast.learner, lesson=desk.lesson, words="Why?")
    row = hand_in_task(
        member=desk.cast.learner, lesson=desk.task, block_id=desk.block, words="Done."
    )
    coordinator = desk.readers[1]
    answer = coordinator.post(f"/desk/harbour/questions/{ask.pk}/", {"answer": words})
    note = {"decision": "return", "note": words}
    returned = coordinator.post(f"/desk/harbour/hand-ins/{row.pk}/", note)
    assert (answer.status_code, returned.status_code) == (303, 303)
    for path in pages(desk, ask, row)[:8]:
        html = desk.readers[0].get(path).content.decode()
        assert running(html) == [], path
    assert "&lt;script&gt;" in desk.readers[0].get(desk.lesson.url).content.decode()


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_an_export_is_a_formula(desk: SimpleNamespace, formula: str) -> None:
    """A name that a spreadsheet would run is text in the file of the desk."""
    desk.cast.learner.name = formula
    desk.cast.learner.save()
    path = f"/desk/harbour/courses/{desk.cast.course.key}/learners.csv"
    answer = desk.readers[1].get(path)
    text = b"".join(answer).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert any(formula.strip() in cell for cell in cells)
    assert [cell for cell in cells if cell.lstrip()[:1] in tuple("=+@\t\r") and cell.lstrip()] == []
    assert [cell for cell in cells if cell.startswith("-")] == []
