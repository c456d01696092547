"""`manage.py backup FILE`: everything in one file, while the site is in use."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hub.backup import BackupError, backup


class Command(BaseCommand):
    help = "Write database, media and private files into one file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="Where to write it, for example weft-2026-11-24.zip")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"]).absolute()
        try:
            head = backup(path)
        except (BackupError, OSError, RuntimeError) as error:
            raise CommandError(str(error)) from None
        size = path.stat().st_size
        self.stdout.write(f"{path}: {head['engine']}, {head['files']} files, {size:,} bytes.")
