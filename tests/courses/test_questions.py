"""What a question shows before it is answered, and how a form is read."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.marking import is_answered, mark, right_id
from courses.questions import (
    bare,
    feedback_rows,
    given_from_form,
    given_in_words,
    marked_up,
    moved,
    public,
    read_move,
    shown_order,
)
from courses.questions import is_answered as answered
from tests.courses import test_marking as samples


class Form(dict):
    """A posted form: every value is a list."""

    def get(self, key, default=""):
        return self[key][-1] if key in self else default

    def getlist(self, key):
        return self.setdefault(key, [])


def question(kind, answers, prompt="<p>What?</p>", block="block-1", **more):
    common = {"id": block, "kind": kind, "prompt": prompt, "hint": "<p>h</p>", "tries": 2}
    return {**common, "right": "RIGHTSAID", "otherwise": "OTHERSAID", "answers": answers, **more}


def answers(*texts, **more):
    return [
        {"id": f"a{at}", "text": text, "right": at == 0, "feedback": f"FEEDBACK{at}", **more}
        for at, text in enumerate(texts)
    ]


def test_text_and_number_show_only_the_question():
    kept = {"id": "block-1", "prompt": "<p>What?</p>", "hint": "<p>h</p>", "tries": 2}
    for kind in ("text", "number"):
        shown = public(question(kind, answers("SECRET | OTHER", tolerance="0.5")))
        assert shown == {**kept, "kind": kind}


def test_choices_are_bare_and_marked_up():
    shown = public(question("one", answers("Change `<a>` & **all**")))
    assert shown["choices"] == [
        {
            "id": "a0",
            "text": "Change <a> & all",
            "html": "Change <code>&lt;a&gt;</code> &amp; <b>all</b>",
        }
    ]


def test_true_and_false_keep_their_order():
    shown = public(question("truefalse", answers("True", "False")))
    assert [choice["id"] for choice in shown["choices"]] == ["a0", "a1"]


def test_choices_of_one_are_shuffled_the_same_way_each_time():
    orders = set()
    for block in range(20):
        definition = question("one", answers("A", "B", "C"), block=f"b{block}")
        ids = tuple(choice["id"] for choice in public(definition)["choices"])
        assert ids == tuple(choice["id"] for choice in public(definition)["choices"])
        assert sorted(ids) == ["a0", "a1", "a2"]
        orders.add(ids)
    assert len(orders) > 3


@given(st.uuids().map(str), st.integers(2, 6))
def test_order_is_never_shown_in_the_right_order(block, count):
    definition = question("order", answers(*"ABCDEF"[:count]), block=block)
    ids = [choice["id"] for choice in public(definition)["choices"]]
    right = [f"a{at}" for at in range(count)]
    assert ids != right
    assert sorted(ids) == right
    assert ids == shown_order(definition)
    assert mark(definition, ids).is_right is False
    assert not answered(definition, ids) and answered(definition, right)
    assert not answered(definition, []) and is_answered(definition, ids)


def test_an_order_of_one_line_is_answered_as_it_stands():
    definition = question("order", answers("A"))
    assert answered(definition, ["a0"])
    assert answered(question("text", answers("A")), "A")


@given(st.uuids().map(str))
def test_the_sides_of_a_match_do_not_give_the_pairs_away(block):
    pairs = answers("cat", "oak", "carp")
    for answer, partner in zip(pairs, ["ANIMAL", "TREE", "FISH"], strict=True):
        answer["match"] = partner
    definition = question("match", pairs, block=block)
    shown = public(definition)
    assert [left["text"] for left in shown["lefts"]] == ["cat", "oak", "carp"]
    assert [right["text"] for right in shown["rights"]] != ["ANIMAL", "TREE", "FISH"]
    assert all(re.fullmatch(r"[0-9a-f]{8}", right["id"]) for right in shown["rights"])
    given_pairs = {answer["id"]: right_id(block, answer["id"]) for answer in pairs}
    assert set(given_pairs.values()) == {right["id"] for right in shown["rights"]}
    assert mark(definition, given_pairs).is_right is True


def test_equal_partners_are_shown_once_and_both_fit():
    pairs = answers("cat", "dog", "oak")
    for answer, partner in zip(pairs, ["animal", "animal", "tree"], strict=True):
        answer["match"] = partner
    definition = question("match", pairs)
    rights = {right["text"]: right["id"] for right in public(definition)["rights"]}
    assert sorted(rights) == ["animal", "tree"]
    chosen = {"a0": rights["animal"], "a1": rights["animal"], "a2": rights["tree"]}
    assert mark(definition, chosen).is_right is True


def test_gaps_split_the_prompt():
    shown = public(question("gap", answers("x", "y"), prompt="<p>A ___ and ____.</p>\n<p>End</p>"))
    assert shown["gaps"] == ["a0", "a1"]
    assert shown["parts"] == [
        {"text": "A ", "gap": "a0"},
        {"text": " and ", "gap": "a1"},
        {"text": ".<br>End", "gap": None},
    ]


def test_gaps_inside_tags_stay_balanced():
    prompt = '<p><b>a <code class="x">&lt;___<br>b</code> ___</b> c</p>'
    texts = [part["text"] for part in public(question("gap", answers("x", "y"), prompt))["parts"]]
    assert texts == [
        '<b>a <code class="x">&lt;</code></b>',
        '<b><code class="x"><br>b</code> </b>',
        "<b></b> c",
    ]


def test_too_few_gaps_are_shown_as_far_as_they_go():
    parts = public(question("gap", answers("x"), prompt="<p>___ ___</p>"))["parts"]
    assert [part["gap"] for part in parts] == ["a0", None, None]


KINDS = ["one", "several", "truefalse", "text", "number", "order", "match", "gap"]
WORDS = st.text(st.characters(categories=["L"]), min_size=8, max_size=12)


@given(st.sampled_from(KINDS), st.lists(WORDS, min_size=2, max_size=5), st.uuids().map(str))
def test_public_never_holds_what_is_right(kind, texts, block):
    definition = question(kind, answers(*texts, match="Pq", tolerance="TOLERANCE"), block=block)
    shown = json.dumps(public(definition))
    for secret in ("FEEDBACK", "RIGHTSAID", "OTHERSAID", "TOLERANCE", '"right":', '"feedback":'):
        assert secret not in shown
    if kind in ("text", "number", "gap"):
        assert not any(json.dumps(text) in shown for text in texts)


@pytest.mark.parametrize("kind", ["one", "truefalse"])
def test_form_of_one_choice(kind):
    definition = question(kind, answers("A", "B"))
    assert given_from_form(definition, Form({"q-block-1": ["a1"]})) == "a1"
    assert given_from_form(definition, Form({"q-block-1": ["zz"]})) == ""
    assert given_from_form(definition, Form()) == ""


def test_form_of_words():
    assert given_from_form(question("text", answers("x")), Form({"q-block-1": [" y "]})) == "y"


def test_form_of_lists():
    definition = question("several", answers("A", "B"))
    assert given_from_form(definition, Form({"q-block-1": ["a1", "a0"]})) == ["a0", "a1"]
    definition = question("order", answers("A", "B"))
    assert given_from_form(definition, Form({"q-block-1": ["a1", "a0"]})) == ["a1", "a0"]


def test_form_of_pieces():
    definition = question("gap", answers("x", "y"))
    form = Form({"q-block-1-a0": ["x"], "q-block-1-a1": [""]})
    assert given_from_form(definition, form) == {"a0": "x"}
    assert is_answered(definition, given_from_form(definition, form)) is False


@pytest.mark.parametrize(
    ("move", "expected"),
    [
        (("b", "up"), ["b", "a", "c"]),
        (("b", "down"), ["a", "c", "b"]),
        (("a", "up"), ["a", "b", "c"]),
        (("c", "down"), ["a", "b", "c"]),
        (("zz", "up"), ["a", "b", "c"]),
        (("a", "sideways"), ["a", "b", "c"]),
    ],
)
def test_moved(move, expected):
    assert moved(["a", "b", "c"], *move) == expected


def test_read_move():
    assert read_move("block:answer:up") == ("block", "answer", "up")
    assert read_move("block:answer:left") is None
    assert read_move("block:up") is None


def test_feedback_rows():
    definition = question("one", [{"id": "a", "text": "A", "right": True, "feedback": "Use `b`."}])
    assert feedback_rows(mark(definition, "a")) == [
        {"id": "a", "is_right": True, "text": "Use b.", "html": "Use <code>b</code>."}
    ]


def test_feedback_does_not_repeat_the_word_before_it():
    said = [{"id": "a", "text": "A", "right": False, "feedback": "Not yet. Look `up`."}]
    rows = feedback_rows(mark(question("one", said), "a"), "Not yet.")
    assert [row["text"] for row in rows] == ["Look up."]
    alone = [{**said[0], "feedback": "Not yet."}]
    assert feedback_rows(mark(question("one", alone), "a"), "Not yet.") == []


def test_words_without_marks_stay():
    assert bare("2 * 3 `") == "2 * 3 `"
    assert marked_up("<b>") == "&lt;b&gt;"


@pytest.mark.parametrize(
    "definition, given, words",
    [
        (samples.ONE, "a", "Side"),
        (samples.ONE, "nothing like it", ""),
        (samples.SEVERAL, ["d", "a"], "A; D"),
        (samples.TRUEFALSE, "f", "False"),
        (samples.TEXT, "web browser", "web browser"),
        (samples.NUMBER, "3,5", "3,5"),
        (samples.ORDER, ["b", "a", "d", "c"], "B; A; D; C"),
        (samples.GAP, {"g2": ";"}, ";"),
        (samples.GAP, {"g2": ";", "g1": "colour"}, "colour; ;"),
        (
            samples.MATCH,
            {"l1": samples.partner("l3"), "l3": samples.partner("l2")},
            "cat – tree; oak – animal",
        ),
    ],
)
def test_what_was_given_reads_as_words(definition, given, words):
    assert given_in_words(definition, given) == words
