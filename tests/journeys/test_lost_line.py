"""A lost line costs nobody what they typed, ticked or put in order; and it says so where one
looks."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.demo_site import Site
from tests.journeys.answers import give, questions_of, shown_order

pytestmark = pytest.mark.browser
KINDS = {"order", "match", "gap", "several", "one", "text", "number", "truefalse"}


def first_form(page: Page) -> Locator:
    """The first lone question of a lesson."""
    return page.locator("form.ask-one").first


def send(form: Locator) -> Locator:
    """The button that sends a form."""
    return form.locator("button[type=submit]:not([name])")


def test_offline_is_said_in_view_and_the_form_stays_alive(
    open_page: Callable[..., Page], site: Site
) -> None:
    page = open_page(site.lesson("first-steps", 1))
    form, bar = first_form(page), page.locator("[data-offline]")
    form.get_by_label("A short press on the power button", exact=False).check()
    page.context.set_offline(True)
    expect(bar).to_be_visible()
    send(form).click()
    expect(bar).to_be_in_viewport(ratio=1)
    expect(bar).to_be_focused()
    page.get_by_role("button", name="Done, continue").click()
    expect(bar).to_be_in_viewport(ratio=1)
    page.context.set_offline(False)
    expect(bar).to_be_hidden()
    expect(send(form)).to_be_enabled()
    send(form).click()
    expect(first_form(page).get_by_role("status")).to_contain_text("Right")


def test_a_request_that_is_lost_on_the_way_loses_no_words(
    open_page: Callable[..., Page], site: Site
) -> None:
    lesson = site.lesson("first-steps", 2)
    page = open_page(lesson, user="amina")
    page.route("**/ask/**", lambda route: route.abort("connectionfailed"))
    question = page.get_by_label("Your question to", exact=False)
    asked = page.locator(".asked-words")
    before = asked.count()
    question.fill("Does this arrive?")
    page.get_by_role("button", name="Send my question", exact=True).click()
    page.wait_for_url("chrome-error://**")
    page.unroute("**/ask/**")
    page.goto(lesson)
    expect(question).to_have_value("Does this arrive?")
    page.get_by_role("button", name="Send my question", exact=True).click()
    expect(asked.last).to_have_text("Does this arrive?")
    expect(asked).to_have_count(before + 1)
    expect(question).to_have_value("")
    page.goto(lesson)
    expect(question).to_have_value("")


def test_a_send_that_was_stopped_can_be_pressed_again(
    open_page: Callable[..., Page], site: Site
) -> None:
    """The page stays, as after the browser's own Stop; no reload is needed."""
    page = open_page("about:blank")
    page.clock.install()
    page.goto(site.lesson("first-steps", 1))
    form = first_form(page)

    def stop(route: Route) -> None:
        route.abort("aborted")

    page.route("**/answer/**", stop)
    form.get_by_label("A short press on the power button", exact=False).check()
    send(form).click()
    page.clock.run_for(100)
    expect(send(form)).to_be_disabled()
    page.clock.run_for(11_000)
    expect(send(form)).to_be_enabled()
    page.unroute("**/answer/**", stop)
    send(form).click()
    expect(first_form(page).get_by_role("status")).to_contain_text("Right")


def kind_of(question: dict[str, Any]) -> str:
    return question["type"].removeprefix("question_")


def test_ticks_pairs_gaps_and_orders_outlive_a_reload(
    open_page: Callable[..., Page], site: Site
) -> None:
    lesson = site.lesson("first-steps", 6)
    page = open_page(lesson)
    questions = questions_of("first-steps", 6)
    assert {kind_of(question) for question in questions} == KINDS
    before = state_of(page, questions)
    for place, question in enumerate(questions):
        give(page, question)
        if place < len(questions) - 1:
            page.get_by_role("button", name="Next question", exact=True).click()
    given = state_of(page, questions)
    assert [one != other for one, other in zip(before, given, strict=True)] == [True] * len(given)
    page.reload()
    assert state_of(page, questions) == given
    page.route("**/answer/**", lambda route: route.abort("connectionfailed"))
    for _question in questions[1:]:
        page.get_by_role("button", name="Next question", exact=True).click()
    page.get_by_role("button", name="Check my answers", exact=True).click()
    page.wait_for_url("chrome-error://**")
    page.unroute("**/answer/**")
    page.goto(lesson)
    assert state_of(page, questions) == given
    for _question in questions[1:]:
        page.get_by_role("button", name="Next question", exact=True).click()
    page.get_by_role("button", name="Check my answers", exact=True).click()
    expect(page.get_by_text(f"{len(questions)} of {len(questions)} right.")).to_be_visible()


def state_of(page: Page, questions: list[dict[str, Any]]) -> list[Any]:
    """What stands in each question now."""
    return [fields_of(page.locator(f"#question-{one['id']}"), kind_of(one)) for one in questions]


def fields_of(box: Locator, kind: str) -> Any:
    """What is chosen, written or put in order in one question."""
    if kind == "order":
        return shown_order(box)
    if kind in ("one", "several", "truefalse"):
        return box.locator("input:checked").evaluate_all("all => all.map(one => one.value)")
    return box.locator("select, input[type=text]").evaluate_all("all => all.map(one => one.value)")
