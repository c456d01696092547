"""Every live course as a row of the catalogue, kept under the content version."""

import uuid
from collections import defaultdict
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import Length, Substr

from content import version
from content.models import HubPage
from courses.catalogue import CatalogueRow, CourseWords
from courses.finding import haystack
from courses.models import Course, CoursePage, LessonPage
from members.models import Hub

STEP = 4
LESSONS = {"count": 0, "minutes": 0}


def catalogue_rows() -> list[CatalogueRow]:
    """All courses that are live and public with their hub, by level and title."""
    return version.cached("catalogue-rows", read_rows, is_frozen=True)


def newest_courses(count: int) -> list[CatalogueRow]:
    """The courses that were published last, the newest first."""
    dated = [(row.published_at, row) for row in catalogue_rows() if row.published_at]
    newest = sorted(dated, key=lambda pair: pair[0], reverse=True)[:count]
    return [row for _day, row in newest]


def read_rows() -> list[CatalogueRow]:
    """Read the rows: pages, their leading languages, their hubs, their lessons."""
    leading = dict(Course.objects.values_list("key", "language"))
    hubs = {page.path: page.hub for page in HubPage.objects.select_related("hub")}
    lessons = lessons_below()
    rows = []
    for key, pages in pages_by_key().items():
        source = next(
            (page for page in pages if page.locale.language_code == leading.get(key)), pages[0]
        )
        hub, below = hubs.get(source.path[:-STEP]), lessons.get(source.path, LESSONS)
        if hub and below["count"]:
            rows.append(row_of(source, pages, hub, below))
    return sorted(rows, key=lambda row: (row.level_rank, row.title_words, row.key))


def pages_by_key() -> dict[uuid.UUID, list[CoursePage]]:
    """The live and public pages of each course, the oldest first."""
    found = defaultdict(list)
    pages = CoursePage.objects.open_to_all().filter(alias_of__isnull=True)
    for page in pages.select_related("locale", "topic", "level").defer("body").order_by("pk"):
        found[page.translation_key].append(page)
    return found


def lessons_below() -> dict[str, dict[str, Any]]:
    """How many live lessons a course page has and how many minutes they take, by its path."""
    above = Substr("path", 1, Length("path") - STEP)
    live = LessonPage.objects.live().filter(alias_of__isnull=True).order_by()
    sums = (
        live.annotate(above=above)
        .values("above")
        .annotate(count=Count("pk"), minutes=Sum("minutes"))
    )
    return {row["above"]: row for row in sums}


def row_of(
    source: CoursePage, pages: list[CoursePage], hub: Hub, below: dict[str, Any]
) -> CatalogueRow:
    """One row: the leading page decides, each page gives its words."""
    topic, level = source.topic, source.level
    return CatalogueRow(
        key=source.translation_key.hex,
        slug=source.slug,
        hub_slug=hub.slug,
        hub_name=hub.name,
        hub_place=hub.place,
        topic_slug=topic.slug if topic else "",
        topic=topic.label if topic else "",
        level_slug=level.slug if level else "",
        level=level.label if level else "",
        level_rank=level.rank if level else 0,
        mode_slug=source.mode,
        mode=str(source.get_mode_display()),
        minutes=below["minutes"],
        lesson_count=below["count"],
        access=source.access,
        leading=source.locale.language_code,
        words={page.locale.language_code: words_of(page) for page in pages},
        title_words=haystack(page.title for page in [source, *pages]),
        all_words=haystack(texts_of(pages, hub)),
        published_at=source.first_published_at,
    )


def words_of(page: CoursePage) -> CourseWords:
    """The words of a course in the language of a page."""
    return CourseWords(page.locale.language_code, page.title, page.summary, page.url)


def texts_of(pages: list[CoursePage], hub: Hub) -> list[str]:
    """All that a search looks through, in every language."""
    texts = [hub.name, hub.place]
    for page in pages:
        texts += [page.title, page.summary, page.skills, page.for_whom]
        texts += [
            label
            for part in (page.topic, page.level)
            if part
            for label in (part.name, part.names_in)
        ]
    return texts
