"""A course and a lesson, as a person sees them."""

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from content.sharing import has_session
from courses import queries, rules
from courses.actions.places import remember_place
from courses.jsonld import course_json_ld
from courses.models import CoursePage, Enrolment, LessonPage
from members.models import Member
from members.views.answers import FramedRequest

from .drafts import drafts_of

Pack = queries.LessonPack
Typed = dict[str, Any]


def member_of(request: HttpRequest) -> Member | None:
    """Who is signed in. A visitor without a session costs no statement."""
    if not has_session(request) and not hasattr(request, "_cached_user"):
        return None
    return request.user if request.user.is_authenticated else None


def facts_of(request: HttpRequest) -> list[dict[str, Any]]:
    """What a visitor did in this session."""
    return request.session.get("visit", []) if has_session(request) else []


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Ask a visitor to sign in, and come back here."""
    return redirect_to_login(request.get_full_path(), reverse("account_login"))


def course_page(request: FramedRequest, page: CoursePage) -> HttpResponse:
    """What the course is, and one button to start or go on."""
    pack = queries.preview_course(page) if is_preview(request) else pack_of_course(page)
    if pack is None:
        raise Http404
    return render_course(request, pack)


def pack_of_course(page: CoursePage) -> queries.CoursePack | None:
    """The course in the language of the page."""
    return queries.course_pack(page.translation_key.hex, page.locale.language_code)


def is_preview(request: HttpRequest) -> bool:
    """Whether the CMS shows a draft."""
    return bool(getattr(request, "is_preview", False))


def render_course(
    request: FramedRequest, pack: queries.CoursePack, *, status: int = 200, error: str = ""
) -> HttpResponse:
    """The course page of a person."""
    pack = replace(pack, dates=[row for row in pack.dates if row.day >= timezone.localdate()])
    member = member_of(request)
    enrolment = queries.enrolment_of(member, pack.key) if member else None
    done = (
        {key for key, step in enrolment.steps.items() if step.get("done")} if enrolment else set()
    )
    if not member:
        read = {fact["lesson"] for fact in facts_of(request) if fact["kind"] == "read"}
        done = read & {row.key for row in pack.lessons}
    frame(request, pack)
    steps = lesson_steps(pack, done, closed=not rules.may_read(member, pack.access))
    missing = [] if enrolment else queries.missing_before(member, pack)
    certificate = queries.certificate_code(enrolment)
    days = tuple(row.day for row in pack.dates)
    key = (steps, days, *missing, progress_of(enrolment), str(certificate))
    context = {
        "course": pack,
        "enrolment": enrolment,
        "certificate": certificate,
        "done": done,
        "steps": steps,
        "next": next((row for row in pack.lessons if row.key not in done), None),
        "missing": missing,
        "is_closed": steps.is_closed,
        "json_ld": partial(course_json_ld, pack),
        "error": error,
        "page_key": None if error else key,
    }
    return render(request, "courses/course_page.html", context, status=status)


def progress_of(enrolment: Enrolment | None) -> tuple[int, int, bool] | None:
    """What a page shows of an enrolment beside the lessons."""
    if enrolment is None:
        return None
    finished = enrolment.finished_at is not None
    return enrolment.required_done, enrolment.required_count, finished


def frame(request: FramedRequest, pack: queries.CoursePack | Pack) -> None:
    """Tell the page's frame which hub and which languages it shows, and where it stands."""
    course = pack.course if isinstance(pack, Pack) else pack
    request.shell_hub = course.hub
    request.page_languages = pack.languages
    request.near_languages = course.languages
    if request.method == "POST":
        request.page_address = pack.url


@dataclass(frozen=True)
class Steps:
    """The lessons of a course with how far each is; equal ones look the same."""

    language: str
    done: tuple[bool, ...]
    here: str
    is_closed: bool
    lessons: tuple[queries.LessonRow, ...]

    def rows(self) -> list[dict[str, Any]]:
        """One row a lesson: done, here, open or locked."""
        states = {True: "done", False: "locked" if self.is_closed else "open"}
        return [
            {
                "title": row.title,
                "url": row.url,
                "minutes": row.minutes,
                "summary": row.summary,
                "is_required": row.is_required,
                "language": row.language if row.language != self.language else "",
                "state": "here" if row.key == self.here else states[is_done],
                "is_done": is_done,
                "number": number,
            }
            for number, (row, is_done) in enumerate(zip(self.lessons, self.done, strict=True), 1)
        ]


def lesson_steps(
    pack: queries.CoursePack, done: set[str], *, here: str = "", closed: bool = False
) -> Steps:
    """The list of lessons with how far each is."""
    states = tuple(row.key in done for row in pack.lessons)
    return Steps(pack.language, states, here, closed, tuple(pack.lessons))


