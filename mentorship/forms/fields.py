"""Fields that an ask and an offer share: languages, ways, times of the week, the time zone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

from members.errors import Refused
from members.models import Hub
from mentorship import slots
from mentorship.languages import NAMES
from mentorship.models import Mentor
from mentorship.slots import clock_name

HUB_CLOCK = "hub"
WORKDAYS, WEEKEND = slots.DAYS[:5], slots.DAYS[5:]
PART_NAMES = {"am": _("Morning"), "pm": _("Afternoon"), "eve": _("Evening")}
PART_HOURS = {part: f"{first}–{last}" for part, (first, last) in slots.PARTS.items()}
# A tick for many days at once, with the slots that it stands for.
SPANS: dict[str, tuple[str, ...]] = {
    f"{name}-{part}": tuple(f"{day}-{part}" for day in days)
    for name, days in (("week", WORKDAYS), ("end", WEEKEND))
    for part in slots.PARTS
}
SPAN_NAMES = {
    "week-am": _("Weekday mornings, 9–12"),
    "week-pm": _("Weekday afternoons, 13–17"),
    "week-eve": _("Weekday evenings, 18–21"),
    "end-am": _("Weekend mornings, 9–12"),
    "end-pm": _("Weekend afternoons, 13–17"),
    "end-eve": _("Weekend evenings, 18–21"),
}
# Zones beside those of the hubs, one for each clock that many people live by.
ZONES = (
    "Africa/Abidjan",
    "Africa/Addis_Ababa",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Johannesburg",
    "Africa/Lagos",
    "Africa/Nairobi",
    "America/Argentina/Buenos_Aires",
    "America/Bogota",
    "America/Chicago",
    "America/Denver",
    "America/Halifax",
    "America/Lima",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/New_York",
    "America/Santiago",
    "America/Sao_Paulo",
    "Asia/Bangkok",
    "Asia/Dhaka",
    "Asia/Dubai",
    "Asia/Ho_Chi_Minh",
    "Asia/Jakarta",
    "Asia/Kabul",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Manila",
    "Asia/Shanghai",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Europe/Athens",
    "Europe/Berlin",
    "Europe/Istanbul",
    "Europe/Kyiv",
    "Europe/Lisbon",
    "Europe/London",
    "Europe/Madrid",
    "Europe/Moscow",
    "Pacific/Auckland",
    "UTC",
)


class MentorshipForm(forms.Form):
    """A form that can carry the refusal of an action beside the field it is about."""

    def refuse(self, refusal: Refused) -> None:
        """Show why an action refused; what was typed stays."""
        is_shown = refusal.field in self.fields and not self[refusal.field].is_hidden
        self.add_error(refusal.field if is_shown else None, str(refusal))


def ticks(
    label: Any, choices: Any, *, error: Any = "", help_text: Any = ""
) -> forms.MultipleChoiceField:
    """Choices of which several may be ticked; with an error, one of them has to be."""
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        choices=choices,
        required=bool(error),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": error, "invalid_choice": _("Choose from the list.")},
    )


def one_of(label: Any, choices: Any, *, error: Any = "", help_text: Any = "") -> forms.ChoiceField:
    """Choices of which one is taken; with an error, one has to be."""
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        choices=choices,
        required=bool(error),
        widget=forms.RadioSelect,
        error_messages={"required": error, "invalid_choice": _("Choose from the list.")},
    )


def languages_field() -> forms.MultipleChoiceField:
    """All languages in which people can meet."""
    return ticks(
        _("Which languages do you speak?"),
        list(NAMES.items()),
        help_text=_("Tick all in which you can talk easily."),
        error=_("Tick at least one language."),
    )


def ways_field(label: Any) -> forms.MultipleChoiceField:
    """How two people can meet."""
    return ticks(label, Mentor.Way.choices, error=_("Tick at least one way."))


class TimesForm(MentorshipForm):
    """A form with languages, ways and times: many days with one tick, or single ones."""

    languages = languages_field()
    ways = ways_field(_("How can you meet?"))
    spans = ticks(
        _("When do you have time?"),
        list(SPAN_NAMES.items()),
        help_text=_("Tick all that fit. Half an hour a week is enough."),
    )
    slots = ticks(_("Single days"), [(slot, slot) for slot in slots.SLOTS])
    time_zone = forms.ChoiceField(
        label=_("Your clock"),
        help_text=_("Change it only if you live by another clock than your hub."),
        error_messages={
            "required": _("Choose a place from the list."),
            "invalid_choice": _("Choose a place from the list."),
        },
    )

    def __init__(
        self, *args: Any, hubs: Sequence[Hub], spoken: Iterable[str] = (), **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.hubs = list(hubs)
        self.spoken = list(dict.fromkeys([*spoken, *dict(settings.LANGUAGES)]))
        own = {hub.time_zone for hub in self.hubs} | {str(self.initial.get("time_zone") or "UTC")}
        zone = self.fields["time_zone"]
        assert isinstance(zone, forms.ChoiceField)
        names = sorted({*ZONES, *own} - {HUB_CLOCK})
        zone.choices = [(HUB_CLOCK, self.hub_clock()), *((name, zone_name(name)) for name in names)]

    def hub_clock(self) -> Any:
        """The clock of the hub in words, with its place where only one hub can be meant."""
        if len(self.hubs) != 1:
            return _("As at my hub")
        return _("As at my hub: %(place)s") % {"place": self.hubs[0].place}

    @property
    def clock_place(self) -> str:
        """The place by whose clock the times are; empty while it is that of a hub to be chosen."""
        zone = str(self["time_zone"].value() or HUB_CLOCK)
        if zone == HUB_CLOCK:
            return self.hubs[0].place if len(self.hubs) == 1 else ""
        return clock_name(zone)

    def hub_chosen(self) -> Hub:
        """The hub that looks after the person."""
        slug = self.cleaned_data.get("hub") or self.hubs[0].slug
        return next(hub for hub in self.hubs if hub.slug == slug)

    def clean(self) -> dict[str, Any]:
        """With all slots in one place; there must be one at least. The clock of the hub is that of
        the hub that was chosen."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("time_zone") == HUB_CLOCK:
            cleaned["time_zone"] = self.hub_chosen().time_zone
        ticked = {slot for span in cleaned.get("spans", []) for slot in SPANS[span]}
        cleaned["slots"] = in_order({*ticked, *cleaned.get("slots", [])})
        if not cleaned["slots"] and not {"spans", "slots"} & self.errors.keys():
            self.add_error("spans", _("Tick at least one time."))
        return cleaned

    @property
    def language_rows(self) -> list[Any]:
        """The languages shown at once: the reader's, the site's, and those that are ticked."""
        shown = {*self.spoken, *(self["languages"].value() or [])}
        return [row for row in self["languages"] if row.data["value"] in shown]

    @property
    def more_languages(self) -> list[Any]:
        """The other ones, which open with a tap."""
        at_once = {row.data["value"] for row in self.language_rows}
        return [row for row in self["languages"] if row.data["value"] not in at_once]

    @property
    def week(self) -> list["DayRow"]:
        """The single days as rows of a table."""
        boxes = {row.data["value"]: row for row in self["slots"]}
        return [
            DayRow(
                WEEKDAYS[number],
                WEEKDAYS_ABBR[number],
                [(PART_NAMES[part], boxes[f"{day}-{part}"]) for part in slots.PARTS],
            )
            for number, day in enumerate(slots.DAYS)
        ]

    @property
    def has_single_days(self) -> bool:
        """Whether single days are ticked: then their table is open."""
        return bool(self["slots"].value())


