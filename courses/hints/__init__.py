"""What a learner would stumble over on a page, as short sentences for who wrote it.

Hints never keep a page back. Plain values in, sentences out; nothing here reads a database.
"""

from .language import language_hints
from .weight import weight_hints
from .words import word_hints
from .written import Media, Words, Written

__all__ = ["Media", "Words", "Written", "hints_for"]


def hints_for(written: Written) -> list[str]:
    """What is worth a second look on a page: hard words, what is heavy, the wrong language."""
    return [*word_hints(written), *weight_hints(written), *language_hints(written)]
