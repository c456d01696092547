"""Streams in the editor. What a new block begins with has ids of its own each time it is added."""

from django import forms
from wagtail.blocks.stream_block import StreamBlockAdapter

from .answers import IdentifiedStream
from .body import LessonBody

WITH_IDS = (IdentifiedStream, LessonBody)


class StreamAdapter(StreamBlockAdapter):
    """Wagtail's own stream, with the ids of what is inside a new block made anew."""

    js_constructor = "courses.Stream"

    @property
    def media(self) -> forms.Media:
        return super().media + forms.Media(js=["cms/streams.js"])
