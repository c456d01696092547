"""The catalogue: who is listed, filters, counts, search, languages, statements."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils.html import escape

from content import version
from content.models import Level, Topic
from courses.catalogue import count_words
from courses.models import CoursePage
from courses.queries import catalogue_rows
from tests.factories import make_course, page_of
from tests.outer_parts import LEAKS, in_spanish, make_courses

pytestmark = pytest.mark.django_db


def titles(html: str) -> list[str]:
    """The courses that a page lists."""
    return re.findall(r"<h3><a [^>]*>([^<]*)</a>", html)


def get(client: Client, address: str = "/courses/", **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def facet_counts(html: str, name: str) -> dict[str, str]:
    """The choices of a filter with their counts."""
    part = re.search(rf'aria-labelledby="facet-{name}".*?</section>', html, re.S)
    rows = (
        re.findall(r"<span>([^<]*)</span>&nbsp;<span[^>]*>([^<]*)</span>", part[0]) if part else []
    )
    return dict(rows)


@pytest.fixture
def site(leaky: SimpleNamespace) -> SimpleNamespace:
    """Basics, a course for members, a course of the other hub, and what may not be seen."""
    topic = Topic.objects.create(slug="coops", name="Co-ops", names_in="es: Cooperativas")
    level = Level.objects.create(slug="next", name="Some practice", words="You did it.", rank=2)
    leaky.coop = make_course(
        leaky.other_hub,
        "coops",
        ("read", "read"),
        title="How a co-op works",
        topic=topic,
        level=level,
        mode="at-hub",
    )
    return leaky


def test_catalogue_lists_live_public_courses_only(
    client: Client, signed_in: Callable, site: SimpleNamespace
) -> None:
    people = (site.outsider, site.learner, site.other_hub_editor, site.admin)
    for browser in (client, *map(signed_in, people)):
        html = get(browser)
        assert titles(html) == ["Basics", "Quilting Inner", "How a co-op works"]
        assert html.count("for members") == 1
        for word in (*LEAKS, "Sunken Hub"):
            assert word not in html
        assert titles(get(browser, q="zebra")) == []
        assert titles(get(browser, hub="sunken")) == titles(html)


def test_a_course_leaves_with_its_hub(client: Client, site: SimpleNamespace) -> None:
    page_of(site.coop).get_parent().specific.unpublish()
    version.bump()
    assert titles(get(client)) == ["Basics", "Quilting Inner"]


FITS = [
    ({"topic": "coops"}, ["How a co-op works"]),
    ({"level": "starter"}, ["Basics", "Quilting Inner"]),
    ({"mode": "at-hub"}, ["How a co-op works"]),
    ({"hub": "harbour"}, ["Basics", "Quilting Inner"]),
    ({"hub": "valley", "topic": "coding"}, []),
    ({"q": "coop"}, ["How a co-op works"]),
    ({"q": "valley town"}, ["How a co-op works"]),
    ({"q": "Cooperativas"}, ["How a co-op works"]),
    ({"q": "quliting"}, ["Quilting Inner"]),
    ({"q": "coop", "hub": "harbour"}, []),
]


def test_filters(client: Client, site: SimpleNamespace) -> None:
    for query, expected in FITS:
        assert titles(get(client, **query)) == expected, query


def test_counts_say_what_a_tap_gives(client: Client, site: SimpleNamespace) -> None:
    html = get(client, hub="harbour")
    assert facet_counts(html, "hub") == {"Harbour Hub": "2", "Valley Hub": "1"}
    assert facet_counts(html, "level") == {}
    everything = get(client)
    assert facet_counts(everything, "topic") == {"Co-ops": "1", "Coding": "2"}
    assert facet_counts(everything, "level") == {"Beginners": "2", "Some practice": "1"}
    assert list(facet_counts(everything, "level")) == ["Beginners", "Some practice"]
    for address in re.findall(r'<li><a href="(/courses/\?[^"]*)"', everything):
        label, count = re.search(
            rf'href="{re.escape(address)}"[^>]*><span>([^<]*)</span>&nbsp;<span[^>]*>(\d+)',
            everything,
        ).groups()
        assert len(titles(get(client, address.replace("&amp;", "&")))) == int(count), label


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "0"), (100, "100"), (101, "100+"), (5000, "100+")]
)
def test_counts_stop_at_a_hundred(number: int, shown: str) -> None:
    assert count_words(number) == shown


def test_chips_take_a_filter_away(client: Client, site: SimpleNamespace) -> None:
    html = get(client, q="basics", hub="harbour")
    chips = re.search(r'<ul class="chips">.*?</ul>', html, re.S)[0]
    assert re.findall(r'href="([^"]*)"', chips) == [
        "/courses/?hub=harbour",
        "/courses/?q=basics",
        "/courses/",
    ]
    assert '<input type="hidden" name="hub" value="harbour">' in html
    assert 'value="basics"' in html
    assert "noindex" in html


UNKNOWN = [
    ("topic", "nothing", "nothing"),
    ("level", "1' OR 1=1", "1' OR 1=1"),
    ("language", "xx", "xx"),
    ("mode", "<b>", "<b>"),
    ("hub", "\x00hub", "hub"),
    ("topic", "x" * 500, "x" * 40 + "”"),
]


def test_unknown_values_are_left_out_with_a_sentence(client: Client, site: SimpleNamespace) -> None:
    for name, value, shown in UNKNOWN:
        html = get(client, **{name: value})
        assert f"We do not know “{escape(shown)}" in html
        assert "so we left it out." in html
        assert len(titles(html)) == 3


STRANGE = ['"', "\x00", "'", '"" OR', "*", "%", "NEAR(", "a" * 5000, "😀", "-", "\\"]


def test_no_search_breaks_the_page(client: Client, site: SimpleNamespace) -> None:
    for query in STRANGE:
        get(client, q=query)
    assert client.get("/courses/?q=%ff%00%ed%a0%80").status_code == 200


def test_a_mended_word_is_said(client: Client, site: SimpleNamespace) -> None:
    html = get(client, q="bascis")
    assert titles(html) == ["Basics"]
    assert "Nothing has “bascis” in it. These have “basics”." in html
    assert "Nothing has" not in get(client, q="basics")


def test_nothing_fits_says_what_to_do(client: Client, site: SimpleNamespace) -> None:
    html = get(client, q="xylophone")
    assert "No course fits" in html
    assert "Try another word, or take one of your choices away." in html
    assert '<a class="button" href="/courses/">See all courses</a>' in html
    assert 'value="xylophone"' in html


def test_no_course_at_all(client: Client, cast: SimpleNamespace) -> None:
    page_of(cast.course).unpublish()
    version.bump()
    html = get(client)
    assert "There are no courses here yet" in html
    assert "Come back soon" in html


def test_pages_of_24(client: Client, cast: SimpleNamespace) -> None:
    make_courses(cast, 24)
    first, second = get(client), get(client, page="2")
    assert (len(titles(first)), titles(second)) == (24, ["More 024"])
    assert "25 courses" in first
    assert 'rel="next" href="/courses/?page=2"' in first
    assert 'rel="prev" href="/courses/?page=1"' in second
    for number in ("0", "-1", "x", "99", "9" * 400, "١"):
        assert titles(get(client, page=number)) in (titles(first), titles(second))
    assert 'href="/courses/?hub=valley&amp;page' not in get(client, hub="valley")


def test_spanish_shows_spanish_pages_and_marks_the_others(
    client: Client, site: SimpleNamespace
) -> None:
    in_spanish(site.course, "Lo básico")
    html = get(client, "/es/courses/")
    assert titles(html) == ["Lo básico", "Quilting Inner", "How a co-op works"]
    assert '<a href="/es/hubs/harbour/basics/">Lo básico</a>' in html
    assert '<a href="/hubs/harbour/inner/" lang="en" hreflang="en">Quilting Inner</a>' in html
    assert 'hreflang="en" href="/courses/"' in html
    english = get(client)
    assert titles(english) == ["Basics", "Quilting Inner", "How a co-op works"]
    assert facet_counts(english, "language") == {"English": "3", "Spanish": "1"}
    only = get(client, language="es")
    assert titles(only) == ["Lo básico"]
    assert 'lang="es" hreflang="es">Lo básico' in only
    assert titles(get(client, q="basico")) == ["Basics"]


def test_an_unpublished_translation_is_not_shown(client: Client, site: SimpleNamespace) -> None:
    in_spanish(site.course, "Zebra Lo").unpublish()
    version.bump()
    assert "Basics" in titles(get(client, "/es/courses/"))
    assert "Zebra" not in get(client, "/es/courses/")


@pytest.mark.parametrize("more", [0, 2])
def test_statements_when_nothing_is_cached(
    client: Client, cast: SimpleNamespace, django_assert_num_queries: Callable, more: int
) -> None:
    make_courses(cast, more)
    client.get("/courses/")
    for cache in caches.all():
        cache.clear()
    with django_assert_num_queries(8):
        html = get(client)
    assert len(titles(html)) == 1 + more


def test_statements_from_the_cache(
    client: Client, signed_in: Callable, cast: SimpleNamespace, django_assert_num_queries: Callable
) -> None:
    first = client.get("/courses/")
    with django_assert_num_queries(0):
        assert client.get("/courses/").content == first.content
    with django_assert_num_queries(0):
        get(client, q="basics", topic="coding")
    member = signed_in(cast.learner)
    with django_assert_num_queries(2):
        get(member)


def test_the_shared_page_has_no_cookie_and_no_token(client: Client, cast: SimpleNamespace) -> None:
    response = client.get("/courses/")
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert response["Cache-Control"] == "no-cache"
    assert response.has_header("ETag")


def test_a_member_does_not_fill_the_shared_page(
    client: Client, signed_in: Callable, cast: SimpleNamespace
) -> None:
    assert signed_in(cast.learner).get("/courses/")["Cache-Control"] == "private, no-cache"
    assert "Sign out" not in get(client)


def test_only_get(client: Client, cast: SimpleNamespace) -> None:
    assert client.post("/courses/").status_code == 405


def test_rows_carry_what_lists_show(cast: SimpleNamespace) -> None:
    (row,) = catalogue_rows()
    assert (row.slug, row.hub_slug, row.topic_slug, row.level_slug) == (
        "basics",
        "harbour",
        "coding",
        "starter",
    )
    assert (row.lesson_count, row.minutes, row.leading) == (3, 18, "en")
    CoursePage.objects.get(slug="basics").get_children().first().unpublish()
    version.bump()
    (row,) = catalogue_rows()
    assert (row.lesson_count, row.minutes) == (2, 13)


def test_home_shows_six_courses_and_the_way_to_all(client: Client, cast: SimpleNamespace) -> None:
    make_courses(cast, 5)
    html = get(client, "/")
    assert len(titles(html)) == 6 and "See all courses" not in html
    make_course(cast.hub, "seventh", ("read",), title="Zither")
    html = get(client, "/")
    assert titles(html) == ["Basics", *(f"More {number:03}" for number in range(1, 6))]
    assert 'href="/courses/">See all courses</a>' in html