@dataclass(frozen=True)
class DayRow:
    """A day of the week with a box for each part of it."""

    name: Any
    short: Any
    boxes: list[tuple[Any, Any]]


def parts_of_day() -> list[tuple[Any, str]]:
    """The parts of a day with their hours, for the head of the table."""
    return [(name, PART_HOURS[part]) for part, name in PART_NAMES.items()]


def in_order(found: Iterable[str]) -> list[str]:
    """Slots from Monday morning on."""
    wanted = set(found)
    return [slot for slot in slots.SLOTS if slot in wanted]


def times_initial(found: Iterable[str]) -> dict[str, list[str]]:
    """What is ticked for some slots: whole spans, and single days for the rest."""
    wanted = set(found)
    spans = [name for name, covered in SPANS.items() if wanted >= set(covered)]
    covered = {slot for name in spans for slot in SPANS[name]}
    return {"spans": spans, "slots": in_order(wanted - covered)}


def clock_initial(zone: str, hub: Hub) -> str:
    """What is chosen as the clock of somebody who lives by a zone and belongs to a hub."""
    return HUB_CLOCK if zone == hub.time_zone else zone


def zone_name(zone: str) -> str:
    """A time zone as people read it: the place, then the continent."""
    continent, slash, _place = zone.partition("/")
    return f"{clock_name(zone)} ({continent})" if slash else continent


def language_choice(code: str) -> str:
    """The part of a language code that names the language, if people can meet in it."""
    short = code.partition("-")[0].lower()
    return short if short in NAMES else ""


def spoken_in(codes: Iterable[str]) -> list[str]:
    """The languages of some codes that people can meet in, each once, in their order."""
    return [code for code in dict.fromkeys(language_choice(code) for code in codes) if code]
