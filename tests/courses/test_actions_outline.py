"""Releases, and learner state that survives whatever editors do to pages."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from wagtail.models import Locale

from courses import actions
from courses.models import (
    Course,
    CoursePage,
    Enrolment,
    Lesson,
    LessonPage,
    QuestionVersion,
    Release,
)
from members.errors import Refused
from tests.courses.test_actions_learning import finish, right_answers
from tests.factories import add_lesson, block_of, make_course, make_hub, packs_of, page_of

pytestmark = pytest.mark.django_db


def pages(course: Course) -> list[LessonPage]:
    return list(LessonPage.objects.child_of(page_of(course)).order_by("path"))


def enrolment(cast: SimpleNamespace) -> Enrolment:
    return Enrolment.objects.get(member=cast.learner, course=cast.course)


def done_first(cast: SimpleNamespace) -> None:
    actions.complete_lesson(member=cast.learner, lesson=packs_of(cast.course)[0])


def test_publishing_cuts_one_release_and_words_cut_none(
    cast: SimpleNamespace, commit: Callable
) -> None:
    page = pages(cast.course)[0]
    with commit():
        page.title = "Other words"
        page.save_revision().publish()
    assert Release.objects.filter(course=cast.course).count() == 1
    assert Lesson.objects.get(key=page.translation_key).title == "Other words"


def test_a_tighter_release_reaches_new_learners_only(
    cast: SimpleNamespace, commit: Callable
) -> None:
    done_first(cast)
    with commit():
        add_lesson(page_of(cast.course), "read", "read-4")
    latest = Release.objects.filter(course=cast.course).order_by("-number")[0]
    assert (latest.number, latest.change, latest.reach) == (2, "tighter", "new")
    assert enrolment(cast).release.number == 1
    assert actions.enrol(member=cast.neighbour, course=cast.course).release.number == 2


def test_the_editor_lets_it_reach_everyone_unfinished(
    cast: SimpleNamespace, commit: Callable
) -> None:
    done_first(cast)
    with commit():
        add_lesson(page_of(cast.course), "read", "read-4")
    latest = Release.objects.get(course=cast.course, number=2)
    for stranger in (cast.learner, cast.coordinator, cast.other_hub_editor):
        with pytest.raises(Refused):
            actions.choose_reach(member=stranger, release=latest, reach="unfinished")
    with pytest.raises(Refused):
        actions.choose_reach(member=cast.editor, release=latest, reach="nonsense")
    for _time in range(2):
        actions.choose_reach(member=cast.editor, release=latest, reach="unfinished")
    found = enrolment(cast)
    assert (found.release.number, found.required_done, found.required_count) == (2, 1, 4)


def test_the_editor_makes_the_new_lessons_optional(cast: SimpleNamespace, commit: Callable) -> None:
    done_first(cast)
    with commit():
        add_lesson(page_of(cast.course), "read", "read-4")
    with commit():
        actions.choose_reach(
            member=cast.editor, release=Release.objects.get(number=2), reach="optional"
        )
    assert pages(cast.course)[3].is_required is False
    latest = Release.objects.order_by("-number")[0]
    assert (latest.number, latest.change) == (3, "looser")
    assert enrolment(cast).required_count == 3


def test_a_looser_release_reaches_everybody_and_may_finish_them(
    cast: SimpleNamespace, commit: Callable
) -> None:
    done_first(cast)
    with commit():
        for page in pages(cast.course)[1:]:
            page.is_required = False
            page.save_revision().publish()
    found = enrolment(cast)
    assert (found.required_done, found.required_count) == (1, 1)
    assert found.finished_at is not None
    assert cast.learner.certificates.count() == 1


def test_a_looser_release_leaves_those_whose_own_asks_for_less(
    cast: SimpleNamespace, commit: Callable
) -> None:
    done_first(cast)
    with commit():
        late = add_lesson(page_of(cast.course), "read", "read-4")
    with commit():
        add_lesson(page_of(cast.course), "read", "read-5")
    actions.enrol(member=cast.neighbour, course=cast.course)
    with commit():
        late.is_required = False
        late.save_revision().publish()
    releases = Enrolment.objects.order_by("member").values_list(
        "member__username", "release__number"
    )
    assert dict(releases) == {"learner": 1, "neighbour": 4}


def test_finished_stays_finished(cast: SimpleNamespace, commit: Callable) -> None:
    finish(cast.learner, cast.course)
    before = enrolment(cast).finished_at
    with commit():
        add_lesson(page_of(cast.course), "read", "read-4")
    actions.choose_reach(
        member=cast.editor, release=Release.objects.get(number=2), reach="unfinished"
    )
    found = enrolment(cast)
    assert (found.finished_at, found.release.number, found.percent) == (before, 1, 100)


def test_a_retired_lesson_keeps_title_and_history(cast: SimpleNamespace, commit: Callable) -> None:
    done_first(cast)
    page = pages(cast.course)[0]
    with commit():
        page.unpublish()
    lesson = Lesson.objects.get(key=page.translation_key)
    assert lesson.retired_at is not None and lesson.title == page.title
    assert lesson.progress.get().completed_at is not None
    assert enrolment(cast).steps[page.translation_key.hex]["done"]
    with commit():
        page.refresh_from_db()
        page.save_revision().publish()
    lesson.refresh_from_db()
    assert lesson.retired_at is None


def test_reordering_moves_no_learner_back(cast: SimpleNamespace, commit: Callable) -> None:
    done_first(cast)
    first, second, _third = pages(cast.course)
    with commit():
        second.move(first, pos="left")
    assert [pack.key for pack in packs_of(cast.course)][:2] == [
        second.translation_key.hex,
        first.translation_key.hex,
    ]
    found = enrolment(cast)
    assert (found.required_done, found.release.number, found.release.change) == (1, 2, "looser")


def test_a_lesson_moved_to_another_course_takes_its_history(
    cast: SimpleNamespace, commit: Callable
) -> None:
    done_first(cast)
    other = make_course(cast.hub, "other", ("task",))
    page = pages(cast.course)[0]
    with commit():
        page.move(page_of(other), pos="last-child")
    lesson = Lesson.objects.get(key=page.translation_key)
    assert lesson.course == other and lesson.progress.count() == 1
    assert other.releases.order_by("-number")[0].change == "tighter"
    assert cast.course.releases.order_by("-number")[0].change == "looser"


def test_a_course_moved_to_another_hub_stays_whole(cast: SimpleNamespace, commit: Callable) -> None:
    done_first(cast)
    page = page_of(cast.course)
    with commit():
        page.move(cast.other_hub.pages.get(), pos="last-child")
    course = Course.objects.get(pk=cast.course.pk)
    assert course.hub == cast.other_hub
    assert enrolment(cast).hub == cast.hub
    assert next(pack.url for pack in packs_of(course)) == "/hubs/valley/basics/read-1/"


def test_a_copied_course_is_another_course(cast: SimpleNamespace, commit: Callable) -> None:
    done_first(cast)
    with commit():
        copy = page_of(cast.course).copy(
            recursive=True, to=cast.other_hub.pages.get(), update_attrs={"slug": "copy"}
        )
    course = Course.objects.get(key=copy.translation_key)
    assert course.releases.get().outline["lessons"][0]["key"] != packs_of(cast.course)[0].key
    assert Enrolment.objects.filter(course=course).count() == 0
    assert enrolment(cast).required_done == 1


def spanish(course: Course) -> CoursePage:
    """The course with its first two lessons in Spanish."""
    locale = Locale.objects.get(language_code="es")
    page = page_of(course).copy_for_translation(locale, copy_parents=True)
    page.title = "Básico"
    page.save_revision().publish()
    for lesson in pages(course)[:2]:
        copy = lesson.copy_for_translation(locale)
        copy.title = f"{lesson.title} en español"
        raw = [dict(block) for block in copy.body.raw_data]
        for block in raw:
            if block["type"] == "question_text":
                block["value"]["answers"][0]["value"]["text"] = "navegador"
                block["value"]["answers"][0]["value"]["right"] = False
        copy.body = raw
        copy.save_revision().publish()
    return page


def test_start_in_english_finish_in_spanish(cast: SimpleNamespace, commit: Callable) -> None:
    with commit():
        spanish(cast.course)
    done_first(cast)
    english, translated = packs_of(cast.course)[1], packs_of(cast.course, "es")[1]
    assert translated.title == f"{english.title} en español"
    assert translated.definitions.keys() == english.definitions.keys()
    second = block_of(english, "second")
    answers = [right_answers(english)[0], actions.Answer(second, "Navegador")]
    actions.answer_questions(member=cast.learner, lesson=translated, answers=answers)
    found = enrolment(cast)
    assert found.steps[english.key]["percent"] == 100
    assert (found.required_done, Release.objects.filter(course=cast.course).count()) == (2, 1)
    languages = QuestionVersion.objects.filter(block_id=second).values_list("language", flat=True)
    assert sorted(languages) == ["en", "es"]


def test_a_question_that_the_translation_lacks_is_shown_in_the_leading_language(
    cast: SimpleNamespace, commit: Callable
) -> None:
    with commit():
        spanish(cast.course)
    page = LessonPage.objects.get(slug="questions-2", locale__language_code="es")
    with commit():
        page.body = [block for block in page.body.raw_data if block["type"] != "question_one"]
        page.save_revision().publish()
    english, translated = packs_of(cast.course)[1], packs_of(cast.course, "es")[1]
    assert [part.kind for part in translated.segments] == ["html", "question", "question"]
    assert translated.segments[-1].id == block_of(english, "first")


def test_an_attempt_counts_for_the_version_that_was_asked(
    cast: SimpleNamespace, commit: Callable
) -> None:
    before = packs_of(cast.course)[1]
    second = block_of(before, "second")
    page = pages(cast.course)[1]
    with commit():
        raw = list(page.body.raw_data)
        raw[2]["value"]["answers"][0]["value"]["text"] = "window"
        page.body = raw
        page.save_revision().publish()
    now = packs_of(cast.course)[1]
    assert now.versions[second] != before.versions[second]
    stale = actions.Answer(second, "browser", 1, digest=before.versions[second][1])
    fresh = actions.Answer(second, "browser", 2, digest=now.versions[second][1])
    kept = [
        actions.answer_questions(member=cast.learner, lesson=now, answers=[one])[0]
        for one in (stale, fresh)
    ]
    assert [one.is_right for one in kept] == [True, False]


def test_a_question_that_no_release_has_stored_yet_is_stored_when_it_is_answered(
    cast: SimpleNamespace,
) -> None:
    QuestionVersion.objects.all().delete()
    quiz = packs_of(cast.course)[1]
    kept = actions.answer_questions(
        member=cast.learner, lesson=quiz, answers=right_answers(quiz)[:1]
    )
    found = QuestionVersion.objects.get()
    assert (kept[0].version, found.definition) == (found, quiz.definitions[kept[0].block_id])


def test_nothing_is_cut_for_a_course_that_is_not_live(
    cast: SimpleNamespace, commit: Callable
) -> None:
    hub = make_hub("market")
    course = make_course(hub, "hidden", ("read",))
    with commit():
        hub.pages.get().unpublish()
    assert actions.cut_release(course=course.pk) is None
    assert packs_of(course) == [None]


def test_deleting_a_page_leaves_rows_and_retires_the_lesson(
    cast: SimpleNamespace, commit: Callable
) -> None:
    page = pages(cast.course)[2]
    with commit():
        LessonPage.objects.filter(pk=page.pk).delete()
    assert Lesson.objects.get(key=page.translation_key).retired_at is not None
