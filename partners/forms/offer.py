"""The four screens on which a partner writes an offer. Any field may be left open: what was typed
is saved as a draft, and what is missing is said when the partner goes on."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.forms.desk import DeskForm
from partners.actions.texts import MOST_DATES
from partners.models import Offer

from .fields import day, line, lines, link, mail, one_from, one_of, tick

CURRENCIES = ("EUR", "GBP", "USD", "CHF", "PLN", "SEK", "NOK", "DKK", "CZK", "RON", "TRY")
MORE_DATES = 3
ROW = re.compile(r"(?:on|until|place)_([1-9]|[1-4][0-9]|50)")
# What is asked for when one of the nine is missing: its field, and the sentence beside it.
NEEDS: dict[str, tuple[str, Any]] = {
    "title": ("title", _("Give the offer a title.")),
    "learns": ("learns", _("Say what people learn.")),
    "for_whom": ("for_whom", _("Say who it is for.")),
    "kind": ("kind", _("Choose what it is.")),
    "where": ("mode", _("Say where it is. For a place, write the place too.")),
    "when": ("from_on", _("Write the first day, or tick “any time”.")),
    "cost": ("cost", _("Say what it costs: the amount, or what it depends on.")),
    "apply": ("apply_by", _("Say how to apply, with the website or the e-mail.")),
    "contact": ("contact", _("Say whom people can ask.")),
}


class ScreenForm(DeskForm):
    """One screen. `values` are those that could be read, whatever else is wrong; `notes` are the
    hub's words beside fields."""

    notes: Mapping[str, str] = {}

    def values(self) -> dict[str, Any]:
        """What was typed, as far as it could be read."""
        self.is_valid()
        return {name: self.cleaned_data[name] for name in self.fields if name in self.cleaned_data}

    def tell_missing(self, groups: Iterable[str]) -> None:
        """Put a sentence beside each field of this screen that is still missing."""
        for name, words in (NEEDS[group] for group in groups):
            if name in self.fields and name not in self.errors:
                self.add_error(name, words)

    def tell_notes(self, notes: Mapping[str, str]) -> None:
        """Put the hub's words beside the fields that they are about."""
        self.notes = notes
        for name, words in notes.items():
            field = NEEDS[name][0] if name in NEEDS else "on_1" if name == "dates" else name
            if field in self.fields:
                vars(self[field])["note"] = words

    def tell_problems(self, problems: dict[str, Any]) -> None:
        """Put a sentence beside each field of this screen that does not fit."""
        for name, words in problems.items():
            field = "on_1" if name == "dates" else name
            if field in self.fields and field not in self.errors:
                self.add_error(field, words)


class WhatForm(ScreenForm):
    """What people learn, and who it is for."""

    title = line(
        _("What is it called?"), 120, help_text=_("For example: Evening course in bookkeeping")
    )
    kind = one_of(_("What is it?"), Offer.Kind.choices)
    learns = lines(
        _("What do people learn?"),
        500,
        help_text=_("What they can do afterwards, in two or three plain sentences."),
    )
    for_whom = line(
        _("Who is it for?"),
        300,
        help_text=_("For example: Adults who have never used a spreadsheet"),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].required = False


