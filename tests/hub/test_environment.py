"""What each reader of a variable takes and refuses."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from hub.settings import environment as env
from hub.settings.base import BROKER_SCHEMES, REDIS_SCHEMES

NAME = "WEFT_TRY"


def redis_url(name: str) -> str:
    return env.address(name, "", REDIS_SCHEMES)


def broker_url(name: str) -> str:
    return env.address(name, "", BROKER_SCHEMES)


def database_name(name: str) -> str:
    return env.database(name, "sqlite:////tmp/x.sqlite3")["NAME"]


def yes_or_no(name: str) -> bool:
    return env.flag(name, True)


def mail_port(name: str) -> int:
    return env.number(name, 25)


def log_level(name: str) -> str:
    return env.level(name, "INFO")


def from_whom(name: str) -> str:
    return env.sender(name, "Weft <weft@localhost>")


TAKEN: list[tuple[Callable[[str], Any], str, Any]] = [
    (database_name, "", "/tmp/x.sqlite3"),
    (database_name, "postgres:///hub", "hub"),
    (database_name, "postgresql://u:p@h:5432/hub", "hub"),
    (database_name, "sqlite:///relative.sqlite3", "relative.sqlite3"),
    (redis_url, "", ""),
    (redis_url, "redis://localhost:6379/0", "redis://localhost:6379/0"),
    (redis_url, "unix:///run/redis.sock", "unix:///run/redis.sock"),
    (broker_url, "amqp://u:p@h:5672//", "amqp://u:p@h:5672//"),
    (env.hosts, "hub.example,[::1],.example.org,*", ["hub.example", "[::1]", ".example.org", "*"]),
    (env.site, "https://hub.example/", "https://hub.example"),
    (env.site, "http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    (yes_or_no, "OFF", False),
    (yes_or_no, "1", True),
    (yes_or_no, "", True),
    (mail_port, "587", 587),
    (mail_port, " ", 25),
    (log_level, "debug", "DEBUG"),
    (from_whom, "hello@hub.example", "hello@hub.example"),
    (env.key, "x" * 50, "x" * 50),
    (env.words, "a, b,,c", ["a", "b", "c"]),
]
REFUSED: list[tuple[Callable[[str], Any], str]] = [
    (database_name, "nonsense"),
    (database_name, "postgres://"),
    (database_name, "postgres://u:p@h/"),
    (database_name, "postgres://u:p@h:port/hub"),
    (database_name, "postgres://u:p@h:99999/hub"),
    (database_name, "mysql://u:p@h/hub"),
    (database_name, "sqlite://"),
    (database_name, "sqlite:///:memory:"),
    (redis_url, "localhost:6379"),
    (redis_url, "http://localhost"),
    (redis_url, "redis://"),
    (broker_url, "unix:///run/redis.sock"),
    (broker_url, "redis:"),
    (env.hosts, ","),
    (env.hosts, "https://hub.example"),
    (env.hosts, "hub.example:8000"),
    (env.hosts, "hub.example other.example"),
    (env.site, "hub.example"),
    (env.site, "https://"),
    (env.site, "ftp://hub.example"),
    (env.site, "https://hub.example/weft"),
    (yes_or_no, "perhaps"),
    (mail_port, "smtp"),
    (mail_port, "-1"),
    (mail_port, "70000"),
    (mail_port, "²"),
    (log_level, "loud"),
    (from_whom, "Weft"),
    (from_whom, "Weft <weft>"),
    (env.key, "x" * 49),
    (env.key, ""),
    (env.text, ""),
]


@pytest.mark.parametrize(("read", "value", "found"), TAKEN)
def test_it_takes(
    read: Callable[[str], Any], value: str, found: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, value)
    assert read(NAME) == found


@pytest.mark.parametrize(("read", "value"), REFUSED)
def test_it_refuses_and_names_the_variable(
    read: Callable[[str], Any], value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        read(NAME)


def test_a_folder_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, str(tmp_path / "a" / "b"))
    assert env.folder(NAME, tmp_path).is_dir()


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_folder_that_cannot_be_is_refused(
    tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(NAME, str(tmp_path / place))
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.folder(NAME, tmp_path)


def test_a_folder_that_cannot_be_written_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(env.os, "access", lambda *args: False)
    with pytest.raises(ImproperlyConfigured, match=r"cannot be written"):
        env.folder(NAME, tmp_path)
