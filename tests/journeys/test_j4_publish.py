"""J4: an editor publishes a course with a lesson and a quiz of three questions; 12 taps at most."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.demo_site import Site, manage

pytestmark = pytest.mark.browser
TO_PUBLISH, TO_PREVIEW, MOST_TAPS = 11, 1, 12
MOST_KEYS = 40
WORDS = "A needle has an eye. The thread goes through it."
QUIZ = (
    ("What goes through the eye?", "The thread", "The button"),
    ("What holds the end of a thread?", "A knot", "A button"),
    ("What is sharp?", "A needle", "A knot"),
)
IDS_TWICE = """() => [...document.querySelectorAll("[id]")].map(one => one.id)
    .filter((id, place, all) => id && all.indexOf(id) !== place)"""
WIDTHS = [pytest.param(1280, id="desktop"), pytest.param(360, id="phone")]


@dataclass
class Writer:
    """An editor in the CMS. A click is a tap; going on with the Tab key and typing are none."""

    page: Page
    taps: int = 0

    def tap(self, control: Locator) -> None:
        """Click on something."""
        self.taps += 1
        control.click()

    def go_on_to(self, field: Locator) -> None:
        """The Tab key until one stands in the field."""
        for _key in range(MOST_KEYS):
            if field.evaluate("field => field === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"No way to {field} by the Tab key")

    def write(self, field: Locator, words: str) -> None:
        """Go on to a field and type."""
        self.go_on_to(field)
        self.page.keyboard.type(words)

    def choose_first(self, name: str) -> None:
        """The first choice of a select, by keyboard."""
        self.go_on_to(self.page.locator(f"select[name={name}]"))
        self.page.keyboard.press("ArrowDown")

    def begin(self, title: str) -> None:
        """The title of a new page, which stands ready for it."""
        expect(self.page.locator("[name=title]")).to_be_focused()
        self.page.keyboard.type(title)

    def add(self, block: str) -> None:
        """A block at the end of the lesson."""
        body = self.page.locator("#panel-child-what_it_says-body-content")
        self.tap(body.get_by_role("button", name="Insert a block").last)
        self.tap(self.page.get_by_role("option", name=block).first)

    def publish(self) -> None:
        """The button at the bottom."""
        self.tap(self.page.get_by_role("button", name="Publish", exact=True))

    def write_course(self, title: str) -> None:
        """What a course cannot be without."""
        self.begin(title)
        self.write(self.page.locator("[name=summary]"), "Mend what you have.")
        self.choose_first("topic")
        self.choose_first("level")

    def write_question(self, name: str, question: tuple[str, str, str]) -> None:
        """A question with a right and a wrong answer."""
        prompt, right, wrong = question
        self.write(rich(self.page, f"{name}-prompt"), prompt)
        first, second = (f"{name}-answers-{number}-value" for number in (0, 1))
        self.write(self.page.locator(f"[name={first}-text]"), right)
        self.tap(self.page.locator(f"[name={first}-right]"))
        self.write(self.page.locator(f"[name={second}-text]"), wrong)


def rich(page: Page, name: str) -> Locator:
    """The field of words that can be bold and linked."""
    return page.locator(f"[name={name}]").locator("..").locator("[contenteditable=true]")


def named(block: int, question: int) -> str:
    """The name of a question's field, by the order in which it was added."""
    return f"body-{block}-value-questions-{question}-value"


def delete(page: Page, block: int, question: int) -> None:
    """The button at a question of a quiz."""
    inside = page.locator(f"[name=body-{block}-value-questions-{question}-deleted]").locator("..")
    inside.get_by_role("button", name="Delete").first.click()


def write_lesson(writer: Writer, title: str) -> None:
    """A lesson with words and a quiz."""
    writer.begin(title)
    writer.add("Text")
    expect(rich(writer.page, "body-0-value")).to_be_focused()
    writer.page.keyboard.type(WORDS)
    writer.add("Quiz")
    expect(writer.page.locator("[name=body-1-value-title]")).to_be_focused()
    for number, question in enumerate(QUIZ):
        writer.write_question(named(1, number), question)


def expect_lesson(shown: Page | FrameLocator, title: str) -> None:
    """Words and questions as a learner sees them."""
    expect(shown.get_by_role("heading", level=1)).to_have_text(title)
    expect(shown.get_by_text(WORDS)).to_be_visible()
    expect(shown.get_by_role("heading", name="Check what you know")).to_be_visible()
    expect(shown.get_by_text(QUIZ[0][0])).to_be_visible()


