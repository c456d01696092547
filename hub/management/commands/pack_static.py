"""`manage.py pack_static`: joins and packs the site's one style and one script."""

from typing import Any

from django.core.management.base import BaseCommand

from content.packed import pack


class Command(BaseCommand):
    help = "Join and pack style and script into static/dist."

    def handle(self, *args: Any, **options: Any) -> None:
        for kind, size in pack().items():
            if options["verbosity"]:
                self.stdout.write(f"{kind}: {size} bytes packed")
