"""The body of a lesson: what every page may hold, and questions, quizzes and tasks."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StreamBlockValidationError, StreamValue

from content.blocks import PageBody
from content.blocks.checked import SHORT

from .answers import IdentifiedStream, begun
from .questions import GROUP, QUESTIONS, sample


class QuizQuestions(IdentifiedStream):
    """The questions of a quiz."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        questions = [(name, block()) for name, block in QUESTIONS.items()]
        super().__init__([*questions, *(local_blocks or [])], **kwargs)


def three_questions() -> dict[str, Any]:
    """What a new quiz begins with: a title, and questions of the kind that is written most."""
    questions = begun({}, {}, {}, kind="question_one")
    return {"title": gettext("Check what you know"), "questions": questions}


class QuizBlock(blocks.StructBlock):
    """Questions that are answered together."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    questions = QuizQuestions(label=_("Questions"))

    class Meta:
        default = staticmethod(three_questions)
        label = _("Quiz")
        icon = "clipboard-list"
        group = GROUP
        template = "blocks/quiz.html"
        preview_template = "blocks/question_preview.html"
        label_format = "{title}"
        description = _("Several questions that are answered and checked together.")
        preview_value = {
            "title": "Check what you know",
            "questions": [
                {
                    "type": "question_truefalse",
                    "id": "sample-question",
                    "value": {
                        "prompt": "<p>True or false? Each member has one vote.</p>",
                        "answers": sample(
                            {"text": "True", "right": True, "feedback": ""},
                            {"text": "False", "right": False, "feedback": ""},
                        ),
                    },
                }
            ],
        }


class TryBlock(blocks.StructBlock):
    """A task to try, with or without something to hand in."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.RichTextBlock(label=_("What to do"), features=SHORT)
    ask = blocks.ChoiceBlock(
        label=_("What the learner hands in"),
        choices=[
            ("none", _("Nothing")),
            ("words", _("Words")),
            ("link", _("A link")),
            ("photo", _("A photo")),
        ],
        default="none",
    )
    looks_for = blocks.TextBlock(
        label=_("What the reviewer looks at"),
        required=False,
        rows=2,
        help_text=_("Learners see this too, so they know what counts."),
    )

    class Meta:
        label = _("Try it")
        icon = "pick"
        group = GROUP
        template = "blocks/try.html"
        label_format = "{title}"
        description = _("A task. The learner may hand in words, a link or a photo.")
        preview_value = {
            "title": "Lock and unlock",
            "text": "<p>Lock your phone, then unlock it. Do it three times.</p>",
            "ask": "none",
            "looks_for": "",
        }


class LessonBody(PageBody):
    """Everything a lesson may hold. The ids of questions, quizzes and tasks are unique in it."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        own = [(name, block()) for name, block in QUESTIONS.items()]
        own += [("quiz", QuizBlock()), ("try", TryBlock())]
        super().__init__([*own, *(local_blocks or [])], **kwargs)

    def clean(self, value: StreamValue) -> StreamValue:
        """The value; refused where an id cannot name what learners do."""
        cleaned = super().clean(value)
        if errors := id_errors(cleaned):
            raise StreamBlockValidationError(block_errors=errors)
        return cleaned


def id_errors(stream: StreamValue) -> dict[int, ValidationError]:
    """By place in the stream: blocks whose id is missing or stands twice in the lesson."""
    counts = Counter(ident for child in stream for ident in named_ids(child))
    return {
        at: ValidationError(_("This block has no id of its own. Delete it and write it again."))
        for at, child in enumerate(stream)
        if any(not ident or counts[ident] > 1 for ident in named_ids(child))
    }


def named_ids(child: Any) -> Iterator[str]:
    """The ids of a block, and of the questions in it, that learner state points at."""
    if child.block_type in (*QUESTIONS, "quiz", "try"):
        yield child.id
    if child.block_type == "quiz":
        for question in child.value["questions"]:
            yield question.id
