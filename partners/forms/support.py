"""A note on help with money in an offer; nothing of it has to be there."""

from django import forms
from django.utils.translation import gettext_lazy as _

from content.blocks.support import SupportKind, SupportLeft
from partners.offering import SUPPORT

from .fields import day, line, one_from
from .offer import ScreenForm


class SupportFields(ScreenForm):
    """Who gets it, what, how one asks, by when, who sees it, how much is left."""

    support_kind = one_from(_("What is it for?"), [("", _("No note")), *SupportKind.choices])
    support_who = line(
        _("Who can get it?"), 200, help_text=_("For example: people who earn little.")
    )
    support_what = line(
        _("What do they get?"), 200, help_text=_("For example: the bus fare for the whole course.")
    )
    support_how = line(
        _("How do they ask for it?"), 200, help_text=_("For example: tell Jo on the first day.")
    )
    support_until_on = day(
        _("Until which day can they ask?"),
        help_text=_("After this day the note says that it has ended."),
    )
    support_seen_by = line(
        _("Who sees what they send?"), 200, help_text=_("For example: only Jo. Nothing is kept.")
    )
    support_left = one_from(_("How much is left?"), [("", _("Not said")), *SupportLeft.choices])

    @property
    def support_rows(self) -> list[forms.BoundField]:
        """The fields of the note."""
        return [self[name] for name in SUPPORT]

    @property
    def is_support_open(self) -> bool:
        """Whether the note shows at once: where one is begun, or something is wrong in it."""
        rows = self.support_rows
        return any(row.value() or row.errors or hasattr(row, "note") for row in rows)
