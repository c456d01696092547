"""What a new question or quiz begins with, and questions in which nothing is written."""

import json

import pytest
from django.utils import translation
from wagtail.admin.telepath import JSContext

from courses.blocks import KINDS, LessonBody
from courses.blocks.checks import has_words, is_blank
from tests.courses.test_blocks import RAW, answers, raw_question, raw_quiz, refused, stream

BODY = LessonBody()
QUIZ = BODY.child_blocks["quiz"]
EMPTY = "This question is empty. Write it, or delete it."
BEGINS = {
    "one": [{}, {}],
    "several": [{}, {}],
    "truefalse": [{"text": "True"}, {"text": "False"}],
    "text": [{"right": True}],
    "number": [{"right": True}],
    "order": [{}, {}],
    "match": [{}, {}],
    "gap": [{}],
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_question_begins_with_the_answers_it_needs(kind):
    block = BODY.child_blocks[f"question_{kind}"]
    state = block.get_form_state(block.get_default())["answers"]
    written = [{name: given for name, given in one["value"].items() if given} for one in state]
    assert written == BEGINS[kind]
    ids = [one["id"] for one in state + block.get_form_state(block.get_default())["answers"]]
    assert all(ids)
    assert len(set(ids)) == len(ids)


def test_a_new_question_begins_in_the_language_of_its_author():
    block = BODY.child_blocks["question_truefalse"]
    with translation.override("es"):
        state = block.get_form_state(block.get_default())["answers"]
    assert [one["value"]["text"] for one in state] == ["Verdadero", "Falso"]


def test_a_new_question_is_a_draft_that_can_be_kept():
    block = BODY.child_blocks["question_one"]
    value = block.get_prep_value(block.get_default())
    started = {"id": "q1", "type": "question_one", "value": value}
    assert refused(started, is_draft=True) == []
    assert refused(started) == [EMPTY]


def test_answers_that_were_all_taken_away_stay_away():
    [child] = stream(raw_question("one", answers=[]))
    assert list(child.value["answers"]) == []


def test_the_editor_gives_new_ids_to_what_a_new_block_begins_with():
    context = JSContext()
    assert json.dumps(context.pack(BODY), default=str).count('"courses.Stream"') == 10
    assert "cms/streams.js" in str(context.media)


def test_a_new_quiz_begins_with_a_title_and_three_questions() -> None:
    state = QUIZ.get_form_state(QUIZ.get_default())
    assert state["title"] == "Check what you know"
    assert [one["type"] for one in state["questions"]] == ["question_one"] * 3
    assert [len(one["value"]["answers"]) for one in state["questions"]] == [2, 2, 2]
    ids = [one["id"] for one in state["questions"]]
    ids += [answer["id"] for one in state["questions"] for answer in one["value"]["answers"]]
    assert all(ids)
    assert len(set(ids)) == 9


def test_a_new_quiz_is_a_draft_until_its_questions_are_written_or_deleted() -> None:
    value = QUIZ.get_prep_value(QUIZ.get_default())
    started = {"id": "quiz1", "type": "quiz", "value": value}
    assert refused(started, is_draft=True) == []
    assert refused(started) == [EMPTY] * 3
    value["questions"] = [raw_question("one"), value["questions"][1]]
    assert refused(started) == [EMPTY]
    value["questions"] = value["questions"][:1]
    assert refused(started) == []


def test_a_quiz_that_is_stored_gets_no_questions() -> None:
    [stored] = BODY.to_python([raw_quiz()])
    assert list(stored.value["questions"]) == []
    [without] = BODY.to_python([{"id": "quiz1", "type": "quiz", "value": {"title": "Check"}}])
    assert list(without.value["questions"]) == []


@pytest.mark.parametrize(
    ("kind", "more", "sentences"),
    [
        ("one", {"prompt": "<p> </p>", "answers": []}, [EMPTY]),
        ("one", {"prompt": "", "answers": answers({"right": True}, {})}, [EMPTY]),
        ("number", {"prompt": "", "answers": answers({"number": None, "right": True})}, [EMPTY]),
        ("number", {"prompt": "", "answers": answers({"number": 0, "right": True})}, ["?"]),
        ("truefalse", {"prompt": "", "answers": RAW["truefalse"]}, ["?"]),
        ("one", {"answers": answers({}, {})}, ["?", "?"]),
    ],
)
def test_what_is_empty_and_what_only_lacks_something(
    kind: str, more: dict[str, object], sentences: list[str]
) -> None:
    told = [words.replace("?", "This field is required.") for words in sentences]
    assert refused(raw_question(kind, **more)) == told
    assert refused(raw_question(kind, **more), is_draft=True) == []


def test_emptiness_takes_plain_values() -> None:
    assert [has_words(words) for words in ("<p><b>a</b></p>", "<p> </p>")] == [True, False]
    assert is_blank("", [{"right": True, "text": "", "feedback": None}])
    assert not is_blank("<p>a</p>", [])
    assert not is_blank("", [{"right": False, "feedback": "Yes."}])
