"""What every page's frame shows: `shell`. A visitor without a session costs nothing."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, override

from content.queries import Place, main_places
from content.sharing import has_session

DISPLAYS = ("system", "light", "dark")


@dataclass(frozen=True)
class Shell:
    """The frame of a page."""

    site_name: str
    member: Any
    unread: int
    resume: dict[str, str] | None
    hub: Any
    languages: list[dict[str, Any]]
    places: dict[str, Place]
    here: str
    display: str
    can_desk: bool
    can_cms: bool
    has_session: bool

    @property
    def flags(self) -> tuple[bool, ...]:
        """What the frame differs by from person to person, but for names and numbers."""
        return self.member is not None, self.can_desk, self.can_cms, self.resume is not None

    @property
    def hub_shown(self) -> tuple[Any, ...]:
        """All that is stored of the hub."""
        fields = self.hub._meta.concrete_fields if self.hub else ()
        return tuple(getattr(self.hub, field.attname) for field in fields)

    @property
    def places_shown(self) -> tuple[tuple[str, Place], ...]:
        """The pages that the frame leads to."""
        return tuple(self.places.items())

    @property
    def languages_shown(self) -> tuple[tuple[Any, ...], ...]:
        """The languages of the page with its addresses."""
        return tuple(tuple(language.values()) for language in self.languages)


def display_of(request: HttpRequest) -> str:
    """The display that the reader chose: system, light or dark."""
    choice = request.COOKIES.get("display", "")
    return choice if choice in DISPLAYS else "system"


def resume_of(member: Any) -> dict[str, str] | None:
    """The lesson at which the member stopped, if any."""
    if member is None or not member.resume_key:
        return None
    return {"title": member.resume_title, "url": reverse("courses:resume")}


def languages_of(request: HttpRequest) -> list[dict[str, Any]]:
    """The content's languages: where this page is in each, or else the nearest page above it.

    A page says in `request.page_languages` where it exists; a page above it in
    `request.near_languages`, else the home page. What is no page has one address in all languages.
    """
    same = dict(getattr(request, "page_languages", None) or own_addresses(request))
    near = dict(getattr(request, "near_languages", ()))
    current, found = get_language(), []
    for code, name in settings.WAGTAIL_CONTENT_LANGUAGES:
        url = same.get(code) or near.get(code) or home_in(code)
        if url:
            is_current = code == current
            row = {"code": code, "name": name, "url": url, "is_current": is_current}
            found.append(row | {"is_same": code in same})
    return found


def own_addresses(request: HttpRequest) -> list[tuple[str, str]]:
    """The address of a view that is no page, in each language; none where nothing answers."""
    match = request.resolver_match
    if match is None or match.view_name == "wagtail_serve":
        return []
    path = request.path.removeprefix(f"/{get_language()}/").lstrip("/")
    prefixes = {code: f"/{code}/" for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES}
    prefixes[settings.LANGUAGE_CODE] = "/"
    return [(code, f"{prefix}{path}") for code, prefix in prefixes.items()]


def home_in(code: str) -> str:
    """The home page in a language; empty where there is none."""
    with override(code):
        place = main_places().get("home")
    return place.url if place and not place.language else ""


def build_shell(request: HttpRequest) -> Shell:
    """Reads what the frame needs from the request. The member is read only with a session."""
    user = getattr(request, "user", None)
    is_known = has_session(request) or hasattr(request, "_cached_user")
    member = user if is_known and user is not None and user.is_authenticated else None
    return Shell(
        site_name=settings.WAGTAIL_SITE_NAME,
        member=member,
        unread=member.unread_count if member else 0,
        resume=resume_of(member),
        hub=getattr(request, "shell_hub", None),
        languages=languages_of(request),
        places=main_places(),
        here=getattr(request, "page_address", request.path),
        display=display_of(request),
        can_desk=bool(member and (member.is_on_desk or member.is_superuser)),
        can_cms=bool(member and (member.is_staff or member.is_superuser)),
        has_session=has_session(request),
    )


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor; the frame is built when a template first asks for it."""
    return {"shell": SimpleLazyObject(lambda: build_shell(request))}
