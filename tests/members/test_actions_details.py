"""What a member says about themselves, and what the admin does to an account."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from members import outbox
from members.actions import change_account, change_details, change_email
from members.errors import Refused
from members.models import Member, OutboxRow, RecordEntry

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)
DETAILS = {
    "name": " Lena  Marsh ",
    "phone": "+44 20 7946 0123",
    "is_ring_me": True,
    "is_mail_wanted": False,
    "language": "es",
}


def fresh(member):
    return Member.objects.get(pk=member.pk)


def mails():
    outbox.empty()
    return [(message.to[0], message.subject) for message in mail.outbox]


def test_change_details(learner):
    change_details(member=learner, **DETAILS)
    change_details(member=learner, **DETAILS)
    member = fresh(learner)
    assert (member.name, member.phone, member.language) == ("Lena Marsh", DETAILS["phone"], "es")
    assert (member.is_ring_me, member.is_mail_wanted) == (True, False)


def test_change_details_may_empty_all_but_the_name(learner):
    change_details(member=learner, **DETAILS)
    change_details(member=learner, name="Lena")
    member = fresh(learner)
    assert (member.phone, member.is_ring_me, member.language) == ("", False, "")


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"phone": "call me"}, "phone"),
        ({"phone": ""}, "phone"),
        ({"language": "xx"}, "language"),
        ({"language": "ar"}, "language"),
    ],
)
def test_change_details_refuses(learner, wrong, field):
    with pytest.raises(Refused) as caught:
        change_details(member=learner, **DETAILS | wrong)
    assert caught.value.field == field
    assert fresh(learner).name == "Lena"


def test_a_language_that_was_stored_before_stays(learner):
    Member.objects.filter(pk=learner.pk).update(language="ar")
    change_details(member=fresh(learner), name="Lena Marsh", language="ar")
    assert (fresh(learner).name, fresh(learner).language) == ("Lena Marsh", "ar")


def test_a_new_address_is_asked_first(learner):
    assert change_email(member=learner, email=" Lena@Example.org ", now=NOW) == "asked"
    assert fresh(learner).email == ""
    address = EmailAddress.objects.get()
    assert (address.email, address.verified, address.primary) == ("lena@example.org", False, False)
    assert mails() == [("lena@example.org", "Is this your e-mail? A question from Weft")]
    assert re.search(r"http://testserver/accounts/confirm-email/\S+/", mail.outbox[0].body)


def test_asking_twice_leaves_one_question(learner):
    change_email(member=learner, email="lena@example.org", now=NOW)
    change_email(member=learner, email="lena2@example.org", now=NOW + timedelta(seconds=1))
    assert [address.email for address in EmailAddress.objects.all()] == ["lena2@example.org"]


def test_the_same_address_changes_nothing(make_member):
    member = make_member("anna", email="anna@example.org")
    change_email(member=member, email="new@example.org", now=NOW)
    assert change_email(member=member, email="Anna@example.org") == "same"
    assert EmailAddress.objects.count() == 0
    assert fresh(member).email == "anna@example.org"


def test_no_address_at_all_is_fine(learner, make_member):
    assert change_email(member=learner, email="") == "same"
    member = make_member("anna", email="anna@example.org")
    EmailAddress.objects.create(user=member, email="anna@example.org", verified=True, primary=True)
    assert change_email(member=member, email=" ") == "removed"
    assert fresh(member).email == ""
    assert EmailAddress.objects.count() == 0
    assert OutboxRow.objects.count() == 0


def test_an_address_of_another_is_told_to_its_owner_only(learner, make_member):
    make_member("anna", email="anna@example.org")
    assert change_email(member=learner, email="ANNA@example.org", now=NOW) == "asked"
    assert EmailAddress.objects.count() == 0
    assert mails() == [("anna@example.org", "Your e-mail on Weft")]


def test_what_is_no_address_is_refused(learner):
    with pytest.raises(Refused) as caught:
        change_email(member=learner, email="lena at home")
    assert caught.value.field == "email"


def test_change_account(admin, learner):
    change_account(member=admin, to=learner, is_active=True, is_superuser=True, now=NOW)
    assert (fresh(learner).is_superuser, fresh(learner).is_staff) == (True, True)
    change_account(member=admin, to=learner, is_active=False, is_superuser=False, now=NOW)
    assert (fresh(learner).is_active, fresh(learner).is_staff) == (False, False)
    change_account(member=admin, to=learner, is_active=True, is_superuser=False, now=NOW)
    words = RecordEntry.objects.filter(member=learner).order_by("pk")
    assert [entry.words for entry in words] == [
        "Your account is on. You are a network admin.",
        "Your account was switched off.",
        "Your account is on. You are not a network admin.",
    ]


def test_who_is_switched_off_has_no_session_left(admin, learner, outsider, commit):
    """And none comes back when the account is switched on again."""
    theirs, another = Client(), Client()
    theirs.force_login(learner)
    another.force_login(outsider)
    with commit():
        change_account(member=admin, to=learner, is_active=False, is_superuser=False)
    change_account(member=admin, to=learner, is_active=True, is_superuser=False)
    assert theirs.get("/me/").status_code == 302
    assert another.get("/me/").status_code == 200


def test_change_account_twice_changes_nothing_more(admin, learner):
    change_account(member=admin, to=learner, is_active=False, is_superuser=False)
    change_account(member=admin, to=learner, is_active=False, is_superuser=False)
    assert RecordEntry.objects.count() == 1


def test_change_account_is_refused(admin, coordinator, learner):
    for member, to in ((coordinator, learner), (admin, admin)):
        with pytest.raises(Refused):
            change_account(member=member, to=to, is_active=False, is_superuser=False)
    assert fresh(learner).is_active
    assert fresh(admin).is_superuser
