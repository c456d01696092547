"""What the two of a pair send. Each form of the page has ids of its own and a key."""

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.models import Mentor, Pairing, Pulse

from .fields import MentorshipForm, one_of
from .offer import day_field

TOO_LONG = {"max_length": _("This is too long. Please keep it shorter.")}
LENGTHS = ("15", "30", "45", "60", "90", "120")


class PairForm(MentorshipForm):
    """A form of the pair's page; `name` tells it from the others there."""

    name = ""

    def __init__(self, *args: Any, **more: Any) -> None:
        more.setdefault("auto_id", f"{self.name}_%s")
        super().__init__(*args, **more)

    @property
    def typed(self) -> list[str]:
        """The words that were typed, to be given back where the form itself is gone."""
        fields = (self[name] for name, field in self.fields.items() if is_typed(field))
        return [str(field.value()) for field in fields if field.value()]


def is_typed(field: forms.Field) -> bool:
    """Whether a field holds words that somebody typed."""
    return isinstance(field.widget, forms.Textarea) or type(field.widget) is forms.TextInput


class KeyedForm(PairForm):
    """A form that makes something; its key makes one of what is sent twice."""

    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        more["initial"] = {"key": uuid.uuid4(), **(more.get("initial") or {})}
        super().__init__(*args, **more)

    def clean_key(self) -> uuid.UUID:
        """The key that was sent; a new one where that is none."""
        try:
            return uuid.UUID(self.cleaned_data["key"])
        except ValueError:
            return uuid.uuid4()


def words_field(
    label: Any, *, help_text: Any = "", rows: int = 3, most: int = 4000
) -> forms.CharField:
    """Some lines of text; the action says when they are missing."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
        error_messages=TOO_LONG,
    )


class MessageForm(KeyedForm):
    """A message to the other one."""

    name = "message"
    words = words_field(_("Your message"))


class NoteForm(KeyedForm):
    """A note, for both or for oneself."""

    name = "note"
    words = words_field(_("Your note"))
    is_private = forms.BooleanField(
        label=_("Only for me. After a report, the safety lead may read it, and that is logged."),
        required=False,
    )


class GoalForm(PairForm):
    """One goal in the mentee's words."""

    name = "goal"
    words = forms.CharField(
        label=_("What I want to be able to do"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages=TOO_LONG,
    )

    def __init__(self, *args: Any, number: int = 0, **more: Any) -> None:
        self.number = number
        super().__init__(*args, **{"auto_id": f"goal-{number}_%s", **more})


def time_field(label: Any) -> forms.TimeField:
    """A time, as the browser's own clock gives it."""
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H:%M:%S", "%H.%M"],
        error_messages={
            "required": _("Choose a time."),
            "invalid": _("Write the time like 18:30."),
        },
    )


def minutes_words(minutes: str) -> Any:
    """A length as a person says it."""
    return {
        "15": _("15 minutes"),
        "30": _("30 minutes"),
        "45": _("45 minutes"),
        "60": _("1 hour"),
        "90": _("1 hour and a half"),
        "120": _("2 hours"),
    }[minutes]


class MeetingForm(KeyedForm):
    """When, how long and how two people meet, by the active clock."""

    day = day_field(_("Day"))
    time = time_field(_("Time"))
    minutes = forms.TypedChoiceField(
        label=_("How long"),
        choices=[(one, minutes_words(one)) for one in LENGTHS],
        coerce=int,
        error_messages={
            "required": _("Choose how long."),
            "invalid_choice": _("Choose how long."),
        },
    )
    way = forms.ChoiceField(
        label=_("How"),
        choices=Mentor.Way.choices,
        error_messages={
            "required": _("Choose how you meet."),
            "invalid_choice": _("Choose how you meet."),
        },
    )

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        found = self.cleaned_data
        at = datetime.combine(found["day"], found["time"], timezone.get_current_timezone())
        return {
            "key": found["key"],
            "starts_at": at,
            "minutes": found["minutes"],
            "way": found["way"],
        }


class LogForm(MeetingForm):
    """A meeting that took place."""

    name = "log"


class PlanForm(MeetingForm):
    """A meeting to come."""

    name = "plan"
    place = forms.CharField(
        label=_("Where (you may leave it empty)"),
        help_text=_("A room, a phone number or the link of the call. Only you two see it."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages=TOO_LONG,
    )

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return super().values() | {"place": self.cleaned_data["place"]}


class PulseForm(PairForm):
    """How it goes, and whether the hub should call."""

    name = "pulse"
    point = forms.CharField(widget=forms.HiddenInput, max_length=8, required=False)
    going = one_of(
        _("How does it go with the two of you?"),
        Pulse.Going.choices,
        error=_("Choose how it goes."),
    )
    wants_call = forms.BooleanField(
        label=_("Please let somebody of the hub call me about it"), required=False
    )


class AnswerForm(PairForm):
    """Yes or not now to a proposal; the words are for the hub."""

    name = "answer"
    decision = forms.ChoiceField(
        choices=[("yes", _("Yes, I will mentor")), ("not-now", _("Not now"))],
        error_messages={
            "required": _("Press “Yes, I will mentor” or “Not now”."),
            "invalid_choice": _("Press “Yes, I will mentor” or “Not now”."),
        },
    )
    words = words_field(
        _("A word to the hub, if you want"),
        help_text=_("The learner does not see it, and does not learn that you said no."),
        rows=2,
        most=500,
    )


class PauseForm(PairForm):
    """Until when a pair takes a break."""

    name = "pause"
    until = day_field(_("We go on on this day"))


class EndForm(PairForm):
    """Why a pair ends."""

    name = "end"
    reason = one_of(
        _("Why do you end it?"),
        [
            (str(reason), reason.label)
            for reason in (
                Pairing.Reason.DONE,
                Pairing.Reason.NO_TIME,
                Pairing.Reason.NO_FIT,
                Pairing.Reason.SILENT,
                Pairing.Reason.OTHER,
            )
        ],
        error=_("Choose one of the reasons."),
        help_text=_("The other one is not told which."),
    )


class CloseForm(PairForm):
    """The closing step: what was reached, thanks, what comes next, and perhaps a new mentor."""

    name = "close"
    achieved = words_field(_("What did you reach together?"), rows=2, most=1000)
    thanks = words_field(_("What do you want to thank for?"), rows=2, most=1000)
    next_step = words_field(_("What is your next step?"), rows=2, most=1000)
    going = one_of(_("How did it go with the two of you?"), Pulse.Going.choices)
    wants_call = forms.BooleanField(
        label=_("Please let somebody of the hub call me about it"), required=False
    )
    again = forms.BooleanField(label=_("I want a mentor again"), required=False)

    def clean_going(self) -> int | None:
        """How it went; None where nothing was said."""
        return int(self.cleaned_data["going"]) if self.cleaned_data["going"] else None
