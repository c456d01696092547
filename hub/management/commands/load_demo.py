"""`manage.py load_demo`: the demo community. Running it again changes nothing."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import override

from courses.models import CoursePage, LessonPage
from hub.demo import (
    load_community,
    load_courses,
    load_learners,
    load_mentorship,
    load_partners,
)
from hub.demo.community import PASSWORD
from members.models import Hub
from mentorship.models import Mentor, MentorAsk, Pairing, SafetyCase
from partners.addresses import slug_of
from partners.models import Offer, Partner


class Command(BaseCommand):
    help = "Load the demo community: hubs, courses, people, their mentors, partners and offers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", type=Path, help="Write personas and addresses to this file.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.WEFT_DEMO:
            raise CommandError(
                "The demo's accounts have a known password. Load it with demo settings."
            )
        with override("en"):
            with transaction.atomic():
                people = load_community()
            with transaction.atomic():
                pages = load_courses()
            with transaction.atomic():
                load_learners()
            with transaction.atomic():
                load_mentorship()
            with transaction.atomic():
                load_partners()
        if options["json"]:
            found = {
                "personas": personas(people),
                **addresses(pages),
                "mentorship": mentoring(),
                "partners": partnering(),
            }
            options["json"].write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n")


def personas(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Who can sign in: user name, password, role and hub."""
    return [
        {
            "username": person["username"],
            "password": PASSWORD,
            "name": person["name"],
            "role": "admin"
            if person.get("is_admin")
            else ", ".join(person.get("roles", ["learner"])),
            "hub": person.get("hub", ""),
        }
        for person in people
    ]


def addresses(pages: list[CoursePage]) -> dict[str, Any]:
    """The addresses of the main objects."""
    return {
        "hubs": {hub.slug: f"/hubs/{hub.slug}/" for hub in Hub.objects.all()},
        "desks": {hub.slug: f"/desk/{hub.slug}/" for hub in Hub.objects.all()},
        "courses": {
            page.slug: {
                "url": page.url,
                "key": str(page.translation_key),
                "lessons": [
                    lesson.url
                    for lesson in LessonPage.objects.child_of(page).live().order_by("path")
                ],
            }
            for page in pages
        },
    }


def mentoring() -> dict[str, Any]:
    """The addresses of mentorship: of the pairs by who is in them, and of each hub's desk."""
    return {
        "page": reverse("mentorship:mentorship"),
        "cards": reverse("mentorship:mentor_ask_cards"),
        "offer": reverse("mentorship:mentor_offer"),
        "calendar": reverse("mentorship:calendar"),
        "pairs": {
            username_pair(row): reverse("mentorship:pair", args=[row.pk]) for row in named_pairs()
        },
        "desks": {hub.slug: mentoring_desk(hub) for hub in Hub.objects.all()},
    }


def named_pairs() -> QuerySet[Pairing]:
    """The pairings of people who are still there."""
    rows = Pairing.objects.filter(mentee__isnull=False, mentor__isnull=False)
    return rows.select_related("mentee", "mentor__member").order_by("pk")


def username_pair(pairing: Pairing) -> str:
    """The two by their user names, the learner first, such as "learner+mentor"."""
    assert pairing.mentee
    assert pairing.mentor
    return f"{pairing.mentee.username}+{pairing.mentor.member.username}"


def mentoring_desk(hub: Hub) -> dict[str, Any]:
    """The addresses of a hub's mentorship desk."""
    desk = [hub.slug]
    return {
        "board": reverse("mentorship:desk_board", args=desk),
        "programmes": reverse("mentorship:desk_programmes", args=desk),
        "figures": reverse("mentorship:desk_figures", args=desk),
        "mentors": {
            row.member.username: reverse("mentorship:desk_mentor", args=[*desk, row.pk])
            for row in Mentor.objects.filter(hub=hub).select_related("member")
        },
        "asks": {
            row.member.username: reverse("mentorship:desk_ask", args=[*desk, row.pk])
            for row in MentorAsk.objects.waiting().filter(hub=hub).select_related("member")
            if row.member
        },
        "pairs": {
            username_pair(row): reverse("mentorship:desk_pair", args=[*desk, row.pk])
            for row in named_pairs().filter(hub=hub)
        },
        "cases": [
            reverse("mentorship:desk_case", args=[*desk, row.pk])
            for row in SafetyCase.objects.filter(hub=hub).order_by("pk")
        ],
    }


def partnering() -> dict[str, Any]:
    """The addresses of partners: their pages and desks, all offers, and each hub's reviews."""
    offers = Offer.objects.order_by("pk")
    return {
        "offers": reverse("partners:offers"),
        "directory": reverse("partners:partners"),
        "api": reverse("api:offers"),
        "pages": {
            row.slug: reverse("partners:partner", args=[row.slug])
            for row in Partner.objects.filter(state=Partner.State.APPROVED)
        },
        "desks": {
            row.slug: reverse("partners:partner_home", args=[row.slug])
            for row in Partner.objects.all()
        },
        "live": {
            row.title: reverse("partners:offer", args=[slug_of(row)])
            for row in offers.filter(live=True)
        },
        "written": {
            row.title: reverse("partners:offer_status", args=[row.partner.slug, row.uuid])
            for row in offers.exclude(title="").select_related("partner")
        },
        "reviews": {
            hub.slug: reverse("partners:desk_partners", args=[hub.slug])
            for hub in Hub.objects.all()
        },
    }
