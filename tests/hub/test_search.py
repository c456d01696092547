"""Search: what it finds, what it must not show, and what it costs."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from content import version
from content.models import StandardPage
from courses.models import LessonPage
from courses.queries.branches import branches
from tests.factories import HubPage, make_course, make_page, page_of
from tests.outer_parts import HIDDEN, in_spanish

pytestmark = pytest.mark.django_db


def hits(html: str) -> list[str]:
    """The titles that were found."""
    return re.findall(r"<h3><a [^>]*>([^<]*)</a>", html)


def look(client: Client, words: str, address: str = "/search/") -> str:
    response = client.get(address, {"q": words})
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def site(leaky: SimpleNamespace) -> SimpleNamespace:
    """Courses, a plain page, and all that could leak."""
    hub_page = HubPage.objects.get(hub=leaky.hub)
    body = [{"type": "text", "value": "<p>Kettle and tea.</p>", "id": "tea"}]
    make_page(hub_page, StandardPage(title="About us", slug="about", body=body))
    return leaky


def test_search_finds_courses_lessons_hubs_and_pages(client: Client, site: SimpleNamespace) -> None:
    assert hits(look(client, "basics")) == ["Basics"]
    assert hits(look(client, "harbour")) == ["Harbour Hub"]
    assert hits(look(client, "kettle")) == ["About us"]
    assert hits(look(client, "BROWSER")) == []
    html = look(client, "questions")
    assert hits(html) == ["Questions 2"]
    assert "Lesson · Basics · Harbour Hub" in html
    assert '<a href="/hubs/harbour/basics/questions-2/">Questions 2</a>' in html


def test_search_shows_nothing_that_the_reader_may_not_see(
    client: Client, signed_in: Callable, site: SimpleNamespace
) -> None:
    people = (site.outsider, site.learner, site.other_hub_editor)
    for browser in (client, *map(signed_in, people)):
        for words in ("zebra", "draft", "sunken", "sealed"):
            html = look(browser, words)
            assert not [leak for leak in HIDDEN if leak in html], words
        assert hits(look(browser, "sunken hub")) == []
    assert hits(look(client, "quilting")) == ["Quilting Inner"]
    assert "for members" in look(client, "quilting")
    assert "Quilting Inner · Harbour Hub" not in look(client, "read")
    assert "Quilting Inner · Harbour Hub" in look(signed_in(site.outsider), "read")


def test_answers_and_feedback_are_not_searched(client: Client, cast: SimpleNamespace) -> None:
    for words in ("SECRET-RIGHT", "SECRET-WRONG", "web browser"):
        assert hits(look(client, words)) == [], words


def test_a_closed_hub_closes_all_below(client: Client, site: SimpleNamespace) -> None:
    HubPage.objects.get(hub=site.hub).unpublish()
    version.bump()
    for words in ("basics", "harbour", "kettle", "questions", "quilting"):
        assert hits(look(client, words)) == [], words


def test_a_slip_is_mended_and_said(client: Client, site: SimpleNamespace) -> None:
    html = look(client, "bascis")
    assert hits(html) == ["Basics"]
    assert "Nothing has “bascis” in it. These have “basics”." in html


@pytest.mark.parametrize(
    "words, mended",
    [
        ("cooperative", ""),
        ("wi-fi", ""),
        ("wifi", ""),
        ("harbour basics", ""),
        ("moble harbuor", "mobile harbour"),
    ],
)
def test_search_finds_what_the_catalogue_finds(
    client: Client, site: SimpleNamespace, words: str, mended: str
) -> None:
    page = page_of(make_course(site.hub, "co-ops", ("read",), title="Co-operative basics"))
    page.summary = "Mobile Wi-Fi for all."
    page.save_revision().publish()
    html = look(client, words)
    assert "Co-operative basics" in hits(html)
    assert ("These have" in html) is bool(mended)
    assert not mended or f"These have “{mended}”." in html


def test_nothing_found_says_what_to_do(client: Client, site: SimpleNamespace) -> None:
    html = look(client, "xylophone")
    assert "Nothing found" in html
    assert "No page has “xylophone” in it." in html
    assert 'href="/courses/">See all courses' in html


STRANGE = [
    '"',
    "\x00",
    "'",
    "a\x00b",
    '"" OR',
    "*",
    "%",
    "NEAR(a b)",
    "x" * 5000,
    "😀",
    "-",
    "AND",
    "NOT a",
]


def test_no_words_break_it(client: Client, site: SimpleNamespace) -> None:
    for words in STRANGE:
        look(client, words)
    assert hits(look(client, 'basics"')) == ["Basics"]
    assert client.get("/search/?q=%ff%00").status_code == 200


def test_markup_is_shown_as_text(client: Client, site: SimpleNamespace) -> None:
    html = look(client, "<script>alert(1)</script>")
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_spanish_prefers_spanish_pages(client: Client, site: SimpleNamespace) -> None:
    in_spanish(site.course, "Basics en español")
    spanish = look(client, "basics", "/es/search/")
    assert hits(spanish) == ["Basics en español"]
    assert 'href="/es/hubs/harbour/basics/"' in spanish
    assert hits(look(client, "basics")) == ["Basics"]
    english = look(client, "primera")
    assert hits(english) == ["Primera lección"]
    assert 'lang="es" hreflang="es">Primera' in english


@pytest.mark.parametrize(
    "words, found",
    [
        ("leccion", ["Primera lección"]),
        ("LECCIÓN", ["Primera lección"]),
        ("about us", ["About us"]),
        ("us", ["About us"]),
    ],
)
def test_accents_do_not_matter_and_every_word_counts(
    client: Client, site: SimpleNamespace, words: str, found: list[str]
) -> None:
    in_spanish(site.course, "Basics en español")
    assert hits(look(client, words)) == found


def test_a_translation_does_not_open_a_course_for_members(
    client: Client, signed_in: Callable, site: SimpleNamespace
) -> None:
    page = in_spanish(site.members_course, "Acolchado")
    type(page).objects.filter(pk=page.pk).update(access="everybody")
    assert hits(look(client, "primera", "/es/search/")) == []
    assert hits(look(signed_in(site.learner), "primera", "/es/search/")) == ["Primera lección"]


def test_addresses_are_those_of_the_pages(site: SimpleNamespace) -> None:
    """In every language, also where a page has no address."""
    in_spanish(site.course, "Primeros pasos")
    tree = branches()
    lessons = LessonPage.objects.all()
    assert {page.path: page.url or "" for page in Page.objects.filter(depth__gt=1)} == {
        **{path: branch.url for path, branch in tree.items()},
        **{page.path: tree[page.path[:-4]].address_of(page.url_path) for page in lessons},
    }
    assert lessons.filter(locale__language_code="es").exists()


@pytest.mark.parametrize("words", ["basics", "questions"])
def test_a_closed_page_is_hidden_at_once(
    client: Client,
    site: SimpleNamespace,
    words: str,
    django_capture_on_commit_callbacks: Callable,
) -> None:
    assert hits(look(client, words))
    page = page_of(site.course)
    with django_capture_on_commit_callbacks(execute=True):
        restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert hits(look(client, words)) == []
    with django_capture_on_commit_callbacks(execute=True):
        restriction.delete()
    assert hits(look(client, words))


def test_many_hits_are_cut(client: Client, cast: SimpleNamespace) -> None:
    make_course(cast.hub, "long", ("read",) * 22, title="Long one")
    html = look(client, "read")
    assert len(hits(html)) == 20
    assert "The first 20 pages" in html
    assert "There are more. Add a word to find the right one." in html


@pytest.mark.parametrize("more", [0, 2])
def test_search_statements(
    client: Client,
    signed_in: Callable,
    cast: SimpleNamespace,
    django_assert_num_queries: Callable,
    more: int,
) -> None:
    for number in range(more):
        make_course(cast.hub, f"basics-{number}", ("read",), title=f"Basics {number}")
    look(client, "basics")
    look(client, "bascis")
    member = signed_in(cast.learner)
    with django_assert_num_queries(1):
        assert len(hits(look(client, "basics"))) == 1 + more
    with django_assert_num_queries(3):
        assert len(hits(look(client, "bascis"))) == 1 + more
    with django_assert_num_queries(3):
        look(member, "basics")
    with django_assert_num_queries(0):
        look(client, "")


def test_the_empty_page_is_shared_and_a_result_is_not(
    client: Client, cast: SimpleNamespace
) -> None:
    assert client.get("/search/")["Cache-Control"] == "no-cache"
    assert client.get("/search/?q=basics")["Cache-Control"] == "private, no-cache"
    assert 'content="noindex, follow"' in look(client, "basics")
    assert client.post("/search/").status_code == 405
    assert page_of(cast.course).live
