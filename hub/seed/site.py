"""A whole synthetic site in one transaction."""

from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils.translation import override

from content import version
from courses.models import LessonPage
from partners.queries.index import offers_changed

from .learners import copy_learners
from .mentors import copy_mentors
from .offers import copy_offers
from .pairs import plant_mentorship
from .places import ROLES, Places, make_places
from .plan import HUBS, LARGE, Plan
from .planted import plant
from .planted_offers import OFFER_PEOPLE, plant_offers
from .words import Writer

# Who stands for mentorship in every hub, and what they are.
PAIR_PEOPLE = {
    "safety": "safety",
    "planted-mentor": "mentor",
    "planted-mentee": "learner",
    "planted-former": "learner",
}


def seed_site(plan: Plan, seed: int, password: str, now: datetime) -> dict[str, Any]:
    """Write hubs, staff, courses, learners with their progress, and private words.

    Gives what a test must know: accounts, addresses, words. All have the one password.
    """
    writer, hashed = Writer(seed), make_password(password)
    with override("en"), transaction.atomic():
        places = make_places(plan, writer, hashed)
        version.bump()
        copy_learners(plan, places, writer, hashed, now)
        canaries = plant(places, writer, hashed, now)
        if plan.mentors:
            copy_mentors(plan, places, writer, hashed, now)
        pairs = plant_mentorship(places, canaries, hashed, now) if plan.mentors else []
        if plan.offers:
            copy_offers(plan, places, writer, now)
        offers = plant_offers(places, canaries, hashed, now) if plan.offers else []
        offers_changed()
    version.bump()
    count_rows()
    return {
        "seed": seed,
        "password": password,
        "people": people(plan),
        "hubs": {hub.slug: f"/hubs/{hub.slug}/" for hub in places.hubs},
        "courses": [course_facts(plan, places, number) for number in range(plan.courses)],
        "mentorship": {"askers": plan.askers, "mentees": plan.mentees, "pairs": pairs},
        "offers": {"count": plan.offers, "planted": offers},
        "canaries": canaries.words,
    }


def count_rows() -> None:
    """Let the database count the rows of the filled tables now; by itself PostgreSQL would a
    minute later, and SQLite by the clock."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def people(plan: Plan) -> list[dict[str, str]]:
    """Who can sign in, but for the learners `bench-1` to `bench-N`, the mentors `bench-mentor-1`
    and so on, `bench-mentee-1` and `bench-asker-1`: user name, role and hub."""
    hubs = range(1, HUBS + 1)
    staff = [
        {"username": f"bench-{role}-{hub}", "role": role, "hub": f"bench-{hub}"}
        for hub in hubs
        for role in ROLES
    ]
    planted = [
        {"username": f"bench-planted-{hub}", "role": "learner", "hub": f"bench-{hub}"}
        for hub in hubs
        if hub <= plan.courses
    ]
    if plan.mentors:
        planted += [
            {"username": f"bench-{name}-{hub}", "role": role, "hub": f"bench-{hub}"}
            for hub in hubs
            for name, role in PAIR_PEOPLE.items()
        ]
    if plan.offers:
        planted += [
            {"username": f"bench-{name}-{hub}", "role": role, "hub": f"bench-{hub}"}
            for hub in hubs
            for name, role in OFFER_PEOPLE.items()
        ]
    return [{"username": "bench-admin", "role": "admin", "hub": ""}, *staff, *planted]


def course_facts(plan: Plan, places: Places, number: int) -> dict[str, Any]:
    """Where a course is, and how many learners take it where that is fixed."""
    page, course = places.pages[number], places.courses[number]
    lessons = LessonPage.objects.child_of(page).order_by("path")
    return {
        "key": str(course.key),
        "hub": course.hub.slug,
        "url": page.url,
        "lessons": [{"key": str(one.translation_key), "url": one.url} for one in lessons],
        "required": plan.lessons(number),
        "learners": plan.takers(number) if number < LARGE else None,
    }
