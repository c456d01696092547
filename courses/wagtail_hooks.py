"""Registers what courses add to the rest of the site and to the CMS."""

from collections.abc import Callable

from wagtail import hooks
from wagtail.admin import telepath

from . import jobs, panels, viewsets
from .actions import forget_learner
from .blocks import WITH_IDS, StreamAdapter
from .queries import personal_sections
from .queries.desk import waiting_counts


@hooks.register("clock_jobs")
def clock_jobs() -> list[Callable]:
    """What the clock owes."""
    return [jobs.due, jobs.new_day]


for stream in WITH_IDS:
    telepath.register(StreamAdapter(), stream)

for place, panel in panels.PANELS:
    hooks.register(f"panel_{place}", panel)

for moment in ("after_create_page", "after_edit_page"):
    hooks.register(moment, viewsets.lead_to_first_lesson)
    hooks.register(moment, viewsets.tell_hints)

hooks.register("desk_counts", waiting_counts)
hooks.register("member_data", personal_sections)
hooks.register("member_erase", forget_learner)
