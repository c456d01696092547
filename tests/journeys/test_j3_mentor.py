"""J3: a learner asks for a mentor in three screens, and a mentor answers in two taps."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.demo_site import Site, manage
from tests.journeys.test_access import WIDE, findings
from tests.journeys.test_j1_start import WAYS, Taps

pytestmark = pytest.mark.browser
WORDS = "I want to send photos to my sister."
MOST_TAPS, MOST_ANSWER_TAPS = 8, 2
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(rf"\b\d{{1,2}} (?:{MONTHS}) 20\d\d\b")


def make_people(site: Site, name: str, mentor: str) -> None:
    """A learner of the Harbour Hub, and the one mentor of this story, who is free."""
    code = f"""
from hub.demo.community import load_person
from members.actions import join_hub
from members.models import Hub
from mentorship import actions
from mentorship.models import Mentor
from content.models import Topic
hub = Hub.objects.get(slug="harbour")
learner = load_person({{"username": "{name}", "name": "Lin {name}"}})
join_hub(member=learner, hub=hub)
Mentor.objects.filter(member__username__startswith="gives").update(state="paused")
giver = load_person({{"username": "gives{name}", "name": "{mentor}"}})
found = actions.offer_mentoring(
    member=giver, hub=hub, topics=Topic.objects.all(), languages=["en"],
    ways=["phone", "video", "hub"], time_zone=hub.time_zone,
    slots=["mon-eve", "tue-eve", "wed-eve", "thu-eve", "fri-eve"], is_adult=True,
)
Mentor.objects.filter(pk=found.pk).update(state="ready", check_level=1)
"""
    manage(site.var, "shell", "-c", code, SITE_URL=site.url)


def name_of(script: bool, by_keyboard: bool, story: str) -> str:
    """A user name for each way of each story."""
    return f"{story}{int(script)}{int(by_keyboard)}"


def fill_first(page: Page, taps: Taps, topic: str = "") -> None:
    """The first screen: a topic where it is not set already, one sentence, the age."""
    if topic:
        taps.on("radio", topic)
    page.get_by_label("What do you want help with?").fill(WORDS)
    taps.on("radio", "18 or older")
    taps.on("button", "Go on")


def fill_second(page: Page, taps: Taps) -> None:
    """The second screen: one tick is enough."""
    expect(page.get_by_text(WORDS)).to_be_visible()
    taps.on("checkbox", "Weekday evenings, 18–21")
    taps.on("button", "Show me who can help")
    expect(page.get_by_text("step 3 of 3")).to_be_visible()


def says_a_date(page: Page) -> None:
    """The screen says by which day something happens, and nothing stands out sideways."""
    assert DATE.search(page.locator("main").inner_text()), page.url
    assert page.evaluate(WIDE) == 0


def answer(open_page: Callable[..., Page], name: str, script: bool, by_keyboard: bool) -> None:
    """The mentor says yes, from the first page of the site."""
    page = open_page("/", user=f"gives{name}", width=320, script=script)
    taps = Taps(page, by_keyboard)
    taps.count += 1
    page.get_by_role("link", name=re.compile("^My learning")).click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    says_a_date(page)
    taps.on("button", f"Yes, I will mentor Lin {name}")
    page.wait_for_url("**/mentorship/pairs/*/**")
    assert taps.count <= MOST_ANSWER_TAPS
    says_a_date(page)


@pytest.mark.parametrize(("script", "by_keyboard"), WAYS)
def test_j3_from_the_mentorship_page_to_a_pair(
    open_page: Callable[..., Page], site: Site, script: bool, by_keyboard: bool
) -> None:
    name = name_of(script, by_keyboard, "asks")
    make_people(site, name, f"Mira {name}")
    page = open_page("/mentorship/", user=name, width=320, script=script)
    taps = Taps(page, by_keyboard)
    taps.on("link", "Ask for a mentor")
    expect(page.get_by_text("step 1 of 3")).to_be_visible()
    fill_first(page, taps, "Digital literacy")
    expect(page.get_by_text("step 2 of 3")).to_be_visible()
    fill_second(page, taps)
    says_a_date(page)
    taps.on("button", f"Ask Mira {name}")
    page.wait_for_url("**/mentorship/pairs/*/")
    assert taps.count <= MOST_TAPS
    says_a_date(page)
    for path in ("/me/", "/mentorship/", "/mentorship/ask/cards/"):
        page.goto(path)
        expect(page.get_by_text(f"You have asked Mira {name}", exact=False).first).to_be_visible()
        says_a_date(page)
    answer(open_page, name, script, by_keyboard)
    page.goto("/me/")
    expect(page.get_by_role("link", name=f"Mira {name} is your mentor")).to_be_visible()
    says_a_date(page)


@pytest.mark.parametrize(("script", "by_keyboard"), WAYS)
def test_j3_from_a_stuck_lesson(
    open_page: Callable[..., Page], site: Site, script: bool, by_keyboard: bool
) -> None:
    name = name_of(script, by_keyboard, "stuck")
    make_people(site, name, f"Mira {name}")
    page = open_page(site.lesson("first-steps", 1), user=name, width=320, script=script)
    taps = Taps(page, by_keyboard)
    taps.on("link", "Stuck? Ask for a mentor")
    expect(page.get_by_role("radio", name=re.compile("^The lesson “"))).to_be_checked()
    fill_first(page, taps)
    expect(page.get_by_text("The lesson “", exact=False)).to_be_visible()
    fill_second(page, taps)
    says_a_date(page)
    taps.on("button", f"Ask Mira {name}")
    page.wait_for_url("**/mentorship/pairs/*/")
    assert taps.count <= MOST_TAPS
    says_a_date(page)


@pytest.mark.parametrize("script", [True, False])
def test_j3_when_nobody_is_free_the_place_and_the_day_are_said(
    open_page: Callable[..., Page], site: Site, script: bool
) -> None:
    name = name_of(script, False, "waits")
    make_people(site, name, "Mira Busy")
    page = open_page("/mentorship/ask/", user=name, width=320, script=script)
    taps = Taps(page, by_keyboard=False)
    fill_first(page, taps, "I am not sure")
    taps.on("checkbox", "Weekend mornings, 9–12")
    page.get_by_label("English", exact=True).uncheck()
    page.get_by_text("More languages").click()
    page.get_by_label("ትግርኛ").check()
    taps.on("button", "Show me who can help")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nobody is free for you yet")
    expect(page.get_by_text(re.compile(r"number \d+"))).to_be_visible()
    why = "2 mentors speak Tigrinya, none is free in the morning."
    expect(page.get_by_text(why)).to_be_visible()
    says_a_date(page)
    taps.on("button", "Choose for me")
    expect(page.get_by_text("we ask them for you at once", exact=False)).to_be_visible()


def test_j3_a_visitor_makes_an_account_on_the_way_and_loses_nothing(
    open_page: Callable[..., Page], site: Site
) -> None:
    page = open_page("/mentorship/", width=320, script=False)
    taps = Taps(page, by_keyboard=False)
    taps.on("link", "Ask for a mentor")
    fill_first(page, taps, "Coding")
    expect(page.get_by_text("What you wrote is kept.", exact=False)).to_be_visible()
    page.get_by_label("Your name").fill("Nia Newcomer")
    page.get_by_label("User name").fill("niaasks")
    page.get_by_label("Password", exact=True).fill("three small boats")
    page.get_by_role("button", name="Make my account", exact=True).click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    page.get_by_label("Your hub").select_option("valley")
    fill_second(page, taps)
    says_a_date(page)


def test_j3_back_and_on_again_is_one_question(open_page: Callable[..., Page], site: Site) -> None:
    make_people(site, "goesback", "Mira goesback")
    page = open_page("/mentorship/ask/", user="goesback", width=320)
    taps = Taps(page, by_keyboard=False)
    fill_first(page, taps, "Coding")
    fill_second(page, taps)
    page.go_back()
    expect(page.get_by_text("step 2 of 3")).to_be_visible()
    expect(page.get_by_label("Weekday evenings, 18–21")).to_be_checked()
    page.go_back()
    expect(page.get_by_text("step 1 of 3")).to_be_visible()
    expect(page.get_by_label("What do you want help with?")).to_have_value(WORDS)
    page.get_by_label("What do you want help with?").fill("Other words")
    taps.on("button", "Go on")
    taps.on("button", "Show me who can help")
    expect(page.get_by_text("Other words")).to_be_visible()
    code = """
