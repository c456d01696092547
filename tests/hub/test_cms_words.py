"""Plain words in the CMS: what an editor and a reviewer read on their screens holds no jargon."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.models import Locale, Page

from content.actions import add_picture, derive_permissions
from content.models import HomePage, HubIndexPage, HubPage, StandardPage, WeftDocument
from courses.models import LessonPage
from members.models import Member
from tests.factories import make_page, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.walk]
READ_ALOUD = ("alt", "aria-label", "placeholder", "title")
JARGON = re.compile(
    r"workflow|moderat|slug|promote|explor|subtree|sub-?page|child|parent|revision|snippet"
    r"|\balias|locale|collection|unschedul|bulk|\burls?\b|wagtail|listing|go live|meta desc"
    r"|referenced|expiry|log entr|validation error|error 404|seen by the public",
    re.IGNORECASE,
)
SPANISH_JARGON = re.compile(
    r"flujo de trabajo|moderaci|slug|explora|sub(?:árbol|página)|\bhij[ao]s?\b|\bpadre|\balias"
    r"|regi(?:ón|ones)\b|colecci|\burls?\b|wagtail|masiv|moderado|en vivo|estado actual"
    r"|search (?:all|options)|show filters",
    re.IGNORECASE,
)
PLAIN = {"title": "Plain", "slug": "plain", "body-count": "0"}


class Words(HTMLParser):
    """Collects what a person reads or hears of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("script", "style")
        values = dict(attrs)
        self.found += [values[name] or "" for name in READ_ALOUD if name in values]
        if tag == "input" and values.get("type") in ("submit", "button"):
            self.found.append(values.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.found.append(" ".join(data.split()))


def jargon_of(response: object, words: re.Pattern[str] = JARGON) -> list[str]:
    """The pieces of a screen that hold jargon."""
    assert response.status_code == 200, response.request["PATH_INFO"]
    as_json = response.headers["content-type"].startswith("application/json")
    reader = Words()
    reader.feed(response.json().get("html", "") if as_json else response.content.decode())
    assert len(reader.found) > 5
    return [piece for piece in reader.found if words.search(piece)]


@pytest.fixture
def site(cast: SimpleNamespace, signed_in: Callable[[Member], Client], settings) -> SimpleNamespace:
    """A hub in two languages with a plain page, a picture and a file; its people signed in."""
    settings.WEFT_REQUIRE_SECOND_FACTOR = False
    cast.spanish = Locale.objects.get(language_code="es")
    cast.course_page, cast.hub_page = page_of(cast.course), HubPage.objects.get(hub=cast.hub)
    cast.lessons = list(LessonPage.objects.child_of(cast.course_page).order_by("path"))
    for page in (HomePage.objects.get(), HubIndexPage.objects.get(), cast.hub_page):
        CopyPageForTranslationAction(page, cast.spanish).execute(skip_permission_checks=True)
    derive_permissions(hub=cast.hub)
    cast.plain = make_page(cast.hub_page, StandardPage(title="Plain", slug="plain"))
    plant_files(cast)
    cast.writes, cast.reviews = signed_in(cast.editor), signed_in(cast.reviewer)
    return cast


def plant_files(cast: SimpleNamespace) -> None:
    """A picture and a file of the hub."""
    out = BytesIO()
    Image.new("RGB", (900, 600), "teal").save(out, "JPEG")
    folder = cast.hub.collection
    cast.picture = add_picture(
        member=cast.editor, title="A picture", data=out.getvalue(), collection=folder
    )
    cast.file = WeftDocument(title="A file", collection=folder, uploaded_by_user=cast.editor)
    cast.file.file.save("a.txt", ContentFile(b"hello"))


def page_screens(site: SimpleNamespace) -> list[str]:
    """The addresses of the screens of pages."""
    hub, course, lesson = site.hub_page.pk, site.course_page.pk, site.lessons[1].pk
    verbs = ("edit", "history", "workflow_history", "usage", "copy", "move", "delete", "unpublish")
    chosen = f"?id={site.lessons[0].pk}&id={lesson}&next=/cms/"
    bulk = [f"bulk/wagtailcore/page/{verb}/{chosen}" for verb in ("publish", "delete", "move")]
    return [
        "",
        "pages/",
        f"pages/{hub}/",
        f"pages/{course}/?ordering=ord",
        f"pages/add/courses/coursepage/{hub}/",
        f"pages/add/courses/lessonpage/{course}/",
        *(f"pages/{lesson}/{verb}/" for verb in verbs),
        f"pages/{course}/edit/",
        f"pages/{course}/copy/",
        f"pages/{course}/delete/",
        f"pages/{course}/unpublish/",
        f"pages/{course}/move/{hub}/confirm/",
        f"pages/{course}/revisions/compare/earliest...latest/",
        *bulk,
        f"localize/submit/page/{course}/",
    ]


def other_screens(site: SimpleNamespace) -> list[str]:
    """The addresses of the screens of pictures, files and choosers, and of one's settings."""
    picture, file = site.picture.pk, site.file.pk
    return [
        "images/",
        "images/add/",
        f"images/{picture}/",
        f"images/usage/{picture}/",
        "images/multiple/add/",
        "images/chooser/",
        "documents/",
        f"documents/edit/{file}/",
        "documents/multiple/add/",
        "choose-page/",
        "choose-page/search/?q=basics",
        "choose-external-link/",
        "account/",
    ]


def test_an_editor_reads_plain_words(site: SimpleNamespace) -> None:
    screens = page_screens(site) + other_screens(site)
    found = {path: jargon_of(site.writes.get(f"/cms/{path}", follow=True)) for path in screens}
    assert {path: words for path, words in found.items() if words} == {}


def test_the_account_offers_the_languages_of_the_site(site: SimpleNamespace) -> None:
    html = site.writes.get("/cms/account/").content.decode()
    select = re.search(r'<select name="locale-preferred_language".*?</select>', html, re.S)[0]
    assert re.findall(r'<option value="(\w+)"', select) == ["en", "es"]


def test_an_editor_reads_plain_words_in_spanish(site: SimpleNamespace) -> None:
    Member.objects.filter(pk=site.editor.pk).update(language="es")
    screens = page_screens(site) + other_screens(site)
    answers = {path: site.writes.get(f"/cms/{path}", follow=True) for path in screens}
    assert all(b'<html lang="es"' in answers[path].content for path in ("", "pages/", "account/"))
    found = {path: jargon_of(answer, SPANISH_JARGON) for path, answer in answers.items()}
    assert {path: words for path, words in found.items() if words} == {}


def save(site: SimpleNamespace, **values: str) -> object:
    """The plain page saved by its editor; the screen that follows."""
    url = f"/cms/pages/{site.plain.pk}/edit/"
    return site.writes.post(url, {**PLAIN, **values}, follow=True)


def review_screens(site: SimpleNamespace) -> list[str]:
    """The addresses of the screens of a page that waits for review."""
    page, state = StandardPage.objects.get(pk=site.plain.pk), site.plain.current_workflow_task_state
    acts = [
        f"pages/workflow/{verb}/{page.pk}/{name}/{state.pk}/"
        for verb, name in (
            ("action", "approve"), ("action", "reject"), ("collect_action_data", "approve")
        )
    ]  # fmt: skip
    return [
        "",
        f"pages/{page.pk}/edit/",
        f"pages/{page.pk}/history/",
        f"pages/{page.pk}/workflow_history/",
        f"pages/{page.pk}/workflow_history/detail/{page.current_workflow_state.pk}/",
        f"pages/workflow/confirm_cancellation/{page.pk}/",
        f"pages/{site.hub_page.pk}/",
        *acts,
    ]


def test_a_review_is_told_in_plain_words(site: SimpleNamespace) -> None:
    assert jargon_of(save(site, **{"title": "New", "action-submit": "1"})) == []
    screens = review_screens(site)
    for who in (site.writes, site.reviews):
        found = {path: jargon_of(who.get(f"/cms/{path}", follow=True)) for path in screens}
        assert {path: words for path, words in found.items() if words} == {}
    assert jargon_of(decide(site, "reject", "Which?")) == []
    assert jargon_of(save(site, **{"action-restart-workflow": "1"})) == []
    assert jargon_of(save(site, **{"action-cancel-workflow": "1"})) == []
    assert jargon_of(save(site, **{"action-submit": "1"})) == []
    assert jargon_of(decide(site, "approve")) == []
    assert jargon_of(site.writes.get(f"/cms/pages/{site.plain.pk}/history/")) == []


def decide(site: SimpleNamespace, verb: str, comment: str = "") -> object:
    """What the reviewer decides; the screen that follows."""
    page = StandardPage.objects.get(pk=site.plain.pk)
    url = f"/cms/pages/workflow/action/{page.pk}/{verb}/{page.current_workflow_task_state.pk}/"
    back = f"/cms/pages/{page.pk}/edit/"
    return site.reviews.post(url, {"comment": comment, "next": back}, follow=True)


def test_what_is_refused_is_told_in_plain_words(site: SimpleNamespace) -> None:
    taken = save(site, slug="basics")
    assert "Another page in the same place" in taken.content.decode()
    assert jargon_of(taken) == []
    assert jargon_of(save(site, slug="two words")) == []
    assert jargon_of(save(site, title="")) == []


def test_a_day_of_publishing_is_told_in_plain_words(site: SimpleNamespace) -> None:
    later = {"title": "Later", "action-publish": "1", "go_live_at": "2099-01-01 10:00"}
    assert jargon_of(save(site, **later)) == []
    for verb in ("edit", "history"):
        assert jargon_of(site.writes.get(f"/cms/pages/{site.plain.pk}/{verb}/")) == []


def test_a_translation_is_told_in_plain_words(site: SimpleNamespace) -> None:
    url = f"/cms/localize/submit/page/{site.plain.pk}/"
    assert jargon_of(site.writes.post(url, {"locales": [site.spanish.pk]}, follow=True)) == []
    made = Page.objects.get(slug="plain", locale=site.spanish)
    assert jargon_of(site.writes.get(f"/cms/pages/{made.pk}/edit/")) == []
