"""Reads settings from the environment and names the variable in every complaint."""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
HOST = re.compile(r"\*|\.?[\w.-]+|\[[0-9a-f:]+\]", re.IGNORECASE)
KEY_LENGTH = 50


def text(name: str, default: str | None = None) -> str:
    """The value of a variable, or the default. Refuses when it is missing and has no default."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    return default


def flag(name: str, default: bool) -> bool:
    """A yes or no: 1, true, yes, on; 0, false, no, off."""
    value = text(name, "yes" if default else "no").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")


def number(name: str, default: int, *, most: int = 65535) -> int:
    """A whole number from 0 on."""
    value = text(name, str(default))
    if not value.isdecimal() or int(value) > most:
        raise ImproperlyConfigured(f"{name} must be a whole number up to {most}, not {value!r}.")
    return int(value)


def words(name: str, default: str | None = None) -> list[str]:
    """A list, parted by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def key(name: str) -> str:
    """A secret key: long, and never shown."""
    value = text(name)
    if len(value) < KEY_LENGTH:
        raise ImproperlyConfigured(f"{name} must have {KEY_LENGTH} signs or more.")
    return value


def hosts(name: str, default: str | None = None) -> list[str]:
    """Host names: no scheme, no path, no port."""
    found = words(name, default)
    wrong = [host for host in found if not HOST.fullmatch(host)]
    if wrong or not found:
        raise ImproperlyConfigured(f"{name} must be host names, parted by commas, not {wrong}.")
    return found


def site(name: str, default: str | None = None) -> str:
    """The address of the site, without a slash at the end."""
    value = text(name, default).rstrip("/")
    if not is_address(value, ("http", "https")) or urlsplit(value).path:
        raise ImproperlyConfigured(f"{name} must be like https://hub.example, not {value!r}.")
    return value


def address(name: str, default: str, schemes: tuple[str, ...]) -> str:
    """The address of a server, or nothing. What is wrong is not shown: it may hold a password."""
    value = text(name, default)
    if value and not is_address(value, schemes):
        raise ImproperlyConfigured(f"{name} must start with one of {', '.join(schemes)} and ://.")
    return value


def is_address(value: str, schemes: tuple[str, ...]) -> bool:
    """Whether a text is an address with one of these schemes, a host and a port that can be."""
    try:
        found = urlsplit(value)
        return found.scheme in schemes and bool(found.hostname or found.path) and found.port != 0
    except ValueError:
        return False


def database(name: str, default: str) -> dict[str, Any]:
    """The settings of a database address: SQLite or PostgreSQL."""
    value = text(name, default)
    if not is_address(value, ("sqlite", "postgres", "postgresql")):
        raise ImproperlyConfigured(f"{name} must be like postgres://user:password@host/name.")
    try:
        found = dict(dj_database_url.parse(value, conn_max_age=60, conn_health_checks=True))
    except ValueError:
        raise ImproperlyConfigured(f"{name} cannot be read. Quote odd signs in it.") from None
    if found["NAME"] in ("", ":memory:"):
        raise ImproperlyConfigured(f"{name} must end with the name of the database.")
    return found


def folder(name: str, default: Path) -> Path:
    """A folder that can be written, made if it is not there."""
    path = Path(text(name, str(default))).absolute()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}: the folder cannot be made: {error}") from None
    if not os.access(path, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(f"{name}: the folder {path} cannot be written.")
    return path


def level(name: str, default: str) -> str:
    """From which level on logs are written."""
    value = text(name, default).upper()
    if value not in LEVELS:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(LEVELS)}, not {value!r}.")
    return value


def sender(name: str, default: str) -> str:
    """Who mails come from: an address, or a name and an address."""
    value = text(name, default)
    if not re.fullmatch(r"[^@<>]+@[^@<>\s]+|[^<>]*<[^@<>\s]+@[^@<>\s]+>", value):
        raise ImproperlyConfigured(f"{name} must be like Weft <weft@hub.example>, not {value!r}.")
    return value
