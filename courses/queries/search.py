"""Search over courses, lessons, hubs, plain pages: one statement, two more for a slip."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from courses.catalogue import CatalogueRow
from courses.finding import find, has, haystack, plain_words, words_asked
from members.models import Member

from .branches import STEP, Branch, branches
from .catalogue import catalogue_rows

FIRST_STEPS = 2
LOOKED_AT = 60
SHOWN = 20
MOST_TITLES = 5000
READ = ("path", "depth", "title", "url_path", "translation_key", "alias_of", "search_description")
SUMMARIES = {
    "course": F("coursepage__summary"),
    "lesson": F("lessonpage__summary"),
    "hub": F("hubpage__intro"),
}
Tree = dict[str, Branch]


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
    tree = branches() if pages else {}
    seen = [page for page in pages if may_see(page, tree, member)]
    asked = words_asked(words)
    best = sorted(in_own_language(seen), key=lambda page: -title_points(page.title, asked))
    return [hit_of(page, tree) for page in best[: SHOWN + 1]]


def course_pages(rows: Sequence[CatalogueRow]) -> list[Page]:
    """The live pages of some courses, in every language."""
    keys = [row.key for row in rows[:LOOKED_AT]]
    return list(readable().filter(translation_key__in=keys)) if keys else []


@lru_cache(1)
def readable() -> PageQuerySet:
    """Live pages with what a hit shows, those above first. Every use copies it."""
    restricted = PageViewRestriction.objects.filter(page=OuterRef("pk"))
    return (
        Page.objects.live()
        .only(*READ)
        .annotate(
            language=F("locale__language_code"),
            is_closed=Exists(restricted),
            **{f"{kind}_summary": summary for kind, summary in SUMMARIES.items()},
        )
        .order_by("depth", "path")
    )


def index_pages(words: str) -> list[Page]:
    """Live pages that the index finds: hubs and courses before lessons.

    The index is not asked for its own order, which costs SQLite more than all the rest.
    """
    found = readable().search(words, operator="and", order_by_relevance=False)
    return list(found[:LOOKED_AT])


def title_points(title: str, asked: Sequence[str]) -> int:
    """How many of the words a title has."""
    words = title_words(title)
    return sum(has(words, word) for word in asked)


@lru_cache(MOST_TITLES)
def title_words(title: str) -> str:
    """The words of a title, as they are looked for."""
    return haystack([title])


def above(page: Page) -> list[str]:
    """The paths of all that stands above a page, without the root of the tree."""
    return [page.path[:end] for end in range(FIRST_STEPS * STEP, len(page.path), STEP)]


def may_see(page: Any, tree: Tree, member: Member | None) -> bool:
    """Whether a page and all above it are live and open, and its course is open to the reader."""
    over = [tree.get(path) for path in above(page)]
    if page.is_closed or page.alias_of_id or not all(one and one.is_open for one in over):
        return False
    return member is not None or not any(one and one.is_for_members for one in over)


def in_own_language(pages: Sequence[Any]) -> list[Any]:
    """Each thing once: in the reader's language where that page is among them."""
    reading = get_language()
    best: dict[Any, Any] = {}
    for page in pages:
        known = best.setdefault(page.translation_key, page)
        if known.language != reading and page.language == reading:
            best[page.translation_key] = page
    return list(best.values())


def hit_of(page: Any, tree: Tree) -> Hit:
    """A row of the result."""
    kind = kind_of(page)
    parents = [tree[path] for path in above(page)]
    itself = [tree[page.path]] if page.path in tree else []
    return Hit(
        kind=kind,
        title=page.title,
        url=parents[-1].address_of(page.url_path) if parents else page.url or "/",
        summary=getattr(page, f"{kind}_summary", "") or page.search_description,
        where=" · ".join(one.title for one in reversed(parents) if one.is_named),
        language="" if page.language == get_language() else page.language,
        is_for_members=any(one.is_for_members for one in [*itself, *parents]),
    )


def kind_of(page: Any) -> str:
    """What a page is: only its own kind has a summary, be it empty."""
    kinds = (kind for kind in SUMMARIES if getattr(page, f"{kind}_summary") is not None)
    return next(kinds, "page")
