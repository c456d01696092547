"""The environment: what is missing or wrong is refused at the start, by the variable's name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import ROOT

GOOD = {
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "hub.example, www.hub.example",
    "SITE_URL": "https://hub.example/",
}
READ = """
import json
from django.conf import settings
names = {names!r}
print(json.dumps([getattr(settings, name) for name in names], default=str))
"""


def start(var: Path, kind: str, values: dict[str, str], code: str) -> tuple[int, str, str]:
    """Load settings in a process of its own; gives how it ended, what it printed and complained."""
    environment = {
        "PATH": os.environ["PATH"],
        "WEFT_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": f"hub.settings.{kind}",
        **values,
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def complaint(var: Path, values: dict[str, str], kind: str = "production") -> str:
    """The last line of what a start with wrong values says."""
    code, _out, said = start(var, kind, values, "from django.conf import settings; settings.DEBUG")
    assert code == 1, values
    last = said.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in last
    return last.partition("ImproperlyConfigured: ")[2]


@pytest.mark.parametrize("name", list(GOOD))
def test_production_names_what_is_missing(tmp_path: Path, name: str) -> None:
    values = {key: value for key, value in GOOD.items() if key != name}
    assert complaint(tmp_path, values) == f"Set the environment variable {name}."
    assert complaint(tmp_path, {**values, name: "  "}) == f"Set the environment variable {name}."


def test_production_starts_with_what_it_needs(tmp_path: Path) -> None:
    names = ["ALLOWED_HOSTS", "SITE_URL", "DEBUG", "WEFT_DEMO", "CELERY_TASK_ALWAYS_EAGER"]
    code, out, said = start(tmp_path, "production", GOOD, READ.format(names=names))
    assert (code, said) == (0, "")
    assert out.strip() == (
        '[["hub.example", "www.hub.example"], "https://hub.example", false, false, true]'
    )


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("https://hub.example", '["__Host-session", "__Host-csrf", true, true]'),
        ("http://hub.example", '["sessionid", "csrftoken", false, false]'),
    ],
)
def test_cookies_belong_to_this_host_only(tmp_path: Path, address: str, names: str) -> None:
    values = {**GOOD, "SITE_URL": address, "WEFT_ALLOW_HTTP": "yes"}
    wanted = ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME"]
    secure = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"]
    script = READ.format(names=wanted + secure)
    assert start(tmp_path, "production", values, script) == (0, f"{names}\n", "")


def test_a_host_of_everything_comes_from_the_environment(tmp_path: Path) -> None:
    values = {
        "DATABASE_URL": "postgres://weft:p%40ss@db.example:6432/hub?sslmode=require",
        "REDIS_URL": "rediss://:word@cache.example:6380/1",
        "EMAIL_HOST": "mail.example",
        "EMAIL_PORT": "587",
        "EMAIL_USE_TLS": "on",
        "DEFAULT_FROM_EMAIL": "Our hub <hello@hub.example>",
    }
    script = """
from django.conf import settings
one = settings.DATABASES["default"]
assert (one["NAME"], one["USER"], one["PASSWORD"]) == ("hub", "weft", "p@ss")
assert (one["HOST"], one["PORT"]) == ("db.example", 6432)
wait = "-c lock_timeout=20000"
assert one["OPTIONS"] == {"connect_timeout": 5, "options": wait, "sslmode": "require"}
assert settings.CELERY_BROKER_URL == settings.CACHES["version"]["LOCATION"]
assert not settings.CELERY_TASK_ALWAYS_EAGER
assert (settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS) == (
    "mail.example", 587, True
)
assert "django.contrib.postgres" in settings.INSTALLED_APPS
"""
    assert start(tmp_path, "production", {**GOOD, **values}, script) == (0, "", "")


def test_what_was_wrong_is_not_shown_where_it_may_be_secret(tmp_path: Path) -> None:
    for name, value in (
        ("DATABASE_URL", "postgres://weft:hidden@db.example:notaport/hub"),
        ("REDIS_URL", "http://:hidden@cache.example"),
        ("SECRET_KEY", "hidden"),
    ):
        said = complaint(tmp_path, {**GOOD, name: value})
        assert name in said
        assert "hidden" not in said


@pytest.mark.parametrize("kind", ["demo", "test"])
def test_demo_and_test_need_nothing(tmp_path: Path, kind: str) -> None:
    script = "from django.conf import settings; assert settings.WEFT_DEMO and not settings.DEBUG"
    assert start(tmp_path, kind, {}, script) == (0, "", "")


def test_the_demo_names_what_is_wrong_too(tmp_path: Path) -> None:
    assert "LOG_LEVEL" in complaint(tmp_path, {"LOG_LEVEL": "loud"}, "demo")
