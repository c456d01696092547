"""Offers and partners in the words of schema.org, for search engines. Pure."""

import json
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from django.utils.safestring import SafeString, mark_safe

from courses.jsonld import ESCAPES

if TYPE_CHECKING:
    from .models import Partner
    from .queries.offer import OfferPage

TYPES = {
    "course": "Course",
    "workshop": "Course",
    "open_day": "EducationEvent",
    "placement": "WorkBasedProgram",
    "apprenticeship": "WorkBasedProgram",
    "scholarship": "MonetaryGrant",
}
PARTNERS = {
    "university": "CollegeOrUniversity",
    "college": "CollegeOrUniversity",
    "public": "GovernmentOrganization",
    "library": "Library",
    "employment": "EmploymentAgency",
    "community": "NGO",
    "coop": "Organization",
}
REGISTERS = ("charity", "company", "ror")
MODES = {"online": ["Online"], "place": ["Onsite"], "both": ["Online", "Onsite"]}
ATTENDANCE = {
    "online": "https://schema.org/OnlineEventAttendanceMode",
    "place": "https://schema.org/OfflineEventAttendanceMode",
    "both": "https://schema.org/MixedEventAttendanceMode",
}
CONTEXT = {"@context": "https://schema.org"}


def offer_json_ld(page: "OfferPage", site: str, partner_url: str) -> SafeString:
    """An offer, safe to stand in a page. `site` is the address of the site."""
    return script({**CONTEXT, **offer_values(page, site, partner_url)})


def partner_json_ld(partner: "Partner", url: str) -> SafeString:
    """A partner, safe to stand in a page."""
    return script({**CONTEXT, **partner_values(partner, url)})


def script(values: dict[str, Any]) -> SafeString:
    """Values as JSON in which no browser finds the end of the script."""
    return mark_safe(json.dumps(values, ensure_ascii=False).translate(ESCAPES))


def there(values: dict[str, Any]) -> dict[str, Any]:
    """Those that are not empty."""
    return {name: value for name, value in values.items() if value not in ("", None, [], {})}


def offer_values(page: "OfferPage", site: str, partner_url: str) -> dict[str, Any]:
    """What is the same for every kind, and what its kind asks for."""
    offer, kind = page.offer, TYPES.get(page.offer.kind, "Course")
    values = {
        "@type": kind,
        "@id": f"urn:uuid:{offer.uuid}",
        "name": offer.title,
        "description": offer.learns,
        "url": f"{site}{page.card.url}",
        "inLanguage": offer.language,
        "image": picture(page, site),
        "provider": partner_values(page.partner, partner_url),
    }
    return there({**values, **BY_TYPE[kind](page)})


def picture(page: "OfferPage", site: str) -> dict[str, Any]:
    """Its picture with what that shows; nothing where it has none."""
    if page.image is None:
        return {}
    url = urljoin(f"{site}/", page.image.file.url)
    return {"@type": "ImageObject", "url": url, "caption": page.offer.image_alt}


def course_values(page: "OfferPage") -> dict[str, Any]:
    """A course or workshop."""
    offer = page.offer
    return {
        "about": page.topic,
        "educationalLevel": page.card.level,
        "teaches": offer.skills,
        "educationalCredentialAwarded": offer.credential,
        "audience": audience(page),
        "isAccessibleForFree": True if page.card.is_free else None,
        "offers": price(page),
        "hasCourseInstance": instances(page),
    }


def event_values(page: "OfferPage") -> dict[str, Any]:
    """An open day."""
    offer = page.offer
    return {
        "startDate": day(offer.from_on),
        "endDate": day(offer.to_on),
        "eventAttendanceMode": ATTENDANCE.get(offer.mode, ""),
        "location": place(offer.place),
        "organizer": {"@type": PARTNERS[page.partner.kind], "name": page.partner.name},
        "audience": audience(page),
        "isAccessibleForFree": True if page.card.is_free else None,
        "offers": price(page),
    }


def work_values(page: "OfferPage") -> dict[str, Any]:
    """A placement or an apprenticeship."""
    offer = page.offer
    return {
        "startDate": day(offer.from_on),
        "endDate": day(offer.to_on),
        "applicationDeadline": day(offer.deadline_on),
        "programPrerequisites": offer.for_whom,
        "educationalCredentialAwarded": offer.credential,
        "maximumEnrollment": offer.seats,
        "educationalProgramMode": " ".join(MODES.get(offer.mode, [])).lower(),
        "offers": price(page),
    }


def grant_values(page: "OfferPage") -> dict[str, Any]:
    """A scholarship: money that somebody gives, so it has a funder and no provider."""
    funder = {"@type": PARTNERS[page.partner.kind], "name": page.partner.name}
    return {"provider": None, "inLanguage": None, "funder": funder}


BY_TYPE = {
    "Course": course_values,
    "EducationEvent": event_values,
    "WorkBasedProgram": work_values,
    "MonetaryGrant": grant_values,
}


def audience(page: "OfferPage") -> dict[str, Any]:
    """Who it is for."""
    offer = page.offer
    return there(
        {
            "@type": "PeopleAudience",
            "audienceType": offer.for_whom,
            "suggestedMinAge": offer.age_from,
            "suggestedMaxAge": offer.age_to,
        }
    )


def price(page: "OfferPage") -> dict[str, Any]:
    """What it costs; nothing where that depends on income."""
    offer = page.offer
    if page.card.is_free:
        return {"@type": "Offer", "category": "Free", "price": 0}
    if offer.amount is None:
        return {}
    return there(
        {"@type": "Offer", "price": str(offer.amount), "priceCurrency": offer.currency.upper()}
    )


def instances(page: "OfferPage") -> list[dict[str, Any]]:
    """Each time and way in which a course is given."""
    offer = page.offer
    first = (offer.from_on, offer.to_on, offer.place)
    days = [first, *((row.on, row.until_on, row.place or offer.place) for row in page.dates)]
    hours = f"PT{offer.hours_week}H" if offer.hours_week else ""
    weekly = there({"@type": "Schedule", "repeatFrequency": "P1W", "duration": hours})
    return [
        there(
            {
                "@type": "CourseInstance",
                "courseMode": MODES.get(offer.mode, []),
                "startDate": day(begin),
                "endDate": day(end),
                "location": place(where) if offer.mode != "online" else {},
                "courseWorkload": hours,
                "courseSchedule": weekly if hours else {},
                "inLanguage": offer.language,
            }
        )
        for begin, end, where in days
    ]


def place(words: str) -> dict[str, Any]:
    """A place; nothing where none is named."""
    return {"@type": "Place", "name": words, "address": words} if words else {}


def day(value: date | None) -> str:
    """A day as ISO 8601 writes it."""
    return value.isoformat() if value else ""


def partner_values(partner: "Partner", url: str) -> dict[str, Any]:
    """An organisation."""
    return there(
        {
            "@type": PARTNERS[partner.kind],
            "@id": url,
            "name": partner.name,
            "url": url,
            "sameAs": partner.website,
            "address": partner.place,
            "description": partner.about,
            "identifier": identifier(partner),
        }
    )


def identifier(partner: "Partner") -> dict[str, Any]:
    """Its number in a public register; one that the hub alone needs is told to nobody."""
    if not partner.number or partner.scheme not in REGISTERS:
        return {}
    return {"@type": "PropertyValue", "propertyID": partner.scheme, "value": partner.number}
