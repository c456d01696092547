"""Ask for a mentor, in three screens: what for, when and how, whom.

What was typed waits in the session until there is an account. The second screen carries the
first one along, so that two tabs do not mix.
"""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from content.models import Topic
from content.sharing import has_session, share
from courses.models import Lesson
from courses.queries import LessonPack, lesson_pack
from courses.views.catalogue import languages_of
from courses.views.drafts import keep_draft
from courses.views.pages import member_of
from members.errors import Refused
from members.models import Hub, Member
from members.views.answers import FramedRequest, see_other
from mentorship import actions
from mentorship.forms.ask import ADULT, LESSON, NO_WISH, UNSURE, AskForm, WhenForm
from mentorship.forms.fields import HUB_CLOCK, clock_initial, parts_of_day, times_initial
from mentorship.models import Mentor, MentorAsk
from mentorship.queries.mine import Mine, home_hub, my_mentorship, waiting_ask
from mentorship.queries.people import hub_people

from .shared import private, sign_in_to, spoken_by

DRAFT = "mentor_ask"
Draft = dict[str, str]


@require_http_methods(["GET", "HEAD", "POST"])
def mentor_ask(request: FramedRequest) -> HttpResponse:
    """The first screen. A visitor fills it too, and makes an account afterwards."""
    member = member_of(request)
    if request.method == "POST":
        return ask_sent(request, member)
    now = timezone.now()
    mine = my_mentorship(member, now) if member else Mine()
    if mine.proposal:
        return see_other(reverse("mentorship:mentor_ask_cards"))
    form = ask_form(request, initial=first_draft(request, mine.ask))
    return show_ask(request, form, ask=mine.ask)


def ask_sent(request: FramedRequest, member: Member | None) -> HttpResponse:
    """What the first screen sent: on to the second one, by way of an account if there is none."""
    form = ask_form(request, data=request.POST)
    if form.is_young:
        return to_people(request, form)
    if not form.is_valid():
        return show_ask(request, form)
    request.session[DRAFT] = form.draft()
    if member is None:
        return see_other(f"{reverse('account_signup')}?{urlencode(after_signup(form))}")
    return see_other(reverse("mentorship:mentor_ask_when"))


def after_signup(form: AskForm) -> dict[str, str]:
    """Where a newcomer goes after the sign-up, and which hub they join."""
    pack = pack_of(form.draft()["lesson"])
    target = {"next": reverse("mentorship:mentor_ask_when")}
    return target | ({"hub": pack.course.hub.slug} if pack else {})


def to_people(request: FramedRequest, form: AskForm) -> HttpResponse:
    """Somebody under 18 meets the hub's people. The words wait in the lesson's own question."""
    pack = pack_of(form.lesson)
    words = str(form["words"].value() or "")
    if pack and words.strip():
        keep_draft(request, pack.key, "ask", words)
    asked = f"?{urlencode({'lesson': pack.key})}" if pack else ""
    return see_other(reverse("mentorship:mentor_people") + asked)


def ask_form(request: FramedRequest, **values: Any) -> AskForm:
    """The first screen with the site's topics, and the lesson that it is about."""
    lesson = request.POST.get("lesson") or values.get("initial", {}).get("lesson", "")
    pack = pack_of(lesson)
    topics = [(topic.slug, topic.label) for topic in Topic.objects.all()]
    stuck = {"lesson": pack.key, "lesson_title": pack.title} if pack else {}
    return AskForm(topics=topics, **stuck, **values)


def pack_of(lesson: str) -> LessonPack | None:
    """A lesson by the key that an address or a form names; None when there is none."""
    try:
        return lesson_pack(uuid.UUID(lesson).hex)
    except ValueError:
        return None


def first_draft(request: FramedRequest, ask: MentorAsk | None) -> Draft:
    """What stands on the first screen when it opens: a lesson, or what was typed before."""
    draft = kept_draft(request) or (draft_of(ask) if ask else {})
    if pack := pack_of(request.GET.get("lesson", "")):
        return draft | {"lesson": pack.key, "topic": LESSON}
    if topic := request.GET.get("topic", ""):
        return draft | {"topic": topic}
    return draft


def kept_draft(request: FramedRequest) -> Draft:
    """The first screen as the session keeps it."""
    return dict(request.session.get(DRAFT, {})) if has_session(request) else {}


def draft_of(ask: MentorAsk) -> Draft:
    """The first screen of an ask that waits."""
    topic = LESSON if ask.lesson_id else ask.topic.slug if ask.topic else UNSURE
    lesson = ask.lesson_id.hex if ask.lesson_id else ""
    return {"topic": topic, "words": ask.words, "age": ADULT, "lesson": lesson}


def show_ask(
    request: FramedRequest, form: AskForm, *, ask: MentorAsk | None = None
) -> HttpResponse:
    """The first screen; a visitor's empty one is the same for everybody."""
    request.page_languages = languages_of("mentorship:mentor_ask")
    pack = pack_of(form.lesson)
    if pack:
        request.shell_hub = pack.course.hub
    context = {"form": form, "ask": ask, "lesson": pack}
    status = 422 if form.errors else 200
    response = render(request, "mentorship/mentor_ask.html", context, status=status)
    return private(response) if has_session(request) or form.is_bound else share(response)


