"""The head of a file: what stands between the lines of three dashes."""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

from .error import CourseFileError
from .lines import Line, as_lines

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
Reader = Callable[[Any], Any]


class UnfitError(ValueError):
    """A value that its field cannot take; says why."""


def words(longest: int) -> Reader:
    """Plain words of limited length."""

    def read(value: Any) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise UnfitError("must be plain words. Put them in quotes.")
        text = " ".join(str(value).split())
        if not text:
            raise UnfitError("is empty.")
        if len(text) > longest:
            raise UnfitError(f"has {len(text)} letters. At most {longest} fit.")
        return text

    return read


def address(value: Any) -> str:
    """An address word."""
    text = str(value)
    if not SLUG.match(text):
        raise UnfitError("may hold only small letters a to z, digits and single hyphens.")
    return text


def choice(*options: str) -> Reader:
    """One of a few words."""

    def read(value: Any) -> str:
        if value not in options:
            raise UnfitError(f"must be one of: {', '.join(options)}.")
        return str(value)

    return read


def flag(value: Any) -> bool:
    """Yes or no."""
    if not isinstance(value, bool):
        raise UnfitError("must be yes or no.")
    return value


def whole(least: int, most: int) -> Reader:
    """A whole number within limits."""

    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise UnfitError(f"must be a whole number from {least} to {most}.")
        return value

    return read


def learning_hours(value: Any) -> Decimal:
    """Learning hours, to one decimal."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal(0)
    if not Decimal("0.1") <= number <= 999 or number != round(number, 1):
        raise UnfitError("must be a number of hours such as 1.5.")
    return number


def many(read: Reader) -> Reader:
    """A list, or a single value in its place."""

    def read_many(value: Any) -> tuple[Any, ...]:
        if value is None:
            return ()
        return tuple(read(item) for item in (value if isinstance(value, list) else [value]))

    return read_many


def entry(read: Reader, default: Any = MISSING) -> Any:
    """A field of a head: how it is read, and what it is when it is left out."""
    return field(default=default, kw_only=True, metadata={"read": read})


@dataclass(frozen=True)
class CourseFile:
    """What `course.md` says. `body` is HTML for the course page."""

    title: str = entry(words(255))
    slug: str = entry(address)
    hub: str = entry(address)
    topic: str = entry(address)
    level: str = entry(address)
    language: str = entry(address, "en")
    hours: Decimal = field(kw_only=True, metadata={"read": learning_hours})
    mode: str = entry(choice("online", "at-hub", "both"), "online")
    needs: str = entry(words(250), "")
    skills: tuple[str, ...] = entry(many(words(200)))
    for_whom: str = entry(words(250), "")
    summary: str = entry(words(250))
    order: str = entry(choice("ordered", "free"), "ordered")
    after: tuple[str, ...] = entry(many(address), ())
    members_only: bool = entry(flag, False)
    body: str = ""


@dataclass(frozen=True)
class LessonFile:
    """What a lesson's file says. `blocks` is raw StreamField data; `names` maps the ids that the
    author wrote to the ids of blocks."""

    title: str = entry(words(255))
    slug: str = entry(address)
    minutes: int = entry(whole(1, 240))
    required: bool = entry(flag, True)
    done_when: str = entry(choice("read", "questions", "task", "person"), "read")
    pass_mark: int = entry(whole(1, 100), 60)
    summary: str = entry(words(250), "")
    blocks: list[dict[str, Any]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


def split_head(path: str, text: str) -> tuple[dict[str, Any], list[Line], list[Line]]:
    """The values of the head, its lines, and the lines of the body."""
    lines = as_lines(text.replace("\r\n", "\n").removeprefix("\ufeff"))
    if lines[0].text.strip() != "---":
        raise CourseFileError(path, 1, "The file must begin with a line of three dashes.")
    end = next((at for at, line in enumerate(lines[1:], 1) if line.text.strip() == "---"), 0)
    if not end:
        raise CourseFileError(path, 1, "The head has no end. Close it with a line of three dashes.")
    head = lines[1:end]
    return load(path, head), head, lines[end + 1 :]


def load(path: str, head: list[Line]) -> dict[str, Any]:
    """The head as a dict."""
    try:
        values = yaml.safe_load("\n".join(line.text for line in head))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 2
        raise CourseFileError(
            path, line, "This line cannot be read. Put words with a colon or a # in quotes."
        ) from None
    if not isinstance(values, dict):
        raise CourseFileError(path, 2, "The head must be lines such as “title: My course”.")
    return values


def read_values(
    path: str,
    kind: type[CourseFile] | type[LessonFile],
    values: Mapping[str, Any],
    head: list[Line],
    source: Any,
) -> dict[str, Any]:
    """The fields of a head, read. A translation takes what it leaves out from its source."""
    readers = {one.name: one for one in fields(kind) if "read" in one.metadata}
    for name in values:
        if name not in readers:
            raise CourseFileError(
                path,
                line_of(head, str(name)),
                f"“{name}” is not known here. Known: {', '.join(readers)}.",
            )
    found: dict[str, Any] = {}
    for name, one in readers.items():
        if name in values:
            found[name] = read_value(path, name, one.metadata["read"], values[name], head)
        elif source is not None:
            found[name] = getattr(source, name)
        elif one.default is MISSING:
            raise CourseFileError(path, 1, f"“{name}” is missing in the head.")
    return found


def read_value(path: str, name: str, read: Reader, value: Any, head: list[Line]) -> Any:
    """One value, or a friendly error at its line."""
    try:
        return read(value)
    except UnfitError as error:
        raise CourseFileError(path, line_of(head, name), f"“{name}” {error}") from None


def line_of(head: list[Line], name: str) -> int:
    """The line on which a name of the head stands."""
    return next((line.number for line in head if line.text.startswith(f"{name}:")), 1)
