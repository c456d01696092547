"""Every address of the site, with real things of both hubs in it, and what a person gets there."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override
from wagtail.models import Page

from courses.models import LessonPage

from .addresses_mentorship import mentorship_rows
from .addresses_partners import partners_rows
from .planted import Planted

MISSING_ID, MISSING_KEY = 987654, "00000000-0000-4000-8000-000000000000"
MISSING_CODE = "ZZZZZZZZZZZZZZZZ"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """One address with real things in it, and its twin with a thing that is not there."""

    route: str
    path: str
    twin: str = ""


def all_routes(patterns: Any = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern of the site but those of the CMS, which has walls and tests of its own."""
    found = get_resolver().url_patterns if patterns is None else patterns
    for pattern in found:
        route = before + str(pattern.pattern)
        if route.startswith("cms/"):
            continue
        if isinstance(pattern, URLResolver):
            yield from all_routes(pattern.url_patterns, route)
        else:
            yield route, pattern


def rows_for(planted: Planted) -> dict[str, list[tuple[object, ...]]]:
    """For each route with parameters, the values of its parameters: things of both hubs."""
    cast = planted.cast
    hubs = [hub.slug for hub in (cast.hub, cast.other_hub)]
    courses = [course.key for course in planted.courses]
    lessons = [page.translation_key for page in LessonPage.objects.order_by("pk")]
    hand_ins = [row.pk for row in planted.hand_ins]
    asks = [row.pk for row in planted.asks]
    people = [getattr(cast, f"forgetful_{slug}").pk for slug in hubs] + [cast.learner.pk]
    records = [(row.course_id, row.pk) for row in planted.enrolments]
    codes = [row.code for row in planted.certificates]
    desk, learner = "desk/<slug:hub>/", "desk/<slug:hub>/courses/<uuid:course>/learners/"
    return {
        "documents/^(\\d+)/(.*)$": [(row.pk, row.filename) for row in planted.documents],
        "documents/authenticate_with_password/<int:restriction_id>/": [(MISSING_ID,)],
        "media/<path:path>": [(row.photo.name,) for row in planted.hand_ins]
        + [(row.file.name,) for row in planted.documents],
        desk: one_by_one(hubs),
        f"{desk}members/": one_by_one(hubs),
        f"{desk}members/<int:member>/code/": every(hubs, people),
        f"{desk}members/<int:member>/code/issue/": every(hubs, people),
        f"{desk}hand-ins/<int:pk>/": every(hubs, hand_ins),
        f"{desk}questions/<int:pk>/": every(hubs, asks),
        f"{desk}courses/<uuid:course>/": every(hubs, courses),
        f"{desk}courses/<uuid:course>/learners.csv": every(hubs, courses),
        f"{desk}courses/<uuid:course>/mark-again/": every(hubs, courses),
        f"{desk}courses/<uuid:course>/release/<int:number>/": [
            (hub, course, 2) for hub in hubs for course in courses
        ],
        f"{learner}<int:enrolment>/": [(hub, *row) for hub in hubs for row in records],
        f"{learner}<int:enrolment>/done/": [(hub, *row) for hub in hubs for row in records],
        f"{learner}<int:enrolment>/withdraw/": [(hub, *row) for hub in hubs for row in records],
        "learn/courses/<uuid:course>/start/": one_by_one(courses),
        **{
            f"learn/lessons/<uuid:lesson>/{verb}/": one_by_one(lessons)
            for verb in ("answer", "done", "hand-in", "ask")
        },
        "learn/photos/<int:pk>/": one_by_one(hand_ins),
        "certificates/<str:code>/": one_by_one(codes),
        "certificates/<str:code>/pdf/": one_by_one(codes),
        "certificates/<str:code>/name/": one_by_one(codes),
        "me/hubs/<slug:hub>/leave/": one_by_one(hubs),
        "accounts/^confirm-email/(?P<key>[-:\\w]+)/$": [("no-such-key",)],
        "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": [("1", "no-key")],
        "accounts/2fa/webauthn/keys/<int:pk>/remove/": [(MISSING_ID,)],
        "accounts/2fa/webauthn/keys/<int:pk>/edit/": [(MISSING_ID,)],
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/": [
            (MISSING_ID, MISSING_ID)
        ],
        "^((?:[\\w\\-]+/)*)$": [(path,) for path in page_paths()],
        **mentorship_rows(planted),
        **partners_rows(planted),
    }


