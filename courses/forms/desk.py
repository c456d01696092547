"""What staff send from the desk: decisions, answers, reasons; and whom a table shows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Lesson, Release
from courses.queries.desk import CourseQuestion, LearnerFilter
from members.errors import Refused

WORDS_LENGTH = 5_000
MOST_PAGES = 10_000


class DeskForm(forms.Form):
    """A form that can carry the refusal of an action beside the field it is about."""

    def refuse(self, refusal: Refused) -> None:
        """Show why an action refused; what was typed stays."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))

    @property
    def first_error(self) -> str:
        """What to say on top of the page."""
        return next((str(rows[0]) for rows in self.errors.values()), "")


def words_field(label: Any, *, help_text: Any = "", rows: int = 5) -> forms.CharField:
    """Some lines of text; the action says when they are missing."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": _("This is too long. Please keep it under 5,000 letters.")},
    )


def reason_field(help_text: Any) -> forms.CharField:
    """One line that says why; the action says when it is missing."""
    return forms.CharField(
        label=_("Reason"),
        help_text=help_text,
        required=False,
        max_length=500,
        error_messages={"max_length": _("Please keep the reason under 500 letters.")},
    )


class ReviewForm(DeskForm):
    """Accept a hand-in, or send it back with a note."""

    decision = forms.ChoiceField(
        choices=[("accept", _("Accept")), ("return", _("Send back"))],
        error_messages={
            "required": _("Press “Accept” or “Send back with this note”."),
            "invalid_choice": _("Press “Accept” or “Send back with this note”."),
        },
    )
    note = words_field(
        _("Note to the learner"),
        help_text=_("Say what is good, and what is missing. You need a note to send it back."),
    )


class AnswerForm(DeskForm):
    """Answer a question about a lesson."""

    answer = words_field(
        _("Your answer"), help_text=_("The learner gets it as a notice and finds it on the lesson.")
    )


def lesson_field(lessons: list[Lesson], offered: list[Lesson]) -> forms.ChoiceField:
    """Takes every lesson, so that a second click does no harm; offers those that are open."""
    field = forms.ChoiceField(
        label=_("Lesson"),
        choices=[(row.pk, row.title) for row in lessons],
        error_messages={
            "required": _("Choose a lesson."),
            "invalid_choice": _("Choose a lesson from the list."),
        },
    )
    empty = ("", _("Choose a lesson"))
    field.widget.choices = [empty, *((row.pk, row.title) for row in offered)]
    return field


class ConfirmForm(DeskForm):
    """Mark one lesson of a learner as done, with a reason."""

    reason = reason_field(_("The learner can read it."))

    def __init__(
        self, *args: Any, lessons: list[Lesson], offered: list[Lesson], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.lessons = {str(row.pk): row for row in lessons}
        self.fields["lesson"] = lesson_field(lessons, offered)

    def clean_lesson(self) -> Lesson:
        """The lesson itself."""
        return self.lessons[self.cleaned_data["lesson"]]


class WithdrawForm(DeskForm):
    """Withdraw a certificate, with a reason that everybody can read."""

    reason = reason_field(
        _("It stands on the public page of the certificate. Write nothing private.")
    )


def question_field(questions: list[CourseQuestion]) -> forms.ChoiceField:
    """Takes one question of a course, lesson by lesson."""
    lessons = {one.lesson.key: one.lesson for one in questions}
    groups = [
        (
            f"{lesson.number}. {lesson.title}",
            [(one.code, one.prompt) for one in questions if one.lesson.key == key],
        )
        for key, lesson in lessons.items()
    ]
    return forms.ChoiceField(
        label=_("Question"),
        choices=[("", _("Choose a question")), *groups],
        error_messages={
            "required": _("Choose a question."),
            "invalid_choice": _("Choose a question from the list."),
        },
    )


class MarkAgainForm(DeskForm):
    """A question to be marked again, and why."""

    field_order = ("question", "reason")
    reason = reason_field(_("Learners whose mark is better now can read it."))

    def __init__(self, *args: Any, questions: list[CourseQuestion], **more: Any) -> None:
        super().__init__(*args, **more)
        self.questions = {one.code: one for one in questions}
        self.fields["question"] = question_field(questions)
        self.order_fields(self.field_order)

    def clean_question(self) -> CourseQuestion:
        """The question itself."""
        return self.questions[self.cleaned_data["question"]]


class ReachForm(DeskForm):
    """Whom a tighter release reaches."""

    reach = forms.ChoiceField(
        label=_("Who should do what is new?"),
        choices=Release.Reach.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the three."),
            "invalid_choice": _("Choose one of the three."),
        },
    )


class LearnerFilterForm(forms.Form):
    """Whom the table shows. What cannot be read is left out: a filter never refuses."""

    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("all", _("Everybody")),
            ("active", _("Active in the last 7 days")),
            ("stuck", _("Stuck: started, nothing done for 14 days")),
            ("finished", _("Finished")),
        ],
    )
    q = forms.CharField(label=_("Name"), required=False, max_length=120)
    page = forms.IntegerField(required=False, min_value=1, max_value=MOST_PAGES)

    def chosen(self) -> LearnerFilter:
        """The filter as plain values."""
        self.is_valid()
        found = self.cleaned_data
        return LearnerFilter(
            show=found.get("show") or "all", words=found.get("q") or "", page=found.get("page") or 1
        )
