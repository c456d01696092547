"""Questions, one block a kind. What learners did points at the ids of blocks and answers."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import (
    BlockGroup,
    StreamBlockValidationError,
    StreamValue,
    StructBlockValidationError,
    StructValue,
)

from content.blocks.checked import LINE, CheckedBlock

from .answers import (
    ChoiceAnswers,
    GapAnswers,
    MatchAnswers,
    NumberAnswers,
    OrderAnswers,
    TrueFalseAnswers,
    WordsAnswers,
)
from .checks import is_blank, problem_with

GROUP = _("Questions")
ANSWERS = _("Answers")
EMPTY = _("This question is empty. Write it, or delete it.")


def prompt_field(help_text: Any = "") -> blocks.RichTextBlock:
    """The question itself."""
    return blocks.RichTextBlock(label=_("Question"), features=LINE, help_text=help_text)


def sample(*answers: dict[str, Any]) -> list[dict[str, Any]]:
    """Answers of a sample, with ids."""
    return [
        {"type": "answer", "id": f"sample-{at}", "value": answer}
        for at, answer in enumerate(answers)
    ]


class QuestionBlock(CheckedBlock):
    """What every question has. Each kind adds its answers and how its question is written."""

    kind = ""
    hint = blocks.RichTextBlock(
        label=_("Hint"),
        features=LINE,
        required=False,
        help_text=_("A nudge for who is stuck. It does not give the answer away."),
    )
    tries = blocks.IntegerBlock(
        label=_("How many tries"),
        required=False,
        default=0,
        min_value=0,
        max_value=99,
        help_text=_("0 means: as often as the learner likes."),
    )
    right = blocks.CharBlock(
        label=_("Said when all is right"), required=False, max_length=250, search_index=False
    )
    otherwise = blocks.TextBlock(
        label=_("Said when nothing else fits"),
        required=False,
        rows=2,
        help_text=_("For example where to look again in the lesson."),
        search_index=False,
    )

    def clean(self, value: StructValue) -> StructValue:
        """The value; a question in which nothing is written is refused in one sentence."""
        is_draft = self.is_deferred_validation
        if not is_draft and is_blank(value["prompt"].source, plain_answers(value["answers"])):
            raise StructBlockValidationError(non_block_errors=[ValidationError(EMPTY)])
        return super().clean(value)

    def problems(self, value: StructValue) -> dict[str, Any]:
        """What keeps the question from being asked; a draft may still lack anything."""
        if self.is_deferred_validation:
            return {}
        answers = plain_answers(value["answers"])
        problem = problem_with(self.kind, value["prompt"].source, answers)
        if not problem:
            return {}
        return {"answers": StreamBlockValidationError(non_block_errors=[ValidationError(problem)])}

    class Meta:
        icon = "help"
        group = GROUP
        template = "blocks/question.html"
        preview_template = "blocks/question_preview.html"
        label_format = "{prompt}"
        form_layout = BlockGroup(
            children=["prompt", "answers"], settings=["hint", "tries", "right", "otherwise"]
        )


def plain_answers(stream: StreamValue) -> list[dict[str, Any]]:
    """The values of answers as plain dicts."""
    return [dict(child.value) for child in stream]


class OneQuestion(QuestionBlock):
    kind = "one"
    prompt = prompt_field()
    answers = ChoiceAnswers(label=ANSWERS, required=False)

    class Meta:
        label = _("Question: one right answer")
        icon = "radio-full"
        description = _("The learner chooses one answer.")
        preview_value = {
            "prompt": "<p>Which key wakes a sleeping phone?</p>",
            "answers": sample(
                {"text": "The one on the side", "right": True, "feedback": "Yes. One short press."},
                {"text": "The volume key", "right": False, "feedback": "That one changes sound."},
            ),
        }


class SeveralQuestion(QuestionBlock):
    kind = "several"
    prompt = prompt_field()
    answers = ChoiceAnswers(label=ANSWERS, required=False)

    class Meta:
        label = _("Question: several right answers")
        icon = "tick-inverse"
        description = _("The learner ticks every answer that is right.")
        preview_value = {
            "prompt": "<p>What makes a good password? Choose all that fit.</p>",
            "answers": sample(
                {"text": "It is long", "right": True, "feedback": "Long ones are hard to guess."},
                {
                    "text": "You use it once only",
                    "right": True,
                    "feedback": "One lost key, one door.",
                },
                {"text": "It is your name", "right": False, "feedback": "Names are guessed first."},
            ),
        }


class TrueFalseQuestion(QuestionBlock):
    kind = "truefalse"
    prompt = prompt_field()
    answers = TrueFalseAnswers(
        label=ANSWERS, required=False, help_text=_("Write two: true and false.")
    )

    class Meta:
        label = _("Question: true or false")
        icon = "order"
        description = _("A sentence that is true or false.")
        preview_value = {
            "prompt": "<p>True or false? A website can see what you type before you send it.</p>",
            "answers": sample(
                {"text": "True", "right": True, "feedback": "Yes, it can."},
                {"text": "False", "right": False, "feedback": "It is true: it can."},
            ),
        }


class TextQuestion(QuestionBlock):
    kind = "text"
    prompt = prompt_field()
    answers = WordsAnswers(
        label=ANSWERS,
        required=False,
        help_text=_("Add known slips too, without the tick, and say why they do not fit."),
    )

    class Meta:
        label = _("Question: a short text")
        icon = "edit"
        description = _("The learner types a word or two.")
        preview_value = {
            "prompt": "<p>What is the app called that shows web pages?</p>",
            "answers": sample({"text": "browser | web browser", "right": True, "feedback": ""}),
        }


class NumberQuestion(QuestionBlock):
    kind = "number"
    prompt = prompt_field()
    answers = NumberAnswers(
        label=ANSWERS,
        required=False,
        help_text=_("Add known slips too, without the tick, and say why they do not fit."),
    )

    class Meta:
        label = _("Question: a number")
        icon = "decimal"
        description = _("The learner types a number.")
        preview_value = {
            "prompt": "<p>A co-op has 24 members. How many votes are there?</p>",
            "answers": sample({"number": 24, "tolerance": None, "right": True, "feedback": ""}),
        }


class OrderQuestion(QuestionBlock):
    kind = "order"
    prompt = prompt_field()
    answers = OrderAnswers(
        label=_("Lines"),
        required=False,
        help_text=_("Write them in the right order. Learners see them mixed."),
    )

    class Meta:
        label = _("Question: put in order")
        icon = "list-ol"
        description = _("The learner puts lines in order.")
        preview_value = {
            "prompt": "<p>Put the steps in order.</p>",
            "answers": sample({"text": "Save the file"}, {"text": "Open it in the browser"}),
        }


class MatchQuestion(QuestionBlock):
    kind = "match"
    prompt = prompt_field()
    answers = MatchAnswers(
        label=_("Pairs"), required=False, help_text=_("Learners see the right sides mixed.")
    )

    class Meta:
        label = _("Question: match pairs")
        icon = "resubmit"
        description = _("The learner finds what belongs together.")
        preview_value = {
            "prompt": "<p>Match each tag and what it makes.</p>",
            "answers": sample(
                {"text": "`<ul>`", "match": "A list with dots", "feedback": ""},
                {"text": "`<a>`", "match": "A link", "feedback": ""},
            ),
        }


class GapQuestion(QuestionBlock):
    kind = "gap"
    prompt = prompt_field(_("Write ___ (three low lines) for each gap."))
    answers = GapAnswers(
        label=_("Gaps"), required=False, help_text=_("One for each gap, in the same order.")
    )

    class Meta:
        label = _("Question: fill the gap")
        icon = "bars"
        description = _("The learner fills gaps in a sentence.")
        preview_value = {
            "prompt": "<p>Each member has one ___.</p>",
            "answers": sample({"text": "vote", "feedback": ""}),
        }


QUESTIONS: dict[str, type[QuestionBlock]] = {
    f"question_{block.kind}": block
    for block in (
        OneQuestion,
        SeveralQuestion,
        TrueFalseQuestion,
        TextQuestion,
        NumberQuestion,
        OrderQuestion,
        MatchQuestion,
        GapQuestion,
    )
}
