"""Blocks that every page shares. Their names are stored in every page: never rename one.

Templates of blocks read no request, page or token: their HTML is kept and shown to everybody.
"""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructValue
from wagtail.images.blocks import ImageBlock

from .checked import FULL, LINE, SHORT, WORDS, CheckedBlock
from .links import LinksBlock
from .media import AudioBlock, FileBlock, VideoBlock
from .support import SupportBlock


class TextBlock(blocks.RichTextBlock):
    """Words, with headings, lists and links."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", FULL)
        super().__init__(**kwargs)

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        group = WORDS
        template = "blocks/text.html"
        description = _("Paragraphs, headings, lists and links.")
        preview_value = (
            "<h2>What you need</h2><p>A phone or a computer, and <b>ten minutes</b>.</p>"
            "<ul><li>Charge it first.</li><li>Sit where the light is good.</li></ul>"
        )


class PictureBlock(ImageBlock):
    """A picture with words for who cannot see it."""

    class Meta:
        label = _("Picture")
        icon = "image"
        group = WORDS
        template = "blocks/picture.html"
        preview_template = "blocks/picture_preview.html"
        description = _("A picture. Say in words what it shows, or mark it as decoration.")


def drawings() -> list[tuple[str, str]]:
    """The drawings on the shelf, by file name."""
    names = sorted(path.name for path in settings.WEFT_DRAWINGS.glob("*.svg"))
    return [(name, name.removesuffix(".svg").replace("-", " ")) for name in names]


class DrawingBlock(CheckedBlock):
    """A line drawing from the site's own shelf."""

    name = blocks.ChoiceBlock(label=_("Drawing"), choices=drawings)
    alt = blocks.CharBlock(
        label=_("What the drawing shows"),
        required=False,
        max_length=250,
        help_text=_("For people who do not see it. Leave it empty only for decoration."),
    )
    is_decorative = blocks.BooleanBlock(label=_("Only decoration"), required=False)

    class Meta:
        label = _("Drawing")
        icon = "image"
        group = WORDS
        template = "blocks/drawing.html"
        description = _("A small line drawing that loads fast.")
        preview_value = {"name": "phone.svg", "alt": "A phone", "is_decorative": False}

    def problems(self, value: StructValue) -> dict[str, Any]:
        """A drawing says what it shows, or that it is decoration."""
        if value["alt"] or value["is_decorative"] or self.is_deferred_validation:
            return {}
        return {"alt": _("Say what the drawing shows, or tick “only decoration”.")}


class NoteBlock(blocks.StructBlock):
    """A short remark that stands out."""

    text = blocks.RichTextBlock(label=_("Text"), features=SHORT)

    class Meta:
        label = _("Note")
        icon = "info-circle"
        group = WORDS
        template = "blocks/note.html"
        description = _("A short remark that stands out, for example a warning or a tip.")
        preview_value = {"text": "<p>Never tell anybody your password.</p>"}


class CodeBlock(blocks.StructBlock):
    """Code, shown as it is typed."""

    language = blocks.ChoiceBlock(
        label=_("Language"),
        choices=[
            ("text", _("Plain text")),
            ("html", "HTML"),
            ("css", "CSS"),
            ("javascript", "JavaScript"),
            ("python", "Python"),
            ("json", "JSON"),
            ("shell", _("Command line")),
        ],
        default="text",
    )
    code = blocks.TextBlock(label=_("Code"), rows=8)

    class Meta:
        label = _("Code")
        icon = "code"
        group = WORDS
        template = "blocks/code.html"
        description = _("Code, with its spaces and lines kept.")
        preview_value = {"language": "html", "code": "<p>\n  We open at eight.\n</p>"}


class ExampleBody(blocks.StreamBlock):
    """Words and code in turn."""

    text = TextBlock(features=SHORT)
    code = CodeBlock()

    class Meta:
        label = _("Example")


class ExampleBlock(blocks.StructBlock):
    """A small story that shows how something is done."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    body = ExampleBody(label=_("Example"))

    class Meta:
        label = _("Example")
        icon = "clipboard-list"
        group = WORDS
        template = "blocks/example.html"
        label_format = "{title}"
        description = _("A small story that shows how a person does it.")
        preview_value = {
            "title": "Rosa locks her phone",
            "body": [("text", "<p>Rosa puts her phone down. She presses the side key once.</p>")],
        }


class TermBlock(blocks.StructBlock):
    """A word and what it means."""

    word = blocks.CharBlock(label=_("Word"), max_length=80)
    meaning = blocks.RichTextBlock(label=_("What it means"), features=LINE)

    class Meta:
        label = _("New word")
        icon = "openquote"
        group = WORDS
        template = "blocks/term.html"
        label_format = "{word}"
        description = _("A word that may be new, and what it means.")
        preview_value = {
            "word": "Home screen",
            "meaning": "<p>The first thing you see when the phone is on.</p>",
        }


class PageBody(blocks.StreamBlock):
    """What the body of every page may hold."""

    text = TextBlock()
    picture = PictureBlock()
    drawing = DrawingBlock()
    note = NoteBlock()
    example = ExampleBlock()
    term = TermBlock()
    code = CodeBlock()
    links = LinksBlock()
    file = FileBlock()
    audio = AudioBlock()
    video = VideoBlock()


class HubBody(PageBody):
    """What the body of a hub's page may hold: help with money beside all the rest."""

    support = SupportBlock()
