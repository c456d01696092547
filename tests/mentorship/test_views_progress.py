"""The progress of a mentee in a course: for the mentor, with consent only."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from courses.models import Enrolment
from members.models import Consent
from mentorship.models import MentorAsk
from tests.mentorship.pair_page_parts import new_pair, reader_of, sender_of, url, with_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(signed_in: Callable[..., Client]) -> Callable[..., str]:
    return reader_of(signed_in)


@pytest.fixture
def post(signed_in: Callable[..., Client]) -> Callable[..., HttpResponse]:
    return sender_of(signed_in)


def test_progress_is_for_the_mentor_and_with_consent_only(look: Callable[..., str]) -> None:
    pair = new_pair()
    with_course(pair)
    words = "2 of 3 done"
    assert words in look(pair, "mentor")
    assert words not in look(pair, "mentee")
    Consent.objects.update(withdrawn_at=timezone.now() + timedelta(days=1))
    assert words not in look(pair, "mentor")
    Consent.objects.update(withdrawn_at=None)
    MentorAsk.objects.update(shares_progress=False)
    assert words not in look(pair, "mentor")
    MentorAsk.objects.update(shares_progress=True)
    Enrolment.objects.all().delete()
    assert words not in look(pair, "mentor")


def test_pair_progress_is_shown_and_taken_back_by_the_mentee(
    look: Callable[..., str], post: Callable[..., HttpResponse]
) -> None:
    pair = new_pair()
    with_course(pair)
    page = look(pair, "mentee")
    assert "Mara Mentor sees: 2 of 3 lessons." in page and "Stop showing this" in page
    answer = post(pair, "mentee", "pair_progress", show="no")
    assert (answer.status_code, answer["Location"]) == (303, f"{url(pair)}#about")
    assert not Consent.objects.standing().exists()
    page = look(pair, "mentee")
    assert "Mara Mentor does not see how far you are." in page
    assert "2 of 3" not in look(pair, "mentor")
    post(pair, "mentee", "pair_progress", show="yes")
    assert "My mentor may see how far I am in" in Consent.objects.standing().get().wording
    assert "2 of 3 done" in look(pair, "mentor")


def test_pair_progress_is_not_for_the_mentor(
    look: Callable[..., str], post: Callable[..., HttpResponse]
) -> None:
    pair = new_pair()
    with_course(pair, shares=False)
    answer = post(pair, "mentor", "pair_progress", show="yes")
    assert answer.status_code == 422
    assert "Only the learner says who sees this." in answer.content.decode()
    assert "2 of 3" not in look(pair, "mentor")
    assert "Show my progress in this course" not in look(pair, "mentor")
    assert pair.again().shows_progress is None


def test_pair_progress_needs_a_course(
    look: Callable[..., str], post: Callable[..., HttpResponse]
) -> None:
    pair = new_pair()
    assert "Show my progress" not in look(pair, "mentee")
    assert post(pair, "mentee", "pair_progress", show="yes").status_code == 422
    assert not Consent.objects.exists()
