"""Questions, quizzes and tasks as blocks: what is refused, what is read from them."""

import json
import pickle

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.admin.telepath import JSContext
from wagtail.models import Page
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor

from courses.blocks import (
    KINDS,
    QUESTIONS,
    LessonBody,
    Segment,
    body_segments,
    definition_of,
    expanded,
    problem_with,
    questions_of,
)
from courses.marking import KINDS as MARKED
from courses.marking import fingerprint, mark
from courses.questions import public

BODY = LessonBody()


def answers(*values):
    return [
        {"type": "answer", "id": f"a{at}", "value": {"feedback": "", **value}}
        for at, value in enumerate(values)
    ]


def choice(text, right=False, feedback=""):
    return {"text": text, "right": right, "feedback": feedback}


RAW = {
    "one": answers(choice("A", True, "Yes."), choice("B")),
    "several": answers(choice("A", True), choice("B", True), choice("C")),
    "truefalse": answers(choice("True"), choice("False", True)),
    "text": answers(choice("browser | web browser", True), choice("google")),
    "number": answers({"number": "3.50", "tolerance": "0.10", "right": True}),
    "order": answers({"text": "A"}, {"text": "B"}),
    "match": answers({"text": "A", "match": "1"}, {"text": "B", "match": "2"}),
    "gap": answers({"text": "x"}, {"text": "y | z"}),
}
PROMPTS = {"gap": '<p data-block-key="k1">The ___ and ___.</p>'}


def raw_question(kind, ident="q1", **more):
    value = {
        "prompt": PROMPTS.get(kind, '<p data-block-key="k1">What?</p>'),
        "answers": RAW[kind],
        "hint": "",
        "tries": 0,
        "right": "",
        "otherwise": "",
        **more,
    }
    return {"type": f"question_{kind}", "value": value, "id": ident}


def raw_quiz(*questions, ident="quiz1", title="Check"):
    value = {"title": title, "questions": list(questions)}
    return {"type": "quiz", "value": value, "id": ident}


def raw_try(ident="t1", ask="words"):
    value = {"title": "Try", "text": "<p>Do it.</p>", "ask": ask, "looks_for": "Three lines"}
    return {"type": "try", "value": value, "id": ident}


def raw_text(text, ident="x1"):
    return {"type": "text", "value": f"<p>{text}</p>", "id": ident}


def stream(*blocks):
    return BODY.to_python(list(blocks))


def sentences(error):
    """Every sentence of a refused body."""
    if hasattr(error, "block_errors"):
        inner = [words for one in error.block_errors.values() for words in sentences(one)]
        return inner + [words for one in error.non_block_errors.as_data() for words in one.messages]
    return list(error.messages)


def refused(*blocks, is_draft=False):
    try:
        BODY.clean_deferred(stream(*blocks)) if is_draft else BODY.clean(stream(*blocks))
    except ValidationError as error:
        return sentences(error)
    return []


def test_kinds_are_the_same_everywhere():
    assert KINDS == MARKED
    assert list(QUESTIONS) == [f"question_{kind}" for kind in KINDS]


def test_the_names_of_blocks_are_stored_in_pages():
    assert list(BODY.child_blocks) == [
        "text", "picture", "drawing", "note", "example", "term", "code", "links",
        "file", "audio", "video",
        "question_one", "question_several", "question_truefalse", "question_text",
        "question_number", "question_order", "question_match", "question_gap", "quiz", "try",
    ]  # fmt: skip


def test_every_block_can_be_chosen_by_its_look():
    for block in BODY.child_blocks.values():
        assert block.is_previewable, block.name
        assert block.get_description(), block.name
        assert block.meta.icon != "placeholder", block.name


@pytest.mark.parametrize("name", [*QUESTIONS, "quiz"])
def test_the_sample_of_a_question_is_a_sound_question(name):
    block = BODY.child_blocks[name]
    assert block.clean(block.get_preview_value())


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_question_is_taken_and_survives_storing(kind):
    body = stream(raw_question(kind))
    assert refused(raw_question(kind)) == []
    cleaned = BODY.clean(body)
    assert [child.id for child in cleaned] == ["q1"]
    stored = json.loads(json.dumps(BODY.get_prep_value(cleaned), default=str))
    again = stream(*stored)
    assert definition_of(again[0]) == definition_of(body[0])


