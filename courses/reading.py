"""Reading what people write: words that mean the same, numbers in any habit. Pure."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from html import unescape

from django.utils.html import strip_tags

SIGNS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ´`", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)
NUMBER_SIGNS = str.maketrans({"−": "-", "–": "-", "٫": ".", "٬": " ", "’": " ", "'": " "})
UNIT = r"(?:[%‰°]|[^\W\d_]{1,12}\.?|[$£¢¥€₹₦₱₩₪₫₭₮₲₴₵₸₺₽₿])?"
NUMBER = re.compile(rf"{UNIT}([+-]?[.,]?\d[\d.,]*){UNIT}\Z")
BLOCK_END = re.compile(r"</(?:p|li|h[1-6])>|<br\s*/?>", re.IGNORECASE)
FOLDED = ((10, 35), (200, 240))
DROPPED = ("Cc", "Cs")


def one_line(text: str) -> str:
    """Text on one line: control signs and halves of letters are gone, edges are bare."""
    spaced = re.sub(r"\s", " ", text)
    return "".join(sign for sign in spaced if unicodedata.category(sign) not in DROPPED).strip()


def plain_text(markup: str) -> str:
    """The words of some HTML, a line for each paragraph and entry of a list."""
    lines = BLOCK_END.sub("\n", markup)
    return "\n".join(
        line.strip() for line in unescape(strip_tags(lines)).splitlines() if line.strip()
    )


def folded(text: str) -> str:
    """Words without what does not matter: case, accents, odd spaces, curly signs, a last dot."""
    plain = unicodedata.normalize("NFKD", text.translate(SIGNS)).casefold()
    kept = (sign for sign in plain if not is_ornament(sign))
    words = " ".join("".join(kept).split())
    return words.rstrip(" .") or words


def is_ornament(sign: str) -> bool:
    """An accent, a short vowel of Arabic or Hebrew, or a sign that nobody sees."""
    rank = unicodedata.combining(sign)
    if unicodedata.category(sign) == "Cf":
        return True
    return any(low <= rank <= high for low, high in FOLDED)


def variants(text: str) -> list[str]:
    """The wordings that an author accepts: `browser | web browser`."""
    return [part.replace("`", "").strip() for part in text.split("|") if part.strip(" `")]


def same_words(accepted: str, given: str) -> bool:
    """Whether what was written is one of the accepted wordings."""
    return folded(given) in {folded(variant) for variant in variants(accepted)}


def read_decimal(value: object) -> Decimal | None:
    """A plain number as a definition stores it, or None."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def read_numbers(text: str) -> tuple[Decimal, ...]:
    """What a written number may mean: `3,5` and `3.5` are one; `1,000` may be two."""
    bare = "".join(unicodedata.normalize("NFC", text).translate(NUMBER_SIGNS).split())
    found = NUMBER.match(bare.rstrip(".,"))
    if not found:
        return ()
    forms = {decimal_form(found[1], mark) for mark in ",."}
    return tuple(sorted(Decimal(form) for form in forms if form))


def decimal_form(digits: str, point: str) -> str:
    """The digits with `point` as the decimal sign, or nothing if they cannot be meant so."""
    other = "." if point == "," else ","
    whole, _point, rest = digits.partition(point)
    groups = whole.lstrip("+-").split(other)
    is_grouped = len(groups) == 1 or (
        len(groups[0]) <= 3 and groups[0] != "0" and all(len(part) == 3 for part in groups[1:])
    )
    if not is_grouped or (rest and not rest.isdigit()):
        return ""
    return f"{whole.replace(other, '')}.{rest or 0}"
