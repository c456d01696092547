"""What Celery beat calls. It is the same as `manage.py tick`."""

from celery import shared_task

from .clock import tick as run_tick


@shared_task(name="hub.tasks.tick")
def tick() -> None:
    """Run whatever the clock owes."""
    run_tick()
