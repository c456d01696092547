"""A set of short words in one text column, so that one statement can filter by them."""

from collections.abc import Iterable
from typing import Any

from django.db import models


class WordsField(models.TextField):
    """A sorted tuple of words without spaces, kept as " a b " (an empty set as "").

    `field__contains=one("a")` finds the rows that have the word, on every database.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", ())
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *rest: Any) -> tuple[str, ...]:
        """The words of a row."""
        return tuple((value or "").split())

    def to_python(self, value: Any) -> tuple[str, ...]:
        """The words of whatever a form or a fixture gives."""
        return tuple(value.split()) if isinstance(value, str) else tuple(value or ())

    def get_prep_value(self, value: Any) -> str:
        """The column of some words; a text is what a look-up asks for."""
        return value if isinstance(value, str) else joined(value or ())

    def value_to_string(self, obj: models.Model) -> str:
        """The column as a dump has it."""
        return joined(self.to_python(self.value_from_object(obj)))


def joined(words: Iterable[str]) -> str:
    """The column of some words."""
    found = sorted(set(words))
    return f" {' '.join(found)} " if found else ""


def one(word: str) -> str:
    """What a look-up asks for to find one word."""
    return f" {word} "
