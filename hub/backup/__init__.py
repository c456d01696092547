"""Everything of a site in one file, and back, while the site is in use."""

from .archive import BackupError, backup, restore

__all__ = ["BackupError", "backup", "restore"]
