"""The wrong language: words of another language than the page's are read in the wrong voice."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from .written import Written

# Words that nearly every text has, and that are words of one of these languages only.
SMALL = {
    "en": (
        "the and of to is are it you your that this with for not what how when who which can will "
        "they we have from be or if"
    ),
    "es": (
        "el la los las de del que y en un una es por para con se lo su tu te al como más pero qué "
        "cómo está o si"
    ),
}
SMALL_WORDS = {code: frozenset(words.split()) for code, words in SMALL.items()}
CALLED = {
    "en": pgettext_lazy("in a sentence", "English"),
    "es": pgettext_lazy("in a sentence", "Spanish"),
}
ENOUGH = 40  # words of a page before anything is said
SHARE = 6  # at least one word in so many is a small word of the other language
TIMES = 3  # and there are so many times as many of them as of the page's own
DIFFERENT = 5  # at least so many of them differ: a list of names is no language


def language_hints(written: Written) -> list[str]:
    """One sentence where the words look like another language of the site."""
    other = seeming_language(written)
    if not other:
        return []
    return [
        _(
            "This page is in %(own)s, but its words look like %(other)s: a screen reader would "
            "read them in the wrong voice. Write them in %(own)s here. What is in %(other)s "
            "belongs to the same page in %(other)s, which “Translate this page” makes."
        )
        % {"own": CALLED[written.language], "other": CALLED[other]}
    ]


def seeming_language(written: Written) -> str:
    """The other language as which the words look; empty for none, and for too few words."""
    words = [word.casefold() for word in written.own_words()]
    others = [code for code in written.others if code in SMALL_WORDS]
    if written.language not in SMALL_WORDS or not others or len(words) < ENOUGH:
        return ""
    small = {code: [word for word in words if word in SMALL_WORDS[code]] for code in SMALL_WORDS}
    likely = max(others, key=lambda code: len(small[code]))
    count = len(small[likely])
    is_many = count * SHARE >= len(words) and len(set(small[likely])) >= DIFFERENT
    return likely if is_many and count > TIMES * len(small[written.language]) else ""
