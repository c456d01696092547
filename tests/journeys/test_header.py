"""The header on the smallest phones: low, and with the way out in sight."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
TALLEST = 112
OUT = {"/courses/": "Sign out", "/es/courses/": "Salir", "/ar/courses/": "Sign out"}
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("path", OUT)
@pytest.mark.parametrize("user", ["learner", "editor"])
def test_it_is_low_and_signing_out_is_in_sight(
    open_page: Callable[..., Page], path: str, user: str
) -> None:
    page = open_page(path, user=user, width=320)
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 740})
        box = page.locator(".site-head").bounding_box()
        assert box and box["height"] <= TALLEST
        expect(page.get_by_role("button", name=OUT[path])).to_be_in_viewport()
        assert page.evaluate(WIDE) == 0


def test_what_is_in_the_footer_too_leaves_the_header_of_a_phone(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("/courses/", width=360)
    mentors = page.locator(".site-head").get_by_role("link", name="Mentors")
    expect(mentors).to_be_hidden()
    expect(page.locator(".site-foot").get_by_role("link", name="Mentors")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 740})
    expect(mentors).to_be_visible()
