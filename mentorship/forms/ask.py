"""What a learner who asks for a mentor sends: two screens."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Hub
from mentorship.models import MentorAsk

from .fields import MentorshipForm, TimesForm, one_of, ticks

WORDS_LENGTH = 500
LESSON, UNSURE = "lesson", "unsure"
ADULT, YOUNG = "adult", "young"
NO_WISH = "none"
Important = MentorAsk.Important


class AskForm(MentorshipForm):
    """The first screen: what for, one sentence, and whether the person is 18."""

    topic = one_of(_("What is it about?"), [], error=_("Choose what it is about."))
    words = forms.CharField(
        label=_("What do you want help with?"),
        help_text=_("One sentence is enough. Your mentor reads it."),
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Write one sentence. Then a mentor knows what you need."),
            "max_length": _("This is too long. Please keep it under 500 letters."),
        },
    )
    age = one_of(
        _("How old are you?"),
        [(ADULT, _("18 or older")), (YOUNG, _("Under 18"))],
        error=_("Choose one of the two."),
    )

    def __init__(
        self,
        *args: Any,
        topics: list[tuple[str, str]],
        lesson: str = "",
        lesson_title: str = "",
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.lesson = lesson
        stuck = [(LESSON, _("The lesson “%(title)s”") % {"title": lesson_title})]
        topic = self.fields["topic"]
        assert isinstance(topic, forms.ChoiceField)
        topic.choices = [
            *(stuck if lesson else []),
            *topics,
            (UNSURE, _("I am not sure")),
        ]

    @property
    def is_young(self) -> bool:
        """Whether the person is under 18: whatever else was typed, mentors are not for them yet."""
        return self["age"].value() == YOUNG

    def subject(self) -> str:
        """What it is about, in the words of the choice."""
        return next(
            str(row.choice_label)
            for row in self["topic"].subwidgets
            if row.data["value"] == self.cleaned_data["topic"]
        )

    def draft(self) -> dict[str, str]:
        """What was typed, as the session keeps it and the second screen carries it."""
        found = self.cleaned_data
        return {
            "topic": found["topic"],
            "words": found["words"],
            "age": found["age"],
            "lesson": self.lesson,
        }


class WhenForm(TimesForm):
    """The second screen: languages, ways, times, wishes. The first one comes along."""

    wish = one_of(
        _("Who should it be?"),
        [(NO_WISH, _("I have no wish")), *MentorAsk.Wish.choices],
        help_text=_("A wish always counts. You may wait longer."),
    )
    important = ticks(
        _("What matters most to you?"),
        Important.choices,
        help_text=_("You need not choose. It moves people up in your list."),
    )
    shares_progress = forms.BooleanField(
        label=_("My mentor may see how far I am in this course"),
        required=False,
        help_text=_("Only the lessons done and open, nothing else. You can change it later."),
    )
    hub = forms.SlugField(required=False)

    def __init__(
        self, *args: Any, hubs: list[Hub], has_topic: bool, has_course: bool, **more: Any
    ) -> None:
        super().__init__(*args, hubs=hubs, **more)
        if not has_course:
            del self.fields["shares_progress"]
        self.offer_important({Important.TOPIC: has_topic, Important.COURSE: has_course})
        if len(hubs) == 1:
            del self.fields["hub"]
        else:
            self.fields["hub"] = hub_field(hubs)

    def offer_important(self, counts: dict[str, bool]) -> None:
        """Offer to mark what counts for this question: nobody took a course that it does not
        name."""
        field = self.fields["important"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [row for row in Important.choices if counts.get(row[0], True)]

    @property
    def has_wishes(self) -> bool:
        """Whether a wish is open: then its part of the page is."""
        wish = self["wish"].value() or NO_WISH
        has_error = self["wish"].errors or self["important"].errors
        return bool(wish != NO_WISH or self["important"].value() or has_error)

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        found = self.cleaned_data
        wish = found.get("wish") or NO_WISH
        return {
            "languages": found["languages"],
            "ways": found["ways"],
            "slots": found["slots"],
            "time_zone": found["time_zone"],
            "wishes": [] if wish == NO_WISH else [wish],
            "important": found["important"],
            "shares_progress": found.get("shares_progress", False),
        }


def hub_field(hubs: list[Hub]) -> forms.ChoiceField:
    """Which hub looks after the person."""
    places = [(hub.slug, f"{hub.name}, {hub.place}") for hub in hubs]
    return forms.ChoiceField(
        label=_("Your hub"),
        help_text=_("Its people look after you and your mentor."),
        choices=[("", _("Choose a hub")), *places],
        error_messages={
            "required": _("Choose the hub that is nearest to you."),
            "invalid_choice": _("Choose a hub from the list."),
        },
    )
