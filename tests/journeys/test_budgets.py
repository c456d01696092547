"""What a page weighs on the line: bytes, requests, script, style; nothing from elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import CDPSession, ConsoleMessage, Page

from tests.demo_site import Site
from tests.journeys.pages import OWN, PUBLIC, STAFF, View

pytestmark = pytest.mark.browser
KB = 1000
FIRST, LESSON, AGAIN, REQUESTS = 60 * KB, 45 * KB, 25 * KB, 8
SCRIPT, DESK_SCRIPT, STYLE, MEDIA = 10 * KB, 26 * KB, 14 * KB, 120 * KB


@dataclass
class Load:
    """What one view of a page fetched, as the browser's network counts it."""

    kinds: dict[str, str] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, float] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)

    def bytes(self, *kinds: str) -> float:
        """Bytes on the line, heads of answers included; of all kinds, or of these."""
        return sum(
            size for key, size in self.sizes.items() if not kinds or self.kinds[key] in kinds
        )


def watch(page: Page) -> tuple[Load, CDPSession]:
    """Count what this page fetches until the session is detached."""
    load, session = Load(), page.context.new_cdp_session(page)
    session.send("Network.enable")

    def asked(event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("data:"):
            return  # a picture within the style: nothing is fetched
        load.kinds[event["requestId"]] = event.get("type", "")
        load.urls[event["requestId"]] = event["request"]["url"]

    def came(event: dict[str, Any]) -> None:
        if event["requestId"] in load.urls:
            load.sizes[event["requestId"]] = event["encodedDataLength"]

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.loadingFinished", came)
    page.on("console", lambda said: load.words.append(said.text) if is_bad(said) else None)
    page.on("pageerror", lambda error: load.words.append(str(error)))
    return load, session


def is_bad(said: ConsoleMessage) -> bool:
    """Whether the browser complains; a page that is not there may say so."""
    return said.type == "error" and "404 (Not Found)" not in said.text


def view(page: Page, what: View) -> Load:
    """Look at a page until nothing more comes."""
    load, session = watch(page)
    what.open(page)
    page.wait_for_load_state("networkidle")
    session.detach()
    return load


def alone(open_page: Callable[..., Page], what: View) -> View:
    """The page without the way to it: another browser finds its address."""
    if not what.links:
        return View(what.path)
    page = open_page("about:blank")
    what.open(page)
    return View(page.url)


def start(open_page: Callable[..., Page], what: View, width: int = 360) -> Page:
    """A fresh browser that has fetched nothing but a sign-in, if there is one."""
    return open_page("about:blank", user=what.user, width=width)


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_page_is_light(open_page: Callable[..., Page], site: Site, name: str) -> None:
    page = start(open_page, PUBLIC[name])
    what = alone(open_page, PUBLIC[name])
    first, again = view(page, what), view(page, what)
    assert first.bytes() <= (LESSON if name.startswith("lesson") else FIRST)
    assert sorted(first.urls.values())[REQUESTS:] == []
    assert first.bytes("Stylesheet") <= STYLE
    assert first.bytes("Script") <= SCRIPT
    assert again.bytes() <= AGAIN
    assert [url for url in first.urls.values() if not url.startswith(site.url)] == []
    assert first.words + again.words == []


@pytest.mark.parametrize("name", OWN | STAFF)
def test_a_page_behind_the_sign_in_is_light(
    open_page: Callable[..., Page], site: Site, name: str
) -> None:
    what = (OWN | STAFF)[name]
    load = view(start(open_page, what, 1280), what)
    assert load.bytes("Stylesheet") <= STYLE
    assert load.bytes("Script") <= (DESK_SCRIPT if name.startswith("desk") else SCRIPT)
    assert load.bytes() <= FIRST
    assert [url for url in load.urls.values() if not url.startswith(site.url)] == []
    assert load.words == []


@pytest.mark.parametrize("course", ["first-steps", "first-web-page", "how-a-co-op-works"])
def test_the_media_of_a_lesson_are_light(
    open_page: Callable[..., Page], site: Site, course: str
) -> None:
    for path in site.objects["courses"][course]["lessons"]:
        load = view(open_page("about:blank"), View(path))
        assert load.bytes("Image", "Media") <= MEDIA
        assert load.bytes() <= LESSON
