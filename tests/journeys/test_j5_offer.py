"""J5: a partner posts an offer on four screens with nine fields; a hub publishes it in two taps."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.demo_site import Site, manage
from tests.journeys.test_access import WIDE
from tests.journeys.test_j1_start import WAYS, Taps
from tests.journeys.test_j3_mentor import DATE

pytestmark = pytest.mark.browser
SCREENS, FIELDS, MORE_SCREENS, MORE_FIELDS, REVIEW_TAPS = 4, 9, 2, 8, 2
SOON = date.today() + timedelta(days=40)
LEARNS = "You learn to mend clothes by hand and with a machine."


@dataclass
class Story:
    """What a person does: screens are pages with a form that was sent, fields what was filled."""

    page: Page
    by_keyboard: bool
    screens: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)

    def fill(self, label: str, words: str) -> None:
        """Type into a field."""
        self.fields.append(label)
        self.page.get_by_label(label, exact=True).fill(words)

    def tick(self, name: str, question: str) -> None:
        """Choose one of the rows below a question."""
        self.fields.append(question)
        box = self.page.get_by_role("group", name=question).get_by_role("radio", name=name)
        if self.by_keyboard:
            box.focus()
            self.page.keyboard.press("Space")
        else:
            box.check()
        expect(box).to_be_checked()

    def send(self, name: str) -> None:
        """Press the button of a screen."""
        assert self.page.evaluate(WIDE) == 0, self.page.url
        self.screens.append(self.page.locator("h1").inner_text())
        button = self.page.get_by_role("button", name=name, exact=True)
        if self.by_keyboard:
            button.focus()
            self.page.keyboard.press("Enter")
        else:
            button.click()


def make_partner(site: Site, name: str) -> None:
    """An approved organisation of the Harbour Hub with one person, and a reviewer of their own."""
    code = f"""
from hub.demo.community import load_person
from members.models import Hub, HubRole, Member
from partners import actions
import uuid
hub = Hub.objects.get(slug="harbour")
person = load_person({{"username": "{name}", "name": "Pat {name}"}})
partner = actions.apply_partner(
    member=person, key=uuid.uuid4(), hub=hub, name="College {name}", kind="college", place="Port"
)
reader = load_person({{"username": "reads{name}", "name": "Rea {name}"}})
HubRole.objects.create(member=reader, hub=hub, role="reviewer")
actions.prove_partner(member=reader, partner=partner, proof="known", words="We met.")
actions.approve_partner(member=reader, partner=partner)
"""
    manage(site.var, "shell", "-c", code, SITE_URL=site.url)


def make_reviewer(site: Site, name: str) -> None:
    """Somebody who reads offers for the Harbour Hub."""
    code = f"""
