"""`manage.py restore FILE`: make the site what a backup says. What was there is kept aside."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection
from django.utils import timezone

from hub.backup import BackupError, backup, restore


class Command(BaseCommand):
    help = "Put a backup in the place of database, media and private files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="A file that `backup` has written.")
        parser.add_argument(
            "--no-copy", action="store_true", help="Do not keep a copy of what is there now."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"]).absolute()
        try:
            if not options["no_copy"] and is_in_use():
                aside = Path(settings.VAR) / f"before-restore-{timezone.now():%Y%m%d-%H%M%S}.zip"
                backup(aside)
                self.stdout.write(f"What was there is kept in {aside}.")
            head = restore(path)
        except (BackupError, OSError, RuntimeError, OperationalError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"The site is as of {head['made_at']}, with {head['files']} files.")


def is_in_use() -> bool:
    """Whether there is anything to keep: a database with tables."""
    return bool(connection.introspection.table_names())
