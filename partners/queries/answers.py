"""What a partner has said of an offer, as rows to read: a label, words, the screen to change it.

The same rows serve the partner's own check and, two texts side by side, the hub's review.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from content.blocks.support import SupportKind, SupportLeft
from content.models import Level, Topic
from courses.models import Course
from members.models import Hub
from partners.languages import name_of
from partners.models import Offer
from partners.offering import NOTHING, SUPPORT

Values = Mapping[str, Any]
HELPS = ("helps_money", "helps_childcare", "helps_travel", "is_step_free", "works_on_phone")
NUMBERS = ("hours_week", "seats", "member_seats")
# What one row says together with another field.
BESIDE = {"age_from": ("age_to",), "hubs": ("is_for_all_hubs",), "image_alt": ("image",)}
PLAIN = ("skills", "credential", "reference")


@dataclass(frozen=True)
class Answer:
    """One thing that was said. `fields` are those that it is made of, the first one leads."""

    fields: tuple[str, ...]
    label: str
    text: str
    screen: str
    note: str = ""
    missing: str = ""

    @property
    def lead(self) -> str:
        """Its first field."""
        return self.fields[0]

    @property
    def anchor(self) -> str:
        """The place of its first field on its screen."""
        return f"id_{self.lead}"


def answers(values: Values) -> list[Answer]:
    """All that is said in a text: the nine always, what else there is where it is filled."""
    return [*needed(values), *(answer for answer in further(values) if answer.text)]


def needed(values: Values) -> list[Answer]:
    """What every offer says."""
    return [
        Answer(("title",), _("Title"), values["title"], "what"),
        Answer(("kind",), _("Kind"), choice(Offer.Kind, values["kind"]), "what"),
        Answer(("learns",), _("What people learn"), values["learns"], "what"),
        Answer(("for_whom",), _("Who it is for"), values["for_whom"], "what"),
        Answer(("mode", "place"), _("Where"), where_words(values), "where"),
        Answer(
            ("from_on", "to_on", "is_any_time", "dates"), _("When"), when_words(values), "where"
        ),
        Answer(("cost", "amount", "currency", "cost_note"), _("Cost"), cost_words(values), "where"),
        Answer(("apply_by", "apply_link", "apply_mail"), _("How to apply"), way(values), "how"),
        Answer(("contact",), _("Contact for questions"), values["contact"], "how"),
    ]


def further(values: Values) -> list[Answer]:
    """What an offer may say beside that."""
    return [
        Answer((*HELPS, "help_words"), _("Help and access"), help_words(values), "how"),
        Answer(("device",), _("Device and connection"), values["device"], "how"),
        Answer(SUPPORT, _("Note on help with money"), support_words(values), "check"),
        *(
            Answer((name, *BESIDE.get(name, ())), label_of(name), text, "check")
            for name, text in rest(values)
        ),
    ]


def label_of(name: str) -> str:
    """A field as the site calls it."""
    return str(capfirst(Offer._meta.get_field(name).verbose_name))


def rest(values: Values) -> list[tuple[str, str]]:
    """The fields of the last screen with their words."""
    return [
        ("topic", labels(Topic.objects.all(), [values["topic"]])),
        ("level", labels(Level.objects.all(), [values["level"]])),
        ("language", name_of(values["language"])),
        *((name, number_words(values[name])) for name in NUMBERS),
        ("deadline_on", day_words(values["deadline_on"])),
        *((name, values[name]) for name in PLAIN),
        ("age_from", age_words(values["age_from"], values["age_to"])),
        ("after_course", labels(Course.objects.all(), [values["after_course"]])),
        ("hubs", hub_words(values)),
        ("image_alt", picture_words(values)),
    ]


def hub_words(values: Values) -> str:
    """For which hubs it is; nothing for all of them."""
    if values["is_for_all_hubs"]:
        return ""
    return labels(Hub.objects.all(), values["hubs"]) or _("No hub is chosen yet")


def picture_words(values: Values) -> str:
    """What the picture shows, with its number: another picture is another text."""
    if not values["image"]:
        return ""
    found = {"words": values["image_alt"], "number": values["image"]}
    return _("%(words)s (picture %(number)s)") % found


def labels(rows: QuerySet, keys: list[Any]) -> str:
    """The names of some rows; one statement, and none where there are no keys."""
    wanted = [key for key in keys if key]
    return ", ".join(str(row) for row in rows.filter(pk__in=wanted)) if wanted else ""


def choice(choices: Any, value: str) -> str:
    """A choice in words; nothing for one that is not made or not known."""
    return str(choices(value).label) if value in choices.values else ""


def day_words(day: date | None) -> str:
    """A day as people write it."""
    return date_format(day, "DATE_FORMAT") if day else ""


def number_words(number: int | None) -> str:
    """A number; nothing for none."""
    return "" if number is None else str(number)


def age_words(first: int | None, last: int | None) -> str:
    """For which ages it is."""
    if first is not None and last is not None:
        return _("%(first)s to %(last)s") % {"first": first, "last": last}
    if first is not None:
        return _("from %(first)s on") % {"first": first}
    return "" if last is None else _("up to %(last)s") % {"last": last}


def where_words(values: Values) -> str:
    """Where it is."""
    mode, place = values["mode"], values["place"]
    if mode == Offer.Mode.ONLINE:
        return _("Online")
    if mode == Offer.Mode.BOTH:
        return _("%(place)s, and online") % {"place": place} if place else ""
    return place if mode else ""


def when_words(values: Values) -> str:
    """When it is: any time, or its first date and the other ones."""
    if values["is_any_time"]:
        return _("Any time")
    if not values["from_on"]:
        return ""
    first = span(values["from_on"], values["to_on"], "")
    others = [span(one["on"], one["until_on"], one["place"]) for one in values["dates"]]
    return "; ".join([first, *others])


def span(first: date, last: date | None, place: str) -> str:
    """A date of an offer, with its place where it has one of its own."""
    words = day_words(first)
    if last and last != first:
        words = _("%(first)s to %(last)s") % {"first": words, "last": day_words(last)}
    return f"{words}, {place}" if place else words


def cost_words(values: Values) -> str:
    """What it costs."""
    say: dict[str, Callable[[], str]] = {
        Offer.Cost.FREE: lambda: _("Free"),
        Offer.Cost.AMOUNT: lambda: amount_words(values),
        Offer.Cost.DEPENDS: lambda: depends_words(values),
    }
    words = say[values["cost"]]() if values["cost"] in say else ""
    is_extra = values["cost"] != Offer.Cost.DEPENDS and values["cost_note"]
    return f"{words}. {values['cost_note']}" if words and is_extra else words


def amount_words(values: Values) -> str:
    """An amount with its currency."""
    if values["amount"] is None:
        return ""
    amount = number_format(values["amount"], decimal_pos=2, force_grouping=True)
    return f"{amount} {values['currency']}".strip()


def depends_words(values: Values) -> str:
    """That it depends on income, and how."""
    note = values["cost_note"]
    return _("It depends on income: %(note)s") % {"note": note} if note else ""


def way(values: Values) -> str:
    """How people apply."""
    found = {
        Offer.Apply.FORM: _("With a form on this site"),
        Offer.Apply.LINK: values["apply_link"],
        Offer.Apply.MAIL: values["apply_mail"],
    }
    return str(found.get(values["apply_by"], ""))


def help_words(values: Values) -> str:
    """Which help and access there is."""
    there = [label_of(name) for name in HELPS if values[name]]
    found = ", ".join(there)
    if found and values["help_words"]:
        return f"{found}. {values['help_words']}"
    return found or values["help_words"]


def support_words(values: Values) -> str:
    """The note on help with money, a line for each part."""
    kind = choice(SupportKind, values["support_kind"])
    shown = {
        "support_until_on": day_words(values["support_until_on"]),
        "support_left": choice(SupportLeft, values["support_left"]),
    }
    parts = [(name, shown.get(name, values[name])) for name in SUPPORT[1:]]
    said = [f"{label_of(name)}: {words}" for name, words in parts if words]
    return "\n".join([kind, *said] if kind else said)


@dataclass(frozen=True)
class Compared:
    """One row of two texts side by side: what is live, and what was sent."""

    label: str
    before: str
    after: str
    note: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether the two differ."""
        return self.before != self.after


def compare(live: Values | None, sent: Values) -> list[Compared]:
    """Two texts row by row; without a live one, all that was sent."""
    new = {answer.fields: answer for answer in answers(sent)}
    old = {answer.fields: answer for answer in answers(live)} if live else {}
    rows = {**old, **new}
    order = sorted(rows, key=list(rows_in_order(sent)).index)
    return [
        Compared(
            rows[fields].label,
            old[fields].text if fields in old else "",
            new[fields].text if fields in new else "",
        )
        for fields in order
    ]


def rows_in_order(values: Values) -> list[tuple[str, ...]]:
    """The fields of every row that there can be, in order."""
    return [answer.fields for answer in [*needed(values), *further(values)]]


def noted_fields() -> list[tuple[str, str]]:
    """The fields beside which a reviewer can write, with their labels."""
    rows = [*needed(NOTHING), *further(NOTHING)[:3]]
    return [(row.fields[0], row.label) for row in rows]
