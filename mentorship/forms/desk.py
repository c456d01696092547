"""What staff send from mentorship's desk: moves with reasons, checks, programmes; filters."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from content.models import Topic
from courses.forms.desk import MOST_PAGES, DeskForm, reason_field
from mentorship.models import Mentor, MentorCheck, Programme
from mentorship.queries.desk import PERIODS, SHOWS, USUAL, PairsFilter, PeopleFilter

CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one from the list.")}
PROGRAMME_FIELDS: dict[str, tuple[int, int]] = {
    **{f"weight_{name}": (0, 10) for name in Programme.WEIGHTS},
    "proposal_days": (1, 30),
    "ask_days": (1, 90),
    "first_meeting_days": (1, 90),
    "silent_days": (1, 180),
    "term_weeks": (1, 104),
    "extension_weeks": (0, 104),
    "closing_days": (1, 90),
}

# The moves that the desk offers, as things to do.
DESK_MOVES: dict[str, Any] = {
    "accept": _("Say yes for the mentor"),
    "decline": _("Say no for the mentor"),
    "withdraw": _("Take the proposal back"),
    "meet": _("Note that they have met"),
    "not_met": _("Note that they have not met after all"),
    "extend": _("Give them more time"),
    "pause": _("Give them a break"),
    "resume": _("End the break"),
    "reopen": _("Let them go on"),
    "end": _("Begin the closing step"),
    "close": _("Close the pair"),
    "stop": _("Stop it at once"),
}


def choice(label: Any, choices: Iterable[tuple[Any, Any]] = ()) -> forms.ChoiceField:
    """One of some things, as rows to tick."""
    return forms.ChoiceField(
        label=label, choices=list(choices), widget=forms.RadioSelect, error_messages=CHOOSE
    )


def day_field(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    """A day, typed or chosen."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Say on which day."),
            "invalid": _("Write the day like 2026-11-25."),
        },
    )


