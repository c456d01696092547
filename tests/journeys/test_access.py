"""Everybody can use every page: no axe finding, no sideways scrolling, by keyboard, on paper."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.journeys.pages import EVERY, STATES, STEPS, View

pytestmark = pytest.mark.browser
WIDTHS, SCHEMES = (320, 360, 768, 1024, 1280), ("light", "dark")
LOOKS = {(scheme, width) for scheme in SCHEMES for width in WIDTHS}
# Enough for a page that is looked at in all ways in another state.
FEW = {("light", 320), ("dark", 1280)}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
RULES = {"runOnly": {"type": "tag", "values": TAGS}}
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def findings(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds: the rule and the places."""
    found = page.evaluate("options => axe.run(options)", RULES)["violations"]
    return [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found]


@pytest.mark.parametrize("name", EVERY)
def test_no_finding_and_no_sideways_scrolling(page_of: Callable[[str], Page], name: str) -> None:
    view: View = EVERY[name]
    page = page_of(view.user)
    page.set_viewport_size({"width": 320, "height": 740})
    view.open(page)
    page.evaluate(AXE_SCRIPT)
    wrong: list[Any] = []
    looks = FEW if name in STATES else LOOKS
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            if (scheme, width) in looks:
                wrong += [(scheme, width, one) for one in findings(page)]
            if over := page.evaluate(WIDE):
                wrong.append((scheme, width, f"{over} px too wide"))
    assert wrong == []


def test_axe_finds_what_is_wrong(page_of: Callable[[str], Page]) -> None:
    """The check itself works: a picture without words, grey on white."""
    page = page_of("")
    page.goto("/help/")
    page.evaluate(AXE_SCRIPT)
    assert findings(page) == []
    page.emulate_media(color_scheme="light")
    page.evaluate(
        """document.querySelector("main").insertAdjacentHTML("beforeend",
        '<img src="/favicon.ico"><p id="pale">Hard to read</p>');
        document.querySelector("#pale").style.color = "#999" """
    )
    assert {rule for rule, _places in findings(page)} >= {"image-alt", "color-contrast"}


@pytest.mark.parametrize("path", ["/", STEPS, f"{STEPS}turn-it-on/", "/accounts/login/"])
def test_the_first_key_skips_to_the_content(open_page: Callable[..., Page], path: str) -> None:
    page = open_page(path, script=False)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = "document.querySelector('main').contains(document.activeElement)"
    assert page.evaluate(inside)


@pytest.mark.parametrize("path", ["/ar/courses/", "/ar/accounts/signup/", "/ar/search/?q=phone"])
def test_right_to_left(open_page: Callable[..., Page], path: str) -> None:
    """The frame turns round; titles that are not translated stay as they are written."""
    page = open_page(path, width=360)
    assert page.locator("html").get_attribute("dir") == "rtl"
    box = page.locator(".brand").bounding_box()
    assert box
    assert box["x"] + box["width"] > 300
    heading = page.locator("h1").evaluate("one => getComputedStyle(one).textAlign")
    assert heading in ("start", "right")
    assert page.evaluate(WIDE) == 0


def pages_on_paper(page: Page, folder: Path) -> list[str]:
    """The sizes of the sheets that a page prints on."""
    file = folder / "printed.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    told = subprocess.run(
        ["pdfinfo", "-f", "1", "-l", "99", file], capture_output=True, text=True, check=True
    )
    return [line.split("size:")[1].strip() for line in told.stdout.splitlines() if "size:" in line]


@pytest.mark.pdf
def test_a_certificate_prints_on_one_landscape_sheet(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_page("/me/", user="learner2")
    EVERY["certificate"].open(page)
    sheets = [line for line in pages_on_paper(page, tmp_path) if "pts" in line]
    assert len(sheets) == 1
    assert "841.92 x 594.96" in sheets[0] or "842.04 x 594.96" in sheets[0]


@pytest.mark.pdf
def test_a_lesson_prints_without_navigation(open_page: Callable[..., Page], tmp_path: Path) -> None:
    page = open_page(f"{STEPS}turn-it-on/")
    assert pages_on_paper(page, tmp_path)
    text = subprocess.run(
        ["pdftotext", tmp_path / "printed.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "Turn it on" in text
    for word in ("Skip to the content", "All lessons of this course", "Sign in", "Not now"):
        assert word not in text
