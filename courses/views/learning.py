"""What learners do: start, answer, finish, hand in, ask, go on. Each post ends in a 303 or a
422."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from content.pictures import clean_picture
from courses import actions, marking, outline, queries, questions, rules
from courses.actions.learning import unanswered_sentence
from courses.models import Enrolment, HandIn
from members.errors import Refused
from members.views.answers import FramedRequest, MemberRequest, forms_only, see_other

from .drafts import drop_draft, keep_draft
from .pages import facts_of, member_of, render_course, show_lesson, sign_in_first, state_of

Pack = queries.LessonPack
PHOTO_BYTES = 12 * 1024 * 1024


def pack_or_404(lesson: uuid.UUID) -> Pack:
    """The lesson in the reader's language, or 404."""
    pack = queries.lesson_pack(lesson.hex, get_language() or "en")
    if pack is None:
        raise Http404
    return pack


def course_address(request: FramedRequest, course: uuid.UUID) -> str:
    """The page of a course, or 404."""
    pack = queries.course_pack(course.hex)
    if pack is None:
        raise Http404
    return pack.url


def lesson_address(request: FramedRequest, lesson: uuid.UUID) -> str:
    """The page of a lesson, or 404."""
    return pack_or_404(lesson).url


@forms_only(course_address)
def enrol(request: FramedRequest, course: uuid.UUID) -> HttpResponse:
    """Start the course: go to the first lesson that is not done. A visitor needs no account."""
    pack = queries.course_pack(course.hex)
    if pack is None or not pack.lessons:
        raise Http404
    member = member_of(request)
    if not rules.may_read(member, pack.access):
        return see_other(f"{reverse('account_signup')}?next={pack.url}")
    missing = queries.missing_before(None, pack) if member is None else []
    if missing:
        return render_course(request, pack, status=422, error=queries.locked_sentence(missing))
    done: set[str] = {fact["lesson"] for fact in facts_of(request) if fact["kind"] == "read"}
    if member:
        try:
            enrolment = actions.enrol(member=member, course=queries.course_row(pack.key))
        except Refused as refusal:
            return render_course(request, pack, status=422, error=str(refusal))
        done = {key for key, step in enrolment.steps.items() if step.get("done")}
    following = outline.next_key(pack.outline, done) or pack.lessons[0].key
    return see_other(next(row.url for row in pack.lessons if row.key == following))


@forms_only(lesson_address)
def answer(request: FramedRequest, lesson: uuid.UUID) -> HttpResponse:
    """Answer one question, or a quiz. What is unanswered is said so and nothing is recorded."""
    pack = pack_or_404(lesson)
    member = member_of(request)
    if not rules.may_read(member, pack.access):
        return sign_in_first(request)
    blocks = [block for block in request.POST.getlist("block") if block in pack.definitions]
    if not blocks:
        return show_lesson(request, pack, status=422)
    given = {
        block: questions.given_from_form(pack.definitions[block], request.POST) for block in blocks
    }
    move = questions.read_move(request.POST.get("move", ""))
    if move and move[0] in given:
        given[move[0]] = questions.moved(given[move[0]], move[1], move[2])
        return show_lesson(request, pack, typed=given)
    errors = unanswered(pack, given)
    if errors and len(blocks) > 1:
        state = state_of(request, pack)
        blocks = [block for block in blocks if not queries.is_over(pack, state, block)]
        errors = {block: errors[block] for block in blocks if block in errors}
    if not blocks:
        return see_other(pack.url)
    if errors:
        errors[""] = unanswered_sentence(len(errors))
        return show_lesson(request, pack, status=422, typed=given, errors=errors)
    return keep_answers(request, pack, blocks, given)


def unanswered(pack: Pack, given: dict[str, Any]) -> dict[str, str]:
    """What to do about each question that has no answer yet."""
    return {
        block: _(marking.UNANSWERED[pack.definitions[block]["kind"]])
        for block, answer in given.items()
        if not questions.is_answered(pack.definitions[block], answer)
    }


