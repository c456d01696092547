"""The last screen of an offer: what else can be said, and a picture."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.actions.offers import MOST_BYTES
from partners.offering import MOST_HOURS, MOST_SEATS, OLDEST, SUPPORT

from .fields import Choices, day, line, number, one_from, set_choices, tick, ticks
from .offer import ScreenForm
from .support import SupportFields


class RestForm(SupportFields):
    """What else can be said; nothing of it has to be."""

    topic = one_from(_("Topic"))
    level = one_from(_("Level"))
    language = one_from(_("Language"))
    hours_week = number(_("Hours a week"), 1, MOST_HOURS)
    seats = number(_("Seats"), 1, MOST_SEATS)
    member_seats = number(
        _("Seats for members"),
        0,
        MOST_SEATS,
        help_text=_("Seats that you keep for members of the hubs."),
    )
    deadline_on = day(
        _("Last day to apply"), help_text=_("Without it, people can apply until it begins.")
    )
    skills = line(_("Skills"), 300)
    credential = line(_("What do people get at the end?"), 160)
    age_from = number(_("From age"), 0, OLDEST)
    age_to = number(_("To age"), 0, OLDEST)
    reference = line(
        _("Your own reference"), 60, help_text=_("The number that it has in your own list.")
    )
    after_course = one_from(
        _("It follows this course of a hub"),
        help_text=_("Who finishes the course reads of your offer."),
    )
    is_for_all_hubs = tick(_("For all hubs"))
    hubs = ticks(_("Or only for the hubs that you tick here"))

    def __init__(self, *args: Any, choices: Mapping[str, Choices], **more: Any) -> None:
        super().__init__(*args, **more)
        for name, rows in choices.items():
            set_choices(self.fields[name], rows)

    def values(self) -> dict[str, Any]:
        """What was typed; a relation is the key of what it points to."""
        found = super().values()
        for name in ("topic", "level"):
            if name in found:
                found[name] = int(found[name]) if found[name] else None
        if "after_course" in found:
            found["after_course"] = UUID(found["after_course"]) if found["after_course"] else None
        if "hubs" in found:
            found["hubs"] = sorted(int(key) for key in found["hubs"])
        return found

    @property
    def is_open(self) -> bool:
        """Whether the fields show at once: where one is wrong, or the hub says something."""
        return any(row.errors or hasattr(row, "note") for row in [*self.rest_rows, self["hubs"]])

    @property
    def rest_rows(self) -> list[forms.BoundField]:
        """The fields that stand side by side: all but the hubs and the note on help."""
        apart = {"hubs", *SUPPORT}
        return [self[name] for name in self.fields if name not in apart]


class PictureForm(ScreenForm):
    """A picture of an offer, with words for those who do not see it."""

    file = forms.FileField(
        label=_("Picture"),
        help_text=_("A JPEG, PNG or WebP of at most 12 MB. No text in it, please."),
        error_messages={"required": _("Choose a picture."), "empty": _("This file is empty.")},
    )
    image_alt = line(
        _("What does it show?"),
        200,
        help_text=_("For people who do not see it."),
        error=_("Say what the picture shows."),
    )

    def __init__(self, *args: Any, has_picture: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["file"].required = not has_picture

    @classmethod
    def of(cls, values: Mapping[str, Any], *sent: Any) -> "PictureForm":
        """The picture of a text with its words. Where there is one, the words alone may change."""
        words = {"image_alt": values["image_alt"]}
        return cls(*sent, initial=words, has_picture=values["image"] is not None)

    @property
    def has_file(self) -> bool:
        """Whether a picture was sent."""
        return bool(self.cleaned_data["file"])

    @property
    def is_open(self) -> bool:
        """Whether the fields show at once: where one is wrong, or the hub says something."""
        return any(field.errors or hasattr(field, "note") for field in self)

    def clean_file(self) -> Any:
        """A file that may be read at all."""
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("This picture is too large. Make it smaller, then send it again.")
            )
        return file

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        data = {"data": self.cleaned_data["file"].read()} if self.has_file else {}
        return {"alt": self.cleaned_data["image_alt"], **data}
