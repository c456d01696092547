"""Search over courses, lessons, hubs, plain pages: two statements, two more for a slip."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from courses.catalogue import CatalogueRow
from courses.finding import find, has, haystack, plain_words, words_asked
from courses.models import CoursePage
from members.models import Member

from .catalogue import catalogue_rows

STEP = 4
FIRST_STEPS = 2
LOOKED_AT = 60
SHOWN = 20
READ = (
    "path",
    "depth",
    "title",
    "url_path",
    "translation_key",
    "search_description",
    "locale__language_code",
)
SUMMARIES = {
    "course": "coursepage__summary",
    "lesson": "lessonpage__summary",
    "hub": "hubpage__intro",
}


@dataclass(frozen=True)
class Hit:
    """A page that fits, as a row of the result."""

    kind: str
    title: str
    url: str
    summary: str
    where: str
    language: str
    is_for_members: bool


@dataclass(frozen=True)
class Results:
    """What was found, and the words with which it was."""

    hits: list[Hit]
    words: str
    is_mended: bool = False
    has_more: bool = False


def search(typed: str, member: Member | None) -> Results:
    """The pages that a reader may see and that have every word; with mended words if none has.

    What the index cannot know, the catalogue does: that cooperative is co-operative, and words
    that a course has in part in its title and in part in the name of its hub.
    """
    words = plain_words(typed)
    hits = shown(index_pages(words), words, member) if words else []
    if hits or not words:
        return results(hits, words)
    found = find(catalogue_rows(), typed)
    asked = " ".join(found.words)
    pages = index_pages(asked) if asked != words else []
    hits = shown(pages + course_pages(found.things), asked, member)
    return results(hits, asked, is_mended=found.is_mended and bool(hits))


def results(hits: list[Hit], words: str, is_mended: bool = False) -> Results:
    """As many hits as one page shows."""
    return Results(hits[:SHOWN], words, is_mended, has_more=len(hits) > SHOWN)


def shown(pages: list[Page], words: str, member: Member | None) -> list[Hit]:
    """What a reader may see of some pages, the best first: one more than fit, if there are more."""
    around = rows_around(pages) if pages else {}
    seen = [page for page in pages if may_see(page, around, member)]
    asked = words_asked(words)
    best = sorted(in_own_language(seen), key=lambda page: -title_points(page.title, asked))
    return [hit_of(page, around) for page in best[: SHOWN + 1]]


def course_pages(rows: Sequence[CatalogueRow]) -> list[Page]:
    """The live pages of some courses, in every language."""
    keys = [row.key for row in rows[:LOOKED_AT]]
    return list(readable().filter(translation_key__in=keys)) if keys else []


def readable() -> PageQuerySet:
    """Live pages with what a hit shows, those above first."""
    return Page.objects.live().select_related("locale").only(*READ).order_by("depth", "path")


def index_pages(words: str) -> list[Page]:
    """Live pages that the index finds: hubs and courses before lessons.

    The index is not asked for its own order, which costs SQLite more than all the rest.
    """
    found = readable().search(words, operator="and", order_by_relevance=False)
    return list(found[:LOOKED_AT])


def title_points(title: str, asked: Sequence[str]) -> int:
    """How many of the words a title has."""
    words = haystack([title])
    return sum(has(words, word) for word in asked)


def above(page: Page) -> list[str]:
    """The paths of a page and all above it, without the root of the tree."""
    return [page.path[:end] for end in range(FIRST_STEPS * STEP, len(page.path) + 1, STEP)]


def rows_around(pages: Iterable[Page]) -> dict[str, dict[str, Any]]:
    """What must be known of pages and of all that stands above them, by path, in one statement.

    A course is for members in every language if its page in one language says so.
    """
    paths = {path for page in pages for path in above(page)}
    restricted = PageViewRestriction.objects.filter(page=OuterRef("pk"))
    for_members = CoursePage.objects.filter(
        translation_key=OuterRef("translation_key"), access=CoursePage.Access.MEMBERS
    )
    rows = Page.objects.filter(path__in=paths).annotate(
        is_closed=Exists(restricted), is_for_members=Exists(for_members)
    )
    names = ("path", "title", "live", "alias_of", "is_closed", "is_for_members")
    return {row["path"]: row for row in rows.values(*names, *SUMMARIES.values())}


def may_see(page: Page, around: dict[str, dict[str, Any]], member: Member | None) -> bool:
    """Whether a page and all above it are live and open, and its course is open to the reader."""
    rows = [around.get(path, {}) for path in above(page)]
    if not all(row and row["live"] and not row["is_closed"] for row in rows):
        return False
    is_open = member is not None or not any(row["is_for_members"] for row in rows[:-1])
    return is_open and not rows[-1]["alias_of"]


def in_own_language(pages: Sequence[Page]) -> list[Page]:
    """Each thing once: in the reader's language where that page is among them."""
    reading = get_language()
    best: dict[Any, Page] = {}
    for page in pages:
        known = best.setdefault(page.translation_key, page)
        if known.locale.language_code != reading and page.locale.language_code == reading:
            best[page.translation_key] = page
    return list(best.values())


def hit_of(page: Page, around: dict[str, dict[str, Any]]) -> Hit:
    """A row of the result."""
    row = around[page.path]
    kind = kind_of(row)
    language = page.locale.language_code
    parents = [around[path] for path in above(page)[:-1]]
    return Hit(
        kind=kind,
        title=page.title,
        url=page.url or "/",
        summary=row.get(SUMMARIES.get(kind, "")) or page.search_description,
        where=" · ".join(one["title"] for one in reversed(parents) if kind_of(one) != "page"),
        language="" if language == get_language() else language,
        is_for_members=any(one["is_for_members"] for one in [row, *parents]),
    )


def kind_of(row: dict[str, Any]) -> str:
    """What a page is: only its own kind has a summary, be it empty."""
    return next((kind for kind, name in SUMMARIES.items() if row[name] is not None), "page")
