"""Backup and restore by one command each: rows and files equal, nothing touched by a bad file."""

import json
import zipfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection

from content import version
from courses.actions import complete_lesson, enrol
from courses.models import Certificate, Enrolment, LearningEvent
from courses.queries import certificates as queries
from hub.backup import archive as archives
from members.models import Member
from tests.factories import make_course, make_hub, make_member, packs_of

pytestmark = pytest.mark.usefixtures("own_database", "own_files")


@pytest.fixture
def own_files(settings: LazySettings, tmp_path: Path) -> Iterator[None]:
    """Storages of the test's own."""
    backend = "django.core.files.storage.FileSystemStorage"
    settings.VAR = tmp_path / "var"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "media"}},
        "private": {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "private"}},
    }
    yield


@pytest.fixture
def site() -> SimpleNamespace:
    """A hub with a learner who has finished a course, and files in both storages."""
    hub = make_hub("harbour")
    course = make_course(hub, lessons=("read",))
    learner = make_member("lena", name="Lena Ortiz")
    enrol(member=learner, course=course)
    complete_lesson(member=learner, lesson=packs_of(course)[0])
    storages["default"].save("pictures/boat.webp", ContentFile(b"boat"))
    storages["private"].save("photos/7/cup.jpg", ContentFile(b"cup"))
    return SimpleNamespace(learner=learner, course=course)


def run(command: str, *arguments: object) -> str:
    """What a command prints."""
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out)
    return out.getvalue()


def rows() -> dict[str, list]:
    """What the database holds, by table."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names()):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def files() -> dict[str, bytes]:
    """What both storages hold."""
    return {
        f"{name}/{path}": storages[name].open(path).read()
        for name in archives.STORES
        for path in archives.paths_in(storages[name])
    }


def test_restored_equals_backed_up(site: SimpleNamespace, tmp_path: Path) -> None:
    saved, before, there = tmp_path / "saved.zip", rows(), files()
    told = run("backup", saved)
    assert told.startswith(f"{saved}: {connection.vendor}, {len(there)} files, ")
    assert saved.stat().st_mode & 0o077 == 0
    token = version.current()
    make_member("later")
    Enrolment.objects.all().delete()
    Member.objects.filter(pk=site.learner.pk).update(name="Somebody")
    storages["private"].delete("photos/7/cup.jpg")
    storages["default"].delete("pictures/boat.webp")
    storages["default"].save("pictures/boat.webp", ContentFile(b"ship"))
    storages["default"].save("pictures/new.webp", ContentFile(b"new"))
    told = run("restore", saved)
    assert (rows(), files()) == (before, there)
    assert "The site is as of 20" in told
    with version.one_request():
        assert version.current() != token
    certificate = Certificate.objects.get()
    assert certificate.name == "Lena Ortiz"
    assert queries.certificate_by_code(certificate.code) == certificate
    assert LearningEvent.objects.filter(member=site.learner, kind="finished").count() == 1


def test_what_was_there_is_kept_aside(site: SimpleNamespace, tmp_path: Path) -> None:
    saved = tmp_path / "saved.zip"
    run("backup", saved)
    make_member("later")
    now = rows()
    told = run("restore", saved)
    assert not Member.objects.filter(username="later").exists()
    [aside] = (tmp_path / "var").glob("before-restore-*.zip")
    assert str(aside) in told
    run("restore", aside, "--no-copy")
    assert rows() == now
    assert list((tmp_path / "var").glob("*.zip")) == [aside]


def test_a_second_backup_takes_the_place_of_the_first(
    site: SimpleNamespace, tmp_path: Path
) -> None:
    saved = tmp_path / "saved.zip"
    run("backup", saved)
    make_member("later")
    run("backup", saved)
    Member.objects.filter(username="later").delete()
    run("restore", saved)
    assert Member.objects.filter(username="later").exists()
    assert [path.name for path in tmp_path.glob(".backup-*")] == []


def rewritten(path: Path, **entries: bytes) -> Path:
    """The same archive with other entries in it."""
    with zipfile.ZipFile(path) as source:
        found = {name: source.read(name) for name in source.namelist()}
    changed = path.with_name("changed.zip")
    with zipfile.ZipFile(changed, "w") as target:
        for name, body in {**found, **entries}.items():
            target.writestr(name, body)
    return changed


def head(**changes: object) -> bytes:
    """The head of an archive, changed."""
    told = {"format": 1, "engine": connection.vendor, "made_at": "2026-11-24", "files": 0}
    return json.dumps({**told, **changes}).encode()


def test_a_bad_file_touches_nothing(site: SimpleNamespace, tmp_path: Path) -> None:
    saved = tmp_path / "saved.zip"
    run("backup", saved)
    whole = saved.read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "words.zip").write_text("Not an archive.")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("letter.txt", "Dear all")
    make_member("later")
    before, there = rows(), files()
    other_kind = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    bad = {
        tmp_path / "nowhere.zip": "cannot be read",
        tmp_path / "cut.zip": "cannot be read",
        tmp_path / "words.zip": "cannot be read",
        tmp_path / "other.zip": "This file is not a backup of Weft.",
    }
    for path, words in bad.items():
        with pytest.raises(CommandError, match=words):
            run("restore", path, "--no-copy")
    changed = {
        "newer Weft": {"weft.json": head(format=2)},
        f"This backup is of {other_kind}": {"weft.json": head(engine=other_kind)},
        "The database in it is broken": {"weft.json": head(), "database": b"rubbish" * 999},
    }
    for words, entries in changed.items():
        with pytest.raises(CommandError, match=words):
            run("restore", rewritten(saved, **entries), "--no-copy")
    assert (rows(), files()) == (before, there)


def test_no_entry_leads_out_of_the_folders(site: SimpleNamespace, tmp_path: Path) -> None:
    saved = tmp_path / "saved.zip"
    run("backup", saved)
    evil = rewritten(saved, **{"default/../../evil.txt": b"evil"})
    with pytest.raises(CommandError, match="This file is not a backup of Weft"):
        run("restore", evil, "--no-copy")
    assert not list(tmp_path.rglob("evil.txt"))
    assert not (tmp_path.parent / "evil.txt").exists()