def keep_answers(
    request: FramedRequest, pack: Pack, blocks: list[str], given: dict[str, Any]
) -> HttpResponse:
    """Keep the answers with the member, or in the visitor's session."""
    member = member_of(request)
    sent = [read_answer(request, block, given[block]) for block in blocks]
    now = timezone.now()
    try:
        if member:
            made = actions.answer_questions(member=member, lesson=pack, answers=sent, now=now)
            if made and made[0].enrolment.finished_at == now:
                return finish(request, made[0].enrolment)
        else:
            facts = facts_of(request)
            facts = actions.note_answers(facts=facts, lesson=pack, answers=sent, now=now)
            request.session["visit"] = facts
    except Refused as refusal:
        errors = {refusal.field: str(refusal), "": str(refusal)}
        return show_lesson(request, pack, status=422, typed=given, errors=errors)
    return see_other(f"{pack.url}#{request.POST.get('anchor') or 'q-' + blocks[0]}")


def read_answer(request: FramedRequest, block: str, given: Any) -> actions.Answer:
    """One answer as the form sent it: the attempt and the version that the page showed."""
    number = request.POST.get(f"n-{block}", "1")
    return actions.Answer(
        block_id=block,
        given=given,
        number=int(number) if number.isdecimal() and len(number) < 6 else 1,
        key=read_key(request.POST.get("key", ""), block),
        digest=request.POST.get(f"v-{block}", ""),
    )


def read_key(text: str, block: str) -> uuid.UUID | None:
    """The key of a fact, made of the client's key for the whole form; None without a proper one."""
    try:
        return uuid.uuid5(uuid.UUID(text), block)
    except ValueError:
        return None


@forms_only(lesson_address)
def lesson_complete(request: FramedRequest, lesson: uuid.UUID) -> HttpResponse:
    """Done, continue: to the next lesson, to the certificate, or to what is still left."""
    pack = pack_or_404(lesson)
    member = member_of(request)
    if not rules.may_read(member, pack.access):
        return sign_in_first(request)
    if member is None:
        return visitor_complete(request, pack)
    try:
        key = read_key(request.POST.get("key", ""), "read")
        now = timezone.now()
        enrolment = actions.complete_lesson(member=member, lesson=pack, key=key, now=now)
    except Refused as refusal:
        return show_lesson(
            request, pack, status=422, errors={"": str(refusal), "done": str(refusal)}
        )
    if enrolment.finished_at == now:
        return finish(request, enrolment)
    following = pack.neighbour(1)
    if enrolment.finished_at and not following:
        return see_other(certificate_url(enrolment))
    return see_other(following.url if following else f"{pack.course.url}#lessons")


def finish(request: FramedRequest, enrolment: Enrolment) -> HttpResponse:
    """A course is finished just now: to its certificate, whatever came last."""
    messages.success(request, _("You have finished this course. Here is your certificate."))
    return see_other(certificate_url(enrolment))


def certificate_url(enrolment: Enrolment) -> str:
    """Where a finished course ends: at its certificate."""
    code = queries.certificate_code(enrolment)
    return reverse("courses:certificate", args=[code]) if code else reverse("hub:me")


def visitor_complete(request: FramedRequest, pack: Pack) -> HttpResponse:
    """A visitor finishes a lesson: the step is kept, and an account is offered once."""
    facts, now = facts_of(request), timezone.now()
    try:
        request.session["visit"] = actions.note_read(facts=facts, lesson=pack, now=now)
    except Refused as refusal:
        errors = {"": str(refusal), "done": str(refusal)}
        return show_lesson(request, pack, status=422, errors=errors)
    following = pack.neighbour(1)
    target = following.url if following else pack.course.url
    if request.session.get("kept"):
        return see_other(target)
    request.session["kept"] = {"lesson": pack.title, "next": target, "hub": pack.course.hub.slug}
    return see_other(f"{reverse('account_signup')}?next={target}")


