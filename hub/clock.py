"""The clock: runs the jobs that every app registers under the hook `clock_jobs`."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime

from django.utils import timezone
from wagtail import hooks

Job = Callable[[datetime], object]
logger = logging.getLogger(__name__)


def jobs() -> Iterator[Job]:
    """Every timed job of every app."""
    for hook in hooks.get_hooks("clock_jobs"):
        yield from hook()


def tick(now: datetime | None = None) -> dict[str, object]:
    """Run every job once; one that fails is logged and does not stop the others.

    Returns what each job gave, by its name; "failed" for one that failed. Safe at any interval
    and twice at once, since each
    job calls actions that are safe twice.
    """
    now = now or timezone.now()
    results: dict[str, object] = {}
    for job in jobs():
        name = f"{job.__module__}.{job.__name__}"
        try:
            results[name] = job(now)
        except Exception:
            logger.exception("The job %s failed.", name)
            results[name] = "failed"
    return results
