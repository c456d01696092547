"""Marking, kind by kind: what is right, what is worth a part, and what nothing may break."""

import pytest
from hypothesis import given as given_by
from hypothesis import strategies as st

from courses import marking
from courses.marking import (
    NOT_YET,
    PARTLY,
    RIGHT,
    SOME_MISSING,
    UNANSWERED,
    Mark,
    clean_given,
    fingerprint,
    is_answered,
    is_over,
    mark,
    mark_quiz,
    passes,
    right_id,
    tries_left,
)


def answer(ident, text="", right=False, feedback="", **more):
    return {"id": ident, "text": text, "right": right, "feedback": feedback, **more}


def question(kind, *answers, **more):
    plain = {"id": "q", "kind": kind, "prompt": "<p>?</p>", "hint": "", "tries": 0}
    return {**plain, "right": "", "otherwise": "", "answers": list(answers), **more}


ONE = question(
    "one",
    answer("a", "Side", True, "Yes. A short press wakes it."),
    answer("b", "Volume", False, "That one makes sound."),
    answer("c", "Back"),
    otherwise="Look at the edge.",
)
SEVERAL = question(
    "several",
    answer("a", "A", True, "A fits."),
    answer("b", "B", True, "B fits."),
    answer("c", "C", False, "C does not."),
    answer("d", "D"),
)
TRUEFALSE = question("truefalse", answer("t", "True"), answer("f", "False", True))
TEXT = question(
    "text",
    answer("slip", "google", False, "That is a search page."),
    answer("ok", "browser | web browser", True, "It shows pages."),
    otherwise="Think of the app.",
)
NUMBER = question(
    "number",
    answer("ok", "3.5", True, "Yes.", tolerance="0.1"),
    answer("slip", "35", False, "Check the comma."),
    answer("odd", "many", False, "never", tolerance="wide"),
    otherwise="Divide.",
)
ORDER = question("order", *[answer(ident, ident.upper(), True) for ident in "abcd"])
MATCH = question(
    "match",
    answer("l1", "cat", True, "A cat is an animal.", match="animal"),
    answer("l2", "dog", True, match="animal"),
    answer("l3", "oak", True, "An oak is a tree.", match="tree"),
    otherwise="Look again.",
)
GAP = question(
    "gap",
    answer("g1", "color", True, "American spelling."),
    answer("g2", "semicolon | ;", True, "It ends a rule."),
    prompt="<p>The ___ ends with ___.</p>",
)
ALL = [ONE, SEVERAL, TRUEFALSE, TEXT, NUMBER, ORDER, MATCH, GAP]


def partner(ident):
    return right_id("q", ident)


def test_one_right_gives_its_feedback():
    assert mark(ONE, "a") == Mark(
        1.0, True, RIGHT, (("a", "Yes. A short press wakes it.", True),), (("a", True),)
    )


def test_one_wrong_with_feedback_keeps_the_neutral_message():
    assert mark(ONE, "b") == Mark(
        0.0, False, NOT_YET, (("b", "That one makes sound.", False),), (("b", False),)
    )


def test_one_wrong_without_feedback_says_otherwise():
    assert mark(ONE, "c") == Mark(0.0, False, "Look at the edge.", (), (("c", False),))


def test_the_authors_sentence_for_right():
    assert mark({**ONE, "right": "Well seen."}, "a").message == "Well seen."


@pytest.mark.parametrize("definition", ALL, ids=lambda one: one["kind"])
def test_no_answer_is_said_so(definition):
    assert mark(definition, None) == Mark(0.0, False, UNANSWERED[definition["kind"]])
    assert is_answered(definition, None) is False


@pytest.mark.parametrize(
    ("picks", "score", "message"),
    [
        (["a", "b"], 1.0, RIGHT),
        (["a"], 0.5, SOME_MISSING),
        (["a", "b", "c"], 0.5, NOT_YET),
        (["a", "c"], 0.0, SOME_MISSING),
        (["c", "d"], 0.0, SOME_MISSING),
    ],
)
def test_several_counts_right_less_wrong(picks, score, message):
    found = mark(SEVERAL, picks)
    assert (found.score, found.is_right, found.message) == (score, score == 1.0, message)


