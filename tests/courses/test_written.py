"""Hints to editors: every word and file of a page is seen, and the CMS says what to look at."""

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from content.models import HubPage, StandardPage, WeftDocument, WeftImage
from courses.blocks import KINDS, LessonBody
from courses.hints import Media, hints_for
from courses.lessonfile import parse_folder
from courses.models import CoursePage, LessonPage
from courses.queries import what_is_written
from courses.reading import plain_text
from members.models import Member
from tests.courses.test_blocks import answers, choice, raw_question, raw_quiz
from tests.courses.test_hints import SPANISH, sentence
from tests.factories import make_page, page_of

BODY = LessonBody()
DEMO = Path(__file__).resolve().parents[2] / "demo" / "courses"
HARD = "Your responsibilities"
WORD_HINT = (
    "This word is long: “responsibilities”. Use a shorter one, or explain it in a “New word” block."
)
STUMBLE = "Learners may stumble over this in “"
# What every block of words says, by its kind.
SAID: dict[str, Any] = {
    "text": "<h2>Head</h2><p>Text <b>bold</b></p>",
    "drawing": {"name": "phone.svg", "alt": "Drawn", "is_decorative": False},
    "note": {"text": "<p>Noted</p>"},
    "example": {
        "title": "Rosa",
        "body": [
            {"type": "text", "value": "<p>Inside</p>"},
            {"type": "code", "value": {"language": "text", "code": "HIDDEN"}},
        ],
    },
    "term": {"word": "Term", "meaning": "<p>Meant</p>"},
    "code": {"language": "text", "code": "HIDDEN"},
    "links": {
        "title": "On",
        "links": [
            {"type": "link", "value": {"text": "HIDDEN", "page": None, "url": "https://a.org/"}}
        ],
    },
    "try": {"title": "Try", "text": "<p>Do</p>", "ask": "words", "looks_for": "Looked"},
}
HEARD = "Head Text bold Drawn Noted Rosa Inside Meant On Try Do Looked"


def lesson(*blocks: Any, **values: Any) -> LessonPage:
    """A lesson that is nowhere yet."""
    return LessonPage(locale=Locale(language_code="en"), title="Title", body=list(blocks), **values)


def raw(**said: Any) -> Iterator[dict[str, Any]]:
    """Blocks as they are stored."""
    for kind, value in said.items():
        yield {"type": kind, "value": value, "id": kind}


def words_of(page: LessonPage | CoursePage, for_all: tuple[bool, ...] = (True, False)) -> list[str]:
    """Every word that is seen on a page."""
    pieces = [piece for piece in what_is_written(page).words if piece.for_all in for_all]
    return [word for piece in pieces for word in plain_text(piece.markup).split()]


def test_every_block_of_words_is_seen() -> None:
    written = what_is_written(lesson(*raw(**SAID), summary="Summed <up>"))
    seen = words_of(lesson(*raw(**SAID), summary="Summed <up>"))
    assert " ".join(seen) == f"Title Summed <up> {HEARD}"
    assert (written.terms, written.media, written.pictures) == (["Term"], [], 0)
    assert (written.language, written.others) == ("en", ("es",))
    assert (written.is_lesson, written.has_blocks) == (True, True)


