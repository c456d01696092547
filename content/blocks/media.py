"""Files, sound and film. Nothing loads before a tap; the size is shown first."""

from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import BlockGroup, StructValue
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from .checked import MEDIA, SHORT, CheckedBlock

SOUNDS = ("mp3", "ogg", "oga", "m4a")
FILMS = ("mp4", "webm")
CAPTIONS = ("vtt",)


def wrong_kind(document: Any, endings: tuple[str, ...]) -> Any:
    """Why a file cannot be used here; nothing when it can."""
    ending = PurePath(document.filename).suffix.lower().removeprefix(".") if document else ""
    if not document or ending in endings:
        return ""
    return _("This file cannot be used here. Choose one of: %(endings)s.") % {
        "endings": ", ".join(endings)
    }


class FileBlock(blocks.StructBlock):
    """A file to take home."""

    document = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(
        label=_("Title"),
        max_length=120,
        required=False,
        help_text=_("Leave this empty to show the file's own title."),
    )

    class Meta:
        label = _("File")
        icon = "doc-full"
        group = MEDIA
        template = "blocks/file.html"
        description = _("A file to take home. Its size is shown beside it.")
        preview_value = {"document": None, "title": "Checklist for your phone"}


class AudioBlock(CheckedBlock):
    """Sound, with its words written down."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    document = DocumentChooserBlock(
        label=_("Sound file"), help_text=_("MP3, OGG or M4A. Short and small is kind.")
    )
    transcript = blocks.RichTextBlock(
        label=_("The words, written down"),
        features=SHORT,
        help_text=_("For people who cannot hear it, and for those who save data."),
    )

    def problems(self, value: StructValue) -> dict[str, Any]:
        """Only sound that browsers play."""
        found = {"document": wrong_kind(value["document"], SOUNDS)}
        return {name: words for name, words in found.items() if words}

    class Meta:
        label = _("Sound")
        icon = "media"
        group = MEDIA
        template = "blocks/audio.html"
        label_format = "{title}"
        description = _("Sound with its words written down. Nothing loads before a tap.")
        preview_value = {
            "title": "Blessing reads the lesson",
            "document": None,
            "transcript": "<p>Good morning. Today we turn the phone on.</p>",
        }


class VideoBlock(CheckedBlock):
    """A film, with captions and its words written down."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    document = DocumentChooserBlock(
        label=_("Film"), help_text=_("MP4 or WebM. Short and small is kind.")
    )
    captions = DocumentChooserBlock(
        label=_("Captions"), help_text=_("A VTT file with the spoken words and their times.")
    )
    transcript = blocks.RichTextBlock(
        label=_("The words, written down"),
        features=SHORT,
        help_text=_("Say what one sees, too."),
    )
    poster = ImageChooserBlock(
        label=_("Picture before it starts"), required=False, help_text=_("Shown before a tap.")
    )

    def problems(self, value: StructValue) -> dict[str, Any]:
        """Only films that browsers play, and captions that they show."""
        found = {
            "document": wrong_kind(value["document"], FILMS),
            "captions": wrong_kind(value["captions"], CAPTIONS),
        }
        return {name: words for name, words in found.items() if words}

    class Meta:
        label = _("Film")
        icon = "media"
        group = MEDIA
        template = "blocks/video.html"
        label_format = "{title}"
        form_layout = BlockGroup(
            children=["title", "document", "captions", "transcript"], settings=["poster"]
        )
        description = _(
            "A film with captions and its words written down. Nothing loads before a tap."
        )
        preview_value = {
            "title": "How to lock a phone",
            "document": None,
            "captions": None,
            "poster": None,
            "transcript": "<p>A hand presses the side key once. The screen goes dark.</p>",
        }