from mentorship.models import MentorAsk
print([ask.words for ask in MentorAsk.objects.filter(member__username="goesback")])
"""
    told = manage(site.var, "shell", "-v0", "-c", code, SITE_URL=site.url)
    assert told.strip() == "['Other words']"


def test_j3_somebody_under_18_meets_people(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page(site.lesson("first-steps", 1), width=320, script=False)
    taps = Taps(page, by_keyboard=False)
    taps.on("link", "Stuck? Ask for a mentor")
    page.get_by_label("What do you want help with?").fill(WORDS)
    taps.on("radio", "Under 18")
    taps.on("button", "Go on")
    expect(page.get_by_role("heading", level=1)).to_have_text("People who help you")
    expect(page.get_by_text("Blessing Adeyemi")).to_be_visible()
    taps.on("link", "Ask about this lesson")
    expect(page.get_by_label("Your question to", exact=False)).to_have_value(WORDS)


def test_j3_axe_finds_nothing_on_the_way(open_page: Callable[..., Page], site: Site) -> None:
    make_people(site, "axelearner", "Mira Axe")
    page = open_page("/mentorship/ask/", user="axelearner", width=320)
    taps = Taps(page, by_keyboard=False)
    wrong: list[object] = []

    def look() -> None:
        page.evaluate(AXE_SCRIPT)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            for width in (320, 1280):
                page.set_viewport_size({"width": width, "height": 740})
                wrong.extend((page.url, scheme, width, one) for one in findings(page))
                if over := page.evaluate(WIDE):
                    wrong.append((page.url, scheme, width, f"{over} px too wide"))

    taps.on("button", "Go on")
    look()
    fill_first(page, taps, "Coding")
    for summary in page.locator("main details > summary").all():
        summary.click()
    taps.on("button", "Show me who can help")
    look()
    fill_second(page, taps)
    look()
    taps.on("button", "Ask Mira Axe")
    look()
    for path in ("/me/", "/mentorship/", "/mentorship/ask/cards/"):
        page.goto(path)
        look()
    page = open_page("/me/", user="givesaxelearner", width=320)
    look()
    for path in ("/mentorship/", "/mentorship/offer/", "/mentorship/offer/leave/"):
        page.goto(path)
        look()
    assert wrong == []
