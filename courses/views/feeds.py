"""New courses as an Atom feed."""

from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.timezone import now as time_now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.sharing import share
from courses import queries
from courses.catalogue import CatalogueRow

NEWEST = 30


@require_safe
def course_feed(request: HttpRequest) -> HttpResponse:
    """The courses that were published last, in the reader's language."""
    rows = queries.newest_courses(NEWEST)
    feed = NewCourses(
        title=_("New courses at %(site)s") % {"site": settings.WAGTAIL_SITE_NAME},
        link=full(reverse("courses:catalogue")),
        description=_("Courses that our hubs have just published."),
        feed_url=full(reverse("courses:course_feed")),
        language=get_language(),
        changed_at=rows[0].published_at if rows else None,
    )
    for row in rows:
        add(feed, row)
    return share(HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type))


class NewCourses(Atom1Feed):
    """A feed that changes when a course is added, not when somebody looks."""

    def latest_post_date(self) -> datetime:
        return self.feed["changed_at"] or time_now()


def add(feed: Atom1Feed, row: CatalogueRow) -> None:
    """One course. Its id stays the same wherever its page moves."""
    words = row.in_language(get_language() or settings.LANGUAGE_CODE)
    feed.add_item(
        title=words.title,
        link=full(words.url),
        description=words.summary,
        unique_id=f"urn:uuid:{row.key}",
        pubdate=row.published_at,
        updateddate=row.published_at,
        author_name=row.hub_name,
        categories=[row.topic] if row.topic else [],
    )


def full(path: str) -> str:
    """An address with the name of the site."""
    return urljoin(f"{settings.SITE_URL}/", path)