def test_definition_of_a_choice():
    question = raw_question("one", hint="<p>Look.</p>", tries=3, right="Well done.")
    assert definition_of(stream(question)[0]) == {
        "id": "q1",
        "kind": "one",
        "prompt": "<p>What?</p>",
        "hint": "<p>Look.</p>",
        "tries": 3,
        "right": "Well done.",
        "otherwise": "",
        "answers": [
            {"id": "a0", "text": "A", "right": True, "feedback": "Yes."},
            {"id": "a1", "text": "B", "right": False, "feedback": ""},
        ],
    }


def test_definition_of_a_number():
    [answer] = definition_of(stream(raw_question("number"))[0])["answers"]
    assert answer == {"id": "a0", "text": "3.5", "right": True, "feedback": "", "tolerance": "0.1"}


def test_definition_of_pairs():
    [first, _second] = definition_of(stream(raw_question("match"))[0])["answers"]
    assert first == {"id": "a0", "text": "A", "right": True, "feedback": "", "match": "1"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_definition_can_be_stored_shown_and_marked(kind):
    definition = definition_of(stream(raw_question(kind))[0])
    assert json.loads(json.dumps(definition)) == definition
    assert len(fingerprint(definition)) == 64
    assert public(definition)["id"] == "q1"
    assert mark(definition, None).score == 0.0


@pytest.mark.parametrize(
    ("kind", "more", "sentence"),
    [
        ("one", {"prompt": "<p> </p>"}, "Write the question first."),
        ("one", {"answers": []}, "This question has no answers yet."),
        (
            "one",
            {"answers": answers(choice("A", True))},
            "Write at least two answers to choose from.",
        ),
        ("one", {"answers": answers(choice("A"), choice("B"))}, "Mark one answer as right."),
        (
            "one",
            {"answers": answers(choice("A", True), choice("B", True))},
            "Only one answer can be right here. For more, use “several right answers”.",
        ),
        (
            "one",
            {"answers": answers(choice("A", True), choice("A"))},
            "Two answers have the same words. Change one of them.",
        ),
        (
            "several",
            {"answers": answers(choice("A", True))},
            "Write at least two answers to choose from.",
        ),
        (
            "several",
            {"answers": answers(choice("A"), choice("B"))},
            "Mark at least one answer as right.",
        ),
        (
            "truefalse",
            {"answers": answers(choice("A", True), choice("B"), choice("C"))},
            "True or false has exactly two answers.",
        ),
        ("text", {"answers": answers(choice("A"))}, "Mark at least one answer as right."),
        ("order", {"answers": answers({"text": "A"})}, "Write at least two lines."),
        (
            "gap",
            {"answers": answers({"text": "x"})},
            "The text has 2 gaps (___), so it needs as many answers.",
        ),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_in_one_sentence(kind, more, sentence):
    assert refused(raw_question(kind, **more)) == [sentence]


def test_a_number_must_be_a_number():
    empty = answers({"number": None, "tolerance": None, "right": True})
    assert refused(raw_question("number", answers=empty)) == ["This field is required."]


def test_a_draft_may_lack_anything():
    assert refused(raw_question("one", prompt="", answers=[]), is_draft=True) == []
    assert refused(raw_quiz(title=""), is_draft=True) == []


def test_a_quiz_needs_questions():
    assert refused(raw_quiz()) == ["This field is required."]
    assert refused(raw_quiz(raw_question("one"))) == []


ANSWER_TWICE = "Two answers or questions share one id. Delete one of them and write it again."
NO_ID = "An answer or question has no id. Load the page again, then save."
OWN_ID = "This block has no id of its own. Delete it and write it again."


@pytest.mark.parametrize("is_draft", [False, True])
def test_ids_are_there_and_unique(is_draft):
    twice = [{**one, "id": "a0"} for one in RAW["one"]]
    assert refused(raw_question("one", answers=twice), is_draft=is_draft) == [ANSWER_TWICE]
    none = [{**one, "id": ""} for one in RAW["one"]]
    assert refused(raw_question("one", answers=none), is_draft=is_draft) == [NO_ID]
    assert refused(raw_question("one", ident=""), is_draft=is_draft) == [OWN_ID]
    assert refused(raw_question("one"), raw_try("q1"), is_draft=is_draft) == [OWN_ID, OWN_ID]


def test_ids_are_unique_across_quizzes():
    quiz = raw_quiz(raw_question("one", "q1"), raw_question("one", "q2"))
    assert refused(raw_question("one", "q1"), quiz) == [OWN_ID, OWN_ID]
    assert refused(raw_question("one", "q3"), quiz) == []


def test_questions_of_a_body_are_in_order():
    body = stream(
        raw_question("one", "q1"), raw_text("x"), raw_quiz(raw_question("gap", "q2")), raw_try()
    )
    assert [child.id for child in questions_of(body)] == ["q1", "q2"]


def test_segments_join_what_is_static_and_can_be_kept():
    body = stream(
        raw_text("One", "x1"),
        raw_text("Two", "x2"),
        raw_question("one"),
        raw_quiz(raw_question("gap", "q2"), raw_question("order", "q3")),
        raw_text("Three", "x3"),
        raw_try(),
    )
    segments = body_segments(body)
    assert [(part.id, part.kind) for part in segments] == [
        ("", "html"), ("q1", "question"), ("quiz1", "quiz"), ("", "html"), ("t1", "try"),
    ]  # fmt: skip
    assert segments[0].value.index("One") < segments[0].value.index("Two")
    assert segments[1].value == definition_of(body[2])
    assert segments[2].value == {
        "id": "quiz1",
        "title": "Check",
        "questions": ["q2", "q3"],
    }
    assert segments[4].value == {
        "id": "t1",
        "title": "Try",
        "text": "<p>Do it.</p>",
        "ask": "words",
        "looks_for": "Three lines",
    }
    assert pickle.loads(pickle.dumps(segments)) == segments
    assert type(segments[0].value) is str


def test_segments_take_another_renderer():
    assert body_segments(stream(raw_text("One")), lambda child: child.id) == [
        Segment("", "html", "x1")
    ]


def test_rendering_a_whole_body_gives_no_answer_away():
    body = stream(
        *[raw_question(kind, f"q-{kind}") for kind in KINDS],
        raw_quiz(raw_question("text", "q9")),
        raw_try(),
    )
    shown = str(body)
    assert "What?" in shown
    assert "Do it." in shown
    for secret in ("browser", "Yes.", "3.5", "y | z", "Three lines"):
        assert secret not in shown


def test_right_answers_are_not_searched():
    body = stream(raw_question("text", right="SAID", otherwise="ELSE"))
    words = " ".join(BODY.get_searchable_content(body))
    assert "What?" in words
    for secret in ("browser", "SAID", "ELSE"):
        assert secret not in words


def test_links_in_prompts_stay_stored_until_they_are_shown(db):
    page = Page.objects.get(depth=2)
    question = raw_question("one", prompt=f'<p><a linktype="page" id="{page.pk}">Read</a></p>')
    definition = definition_of(stream(question)[0])
    assert f'linktype="page" id="{page.pk}"' in definition["prompt"]
    assert "linktype" not in expanded(definition)["prompt"]


def test_every_word_of_a_question_can_be_translated():
    body = stream(raw_quiz(raw_question("match", "q1", hint="<p>H</p>", right="R")))
    found = StreamFieldSegmentExtractor(None).handle_stream_block(body)
    words = {getattr(one, "string", None) and one.string.data for one in found}
    assert {"Check", "What?", "A", "1", "B", "2", "H", "R"} <= words


def test_problem_with_takes_plain_values():
    assert problem_with("gap", "<p>___</p>", [{"text": "x"}]) == ""
    assert problem_with("gap", "<p>___ ___</p>", [{"text": "x"}, {"text": "x"}]) == ""


def test_the_editor_gets_every_block():
    packed = json.dumps(JSContext().pack(BODY), default=str)
    for block in BODY.child_blocks.values():
        assert str(block.label) in packed


@pytest.mark.parametrize("name", list(BODY.child_blocks))
def test_every_block_shows_a_sample_in_the_cms(admin_client, name):
    prefix = BODY.child_blocks[name].definition_prefix
    response = admin_client.get(reverse("wagtailadmin_block_preview"), {"id": prefix})
    assert response.status_code == 200
    main = response.content.decode().split("<main>")[1].split("</main>")[0]
    assert len(strip_tags(main).split()) >= 3 or "<svg" in main or "<img" in main, main
