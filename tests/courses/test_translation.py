"""A translated question: the source's truth in other words. No database."""

from courses.translation import in_words_of

SOURCE = {
    "kind": "text",
    "prompt": "What is it called?",
    "hint": "Think.",
    "right": "Yes.",
    "otherwise": "No.",
    "tries": 2,
    "answers": [
        {"id": "1", "text": "browser", "right": True, "feedback": "Good.", "match": ""},
        {"id": "2", "text": "screen", "right": False, "feedback": "Look.", "match": ""},
    ],
}
WORDS = {
    "kind": "text",
    "prompt": "¿Cómo se llama?",
    "hint": "",
    "tries": 9,
    "answers": [
        {"id": "2", "text": "", "right": True, "feedback": "Mire.", "match": ""},
        {"id": "1", "text": "navegador", "right": False, "feedback": "", "match": ""},
        {"id": "3", "text": "otro", "right": True, "feedback": "", "match": ""},
    ],
}


def test_words_are_taken_and_truth_is_kept() -> None:
    found = in_words_of(SOURCE, WORDS)
    assert (found["prompt"], found["hint"], found["right"]) == (
        "¿Cómo se llama?",
        "Think.",
        "Yes.",
    )
    assert found["tries"] == 2
    assert found["answers"] == [
        {"id": "1", "text": "navegador", "right": True, "feedback": "Good.", "match": ""},
        {"id": "2", "text": "screen", "right": False, "feedback": "Mire.", "match": ""},
    ]


def test_no_words_or_another_kind_leave_the_source() -> None:
    assert in_words_of(SOURCE, None) == SOURCE
    assert in_words_of(SOURCE, {**WORDS, "kind": "one"}) == SOURCE


def test_an_answer_without_words_stays() -> None:
    found = in_words_of(SOURCE, {**WORDS, "answers": WORDS["answers"][:1]})
    assert found["answers"][0] == SOURCE["answers"][0]


def test_a_number_is_a_fact_in_every_language() -> None:
    number = {**SOURCE, "kind": "number", "answers": [{"id": "1", "text": "12", "feedback": "a"}]}
    other = {**number, "answers": [{"id": "1", "text": "13", "feedback": "b"}]}
    assert in_words_of(number, other)["answers"] == [{"id": "1", "text": "12", "feedback": "b"}]
