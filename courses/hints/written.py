"""What a page says and what it makes a phone load, as plain values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from courses.reading import plain_text

WORD = re.compile(r"[^\W\d_]+")
IN_ADDRESS = re.compile(r"[@/\\]|\w\.\w")
MARKED = re.compile(r"<(a|code)\b[^>]*>.*?</\1>", re.IGNORECASE | re.DOTALL)
BACKTICKED = re.compile(r"`[^`]*`")


@dataclass(frozen=True)
class Words:
    """A piece of HTML. `for_all` says that everybody reads it: an answer's feedback some see."""

    markup: str
    for_all: bool = True


@dataclass(frozen=True)
class Media:
    """A file, sound or film that loads after a tap, with its size in bytes."""

    kind: str
    title: str
    size: int


@dataclass
class Written:
    """All that a page says and loads. `others` are the other languages of the site."""

    language: str
    others: tuple[str, ...] = ()
    is_lesson: bool = False
    has_blocks: bool = True
    words: list[Words] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)
    media: list[Media] = field(default_factory=list)
    pictures: int = 0

    def own_words(self) -> Iterator[str]:
        """Each word in the page's own voice: not links, code and addresses."""
        for piece in self.words:
            yield from own_words(piece.markup)


def own_words(markup: str) -> Iterator[str]:
    """The words of some HTML that are neither in a link nor in code nor in an address."""
    text = BACKTICKED.sub(" ", plain_text(MARKED.sub(" ", markup)))
    for token in text.split():
        if not IN_ADDRESS.search(token):
            yield from WORD.findall(token)
