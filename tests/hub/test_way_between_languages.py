"""The way to another language: the same page, else the nearest one above: nobody is stranded."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from content import version
from content.models import HomePage
from members.models import Member
from tests.courses.test_actions_outline import spanish
from tests.factories import PASSWORD, packs_of, page_of
from tests.hub.test_places import in_spanish

pytestmark = pytest.mark.django_db


def ways(client: Client, path: str) -> tuple[list[str], list[str]]:
    """Where the head of a page leads in the other language, and what it calls the same page."""
    html = client.get(path).content.decode()
    head = re.findall(r'<li><a href="([^"]+)" lang="\w+" hreflang="\w+">', html)
    same = re.findall(r'<link rel="alternate" hreflang="\w+" href="([^"]+)">', html)
    return head, same


def test_a_lesson_that_is_not_translated_leads_to_its_course(
    cast: SimpleNamespace, client: Client, commit: Callable
) -> None:
    with commit():
        course = spanish(cast.course)
    first, _second, third = packs_of(cast.course)
    assert ways(client, first.url) == (
        [dict(first.languages)["es"]],
        [url for _code, url in first.languages],
    )
    assert ways(client, third.url) == ([course.url], [third.url])


def test_a_page_in_one_language_leads_to_the_home_page_of_the_other(
    cast: SimpleNamespace, client: Client
) -> None:
    url = page_of(cast.course).url
    assert ways(client, url) == ([], [url])
    home = HomePage.objects.get(locale__language_code="en")
    spanish_home = in_spanish(home.get_children().first()).get_parent()
    version.bump()
    assert ways(client, url) == ([spanish_home.url], [url])
    assert ways(client, "/nowhere/") == ([spanish_home.url], [])


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/", "/accounts/code/"])
def test_a_view_has_one_address_in_all_languages(db: None, client: Client, path: str) -> None:
    assert ways(client, path) == ([f"/es{path}"], [path, f"/es{path}"])
    assert ways(client, f"/es{path}") == ([path], [path, f"/es{path}"])


@pytest.mark.parametrize(
    ("language", "door", "lands"),
    [
        ("es", "/accounts/login/", "/es/me/"),
        ("en", "/accounts/login/", "/me/"),
        ("", "/accounts/login/", "/me/"),
        ("ar", "/accounts/login/", "/me/"),
        ("en", "/es/accounts/login/", "/es/me/"),
        ("es", "/accounts/login/?next=/courses/", "/courses/"),
    ],
)
def test_a_person_lands_in_their_own_language(
    cast: SimpleNamespace, client: Client, language: str, door: str, lands: str
) -> None:
    Member.objects.filter(pk=cast.learner.pk).update(language=language)
    sent = {"login": cast.learner.username, "password": PASSWORD}
    if "next=" in door:
        sent["next"] = "/courses/"
    assert client.post(door, sent).url == lands
