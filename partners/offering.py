"""What an offer needs, what is wrong with one, when it ends, and in which state it is. Pure.

`values` is {field: value} with all of `FIELDS`; a relation is the key of what it points to, `hubs`
a list of keys, and `dates` a list of {"on": date, "until_on": date | None, "place": str}.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from .flaws import MOST_HOURS as MOST_HOURS
from .flaws import MOST_SEATS as MOST_SEATS
from .flaws import OLDEST as OLDEST
from .flaws import SUPPORT as SUPPORT
from .flaws import Values, is_over, last_day
from .flaws import is_web_address as is_web_address
from .flaws import problems as problems

CLEAN_APPROVALS = 5
PROMISE_DAYS = 5
ANY_TIME_DAYS = 183
BACK_UNREAD_DAYS = 30

NINE = ("title", "learns", "for_whom", "kind", "where", "when", "cost", "apply", "contact")
SCREENS: dict[str, tuple[str, ...]] = {
    "what": ("title", "learns", "for_whom", "kind"),
    "where": (
        "mode",
        "place",
        "is_any_time",
        "from_on",
        "to_on",
        "cost",
        "amount",
        "currency",
        "cost_note",
    ),
    "how": (
        "apply_by",
        "apply_link",
        "apply_mail",
        "contact",
        "helps_money",
        "helps_childcare",
        "helps_travel",
        "is_step_free",
        "works_on_phone",
        "help_words",
        "device",
    ),
    "check": (
        "topic",
        "level",
        "language",
        "hours_week",
        "seats",
        "member_seats",
        "deadline_on",
        "skills",
        "credential",
        "age_from",
        "age_to",
        "reference",
        "after_course",
        "is_for_all_hubs",
        "hubs",
        "image_alt",
        *SUPPORT,
    ),
}
FIELDS = tuple(name for screen in SCREENS.values() for name in screen)
# What a revision of an offer holds. The partner's own reference is no part of the public text.
WRITTEN = (*(name for name in FIELDS if name != "reference"), "image", "dates")
SMALL = frozenset(
    {
        *("from_on", "to_on", "deadline_on", "dates", "seats", "member_seats", "apply_link"),
        *("support_until_on", "support_left"),
    }
)
FLAGS = frozenset(
    {
        *("is_any_time", "helps_money", "helps_childcare", "helps_travel", "is_step_free"),
        "works_on_phone",
    }
)
NOTHING: dict[str, Any] = {
    **{name: "" for name in FIELDS},
    **{name: False for name in FLAGS},
    **{
        name: None
        for name in (
            *("from_on", "to_on", "amount", "topic", "level", "hours_week", "seats"),
            *("member_seats", "deadline_on", "age_from", "age_to", "after_course", "image"),
            "support_until_on",
        )
    },
    "is_for_all_hubs": True,
    "hubs": [],
    "dates": [],
}

DRAFT, WAITING, CHANGES, DECLINED = "draft", "waiting", "changes", "declined"
LIVE, LIVE_WAITING, ENDED = "live", "live_waiting", "ended"


class Dated(Protocol):
    """What the state of an offer depends on, beside its review and the day."""

    live: bool
    ends_on: date | None
    open_until: date | None
    ended_at: datetime | None
    first_published_at: datetime | None


class Reviewed(Protocol):
    """The last review of an offer that is no after-check."""

    state: str


def missing(values: Values) -> tuple[str, ...]:
    """Which of the nine that every offer needs are not there yet, in order."""
    there = {
        "title": filled(values, "title"),
        "learns": filled(values, "learns"),
        "for_whom": filled(values, "for_whom"),
        "kind": filled(values, "kind"),
        "where": has_where(values),
        "when": bool(values["is_any_time"] or values["from_on"]),
        "cost": has_cost(values),
        "apply": has_way(values),
        "contact": filled(values, "contact"),
    }
    return tuple(name for name in NINE if not there[name])


def filled(values: Values, name: str) -> bool:
    """Whether there are words in a field."""
    return bool(str(values[name]).strip())


def has_where(values: Values) -> bool:
    """Whether it is said where it is: a place needs its name."""
    return bool(values["mode"]) and (values["mode"] == "online" or filled(values, "place"))


def has_cost(values: Values) -> bool:
    """Whether it is said what it costs."""
    cost = values["cost"]
    if cost == "amount":
        return values["amount"] is not None and filled(values, "currency")
    return cost == "free" or (cost == "depends" and filled(values, "cost_note"))


def has_way(values: Values) -> bool:
    """Whether it is said how to apply."""
    way = values["apply_by"]
    return way == "form" or (way in ("link", "mail") and filled(values, f"apply_{way}"))


def ends_on(values: Values, checked_on: date) -> date:
    """The day on which an offer ends: its last day, else the last day to apply. One for any time
    without such a day ends half a year after the partner has said that it is still right."""
    if values["from_on"] and not values["is_any_time"]:
        return last_day(values)
    until: date | None = values["deadline_on"]
    return until or checked_on + timedelta(days=ANY_TIME_DAYS)


def open_until(values: Values, checked_on: date) -> date:
    """The last day on which people can apply: the last day to apply, else the last day on which it
    begins. One can come to an open day until it ends."""
    end = ends_on(values, checked_on)
    if values["deadline_on"]:
        return min(values["deadline_on"], end)
    if values["is_any_time"] or not values["from_on"] or values["kind"] == "open_day":
        return end
    return max([values["from_on"], *(one["on"] for one in values["dates"])])


def changed(old: Values, new: Values) -> tuple[str, ...]:
    """The fields of the public text in which two texts differ."""
    return tuple(name for name in WRITTEN if old[name] != new[name])


def in_force(values: Values) -> dict[str, Any]:
    """A text as it counts: what another answer puts out of force is empty, and hubs that are
    chosen are all for which it is. Only this is shown to the hub, and only this is published."""
    out = {
        "place": values["mode"] == "online",
        "from_on": values["is_any_time"],
        "to_on": values["is_any_time"],
        "dates": values["is_any_time"],
        "amount": values["cost"] != "amount",
        "currency": values["cost"] != "amount",
        "apply_link": values["apply_by"] != "link",
        "apply_mail": values["apply_by"] != "mail",
    }
    found = {**values, **{name: NOTHING[name] for name, is_out in out.items() if is_out}}
    return {**found, "is_for_all_hubs": values["is_for_all_hubs"] and not values["hubs"]}


def differing(old: Values, new: Values) -> tuple[str, ...]:
    """The fields in which what counts of two texts differs."""
    return changed(in_force(old), in_force(new))


def is_small(changes: Iterable[str]) -> bool:
    """Whether changes are small ones: dates, seats, link."""
    return set(changes) <= SMALL


def is_small_edit(old: Values, new: Values) -> bool:
    """Whether a text differs from another one in small things only. A place that is new in the
    list of dates is no small thing: it is free text."""
    known = {one["place"] for one in old["dates"]} | {"", old["place"]}
    names_places = {one["place"] for one in in_force(new)["dates"]} <= known
    return names_places and is_small(differing(old, new))


def promised_on(day: date) -> date:
    """By when the hub promises to answer what was sent on a day."""
    return day + timedelta(days=PROMISE_DAYS)


def year_on(day: date | None) -> date | None:
    """The same day a year on; 29 February becomes the 28th."""
    if day is None or day.year >= date.max.year:
        return day
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def again(values: Values, today: date) -> dict[str, Any]:
    """Last year's text for this year: each day as many whole years on as the first one to come
    needs."""
    found = dict(values)
    while is_over(found, today) or found == dict(values):
        moved = a_year_on(found)
        if moved == found:
            return moved
        found = moved
    return found


def a_year_on(values: Values) -> dict[str, Any]:
    """A text with each of its days a year on."""
    names = ("from_on", "to_on", "deadline_on", "support_until_on")
    days = {name: year_on(values[name]) for name in names}
    dates = [
        {**one, "on": year_on(one["on"]), "until_on": year_on(one["until_on"])}
        for one in values["dates"]
    ]
    return {**values, **days, "dates": dates}


def state_of(offer: Dated, review: Reviewed | None, today: date) -> str:
    """The state of an offer as its partner sees it; `review` is the last one that is no
    after-check. What a date ends is over when it is read."""
    said = review.state if review else ""
    if offer.first_published_at is None:
        return said if said in (WAITING, CHANGES, DECLINED) else DRAFT
    if is_ended(offer, today):
        is_taken_down = said == DECLINED and not offer.live
        return said if said in (WAITING, CHANGES) or is_taken_down else ENDED
    if said == CHANGES:
        return CHANGES
    return LIVE_WAITING if said == WAITING else LIVE


def is_ended(offer: Dated, today: date) -> bool:
    """Whether an offer that was published can no longer be taken."""
    return not offer.live or offer.ended_at is not None or is_past(offer, today)


def is_past(offer: Dated, today: date) -> bool:
    """Whether a date has ended an offer. One that was on the site always has such a date."""
    return offer.ends_on is not None and offer.ends_on < today


def is_long_past(offer: Dated, today: date) -> bool:
    """Whether that was so long ago that the hub reads the offer again before it comes back."""
    return is_past(offer, today - timedelta(days=BACK_UNREAD_DAYS))


def is_closed(offer: Dated, today: date) -> bool:
    """Whether people can no longer apply for an offer that was published."""
    is_late = offer.open_until is not None and offer.open_until < today
    return is_ended(offer, today) or is_late


def texts_of(notes: Mapping[str, str], known: Sequence[str] = (*NINE, *WRITTEN)) -> dict[str, str]:
    """A reviewer's words beside fields: those that say something, about fields that there are."""
    found = {name: str(words).strip()[:500] for name, words in notes.items() if name in known}
    return {name: words for name, words in found.items() if words}
