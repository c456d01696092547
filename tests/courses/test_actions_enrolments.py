"""Starting a course: what is refused, and what two requests at once leave behind."""

from types import SimpleNamespace

import pytest

from courses import actions
from courses.actions.enrolments import start
from courses.models import CourseBefore, Enrolment, LearningEvent, Release
from members.actions import join_hub
from members.errors import Refused
from members.models import Hub
from tests.courses.test_actions_learning import finish
from tests.factories import make_course, make_hub, packs_of, page_of

pytestmark = pytest.mark.django_db


def refusal(cast: SimpleNamespace, course) -> str:
    with pytest.raises(Refused) as found:
        actions.enrol(member=cast.learner, course=course)
    assert not Enrolment.objects.filter(course=course).exists()
    return str(found.value)


def test_enrol_takes_the_hub_in_which_one_learns(cast: SimpleNamespace) -> None:
    enrolment = actions.enrol(member=cast.learner, course=cast.course, hub=cast.other_hub)
    assert enrolment.hub == cast.other_hub
    assert cast.learner.memberships.filter(hub=cast.other_hub).exists()


def test_one_learns_at_home(cast: SimpleNamespace) -> None:
    """A course of another hub hands nobody over to that hub's staff."""
    enrolment = actions.enrol(member=cast.other_learner, course=cast.course)
    assert enrolment.hub == cast.other_hub
    assert list(Hub.objects.for_member(cast.other_learner)) == [cast.other_hub]
    assert list(Enrolment.objects.visible_to(cast.coordinator)) == []
    assert list(Enrolment.objects.visible_to(cast.other_coordinator)) == [enrolment]


def test_a_person_without_a_hub_joins_that_of_the_course(cast: SimpleNamespace) -> None:
    assert actions.enrol(member=cast.outsider, course=cast.course).hub == cast.hub
    assert list(Hub.objects.for_member(cast.outsider)) == [cast.hub]


def test_with_several_hubs_that_of_the_course_comes_before_the_first(cast: SimpleNamespace) -> None:
    market = make_hub("market")
    for hub in (cast.hub, market):
        join_hub(member=cast.other_learner, hub=hub)
    other = make_course(market, "other", ("read",))
    assert actions.enrol(member=cast.other_learner, course=cast.course).hub == cast.hub
    assert actions.enrol(member=cast.other_learner, course=other).hub == market
    far = make_course(make_hub("far"), "far", ("read",))
    assert actions.enrol(member=cast.other_learner, course=far).hub == cast.other_hub


def test_enrol_refuses_a_course_without_lessons(cast: SimpleNamespace) -> None:
    empty = make_course(cast.hub, "empty", ())
    assert refusal(cast, empty) == "This course has no lessons yet. Please come back soon."


def test_enrol_refuses_a_course_whose_hub_is_closed(cast: SimpleNamespace) -> None:
    hub = make_hub("market")
    course = make_course(hub, "hidden", ("read",))
    hub.pages.get().unpublish()
    assert refusal(cast, course) == "This course has no lessons yet. Please come back soon."


def test_a_course_for_members_is_open_to_members_only(cast: SimpleNamespace) -> None:
    closed = make_course(cast.hub, "closed", ("read",), access="members")
    lesson = packs_of(closed)[0]
    with pytest.raises(Refused, match=r"^Sign in to start this course\.$"):
        actions.enrol(member=None, course=closed)
    with pytest.raises(Refused, match=r"^Sign in to take this course\.$"):
        actions.complete_lesson(member=None, lesson=lesson)
    with pytest.raises(Refused, match=r"^Sign in to take this course\.$"):
        actions.ask_about_lesson(member=None, lesson=lesson, words="Why?")
    assert not Enrolment.objects.exists()
    assert actions.enrol(member=cast.outsider, course=closed).course == closed


def test_enrol_asks_for_the_course_before_where_an_editor_asks_for_it(
    cast: SimpleNamespace,
) -> None:
    second = make_course(cast.hub, "second", ("read",))
    page = page_of(second)
    page.befores.add(CourseBefore(course=cast.course, is_required=True))
    page.save_revision().publish()
    assert refusal(cast, second) == "Finish this course first: Basics."
    finish(cast.learner, cast.course)
    assert actions.enrol(member=cast.learner, course=second).course == second


def test_start_gives_the_row_of_the_quicker_request(cast: SimpleNamespace) -> None:
    first = actions.enrol(member=cast.learner, course=cast.course)
    again = start(cast.learner, cast.course, cast.other_hub, first.release, first.started_at)
    assert (again, again.hub) == (first, cast.hub)
    assert LearningEvent.objects.filter(member=cast.learner, kind="enrolled").count() == 1


def test_apply_release_twice_changes_nothing(cast: SimpleNamespace) -> None:
    enrolment = actions.enrol(member=cast.learner, course=cast.course)
    outline = {"lessons": enrolment.release.outline["lessons"][:1]}
    release = Release.objects.create(
        course=cast.course, number=2, outline=outline, made_at=enrolment.started_at
    )
    for _time in range(2):
        found = actions.apply_release(enrolment=enrolment, release=release)
        assert (found.release, found.required_count) == (release, 1)
