"""Questions as a page may show them: never with what is right. Pure.

Words of answers are plain text in which `backticks` stand for code and **stars** for bold:
`text` is the bare wording (for a select or a label), `html` is safe markup.
"""

import hashlib
import html
import re
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from . import marking
from .marking import Answer, Definition, Given, Mark, answers_of, clean_given, right_id

Public = dict[str, Any]
GAP = "___"
GAPS = re.compile(r"_{3,}")
TAG = re.compile(r"<(/?)(\w+)[^>]*>")
MOVES = {"up": -1, "down": 1}


class FormData(Protocol):
    """What a posted form offers: Django's QueryDict does."""

    def get(self, key: str, default: Any = None) -> Any: ...

    def getlist(self, key: str) -> list[Any]: ...


def public(definition: Definition) -> Public:
    """The question before it is answered: no right answers, feedback, variants or tolerance."""
    kept = ("id", "kind", "prompt", "hint", "tries")
    shown = {name: definition[name] for name in kept}
    return shown | SHOWN.get(definition["kind"], nothing_more)(definition)


def nothing_more(_definition: Definition) -> Public:
    """Text and number have nothing to choose from."""
    return {}


def in_order(definition: Definition) -> Public:
    """True and false, as the author wrote them."""
    return {"choices": [choice(answer) for answer in answers_of(definition)]}


def shuffled_choices(definition: Definition) -> Public:
    """The choices, in an order that tells nothing and stays the same."""
    return {"choices": [choice(answer) for answer in shuffle(definition)]}


def disordered_choices(definition: Definition) -> Public:
    """The lines to put in order, never in the right order."""
    return {"choices": [choice(answer) for answer in disorder(definition)]}


def two_sides(definition: Definition) -> Public:
    """Left and right of a match. Equal right-hand sides are shown once."""
    partners: dict[str, Public] = {}
    for answer in disorder(definition):
        side = {"id": right_id(definition["id"], answer["id"]), **worded(answer["match"])}
        partners.setdefault(answer["match"], side)
    lefts = [choice(answer) for answer in answers_of(definition)]
    return {"lefts": lefts, "rights": list(partners.values())}


def parts_and_gaps(definition: Definition) -> Public:
    """The prompt in pieces, each followed by its gap; the tags of every piece are balanced."""
    ids = [answer["id"] for answer in answers_of(definition)]
    pieces = balanced(GAPS.split(inline(definition["prompt"])))
    ends: list[str | None] = [*ids[: len(pieces) - 1]]
    ends += [None] * (len(pieces) - len(ends))
    parts = [{"text": text, "gap": gap} for text, gap in zip(pieces, ends, strict=True)]
    return {"gaps": ids, "parts": parts}


SHOWN: dict[str, Callable[[Definition], Public]] = {
    "one": shuffled_choices,
    "several": shuffled_choices,
    "truefalse": in_order,
    "order": disordered_choices,
    "match": two_sides,
    "gap": parts_and_gaps,
}


def choice(answer: Answer) -> Public:
    """An answer to choose: its id and its words."""
    return {"id": answer["id"], **worded(answer["text"])}


def worded(text: str) -> Public:
    """Words twice: bare, and as markup."""
    return {"text": bare(text), "html": marked_up(text)}


def bare(text: str) -> str:
    """Words without the marks for code and bold."""
    return re.sub(r"`([^`]+)`|\*\*([^*]+)\*\*", lambda hit: hit[1] or hit[2], text)


def marked_up(text: str) -> str:
    """Words as safe HTML: `code` and **bold**, everything else escaped."""
    safe = html.escape(text)
    return re.sub(
        r"`([^`]+)`|\*\*([^*]+)\*\*",
        lambda hit: f"<code>{hit[1]}</code>" if hit[1] else f"<b>{hit[2]}</b>",
        safe,
    )


def shuffle(definition: Definition) -> list[Answer]:
    """The answers in an order that only the ids decide."""

    def rank(answer: Answer) -> str:
        return hashlib.sha256(f"{definition['id']}:{answer['id']}".encode()).hexdigest()

    return sorted(answers_of(definition), key=rank)


def disorder(definition: Definition) -> list[Answer]:
    """The answers shuffled, but never as the author ordered them."""
    mixed = shuffle(definition)
    return mixed[1:] + mixed[:1] if mixed == answers_of(definition) else mixed


