"""`manage.py rebuild_progress`: rebuilds state from the learning log."""

from typing import Any

from django.core.management.base import BaseCommand

from courses.actions import rebuild_progress
from courses.models import Enrolment


class Command(BaseCommand):
    help = "Rebuild the state of all learners from the learning log. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for enrolment in Enrolment.objects.order_by("pk").iterator(chunk_size=200):
            rebuild_progress(enrolment=enrolment)
            count += 1
        self.stdout.write(f"Rebuilt {count} enrolments.")
