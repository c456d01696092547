"""The clock of the server is set back an hour: nothing is lost, and all is made good."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core import mail

from courses.actions import (
    Answer,
    answer_questions,
    complete_lesson,
    enrol,
    hand_in_task,
    rebuild_progress,
)
from courses.models import Attempt, Certificate, Enrolment, LearningEvent
from hub.clock import tick
from members import emails, outbox
from members.actions import (
    code_of,
    give_consent,
    issue_sign_in_code,
    use_sign_in_code,
    withdraw_consent,
)
from members.errors import Refused
from members.models import OutboxRow
from tests.factories import block_of, packs_of

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
BACK = NOON - timedelta(hours=1)


def test_learning_goes_on_and_can_be_rebuilt(cast: SimpleNamespace) -> None:
    read, questions, task = packs_of(cast.course)
    member, block = cast.learner, block_of(questions, "second")
    enrol(member=member, course=cast.course, now=NOON)
    complete_lesson(member=member, lesson=read, now=NOON)
    right = right_one(questions)
    answers = [Answer(block_of(questions, "first"), right, at=BACK), Answer(block, "browser")]
    answer_questions(member=member, lesson=questions, answers=answers, now=BACK)
    given = {"block_id": block_of(task, "do-it"), "words": "I did it"}
    hand_in_task(member=member, lesson=task, now=BACK, **given)
    live = Enrolment.objects.get(member=member)
    assert (live.required_done, live.last_at) == (3, NOON)
    assert live.finished_at == BACK
    assert Certificate.objects.filter(member=member).count() == 1
    assert Attempt.objects.filter(enrolment=live).count() == 2
    before = dict(vars(live), _state=None)
    rebuild_progress(enrolment=live)
    assert dict(vars(Enrolment.objects.get(pk=live.pk)), _state=None) == before
    complete_lesson(member=member, lesson=read, now=BACK)
    assert LearningEvent.objects.filter(member=member, kind="read").count() == 1


def right_one(pack: object) -> str:
    """The id of the right answer to the question `first`."""
    answers = pack.definitions[block_of(pack, "first")]["answers"]
    return next(answer["id"] for answer in answers if answer.get("right"))


def test_what_is_owed_leaves_when_the_clock_has_caught_up(db: None) -> None:
    row = emails.owe(key="k", to="a@example.org", subject="Hello", text="Hello.")
    OutboxRow.objects.filter(pk=row.pk).update(due_at=NOON, leased_until=None)
    assert outbox.empty(BACK) == 0
    tick(BACK)
    assert (len(mail.outbox), OutboxRow.objects.get().attempts) == (0, 0)
    assert outbox.empty(NOON + timedelta(minutes=1)) == 1
    assert len(mail.outbox) == 1


def test_a_consent_can_be_withdrawn(cast: SimpleNamespace) -> None:
    given = give_consent(member=cast.learner, kind="mail", wording="I agree.", now=NOON)
    withdraw_consent(member=cast.learner, kind="mail", now=BACK)
    given.refresh_from_db()
    assert given.withdrawn_at == NOON


def test_a_sign_in_code_works_until_its_time_is_over(cast: SimpleNamespace) -> None:
    given = issue_sign_in_code(member=cast.coordinator, to=cast.learner, hub=cast.hub, now=NOON)
    letters, name = code_of(given), cast.learner.username
    assert use_sign_in_code(username=name, code=letters, now=BACK) == cast.learner
    with pytest.raises(Refused):
        use_sign_in_code(username=name, code=letters, now=NOON)