from hub.demo.community import load_person
from members.models import Hub, HubRole
reader = load_person({{"username": "reads{name}", "name": "Rea {name}"}})
HubRole.objects.create(member=reader, hub=Hub.objects.get(slug="harbour"), role="reviewer")
"""
    manage(site.var, "shell", "-c", code, SITE_URL=site.url)


def says_a_date(page: Page) -> None:
    """The page says by which day something happens, and nothing stands out sideways."""
    assert DATE.search(page.locator("main").inner_text()), page.url
    assert page.evaluate(WIDE) == 0, page.url


def write_offer(story: Story, title: str) -> None:
    """The four screens."""
    page = story.page
    expect(page.get_by_text("step 1 of 4")).to_be_visible()
    story.fill("What is it called?", title)
    story.tick("Workshop", "What is it?")
    story.fill("What do people learn?", LEARNS)
    story.fill("Who is it for?", "Everybody who has never sewn")
    story.send("Go on")
    expect(page.get_by_text("step 2 of 4")).to_be_visible()
    story.tick("Online", "Where is it?")
    story.fill("First day", SOON.isoformat())
    story.tick("It is free", "What does it cost?")
    story.send("Go on")
    expect(page.get_by_text("step 3 of 4")).to_be_visible()
    story.tick("With a form on this site", "How do people apply?")
    story.fill("Whom can people ask?", "Pat, 020 7946 0000")
    story.send("Go on")
    expect(page.get_by_text("step 4 of 4")).to_be_visible()
    for words in (title, LEARNS, "Online", "Free", "Pat, 020 7946 0000"):
        expect(page.locator(".answers").get_by_text(words, exact=True)).to_be_visible()
    says_a_date(page)
    story.send("Send to Harbour Hub")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_text("Waits for the hub", exact=True)).to_be_visible()
    says_a_date(page)


def publish(
    open_page: Callable[..., Page],
    name: str,
    title: str,
    way: tuple[bool, bool],
    desk: str = "/desk/harbour/",
) -> Page:
    """The hub publishes, from its desk, or from the list of all that waits."""
    script, by_keyboard = way
    page = open_page(desk, user=f"reads{name}", width=320, script=script)
    says_a_date(page)
    taps = Taps(page, by_keyboard)
    taps.on("link", title)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    says_a_date(page)
    taps.on("button", "Publish")
    page.wait_for_url("**/desk/harbour/partners/")
    assert taps.count <= REVIEW_TAPS
    return page


def public_page(open_page: Callable[..., Page], title: str) -> Page:
    """The page of an offer as a visitor finds it."""
    page = open_page("/offers/", width=320, script=False)
    page.get_by_role("link", name=title, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert page.evaluate(WIDE) == 0
    return page


@pytest.mark.parametrize(("script", "by_keyboard"), WAYS)
def test_j5_from_the_desk_to_a_published_offer(
    open_page: Callable[..., Page], site: Site, script: bool, by_keyboard: bool
) -> None:
    name = f"posts{int(script)}{int(by_keyboard)}"
    make_partner(site, name)
    title = f"Mending {name}"
    page = open_page("/partners/desk/", user=name, width=320, script=script)
    Taps(page, by_keyboard).on("link", "Post a training offer")
    story = Story(page, by_keyboard)
    write_offer(story, title)
    assert (len(story.screens), len(story.fields)) == (SCREENS, FIELDS)
    page.goto("/partners/desk/")
    expect(page.get_by_text("answer by")).to_be_visible()
    says_a_date(page)
    publish(open_page, name, title, (script, by_keyboard))
    public = public_page(open_page, title)
    expect(public.get_by_text(LEARNS)).to_be_visible()

    page.get_by_role("link", name=title, exact=True).click()
    Taps(page, by_keyboard).on("link", "Change the offer")
    page.get_by_role("button", name="Change Title", exact=True).click()
    page.get_by_label("What is it called?", exact=True).fill(f"New {title}")
    Taps(page, by_keyboard).on("button", "Back to your answers")
    Taps(page, by_keyboard).on("button", "Send to Harbour Hub")
    expect(page.get_by_text("Until then the site shows it as it was.")).to_be_visible()
    says_a_date(page)
    public.reload()
    expect(public.get_by_role("heading", level=1)).to_have_text(title)
    reviewer = publish(open_page, name, f"New {title}", (script, by_keyboard))
    expect(reviewer.get_by_text("Published. The partner was told.")).to_be_visible()
    public.goto("/offers/")
    expect(public.get_by_role("link", name=f"New {title}", exact=True).first).to_be_visible()


@pytest.mark.parametrize(("script", "by_keyboard"), WAYS)
def test_j5_registering_on_the_way(
    open_page: Callable[..., Page], site: Site, script: bool, by_keyboard: bool
) -> None:
    name = f"joins{int(script)}{int(by_keyboard)}"
    make_reviewer(site, name)
    page = open_page("/partners/", width=320, script=script)
    Taps(page, by_keyboard).on("link", "Become a partner")
    story = Story(page, by_keyboard)
    story.fill("Name of the organisation", f"Library {name}")
    story.tick("Library", "What kind of organisation is it?")
    story.fill("Where is it?", "Port")
    story.fill("E-mail of the organisation", f"desk@{name}.example")
    story.fields.append("hub")
    page.get_by_label("Which hub is nearest to you?").select_option("harbour")
    story.send("Go on")
    expect(page.get_by_text("What you wrote is kept.", exact=False)).to_be_visible()
    story.fill("Your name", f"Lib {name}")
    story.fill("User name", name)
    story.fill("Password", "three small boats")
    story.send("Make my account")
    expect(page.get_by_text("step 1 of 4")).to_be_visible()
    says_a_date(page)
    assert (len(story.screens), len(story.fields)) == (MORE_SCREENS, MORE_FIELDS)
    title = f"Reading {name}"
    write_offer(story, title)
    wanted = (MORE_SCREENS + SCREENS, MORE_FIELDS + FIELDS)
    assert (len(story.screens), len(story.fields)) == wanted

    desk = open_page("/desk/harbour/", user=f"reads{name}", width=320, script=script)
    desk.get_by_role("link", name=f"Library {name}", exact=True).click()
    says_a_date(desk)
    desk.get_by_role("radio", name="Somebody of the hub knows them").check()
    desk.get_by_label("In a few words").fill("I know the people at the desk.")
    desk.get_by_role("button", name="Note this proof").click()
    desk.get_by_role("button", name="Let them in").click()
    expect(desk.get_by_text("They are in. They were told.")).to_be_visible()
    publish(open_page, name, title, (script, by_keyboard))
    public_page(open_page, title)


@pytest.mark.parametrize("script", [True, False])
def test_j5_a_change_is_asked_for_and_stands_beside_the_field(
    open_page: Callable[..., Page], site: Site, script: bool
) -> None:
    name = f"changes{int(script)}"
    make_partner(site, name)
    title = f"Baking {name}"
    page = open_page("/partners/desk/offers/new/", user=name, width=320, script=script)
    write_offer(Story(page, by_keyboard=False), title)
    desk = open_page("/desk/harbour/", user=f"reads{name}", width=320, script=script)
    desk.get_by_role("link", name=title, exact=True).click()
    desk.get_by_text("Ask for a change", exact=True).click()
    desk.get_by_label("Please say it in plainer words.", exact=False).check()
    assert desk.evaluate(WIDE) == 0
    desk.get_by_role("button", name="Send it back").click()
    expect(desk.get_by_text("Sent back.", exact=False)).to_be_visible()
    page.goto("/me/")
    page.get_by_role("link", name=f"“{title}”", exact=False).first.click()
    expect(page.get_by_text("The hub asks for a change", exact=True)).to_be_visible()
    note = page.get_by_text("Please say it in plainer words.", exact=False)
    expect(note.first).to_be_visible()
    page.get_by_role("link", name="Change What people learn").click()
    expect(page.locator(".hub-note textarea")).to_have_value(LEARNS)
    expect(page.locator(".hub-note")).to_contain_text("Please say it in plainer words.")
    page.get_by_label("What do people learn?").fill("You bake bread.")
    page.get_by_role("button", name="Back to your answers").click()
    page.get_by_role("button", name="Send to Harbour Hub").click()
    expect(page.get_by_text("Waits for the hub", exact=True)).to_be_visible()
    says_a_date(page)


def test_j5_what_is_typed_is_saved_while_it_is_typed(
    open_page: Callable[..., Page], site: Site
) -> None:
    """Another browser of the same person goes on where the first one stopped."""
    make_partner(site, "saves")
    page = open_page("/partners/desk/offers/new/", user="saves", width=320)
    page.get_by_label("What is it called?").fill("Half a title")
    page.get_by_role("radio", name="Placement").check()
    expect(page.locator("[data-saved]")).to_have_text("All is saved")
    other = open_page("/partners/desk/", user="saves", width=320, script=False)
    other.get_by_role("link", name="Half a title", exact=True).click()
    other.get_by_role("link", name="Go on writing").click()
    expect(other.locator(".answers").get_by_text("Placement")).to_be_visible()
    expect(other.get_by_text("Say what people learn.")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_j5_a_mistake_loses_nothing(
    open_page: Callable[..., Page], site: Site, script: bool
) -> None:
    name = f"errs{int(script)}"
    make_partner(site, name)
    page = open_page("/partners/desk/offers/new/", user=name, width=320, script=script)
    page.get_by_label("What is it called?").fill("Sewing")
    page.get_by_label("Who is it for?").fill("Everybody")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("Say what people learn.")
    expect(page.get_by_label("What is it called?")).to_have_value("Sewing")
    expect(page.get_by_label("Who is it for?")).to_have_value("Everybody")
    page.get_by_label("What do people learn?").fill(LEARNS)
    page.get_by_role("radio", name="Course").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("radio", name="It costs money").check()
    page.get_by_label("How much?").fill("12,5 or so")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("Write the amount like 45 or 45.50.")
    expect(page.get_by_label("How much?")).to_have_value("12,5 or so")
    page.get_by_label("How much?").fill("12.50")
    page.get_by_role("button", name="One step back").click()
    expect(page.get_by_label("What do people learn?")).to_have_value(LEARNS)
    expect(page.get_by_text("step 1 of 4")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("How much?")).to_have_value("12.50")


def test_j5_use_it_again_in_two_taps(open_page: Callable[..., Page], site: Site) -> None:
    make_partner(site, "again")
    page = open_page("/partners/desk/offers/new/", user="again", width=320, script=False)
    write_offer(Story(page, by_keyboard=False), "Gardening again")
    waiting = "/desk/harbour/partners/"
    publish(open_page, "again", "Gardening again", (False, False), waiting).close()
    page.reload()
    page.get_by_role("button", name="End it now").click()
    page.goto("/partners/desk/")
    taps = Taps(page, by_keyboard=False)
    taps.on("button", "Use it again Gardening again")
    expect(
        page.get_by_text("This is last time’s text with new dates.", exact=False)
    ).to_be_visible()
    taps.on("button", "Send to Harbour Hub")
    expect(page.get_by_text("Waits for the hub", exact=True)).to_be_visible()
    assert taps.count <= 2
    says_a_date(page)
