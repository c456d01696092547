"""Codes that go out by mail: an invitation, and the proof of an address. Pure.

They are made anew from what is stored when they are needed; only a digest is kept.
"""

import base64
import hashlib
import hmac
from datetime import date, datetime, timedelta

# No letter or digit here looks or sounds much like another.
LETTERS = "ABCDEFGHJKMNPQRTUVWXYZ2346789"
LENGTH = 8
DAYS = 14


def signed(secret: str, words: str) -> bytes:
    """A keyed digest of some words."""
    return hmac.digest(secret.encode(), words.encode(), "sha256")


def invitation_code(secret: str, partner: int, email: str, made_at: datetime) -> str:
    """The code of an invitation. Without the secret nobody can make it."""
    words = f"partner-invitation:{partner}:{email}:{made_at.timestamp():.6f}"
    return base64.urlsafe_b64encode(signed(secret, words)[:24]).decode()


def digest(code: str) -> str:
    """What is stored of a code."""
    return hashlib.sha256(code.strip().encode()).hexdigest()


def email_code(secret: str, partner: int, email: str, day: date) -> str:
    """The code that goes to an organisation's address on a day."""
    words = f"partner-email:{partner}:{email}:{day.isoformat()}"
    number = int.from_bytes(signed(secret, words), "big")
    letters = []
    for _place in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)


def is_email_code(secret: str, partner: int, email: str, typed: str, today: date) -> bool:
    """Whether a person typed a code that went to an address in the last two weeks."""
    code = "".join(letter for letter in typed.upper() if letter.isalnum()).encode()
    days = [today - timedelta(days=past) for past in range(DAYS)]
    made = [email_code(secret, partner, email, day).encode() for day in days]
    return any([hmac.compare_digest(one, code) for one in made])


def is_at(email: str, website: str) -> bool:
    """Whether an address of mail belongs to the host of a website, or the other way round."""
    mail = email.rpartition("@")[2].lower()
    host = website.lower().removeprefix("www.")
    if not mail or "." not in mail or not host:
        return False
    return mail == host or mail.endswith(f".{host}") or host.endswith(f".{mail}")
