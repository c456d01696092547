"""What a page says and what it makes a phone load: all of its blocks, for the hints to its editor.

A block is read by its kind, so that a new block of a known kind is read without more. Drafts may
lack anything.
"""

from functools import singledispatch
from typing import Any

from django.conf import settings
from django.utils.html import escape
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.models import Page

from content.blocks import AudioBlock, CodeBlock, FileBlock, TermBlock, VideoBlock
from content.blocks.links import LinkBlock
from courses.hints import Media, Words, Written
from courses.models import LessonPage

KINDS = {FileBlock: "file", AudioBlock: "audio", VideoBlock: "video"}


def what_is_written(page: Page) -> Written:
    """Everything on a page that is searched by its words, and what only some learners see."""
    language = page.locale.language_code
    offered = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    searched = {one.field_name for one in page.get_searchable_search_fields()}
    fields = [field for field in page._meta.get_fields() if field.name in searched]
    written = Written(
        language,
        others=tuple(code for code in offered if code != language),
        is_lesson=isinstance(page, LessonPage),
        has_blocks=any(isinstance(field, StreamField) for field in fields),
    )
    for field in fields:
        read_field(field, getattr(page, field.name), written)
    return written


def read_field(field: Any, value: Any, written: Written) -> None:
    """Add what a field of a page says."""
    if isinstance(field, StreamField):
        read(field.stream_block, value, written)
    elif value:
        markup = value if isinstance(field, RichTextField) else escape(value)
        written.words.append(Words(str(markup)))


@singledispatch
def read(block: blocks.Block, value: Any, written: Written) -> None:
    """Add what a block says: nothing where it holds no words, such as a number or a choice."""


@read.register(CodeBlock)
@read.register(LinkBlock)
def read_nothing(block: blocks.StructBlock, value: Any, written: Written) -> None:
    """Code and links are not the page's own words."""


@read.register(blocks.StreamBlock)
def read_stream(block: blocks.StreamBlock, value: Any, written: Written) -> None:
    """Every block of a stream."""
    for child in value or ():
        read(child.block, child.value, written)


@read.register(blocks.StructBlock)
def read_parts(block: blocks.StructBlock, value: Any, written: Written) -> None:
    """Every part of a block."""
    for name, part in block.child_blocks.items():
        read(part, value.get(name) if value else None, written)


@read.register(blocks.RichTextBlock)
def read_rich_text(block: blocks.RichTextBlock, value: Any, written: Written) -> None:
    """Words with markup."""
    if value:
        written.words.append(Words(value.source, block.search_index))


@read.register(blocks.CharBlock)
@read.register(blocks.TextBlock)
def read_text(block: Any, value: Any, written: Written) -> None:
    """Plain words. What must not be searched is not for everybody: answers and feedback."""
    if value:
        written.words.append(Words(escape(value), block.search_index))


@read.register(TermBlock)
def read_term(block: TermBlock, value: Any, written: Written) -> None:
    """A word that the page explains; only its meaning has to be understood."""
    written.terms.append(value.get("word") or "")
    read(block.child_blocks["meaning"], value.get("meaning"), written)


@read.register(FileBlock)
@read.register(AudioBlock)
@read.register(VideoBlock)
def read_media(block: blocks.StructBlock, value: Any, written: Written) -> None:
    """A file with its size, and the words that go with it."""
    if document := value.get("document"):
        kind = next(kind for each, kind in KINDS.items() if isinstance(block, each))
        title = value.get("title") or document.title
        written.media.append(Media(kind, title, document.get_file_size() or 0))
    read_parts(block, value, written)


@read.register(ImageBlock)
def read_picture(block: ImageBlock, value: Any, written: Written) -> None:
    """A picture and what it shows in words."""
    read_image(block.child_blocks["image"], value, written)
    read(block.child_blocks["alt_text"], getattr(value, "contextual_alt_text", ""), written)


@read.register(ImageChooserBlock)
def read_image(block: ImageChooserBlock, value: Any, written: Written) -> None:
    """A picture that loads with the page."""
    written.pictures += bool(value)
