"""`manage.py seed_bench`: a synthetic site of any size, for benchmarks and black-box tests."""

import gc
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from hub.seed import Plan, seed_site
from members.models import Hub, Member


@contextmanager
def seldom_tidied() -> Iterator[None]:
    """Within it Python seldom looks for what nobody needs: it is a tenth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(200_000)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class Command(BaseCommand):
    help = (
        "Fill a site with hubs, courses, learners, mentors, training offers and private words, "
        "for tests of speed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--learners", type=int, required=True, help="How many learners.")
        parser.add_argument("--courses", type=int, required=True, help="How many courses.")
        parser.add_argument("--mentors", type=int, default=0, help="How many mentors.")
        parser.add_argument("--offers", type=int, default=0, help="How many training offers.")
        parser.add_argument("--seed", type=int, required=True, help="The same words each time.")
        parser.add_argument("--password", default="", help="For all; one is made without it.")
        parser.add_argument("--json", type=Path, help="Write accounts, addresses and words here.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["learners"] < 1 or options["courses"] < 1:
            raise CommandError("Ask for one learner and one course or more.")
        if options["mentors"] < 0:
            raise CommandError("Ask for no mentors or more.")
        if options["offers"] < 0:
            raise CommandError("Ask for no offers or more.")
        if Hub.objects.filter(slug="bench-1").exists():
            raise CommandError("This site is seeded already.")
        if Member.objects.exists() and not settings.WEFT_DEMO:
            raise CommandError("There are people on this site. Seed an empty one.")
        password = options["password"] or secrets.token_urlsafe(12)
        plan = Plan(*(options[name] for name in ("learners", "courses", "mentors", "offers")))
        with seldom_tidied():
            facts = seed_site(plan, options["seed"], password, timezone.now())
        if options["json"]:
            text = json.dumps(facts, indent=2, ensure_ascii=False)
            options["json"].write_text(f"{text}\n", encoding="utf-8")
        self.stdout.write(f"The password of all accounts, such as bench-1: {password}")
