"""One-use sign-in codes and new passwords."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from members.actions import (
    code_of,
    end_other_sessions,
    grant_role,
    issue_sign_in_code,
    set_password,
    use_sign_in_code,
)
from members.actions.signin import spend
from members.errors import Refused
from members.models import Member, Notice, RecordEntry, SignInCode
from members.models.signin import TRIES

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def code(coordinator, learner, hub):
    return issue_sign_in_code(member=coordinator, to=learner, hub=hub, now=NOW)


def refused(**values):
    with pytest.raises(Refused) as caught:
        use_sign_in_code(**values)
    assert str(caught.value).startswith("This user name and code do not fit.")


def test_issue_is_logged_and_told(code, coordinator, learner, hub):
    assert (code.member, code.hub, code.issued_by) == (learner, hub, coordinator)
    assert (code.made_at, code.expires_at, code.used_at) == (NOW, NOW + DAY, None)
    entry = RecordEntry.objects.get(member=learner)
    assert (entry.actor, entry.hub, entry.verb) == (coordinator, hub, "issue_sign_in_code")
    assert entry.words == "Cora at Harbour Hub gave you a code to sign in."
    assert Notice.objects.get(member=learner).text == entry.words
    assert Member.objects.get(pk=learner.pk).unread_count == 1


def test_the_code_itself_is_stored_nowhere(code):
    letters = code_of(code)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert letters not in str(cursor.fetchall())


def test_use_signs_in_the_member(code, learner):
    typed = f" {code_of(code)[:4].lower()} {code_of(code)[4:]}"
    assert use_sign_in_code(username=" LENA ", code=typed, now=NOW) == learner
    code.refresh_from_db()
    assert code.used_at == NOW


def test_use_twice_is_refused(code):
    use_sign_in_code(username="lena", code=code_of(code), now=NOW)
    refused(username="lena", code=code_of(code), now=NOW)


def test_a_new_code_replaces_the_old_one(code, coordinator, learner, hub):
    newer = issue_sign_in_code(member=coordinator, to=learner, hub=hub, now=NOW + DAY / 2)
    refused(username="lena", code=code_of(code), now=NOW + DAY / 2)
    assert use_sign_in_code(username="lena", code=code_of(newer), now=NOW + DAY / 2) == learner
    assert SignInCode.objects.count() == 1


def test_a_code_is_over_after_a_day(code, learner):
    refused(username="lena", code=code_of(code), now=NOW + DAY)
    assert use_sign_in_code(username="lena", code=code_of(code), now=NOW + DAY * 0.99) == learner


def test_a_code_of_another_or_of_nobody_is_refused(code):
    refused(username="cora", code=code_of(code), now=NOW)
    refused(username="nobody", code=code_of(code), now=NOW)
    code.refresh_from_db()
    assert code.used_at is None


def test_ten_wrong_tries_end_a_code(code):
    for _try in range(TRIES):
        refused(username="lena", code="AAAAAAAA", now=NOW)
    refused(username="lena", code=code_of(code), now=NOW)


def test_nine_wrong_tries_do_not(code, learner):
    for _try in range(TRIES - 1):
        refused(username="lena", code="AAAAAAAA", now=NOW)
    assert use_sign_in_code(username="lena", code=code_of(code), now=NOW) == learner


def test_issue_is_refused_for_the_outsider(other_coordinator, editor, learner, hub):
    for person in (other_coordinator, editor, learner):
        with pytest.raises(Refused):
            issue_sign_in_code(member=person, to=learner, hub=hub)
    assert SignInCode.objects.count() == 0
    assert RecordEntry.objects.filter(member=learner).count() == 0


def test_a_code_dies_when_the_member_becomes_staff(code, admin, learner, other_hub):
    grant_role(member=admin, to=learner, hub=other_hub, role="editor")
    refused(username="lena", code=code_of(code), now=NOW)


def test_a_code_dies_with_the_role_of_the_coordinator(code, coordinator):
    coordinator.roles.all().delete()
    refused(username="lena", code=code_of(code), now=NOW)


def test_set_password_tells_the_member(learner):
    set_password(member=learner, password="four green doors", now=NOW)
    member = Member.objects.get(pk=learner.pk)
    assert member.check_password("four green doors")
    assert Notice.objects.get(member=learner).text == "Your password was changed."


def test_set_password_refuses_a_weak_one(learner):
    with pytest.raises(Refused) as caught:
        set_password(member=learner, password="password")
    assert caught.value.field == "password1"
    assert learner.check_password("three small boats")


def test_ending_sessions_changes_how_the_password_is_kept(learner):
    """A session hangs on that. The password itself stays, and the member is told."""
    before = Member.objects.get(pk=learner.pk)
    end_other_sessions(member=learner, password="three small boats", now=NOW)
    after = Member.objects.get(pk=learner.pk)
    assert after.get_session_auth_hash() != before.get_session_auth_hash()
    assert after.check_password("three small boats")
    told = "You were signed out on all other devices."
    assert [notice.text for notice in Notice.objects.filter(member=learner)] == [told]


def test_ending_sessions_wants_the_password(learner):
    with pytest.raises(Refused) as caught:
        end_other_sessions(member=learner, password="four small boats")
    assert caught.value.field == "password"
    after = Member.objects.get(pk=learner.pk)
    assert after.get_session_auth_hash() == learner.get_session_auth_hash()
    assert not Notice.objects.exists()


def test_ending_sessions_without_a_password(learner):
    learner.set_unusable_password()
    learner.save()
    before = learner.get_session_auth_hash()
    after = end_other_sessions(member=learner)
    assert after.get_session_auth_hash() != before
    assert not after.has_usable_password()


def test_of_two_at_once_one_wins(code):
    """Both have read the open code before either spends it."""
    first, second = (SignInCode.objects.open(NOW).get() for _reader in range(2))
    assert spend(first, NOW) is True
    assert spend(second, NOW) is False
    code.refresh_from_db()
    assert code.used_at == NOW
