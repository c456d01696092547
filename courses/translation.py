"""One language leads: a translated question keeps the source's truth and takes only its words.
Pure.

ARCHITECTURE section 4, "One language leads".
"""

from typing import Any

Definition = dict[str, Any]
WORDS = ("prompt", "hint", "right", "otherwise")
ANSWER_WORDS = ("feedback", "match")


def in_words_of(source: Definition, words: Definition | None) -> Definition:
    """The source's question in the words of its translation, matched by block and answer ids.

    Order, rightness, tries, numbers and tolerances stay the source's; a word that the translation
    lacks does too.
    """
    if not words or words.get("kind") != source["kind"]:
        return source
    theirs = {answer["id"]: answer for answer in words.get("answers", [])}
    merged = {name: words.get(name) or source.get(name, "") for name in WORDS}
    answers = [
        answer_in(source["kind"], answer, theirs.get(answer["id"])) for answer in source["answers"]
    ]
    return {**source, **merged, "answers": answers}


def answer_in(kind: str, source: Definition, words: Definition | None) -> Definition:
    """One answer in the words of its translation; the text of a number is a fact, not a word."""
    if not words:
        return source
    names = ANSWER_WORDS if kind == "number" else (*ANSWER_WORDS, "text")
    return {**source, **{name: words[name] for name in names if words.get(name)}}
