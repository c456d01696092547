"""The pages that the frame of every page leads to."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from wagtail.models import Locale, Page

from content import version
from content.models import HomePage, StandardPage
from content.queries import Place, main_places
from tests.factories import make_page

pytestmark = pytest.mark.django_db


def links(html: str) -> list[str]:
    """The addresses in the head and the foot that lead to pages of the site."""
    return [
        link
        for link in re.findall(r'<li><a href="([^"]+)"', html)
        if "about" in link or "quienes" in link
    ]


@pytest.fixture
def about(cast: SimpleNamespace) -> Page:
    """A live page in English, and one that is not live."""
    home = HomePage.objects.get(locale__language_code="en")
    make_page(home, StandardPage(title="Privacy", slug="privacy")).unpublish()
    make_page(home, StandardPage(title="Other", slug="other"))
    return make_page(home, StandardPage(title="About", slug="about"))


def in_spanish(page: Page) -> Page:
    """The page in Spanish, below a Spanish home page, with an address of its own."""
    spanish, _new = Locale.objects.get_or_create(language_code="es")
    if not page.get_parent().has_translation(spanish):
        page.get_parent().copy_for_translation(spanish).specific.save_revision().publish()
    copy = page.copy_for_translation(spanish)
    copy.slug = "quienes"
    copy.save_revision().publish()
    return copy


def test_only_live_pages_are_led_to(client: Client, about: Page) -> None:
    places = main_places()
    assert places["about"] == Place("/about/")
    assert places["home"] == Place("/")
    assert set(places) <= {"home", "hubs", "about"}
    assert links(client.get("/courses/").content.decode()) == ["/about/"]
    about.unpublish()
    version.bump()
    assert links(client.get("/courses/").content.decode()) == []


def test_a_reader_gets_the_own_language_or_is_told(client: Client, about: Page) -> None:
    html = client.get("/es/courses/").content.decode()
    assert '<a href="/about/" hreflang="en">' in html
    in_spanish(about)
    version.bump()
    html = client.get("/es/courses/").content.decode()
    assert links(html) == ["/es/quienes/"] and 'href="/es/"' in html
    assert links(client.get("/courses/").content.decode()) == ["/about/"]


def test_one_statement_after_a_change_and_then_none(
    about: Page, django_assert_num_queries: Any
) -> None:
    in_spanish(about)
    version.bump()
    with django_assert_num_queries(1):
        main_places()
    with django_assert_num_queries(0):
        main_places()


def test_a_page_stands_without_them_when_the_database_is_gone(about: Page) -> None:
    def gone(*_args: Any) -> None:
        raise OperationalError("gone")

    version.bump()
    with connection.execute_wrapper(gone):
        assert main_places() == {}
    assert main_places()["about"] == Place("/about/")