class MoveForm(DeskForm):
    """A move of a pairing, with a reason."""

    verb = choice(_("What should happen?"))
    until = day_field(
        _("Last day of the break"), _("Only for a break: within twelve weeks."), required=False
    )
    met_on = day_field(
        _("Day of the meeting"), _("Only for a meeting. Empty means today."), required=False
    )
    reason = reason_field(_("Both of them can read it. Write nothing private."))

    def __init__(self, *args: Any, moves: Iterable[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.offer(moves)

    def offer(self, moves: Iterable[str]) -> None:
        """Show these moves."""
        field = self.fields["verb"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(verb, DESK_MOVES[verb]) for verb in moves]


class ContactForm(DeskForm):
    """With whom staff spoke. No free words: what was said stays between those who spoke."""

    who = choice(
        _("With whom did you speak?"),
        [
            ("mentee", _("With the learner")),
            ("mentor", _("With the mentor")),
            ("both", _("With both")),
        ],
    )


class PairByHandForm(DeskForm):
    """The mentor whom staff choose for an ask, and why."""

    mentor = forms.ChoiceField(
        label=_("Mentor"),
        error_messages={
            "required": _("Choose a mentor."),
            "invalid_choice": _("This mentor cannot be chosen any more. Choose another one."),
        },
    )
    reason = reason_field(_("Why this mentor? Both of them can read it."))

    def __init__(self, *args: Any, mentors: Iterable[int], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["mentor"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(pk, str(pk)) for pk in mentors]

    @property
    def chosen(self) -> str:
        """The mentor that was ticked, if any."""
        return str(self["mentor"].value() or "")


# The states to which staff move a mentor, as things to do.
MENTOR_MOVES: dict[str, Any] = {
    Mentor.State.SCREENING: _("Begin the check"),
    Mentor.State.READY: _("Let learners ask this mentor"),
    Mentor.State.PAUSED: _("Pause: nobody new asks"),
    Mentor.State.LEFT: _("End it: each learner goes back to the queue with the first date"),
}


class MentorMoveForm(DeskForm):
    """The new state of a mentor, with a reason."""

    to = choice(_("What should happen?"), MENTOR_MOVES.items())
    reason = reason_field(_("The mentor can read it."))

    def without(self, mentor: Mentor) -> "MentorMoveForm":
        """The same form that does not offer what has been done; what the mentor has stopped alone
        the hub can still stop."""
        is_done = mentor.is_held_by_hub or mentor.state == Mentor.State.READY
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            row for row in MENTOR_MOVES.items() if row[0] != mentor.state or not is_done
        ]
        return self


class CheckForm(DeskForm):
    """That somebody saw something, when, and when it is due again. Never a document."""

    level = forms.TypedChoiceField(
        label=_("What did you see?"),
        coerce=int,
        choices=MentorCheck.Level.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    seen_on = day_field(_("Seen on"))
    due_on = day_field(
        _("Due again on"), _("Leave it empty if it does not run out."), required=False
    )


def number_field(name: str, least: int, most: int) -> forms.IntegerField:
    """A number of a programme, with the words that the model has for it."""
    sentence = _("Write a number from %(least)s to %(most)s.")
    field = Programme._meta.get_field(name)
    assert isinstance(field, models.Field)
    return forms.IntegerField(
        label=capfirst(field.verbose_name),
        min_value=least,
        max_value=most,
        error_messages={
            "required": sentence % {"least": least, "most": most},
            "invalid": sentence % {"least": least, "most": most},
            "min_value": sentence % {"least": least, "most": most},
            "max_value": sentence % {"least": least, "most": most},
        },
    )


class ProgrammeForm(DeskForm):
    """A programme: topics, weights, lengths."""

    title = forms.CharField(
        label=_("Name"),
        max_length=120,
        error_messages={"required": _("Give the programme a name.")},
    )
    summary = forms.CharField(
        label=_("What it is, in two or three sentences"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    topics = forms.ModelMultipleChoiceField(
        label=_("Topics"),
        help_text=_("Tick none if it is for every topic."),
        queryset=Topic.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose topics from the list.")},
    )
    is_open = forms.BooleanField(label=_("It takes new people"), required=False)
    check_level = forms.TypedChoiceField(
        label=_("What must be checked before somebody mentors?"),
        coerce=int,
        choices=[(0, _("Nothing")), *MentorCheck.Level.choices],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, (least, most) in PROGRAMME_FIELDS.items():
            self.fields[name] = number_field(name, least, most)

    @classmethod
    def initial_of(cls, row: Programme | None) -> dict[str, Any]:
        """What the form shows at first: the programme, or what a new one begins with."""
        found = row or Programme()
        names = ["title", "summary", "is_open", "check_level", *PROGRAMME_FIELDS]
        topics = [topic.pk for topic in row.topics.all()] if row else []
        return {**{name: getattr(found, name) for name in names}, "topics": topics}

    @property
    def weights(self) -> list[forms.BoundField]:
        """The fields of the weights."""
        return [self[f"weight_{name}"] for name in Programme.WEIGHTS]

    @property
    def lengths(self) -> list[forms.BoundField]:
        """The fields in days and weeks."""
        return [self[name] for name in PROGRAMME_FIELDS if not name.startswith("weight_")]


class PagedForm(forms.Form):
    """What a list shows. What cannot be read is left out: a filter never refuses."""

    q = forms.CharField(label=_("Name"), required=False, max_length=120)
    page = forms.IntegerField(required=False, min_value=1, max_value=MOST_PAGES)

    def found(self) -> dict[str, Any]:
        """The values that could be read."""
        self.is_valid()
        return self.cleaned_data


class PeopleFilterForm(PagedForm):
    """Which mentors the list shows."""

    state = forms.ChoiceField(required=False, choices=Mentor.State.choices)

    def chosen(self) -> PeopleFilter:
        """The filter as plain values."""
        found = self.found()
        return PeopleFilter(
            state=found.get("state") or "",
            words=found.get("q") or "",
            page=found.get("page") or 1,
        )


class PairsFilterForm(PagedForm):
    """Which pairs the list shows."""

    show = forms.ChoiceField(required=False, choices=[(name, name) for name in SHOWS])

    def chosen(self) -> PairsFilter:
        """The filter as plain values."""
        found = self.found()
        return PairsFilter(
            show=found.get("show") or SHOWS[0],
            words=found.get("q") or "",
            page=found.get("page") or 1,
        )


class PeriodForm(forms.Form):
    """How many days the figures look back. There are few lengths to choose from: two that differ
    by a day would tell what one day held."""

    days = forms.TypedChoiceField(
        coerce=int, required=False, choices=[(days, days) for days in PERIODS]
    )

    def chosen(self) -> int:
        """The number of days; the usual one where none can be read."""
        self.is_valid()
        return self.cleaned_data.get("days") or USUAL
