"""The pages on which others stand, by path: what must be known of all that is above a page."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page, PageViewRestriction

from content import version
from courses.models import CoursePage

STEP = 4


@dataclass(frozen=True)
class Branch:
    """A page that may have others below it."""

    title: str
    url: str
    url_path: str
    is_open: bool
    is_for_members: bool
    is_named: bool

    def address_of(self, url_path: str) -> str:
        """The address of a page below this one."""
        return self.url + url_path[len(self.url_path) :]


def branches() -> dict[str, Branch]:
    """Every page but lessons, by its path."""
    return version.cached("branches", read_branches, is_frozen=True)


def read_branches() -> dict[str, Branch]:
    """Read the branches, those above first: an address begins with that of the page above."""
    found: dict[str, Branch] = {}
    for page in pages_that_bear():
        over = found.get(page.path[:-STEP])
        url = over.address_of(page.url_path) if over and over.url else page.url or ""
        found[page.path] = branch_of(page, url)
    return found


def pages_that_bear() -> Any:
    """All pages but lessons.

    A course is for members in every language if its page in one language says so.
    """
    restricted = PageViewRestriction.objects.filter(page=OuterRef("pk"))
    for_members = CoursePage.objects.filter(
        translation_key=OuterRef("translation_key"), access=CoursePage.Access.MEMBERS
    )
    return (
        Page.objects.filter(lessonpage__isnull=True, depth__gt=1)
        .only("path", "depth", "title", "live", "url_path")
        .annotate(
            is_closed=Exists(restricted),
            is_for_members=Exists(for_members),
            is_named=Q(coursepage__isnull=False) | Q(hubpage__isnull=False),
        )
        .order_by("path")
    )


def branch_of(page: Any, url: str) -> Branch:
    """A page as a branch."""
    return Branch(
        title=page.title,
        url=url,
        url_path=page.url_path,
        is_open=page.live and not page.is_closed,
        is_for_members=page.is_for_members,
        is_named=page.is_named,
    )
