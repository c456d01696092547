"""Statements that are written once give what the ORM gives."""

import sys
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.views.routes import by_key
from courses.models import Enrolment, LessonPage
from courses.queries.desk.learners import written
from courses.queries.mine import CERTIFICATES, ENROLMENTS
from courses.queries.person import ANSWERS, BY_COURSE
from members.backends import BY_ID, Backend
from members.models import Hub, Member
from members.sessions import BY_KEY, SessionStore
from members.statements import Statement
from mentorship.queries import fitting
from mentorship.queries.matching import people_of
from tests.factories import make_hub, make_member


def test_rows_are_the_orm_s_rows(cast: SimpleNamespace) -> None:
    found = BY_ID.first(cast.learner.pk)
    real = Member.objects.get(pk=cast.learner.pk)
    assert found == real
    assert {name: vars(found)[name] for name in vars(real) if name != "_state"} == {
        name: value for name, value in vars(real).items() if name != "_state"
    }
    found.name = "Somebody Else"
    found.save()
    assert Member.objects.get(pk=real.pk).name == "Somebody Else"


def test_joined_rows_come_in_the_same_statement(cast: SimpleNamespace) -> None:
    from courses.actions import enrol

    made = enrol(member=cast.learner, course=cast.course)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        found = BY_COURSE.first(cast.learner.pk, cast.course.key)
        assert found == made
        assert found.release.outline == made.release.outline
        assert found.steps == {}
        assert found.started_at == Enrolment.objects.get().started_at
    assert len(captured.captured_queries) == 2
    assert BY_COURSE.first(cast.neighbour.pk, cast.course.key) is None
    assert BY_COURSE.first(cast.learner.pk, uuid.uuid4()) is None


def test_values_come_as_the_queryset_names_them(cast: SimpleNamespace) -> None:
    who, names = cast.learner, ("pk", "name", "date_joined")
    plain = Statement(lambda pk: Member.objects.filter(pk=pk).values_list(*names), 1)
    named = Statement(lambda pk: Member.objects.filter(pk=pk).values_list(*names, named=True), 1)
    assert plain.all(who.pk) == [(who.pk, who.name, who.date_joined)]
    found = named.first(who.pk)
    assert (found.pk, found.name, found.date_joined) == (who.pk, who.name, who.date_joined)


def test_each_call_has_its_own_values(cast: SimpleNamespace) -> None:
    people = [cast.learner, cast.neighbour, cast.mentor]
    assert [BY_ID.first(person.pk) for person in people] == people
    assert BY_ID.all(0) == []


@pytest.mark.parametrize(
    ("statement", "count"),
    [(BY_ID, 1), (BY_KEY, 2), (BY_COURSE, 2), (ANSWERS, 2), (CERTIFICATES, 1), (ENROLMENTS, 1)],
)
def test_every_value_reaches_its_statement(
    db: None, statement: Statement[Member], count: int
) -> None:
    written = statement.write()
    assert sorted(place for place in written.places if place is not None) == list(range(count))


def statements_of_the_house() -> Iterator[Statement[Any]]:
    """What stands in the modules of floors and apps, and examples of what they make as needed."""
    floors = ("members", "content", "courses", "mentorship", "partners")
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in floors:
            yield from (one for one in vars(module).values() if isinstance(one, Statement))
    yield from (fitting.kept(2, 1), people_of(3), by_key(LessonPage), written("", 50))


def test_every_statement_of_the_house_runs_again_and_again(db: None) -> None:
    """PostgreSQL takes each value for the same type every time, and keeps the plan."""
    found = list({id(one): one for one in statements_of_the_house()}.values())
    assert len(found) > 25
    for statement in found:
        results = [statement.all(*statement.samples) for _time in range(4)]
        assert results == results[:1] * 4


def test_postgresql_plans_a_statement_once_for_each_connection(db: None) -> None:
    for number in (1, 70_000, 5_000_000_000, 2, 3):
        assert BY_ID.first(number) is None
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT parameter_types::text[] FROM pg_prepared_statements")
            assert cursor.fetchall() == [(["bigint"],)]
        cursor.execute("SELECT %s", [4])  # what is no statement of the house runs as ever
        assert cursor.fetchone() == (4,)


def test_a_value_that_is_lost_is_told(db: None) -> None:
    lost = Statement(lambda one, other: Member.objects.filter(pk=one), 1, 2)
    with pytest.raises(AssertionError, match="does not reach"):
        lost.first(1, 2)


@pytest.mark.usefixtures("own_database")
def test_threads_do_not_mix_their_values() -> None:
    make_hub("harbour")
    people = [make_member(f"person{number}") for number in range(8)]

    def look(number: int) -> list[Member | None]:
        try:
            return [BY_ID.first(people[number].pk) for _round in range(50)]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        for number, found in enumerate(pool.map(look, range(8))):
            assert found == [people[number]] * 50


def test_a_session_is_found_until_it_is_over(db: None) -> None:
    store = SessionStore()
    store["visit"] = [1]
    store.create()
    assert SessionStore(store.session_key)["visit"] == [1]
    store.set_expiry(-5)
    store.save()
    ended = SessionStore(store.session_key)
    assert (ended.get("visit"), ended.session_key) == (None, None)
    assert SessionStore("no-such-session").get("visit") is None


def test_only_an_account_that_is_on_is_signed_in(cast: SimpleNamespace) -> None:
    backend = Backend()
    assert backend.get_user(str(cast.learner.pk)) == cast.learner
    Member.objects.filter(pk=cast.learner.pk).update(is_active=False)
    assert backend.get_user(cast.learner.pk) is None
    assert backend.get_user(987654) is None


def test_days_and_dictionaries(cast: SimpleNamespace) -> None:
    """A day is a value too, and `values` gives dictionaries."""
    hubs: Statement[Any] = Statement(
        lambda day: Hub.objects.filter(meeting_on__gt=day).order_by("pk").values("slug"),
        date(1901, 1, 1),
    )
    Hub.objects.filter(pk=cast.hub.pk).update(meeting_on=date(2026, 5, 4))
    assert hubs.all(date(2026, 5, 3)) == [{"slug": "harbour"}]
    assert hubs.all(date(2026, 5, 4)) == []
