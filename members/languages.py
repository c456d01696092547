"""The languages that a person may choose: those in which the site's words are there. Pure."""

from collections.abc import Iterable, Mapping

Language = tuple[str, str]


def offered(
    languages: Iterable[tuple[str, object]], spoken: Mapping[str, object], stored: str = ""
) -> list[Language]:
    """Of all languages those that the site speaks, and the one that a person has chosen."""
    return [(code, str(name)) for code, name in languages if code in (*spoken, stored)]
