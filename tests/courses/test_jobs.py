"""What the clock owes courses."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from content import version
from courses import jobs
from courses.models import CourseDate, LessonPage, Release
from tests.factories import page_of

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def test_due_cuts_the_release_that_no_signal_announced(cast: SimpleNamespace) -> None:
    LessonPage.objects.filter(slug="read-1").update(is_required=False)
    for _time in range(2):
        assert jobs.due(NOON) == "1 courses"
    releases = Release.objects.filter(course=cast.course).order_by("number")
    assert [(one.number, one.change) for one in releases] == [(1, "first"), (2, "looser")]
    assert releases[1].made_at == NOON


def test_due_retires_the_lessons_of_a_course_whose_page_is_gone(cast: SimpleNamespace) -> None:
    page = page_of(cast.course)
    LessonPage.objects.child_of(page).update(live=False)
    type(page).objects.filter(pk=page.pk).update(live=False)
    assert jobs.due(NOON) == "1 courses"
    assert cast.course.releases.count() == 1


def test_new_day_builds_pages_anew_once_a_day() -> None:
    before = version.current()
    assert jobs.new_day(NOON) == "2026-05-04"
    after = version.current()
    assert after != before
    assert jobs.new_day(NOON + timedelta(hours=3)) == "nothing new"
    assert version.current() == after
    assert jobs.new_day(NOON + timedelta(days=1)) == "2026-05-05"
    assert version.current() != after


def test_a_date_is_over_when_it_is_read(cast: SimpleNamespace) -> None:
    page = page_of(cast.course)
    page.dates.add(CourseDate(day=date(2020, 1, 1), time="10:00", place="The old room"))
    page.save_revision().publish()
    assert "The old room" not in Client().get(page.url).content.decode()
