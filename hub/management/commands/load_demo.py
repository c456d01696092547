"""`manage.py load_demo`: the demo community. Running it again changes nothing."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import override

from courses.models import CoursePage, LessonPage
from hub.demo import load_community, load_courses, load_learners
from hub.demo.community import PASSWORD
from members.models import Hub


class Command(BaseCommand):
    help = "Load the demo community: hubs, courses, people and what they have learned."

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
        if options["json"]:
            found = {"personas": personas(people), **addresses(pages)}
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
