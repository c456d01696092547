"""What was sent in a pair does not come back into its form; what was not sent does."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.demo_site import Site

pytestmark = pytest.mark.browser


def test_a_message_that_has_arrived_leaves_the_form_empty(
    open_page: Callable[..., Page], site: Site
) -> None:
    page = open_page("/me/", user="learner")
    page.locator("a[href*='/mentorship/pairs/']").first.click()
    page.wait_for_url("**/mentorship/pairs/*/")
    address, words = page.url, page.get_by_label("Your message")
    words.fill("Half a thought")
    page.reload()
    expect(words).to_have_value("Half a thought")
    words.fill("See you on Monday.")
    page.get_by_role("button", name="Send the message", exact=True).click()
    expect(page.locator("#last-message")).to_contain_text("See you on Monday.")
    expect(words).to_have_value("")
    page.goto(address)
    expect(words).to_have_value("")


def test_a_private_note_is_kept_on_the_server_only(
    open_page: Callable[..., Page], site: Site
) -> None:
    page = open_page("/me/", user="learner")
    page.locator("a[href*='/mentorship/pairs/']").first.click()
    page.wait_for_url("**/mentorship/pairs/*/")
    page.get_by_text("Write a note", exact=True).click()
    page.get_by_label("Your note").fill("For me alone.")
    kept = page.evaluate("() => Object.values(sessionStorage).join()")
    assert "For me alone." not in kept
    page.reload()
    assert page.get_by_label("Your note").input_value() == ""
