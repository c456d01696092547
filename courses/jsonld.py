"""A course in the words of schema.org, for search engines. Pure."""

import json
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from .queries import CoursePack

MODES = {"online": ["Online"], "at-hub": ["Onsite"], "both": ["Online", "Onsite"]}
# No browser finds the end of a script, or of a line of it, inside the data.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def course_json_ld(pack: "CoursePack", today: date | None = None) -> SafeString:
    """The course, safe to stand in a page. With `today`, days that are over are left out."""
    return mark_safe(json.dumps(course_values(pack, today), ensure_ascii=False).translate(ESCAPES))


def course_values(pack: "CoursePack", today: date | None = None) -> dict[str, Any]:
    """A `Course` with its `CourseInstance` rows. All of it is free."""
    values: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Course",
        "@id": f"urn:uuid:{pack.key}",
        "name": pack.title,
        "description": pack.summary,
        "url": pack.full_url,
        "inLanguage": pack.language,
        "availableLanguage": [code for code, _url in pack.languages],
        "educationalLevel": pack.level,
        "teaches": pack.skills,
        "about": pack.topic,
        "isAccessibleForFree": True,
        "offers": {"@type": "Offer", "category": "Free"},
        "provider": provider(pack),
        "hasCourseInstance": instances(pack, today),
    }
    return {name: value for name, value in values.items() if value}


def provider(pack: "CoursePack") -> dict[str, Any]:
    """The hub that gives the course."""
    site = urlsplit(pack.full_url)
    url = f"{site.scheme}://{site.netloc}{pack.hub_url}" if pack.hub_url else ""
    values = {
        "@type": "Organization",
        "name": pack.hub.name,
        "url": url,
        "address": pack.hub.address,
    }
    return {name: value for name, value in values.items() if value}


def instances(pack: "CoursePack", today: date | None = None) -> list[dict[str, Any]]:
    """One's own time online, and each day on which the course is given."""
    found = [instance(pack, "Online")] if "Online" in MODES.get(pack.mode_slug, []) else []
    for row in pack.dates:
        if today is None or row.day >= today:
            place = {"@type": "Place", "name": row.place, "address": row.place}
            found.append(
                {**instance(pack, "Onsite"), "startDate": row.day.isoformat(), "location": place}
            )
    return found or [instance(pack, "Onsite")]


def instance(pack: "CoursePack", mode: str) -> dict[str, Any]:
    """A way of taking the course, and the hours it takes."""
    return {
        "@type": "CourseInstance",
        "courseMode": mode,
        "courseWorkload": workload(pack.hours, pack.minutes),
        "inLanguage": pack.language,
    }


def workload(hours: str, minutes: int) -> str:
    """The time as ISO 8601 writes it, PT1H30M. Without hours, the minutes of the lessons."""
    whole = round(float(hours) * 60) or minutes
    parts = [f"{whole // 60}H" if whole >= 60 else "", f"{whole % 60}M" if whole % 60 else ""]
    return f"PT{''.join(parts) or '0M'}"
