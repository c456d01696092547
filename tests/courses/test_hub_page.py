"""The page of a hub: its courses with their language, and the next dates."""

import re
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client
from wagtail.models import Locale

from content import version
from content.models import HomePage, HubPage
from courses.models import CourseDate
from courses.queries import coming_dates, open_courses
from tests.factories import make_course, page_of

pytestmark = pytest.mark.django_db
ROOM = "Room of the hub"


def give_dates(course: object, *days: tuple[str, str]) -> None:
    """Publish the days on which a course is given."""
    page = page_of(course)
    for day, time in days:
        page.dates.add(CourseDate(day=date.fromisoformat(day), time=time, place=ROOM))
    page.save_revision().publish()
    version.bump()


def test_the_next_dates_stand_on_the_page_of_the_hub(cast: SimpleNamespace, client: Client) -> None:
    second = make_course(cast.hub, "second", ("read",))
    theirs = make_course(cast.other_hub, "theirs", ("read",))
    give_dates(cast.course, ("2999-03-02", "10:00"), ("2020-01-01", "10:00"))
    give_dates(second, *[(f"2999-03-0{day}", "09:00") for day in (1, 2, 3, 4, 5)])
    give_dates(theirs, ("2999-02-01", "12:00"))
    html = client.get(HubPage.objects.get(hub=cast.hub).url).content.decode()
    shown = re.findall(r'<li><time datetime="([^"]+)">.*?<a href="[^"]+">(\w+)</a>', html)
    assert shown == [
        ("2999-03-01", "Second"),
        ("2999-03-02", "Second"),
        ("2999-03-02", "Basics"),
        ("2999-03-03", "Second"),
        ("2999-03-04", "Second"),
    ]


def test_a_date_counts_on_its_day_and_not_after(cast: SimpleNamespace) -> None:
    give_dates(cast.course, ("2999-03-02", "10:00"))
    days = [date(2999, 3, 1), date(2999, 3, 2), date(2999, 3, 3)]
    assert [len(coming_dates(open_courses(), day, 5)) for day in days] == [1, 1, 0]


def test_a_course_that_is_not_in_the_language_of_the_page_says_so(
    cast: SimpleNamespace, client: Client, commit: Callable
) -> None:
    home = HomePage.objects.get(locale__language_code="en")
    with commit():
        home.copy_for_translation(Locale.objects.get(language_code="es")).save_revision().publish()
    version.bump()
    spanish = client.get("/es/").content.decode()
    assert 'lang="en" hreflang="en">Basics</a>' in spanish
    assert '<p lang="en">About basics.</p>' in spanish
    assert "lang=" not in re.findall(r"<h3>.*?</h3>", client.get("/").content.decode())[0]
