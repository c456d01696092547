"""The two screens of an ask, as a browser sends them."""

from typing import Any

ASK, WHEN, CARDS = "/mentorship/ask/", "/mentorship/ask/when/", "/mentorship/ask/cards/"
WORDS = "I want to write a small program."
FIRST = {"topic": "coding", "words": WORDS, "age": "adult", "lesson": ""}
SECOND = {
    "languages": ["en"],
    "ways": ["phone", "video"],
    "spans": ["week-eve"],
    "wish": "none",
    "time_zone": "UTC",
}
BOTH = FIRST | SECOND


def html_of(response: Any) -> str:
    return response.content.decode()
