"""A course for search engines: valid, complete, and harmless in a page."""

import json
from datetime import date
from types import SimpleNamespace

import pytest

from courses.jsonld import course_json_ld, instances, workload


def pack(**values: object) -> SimpleNamespace:
    """What a pack has, as far as it is read."""
    plain = {
        "key": "0" * 32,
        "title": "First steps",
        "summary": "Phones and computers.",
        "full_url": "https://hub.example/hubs/harbour/first/",
        "language": "en",
        "languages": [("en", "/hubs/harbour/first/"), ("es", "/es/hubs/harbour/first/")],
        "level": "Beginners",
        "skills": ["Send a message"],
        "topic": "Digital literacy",
        "hub": SimpleNamespace(name="Harbour", address="1 High Street"),
        "hub_url": "/hubs/harbour/",
        "mode_slug": "both",
        "hours": "1.5",
        "minutes": 40,
        "dates": [SimpleNamespace(day=date(2026, 12, 1), time="18:00", place="The hub")],
    }
    return SimpleNamespace(**{**plain, **values})


def test_course_json_ld() -> None:
    found = json.loads(course_json_ld(pack()))
    assert found == {
        "@context": "https://schema.org",
        "@type": "Course",
        "@id": f"urn:uuid:{'0' * 32}",
        "name": "First steps",
        "description": "Phones and computers.",
        "url": "https://hub.example/hubs/harbour/first/",
        "inLanguage": "en",
        "availableLanguage": ["en", "es"],
        "educationalLevel": "Beginners",
        "teaches": ["Send a message"],
        "about": "Digital literacy",
        "isAccessibleForFree": True,
        "offers": {"@type": "Offer", "category": "Free"},
        "provider": {
            "@type": "Organization",
            "name": "Harbour",
            "url": "https://hub.example/hubs/harbour/",
            "address": "1 High Street",
        },
        "hasCourseInstance": [
            {
                "@type": "CourseInstance",
                "courseMode": "Online",
                "courseWorkload": "PT1H30M",
                "inLanguage": "en",
            },
            {
                "@type": "CourseInstance",
                "courseMode": "Onsite",
                "courseWorkload": "PT1H30M",
                "inLanguage": "en",
                "startDate": "2026-12-01",
                "location": {"@type": "Place", "name": "The hub", "address": "The hub"},
            },
        ],
    }


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--<script", "a\u2028b\u2029&"]
)
def test_no_text_ends_the_script(text: str) -> None:
    made = course_json_ld(pack(title=text, skills=[text]))
    assert not set("<>&\u2028\u2029") & set(made)
    assert json.loads(made)["name"] == text


def test_days_that_are_over_are_left_out() -> None:
    hub_only = pack(mode_slug="at-hub")
    assert [row.get("startDate") for row in instances(hub_only, date(2026, 12, 1))] == [
        "2026-12-01"
    ]
    assert [row.get("startDate") for row in instances(hub_only, date(2026, 12, 2))] == [None]
    assert [row["courseMode"] for row in instances(pack(mode_slug="online", dates=[]))] == [
        "Online"
    ]


@pytest.mark.parametrize(
    ("hours", "minutes", "expected"),
    [
        ("1.5", 10, "PT1H30M"),
        ("2", 10, "PT2H"),
        ("0", 45, "PT45M"),
        ("0", 0, "PT0M"),
        ("0.1", 9, "PT6M"),
    ],
)
def test_workload(hours: str, minutes: int, expected: str) -> None:
    assert workload(hours, minutes) == expected
