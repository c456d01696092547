"""How parts of a page lie: what axe and the width of a page do not say."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import FloatRect, Locator, Page

from tests.journeys.pages import EVERY

pytestmark = pytest.mark.browser
Find = Callable[[str], Page]


def look(page_of: Find, name: str, width: int = 360) -> Page:
    """A page of the list, in the browser of who looks at it."""
    view = EVERY[name]
    page = page_of(view.user)
    page.set_viewport_size({"width": width, "height": 740})
    view.open(page)
    return page


def boxes(found: Locator) -> list[FloatRect]:
    """Where the parts are that can be seen."""
    return [box for one in found.all() if (box := one.bounding_box())]


def test_a_line_that_stays_is_read_once_on_a_phone(page_of: Find) -> None:
    """Two lines of the text are other than on the site; on a phone only those stand there twice."""
    page = look(page_of, "desk-review-beside")
    before, after = (
        page.locator(f"tbody td{which}") for which in (":not(:last-child)", ":last-child")
    )
    for width, shown in ((360, 2), (1280, 21)):
        page.set_viewport_size({"width": width, "height": 740})
        assert (len(boxes(before)), len(boxes(after))) == (shown, 21)


@pytest.mark.parametrize(
    ("name", "above", "apart"),
    [
        ("desk-organisations", "main > details", 16),
        ("desk-suggestion", "main > details", 16),
        ("desk-review", ".said > form", 12),
    ],
)
def test_what_is_tapped_keeps_apart(page_of: Find, name: str, above: str, apart: int) -> None:
    page = look(page_of, name)
    [upper] = boxes(page.locator(above).first)
    [lower] = boxes(page.locator(f"{above} + *").first)
    assert round(lower["y"] - upper["y"] - upper["height"]) == apart


@pytest.mark.parametrize(("name", "width"), [("offer-status", 360), ("offer-check", 1280)])
def test_the_way_to_change_an_answer_stands_in_its_line(
    page_of: Find, name: str, width: int
) -> None:
    """It is 44 px high all the same, and none lies on the next one."""
    page = look(page_of, name, width)
    middle = page.locator(".answers dt").first.evaluate(
        "one => one.getBoundingClientRect().top + parseFloat(getComputedStyle(one).lineHeight) / 2"
    )
    ways = boxes(page.locator(".answer-change > *"))
    assert [one["height"] for one in ways] == [44] * 12
    assert abs(ways[0]["y"] + 22 - middle) < 1
    assert all(upper["y"] + 44 <= lower["y"] for upper, lower in pairwise(ways))


def test_a_person_stands_in_one_line_with_what_can_be_done(page_of: Find) -> None:
    page = look(page_of, "partner-people", 1280)
    parts = boxes(page.locator(".row").nth(1).locator("b, select, button"))
    middles = [one["y"] + one["height"] / 2 for one in parts]
    assert len(middles) == 4
    assert max(middles) - min(middles) < 2


def test_what_ends_an_agreement_stands_at_one_edge(page_of: Find) -> None:
    page = look(page_of, "partner-own-page", 1280)
    edges = [round(one["x"] + one["width"]) for one in boxes(page.locator(".row button"))]
    assert (len(edges), len(set(edges))) == (3, 1)


@pytest.mark.parametrize(("width", "columns"), [(360, 1), (1280, 2)])
def test_words_beside_fields_stand_in_columns(page_of: Find, width: int, columns: int) -> None:
    page = look(page_of, "desk-review", width)
    for words in ("Ask for a change", "Your own words beside a field"):
        page.get_by_text(words, exact=True).click()
    fields = boxes(page.locator("[name^=note_]"))
    assert (len(fields), len({round(one["x"]) for one in fields})) == (25, columns)


def test_what_people_told_begins_at_the_top_of_its_field(page_of: Find) -> None:
    page = look(page_of, "desk-offer")
    [field], [title] = boxes(page.locator(".said")), boxes(page.locator(".said h3"))
    assert round(title["y"] - field["y"]) == 12
