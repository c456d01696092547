"""A course on the desk: figures for all staff, learners by name for coordinators."""

import uuid
from collections.abc import Iterator
from itertools import islice

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from content import version
from content.templatetags.keeping import kept_each
from courses import rules
from courses.forms.desk import LearnerFilterForm
from courses.models import Course
from courses.models.work import STAFF_ROLES
from courses.queries import desk
from courses.sheet import END, STATES
from members.models import Hub
from members.views.answers import MemberRequest

from .access import asked_besides_page, course_on_desk, for_staff

CELL = "courses/desk/_cell.html"
ROW = "courses/desk/_learner.html"
PIECE = 200
MARK = "\ufeff"  # tells a spreadsheet that the file is UTF-8


@require_safe
@for_staff(*STAFF_ROLES)
def desk_course(request: MemberRequest, hub: Hub, course: uuid.UUID) -> HttpResponse:
    """How a course goes in the hub; its learners by lesson for coordinators."""
    row = course_on_desk(hub, course)
    with_names = rules.may_see_learners(request.user, hub)
    context = {
        "hub": hub,
        "course": row,
        "with_names": with_names,
        "may_mark": row.hub_id == hub.pk and rules.may_edit_course(request.user, row),
        "figures": desk.course_figures(hub, row, is_exact=with_names),
        "elsewhere": desk.elsewhere_figures(request.user, hub, row),
    }
    if with_names:
        context |= learners_context(request, hub, row)
    return render(request, "courses/desk/course.html", context)


def learners_context(request: MemberRequest, hub: Hub, course: Course) -> dict[str, object]:
    """The table of learners, its filter, and the address of its other pages."""
    form = LearnerFilterForm(request.GET)
    chosen = form.chosen()
    columns = desk.lesson_columns(course)
    learners = desk.learners_page(hub, course, chosen)
    return {
        "form": form,
        "chosen": chosen,
        "columns": columns,
        "learners": learners,
        "rows": shown_rows(hub, course, columns, learners.rows),
        "asked": asked_besides_page(request),
    }


def shown_rows(
    hub: Hub, course: Course, columns: list[desk.LessonColumn], rows: list[desk.LearnerRow]
) -> SafeString:
    """The rows of the table, each rendered once for what it holds."""
    cells = cells_of(course, columns)

    def render_row(row: desk.LearnerRow) -> str:
        states = row.states(columns)
        found = "".join(cells[place, state] for place, state in enumerate(states, 1))
        return render_to_string(ROW, {"row": row, "cells": mark_safe(found)})

    return mark_safe("".join(kept_each("learner", rows, (course.pk, hub.time_zone), render_row)))


def cells_of(course: Course, columns: list[desk.LessonColumn]) -> dict[tuple[int, str], str]:
    """Each cell that the table can hold, rendered once after each change and language."""
    return version.cached(
        f"desk-cells:{course.pk.hex}:{get_language()}",
        lambda: {
            (column.number, state): render_to_string(CELL, {"column": column, "state": state})
            for column in columns
            for state in STATES
        },
        is_frozen=True,
    )


@require_safe
@for_staff("coordinator")
def desk_course_csv(request: MemberRequest, hub: Hub, course: uuid.UUID) -> HttpResponseBase:
    """The learners that the filter shows, as a file for a spreadsheet, sent while it is read."""
    row = course_on_desk(hub, course)
    chosen = LearnerFilterForm(request.GET).chosen()
    response = StreamingHttpResponse(
        csv_pieces(desk.csv_lines(hub, row, chosen)), content_type="text/csv; charset=utf-8"
    )
    day = timezone.localdate().isoformat()
    name = f"{row.slug}-{hub.slug}-{day}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def csv_pieces(lines: Iterator[str]) -> Iterator[str]:
    """The lines of a CSV file, many at a time: each piece sent has a price."""
    yield MARK
    while piece := list(islice(lines, PIECE)):
        yield END.join([*piece, ""])