def test_questions_are_seen_and_what_everybody_reads_of_them_is_known() -> None:
    asked = raw_question(
        "one",
        prompt="<p>Asked</p>",
        answers=answers(choice("Right", True, "Yes"), choice("Wrong")),
        hint="<p>Hint</p>",
        right="Well",
        otherwise="Else",
    )
    page = lesson(asked, raw_quiz({**asked, "id": "q2"}, title="Quiz"))
    assert sorted(words_of(page, (True,))) == ["Asked", "Asked", "Hint", "Hint", "Quiz", "Title"]
    assert sorted(set(words_of(page, (False,)))) == ["Else", "Right", "Well", "Wrong", "Yes"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_question_is_seen(kind: str) -> None:
    assert {"What?", "The"} & set(words_of(lesson(raw_question(kind, "q1"))))


def test_files_sound_and_films_are_seen_with_their_sizes(db: None) -> None:
    def kept(title: str, size: int | None) -> WeftDocument:
        return WeftDocument(title=title, file_size=size)

    picture = WeftImage(title="Sun")
    picture.contextual_alt_text = "Sunny"
    page = lesson(
        ("file", {"document": kept("Plan", 7), "title": ""}),
        ("audio", {"document": kept("a.mp3", 8), "title": "Talk", "transcript": "<p>Hello</p>"}),
        (
            "video",
            {
                "document": kept("a.mp4", 9),
                "title": "Tour",
                "captions": kept("a.vtt", 1),
                "transcript": "<p>Bye</p>",
                "poster": WeftImage(title="Poster"),
            },
        ),
        ("picture", picture),
    )
    written = what_is_written(page)
    assert written.media == [Media("file", "Plan", 7), Media("audio", "Talk", 8),
                             Media("video", "Tour", 9)]  # fmt: skip
    assert written.pictures == 2
    assert words_of(page) == ["Title", "Talk", "Hello", "Tour", "Bye", "Sunny"]


@pytest.mark.parametrize("kind", list(BODY.child_blocks))
def test_a_block_in_which_nothing_is_written_is_no_trouble(kind: str) -> None:
    block = BODY.child_blocks[kind]
    begun = block.get_prep_value(block.get_default())
    for value in (begun, {} if isinstance(begun, dict) else ""):
        assert hints_for(what_is_written(lesson(*raw(**{kind: value})))) == []


def test_a_kind_that_is_gone_and_a_file_that_is_gone_are_no_trouble(db: None) -> None:
    gone = raw(gone="Gone", file={"document": 99, "title": "Lost"}, picture=99)
    written = what_is_written(lesson(*gone))
    assert (written.media, written.pictures) == ([], 0)


def test_a_course_is_read_field_by_field() -> None:
    course = CoursePage(
        locale=Locale(language_code="es"),
        title="Title",
        summary="Sum",
        for_whom="Who",
        skills="One\nTwo",
        body="<p>Body <b>bold</b></p>",
    )
    assert " ".join(words_of(course)) == "Title Sum Who One Two Body bold"
    written = what_is_written(course)
    assert (written.language, written.others) == ("es", ("en",))
    assert (written.is_lesson, written.has_blocks) == (False, False)


def demo_pages(folder: Path) -> Iterator[LessonPage]:
    """The lessons of a demo course in all its languages; drawings are left out."""
    files = {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*.md")}
    course = parse_folder(files, folder.name)
    in_languages = {"en": course.lessons, "es": {}}
    for code, translation in course.translations.items():
        in_languages[code] = translation.lessons
    for code, lessons in in_languages.items():
        for one in lessons.values():
            kept = [block for block in one.blocks if block["type"] != "picture"]
            page = lesson(*kept, summary=one.summary)
            page.title, page.locale = one.title, Locale(language_code=code)
            yield page


@pytest.mark.parametrize("folder", sorted(DEMO.glob("*/")), ids=lambda path: path.name)
def test_the_demo_courses_are_plain(folder: Path) -> None:
    found = {page.title: hints_for(what_is_written(page)) for page in demo_pages(folder)}
    assert len(found) >= 4
    assert {title: hints for title, hints in found.items() if hints} == {}


# --- in the CMS ---


@pytest.fixture
def cms(cast: SimpleNamespace, signed_in: Callable[[Member], Client], settings) -> SimpleNamespace:
    """A lesson, a course and a plain page, with who may write and who may publish."""
    settings.WEFT_REQUIRE_SECOND_FACTOR = False
    cast.page = page_of(cast.course)
    cast.lesson = LessonPage.objects.child_of(cast.page).order_by("path").first()
    above = HubPage.objects.get(hub=cast.hub)
    cast.plain = make_page(above, StandardPage(title="Plain", slug="plain"))
    cast.writes, cast.publishes = signed_in(cast.editor), signed_in(cast.admin)
    return cast


def form(*texts: str, **values: str) -> dict[str, str]:
    """A lesson, or a plain page, as its form sends it."""
    body = streamfield([("text", rich_text(f"<p>{text}</p>")) for text in texts])
    facts = {"title": "Sewing", "slug": "sewing", "minutes": "5", "pass_mark": "60"}
    return nested_form_data({**facts, "done_when": "read", "body": body, **values})


def hints_in(page: str) -> list[str]:
    """The hints on a screen of the CMS."""
    found = re.search(r'<ul class="weft-hints">(.*?)</ul>', page, re.DOTALL)
    assert bool(found) == (STUMBLE in page)
    hints = re.findall(r"<li>(.*?)</li>", found[1]) if found else []
    return [html.unescape(hint) for hint in hints]


def edit(client: Client, page: Any, sent: dict[str, str], **more: Any) -> str:
    """Save a page in the CMS; the screen that follows."""
    return client.post(f"/cms/pages/{page.pk}/edit/", sent, follow=True, **more).content.decode()


def test_a_draft_is_saved_and_its_hints_are_read(cms: SimpleNamespace) -> None:
    screen = edit(cms.writes, cms.lesson, form(HARD, sentence("Long")))
    assert "Learners may stumble over this in “Sewing”:" in screen
    assert hints_in(screen) == [
        WORD_HINT,
        "This sentence has more than 25 words: “Long word word word word word…”. Make two of it.",
    ]
    cms.lesson.refresh_from_db()
    assert (cms.lesson.title, cms.lesson.latest_revision.as_object().title) == ("Read 1", "Sewing")
    assert hints_in(edit(cms.writes, cms.lesson, form("Your part"))) == []


def test_a_page_is_published_and_its_hints_are_read(cms: SimpleNamespace) -> None:
    publish = {"action-publish": "1"}
    for page in (cms.lesson, cms.plain):
        assert hints_in(edit(cms.publishes, page, form(HARD, **publish))) == [WORD_HINT]
        shown = type(page).objects.get(pk=page.pk)
        assert (shown.title, shown.live, shown.has_unpublished_changes) == ("Sewing", True, False)
        assert hints_in(edit(cms.publishes, page, form("Your part", **publish))) == []


def test_what_is_published_on_a_later_day_is_read_today(cms: SimpleNamespace) -> None:
    later = {"action-publish": "1", "go_live_at": "2099-01-01 10:00"}
    assert hints_in(edit(cms.publishes, cms.lesson, form(HARD, **later))) == [WORD_HINT]


@pytest.mark.parametrize("button", ["save", "action-publish", "action-submit"])
def test_a_new_lesson_has_its_hints_at_once(cms: SimpleNamespace, button: str) -> None:
    add = f"/cms/pages/add/courses/lessonpage/{cms.page.pk}/"
    sent = form(SPANISH, **{button: "1"})
    [hint] = hints_in(cms.publishes.post(add, sent, follow=True).content.decode())
    assert hint.startswith("This page is in English, but its words look like Spanish:")
    assert LessonPage.objects.get(slug="sewing").live == (button == "action-publish")


def test_a_page_that_keeps_itself_says_nothing(cms: SimpleNamespace) -> None:
    url = f"/cms/pages/{cms.lesson.pk}/edit/"
    kept = cms.writes.post(url, form(HARD), headers={"accept": "application/json"})
    assert kept.json()["success"] is True
    assert hints_in(cms.writes.get(url).content.decode()) == []


def test_words_of_a_hint_are_shown_and_never_run(cms: SimpleNamespace) -> None:
    sent = form(HARD, title="<script>alert(1)</script>")
    screen = edit(cms.writes, cms.lesson, sent)
    assert "in “&lt;script&gt;alert(1)&lt;/script&gt;”:" in screen
    assert "<script>alert(1)" not in screen
