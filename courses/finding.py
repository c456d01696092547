"""Finding things by words: accents, case and dashes do not matter, a slip is forgiven. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Generic, Protocol, TypeVar

from .reading import SIGNS, one_line

MOST_SIGNS = 200
MOST_WORDS = 12
SHORTEST_MENDED = 4
CLOSE = 0.75
WORD = re.compile(r"[^\W_]+")
JOINT = re.compile(r"(?<=\w)[-'.](?=\w)")
MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u00ad\u200b-\u200f]")
SOUNDS = (("ph", "f"), ("ck", "k"), ("qu", "k"), ("c", "k"), ("z", "s"), ("y", "i"))
TITLE_POINTS, TEXT_POINTS = 4, 1


class Findable(Protocol):
    """A thing with a title and a text, both as `haystack` makes them."""

    @property
    def title_words(self) -> str: ...

    @property
    def all_words(self) -> str: ...


T = TypeVar("T", bound=Findable)


@dataclass(frozen=True)
class Found(Generic[T]):
    """What was found, the best first, and with which words: mended ones if none fitted."""

    things: list[T] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    is_mended: bool = False


def clean(typed: str) -> str:
    """What was typed, on one line and not too long."""
    return one_line(typed)[:MOST_SIGNS].strip()


def folded(text: str) -> str:
    """Text without accents, short vowels and case. Quick: lists fold all their words."""
    plain = unicodedata.normalize("NFKD", text.translate(SIGNS))
    return MARKS.sub("", plain).casefold()


def words_asked(typed: str) -> list[str]:
    """The words to look for. A word with a dash is one word: co-op is coop."""
    return list(dict.fromkeys(WORD.findall(JOINT.sub("", folded(clean(typed))))))[:MOST_WORDS]


def plain_words(typed: str) -> str:
    """The words as they were typed, without any sign that a database would read as an order."""
    return " ".join(WORD.findall(clean(typed).lower())[:MOST_WORDS])


def haystack(texts: Iterable[str]) -> str:
    """All words of some texts, each behind a space; one with a dash whole and in parts."""
    base = folded(" ".join(texts))
    known = dict.fromkeys(WORD.findall(base)) | dict.fromkeys(WORD.findall(JOINT.sub("", base)))
    return "".join(f" {word}" for word in known)


def has(text: str, word: str) -> bool:
    """Whether a word of the text starts with this word."""
    return f" {word}" in text


def points(thing: Findable, words: Sequence[str]) -> int:
    """How well a thing fits: 0 unless every word is there; words of the title count more."""
    if not all(has(thing.all_words, word) for word in words):
        return 0
    return sum(TITLE_POINTS if has(thing.title_words, word) else TEXT_POINTS for word in words)


def find(things: Sequence[T], typed: str) -> Found[T]:
    """The things that have every word; if none has, the words are mended and looked for again."""
    words = words_asked(typed)
    best = ranked(things, words)
    if best or not words:
        return Found(best, words)
    mended = mend(words, things)
    return Found(ranked(things, mended), mended, is_mended=mended != words)


def ranked(things: Sequence[T], words: Sequence[str]) -> list[T]:
    """Those with points, the best first; equals stay in their order."""
    scored = [(points(thing, words), thing) for thing in things] if words else []
    return [thing for score, thing in sorted(scored, key=lambda row: -row[0]) if score]


def mend(words: Sequence[str], things: Iterable[Findable]) -> list[str]:
    """Each word that nothing has becomes the closest one that something has."""
    text = "".join(thing.all_words for thing in things)
    vocabulary = sorted(set(text.split()))
    return [word if has(text, word) else closest(word, vocabulary) for word in words]


def closest(word: str, vocabulary: Sequence[str]) -> str:
    """The known word that looks or sounds most alike, or the word itself where none is close."""
    if len(word) < SHORTEST_MENDED:
        return word
    alike = {sound(known): known for known in vocabulary if abs(len(known) - len(word)) <= 2}
    found = get_close_matches(sound(word), alike, n=1, cutoff=CLOSE)
    return alike[found[0]] if found else word


def sound(word: str) -> str:
    """A word as one may write it by ear: fone is phone, komputer is computer."""
    for letters, heard in SOUNDS:
        word = word.replace(letters, heard)
    return word
