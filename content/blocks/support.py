"""Help with money, as one note: for whom, what, how to ask, by when, who sees what one sends."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructValue

from .checked import WORDS


class SupportKind(models.TextChoices):
    """What the help is for."""

    RENT = "rent", _("Help with the rent")
    TRAVEL = "travel", _("Help with travel costs")
    CHILDCARE = "childcare", _("Help with childcare")
    DEVICE = "device", _("A device to borrow")
    OTHER = "other", _("Other help with money")


class SupportLeft(models.TextChoices):
    """How much of it is left; a band, so that nobody has to count."""

    PLENTY = "plenty", _("Plenty is left")
    SOME = "some", _("Some is left")
    LITTLE = "little", _("Little is left")
    NONE = "none", _("Nothing is left now")


@dataclass(frozen=True)
class SupportNote:
    """A note as it is shown."""

    kind: str
    who: str
    what: str
    how: str
    until_on: date | None
    seen_by: str
    left: str

    @property
    def title(self) -> str:
        """What the help is for, in words."""
        return str(SupportKind(self.kind).label) if self.kind in SupportKind.values else ""

    @property
    def left_words(self) -> str:
        """How much is left, in words."""
        return str(SupportLeft(self.left).label) if self.left in SupportLeft.values else ""

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.until_on is not None and self.until_on < timezone.localdate()


class SupportBlock(blocks.StructBlock):
    """Help with money that a hub gives or knows of. It holds no case and no name."""

    kind = blocks.ChoiceBlock(label=_("What is it for?"), choices=SupportKind.choices)
    who = blocks.CharBlock(
        label=_("Who can get it?"),
        max_length=200,
        help_text=_("For example: members of this hub who earn little."),
    )
    what = blocks.CharBlock(
        label=_("What do they get?"),
        max_length=200,
        help_text=_("For example: up to 50 euros a month for the bus."),
    )
    how = blocks.CharBlock(
        label=_("How do they ask for it?"),
        max_length=200,
        help_text=_("For example: tell Hana at the front desk. You need no form."),
    )
    until_on = blocks.DateBlock(
        label=_("Until which day can they ask?"),
        help_text=_("After this day the note says that it has ended."),
    )
    seen_by = blocks.CharBlock(
        label=_("Who sees what they send?"),
        max_length=200,
        help_text=_("For example: only Hana. She deletes it after a month."),
    )
    left = blocks.ChoiceBlock(label=_("How much is left?"), choices=SupportLeft.choices)

    def get_context(self, value: StructValue, parent_context: Any = None) -> dict[str, Any]:
        """With the note as it is shown."""
        parts = {part.name: value[part.name] for part in fields(SupportNote)}
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return {**context, "note": SupportNote(**parts)}

    class Meta:
        label = _("Help with money")
        icon = "help"
        group = WORDS
        template = "blocks/support.html"
        label_format = "{kind}: {what}"
        description = _("Rent, travel, childcare, a device to borrow: who, how, and until when.")
        preview_value: dict[str, Any] = {
            "kind": "travel",
            "who": "Members of this hub who come from far away",
            "what": "Your bus or train ticket to a course",
            "how": "Show the ticket at the front desk.",
            "until_on": date(2099, 12, 31),
            "seen_by": "Only the person at the desk. Nothing is written down.",
            "left": "some",
        }
