"""One zip: what it is (`weft.json`), the database, and every file of both storages."""

import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import Storage, storages
from django.core.management import call_command
from django.utils import timezone

from content import version

from . import database

FORMAT = 1
HEAD, DATABASE = "weft.json", "database"
STORES = ("default", "private")


class BackupError(Exception):
    """Why a backup cannot be made or taken; the words are for the person at the keyboard."""


def backup(path: Path) -> dict[str, Any]:
    """Write everything into one file; gives what its head says.

    The database comes first, as of one moment; a file that goes while it is copied was going
    anyway. The file appears when it is whole, and only its owner can read it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
        draft, dump = Path(folder) / "draft.zip", Path(folder) / "database"
        draft.touch(mode=0o600)
        database.dump(dump)
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            archive.write(dump, DATABASE)
            head = {
                "format": FORMAT,
                "engine": database.engine(),
                "made_at": timezone.now().isoformat(),
                "files": sum(pack_store(archive, name) for name in STORES),
            }
            archive.writestr(HEAD, json.dumps(head))
        draft.replace(path)
    return head


def pack_store(archive: zipfile.ZipFile, name: str) -> int:
    """Put every file of a storage into the archive; gives their number."""
    count = 0
    for path in sorted(paths_in(storages[name])):
        try:
            with storages[name].open(path) as source, archive.open(f"{name}/{path}", "w") as target:
                shutil.copyfileobj(source, target)
        except FileNotFoundError:
            continue
        count += 1
    return count


def paths_in(store: Storage, folder: str = "") -> Iterator[str]:
    """The path of every file of a storage."""
    try:
        folders, files = store.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}{name}" for name in files)
    for name in folders:
        yield from paths_in(store, f"{folder}{name}/")


def restore(path: Path) -> dict[str, Any]:
    """Make the site what the file says; gives its head.

    Nothing is touched before the file has been read to its end. A backup of an earlier version is
    migrated. Refuses a file that is broken, of another format, or of another kind of database.
    """
    with tempfile.TemporaryDirectory(prefix="weft-restore-") as folder:
        dump = Path(folder) / "database"
        with opened(path) as archive:
            head = checked(archive)
            with archive.open(DATABASE) as source, dump.open("wb") as target:
                shutil.copyfileobj(source, target)
            if reason := database.why_not(dump):
                raise BackupError(reason)
            kept = {name: unpack_store(archive, name) for name in STORES}
            database.load(dump)
    call_command("migrate", verbosity=0)
    for name in STORES:
        tidy_store(name, kept[name])
    version.bump()
    return head


def opened(path: Path) -> zipfile.ZipFile:
    """The archive, if it is one and whole."""
    try:
        archive = zipfile.ZipFile(path)
        broken = archive.testzip()
    except (OSError, zipfile.BadZipFile) as error:
        raise BackupError(f"{path} cannot be read: {error}") from None
    if broken:
        raise BackupError(f"{path} is broken: {broken}")
    return archive


def checked(archive: zipfile.ZipFile) -> dict[str, Any]:
    """The head of an archive that fits this site."""
    names = archive.namelist()
    if not {HEAD, DATABASE} <= set(names) or any(".." in Path(name).parts for name in names):
        raise BackupError("This file is not a backup of Weft.")
    head: dict[str, Any] = json.loads(archive.read(HEAD))
    if head["format"] != FORMAT:
        raise BackupError("This backup comes from a newer Weft. Upgrade first.")
    if head["engine"] != database.engine():
        words = f"This backup is of {head['engine']}, and this site runs on {database.engine()}."
        raise BackupError(words)
    return head


def unpack_store(archive: zipfile.ZipFile, name: str) -> set[str]:
    """Put the files of the archive into a storage; gives their paths."""
    paths = {one.removeprefix(f"{name}/") for one in archive.namelist() if is_file(one, name)}
    for path in paths:
        with archive.open(f"{name}/{path}") as source:
            put(storages[name], path, source)
    return paths


def is_file(entry: str, name: str) -> bool:
    """Whether an entry of the archive is a file of this storage."""
    return entry.startswith(f"{name}/") and not entry.endswith("/")


def put(store: Storage, path: str, source: Any) -> None:
    """Write one file under exactly this path. One of the same name makes place."""
    if store.exists(path):
        store.delete(path)
    if store.save(path, File(source)) != path:
        raise BackupError(f"The file {path} cannot be written under its name.")


def tidy_store(name: str, kept: set[str]) -> None:
    """Take away the files that the backup does not have."""
    for path in set(paths_in(storages[name])) - kept:
        storages[name].delete(path)
