"""What a pairing is about, in words for each side."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentorship.models import Pairing

from .language_names import language_words
from .matching import names_of
from .sentences import reason_words, slots_words, together, ways_words


def reasons_for(pairing: Pairing, is_mentor: bool) -> list[str]:
    """Why the two were brought together, as this side reads it; what the hub says comes first."""
    names = names_of(pairing.ask)
    say = reason_for_mentor if is_mentor else reason_words
    found = [say(reason, names) for reason in pairing.explanation.get("reasons", [])]
    if not pairing.staff_reason:
        return found
    by_hub = {"hub": pairing.hub.name, "reason": pairing.staff_reason}
    return [_("%(hub)s says: %(reason)s") % by_hub, *found]


def reason_for_mentor(reason: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """One reason as the mentor reads it."""
    code = reason["code"]
    name = {"name": names.get(reason.get(code, ""), "")}
    if code == "ahead":
        count = reason["steps"]
        return ngettext(
            "You are %(count)s course ahead in this topic.",
            "You are %(count)s courses ahead in this topic.",
            count,
        ) % {"count": count}
    if code == "hours":
        return both_free(reason["minutes"])
    if code == "language":
        spoken = together(language_words(one) for one in reason["languages"])
        return _("You both speak %(languages)s.") % {"languages": spoken}
    said = {
        "topic": _("You help with %(name)s."),
        "course": _("You took the course %(name)s."),
        "hub": _("You come from the same hub."),
        "waiting": _("You have time now."),
    }
    return said[code] % name


def both_free(minutes: int) -> str:
    """How much free time a week the two share."""
    hours = round(minutes / 60) or 1
    words = ngettext(
        "You are both free for about %(count)s hour a week.",
        "You are both free for about %(count)s hours a week.",
        hours,
    )
    return words % {"count": hours}


def what_is_asked(pairing: Pairing) -> list[tuple[str, str]]:
    """What the learner wants help with, as a list of facts."""
    ask = pairing.ask
    facts = [
        (_("Topic"), ask.topic.label if ask.topic else ""),
        (_("Course"), ask.course.title if ask.course else ""),
        (_("Lesson"), ask.lesson.title if ask.lesson else ""),
    ]
    return [(name, words) for name, words in facts if words]


def times_of(pairing: Pairing) -> list[tuple[str, str]]:
    """When and how the learner can meet, as a list of facts."""
    ask = pairing.ask
    facts = [
        (_("Times"), ", ".join(slots_words(ask.slots))),
        (_("Clock"), ask.time_zone.replace("_", " ") if is_other_clock(pairing) else ""),
        (_("How"), ways_words(ask.ways) if ask.ways else ""),
    ]
    return [(name, words) for name, words in facts if words]


def is_other_clock(pairing: Pairing) -> bool:
    """Whether the two live by different clocks."""
    return pairing.mentor is not None and pairing.mentor.time_zone != pairing.ask.time_zone
