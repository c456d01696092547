"""What every page's frame shows: `shell`. A visitor without a session costs nothing."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from content.queries import Place, main_places

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
    display: str
    can_desk: bool
    can_cms: bool

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
    """The languages in which this page exists; a view says so in `request.page_languages`."""
    found = getattr(request, "page_languages", [])
    names = {code: name for code, name in settings.WAGTAIL_CONTENT_LANGUAGES}
    current = get_language()
    return [
        {"code": code, "name": names[code], "url": url, "is_current": code == current}
        for code, url in found
        if code in names
    ]


def build_shell(request: HttpRequest) -> Shell:
    """Reads what the frame needs from the request. The member is read only with a session."""
    user = getattr(request, "user", None)
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES or hasattr(
        request, "_cached_user"
    )
    member = user if has_session and user is not None and user.is_authenticated else None
    return Shell(
        site_name=settings.WAGTAIL_SITE_NAME,
        member=member,
        unread=member.unread_count if member else 0,
        resume=resume_of(member),
        hub=getattr(request, "shell_hub", None),
        languages=languages_of(request),
        places=main_places(),
        display=display_of(request),
        can_desk=bool(member and (member.is_on_desk or member.is_superuser)),
        can_cms=bool(member and (member.is_staff or member.is_superuser)),
    )


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor; the frame is built when a template first asks for it."""
    return {"shell": SimpleLazyObject(lambda: build_shell(request))}
