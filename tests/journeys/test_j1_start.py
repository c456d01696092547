"""J1: a newcomer finds and starts a course; the account comes after the first finished step."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.demo_site import Site

pytestmark = pytest.mark.browser


class Taps:
    """Counts taps: a click or a key on a control. Typing is apart."""

    def __init__(self, page: Page, by_keyboard: bool) -> None:
        self.page, self.by_keyboard, self.count = page, by_keyboard, 0

    def on(self, role: str, name: str) -> None:
        self.count += 1
        control = self.page.get_by_role(role, name=name, exact=True).first
        if self.by_keyboard:
            control.focus()
            self.page.keyboard.press("Space" if role in ("radio", "checkbox") else "Enter")
        else:
            control.click()


WAYS = [
    pytest.param(True, False, id="script"),
    pytest.param(False, False, id="no-script"),
    pytest.param(True, True, id="keyboard"),
    pytest.param(False, True, id="no-script-keyboard"),
]


@pytest.mark.parametrize(("script", "by_keyboard"), WAYS)
def test_j1_three_taps_to_the_first_lesson_and_the_step_is_kept(
    open_page: Callable[..., Page], site: Site, script: bool, by_keyboard: bool
) -> None:
    page = open_page("/", width=320, script=script)
    taps = Taps(page, by_keyboard)
    taps.on("link", "First steps on a phone and computer")
    taps.on("button", "Start the course")
    expect(page).to_have_url(site.url + site.lesson("first-steps", 1))
    assert taps.count <= 3
    expect(page.get_by_text("Lesson 1 of 7, about 7 minutes")).to_be_visible()

    form = page.locator("form.ask-one").first
    form.get_by_text("Check my answer").click()
    expect(page.get_by_role("alert")).to_have_text("Please look1 question has no answer yet.")
    page.get_by_label("A short press on the power button", exact=False).first.check()
    page.locator("form.ask-one").first.get_by_role(
        "button", name="Check my answer", exact=True
    ).click()
    expect(page.locator("form.ask-one").first.get_by_role("status")).to_contain_text("Right")

    taps.on("button", "Done, continue")
    expect(page).to_have_url(f"{site.url}/accounts/signup/?next={site.lesson('first-steps', 2)}")
    fields = page.locator("main input:not([type=hidden]):not([type=checkbox])")
    assert fields.count() == 3
    name = f"newcomer{int(script)}{int(by_keyboard)}"
    page.get_by_label("Your name").fill("Nia Newcomer")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password", exact=True).fill("three small boats")
    taps.on("button", "Make my account")
    expect(page).to_have_url(site.url + site.lesson("first-steps", 2))
    expect(page.get_by_text("1 of 7 done")).to_be_visible()
    page.goto(site.lesson("first-steps", 1))
    expect(page.locator("form.ask-one").first.get_by_role("status")).to_contain_text("Right")


def test_j1_not_now_goes_on_reading(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page(site.lesson("first-steps", 1), script=False)
    page.get_by_role("button", name="Done, continue").click()
    page.get_by_role("link", name="Not now, go on reading").click()
    expect(page).to_have_url(site.url + site.lesson("first-steps", 2))
    page.get_by_role("button", name="Done, continue").click()
    expect(page).to_have_url(site.url + site.lesson("first-steps", 3))


def test_j1_the_course_page_says_what_a_newcomer_asks(open_page: Callable[..., Page]) -> None:
    page = open_page("/hubs/harbour/first-steps/")
    for words in (
        "What you can do afterwards",
        "For whom",
        "Level",
        "Time",
        "Languages",
        "Data",
        "Next dates",
        "Ask a person",
    ):
        expect(page.get_by_text(words, exact=True).first).to_be_visible()
    assert page.locator("main .button").count() == 1


def test_j1_words_of_a_visitor_wait_in_the_page_until_the_account_is_made(
    open_page: Callable[..., Page], site: Site
) -> None:
    lesson = site.lesson("first-steps", 2)
    page = open_page(lesson)
    question = page.get_by_label("Your question to", exact=False)
    question.fill("What is a wire for?")
    page.get_by_role("button", name="Send my question", exact=True).click()
    expect(page.locator("#ask-error")).to_contain_text("Make an account first")
    page.locator("#ask").get_by_role("link", name="Make an account", exact=True).click()
    page.get_by_label("Your name").fill("Ada Asker")
    page.get_by_label("User name").fill("adaasker")
    page.get_by_label("Password", exact=True).fill("three small boats")
    page.get_by_role("button", name="Make my account", exact=True).click()
    expect(page).to_have_url(site.url + lesson)
    expect(question).to_have_value("What is a wire for?")
    page.get_by_role("button", name="Send my question", exact=True).click()
    expect(page.locator(".asked-words")).to_have_text("What is a wire for?")
    expect(question).to_have_value("")


def test_words_that_were_not_sent_go_with_the_person(
    open_page: Callable[..., Page], site: Site
) -> None:
    lesson = site.lesson("first-steps", 2)
    page = open_page(lesson, user="amina")
    question = page.get_by_label("Your question to", exact=False)
    question.fill("Only for my eyes")
    page.goto("/me/")
    page.goto(lesson)
    expect(question).to_have_value("Only for my eyes")
    page.goto("/me/")
    page.locator("form[action*='/accounts/logout'] button").first.click()
    page.wait_for_url(site.url + "/")
    page.goto(lesson)
    expect(question).to_have_value("")