@require_safe
def mentor_people(request: FramedRequest) -> HttpResponse:
    """The hub's own people: for those under 18, and for everybody who would rather talk."""
    pack, member = pack_of(request.GET.get("lesson", "")), member_of(request)
    hub = pack.course.hub if pack else home_hub(member) if member else None
    if hub:
        request.shell_hub = hub
    request.page_languages = languages_of("mentorship:mentor_people")
    context = {"hubs": hub_people(hub), "lesson": pack}
    return private(render(request, "mentorship/mentor_people.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
def mentor_ask_when(request: FramedRequest) -> HttpResponse:
    """The second screen: languages, ways, times and wishes. It sends the ask."""
    member = member_of(request)
    if request.method == "POST":
        return when_sent(request, member)
    if member is None:
        return sign_in_to("mentorship:mentor_ask_when")
    ask = waiting_ask(member)
    draft = kept_draft(request) or (draft_of(ask) if ask else {})
    first = ask_form(request, data=draft, initial=draft) if draft else None
    if first is None or not first.is_valid():
        return see_other(reverse("mentorship:mentor_ask"))
    return show_when(request, first, when_form(request, member, first, ask))


def when_sent(request: FramedRequest, member: Member | None) -> HttpResponse:
    """What the second screen sent, with the first one in it."""
    first = ask_form(request, data=request.POST)
    if first.is_young:
        return to_people(request, first)
    if not first.is_valid():
        return show_ask(request, first)
    if member is None:
        request.session[DRAFT] = first.draft()
        return sign_in_to("mentorship:mentor_ask_when")
    form = when_form(request, member, first, waiting_ask(member), data=request.POST)
    if not form.is_valid() or not was_asked(request, member, first, form):
        return show_when(request, first, form)
    return see_other(reverse("mentorship:mentor_ask_cards"))


def was_asked(request: FramedRequest, member: Member, first: AskForm, form: WhenForm) -> bool:
    """Whether the ask was taken; if not, the form says why."""
    topic, lesson = subject_of(first.draft())
    try:
        actions.ask_for_mentor(
            member=member,
            hub=form.hub_chosen(),
            topic=topic,
            lesson=lesson,
            words=first.draft()["words"],
            is_adult=True,
            **form.values(),
        )
    except Refused as refusal:
        form.refuse(refusal)
        return False
    request.session.pop(DRAFT, None)
    return True


def subject_of(draft: Draft) -> tuple[Topic | None, Lesson | None]:
    """The topic, or the lesson with the topic of its course; neither for "not sure"."""
    if draft["topic"] == LESSON and (pack := pack_of(draft["lesson"])):
        topic = Topic.objects.filter(slug=pack.course.topic_slug).first()
        return topic, Lesson.objects.get(pk=pack.uuid)
    return Topic.objects.filter(slug=draft["topic"]).first(), None


def when_form(
    request: FramedRequest, member: Member, first: AskForm, ask: MentorAsk | None, **values: Any
) -> WhenForm:
    """The second screen, filled in as far as we know."""
    pack = lesson_in(first)
    home = home_hub(member, pack.course.uuid if pack else None)
    hubs = list(Hub.objects.for_member(member)) or list(Hub.objects.all())
    spoken = spoken_by(request, member)
    return WhenForm(
        hubs=hubs,
        has_topic=bool(pack.course.topic_slug) if pack else first.draft()["topic"] != UNSURE,
        has_course=pack is not None,
        spoken=spoken,
        initial=when_of(ask) if ask else when_before(spoken[:1], home),
        **values,
    )


def lesson_in(first: AskForm) -> LessonPack | None:
    """The lesson that the first screen is about, if it is about one."""
    draft = first.draft()
    return pack_of(draft["lesson"]) if draft["topic"] == LESSON else None


def when_before(spoken: list[str], home: Hub | None) -> dict[str, Any]:
    """What is ticked before anything was said: the own language, every way, the hub's clock."""
    return {
        "languages": spoken,
        "ways": Mentor.Way.values,
        "wish": NO_WISH,
        "hub": home.slug if home else "",
        "time_zone": HUB_CLOCK,
    }


def when_of(ask: MentorAsk) -> dict[str, Any]:
    """The second screen of an ask that waits."""
    return {
        "languages": ask.languages,
        "ways": ask.ways,
        "wish": ask.wishes[0] if ask.wishes else NO_WISH,
        "important": ask.important,
        "hub": ask.hub.slug,
        "time_zone": clock_initial(ask.time_zone, ask.hub),
        "shares_progress": ask.shares_progress,
        **times_initial(ask.slots),
    }


def show_when(request: FramedRequest, first: AskForm, form: WhenForm) -> HttpResponse:
    """The second screen, with what was said on the first one."""
    pack = lesson_in(first)
    context = {
        "form": form,
        "first": first.draft(),
        "subject": first.subject(),
        "lesson": pack,
        "parts": parts_of_day(),
    }
    request.page_languages = languages_of("mentorship:mentor_ask_when")
    if len(form.hubs) == 1:
        request.shell_hub = form.hubs[0]
    status = 422 if form.errors else 200
    return private(render(request, "mentorship/mentor_ask_when.html", context, status=status))