def test_several_speaks_only_of_what_was_picked():
    found = mark(SEVERAL, ["c", "a"])
    assert found.feedback == (("a", "A fits.", True), ("c", "C does not.", False))
    assert found.parts == (("a", True), ("c", False))


def test_several_says_otherwise_when_no_pick_is_wrong():
    assert mark({**SEVERAL, "otherwise": "One more."}, ["a"]).message == "One more."


def test_several_without_a_right_answer_is_worth_nothing():
    assert mark(question("several", answer("a", "A")), ["a"]).score == 0.0


def test_truefalse():
    assert mark(TRUEFALSE, "f").is_right is True
    assert mark(TRUEFALSE, "t").is_right is False


@pytest.mark.parametrize(
    "words",
    ["browser", " Browser. ", "WEB  browser", "bröwser", "web\u200b browser", "web\tbrowser"],
)
def test_text_forgives_what_does_not_matter(words):
    assert mark(TEXT, words).is_right is True


def test_text_knows_slips_and_says_otherwise():
    assert mark(TEXT, "Google!").message == "Think of the app."
    assert mark(TEXT, "Google").feedback == (("slip", "That is a search page.", False),)


def test_text_prefers_the_right_answer_to_a_slip():
    both = question("text", answer("slip", "co-op"), answer("ok", "co-op", True))
    assert mark(both, "Co\u2011op").is_right is True


@pytest.mark.parametrize("words", ["3.5", "3,5", "3.60", "+3.4", "3,5 %", "€ 3.5", "3.5 kg", "٣٫٥"])
def test_number_forgives_habits(words):
    assert mark(NUMBER, words).is_right is True


@pytest.mark.parametrize("words", ["3.7", "-3.5", "0"])
def test_number_out_of_tolerance(words):
    assert mark(NUMBER, words) == Mark(0.0, False, "Divide.")


def test_number_knows_slips_exactly():
    assert mark(NUMBER, "35").feedback == (("slip", "Check the comma.", False),)
    assert mark(NUMBER, "35.01").feedback == ()


def test_number_takes_both_readings_of_a_thousand():
    thousand = question("number", answer("ok", "1000", True))
    small = question("number", answer("ok", "1", True))
    for words in ("1,000", "1.000", "1 000", "1\u202f000", "1'000"):
        assert mark(thousand, words).is_right is True
    assert mark(small, "1,000").is_right is True


def test_what_is_no_number_is_not_answered():
    assert is_answered(NUMBER, "about three") is False
    assert is_answered(NUMBER, "3") is True


@pytest.mark.parametrize(
    ("order", "score", "message"),
    [
        ("abcd", 1.0, RIGHT),
        ("bcda", 2 / 3, PARTLY),
        ("acbd", 2 / 3, PARTLY),
        ("dcba", 0.0, NOT_YET),
    ],
)
def test_order_counts_neighbours(order, score, message):
    found = mark(ORDER, list(order))
    assert (found.score, found.is_right, found.message) == (score, score == 1.0, message)
    assert found.feedback == ()


def test_order_of_one_line_is_right():
    assert mark(question("order", answer("a", "A", True)), ["a"]).is_right is True


def test_match_counts_pairs_and_equal_partners():
    given = {"l1": partner("l2"), "l2": partner("l1"), "l3": partner("l3")}
    assert mark(MATCH, given).is_right is True


def test_match_keeps_the_feedback_of_wrong_pairs_to_itself():
    found = mark(MATCH, {"l1": partner("l1"), "l3": partner("l2")})
    assert found.score == 1 / 3
    assert found.message == "Look again."
    assert found.feedback == (("l1", "A cat is an animal.", True),)
    assert found.parts == (("l1", True), ("l3", False))


