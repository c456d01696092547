"""The catalogue as plain rows: which fit the filters, what each tap would give. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace

FACETS = ("topic", "level", "language", "mode", "hub")
MOST_COUNTED = 100
PAGE_SIZE = 24

Wanted = Mapping[str, str]


@dataclass(frozen=True)
class CourseWords:
    """A course in the words of one language."""

    language: str
    title: str
    summary: str
    url: str


@dataclass(frozen=True)
class CatalogueRow:
    """A live course in all its languages, as lists show it."""

    key: str
    slug: str
    hub_slug: str
    hub_name: str
    hub_place: str
    topic_slug: str
    topic: str
    level_slug: str
    level: str
    level_rank: int
    mode_slug: str
    mode: str
    minutes: int
    lesson_count: int
    access: str
    leading: str
    words: Mapping[str, CourseWords]
    title_words: str
    all_words: str
    published_at: datetime | None

    def values(self, facet: str) -> tuple[str, ...]:
        """The course's values in a facet; several only for language."""
        if facet == "language":
            return tuple(self.words)
        return (getattr(self, f"{facet}_slug"),)

    def fits(self, facet: str, value: str) -> bool:
        """Whether the course has a value; no value asks for nothing."""
        return not value or value in self.values(facet)

    def in_language(self, language: str) -> CourseWords:
        """The course in a language, or in the one that leads."""
        return self.words.get(language) or self.words[self.leading]


@dataclass(frozen=True)
class CourseCard:
    """A row in one reader's language, with the names that the component of a course takes."""

    slug: str
    title: str
    url: str
    summary: str
    hub: SimpleNamespace
    level: str
    minutes: int
    lessons: range
    access: str
    language: str
    other_language: str


def card(row: CatalogueRow, language: str, reading: str) -> CourseCard:
    """A row as it is shown: in the language asked for, marked if that is not the reader's."""
    words = row.in_language(language)
    return CourseCard(
        slug=row.slug,
        title=words.title,
        url=words.url,
        summary=words.summary,
        hub=SimpleNamespace(name=row.hub_name, place=row.hub_place, slug=row.hub_slug),
        level=row.level,
        minutes=row.minutes,
        lessons=range(row.lesson_count),
        access=row.access,
        language=words.language,
        other_language=words.language if words.language != reading else "",
    )


def fitting(rows: Iterable[CatalogueRow], wanted: Wanted) -> list[CatalogueRow]:
    """The rows that fit every filter."""
    return [row for row in rows if not misses(row, wanted)]


def misses(row: CatalogueRow, wanted: Wanted) -> list[str]:
    """The facets in which a row does not fit."""
    return [facet for facet in FACETS if not row.fits(facet, wanted.get(facet, ""))]


def counts(rows: Iterable[CatalogueRow], wanted: Wanted) -> dict[str, Counter[str]]:
    """For each value of each facet: how many courses a tap on it would give."""
    found: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    for row in rows:
        missed = misses(row, wanted)
        for facet in FACETS:
            if not set(missed) - {facet}:
                found[facet].update(row.values(facet))
    return found


def count_words(number: int) -> str:
    """A number beside a filter. It stops at 100+."""
    return str(number) if number <= MOST_COUNTED else f"{MOST_COUNTED}+"
