"""Pages with somebody's personal data stay in no browser's store."""

from types import SimpleNamespace

import pytest
from django.test import Client

from courses.actions import enrol
from tests.factories import packs_of

PRIVATE = (
    "/me/",
    "/me/data/",
    "/me/data/export/",
    "/me/data/erase/",
    "/me/details/",
    "/me/details/sessions/",
    "/me/notices/",
    "/desk/harbour/",
    "/desk/harbour/members/",
)


@pytest.mark.parametrize("path", PRIVATE)
def test_a_private_page_is_stored_nowhere(cast: SimpleNamespace, path: str) -> None:
    client = Client()
    client.force_login(cast.coordinator)
    answer = client.get(path)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


def test_the_table_and_the_record_of_learners_are_stored_nowhere(cast: SimpleNamespace) -> None:
    enrolment = enrol(member=cast.learner, course=cast.course)
    client = Client()
    client.force_login(cast.coordinator)
    course = f"/desk/harbour/courses/{cast.course.key}/"
    for path in (course, f"{course}learners.csv", f"{course}learners/{enrolment.pk}/"):
        answer = client.get(path)
        assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (200, True), path


def test_a_lesson_of_somebody_is_asked_for_anew_each_time(cast: SimpleNamespace) -> None:
    client = Client()
    client.force_login(cast.learner)
    answer = client.get(packs_of(cast.course)[0].url)
    assert answer["Cache-Control"] == "private, no-cache"
    assert "ETag" not in answer
