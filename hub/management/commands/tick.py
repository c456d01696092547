"""`manage.py tick`: runs whatever the clock owes. For cron, beat and the demo."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hub.clock import tick


class Command(BaseCommand):
    help = "Run whatever the clock owes: expiries, reminders, retention, late messages."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="Print nothing when all is well.")

    def handle(self, *args: Any, **options: Any) -> None:
        results = tick()
        for name, result in results.items():
            if not options["quiet"]:
                self.stdout.write(f"{name}: {'done' if result is None else result}")
        failed = [name for name, result in results.items() if result == "failed"]
        if failed:
            raise CommandError(f"These jobs failed: {', '.join(failed)}")
