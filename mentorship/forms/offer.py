"""What a mentor says: what they give, when, for how many; and the days on which they are away."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Hub
from mentorship.models import Mentor

from .ask import hub_field
from .fields import MentorshipForm, TimesForm, one_of, ticks, ways_field

HELLO_LENGTH = 300
NOT_SAID = "none"
MOST_AT_ONCE = 10


class OfferForm(TimesForm):
    """One form in sections: what, languages and ways, times, who I am."""

    topics = ticks(
        _("In which topics can you help?"),
        [],
        help_text=_("You need not be an expert. One or two steps ahead is best."),
    )
    courses = ticks(
        _("Which of your finished courses can you help with?"),
        [],
    )
    ways = ways_field(_("How do you want to meet people?"))
    capacity = forms.TypedChoiceField(
        label=_("How many people at once?"),
        coerce=int,
        choices=[(number, str(number)) for number in range(1, MOST_AT_ONCE + 1)],
        help_text=_("Start with one. You can change it at any time."),
        error_messages={
            "required": _("Choose a number from 1 to 10."),
            "invalid_choice": _("Choose a number from 1 to 10."),
        },
    )
    hello = forms.CharField(
        label=_("A short hello (you may leave it empty)"),
        help_text=_("Learners read it when they choose. Write no phone number and no address."),
        required=False,
        max_length=HELLO_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("This is too long. Please keep it under 300 letters.")},
    )
    trait = one_of(
        _("Some people ask for a woman or a man"),
        [(NOT_SAID, _("I would rather not say")), *Mentor.Trait.choices],
        help_text=_("It is used for such a wish and shown to nobody."),
    )
    serves_all_hubs = forms.BooleanField(
        label=_("I also help people of other hubs"),
        required=False,
        help_text=_("By phone or by video. At the hub you only meet people of your own."),
    )
    is_adult = forms.BooleanField(
        label=_("I am 18 or older"),
        error_messages={"required": _("Mentors are 18 or older for now.")},
    )
    hub = forms.SlugField(required=False)

    def __init__(
        self,
        *args: Any,
        is_known: bool,
        hubs: list[Hub],
        topics: list[tuple[str, str]],
        courses: list[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*args, hubs=hubs, **more)
        set_choices(self.fields["topics"], topics)
        set_choices(self.fields["courses"], courses)
        if is_known:
            del self.fields["is_adult"]
        if not courses:
            del self.fields["courses"]
        if len(hubs) == 1:
            del self.fields["hub"]
        else:
            self.fields["hub"] = hub_field(hubs)

    def clean(self) -> dict[str, Any]:
        """A topic or a course, or nobody could be sent."""
        cleaned = super().clean()
        is_empty = not cleaned.get("topics") and not cleaned.get("courses")
        if is_empty and not {"topics", "courses"} & self.errors.keys():
            self.add_error("topics", _("Tick at least one topic or course."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What the action takes, topics and courses apart."""
        found = self.cleaned_data
        trait = found.get("trait") or NOT_SAID
        names = ("languages", "ways", "slots", "time_zone", "capacity", "serves_all_hubs", "hello")
        traits = [] if trait == NOT_SAID else [trait]
        is_adult = found.get("is_adult", True)
        return {name: found[name] for name in names} | {"traits": traits, "is_adult": is_adult}


def set_choices(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    """Give a field its choices."""
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def day_field(label: Any) -> forms.DateField:
    """A day, as the browser's own calendar gives it."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose a day."),
            "invalid": _("Write the day like 2027-03-20."),
        },
    )


class AbsenceForm(MentorshipForm):
    """From when until when a mentor is away."""

    from_on = day_field(_("First day away"))
    until_on = day_field(_("Last day away"))


class LeaveForm(MentorshipForm):
    """Why a mentor stops; it need not be said."""

    reason = forms.CharField(
        label=_("Why do you stop? (you may leave it empty)"),
        help_text=_("Only the hub reads it."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("Please keep it under 500 letters.")},
    )
