"""The sitemap and robots.txt: live public pages in their languages, nothing else."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.outer_parts import HIDDEN, in_spanish

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def urls(client: Client) -> dict[str, dict[str, str]]:
    """Each address with its alternates."""
    response = client.get("/sitemap.xml")
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    tree = ElementTree.fromstring(response.content)
    return {
        row.findtext("s:loc", namespaces=NAMES).removeprefix("http://testserver"): {
            link.get("hreflang"): link.get("href").removeprefix("http://testserver")
            for link in row.findall("x:link", NAMES)
        }
        for row in tree.findall("s:url", NAMES)
    }


def test_sitemap_lists_live_public_pages_once(client: Client, leaky: SimpleNamespace) -> None:
    found = urls(client)
    assert list(found) == [
        "/courses/",
        "/es/courses/",
        "/offers/",
        "/es/offers/",
        "/partners/",
        "/es/partners/",
        "/",
        "/hubs/",
        "/hubs/harbour/",
        "/hubs/harbour/basics/",
        "/hubs/harbour/basics/read-1/",
        "/hubs/harbour/basics/questions-2/",
        "/hubs/harbour/basics/task-3/",
        "/hubs/harbour/inner/",
        "/hubs/harbour/empty/",
        "/hubs/valley/",
    ]
    body = client.get("/sitemap.xml").content.decode()
    assert not [
        word for word in (*HIDDEN, "sunken", "sealed", "draft", "inner/read") if word in body
    ]


def test_every_listed_address_answers(client: Client, leaky: SimpleNamespace) -> None:
    for path in urls(client):
        assert client.get(path).status_code == 200, path


def test_alternates_name_each_language(client: Client, cast: SimpleNamespace) -> None:
    in_spanish(cast.course, "Lo básico")
    found = urls(client)
    both = {"en": "/hubs/harbour/basics/", "es": "/es/hubs/harbour/basics/"}
    assert found["/hubs/harbour/basics/"] == found["/es/hubs/harbour/basics/"] == both
    assert found["/courses/"] == {"en": "/courses/", "es": "/es/courses/"}
    assert found["/hubs/valley/"] == {}


def test_a_members_course_in_another_language_hides_its_lessons(
    client: Client, leaky: SimpleNamespace
) -> None:
    page = in_spanish(leaky.members_course, "Acolchado")
    type(page).objects.filter(pk=page.pk).update(access="everybody")
    assert [path for path in urls(client) if path.startswith("/es/hubs/harbour/inner/")] == [
        "/es/hubs/harbour/inner/"
    ]


def test_sitemap_statements(
    client: Client, cast: SimpleNamespace, django_assert_num_queries: Callable
) -> None:
    client.get("/courses/")
    with django_assert_num_queries(5):
        first = client.get("/sitemap.xml").content
    with django_assert_num_queries(0):
        assert client.get("/sitemap.xml").content == first
    assert client.get("/es/sitemap.xml").status_code == 404


def test_robots(client: Client, db: None, django_assert_num_queries: Callable) -> None:
    with django_assert_num_queries(0):
        response = client.get("/robots.txt")
    lines = response.content.decode().splitlines()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert lines[0] == "User-agent: *"
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"
    closed = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")]
    for path in ("/cms/", "/me/", "/desk/", "/search/", "/es/me/", "/accounts/login/"):
        assert path in closed
    assert not [
        path for path in closed if re.match(r"(/es)?/(courses|hubs|certificates)?/?$", path)
    ]
