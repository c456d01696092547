"""What people are told comes in their own language, whoever acts and in which language."""

from types import SimpleNamespace

import pytest
from django.utils.translation import override

from courses import actions
from courses.models import Certificate
from members.actions import issue_sign_in_code
from members.models import Notice, RecordEntry
from tests.courses.test_actions_work import hand_in
from tests.factories import packs_of

pytestmark = pytest.mark.django_db


def told(cast: SimpleNamespace) -> tuple[list[str], list[str]]:
    """The notices and the record of the learner, oldest first."""
    notices = Notice.objects.filter(member=cast.learner).order_by("pk")
    records = RecordEntry.objects.filter(member=cast.learner).order_by("pk")
    return [row.text for row in notices], [row.words for row in records]


@pytest.fixture
def spanish(cast: SimpleNamespace) -> SimpleNamespace:
    """The cast, with a learner who reads Spanish."""
    cast.learner.language = "es"
    cast.learner.save()
    return cast


def test_a_review_is_told_in_the_language_of_the_learner(spanish: SimpleNamespace) -> None:
    row = hand_in(spanish)
    actions.review_hand_in(member=spanish.coordinator, hand_in=row, accept=True)
    words = "Tu tarea de «Task 3» fue aceptada."
    assert told(spanish) == ([words], [words])


def test_an_answer_is_told_in_the_language_of_the_learner(spanish: SimpleNamespace) -> None:
    lesson = packs_of(spanish.course)[0]
    ask = actions.ask_about_lesson(member=spanish.learner, lesson=lesson, words="¿Por qué?")
    actions.answer_ask(member=spanish.coordinator, ask=ask, answer="Because it is.")
    assert told(spanish) == (["Tu pregunta sobre «Read 1» tiene respuesta."], [])


def test_the_last_step_by_staff_makes_a_certificate_in_the_language_of_the_learner(
    spanish: SimpleNamespace,
) -> None:
    enrolment = actions.enrol(member=spanish.learner, course=spanish.course)
    for lesson in spanish.course.lessons.all():
        actions.confirm_lesson(
            member=spanish.coordinator,
            enrolment=enrolment,
            lesson=lesson,
            reason="Seen at the hub",
        )
    certificate = Certificate.objects.get(member=spanish.learner)
    assert certificate.language == "es"
    notices, _records = told(spanish)
    words = "Una persona de Harbour Hub marcó «Read 1» de «Basics» como hecha."
    assert f"{words} Motivo: Seen at the hub" in notices
    assert "Has terminado «Basics». Tu certificado está listo." in notices
    actions.withdraw_certificate(
        member=spanish.coordinator, certificate=certificate, reason="Mixed up"
    )
    assert told(spanish)[0][-1] == "Tu certificado de «Basics» fue retirado. Mixed up"


def test_a_sign_in_code_is_told_in_the_language_of_its_owner(spanish: SimpleNamespace) -> None:
    issue_sign_in_code(member=spanish.coordinator, to=spanish.learner, hub=spanish.hub)
    words = "Coordinator, de Harbour Hub, te dio un código para entrar."
    assert told(spanish) == ([words], [words])


def test_who_reads_english_is_told_in_english_by_a_spanish_screen(cast: SimpleNamespace) -> None:
    row = hand_in(cast)
    with override("es"):
        actions.review_hand_in(member=cast.coordinator, hand_in=row, accept=True)
    words = "Your task in “Task 3” was accepted."
    assert told(cast) == ([words], [words])
