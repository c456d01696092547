"""J2: a learner resumes with one tap, finishes, and leaves with a certificate that anybody can
check."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.demo_site import Site, manage
from tests.journeys.answers import give, questions_of
from tests.journeys.test_j1_start import WAYS, Taps

pytestmark = pytest.mark.browser


def test_j2_one_tap_resumes_from_any_page(open_page: Callable[..., Page], site: Site) -> None:
    for path in ("/", "/courses/", "/hubs/valley/", "/me/data/"):
        page = open_page(path, user="amina", width=320, script=False)
        taps = Taps(page, by_keyboard=False)
        page.locator(".resume a").click()
        assert taps.count + 1 == 1
        expect(page).to_have_url(site.url + site.lesson("first-steps", 6))
        expect(page.get_by_text("Lesson 6 of 7, about 10 minutes")).to_be_visible()


@pytest.mark.parametrize(("script", "by_keyboard"), WAYS)
def test_j2_the_quiz_is_one_form_and_the_course_ends_with_a_certificate(
    open_page: Callable[..., Page], site: Site, script: bool, by_keyboard: bool
) -> None:
    name = f"finisher{int(script)}{int(by_keyboard)}"
    make_finisher(site, name)
    page = open_page("/me/", user=name, width=320, script=script)
    taps = Taps(page, by_keyboard)
    page.locator(".resume a").click()
    expect(page).to_have_url(site.url + site.lesson("first-steps", 6))
    questions = questions_of("first-steps", 6)
    assert len(questions) == 10
    for number, question in enumerate(questions, 1):
        if script:
            expect(page.get_by_text(f"Question {number} of 10")).to_be_visible()
            assert page.locator("[data-quiz-step]:visible").count() == 1
        give(page, question)
        if script and number < 10:
            taps.on("button", "Next question")
    taps.on("button", "Check my answers")
    expect(page.get_by_text("10 of 10 right.")).to_be_visible()
    taps.on("button", "Done, continue")
    expect(page).to_have_url(site.url + site.lesson("first-steps", 7))
    taps.on("button", "Done, continue")
    page.wait_for_url("**/certificates/*/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Certificate")
    expect(page.get_by_text("Finisher", exact=False).first).to_be_visible()
    print_it = page.get_by_role("button", name="Print the certificate")
    expect(print_it).to_be_in_viewport()
    if not script:
        with page.expect_request("**/certificates/*/pdf/*") as asked:
            print_it.click()
        assert asked.value.response().headers["content-type"] == "application/pdf"
        page.goto("/me/")
        page.locator("#certificates ~ ul a").first.click()
        page.wait_for_url("**/certificates/*/")
    stranger = open_page(page.url.removeprefix(site.url), script=False)
    expect(stranger.get_by_text("valid", exact=False).first).to_be_visible()
    expect(stranger.get_by_text("First steps on a phone and computer").first).to_be_visible()


def make_finisher(site: Site, name: str) -> None:
    """A learner who has done five of seven lessons."""
    code = f"""
from hub.demo.community import load_person
from hub.demo.learners import Story
from django.utils.translation import override
with override("en"):
    member = load_person({{"username": "{name}", "name": "Finisher {name}"}})
    Story(member, {{"who": "{name}", "course": "first-steps", "lessons": 5}}).tell()
"""
    manage(site.var, "shell", "-c", code, SITE_URL=site.url)


def test_j2_what_is_left_is_said_in_one_sentence(
    open_page: Callable[..., Page], site: Site
) -> None:
    page = open_page(site.lesson("first-steps", 6), user="amina", script=False)
    expect(page.locator("#left")).to_have_text("10 questions are still open; you need 60% right.")
    assert page.get_by_role("button", name="Done, continue").count() == 0


def test_j2_an_unanswered_question_is_said_so_and_the_rest_is_kept(
    open_page: Callable[..., Page], site: Site
) -> None:
    page = open_page(site.lesson("first-steps", 6), user="amina", script=False)
    questions = questions_of("first-steps", 6)
    give(page, questions[0])
    page.get_by_role("button", name="Check my answers").click()
    expect(page.get_by_role("alert")).to_contain_text("9 questions have no answer yet.")
    right = next(one for one in questions[0]["value"]["answers"] if one["value"].get("right"))
    expect(
        page.locator(f"#question-{questions[0]['id']} input[value='{right['id']}']")
    ).to_be_checked()
