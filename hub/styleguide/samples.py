"""Sample data for the components; nothing here comes from the database."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from django import forms

from content.blocks.support import SupportNote
from members.models import Hub
from partners.queries.shown import OfferCard

WORDS = ("first-steps", "first-web-page", "how-a-co-op-works", "spreadsheets", "the-books", "maps")
COLOURS = ("loom", "loom-deep", "clay", "plum", "sky", "marigold", "line")
CLOTHS = ((0, 6), (1, 6), (4, 6), (6, 6), (1, 1), (15, 40))
SKILLS = ("Turn a device on and lock it", "Notice a scam", "Book an appointment online")
LEARNERS = (("Amina Yusuf", 4, "done"), ("Duc Tran", 2, "open"), ("Elif Demir", 0, "open"))
PEOPLE = (
    SimpleNamespace(name="Morag Sinclair", words="answers questions at the front desk", picture=""),
    SimpleNamespace(name="Ewan Geddes", words="leads the Thursday class", picture=""),
)


def hub() -> Hub:
    """A hub that is not stored."""
    return Hub(
        slug="sample",
        name="Sample Hub",
        place="Leith, Scotland",
        address="14 Sailmaker Close\nLeith",
        hours="Monday to Friday from 10:00 to 18:00",
        phone="+44 131 496 0000",
        contact="Ring the bell during opening hours.",
        complain="Tell Hana Novak. She answers within ten days.",
        meeting_on=date(2027, 3, 20),
        meeting_place="upstairs hall",
        colour="clay",
    )


def course(slug: str, title: str, summary: str, **more: Any) -> SimpleNamespace:
    """A course as its row takes it."""
    values = {
        "slug": slug,
        "title": title,
        "summary": summary,
        "url": "#courses",
        "hub": hub(),
        "level": "For beginners",
        "minutes": 60,
        "lessons": range(7),
        "language": "en",
        "access": "open",
    }
    return SimpleNamespace(**{**values, **more})


def offer(slug: str, title: str, **more: Any) -> OfferCard:
    """A training offer as its card takes it."""
    values: dict[str, Any] = {
        "learns": "Read a plan, cut wood safely and build a small shelf. Tools are there.",
        "partner": "Leith College",
        "kind": "Workshop",
        "cost": "Free",
        "is_free": True,
        "where": "Room 4, Leith",
        "when": "20 March 2027",
        "level": "For beginners",
        "language": "English",
        "deadline": date(2027, 3, 1),
        "helps": ("Help with money", "Childcare", "Step-free access"),
        "words_in": "en",
    }
    return OfferCard(slug=slug, title=title, url="#offers", **{**values, **more})


def offers() -> list[OfferCard]:
    """One that is free and helps, and a bare one with a long name."""
    bare = {"level": "", "deadline": None, "helps": (), "is_free": False, "cost": "1,250 EUR"}
    title = "An apprenticeship in the repair of electric bicycles and other light vehicles"
    return [offer("wood", "Wood for beginners"), offer("bicycles", title, **bare)]


def support() -> list[SupportNote]:
    """Help with money: some is left, nothing is left, and one whose time is over."""
    values: dict[str, Any] = {
        "kind": "travel",
        "who": "Members of this hub who come from far away",
        "what": "The bus or the train to a course, up to 40 euros a month",
        "how": "Show your ticket to Hana at the front desk. You need no form.",
        "until_on": date(2099, 12, 31),
        "seen_by": "Only Hana. Nothing is written down.",
        "left": "some",
    }
    return [
        SupportNote(**values),
        SupportNote(**{**values, "kind": "device", "left": "none"}),
        SupportNote(**{**values, "kind": "rent", "until_on": date(2026, 1, 31)}),
    ]


def courses() -> list[SimpleNamespace]:
    """A plain course, one with a long name and one lesson, one for members."""
    summary = "Learn to use a phone from the very first button. You go online and send a photo."
    return [
        course("first-steps", "First steps on a phone and computer", summary),
        course(
            "the-books",
            "Reading the yearly accounts of a platform co-operative without being an accountant",
            summary,
            lessons=range(1),
            minutes=9,
        ),
        course("voting", "Voting well", summary, access="members"),
    ]


def arabic() -> SimpleNamespace:
    """Words from right to left."""
    return SimpleNamespace(
        title="الخطوات الأولى على الهاتف",
        lead="تتعلّم استخدام الهاتف من أول زر. كل شيء مجاني.",
        note="تم حفظ إجابتك. يمكنك المتابعة إلى الدرس التالي.",
        button="ابدأ الدورة",
        course=course(
            "first-steps-ar", "الخطوات الأولى على الهاتف", "تتعلّم استخدام الهاتف من أول زر."
        ),
    )


def step(number: int, title: str, state: str, **more: Any) -> dict[str, Any]:
    """A lesson in a course's list."""
    values = {
        "number": number,
        "title": title,
        "state": state,
        "url": "#lessons",
        "minutes": 7 + number,
        "summary": "You wake your phone, lock it and turn it off safely.",
        "is_done": state == "done",
        "is_required": True,
        "language": "",
    }
    return {**values, **more}


class Steps:
    """A list of lessons, as a page would have it."""

    rows = [
        step(1, "Turn it on, lock it, charge it", "done"),
        step(2, "Touch, type and find your way", "here"),
        step(3, "Get online and watch the cost", "open"),
        step(4, "Mirar y juzgar", "open", language="es", is_required=False),
        step(5, "Passwords, and how to notice a scam", "locked"),
    ]


def steps() -> Steps:
    """A lesson in every state."""
    return Steps()


class SampleForm(forms.Form):
    """A field of every sort."""

    name = forms.CharField(label="Your name", help_text="The name we call you by.")
    password = forms.CharField(
        label="Password", help_text="8 letters or more.", widget=forms.PasswordInput
    )
    day = forms.DateField(label="A day", widget=forms.DateInput(attrs={"type": "date"}))
    hub = forms.ChoiceField(label="Your hub", choices=[("", "Choose"), ("sample", "Sample Hub")])
    words = forms.CharField(label="Your words", widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(label="A file", help_text="JPEG or PNG, up to 12 MB.", required=False)
    is_ring_me = forms.BooleanField(label="Please ring me", required=False)


def form() -> SampleForm:
    """A form that is not filled in yet."""
    return SampleForm(auto_id="new_%s")


def refused_form() -> SampleForm:
    """A form that was refused: what was typed is kept, and each field says how to mend it."""
    refused = SampleForm({"name": "", "day": "31 June", "words": ""}, auto_id="refused_%s")
    refused.full_clean()
    return refused
