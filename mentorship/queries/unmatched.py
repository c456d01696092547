"""Why nobody fits an ask, and which mentor a hub should look for next."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, Exists, F, OuterRef, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.models import Hub
from mentorship import matching
from mentorship.matching import FILTERS, Giver
from mentorship.models import Mentor, MentorAsk, Pairing
from mentorship.supply import Supply

from . import sentences
from .fitting import CHECKED, COLUMNS, asker_of, fitting, giver
from .wanted import away_within, conditions, held, is_so, wanted_by

TOP, ASKS = 5, 200


@dataclass(frozen=True)
class Funnel:
    """How many mentors are left after each hard filter, which one left nobody, and that as a
    sentence. The sentence is for the learner; the steps are for staff."""

    steps: list[tuple[str, int]]
    emptied_by: str
    sentence: str


@dataclass(frozen=True)
class Recruit:
    """A mentor whom a hub should look for, and how many people wait for one."""

    sentence: str
    count: int


def funnel(ask: MentorAsk, now: datetime) -> Funnel:
    """Filter after filter, how many mentors are left for an ask."""
    steps = list(counted(ask, now).items())
    if steps[-1][1] and not is_met(ask, now):
        # Some share an hour of the week, but not enough minutes of it.
        first = FILTERS.index("time")
        steps = [(code, 0 if at >= first else left) for at, (code, left) in enumerate(steps)]
    emptied = next((code for code, left in steps if not left), "")
    return Funnel(steps, emptied, empty_words(ask, emptied, dict(steps)))


def counted(ask: MentorAsk, now: datetime) -> dict[str, int]:
    """How many mentors pass the first filter, the first two, and so on, by one statement."""
    asked = conditions(wanted_by(ask, now))
    stops = [
        When(~asked[code], then=Value(place)) for place, code in enumerate(FILTERS) if asked[code]
    ]
    rows = Mentor.objects.order_by().annotate(stop=Case(*stops, default=Value(len(FILTERS))))
    stopped = Counter(dict(rows.values_list("stop").annotate(number=Count("pk"))))
    return {
        code: sum(number for stop, number in stopped.items() if stop > place)
        for place, code in enumerate(FILTERS)
    }


def is_met(ask: MentorAsk, now: datetime) -> bool:
    """Whether somebody fits to the minute."""
    asker, givers = fitting(ask, now)
    return any(not matching.failed(asker, one, now.date()) for one in givers)


def empty_words(ask: MentorAsk, emptied: str, left: dict[str, int]) -> str:
    """Why nobody fits, in one sentence; empty when somebody does."""
    if emptied in ("", "cleared"):
        return _("No mentor is ready at the moment.") if emptied else ""
    before = left[FILTERS[FILTERS.index(emptied) - 1]]
    values = {"count": before, **asked_words(ask)}
    is_cut = left["way"] < left["language"]
    words = EMPTY_OF_THOSE if is_cut and emptied in EMPTY_OF_THOSE else EMPTY
    return words[emptied](before) % values


def asked_words(ask: MentorAsk) -> dict[str, str]:
    """What an ask asks for, in words that stand in a sentence."""
    return {
        "languages": sentences.languages_words(ask.languages),
        "ways": sentences.ways_words(ask.ways),
        "when": sentences.times_words(ask.slots),
        "wishes": sentences.wishes_words(ask.wishes),
    }


EMPTY = {
    "language": lambda count: ngettext(
        "%(count)s mentor is ready, but does not speak %(languages)s.",
        "%(count)s mentors are ready, none speaks %(languages)s.",
        count,
    ),
    "way": lambda count: ngettext(
        "%(count)s mentor speaks %(languages)s, but cannot meet %(ways)s.",
        "%(count)s mentors speak %(languages)s, none can meet %(ways)s.",
        count,
    ),
    "time": lambda count: ngettext(
        "%(count)s mentor speaks %(languages)s, but is not free %(when)s.",
        "%(count)s mentors speak %(languages)s, none is free %(when)s.",
        count,
    ),
    "seat": lambda count: ngettext(
        "%(count)s mentor speaks %(languages)s and is free %(when)s, but has no place left now.",
        "%(count)s mentors speak %(languages)s and are free %(when)s. None has a place left now.",
        count,
    ),
    "wish": lambda count: ngettext(
        "%(count)s mentor has a place left and fits otherwise, but is not %(wishes)s.",
        "%(count)s mentors have a place left and fit otherwise, none is %(wishes)s.",
        count,
    ),
    # Neither how many nor why: a no and a block stay private.
    "apart": lambda count: _("Nobody else fits what was asked for at the moment."),
}
# Where the way to meet has left fewer than speak the language, it is a part of the reason.
EMPTY_OF_THOSE = {
    "time": lambda count: ngettext(
        "%(count)s mentor speaks %(languages)s and can meet %(ways)s, but is not free %(when)s.",
        "%(count)s mentors speak %(languages)s and can meet %(ways)s, none is free %(when)s.",
        count,
    ),
    "seat": lambda count: ngettext(
        "%(count)s mentor speaks %(languages)s, can meet %(ways)s and is free %(when)s, but has "
        "no place left now.",
        "%(count)s mentors speak %(languages)s, can meet %(ways)s and are free %(when)s. None has "
        "a place left now.",
        count,
    ),
}
NEEDED = {
    "cleared": lambda count: ngettext(
        "%(count)s person waits for the first mentor who is checked and ready.",
        "%(count)s people wait for the first mentor who is checked and ready.",
        count,
    ),
    "language": lambda count: ngettext(
        "%(count)s person waits for a mentor who speaks %(languages)s.",
        "%(count)s people wait for a mentor who speaks %(languages)s.",
        count,
    ),
    "way": lambda count: ngettext(
        "%(count)s person waits for a mentor who speaks %(languages)s and can meet %(ways)s.",
        "%(count)s people wait for a mentor who speaks %(languages)s and can meet %(ways)s.",
        count,
    ),
    "time": lambda count: ngettext(
        "%(count)s person waits for a mentor who speaks %(languages)s and is free %(when)s.",
        "%(count)s people wait for a mentor who speaks %(languages)s and is free %(when)s.",
        count,
    ),
    "seat": lambda count: ngettext(
        "%(count)s person waits for one more mentor who speaks %(languages)s and is free %(when)s.",
        "%(count)s people wait for one more mentor who speaks %(languages)s and is free %(when)s.",
        count,
    ),
    "wish": lambda count: ngettext(
        "%(count)s person waits for a mentor who speaks %(languages)s and is %(wishes)s.",
        "%(count)s people wait for a mentor who speaks %(languages)s and is %(wishes)s.",
        count,
    ),
}
# What stands in the sentence about a filter: people who need the same are counted together.
USED = {
    "cleared": (),
    "language": ("languages",),
    "way": ("languages", "ways"),
    "time": ("languages", "when"),
    "seat": ("languages", "when"),
    "wish": ("languages", "wishes"),
}
Need = tuple[str, tuple[tuple[str, str], ...]]


def recruit_next(hub: Hub, now: datetime) -> list[Recruit]:
    """Which mentors a hub should look for: what the people who wait ask for and nobody gives,
    what most of them need first. Two statements."""
    supply = Supply(supplied(now), now.date())
    needs = Counter(need for ask in unmet(hub, now) if (need := need_of(ask, supply, now)))
    found = [recruit(need, count) for need, count in needs.items()]
    return sorted(found, key=lambda one: (-one.count, one.sentence))[:TOP]


def need_of(ask: MentorAsk, supply: Supply, now: datetime) -> Need | None:
    """What an ask lacks, with the words that tell it; None where somebody fits."""
    code = supply.emptied_by(asker_of(ask, now, 0))
    words = asked_words(ask)
    return (code, tuple((name, words[name]) for name in USED[code])) if code else None


def recruit(need: Need, count: int) -> Recruit:
    """A need of some people in words."""
    code, words = need
    return Recruit(NEEDED[code](count) % {"count": count, **dict(words)}, count)


def supplied(now: datetime) -> list[Giver]:
    """All ready mentors as plain values."""
    rows = Mentor.objects.ready().annotate(
        seats=F("capacity") - held(now), is_away=is_so(away_within(now.date(), now.date()))
    )
    found = rows.order_by().values(*COLUMNS, *CHECKED, "seats", "is_away")
    return [giver({**row, "mark": 0}, "", "", 0, now) for row in found]


def unmet(hub: Hub, now: datetime) -> QuerySet[MentorAsk]:
    """The asks of a hub that wait and for which no proposal is out, the oldest first."""
    out = Pairing.objects.proposed(now).filter(ask=OuterRef("pk"))
    rows = MentorAsk.objects.waiting().filter(~Exists(out), hub=hub)
    return rows.select_related("programme", "topic")[:ASKS]
