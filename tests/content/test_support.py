"""A note on help with money: what it says, and that it says when its time is over."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from content.blocks import HubBody, PageBody
from content.blocks.support import SupportBlock, SupportNote
from content.models import HubPage

TODAY = timezone.localdate()
VALUE: dict[str, Any] = {
    "kind": "travel",
    "who": "Members from far away",
    "what": "A bus ticket & more",
    "how": "Ask Hana.",
    "until_on": TODAY,
    "seen_by": "Only Hana",
    "left": "little",
}


def html(**more: Any) -> str:
    block = SupportBlock()
    return " ".join(block.render(block.to_python({**VALUE, **more})).split())


def test_only_a_hub_has_it() -> None:
    assert list(HubBody().child_blocks) == [*PageBody().child_blocks, "support"]
    assert isinstance(HubPage._meta.get_field("body").stream_block, HubBody)
    block = HubBody().child_blocks["support"]
    assert block.is_previewable
    assert block.get_description()
    shown = block.render(block.get_preview_value())
    assert "Help with travel costs" in shown


def test_it_says_who_what_how_and_until_when() -> None:
    shown = html()
    words = ("Help with travel costs", "Members from far away", "A bus ticket &amp; more")
    for one in (*words, "Ask Hana.", "Only Hana", "Little is left", f'datetime="{TODAY}"'):
        assert one in shown
    assert "This help ended" not in shown


def test_after_its_last_day_it_says_so() -> None:
    shown = html(until_on=date(2026, 1, 31))
    assert "This help ended on 31 January 2026." in shown
    for words in ("Ask Hana.", "Little is left", "Only Hana"):
        assert words not in shown
    assert "A bus ticket &amp; more" in shown


def test_all_of_it_is_needed() -> None:
    block = SupportBlock()
    assert block.clean(block.to_python(VALUE))["who"] == "Members from far away"
    for name in VALUE:
        with pytest.raises(ValidationError) as found:
            block.clean(block.to_python({**VALUE, name: None if name == "until_on" else ""}))
        assert list(found.value.block_errors) == [name]


def test_a_kind_or_band_that_is_not_known_is_silent() -> None:
    note = SupportNote(**{**VALUE, "kind": "gone", "left": "", "until_on": None})
    assert (note.title, note.left_words, note.is_over) == ("", "", False)


def test_no_case_is_stored() -> None:
    """The note holds what is public, and nothing of a person who asks."""
    assert set(SupportBlock().child_blocks) == set(VALUE)
    assert "<form" not in html()
