"""Registers what partners add to the rest of the site."""

from collections.abc import Callable

from wagtail import hooks

from . import jobs, panels
from .actions import forget_partner_member
from .queries.hub import else_counts
from .queries.personal import personal_sections
from .queries.review import waiting_counts


@hooks.register("clock_jobs")
def clock_jobs() -> list[Callable]:
    """What the clock owes."""
    return jobs.JOBS


for place, panel in panels.PANELS:
    hooks.register(f"panel_{place}", panel, order=5)

hooks.register("desk_counts", waiting_counts)
hooks.register("desk_counts", else_counts)
hooks.register("member_data", personal_sections, order=2)
hooks.register("member_erase", forget_partner_member)
