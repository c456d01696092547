"""Hard words: sentences and words too long for a beginner. The rules fit any language."""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.reading import folded, plain_text

from .written import WORD, Written

LONG_WORD = 14  # letters
SAME_WORD = LONG_WORD - 3  # letters in which a word and one that is explained begin alike
MOST_WORDS = 25  # in a sentence
WORDS_SHOWN = 3
SENTENCES_SHOWN = 2
BEGINNING = 6  # words of a sentence that are quoted
OPENING = "\"'“‘«("
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+|\|")  # | parts wordings that fit


def word_hints(written: Written) -> list[str]:
    """At most one sentence about long words and one about long sentences."""
    words, sentences = long_words(written), long_sentences(written)
    hints = [hint_of_words(words, written.has_blocks)] if words else []
    if sentences:
        hints.append(hint_of_sentences([beginning(sentence) for sentence in sentences]))
    return hints


def long_words(written: Written) -> list[str]:
    """The words that are long and that the page does not explain, each once, in order."""
    known = [folded(word) for term in written.terms for word in WORD.findall(term)]
    found: dict[str, str] = {}
    for word in written.own_words():
        if len(word) >= LONG_WORD:
            found.setdefault(folded(word), word)
    return [word for plain, word in found.items() if not is_explained(plain, known)]


def is_explained(word: str, known: Sequence[str]) -> bool:
    """Whether a word is one of those explained, or another form of it."""
    stems = (one[: max(len(one) - 2, SAME_WORD)] for one in known if len(one) >= SAME_WORD)
    return any(word.startswith(stem) for stem in stems)


def long_sentences(written: Written) -> list[str]:
    """The sentences that are long, each once, in order."""
    return list(
        dict.fromkeys(
            sentence
            for piece in written.words
            for sentence in sentences_of(piece.markup)
            if count_words(sentence) > MOST_WORDS
        )
    )


def sentences_of(markup: str) -> Iterator[str]:
    """The sentences of some HTML; a paragraph, a heading and an entry of a list end one too."""
    for line in plain_text(markup).splitlines():
        yield from SENTENCE_END.split(line)


def count_words(sentence: str) -> int:
    """How many words or numbers a sentence has; a lone sign is none."""
    return sum(any(sign.isalnum() for sign in token) for token in sentence.split())


def beginning(sentence: str) -> str:
    """The first words of a sentence, without the quote that it may begin."""
    return f"{' '.join(sentence.split()[:BEGINNING]).lstrip(OPENING)}…"


def hint_of_words(words: Sequence[str], has_blocks: bool) -> str:
    """What to do about long words."""
    if has_blocks:
        said = ngettext(
            "This word is long: %(words)s. Use a shorter one, or explain it in a “New word” block.",
            "These words are long: %(words)s. Use shorter ones, or explain each in a “New word” "
            "block.",
            len(words),
        )
    else:
        said = ngettext(
            "This word is long: %(words)s. Use a shorter one.",
            "These words are long: %(words)s. Use shorter ones.",
            len(words),
        )
    return said % {"words": quoted(words, WORDS_SHOWN)}


def hint_of_sentences(beginnings: Sequence[str]) -> str:
    """What to do about long sentences."""
    return ngettext(
        "This sentence has more than %(most)s words: %(sentences)s. Make two of it.",
        "These sentences have more than %(most)s words: %(sentences)s. Make two of each.",
        len(beginnings),
    ) % {"most": MOST_WORDS, "sentences": quoted(beginnings, SENTENCES_SHOWN)}


def quoted(texts: Sequence[str], most: int) -> str:
    """The first of some texts in quotes, and how many more there are."""
    shown = ", ".join(f"“{text}”" for text in texts[:most])
    if len(texts) <= most:
        return shown
    return _("%(shown)s and %(count)s more") % {"shown": shown, "count": len(texts) - most}
