"""The feed of new courses."""

from collections.abc import Callable
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.factories import make_course
from tests.outer_parts import LEAKS, in_spanish

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client: Client, address: str = "/courses/feed/") -> list[tuple[str, str, str]]:
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (
        200,
        "application/atom+xml; charset=utf-8",
    )
    tree = ElementTree.fromstring(response.content)
    return [
        (
            row.findtext(f"{ATOM}title"),
            row.findtext(f"{ATOM}id"),
            row.find(f"{ATOM}link").get("href"),
        )
        for row in tree.findall(f"{ATOM}entry")
    ]


def test_course_feed(
    client: Client, leaky: SimpleNamespace, django_assert_num_queries: Callable
) -> None:
    make_course(leaky.hub, "latest", ("read",), title="Latest & <best>")
    found = entries(client)
    assert [title for title, _id, _link in found] == ["Latest & <best>", "Quilting Inner", "Basics"]
    assert found[2] == (
        "Basics",
        f"urn:uuid:{leaky.course.key.hex}",
        "http://testserver/hubs/harbour/basics/",
    )
    body = client.get("/courses/feed/").content.decode()
    assert not [word for word in LEAKS if word in body]
    with django_assert_num_queries(0):
        assert client.get("/courses/feed/").content.decode() == body
    in_spanish(leaky.course, "Lo básico")
    assert ("Lo básico", found[2][1], "http://testserver/es/hubs/harbour/basics/") in entries(
        client, "/es/courses/feed/"
    )
    assert '/courses/feed/"' in client.get("/courses/").content.decode()
