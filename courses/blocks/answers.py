"""Answers of questions. They stand in streams: a stream keeps their ids and can be translated."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StreamBlockValidationError, StreamValue

CODE_HINT = _("Put code between `backticks`.")
VARIANTS_HINT = _("Several wordings may fit: put | between them. Case and accents do not matter.")


def id_problem(value: StreamValue) -> Any:
    """Why the ids of a stream cannot name what learners did; nothing when they can."""
    ids = [child.id for child in value]
    if not all(ids):
        return _("An answer or question has no id. Load the page again, then save.")
    if len(set(ids)) < len(ids):
        return _("Two answers or questions share one id. Delete one of them and write it again.")
    return ""


class IdentifiedStream(blocks.StreamBlock):
    """A stream whose children are named for good by their ids."""

    def clean(self, value: StreamValue) -> StreamValue:
        """The value; refused when an id is missing or stands twice."""
        cleaned = super().clean(value)
        if problem := id_problem(cleaned):
            raise StreamBlockValidationError(non_block_errors=[ValidationError(problem)])
        return cleaned


def begun(*values: dict[str, Any], kind: str = "answer") -> list[dict[str, Any]]:
    """Answers with which the writing of a question begins, or questions of a quiz. They need ids
    already: they are known by them from the first time that they are saved."""
    return [{"type": kind, "id": str(uuid.uuid4()), "value": value} for value in values]


def two_empty() -> list[dict[str, Any]]:
    """For kinds that need two answers at least."""
    return begun({}, {})


def true_and_false() -> list[dict[str, Any]]:
    """For true or false, with the words that mostly stand there."""
    return begun({"text": gettext("True")}, {"text": gettext("False")})


def one_right() -> list[dict[str, Any]]:
    """For what is typed: what fits comes first."""
    return begun({"right": True})


def one_empty() -> list[dict[str, Any]]:
    """For the first gap."""
    return begun({})


def right_field() -> blocks.BooleanBlock:
    """The tick at a right answer."""
    return blocks.BooleanBlock(label=_("This answer is right"), required=False)


def feedback_field(label: Any = None) -> blocks.TextBlock:
    """What a learner reads who chose this answer."""
    return blocks.TextBlock(
        label=label or _("What the learner reads then"),
        required=False,
        rows=2,
        help_text=_("Say why, not only “right” or “wrong”."),
        search_index=False,
    )


def words_field(label: Any, help_text: Any = CODE_HINT) -> blocks.CharBlock:
    """The words of an answer."""
    return blocks.CharBlock(label=label, max_length=250, help_text=help_text, search_index=False)


class ChoiceAnswer(blocks.StructBlock):
    """An answer to choose."""

    text = words_field(_("Answer"))
    right = right_field()
    feedback = feedback_field()

    class Meta:
        label = _("Answer")
        icon = "tick-inverse"
        label_format = "{text}"


class WordsAnswer(blocks.StructBlock):
    """Words that may be typed."""

    text = words_field(_("Answer"), VARIANTS_HINT)
    right = right_field()
    feedback = feedback_field()

    class Meta:
        label = _("Answer")
        icon = "edit"
        label_format = "{text}"


class NumberAnswer(blocks.StructBlock):
    """A number that may be typed."""

    number = blocks.DecimalBlock(label=_("Number"))
    tolerance = blocks.DecimalBlock(
        label=_("May be off by"),
        required=False,
        min_value=0,
        help_text=_("Leave this empty if only this number fits."),
    )
    right = right_field()
    feedback = feedback_field()

    class Meta:
        label = _("Answer")
        icon = "decimal"
        label_format = "{number}"


class OrderAnswer(blocks.StructBlock):
    """A line that has its place in an order."""

    text = words_field(_("Line"))

    class Meta:
        label = _("Line")
        icon = "list-ol"
        label_format = "{text}"


class MatchAnswer(blocks.StructBlock):
    """Two sides that belong together."""

    text = words_field(_("Left side"))
    match = words_field(_("Right side"))
    feedback = feedback_field(_("What the learner reads when this pair is right"))

    class Meta:
        label = _("Pair")
        icon = "resubmit"
        label_format = "{text}"


class GapAnswer(blocks.StructBlock):
    """The words that fit in a gap."""

    text = words_field(_("What fits in this gap"), VARIANTS_HINT)
    feedback = feedback_field(_("What the learner reads when this gap is right"))

    class Meta:
        label = _("Gap")
        icon = "edit"
        label_format = "{text}"


class ChoiceAnswers(IdentifiedStream):
    answer = ChoiceAnswer()

    class Meta:
        default = staticmethod(two_empty)


class TrueFalseAnswers(IdentifiedStream):
    answer = ChoiceAnswer()

    class Meta:
        default = staticmethod(true_and_false)


class WordsAnswers(IdentifiedStream):
    answer = WordsAnswer()

    class Meta:
        default = staticmethod(one_right)


class NumberAnswers(IdentifiedStream):
    answer = NumberAnswer()

    class Meta:
        default = staticmethod(one_right)


class OrderAnswers(IdentifiedStream):
    answer = OrderAnswer()

    class Meta:
        default = staticmethod(two_empty)


class MatchAnswers(IdentifiedStream):
    answer = MatchAnswer()

    class Meta:
        default = staticmethod(two_empty)


class GapAnswers(IdentifiedStream):
    answer = GapAnswer()

    class Meta:
        default = staticmethod(one_empty)
