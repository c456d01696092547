"""A hub promises to answer by a day."""

from datetime import date

from django.utils import timezone


def is_overdue(state: str, promised_on: date) -> bool:
    """Whether something still waits though its promised day has passed, where the reader is."""
    return state == "waiting" and promised_on < timezone.localdate()