def answer(page: Page, script: bool) -> None:
    """A visitor answers the three questions rightly."""
    for number, (prompt, right, _wrong) in enumerate(QUIZ, 1):
        page.get_by_role("group", name=prompt).get_by_label(right).check()
        if script and number < len(QUIZ):
            page.get_by_role("button", name="Next question").click()
    page.get_by_role("button", name="Check my answers", exact=True).click()
    expect(page.get_by_text("3 of 3 right.")).to_be_visible()


def new_lesson(open_page: Callable[..., Page], site: Site, course: str, width: int) -> Page:
    """A new lesson, in a new course."""
    code = f"""
from content.models import HubPage, Level, Topic
from courses.models import CoursePage
below = HubPage.objects.get(hub__slug="harbour", locale__language_code="en")
sorts = {{"topic": Topic.objects.first(), "level": Level.objects.first()}}
below.add_child(instance=CoursePage(title="{course}", summary="Mend what you have.", **sorts))
"""
    manage(site.var, "shell", "-c", code, SITE_URL=site.url)
    page = open_page("/cms/", user="editor", width=width)
    page.get_by_role("link", name=f"New lesson {course}").click()
    return page


@pytest.mark.parametrize("width", WIDTHS)
def test_j4_from_the_first_screen_to_a_live_course(
    open_page: Callable[..., Page], width: int
) -> None:
    page = open_page("/cms/", user="editor", width=width)
    writer = Writer(page)
    writer.tap(page.get_by_role("link", name="New course"))
    writer.write_course(f"Sewing {width}")
    writer.publish()
    writer.tap(page.get_by_role("link", name="Write the first lesson"))
    write_lesson(writer, "Needle and thread")
    writer.publish()
    expect(page.get_by_role("link", name="View the page")).to_be_visible()
    assert writer.taps == TO_PUBLISH
    lesson = f"/hubs/harbour/sewing-{width}/needle-and-thread/"
    for script in (True, False):
        visitor = open_page(lesson, width=320, script=script)
        expect_lesson(visitor, "Needle and thread")
        answer(visitor, script)


@pytest.mark.parametrize("width", WIDTHS)
def test_j4_a_draft_is_seen_as_a_learner_sees_it(
    open_page: Callable[..., Page], site: Site, width: int
) -> None:
    page = new_lesson(open_page, site, f"Knitting {width}", width)
    writer = Writer(page)
    write_lesson(writer, "Loops")
    before = writer.taps
    writer.tap(page.get_by_role("button", name="Toggle preview"))
    expect_lesson(page.frame_locator("#w-preview-iframe"), "Loops")
    assert writer.taps - before == TO_PREVIEW
    assert TO_PUBLISH + TO_PREVIEW <= MOST_TAPS


def test_j4_what_is_missing_is_said_and_what_was_typed_stays(
    open_page: Callable[..., Page], site: Site
) -> None:
    page = new_lesson(open_page, site, "Weaving", 360)
    writer = Writer(page)
    writer.begin("Two quizzes")
    for block in (0, 1):
        writer.add("Quiz")
        writer.write_question(named(block, 0), QUIZ[block])
    assert page.evaluate(IDS_TWICE) == []
    tick = page.locator(f"[name={named(1, 0)}-answers-0-value-right]")
    tick.uncheck()
    page.get_by_role("button", name="Toggle preview").click()
    expect(page.frame_locator("#w-preview-iframe").get_by_text(QUIZ[0][0])).to_be_visible()
    page.get_by_role("button", name="Toggle preview").click()
    writer.publish()
    expect(page.get_by_text("This question is empty. Write it, or delete it.")).to_have_count(4)
    expect(page.get_by_text("Mark one answer as right.")).to_be_visible()
    for block in (0, 1):
        prompt, right, wrong = QUIZ[block]
        expect(rich(page, f"{named(block, 0)}-prompt")).to_have_text(prompt)
        for number, words in enumerate((right, wrong)):
            field = page.locator(f"[name={named(block, 0)}-answers-{number}-value-text]")
            expect(field).to_have_value(words)
        for question in (1, 2):
            delete(page, block, question)
    tick.check()
    writer.publish()
    page.goto(page.get_by_role("link", name="View the page").get_attribute("href") or "")
    expect(page.get_by_role("heading", name="Check what you know")).to_have_count(2)
    expect(page.locator("[data-quiz-step]")).to_have_count(2)
