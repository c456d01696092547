"""A database of the first version that was handed out comes up to now, with all that is in it."""

import lzma
import sqlite3
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from tests.demo_site import PASSWORD, free_port, manage, serving, wait_until_ready
from tests.server.test_demo import browser, send

pytestmark = pytest.mark.server
FIRST = Path(__file__).with_name("first_version.sqlite3.xz")
KEPT = {
    "members_member": "id, username, name, password, date_joined",
    "members_membership": "member_id, hub_id, joined_at",
    "members_hubrole": "member_id, hub_id, role",
    "courses_enrolment": "id, member_id, course_id, hub_id, release_id, steps, finished_at",
    "courses_lessonprogress": "enrolment_id, lesson_id, completed_at, best_percent",
    "courses_learningevent": "key, member_id, lesson_id, kind, data, happened_at",
    "courses_attempt": "enrolment_id, block_id, number, answer, score",
    "courses_certificate": "code, name, course_title, hours, finished_at",
    "courses_handin": "enrolment_id, words, state, note",
    "courses_ask": "member_id, words, answer",
    "wagtailcore_page": "id, path, title, live, translation_key",
}


def rows(var: Path) -> dict[str, list[tuple[object, ...]]]:
    """What must be the same before and after."""
    with closing(sqlite3.connect(var / "weft.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        return {
            table: database.execute(f"SELECT {columns} FROM {table} ORDER BY 1, 2").fetchall()
            for table, columns in KEPT.items()
        }


def test_the_first_version_comes_up_to_now(tmp_path: Path) -> None:
    """Rows stay as they are, pages open, people sign in, a certificate is still valid."""
    (tmp_path / "weft.sqlite3").write_bytes(lzma.decompress(FIRST.read_bytes()))
    before = rows(tmp_path)
    assert all(before.values())
    manage(tmp_path, "migrate", "--verbosity=0")
    assert rows(tmp_path) == before
    manage(tmp_path, "update_index", "--verbosity=0")
    manage(tmp_path, "tick", "--quiet")
    manage(tmp_path, "rebuild_progress")
    after = rows(tmp_path)
    assert {**after, "courses_enrolment": []} == {**before, "courses_enrolment": []}
    assert [row[5:] for row in after["courses_enrolment"]] == [
        row[5:] for row in before["courses_enrolment"]
    ]
    port = free_port()
    with serving(tmp_path, port) as server:
        url = f"http://127.0.0.1:{port}"
        wait_until_ready(url, server)
        for path in ("/", "/courses/", "/hubs/harbour/first-steps/turn-it-on/", "/search/?q=phone"):
            assert urllib.request.urlopen(f"{url}{path}", timeout=20).status == 200
        code = before["courses_certificate"][0][0]
        page = urllib.request.urlopen(f"{url}/certificates/{code}/", timeout=20).read().decode()
        assert "This certificate is valid." in page or "withdrawn" in page
        fields = {"login": "learner", "password": PASSWORD}
        home = send(browser(), url, "/accounts/login/", "/accounts/login/", **fields)
        assert "Hello Lena Ortiz." in home
