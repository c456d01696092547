"""A browser, and the demo site that it looks at."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.demo_site import PASSWORD, Site, running_site
from tests.parts import CHROMIUM

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def signed_in_page(context: BrowserContext, user: str) -> Page:
    """A page of this browser; somebody of the demo signs in, if named."""
    page = context.new_page()
    if user:
        page.goto("/accounts/login/")
        page.fill("[name=login]", user)
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/me/")
    return page


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo, running."""
    with running_site(tmp_path_factory.mktemp("demo")) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of the machine."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="module")
def page_of(browser: Browser, site: Site) -> Iterator[Callable[[str], Page]]:
    """A page in the browser of a person; each signs in once."""
    pages: dict[str, Page] = {}

    def find(user: str) -> Page:
        if user not in pages:
            pages[user] = signed_in_page(
                browser.new_context(base_url=site.url, reduced_motion="reduce"), user
            )
        return pages[user]

    yield find
    for page in pages.values():
        page.context.close()


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Opens a page in a fresh browser: width, script on or off, display; signed in as somebody."""
    contexts: list[BrowserContext] = []

    def open_one(
        path: str = "/",
        *,
        user: str = "",
        width: int = 360,
        script: bool = True,
        scheme: str = "light",
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 740},
            java_script_enabled=script,
            color_scheme=scheme,
            base_url=site.url,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = signed_in_page(context, user)
        page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()
