"""What stands in the addresses of mentorship: real mentors, asks, pairs, meetings and cases."""

from collections.abc import Iterable
from typing import Any

from mentorship.models import (
    Absence,
    CalendarKey,
    Meeting,
    Mentor,
    MentorAsk,
    Pairing,
    Programme,
    SafetyCase,
)

Rows = dict[str, list[tuple[object, ...]]]
PAIR, DESK = "mentorship/pairs/<int:pk>/", "desk/<slug:hub>/mentorship/"
# What the two of a pair do.
DEEDS = (
    *("answer", "withdraw", "messages", "notes", "goals", "progress", "pulse", "pause", "resume"),
    *("extend", "end", "close", "again", "meetings/log", "meetings/plan", "report", "block"),
)
CASE_DEEDS = ("", "note/", "words/", "end/", "hold/", "close/")
LISTS = ("", "people/", "pairs/", "programmes/", "programmes/new/", "figures/", "figures.csv")
STATES = ("active", "proposed", "closed", "declined")


def mentorship_rows(planted: Any) -> Rows:
    """The rows of every address of mentorship with something in it."""
    return {**own_rows(planted), **pair_rows(), **desk_rows(planted)}


def keys(rows: Any) -> list[Any]:
    """The keys of some rows, the first one first."""
    return list(rows.order_by("pk").values_list("pk", flat=True))


def single(values: Iterable[object]) -> list[tuple[object, ...]]:
    """Each value as the only parameter."""
    return [(value,) for value in values]


def own_rows(planted: Any) -> Rows:
    """Cards, days away, courses, and what opens without a sign-in."""
    links = [word.text for word in planted.words if word.kind == "link that logs a meeting"]
    feeds = CalendarKey.objects.filter(member__username__endswith="_asker")
    return {
        "mentorship/ask/cards/<int:mentor>/": single(keys(Mentor.objects)),
        "mentorship/offer/away/<int:pk>/drop/": single(keys(Absence.objects)),
        "mentorship/offer/courses/<uuid:course>/": single(row.key for row in planted.courses),
        "mentorship/met/<str:token>/": single(links),
        "mentorship/calendar/<str:token>.ics": single(feeds.values_list("token", flat=True)),
    }


def pair_rows() -> Rows:
    """The pages of all pairs; what the two do in the first pair of each kind and hub."""
    first: dict[tuple[int, str], int] = {}
    for row in Pairing.objects.order_by("pk"):
        first.setdefault((row.hub_id, row.state), row.pk)
    some = single(pk for (_hub, state), pk in first.items() if state in STATES)
    meetings = list(Meeting.objects.order_by("pk").values_list("pairing", "pk"))
    goals = [(pk, number) for (pk,) in some for number in (1, 2)]
    return {
        PAIR: single(keys(Pairing.objects)),
        **{f"{PAIR}{deed}/": some for deed in DEEDS},
        f"{PAIR}goals/<int:number>/met/": goals,
        **{
            f"{PAIR}meetings/<int:meeting>{deed}": meetings
            for deed in (".ics", "/", "/held/", "/cancel/")
        },
    }


def desk_rows(planted: Any) -> Rows:
    """The desks of both hubs with the things of both."""
    hubs = [planted.cast.hub.slug, planted.cast.other_hub.slug]

    def every(rows: list[Any]) -> list[tuple[object, ...]]:
        return [(hub, pk) for hub in hubs for pk in rows]

    def one_each(model: Any) -> list[tuple[object, ...]]:
        return every([keys(model.objects.filter(hub__slug=hub))[0] for hub in hubs])

    return {
        **{f"{DESK}{name}": single(hubs) for name in (*LISTS, "cases/")},
        f"{DESK}people/<int:mentor>/": every(keys(Mentor.objects)),
        **{f"{DESK}people/<int:mentor>/{deed}/": one_each(Mentor) for deed in ("move", "check")},
        f"{DESK}asks/<int:ask>/": every(keys(MentorAsk.objects)),
        f"{DESK}pairs/<int:pairing>/": every(keys(Pairing.objects)),
        **{f"{DESK}pairs/<int:pairing>/{deed}/": one_each(Pairing) for deed in ("move", "spoke")},
        f"{DESK}programmes/<int:programme>/": every(keys(Programme.objects)),
        **{f"{DESK}cases/<int:pk>/{deed}": every(keys(SafetyCase.objects)) for deed in CASE_DEEDS},
    }
