"""Erasing an account: what stays, stays without the person."""

import io
import zipfile
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from courses import actions
from courses.models import (
    Ask,
    Attempt,
    Certificate,
    CertificateReissue,
    Enrolment,
    HandIn,
    LearningEvent,
)
from courses.queries import personal_sections
from hub.demo.learners import small_photo
from members.actions import erase_member
from members.queries import build_export
from tests.courses.test_actions_learning import finish
from tests.courses.test_actions_work import ASKING
from tests.factories import make_course, packs_of

pytestmark = pytest.mark.django_db


def test_erasing_keeps_the_code_and_nothing_of_the_person(
    cast: SimpleNamespace, commit: Callable
) -> None:
    finish(cast.learner, cast.course)
    finish(cast.neighbour, cast.course)
    certificate = Certificate.objects.get(member=cast.learner)
    actions.rename_certificate(member=cast.learner, certificate=certificate, name="Other Name")
    course = make_course(cast.hub, "asking", (ASKING.replace("{ask}", "photo"),))
    task = packs_of(course)[0]
    photo = actions.hand_in_task(
        member=cast.learner, lesson=task, block_id=next(iter(task.tasks)), photo=small_photo()
    ).photo
    actions.ask_about_lesson(member=cast.learner, lesson=packs_of(cast.course)[0], words="Private?")
    with commit():
        erase_member(member=cast.learner)
    certificate.refresh_from_db()
    assert (certificate.name, certificate.member) == ("", None)
    assert not photo.storage.exists(photo.name)
    left = [model.objects.count() for model in (Ask, CertificateReissue)]
    assert left == [0, 0]
    for model in (Enrolment, HandIn, Attempt):
        assert model.objects.exists()
    assert set(LearningEvent.objects.values_list("member", flat=True)) == {cast.neighbour.pk}


def test_what_courses_know_is_in_the_export(cast: SimpleNamespace) -> None:
    finish(cast.learner, cast.course)
    finish(cast.neighbour, cast.course)
    actions.ask_about_lesson(member=cast.learner, lesson=packs_of(cast.course)[0], words="Mine?")
    found = {section.name: section.rows for section in personal_sections(cast.learner)}
    assert {name: len(rows) for name, rows in found.items()} == {
        "courses": 1,
        "learning-log": 9,
        "answers": 2,
        "hand-ins": 1,
        "questions": 1,
        "certificates": 1,
    }
    assert found["questions"][0][2] == "Mine?"
    assert found["certificates"][0][1] == cast.learner.name
    assert found["answers"][0][2:] == ("Which one?", "The right one", "Right")


def test_photos_are_in_the_export(cast: SimpleNamespace) -> None:
    course = make_course(cast.hub, "asking", (ASKING.replace("{ask}", "photo"),))
    task = packs_of(course)[0]
    sent = {"lesson": task, "block_id": next(iter(task.tasks)), "photo": small_photo()}
    mine = actions.hand_in_task(member=cast.learner, **sent)
    theirs = actions.hand_in_task(member=cast.neighbour, **sent)
    with zipfile.ZipFile(io.BytesIO(build_export(cast.learner))) as box:
        with mine.photo.open("rb") as stored:
            assert box.read(f"photo-{mine.pk}.jpg") == stored.read()
        assert f"photo-{theirs.pk}.jpg" not in box.namelist()
        assert f"photo-{mine.pk}.jpg" in box.read("hand-ins.csv").decode()
    mine.photo.storage.delete(mine.photo.name)
    with zipfile.ZipFile(io.BytesIO(build_export(cast.learner))) as box:
        assert box.read(f"photo-{mine.pk}.jpg") == b""