class WhereForm(ScreenForm):
    """Where, when and for how much."""

    mode = one_of(_("Where is it?"), Offer.Mode.choices)
    place = line(
        _("Place"), 160, help_text=_("Street and town. Leave it empty for an online course.")
    )
    from_on = day(_("First day"))
    to_on = day(_("Last day"), help_text=_("Leave it empty for a single day."))
    is_any_time = tick(_("Any time: people can begin when they like"))
    cost = one_of(
        _("What does it cost?"),
        [
            (Offer.Cost.FREE, _("It is free")),
            (Offer.Cost.AMOUNT, _("It costs money")),
            (Offer.Cost.DEPENDS, _("It depends on income")),
        ],
    )
    amount = forms.DecimalField(
        label=_("How much?"),
        required=False,
        min_value=0,
        max_digits=9,
        decimal_places=2,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages=dict.fromkeys(
            (
                "invalid",
                "min_value",
                "max_digits",
                "max_whole_digits",
                "max_decimal_places",
            ),
            _("Write the amount like 45 or 45.50."),
        ),
    )
    currency = one_from(_("Currency"), [(code, code) for code in CURRENCIES])
    cost_note = line(
        _("More about the cost"),
        200,
        help_text=_(
            "What it depends on, or who pays less. For example: Free with a benefits letter"
        ),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("mode", "cost"):
            self.fields[name].required = False
        self.rows = rows_in(self.data if self.is_bound else self.initial)
        for row in self.rows:
            self.fields[f"on_{row}"] = day(_("Another first day"))
            self.fields[f"until_{row}"] = day(_("Its last day"))
            self.fields[f"place_{row}"] = line(_("Its place"), 160)

    def clean(self) -> dict[str, Any]:
        """Another date needs its day: a place alone would be lost."""
        found = super().clean() or self.cleaned_data
        for row in self.rows:
            is_begun = found.get(f"until_{row}") or found.get(f"place_{row}")
            if is_begun and not found.get(f"on_{row}") and f"on_{row}" not in self.errors:
                self.add_error(f"on_{row}", _("Write the first day too."))
        return found

    @property
    def more_rows(self) -> list[list[forms.BoundField]]:
        """The fields of the other dates, a date a row."""
        return [[self[f"{name}_{row}"] for name in ("on", "until", "place")] for row in self.rows]

    @property
    def has_more(self) -> bool:
        """Whether another date is written, or one of them is wrong: then they are open."""
        fields = [field for row in self.more_rows for field in row]
        return any(field.value() or field.errors for field in fields)

    def values(self) -> dict[str, Any]:
        """What was typed, the other dates apart."""
        found = super().values()
        return {name: found[name] for name in found if name in WhereForm.base_fields}

    def dates(self) -> list[dict[str, Any]]:
        """The other dates that have a day."""
        self.is_valid()
        found = self.cleaned_data
        return [
            {
                "on": found[f"on_{row}"],
                "until_on": found.get(f"until_{row}"),
                "place": found.get(f"place_{row}", ""),
            }
            for row in self.rows
            if found.get(f"on_{row}")
        ]

    @staticmethod
    def initial_dates(dates: Iterable[dict[str, Any]]) -> dict[str, Any]:
        """The other dates as the form shows them."""
        shown: dict[str, Any] = {}
        for row, date in enumerate(dates, start=1):
            shown[f"on_{row}"] = date["on"]
            shown[f"until_{row}"] = date["until_on"]
            shown[f"place_{row}"] = date["place"]
        return shown


def rows_in(values: Mapping[str, Any]) -> range:
    """The rows of other dates: those in which something is written, and an empty one; three at
    least."""
    found = [int(one[1]) for name in values if (one := ROW.fullmatch(name)) and values[name]]
    last = max(found, default=0)
    return range(1, min(max(MORE_DATES, last + 1), MOST_DATES) + 1)


class HowForm(ScreenForm):
    """How to apply, whom to ask, and the help that people get."""

    apply_by = one_of(
        _("How do people apply?"),
        [
            (
                Offer.Apply.FORM,
                _("With a form on this site: name, contact and message come to you"),
            ),
            (Offer.Apply.LINK, _("On your website")),
            (Offer.Apply.MAIL, _("By e-mail")),
        ],
    )
    apply_link = link(_("Address of the website"), 500)
    apply_mail = mail(_("E-mail for applications"))
    contact = line(
        _("Whom can people ask?"),
        200,
        help_text=_("A name with a phone number or an e-mail. Everybody can read it."),
    )
    helps_money = tick(_("Help with money"))
    helps_childcare = tick(_("Childcare"))
    helps_travel = tick(_("Help with travel"))
    is_step_free = tick(_("Step-free access"))
    works_on_phone = tick(_("Works on a phone"))
    help_words = line(
        _("How do people get this help?"), 300, help_text=_("You may leave it empty.")
    )
    device = line(
        _("Which device and connection do people need?"),
        200,
        help_text=_("You may leave it empty. For example: None, we lend laptops"),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["apply_by"].required = False

    @property
    def ticks(self) -> list[forms.BoundField]:
        """The help and the access that can be ticked."""
        names = (
            "helps_money",
            "helps_childcare",
            "helps_travel",
            "is_step_free",
            "works_on_phone",
        )
        return [self[name] for name in names]
