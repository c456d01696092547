"""The blocks that every page shares: what they refuse, what they show."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.blocks import StructBlockValidationError
from wagtail.models import Page

from content.blocks import PageBody
from content.blocks.checked import CheckedBlock
from content.models import WeftDocument, WeftImage

BODY = PageBody()


def stream(kind, value, ident="block-1"):
    return BODY.to_python([{"type": kind, "value": value, "id": ident}])


def html(kind, value):
    return stream(kind, value)[0].render()


def refused(kind, value, is_draft=False):
    """The sentences with which a block is refused, by the name of its part."""
    value = stream(kind, value)
    try:
        BODY.clean_deferred(value) if is_draft else BODY.clean(value)
    except ValidationError as error:
        found = error.block_errors[0]
        assert isinstance(found, StructBlockValidationError)
        return {name: words.messages[0] for name, words in found.block_errors.items()}
    return {}


@pytest.fixture
def document(db):
    def make(name, title="Sound of the hub"):
        made = WeftDocument(title=title)
        made.file.save(name, ContentFile(b"x" * 2048), save=True)
        return made

    return make


def test_every_block_can_be_chosen_by_its_look():
    for block in BODY.child_blocks.values():
        assert block.is_previewable, block.name
        assert block.get_description(), block.name
        assert block.label and block.meta.icon != "placeholder", block.name


def test_a_block_without_rules_refuses_nothing():
    assert CheckedBlock().problems({}) == {}


def test_the_names_of_blocks_are_stored_in_pages():
    assert list(BODY.child_blocks) == [
        "text", "picture", "drawing", "note", "example", "term", "code", "links",
        "file", "audio", "video",
    ]  # fmt: skip


def test_text():
    shown = html("text", '<h2>Start</h2><p><a href="https://example.org/">There</a></p>')
    assert '<h2>Start</h2><p><a href="https://example.org/">There</a></p>' in shown


def test_note():
    assert "<p>Mind the step.</p>" in html("note", {"text": "<p>Mind the step.</p>"})


def test_term():
    shown = html("term", {"word": "Tag & co", "meaning": "<p>A <code>&lt;p&gt;</code>.</p>"})
    assert "<dt>Tag &amp; co</dt>" in shown
    assert "<p>A <code>&lt;p&gt;</code>.</p>" in shown


def test_code_is_escaped_and_kept_as_typed():
    shown = html("code", {"language": "html", "code": "<p>\n  Hi\n</p>"})
    assert 'data-language="html"' in shown
    assert "&lt;p&gt;\n  Hi\n&lt;/p&gt;" in shown


def test_example_holds_words_and_code_in_turn():
    body = [
        {"type": "text", "value": "<p>She writes:</p>", "id": "t"},
        {"type": "code", "value": {"language": "css", "code": "h1 { }"}, "id": "c"},
    ]
    shown = html("example", {"title": "Rosa", "body": body})
    assert shown.index("Rosa") < shown.index("She writes:") < shown.index("h1 { }")


def test_a_file_shows_its_size(document):
    made = document("list.pdf", "Checklist")
    shown = html("file", {"document": made.pk, "title": ""})
    assert f'href="{made.url}"' in shown
    assert "Checklist" in shown
    assert "PDF, 2.0\xa0kB" in shown


def test_a_file_that_is_gone_leaves_its_title(db):
    assert "Checklist" in html("file", {"document": 999, "title": "Checklist"})


def test_sound_shows_its_size_and_words_and_loads_nothing(document):
    made = document("hello.mp3")
    value = {"title": "Hello", "document": made.pk, "transcript": "<p>Good morning.</p>"}
    shown = html("audio", value)
    assert 'preload="none"' in shown
    assert "Sound, 2.0\xa0kB" in shown
    assert "<p>Good morning.</p>" in shown
    assert refused("audio", value) == {}


def test_sound_needs_its_words_to_be_published(document):
    value = {"title": "Hello", "document": document("hello.mp3").pk, "transcript": ""}
    assert refused("audio", value) == {"transcript": "This field is required."}
    assert refused("audio", value, is_draft=True) == {}


def test_sound_must_be_sound(document):
    value = {"title": "Hello", "document": document("hello.pdf").pk, "transcript": "<p>x</p>"}
    expected = "This file cannot be used here. Choose one of: mp3, ogg, oga, m4a."
    assert refused("audio", value) == {"document": expected}


def test_film_has_captions_and_words(document):
    value = {
        "title": "Lock it",
        "document": document("film.mp4").pk,
        "captions": document("film.vtt").pk,
        "poster": None,
        "transcript": "<p>A hand presses a key.</p>",
    }
    shown = html("video", value)
    assert 'preload="none"' in shown
    assert 'kind="captions"' in shown
    assert "Film, 2.0\xa0kB" in shown
    assert "<p>A hand presses a key.</p>" in shown
    assert refused("video", value) == {}


def test_film_and_captions_must_be_what_they_say(document):
    value = {
        "title": "Lock it",
        "document": document("film.mp3").pk,
        "captions": document("film.txt").pk,
        "poster": None,
        "transcript": "<p>x</p>",
    }
    assert refused("video", value) == {
        "document": "This file cannot be used here. Choose one of: mp4, webm.",
        "captions": "This file cannot be used here. Choose one of: vtt.",
    }


def link(**more):
    value = {"text": "Read", "page": None, "url": "", **more}
    return {"title": "More", "links": [{"type": "link", "value": value, "id": "l"}]}


def inner(found):
    """The error of the only link in a list."""
    links = found.block_errors[0].block_errors["links"]
    return {name: error.messages[0] for name, error in links.block_errors[0].block_errors.items()}


def test_links_lead_elsewhere():
    shown = html("links", link(url="https://example.org/"))
    assert '<a href="https://example.org/">Read</a>' in shown


def test_a_link_needs_one_goal(root_page):
    with pytest.raises(ValidationError) as found:
        BODY.clean(stream("links", link()))
    assert inner(found.value) == {"page": "Choose a page or write an address."}
    BODY.clean_deferred(stream("links", link()))
    with pytest.raises(ValidationError) as found:
        BODY.clean(stream("links", link(url="https://example.org/", page=root_page.pk)))
    assert inner(found.value) == {"url": "Choose a page or write an address, not both."}


def test_a_link_to_a_page_that_is_not_live_is_not_shown(root_page):
    root_page.live = False
    root_page.save()
    assert "<a" not in html("links", link(page=root_page.pk))


@pytest.fixture
def root_page(db):
    return Page.objects.get(depth=2)


@pytest.fixture
def image(db):
    data = BytesIO()
    Image.new("RGB", (900, 600), "teal").save(data, "PNG")
    return WeftImage.objects.create(title="Hills", file=ImageFile(data, "hills.png"))


def test_a_picture_needs_words_or_is_decoration(image):
    bare = {"image": image.pk, "alt_text": "", "decorative": False}
    assert "alt_text" in refused("picture", bare)
    assert refused("picture", bare, is_draft=True) == {}
    assert refused("picture", {**bare, "alt_text": "Green hills"}) == {}
    assert refused("picture", {**bare, "decorative": True}) == {}


def test_a_picture_shows_its_words(image):
    shown = html("picture", {"image": image.pk, "alt_text": "Green hills", "decorative": False})
    assert 'alt="Green hills"' in shown
    assert 'type="image/webp"' in shown
    decoration = html("picture", {"image": image.pk, "alt_text": "x", "decorative": True})
    assert 'alt=""' in decoration


def test_a_picture_that_is_gone_leaves_nothing(db):
    assert html("picture", {"image": 999, "alt_text": "x", "decorative": False}).strip() == ""


def test_a_drawing_needs_words_or_is_decoration():
    bare = {"name": "phone.svg", "alt": "", "is_decorative": False}
    assert refused("drawing", bare) == {
        "alt": "Say what the drawing shows, or tick “only decoration”."
    }
    assert refused("drawing", bare, is_draft=True) == {}
    assert refused("drawing", {**bare, "is_decorative": True}) == {}
    assert 'alt="A &lt;phone&gt;"' in html("drawing", {**bare, "alt": "A <phone>"})
