"""What the clock owes courses: releases that no signal announced."""

from datetime import datetime

from content import version

from .actions import cut_release
from .models import Course, CoursePage


def due(now: datetime) -> str:
    """Look at every live course once more; gives how many were looked at."""
    live = CoursePage.objects.live().filter(alias_of__isnull=True)
    keys = set(live.values_list("translation_key", flat=True)) | set(
        Course.objects.values_list("key", flat=True)
    )
    for key in keys:
        cut_release(course=key, now=now)
    return f"{len(keys)} courses"


def new_day(now: datetime) -> str:
    """Let pages forget dates that have passed: once a day they are built anew."""
    today = now.date().isoformat()
    if version.get("courses-day") == today:
        return "nothing new"
    version.bump()
    version.put("courses-day", today)
    return today