def one_by_one(values: list[Any]) -> list[tuple[object, ...]]:
    """Each value as the only parameter."""
    return [(value,) for value in values]


def every(first: list[Any], second: list[Any]) -> list[tuple[object, ...]]:
    """Each pair of values."""
    return [(one, two) for one in first for two in second]


def page_paths() -> list[str]:
    """The addresses of all pages, drafts as well."""
    home = Page.objects.get(depth=2)
    paths = Page.objects.descendant_of(home, inclusive=True).values_list("url_path", flat=True)
    return [path.removeprefix(home.url_path) for path in paths]


def fill(route: str, values: tuple[object, ...]) -> str:
    """A route with values in the place of its parameters."""
    plain = route.replace("^", "").replace("$", "").replace("\\Z", "")
    if not values:
        return f"/{plain}"
    if "(" in plain:
        head, tail = plain[: plain.index("(")], "/" if "/" in plain[plain.rindex(")") :] else ""
        joint = "-" if "uidb36" in plain else "/"
        return f"/{head}{joint.join(str(value) for value in values)}{tail}"
    left = list(values)
    return "/" + PARAMETER.sub(lambda _found: str(left.pop(0)), plain)


def missing(values: tuple[object, ...]) -> tuple[object, ...]:
    """The same parameters, but the last of them names a thing that is not there."""
    *rest, last = values
    text = str(last)
    if isinstance(last, int):
        return (*rest, MISSING_ID)
    if re.fullmatch(r"[0-9a-f-]{36}", text):
        return (*rest, MISSING_KEY)
    if re.fullmatch(r"[A-Z2-9]{16}", text):
        return (*rest, MISSING_CODE)
    if text.endswith("/") or not text:
        return (*rest, f"{text}no-such-thing/")
    return (*rest, f"{text}-no-such-thing")


def addresses(planted: Planted) -> list[Address]:
    """Every address. A route with parameters that is not in the table fails here."""
    with override("en"):
        return filled(rows_for(planted))


def filled(rows: dict[str, list[tuple[object, ...]]]) -> list[Address]:
    """Every route with its rows."""
    found: list[Address] = []
    for route, pattern in all_routes():
        if not pattern.pattern.regex.groups:
            found.append(Address(route, fill(route, ())))
            continue
        assert route in rows, f"Say in rows_for() what stands in {route}"
        found += [
            Address(route, fill(route, values), fill(route, missing_of(route, values)))
            for values in rows[route]
        ]
    return found


def missing_of(route: str, values: tuple[object, ...]) -> tuple[object, ...]:
    """The twin's parameters: of a file its number counts, of all others the last one."""
    return (MISSING_ID, values[1]) if route.startswith("documents/^") else missing(values)


@dataclass(frozen=True)
class Got:
    """What came back: the status, where it leads, the words; and what the look of a walker saw."""

    status: int
    location: str
    text: str
    seen: Any = None

    def like(self, path: str) -> tuple[int, str, str]:
        """What came back without the parts that belong to this one request."""
        said = [self.location, TOKEN.sub("", self.text)]
        for part in (path, *(part for part in path.split("/") if len(part) >= len(MISSING_CODE))):
            said = [one.replace(part, "PART") for one in said]
        return self.status, said[0], said[1]


class Walker:
    """One persona who asks for things; whatever that changes is undone, after a look at it."""

    def __init__(self, member: Any, look: Callable[[], Any] = lambda: None) -> None:
        self.look = look
        self.client = Client(raise_request_exception=False)
        if member is not None:
            self.client.force_login(member)
        self.cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}

    def ask(self, method: str, path: str, data: Any = None) -> Got:
        """One request in a browser that forgets it."""
        self.client.cookies.clear()
        for name, value in self.cookies.items():
            self.client.cookies[name] = value
        with transaction.atomic():
            response = getattr(self.client, method)(path, data)
            location, text = response.get("Location", ""), text_of(response)
            got = Got(response.status_code, location, text, self.look())
            transaction.set_rollback(True)
        return got


def text_of(response: HttpResponseBase) -> str:
    """All that was sent, files and packed files too."""
    streamed = getattr(response, "streaming_content", None)
    content = b"".join(streamed) if streamed is not None else response.content
    if content and response.get("Content-Type", "") == "application/zip":
        packed = zipfile.ZipFile(io.BytesIO(content))
        content = b"\n".join(packed.read(name) for name in packed.namelist())
    return content.decode(errors="replace")
