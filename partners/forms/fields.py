"""Fields in the words of this site: lines, choices as rows to tap, days, numbers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from partners.actions.words import LONGEST_MAIL
from partners.languages import NAMES

CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one from the list.")}
Choices = Iterable[tuple[Any, Any]]


def line(label: Any, most: int, *, help_text: Any = "", error: Any = "") -> forms.CharField:
    """One line of text; with an error, it has to be there."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=most,
        required=bool(error),
        error_messages={"required": error, "max_length": too_long(most)},
    )


def lines(
    label: Any, most: int, *, help_text: Any = "", error: Any = "", rows: int = 4
) -> forms.CharField:
    """Some lines of text."""
    field = line(label, most, help_text=help_text, error=error)
    field.widget = forms.Textarea(attrs={"rows": rows, "maxlength": most})
    return field


def too_long(most: int) -> Any:
    """The sentence for a text that is too long."""
    return format_lazy(_("This is too long. Please keep it under {most} letters."), most=most)


def mail(label: Any, *, help_text: Any = "", error: Any = "") -> forms.EmailField:
    """An e-mail address."""
    return forms.EmailField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_MAIL,
        required=bool(error),
        error_messages={
            "required": error,
            "invalid": _("This is no e-mail address. Write one like name@example.org."),
            "max_length": too_long(LONGEST_MAIL),
        },
    )


def link(label: Any, most: int, *, help_text: Any = "", error: Any = "") -> forms.URLField:
    """The address of a website; https:// is put before it where it is missing."""
    return forms.URLField(
        label=label,
        help_text=help_text,
        max_length=most,
        required=bool(error),
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none"}),
        error_messages={
            "required": error,
            "invalid": _("This is no web address. Write one like www.example.org/course."),
            "max_length": too_long(most),
        },
    )


def one_of(
    label: Any, choices: Choices, *, help_text: Any = "", error: Any = ""
) -> forms.ChoiceField:
    """One of some things, as rows to tap."""
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        choices=list(choices),
        required=bool(error),
        widget=forms.RadioSelect,
        error_messages={**CHOOSE, "required": error or CHOOSE["required"]},
    )


def one_from(
    label: Any, choices: Choices = (), *, help_text: Any = "", is_needed: bool = False
) -> forms.ChoiceField:
    """One of many things, from a list that opens; it may be left open, unless it is needed."""
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        choices=list(choices),
        required=is_needed,
        error_messages=CHOOSE,
    )


def own_language() -> forms.ChoiceField:
    """The language in which an organisation writes, by its own name."""
    return one_from(
        _("Language of the page and the offers"),
        NAMES.items(),
        help_text=_("Browsers and screen readers read the words in this language."),
        is_needed=True,
    )


def ticks(label: Any, choices: Choices = (), *, help_text: Any = "") -> forms.MultipleChoiceField:
    """Things of which several may be ticked."""
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        choices=list(choices),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE,
    )


def tick(label: Any, *, help_text: Any = "") -> forms.BooleanField:
    """Yes, or not."""
    return forms.BooleanField(label=label, help_text=help_text, required=False)


def day(label: Any, *, help_text: Any = "") -> forms.DateField:
    """A day, typed or chosen; it may be left open."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day like 2027-03-20.")},
    )


def number(label: Any, least: int, most: int, *, help_text: Any = "") -> forms.IntegerField:
    """A whole number; it may be left open."""
    sentence = format_lazy(_("Write a number from {least} to {most}."), least=least, most=most)
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), sentence),
    )


def set_choices(field: forms.Field, choices: Choices) -> None:
    """Give a field its choices."""
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
