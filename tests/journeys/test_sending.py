"""What is sent in the CMS is one page, though drafts of it are kept by themselves meanwhile."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response, Route, expect

from tests.demo_site import Site, manage

pytestmark = pytest.mark.browser
ADD = "**/cms/pages/add/**"
HOUR = 3_600
TO_SEE_A_CHANGE = 1_500  # milliseconds: Wagtail looks each half second, and waits for another one
TO_SET_THE_SLUG = 200
LONGEST = 5_000  # milliseconds that a draft on its way is waited for
BUTTONS = [
    pytest.param("[name=action-publish]", True, id="publish"),
    pytest.param('button:has-text("Save draft")', False, id="save"),
]


def write_course(open_page: Callable[..., Page], title: str) -> Page:
    """A new course of which a draft with half a title will be kept soon; time goes on when a test
    says so."""
    page = open_page("/cms/", user="editor", width=1280)
    page.clock.install(time=HOUR)
    page.get_by_role("link", name="New course").click()
    expect(page.locator("[name=title]")).to_be_focused()
    page.wait_for_load_state()
    page.clock.pause_at(2 * HOUR)
    page.locator("[name=title]").fill(f"{title}, begun")
    page.locator("[name=summary]").fill("Mend what you have.")
    for name in ("topic", "level"):
        page.locator(f"select[name={name}]").select_option(index=1)
    go_on(page, TO_SEE_A_CHANGE)
    kept = page.locator("#w-autosave-indicator")
    expect(kept).to_have_attribute("data-w-autosave-state-value", "saving")
    page.locator("[name=title]").fill(title)
    go_on(page, TO_SET_THE_SLUG)
    return page


def go_on(page: Page, milliseconds: int) -> None:
    """Let time go on in a page. Nothing would happen while another page is on its way."""
    before = page.evaluate("Date.now()")
    page.clock.run_for(milliseconds)
    assert page.evaluate("Date.now()") == before + milliseconds


def until_kept(page: Page) -> int:
    """How many milliseconds after a change a draft is kept."""
    form = page.locator("#page-edit-form")
    return int(form.get_attribute("data-w-autosave-interval-value") or "")


def press(page: Page, button: str) -> None:
    """Press a button, also one in a menu."""
    page.locator(button).evaluate("button => button.click()")


def is_sent_by_hand(answer: Response) -> bool:
    """Whether this answers a form that a person sent, and not one that is kept by itself."""
    return answer.request.method == "POST" and answer.request.is_navigation_request()


def pages_of(site: Site, title: str) -> str:
    """Each page with this title or its beginning, and whether it is live."""
    code = f"""
from wagtail.models import Page
print(list(Page.objects.filter(title__startswith="{title}").values_list("title", "live")))
"""
    return manage(site.var, "shell", "-v0", "-c", code, SITE_URL=site.url).strip()


@pytest.mark.parametrize(("button", "live"), BUTTONS)
def test_no_draft_is_kept_after_a_page_was_sent(
    open_page: Callable[..., Page], site: Site, button: str, live: bool
) -> None:
    """The site has the page, and its answer does not come before the draft's time."""
    title = f"Sent before a draft {live}"
    page = write_course(open_page, title)
    sent = []

    def receive(route: Route) -> None:
        sent.append(route.request.resource_type)
        route.fetch(max_redirects=0)
        route.abort("aborted")

    page.route(ADD, receive)
    with page.expect_event("requestfailed"):
        press(page, button)
    go_on(page, until_kept(page))
    page.evaluate("fetch('/readyz')")
    assert sent == ["document"]
    assert pages_of(site, title) == str([(title, live)])


@pytest.mark.parametrize(("button", "live"), BUTTONS)
def test_a_draft_that_is_on_its_way_is_the_page_that_is_sent(
    open_page: Callable[..., Page], site: Site, button: str, live: bool
) -> None:
    """One presses while the site has the draft already, and the page does not know of it yet."""
    title = f"Sent after a draft {live}"
    page = write_course(open_page, title)

    def press_meanwhile(route: Route) -> None:
        if route.request.is_navigation_request():
            return route.continue_()
        answer = route.fetch()
        press(page, button)
        route.fulfill(response=answer)

    page.route(ADD, press_meanwhile)
    with page.expect_response(is_sent_by_hand):
        go_on(page, until_kept(page))
        page.clock.resume()
    assert pages_of(site, title) == str([(title, live)])


def test_a_draft_that_is_lost_on_its_way_holds_nothing_up(
    open_page: Callable[..., Page], site: Site
) -> None:
    """The line breaks while the draft is sent; what was pressed meanwhile is done all the same."""
    title = "Sent after a lost draft"
    page = write_course(open_page, title)

    def lose(route: Route) -> None:
        if route.request.is_navigation_request():
            return route.continue_()
        press(page, "[name=action-publish]")
        route.abort("failed")

    page.route(ADD, lose)
    with page.expect_response(is_sent_by_hand):
        go_on(page, until_kept(page))
        page.clock.resume()
    assert pages_of(site, title) == str([(title, True)])


def test_a_draft_that_never_comes_back_is_not_waited_for_long(
    open_page: Callable[..., Page], site: Site
) -> None:
    title = "Sent beside a slow draft"
    page = write_course(open_page, title)
    held = []

    def hold(route: Route) -> None:
        if route.request.is_navigation_request():
            return route.continue_()
        held.append(route)

    page.route(ADD, hold)
    with page.expect_request(ADD):
        go_on(page, until_kept(page))
    press(page, "[name=action-publish]")
    with page.expect_response(is_sent_by_hand):
        go_on(page, LONGEST - 1)
        page.clock.resume()
    assert (len(held), pages_of(site, title)) == (1, str([(title, True)]))
