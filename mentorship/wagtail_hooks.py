"""Registers what mentorship adds to the rest of the site."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy
from wagtail import hooks

from . import jobs, panels
from .actions import forget_pairs
from .queries.desk import waiting_counts
from .queries.desk.cases import open_case_counts
from .queries.personal import personal_sections
from .queries.progress import CONSENT


@hooks.register("clock_jobs")
def clock_jobs() -> list[Callable]:
    """What the clock owes."""
    return jobs.JOBS


@hooks.register("consent_kinds")
def consent_kinds() -> dict[str, object]:
    """What a member agrees to here, by name."""
    return {CONSENT: gettext_lazy("Showing your progress to a mentor")}


for place, panel in panels.PANELS:
    hooks.register(f"panel_{place}", panel, order=10)

hooks.register("desk_counts", waiting_counts)
hooks.register("desk_counts", open_case_counts)
hooks.register("member_data", personal_sections, order=1)
hooks.register("member_erase", forget_pairs)
