"""How parts of a page lie: what axe and the width of a page do not say."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Page

from tests.journeys.pages import EVERY

pytestmark = pytest.mark.browser


def test_a_line_that_stays_is_read_once_on_a_phone(open_page: Callable[..., Page]) -> None:
    """Two lines of the text are other than on the site; on a phone only those stand there twice."""
    view = EVERY["desk-review-beside"]
    page = open_page(view.path, user=view.user)
    view.open(page)
    lines, before = page.locator(".side-by-side tbody tr"), page.locator("td:not(:last-child)")
    assert lines.count() == before.count() == 21
    for width, shown in ((360, 2), (1280, 21)):
        page.set_viewport_size({"width": width, "height": 740})
        assert before.filter(visible=True).count() == shown
        assert lines.locator("td:last-child").filter(visible=True).count() == 21


@pytest.mark.parametrize(
    ("name", "above", "apart"),
    [
        ("desk-organisations", "main > details", 16),
        ("desk-suggestion", "main > details", 16),
        ("desk-review", ".said > form", 12),
    ],
)
def test_what_is_tapped_keeps_apart(
    open_page: Callable[..., Page], name: str, above: str, apart: int
) -> None:
    view = EVERY[name]
    page = open_page(view.path, user=view.user)
    view.open(page)
    places = [page.locator(one).first.bounding_box() for one in (above, f"{above} + *")]
    upper, lower = [place for place in places if place]
    assert round(lower["y"] - upper["y"] - upper["height"]) == apart


@pytest.mark.parametrize(("name", "width"), [("offer-status", 360), ("offer-check", 1280)])
def test_the_way_to_change_an_answer_stands_in_its_line(
    open_page: Callable[..., Page], name: str, width: int
) -> None:
    """It is 44 px high all the same, and none lies on the next one."""
    view = EVERY[name]
    page = open_page(view.path, user=view.user, width=width)
    view.open(page)
    line = page.locator(".answers dt").first
    middle = line.evaluate(
        "one => one.getBoundingClientRect().top + parseFloat(getComputedStyle(one).lineHeight) / 2"
    )
    found = [one.bounding_box() for one in page.locator(".answer-change > *").all()]
    ways = [one for one in found if one]
    assert len(ways) == 12
    assert {one["height"] for one in ways} == {44}
    assert abs(ways[0]["y"] + 22 - middle) < 1
    assert all(upper["y"] + 44 <= lower["y"] for upper, lower in pairwise(ways))


def test_a_person_stands_in_one_line_with_what_can_be_done(open_page: Callable[..., Page]) -> None:
    view = EVERY["partner-people"]
    page = open_page(view.path, user=view.user, width=1280)
    row = page.locator(".row").nth(1)
    parts = [one.bounding_box() for one in row.locator("b, select, button").all()]
    middles = [one["y"] + one["height"] / 2 for one in parts if one]
    assert len(middles) == 4
    assert max(middles) - min(middles) < 2


def test_what_ends_an_agreement_stands_at_one_edge(open_page: Callable[..., Page]) -> None:
    view = EVERY["partner-own-page"]
    page = open_page(view.path, user=view.user, width=1280)
    buttons = [one.bounding_box() for one in page.locator(".row button").all()]
    edges = [round(one["x"] + one["width"]) for one in buttons if one]
    assert len(edges) == 3
    assert len(set(edges)) == 1


@pytest.mark.parametrize(("width", "columns"), [(360, 1), (1280, 2)])
def test_words_beside_fields_stand_in_columns(
    open_page: Callable[..., Page], width: int, columns: int
) -> None:
    view = EVERY["desk-review"]
    page = open_page(view.path, user=view.user, width=width)
    view.open(page)
    for words in ("Ask for a change", "Your own words beside a field"):
        page.get_by_text(words, exact=True).click()
    fields = [one.bounding_box() for one in page.locator("[name^=note_]").all()]
    assert len(fields) == 25
    assert len({round(one["x"]) for one in fields if one}) == columns
