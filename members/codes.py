"""One-use sign-in codes: how they look and how they are made. Pure."""

import hashlib
import hmac
from datetime import datetime

# No letter or digit here looks or sounds much like another.
LETTERS = "ABCDEFGHJKMNPQRTUVWXYZ2346789"
LENGTH = 8


def make_code(secret: str, member: int, made_at: datetime) -> str:
    """The code of a member and a moment. Without the secret nobody can make it."""
    words = f"sign-in-code:{member}:{made_at.isoformat()}"
    number = int.from_bytes(hmac.digest(secret.encode(), words.encode(), "sha256"), "big")
    letters = []
    for _place in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)


def tidy(typed: str) -> str:
    """What a person typed, without spaces and dashes, in capitals."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def digest(secret: str, member: int, code: str) -> str:
    """What is stored of a code."""
    words = f"sign-in-digest:{member}:{tidy(code)}"
    return hmac.new(secret.encode(), words.encode(), hashlib.sha256).hexdigest()


def spaced(code: str) -> str:
    """The code in two halves, easier to read out."""
    return f"{code[:4]} {code[4:]}"
