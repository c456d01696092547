"""Words that a visitor cannot send yet: the session keeps them until an account is made."""

from typing import Any

from content.sharing import has_session
from members.views.answers import FramedRequest

MOST_DRAFTS = 3
MOST_SIGNS = 20_000


def keep_draft(request: FramedRequest, lesson: str, field: str, words: str) -> None:
    """Keep the words of one field of a lesson; the oldest go when there are too many."""
    kept = {**request.session.get("drafts", {})}
    kept.pop(name_of(lesson, field), None)
    if words.strip():
        kept[name_of(lesson, field)] = words[:MOST_SIGNS]
    request.session["drafts"] = dict(list(kept.items())[-MOST_DRAFTS:])


def drafts_of(request: FramedRequest, lesson: str) -> dict[str, Any]:
    """The words kept for a lesson, by field."""
    kept = request.session.get("drafts", {}) if has_session(request) else {}
    start = name_of(lesson, "")
    return {name.removeprefix(start): kept[name] for name in kept if name.startswith(start)}


def drop_draft(request: FramedRequest, lesson: str, field: str) -> None:
    """The words were sent: forget them."""
    if field in drafts_of(request, lesson):
        keep_draft(request, lesson, field, "")


def name_of(lesson: str, field: str) -> str:
    """The name under which the words of a field are kept."""
    return f"{lesson}:{field}"