def inline(prompt: str) -> str:
    """A prompt without its paragraph tags, so that fields can stand in its lines."""
    joined = re.sub(r"</p>\s*<p[^>]*>", "<br>", prompt.strip())
    return re.sub(r"</?p(?:\s[^>]*)?>", "", joined)


def balanced(pieces: list[str]) -> list[str]:
    """Close in each piece what it leaves open, and open it again in the next."""
    done: list[str] = []
    opened: list[tuple[str, str]] = []
    for piece in pieces:
        start = "".join(tag for tag, _name in opened)
        opened = still_open(opened, piece)
        end = "".join(f"</{name}>" for _tag, name in reversed(opened))
        done.append(f"{start}{piece}{end}")
    return done


def still_open(opened: list[tuple[str, str]], piece: str) -> list[tuple[str, str]]:
    """The tags that are open after a piece."""
    stack = list(opened)
    for hit in TAG.finditer(piece):
        if hit[1]:
            stack = stack[:-1]
        elif hit[2] != "br":
            stack = [*stack, (hit[0], hit[2])]
    return stack


def given_from_form(definition: Definition, data: FormData) -> Given:
    """What a posted form says about one question, cleaned."""
    name = f"q-{definition['id']}"
    kind = definition["kind"]
    if kind in ("several", "order"):
        return clean_given(definition, data.getlist(name))
    if kind in ("match", "gap"):
        pieces = {
            answer["id"]: data.get(f"{name}-{answer['id']}", "")
            for answer in answers_of(definition)
        }
        return clean_given(definition, pieces)
    return clean_given(definition, data.get(name, ""))


def is_answered(definition: Definition, given: object) -> bool:
    """Whether a person has answered: lines that stand as they were first shown were not put in
    order, and that order is never the right one."""
    if definition["kind"] == "order" and given == shown_order(definition):
        return given == [answer["id"] for answer in answers_of(definition)]
    return marking.is_answered(definition, given)


def given_in_words(definition: Definition, given: object) -> str:
    """What a person gave, in the words of the question: chosen answers, pairs, filled gaps."""
    clean = clean_given(definition, given)
    if isinstance(clean, str) and definition["kind"] in ("text", "number"):
        return clean
    words = {answer["id"]: bare(answer["text"]) for answer in answers_of(definition)}
    if isinstance(clean, dict):
        return "; ".join(pieces_in_words(definition, clean, words))
    return "; ".join(words[one] for one in ([clean] if isinstance(clean, str) else clean) if one)


def pieces_in_words(
    definition: Definition, given: dict[str, str], words: dict[str, str]
) -> list[str]:
    """Each left-hand side with the partner that it was given, or each gap's word."""
    if definition["kind"] == "gap":
        return [given[one] for one in words if one in given]
    rights = {
        right_id(definition["id"], answer["id"]): bare(answer["match"])
        for answer in answers_of(definition)
    }
    return [f"{words[left]} – {rights[right]}" for left, right in given.items()]


def read_move(value: str) -> tuple[str, str, str] | None:
    """The block, the answer and the direction of a pressed `move` button, or None."""
    parts = value.split(":")
    if len(parts) != 3 or parts[2] not in MOVES:
        return None
    return parts[0], parts[1], parts[2]


def moved(given_order: Iterable[str], answer_id: str, direction: str) -> list[str]:
    """The order with one line moved up or down; the same order where that cannot be."""
    order = list(given_order)
    if answer_id not in order or direction not in MOVES:
        return order
    place = order.index(answer_id)
    other = place + MOVES[direction]
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    return order


def shown_order(definition: Definition) -> list[str]:
    """The ids of a put-in-order question as a person first sees them."""
    return [answer["id"] for answer in disorder(definition)]


def feedback_rows(mark: Mark, said: str = "") -> list[dict[str, Any]]:
    """The feedback of a mark as rows for a page, without the word that was said before them."""
    rows = [
        (answer_id, words.removeprefix(said).strip(), is_right)
        for answer_id, words, is_right in mark.feedback
    ]
    return [
        {"id": answer_id, "is_right": is_right, **worded(words)}
        for answer_id, words, is_right in rows
        if words
    ]