def lesson_page(request: FramedRequest, page: LessonPage) -> HttpResponse:
    """A lesson with the person's own state in it."""
    language = page.locale.language_code
    if is_preview(request):
        pack: Pack | None = queries.preview_lesson(page)
    else:
        pack = queries.lesson_pack(page.translation_key.hex, language)
    if pack is None:
        raise Http404
    return show_lesson(request, pack)


def show_lesson(
    request: FramedRequest,
    pack: Pack,
    *,
    status: int = 200,
    typed: Typed | None = None,
    errors: dict[str, str] | None = None,
) -> HttpResponse:
    """Render a lesson; with `typed` and `errors` by block where something was refused."""
    member = member_of(request)
    if not rules.may_read(member, pack.access) and not is_preview(request):
        return sign_in_first(request)
    state = state_of(request, pack)
    if member and state.enrolment and pack.key not in state.done:
        with suppress(OperationalError):  # reading goes on while the database is busy
            remember_place(member, queries.key_of(pack), pack.title)
    frame(request, pack)
    typed, errors = drafts_of(request, pack.key) | (typed or {}), errors or {}
    steps = lesson_steps(pack.course, state.done, here=pack.key)
    missing = [] if state.enrolment else queries.missing_before(member, pack.course)
    certificate = queries.certificate_code(state.enrolment)
    shown = Shown(steps, state.left(), tuple(missing), str(certificate))
    context = {
        "lesson": pack,
        "course": pack.course,
        "state": state,
        "parts": partial(parts_of, pack, state, typed, errors),
        "steps": steps,
        "left": shown.left,
        "missing": missing,
        "is_done": pack.key in state.done,
        "certificate": certificate,
        "previous": pack.neighbour(-1),
        "next": pack.neighbour(1),
        "errors": errors,
        "summary": errors.get("", ""),
        "typed": typed,
        "page_key": None if typed or errors else lesson_key(pack, state, shown),
    }
    return render(request, "courses/lesson_page.html", context, status=status)


def state_of(request: HttpRequest, pack: Pack) -> queries.LessonState:
    """What the reader has done in a lesson."""
    member = member_of(request)
    if member:
        return queries.member_state(member, pack)
    return queries.visitor_state(facts_of(request), pack)


@dataclass(frozen=True)
class Shown:
    """What a lesson page says of a person around the lesson itself."""

    steps: Steps
    left: str
    missing: tuple[str, ...]
    certificate: str


def lesson_key(pack: Pack, state: queries.LessonState, shown: Shown) -> tuple[object, ...] | None:
    """All that decides how a lesson looks for a person; None where people have sent words, or
    where a question was asked in other words than now."""
    answers = queries.answers_shown(pack, state)
    if state.asks or state.hand_ins or answers is None:
        return None
    return shown, progress_of(state.enrolment), pack.key in state.done, answers


def parts_of(
    pack: Pack, state: queries.LessonState, typed: Typed, errors: dict[str, str]
) -> list[dict[str, Any]]:
    """The lesson's body in parts, with the person's state in each."""
    return [part_of(pack, state, segment, typed, errors) for segment in pack.segments]


def part_of(
    pack: Pack, state: queries.LessonState, segment: Any, typed: Typed, errors: dict[str, str]
) -> dict[str, Any]:
    """One part of the lesson's body: plain HTML, a question, a quiz or a task, with the person's
    state."""
    part: dict[str, Any] = {
        "kind": segment.kind,
        "id": segment.id,
        "html": "",
        "value": segment.value,
    }
    if segment.kind == "html":
        part["html"] = segment.value
    elif segment.kind == "question":
        part["question"] = shown_question(pack, state, segment.id, typed, errors)
    elif segment.kind == "quiz":
        rows = [
            shown_question(pack, state, block, typed, errors)
            for block in segment.value["questions"]
        ]
        part["questions"] = rows
        part["right"] = sum(1 for row in rows if row["state"]["is_right"])
        part["is_answered"] = all(row["question"]["id"] in state.answers for row in rows)
        part["is_open"] = not all(row["state"]["is_over"] for row in rows)
        part["is_limited"] = any(row["question"]["tries"] for row in rows)
    else:
        part["hand_ins"] = state.hand_ins.get(segment.id, [])
        part["error"] = errors.get(segment.id, "")
        part["typed"] = typed.get(segment.id, "")
    return part


def shown_question(
    pack: Pack, state: queries.LessonState, block: str, typed: Typed, errors: dict[str, str]
) -> dict[str, Any]:
    """A question and how it stands for the person, as the component takes them."""
    return {
        "question": pack.public[block],
        "state": queries.question_state(
            pack, state, block, typed=typed.get(block), error=errors.get(block, "")
        ),
    }