def test_gap_counts_gaps():
    assert mark(GAP, {"g1": "Color", "g2": ";"}).is_right is True
    half = mark(GAP, {"g1": "colour", "g2": "Semicolon."})
    assert (half.score, half.message) == (0.5, PARTLY)
    assert half.feedback == (("g2", "It ends a rule.", True),)


def test_every_piece_must_be_given():
    assert is_answered(GAP, {"g1": "color"}) is False
    assert is_answered(GAP, {"g1": "color", "g2": "x"}) is True
    assert is_answered(MATCH, {"l1": partner("l1")}) is False
    assert is_answered(SEVERAL, ["c"]) is True
    assert is_answered(ORDER, ["a", "b"]) is False


@pytest.mark.parametrize(
    ("definition", "raw", "clean"),
    [
        (ONE, "zz", ""),
        (ONE, ["a"], ""),
        (TEXT, 7, ""),
        (TEXT, "a\x00b\ud800\nc", "ab c"),
        (TEXT, "x" * 9000, "x" * 500),
        (SEVERAL, ["c", 3, "a", "a", "zz"], ["a", "c"]),
        (SEVERAL, "a", []),
        (ORDER, ["b", "a", "d", "c"], ["b", "a", "d", "c"]),
        (ORDER, ["a", "a", "b", "c"], []),
        (ORDER, {"a": 1}, []),
        (MATCH, {"l1": "wrong", "l2": partner("l1"), 5: "x"}, {"l2": partner("l1")}),
        (GAP, {"g1": " a ", "g2": "\x07", "g3": "x"}, {"g1": "a"}),
        (GAP, "a", {}),
    ],
)
def test_hostile_answers_become_valid_or_empty(definition, raw, clean):
    assert clean_given(definition, raw) == clean


HOSTILE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from("abcdtf"),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["l1", "g1"]), inner)
    ),
)


@given_by(st.sampled_from(ALL), HOSTILE)
def test_anything_can_be_cleaned_and_marked(definition, raw):
    clean = clean_given(definition, raw)
    assert clean_given(definition, clean) == clean
    found = mark(definition, raw)
    assert 0.0 <= found.score <= 1.0
    assert found.is_right is (found.score == 1.0)
    assert found.message
    assert is_answered(definition, raw) in (True, False)


@given_by(st.permutations("abcd"))
def test_only_the_whole_order_is_right(order):
    assert mark(ORDER, order).is_right is (order == list("abcd"))


@given_by(st.sets(st.sampled_from("abcd")))
def test_only_the_exact_choice_is_right(picks):
    assert mark(SEVERAL, sorted(picks)).is_right is (picks == {"a", "b"})


def test_fingerprint_follows_content_not_key_order():
    turned = dict(reversed(list(ONE.items())))
    assert fingerprint(turned) == fingerprint(ONE)
    assert fingerprint({**ONE, "hint": "x"}) != fingerprint(ONE)
    assert len(fingerprint(ONE)) == 64


def test_quiz_rounds_down():
    marks = [mark(ONE, "a"), mark(ONE, "b"), mark(TRUEFALSE, "f")]
    assert mark_quiz(marks) == (66, 2, 3)
    assert mark_quiz([]) == (0, 0, 0)
    assert passes(66, 66) is True
    assert passes(65, 66) is False


def test_kinds_are_all_marked():
    assert set(marking.KINDS) == set(marking.MARKERS) == set(UNANSWERED)


@pytest.mark.parametrize(
    ("limit", "made", "left"),
    [(0, 0, None), (0, 9, None), (None, 1, None), (2, 0, 2), (2, 1, 1), (2, 2, 0), (1, 3, 0)],
)
def test_tries_are_free_or_counted(limit, made, left):
    definition = {"tries": limit}
    assert tries_left(definition, made) == left
    assert is_over(definition, made, is_right=False) == (left == 0)
    assert is_over(definition, made, is_right=True)