@forms_only(lesson_address)
def hand_in(request: FramedRequest, lesson: uuid.UUID) -> HttpResponse:
    """Hand in words, a link or a photo. A visitor makes an account first; the words are kept."""
    pack = pack_or_404(lesson)
    member = member_of(request)
    block = request.POST.get("block", "")
    words, link = request.POST.get("words", ""), request.POST.get("link", "")
    typed = {block: words or link}
    if member is None:
        if block in pack.tasks:
            keep_draft(request, pack.key, block, typed[block])
        reason = account_first()
        return show_lesson(
            request, pack, status=422, typed=typed, errors={block: reason, "": reason}
        )
    now = timezone.now()
    try:
        row = actions.hand_in_task(
            member=member,
            lesson=pack,
            block_id=block,
            number=read_answer(request, block, "").number,
            words=words,
            link=full_link(link),
            photo=read_photo(request, block),
            now=now,
        )
    except Refused as refusal:
        errors = {refusal.field or block: str(refusal), "": str(refusal)}
        return show_lesson(request, pack, status=422, typed=typed, errors=errors)
    drop_draft(request, pack.key, block)
    if row.enrolment.finished_at == now:
        return finish(request, row.enrolment)
    return see_other(f"{pack.url}#task-{block}")


def account_first() -> str:
    """Why a visitor cannot send anything to people yet."""
    return _("Make an account first, so that the answer can reach you. Your words are kept here.")


def full_link(link: str) -> str:
    """A link as it was typed, with https:// in front where that was left out."""
    link = link.strip()
    return f"https://{link}" if link and ":" not in link else link


def read_photo(request: FramedRequest, block: str) -> bytes:
    """The photo that was sent, encoded anew without its place and time; empty when there is
    none."""
    sent = request.FILES.get("photo")
    if sent is None:
        return b""
    if (sent.size or 0) > PHOTO_BYTES:
        raise Refused(_("This photo is larger than 12 MB. Please choose a smaller one."), block)
    try:
        return clean_picture(sent.read(), longest_side=1600, kind="JPEG").data
    except Refused as refusal:
        raise Refused(str(refusal), block) from None


@forms_only(lesson_address)
def ask(request: FramedRequest, lesson: uuid.UUID) -> HttpResponse:
    """Ask about this lesson. A visitor makes an account first; the words are kept."""
    pack = pack_or_404(lesson)
    member = member_of(request)
    words = request.POST.get("words", "")
    try:
        if member is None:
            keep_draft(request, pack.key, "ask", words)
            raise Refused(account_first(), "ask")
        key = read_key(request.POST.get("key", ""), "ask")
        row = actions.ask_about_lesson(member=member, lesson=pack, words=words, key=key)
    except Refused as refusal:
        errors = {"ask": str(refusal), "": str(refusal)}
        return show_lesson(request, pack, status=422, typed={"ask": words}, errors=errors)
    drop_draft(request, pack.key, "ask")
    return see_other(f"{pack.url}#ask-{row.pk}")


@require_GET
@login_required
def resume(request: MemberRequest) -> HttpResponse:
    """Go on where I stopped."""
    key = request.user.resume_key
    place: Pack | queries.LessonRow | None = queries.lesson_pack(key.hex) if key else None
    place = place or actions.find_place(member=request.user)
    if place is None and key:
        messages.info(request, _("The lesson at which you stopped is not open at the moment."))
    return HttpResponseRedirect(place.url if place else reverse("hub:me"))


@require_GET
@login_required
def photo(request: MemberRequest, pk: int) -> FileResponse:
    """A photo that was handed in, for the person who did and the staff who read it."""
    row = get_object_or_404(HandIn.objects.visible_to(request.user).exclude(photo=""), pk=pk)
    response = FileResponse(row.photo.open("rb"), content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Disposition"] = f'inline; filename="photo-{row.pk}.jpg"'
    return response
