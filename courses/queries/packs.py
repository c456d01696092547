"""What a course or a lesson shows, as plain values kept under the content version.

A pack holds nothing of a person. It is built once after each change and read without a statement.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language

from content import version
from courses import outline
from courses.models import CoursePage, LessonPage
from members.models import Hub


@dataclass(frozen=True)
class LessonRow:
    """A lesson in a course's list. `language` differs from the page's where it is not translated
    yet."""

    key: str
    title: str
    url: str
    summary: str
    minutes: int
    is_required: bool
    done_when: str
    language: str


@dataclass(frozen=True)
class DateRow:
    """A day on which a course is given."""

    day: date
    time: str
    place: str


@dataclass(frozen=True)
class BeforeRow:
    """A course that comes before another one."""

    key: str
    title: str
    url: str
    is_required: bool


@dataclass(frozen=True)
class CoursePack:
    """A course in one language, as its page shows it."""

    key: str
    page_id: int
    language: str
    title: str
    slug: str
    url: str
    full_url: str
    summary: str
    body: str
    hub: Hub
    hub_title: str
    hub_url: str
    topic: str
    topic_slug: str
    colour: str
    level: str
    level_names: Mapping[str, str]
    level_slug: str
    level_words: str
    mode: str
    mode_slug: str
    for_whom: str
    needs: str
    skills: list[str]
    hours: str
    minutes: int
    size: int
    access: str
    order: str
    dates: list[DateRow]
    befores: list[BeforeRow]
    lessons: list[LessonRow]
    languages: list[tuple[str, str]]
    spoken: Mapping[str, int]
    outline: outline.Outline
    published_at: Any = None

    @property
    def uuid(self) -> uuid.UUID:
        """The key as addresses have it."""
        return uuid.UUID(self.key)

    @property
    def level_label(self) -> str:
        """The name of the level in the reader's language, whatever the course speaks."""
        return self.level_names.get(get_language() or "", self.level)

    @property
    def other_language(self) -> str:
        """The language of the words, where it is not the reader's."""
        return self.language if self.language != get_language() else ""

    @property
    def language_rows(self) -> list[tuple[str, str, int | None]]:
        """Each language with its address; where only a part is there, how many lessons."""
        counts = {code: self.spoken.get(code, 0) for code, _url in self.languages}
        whole = len(self.lessons)
        return [
            (code, url, counts[code] if counts[code] < whole else None)
            for code, url in self.languages
        ]

    def lesson(self, key: str) -> LessonRow | None:
        """The row of a lesson by its key."""
        return next((row for row in self.lessons if row.key == key), None)


@dataclass(frozen=True)
class LessonPack:
    """A lesson in one language: its body in segments, and its questions in the words of this
    page."""

    key: str
    page_id: int
    course: CoursePack
    language: str
    title: str
    url: str
    summary: str
    minutes: int
    number: int
    segments: list[Any]
    rule: outline.Rule
    definitions: dict[str, dict[str, Any]]
    versions: dict[str, tuple[int | None, str]]
    public: dict[str, dict[str, Any]]
    tasks: dict[str, dict[str, Any]]
    languages: list[tuple[str, str]]
    titles: dict[str, str] = field(default_factory=dict)

    @property
    def uuid(self) -> uuid.UUID:
        """The key as addresses have it."""
        return uuid.UUID(self.key)

    @property
    def course_key(self) -> str:
        return self.course.key

    @property
    def access(self) -> str:
        return self.course.access

    @property
    def count(self) -> int:
        """How many lessons the course has."""
        return len(self.course.lessons)

    def neighbour(self, step: int) -> LessonRow | None:
        """The lesson before (-1) or behind (1) this one."""
        place = self.number - 1 + step
        return self.course.lessons[place] if 0 <= place < self.count else None


def key_of(pack: "CoursePack | LessonPack") -> uuid.UUID:
    """The key of a pack as the database has it."""
    return uuid.UUID(pack.key)


def kept(name: str, build: Any) -> Any:
    """A pack that the cache holds under the content version. Nobody changes a pack."""
    found = version.cached(name, lambda: build() or "none", is_frozen=True)
    return None if found == "none" else found


def languages_of(page: CoursePage | LessonPage) -> list[tuple[str, str]]:
    """The languages in which a page is live, with its addresses."""
    pages = type(page).objects.visible().filter(translation_key=page.translation_key)
    return [(found.locale.language_code, found.url) for found in pages.select_related("locale")]
