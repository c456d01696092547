"""What a partner has said of an offer, as rows to read: a label, words, the screen to change it.
The partner's own reference is none of them: nobody else reads it.

The same rows serve the partner's own check and, two texts side by side, the hub's review.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from content.blocks.support import SupportKind, SupportLeft
from content.models import Level, Topic
from courses.models import Course
from members.models import Hub
from partners.languages import name_of
from partners.models import Offer
from partners.offering import NOTHING, SUPPORT, is_web_address

from . import shown

Values = Mapping[str, Any]
NUMBERS = ("hours_week", "seats", "member_seats")
# What one row says together with another field.
BESIDE = {"age_from": ("age_to",), "hubs": ("is_for_all_hubs",), "image_alt": ("image",)}
PLAIN = ("skills", "credential")


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


def answers(values: Values, told: Collection[str] = ()) -> list[Answer]:
    """All that is said in a text: the nine always, what else there is where it is filled, or where
    there is something to tell about one of its fields."""
    rows = further(values)
    return [*needed(values), *(row for row in rows if row.text or set(told) & set(row.fields))]


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
        Answer(("help_words", *shown.TICKED), _("Help and access"), help_words(values), "how"),
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
        ("age_from", shown.ages_words(values["age_from"], values["age_to"])),
        ("after_course", labels(Course.objects.all(), [values["after_course"]])),
        ("hubs", hub_words(values)),
        ("image_alt", picture_words(values)),
    ]


def hub_words(values: Values) -> str:
    """For which hubs it is."""
    if values["is_for_all_hubs"] and not values["hubs"]:
        return _("All hubs")
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


def row_of(values: Values) -> SimpleNamespace:
    """A text as the words of the offer's page take it: the partner reads what learners read."""
    return SimpleNamespace(**values)


def where_words(values: Values) -> str:
    """Where it is; nothing while the place is missing."""
    is_said = values["mode"] == Offer.Mode.ONLINE or (values["mode"] and values["place"])
    return shown.where_words(row_of(values)) if is_said else ""


def when_words(values: Values) -> str:
    """When it is: any time, or its first date and the other ones."""
    if not values["is_any_time"] and not values["from_on"]:
        return ""
    others = [] if values["is_any_time"] else [date_words(one) for one in values["dates"]]
    return "; ".join([shown.when_words(row_of(values)), *others])


def date_words(one: Values) -> str:
    """One more date, with its place where it has one of its own."""
    words = shown.days_words(one["on"], one["until_on"])
    return f"{words}, {one['place']}" if one["place"] else words


def cost_words(values: Values) -> str:
    """What it costs, and what else is said of that."""
    words, note = shown.cost_words(row_of(values)), values["cost_note"]
    return f"{words}. {note}" if words and note else words


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
    found = ", ".join(shown.helps_of(row_of(values)))
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


def first_of(words: Mapping[str, Any], fields: Collection[str]) -> str:
    """The words about the first of some fields that has any."""
    return str(next((words[name] for name in fields if name in words), ""))


@dataclass(frozen=True)
class Compared:
    """One row of two texts side by side: what was there before, and what was sent. `read` is what
    the hub read last, where that is a third text; `note` is what it said to that."""

    label: str
    before: str
    after: str
    note: str = ""
    read: str | None = None

    @property
    def is_changed(self) -> bool:
        """Whether the two differ."""
        return self.before != self.after

    @property
    def link(self) -> str:
        """What was sent, where it is an address that can be followed."""
        return self.after if is_web_address(self.after) else ""

    @property
    def is_newer(self) -> bool:
        """Whether it was changed since the hub read it last."""
        return self.read is not None and self.read != self.after


def compare(
    before: Values | None,
    sent: Values,
    read: Values | None = None,
    notes: Mapping[str, str] | None = None,
) -> list[Compared]:
    """Two texts row by row, with what the hub said; without one before, all that was sent."""
    said = notes or {}
    texts = [{} if one is None else by_fields(one, said) for one in (read, before, sent)]
    rows = {fields: row for text in texts for fields, row in text.items()}
    known, old, new = ({fields: row.text for fields, row in text.items()} for text in texts)
    return [
        Compared(
            rows[fields].label,
            old.get(fields, ""),
            new.get(fields, ""),
            first_of(said, fields),
            None if read is None else known.get(fields, ""),
        )
        for fields in rows_in_order(sent)
        if fields in rows
    ]


def by_fields(values: Values, told: Collection[str]) -> dict[tuple[str, ...], Answer]:
    """The rows of a text by what they are made of."""
    return {answer.fields: answer for answer in answers(values, told)}


def rows_in_order(values: Values) -> list[tuple[str, ...]]:
    """The fields of every row that there can be, in order."""
    return [answer.fields for answer in [*needed(values), *further(values)]]


def noted_fields() -> list[tuple[str, str]]:
    """The fields beside which a reviewer can write, with their labels."""
    return [(row.lead, row.label) for row in [*needed(NOTHING), *further(NOTHING)]]
