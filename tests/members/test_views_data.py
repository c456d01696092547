"""My data, my details, my notices."""

import io
import json
import re
import zipfile

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail import hooks

from members.actions import give_consent, grant_role, join_hub, notify, record
from members.data import Section
from members.models import Member, Notice

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db
PROOF = "/accounts/reauthenticate/"
DETAILS = {"name": "Lena Marsh", "email": "", "phone": "", "language": "en"}


@pytest.fixture
def browser(client, learner):
    client.force_login(learner)
    return client


@pytest.mark.parametrize(
    "name", ["data", "data_export", "data_erase", "details", "sessions_end", "notices"]
)
def test_signed_out_people_are_asked_to_sign_in(client, name):
    url = reverse(f"members:{name}")
    response = client.get(url)
    assert (response.status_code, response.url) == (302, f"/accounts/login/?next={url}")


def test_data_shows_all_of_mine_and_nothing_of_others(browser, learner, outsider, coordinator, hub):
    record(member=learner, actor=coordinator, hub=hub, verb="look", words="Looked at you.")
    give_consent(member=learner, kind="photo", wording="You may show me.")
    notify(member=outsider, key="k", kind="x", text="Private word of Otto.")
    extra = Section("marks", "Your marks", ("What",), [("A mark",)])
    with hooks.register_temporarily("member_data", lambda member: [extra]):
        html = browser.get("/me/data/").content.decode()
    for words in ("Lena", "Harbour Hub", "Looked at you.", "Cora", "You may show me.", "A mark"):
        assert words in html
    assert "Otto" not in html


def test_data_names_what_one_agreed_to(browser, learner):
    kinds = ("mentor-progress", "show-photo", "show-photo-12", "show-photo-x", "machine-word")
    for number, kind in enumerate(kinds):
        give_consent(member=learner, kind=kind, wording=f"Words {number}.")
    with hooks.register_temporarily("consent_kinds", lambda: {"show-photo": "Showing my photo"}):
        html = browser.get("/me/data/").content.decode()
        box = zipfile.ZipFile(io.BytesIO(browser.get("/me/data/export/").content))
    table = box.read("consents.csv").decode()
    for kind in kinds:
        assert kind not in html
        assert kind not in table
    for text in (html, table):
        assert text.count("Showing your progress to a mentor") == 1
        assert (text.count("Showing my photo"), text.count("Something else")) == (2, 2)


@pytest.mark.parametrize("count", [1, 3])
def test_data_statements(browser, learner, coordinator, hub, count, django_assert_num_queries):
    for number in range(count):
        record(member=learner, actor=coordinator, hub=hub, verb="look", words=str(number))
        notify(member=learner, key=str(number), kind="x", text="Hello")
    browser.get("/courses/")
    with django_assert_num_queries(35):
        browser.get("/me/data/")


def test_data_export(browser, learner):
    Member.objects.filter(pk=learner.pk).update(name="=cmd|' /C calc'!A0")
    response = browser.get("/me/data/export/")
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"] == 'attachment; filename="my-data.zip"'
    box = zipfile.ZipFile(io.BytesIO(response.content))
    assert box.namelist() == [
        "index.html",
        "data.json",
        "details.csv",
        "hubs.csv",
        "sign-in.csv",
        "consents.csv",
        "record.csv",
        "notices.csv",
        "courses.csv",
        "learning-log.csv",
        "answers.csv",
        "hand-ins.csv",
        "questions.csv",
        "certificates.csv",
        "mentor.csv",
        "mentor-checks.csv",
        "mentor-asks.csv",
        "pairs.csv",
        "pair-goals.csv",
        "pair-meetings.csv",
        "pair-notes.csv",
        "pair-messages.csv",
        "pair-pulses.csv",
        "reports.csv",
        "offer-interest.csv",
        "offers-saved.csv",
        "partner-roles.csv",
        "partner-invitations.csv",
        "offers-written.csv",
        "offer-reviews.csv",
        "partner-suggestions.csv",
        "offer-reports.csv",
        "partner-decisions.csv",
        "partner-changes.csv",
    ]
    assert "Name,'=cmd|' /C calc'!A0" in box.read("details.csv").decode()
    sections = json.loads(box.read("data.json"))["sections"]
    assert sections[0]["rows"][1] == ["User name", "lena"]
    page = box.read("index.html").decode()
    assert page.startswith("<!DOCTYPE html>")
    assert not re.search(r"(src|href)=", page)


def test_data_erase_and_data_erased(browser, learner, outsider):
    assert browser.get("/me/data/erase/").status_code == 200
    response = browser.post("/me/data/erase/", {"username": "Lena", "password": PASSWORD})
    assert (response.status_code, response.url) == (303, "/me/data/erased/")
    assert list(Member.objects.all()) == [outsider]
    page = browser.get(response.url)
    assert page.status_code == 200
    assert "_auth_user_id" not in browser.session
    assert "Stays, without your name" in page.content.decode()


@pytest.mark.parametrize("wrong", ["username", "password"])
def test_data_erase_wants_both_right(browser, learner, wrong):
    sent = {"username": "lena", "password": PASSWORD} | {wrong: "something"}
    response = browser.post("/me/data/erase/", sent)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {wrong}
    assert Member.objects.filter(pk=learner.pk).exists()


def test_data_erase_empties_the_browser(browser):
    answer = browser.post("/me/data/erase/", {"username": "lena", "password": PASSWORD})
    assert answer["Clear-Site-Data"] == '"cache", "storage"'


def test_data_erase_without_a_password(browser, learner):
    learner.set_unusable_password()
    learner.save()
    browser.force_login(learner)
    assert list(browser.get("/me/data/erase/").context["form"].fields) == ["username"]
    assert browser.post("/me/data/erase/", {"username": "lena"}).status_code == 303


def test_data_erase_tries_are_limited(browser):
    for _try in range(5):
        browser.post("/me/data/erase/", {"username": "lena", "password": "no"})
    response = browser.post("/me/data/erase/", {"username": "lena", "password": PASSWORD})
    assert response.status_code == 422
    assert "Too many tries." in response.content.decode()
    assert Member.objects.count() == 1


def test_data_erase_refuses_the_last_admin(client, admin):
    client.force_login(admin)
    response = client.post("/me/data/erase/", {"username": "ada", "password": PASSWORD})
    assert response.status_code == 422
    assert "You are the last network admin." in response.content.decode()


def test_details_are_saved(browser, learner):
    sent = DETAILS | {"phone": "020 7946 0123", "is_ring_me": "on", "is_mail_wanted": "on"}
    response = browser.post("/me/details/", sent)
    assert (response.status_code, response.url) == (303, "/me/details/")
    member = Member.objects.get(pk=learner.pk)
    assert (member.name, member.phone, member.is_ring_me) == ("Lena Marsh", "020 7946 0123", True)
    assert "Saved." in browser.get("/me/details/").content.decode()


def offered(browser) -> list[str]:
    """The codes of the languages that are offered."""
    select = browser.get("/me/details/").content.decode().split('name="language"')[1]
    return re.findall(r'<option value="(\w*)"', select.split("</select>")[0])


def test_details_offer_only_languages_that_the_site_speaks(browser):
    assert offered(browser) == ["en", "es"]
    refused = browser.post("/me/details/", DETAILS | {"language": "ar", "name": "Lena Marsh"})
    assert refused.status_code == 422
    assert 'value="Lena Marsh"' in refused.content.decode()


def test_details_keep_a_language_that_was_stored_before(browser, learner):
    Member.objects.filter(pk=learner.pk).update(language="ar")
    assert offered(browser) == ["en", "es", "ar"]
    assert browser.post("/me/details/", DETAILS | {"language": "ar"}).status_code == 303
    assert Member.objects.get(pk=learner.pk).language == "ar"


def test_hub_leave_from_my_details(browser, learner, admin, hub, other_hub):
    join_hub(member=learner, hub=hub)
    html = browser.get("/me/details/").content.decode()
    assert f"Leave {hub.name}" in html
    assert browser.post(f"/me/hubs/{other_hub.slug}/leave/").status_code == 404
    assert browser.get(f"/me/hubs/{hub.slug}/leave/").url == "/me/details/"
    assert learner.memberships.count() == 1
    response = browser.post(f"/me/hubs/{hub.slug}/leave/")
    assert (response.status_code, response.url) == (303, "/me/details/")
    assert f"You have left {hub.name}." in browser.get("/me/details/").content.decode()
    assert learner.memberships.count() == 0
    grant_role(member=admin, to=learner, hub=hub, role="editor")
    browser.post(f"/me/hubs/{hub.slug}/leave/")
    assert "You work for this hub." in browser.get("/me/details/").content.decode()


def test_details_refused_keep_what_was_typed(browser, learner):
    response = browser.post("/me/details/", DETAILS | {"email": "at home", "name": "Lena Marsh"})
    assert response.status_code == 422
    html = response.content.decode()
    assert "Write the e-mail address like name@example.org." in html
    assert 'value="at home"' in html
    assert Member.objects.get(pk=learner.pk).name == "Lena"


def test_another_address_needs_a_proof_and_nothing_typed_is_lost(browser, learner):
    """Who finds a browser signed in cannot make the account theirs."""
    typed = DETAILS | {"email": "thief@example.org", "phone": "020 7946 0123"}
    answer = browser.post("/me/details/", typed)
    assert (answer.status_code, answer.url) == (302, f"{PROOF}?next=%2Fme%2Fdetails%2F")
    wrong = browser.post(answer.url, {"password": "wrong", "next": "/me/details/"})
    assert wrong.status_code == 422
    assert not EmailAddress.objects.exists()
    assert Member.objects.get(pk=learner.pk).phone == ""
    saved = browser.post(answer.url, {"password": PASSWORD, "next": "/me/details/"})
    assert (saved.status_code, saved.url) == (303, "/me/details/")
    assert EmailAddress.objects.get().email == "thief@example.org"
    assert Member.objects.get(pk=learner.pk).phone == "020 7946 0123"


def test_no_proof_is_asked_right_after_a_sign_in_or_for_the_same_address(browser, learner):
    assert browser.post("/me/details/", DETAILS).status_code == 303
    fresh = Client()
    fresh.post("/accounts/login/", {"login": "lena", "password": PASSWORD})
    assert fresh.post("/me/details/", DETAILS | {"email": "a@example.org"}).status_code == 303
    session = fresh.session
    session["account_authentication_methods"][0]["at"] -= 601
    session.save()
    assert fresh.post("/me/details/", DETAILS | {"email": "b@example.org"}).status_code == 302


def test_who_has_no_proof_to_give_is_asked_for_none(client, learner):
    learner.set_unusable_password()
    learner.save()
    client.force_login(learner)
    assert client.post("/me/details/", DETAILS | {"email": "a@example.org"}).status_code == 303


def test_sessions_end_everywhere_else(browser, learner, outsider):
    elsewhere, another = Client(), Client()
    elsewhere.force_login(learner)
    another.force_login(outsider)
    url = "/me/details/sessions/"
    assert [field.name for field in browser.get(url).context["form"]] == ["password"]
    wrong = browser.post(url, {"password": "wrong"})
    assert wrong.status_code == 422
    assert "This is not your password." in wrong.content.decode()
    assert elsewhere.get("/me/").status_code == 200
    answer = browser.post(url, {"password": PASSWORD})
    assert (answer.status_code, answer.url) == (303, "/me/details/")
    assert "on all other devices." in browser.get("/me/details/").content.decode()
    assert [one.get("/me/").status_code for one in (browser, elsewhere, another)] == [200, 302, 200]


def test_sessions_end_without_a_password(client, learner):
    learner.set_unusable_password()
    learner.save()
    client.force_login(learner)
    elsewhere = Client()
    elsewhere.force_login(learner)
    assert client.post("/me/details/sessions/").status_code == 303
    assert [one.get("/me/").status_code for one in (client, elsewhere)] == [200, 302]


def test_sessions_end_tries_are_limited(browser):
    for _try in range(5):
        browser.post("/me/details/sessions/", {"password": "no"})
    response = browser.post("/me/details/sessions/", {"password": PASSWORD})
    assert response.status_code == 422
    assert "Too many tries." in response.content.decode()


def test_details_ask_a_new_address(browser, learner, django_capture_on_commit_callbacks):
    browser.post(PROOF, {"password": PASSWORD})
    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/me/details/", DETAILS | {"email": "lena@example.org"})
    html = browser.get("/me/details/").content.decode()
    assert "We sent a mail to the new address." in html
    assert Member.objects.get(pk=learner.pk).email == ""
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body).group(1)
    page = browser.get(link)
    assert "Is lena@example.org your address?" in page.content.decode()
    assert Member.objects.get(pk=learner.pk).email == ""
    browser.post(link)
    assert Member.objects.get(pk=learner.pk).email == "lena@example.org"
    address = EmailAddress.objects.get()
    assert (address.verified, address.primary) == (True, True)
    assert "no longer works" in browser.get(link).content.decode()


def test_a_confirmed_address_replaces_the_old_one(browser, learner):
    learner.email = "old@example.org"
    learner.save()
    EmailAddress.objects.create(user=learner, email="old@example.org", verified=True, primary=True)
    browser.post(PROOF, {"password": PASSWORD})
    browser.post("/me/details/", DETAILS | {"email": "new@example.org"})
    from members import outbox

    outbox.empty()
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body).group(1)
    Client().post(link)
    assert Member.objects.get(pk=learner.pk).email == "new@example.org"
    assert [address.email for address in EmailAddress.objects.all()] == ["new@example.org"]


@pytest.mark.parametrize("count", [1, 3])
def test_notices(browser, learner, outsider, count, django_assert_num_queries):
    notify(member=outsider, key="k", kind="x", text="Private word of Otto.")
    for number in range(count):
        notify(member=learner, key=str(number), kind="x", text=f"News {number}", url="/me/")
    browser.get("/courses/")
    with django_assert_num_queries(4):
        html = browser.get("/me/notices/").content.decode()
    assert html.count("News") == count
    assert "Otto" not in html


def test_notices_are_read_by_a_post_only(browser, learner):
    notify(member=learner, key="k", kind="x", text="News")
    browser.get("/me/notices/")
    assert Member.objects.get(pk=learner.pk).unread_count == 1
    response = browser.post("/me/notices/")
    assert (response.status_code, response.url) == (303, "/me/notices/")
    assert Member.objects.get(pk=learner.pk).unread_count == 0
    assert Notice.objects.unread().count() == 0


def test_notices_come_in_pages(browser, learner):
    for number in range(31):
        notify(member=learner, key=str(number), kind="x", text="News")
    assert browser.get("/me/notices/").content.decode().count("News") == 30
    assert browser.get("/me/notices/?page=2").content.decode().count("News") == 1
    assert browser.get("/me/notices/?page=x").status_code == 200


def test_an_empty_page_of_notices_says_what_will_come(browser):
    assert "Nothing yet." in browser.get("/me/notices/").content.decode()


def test_a_long_part_opens_with_a_tap(browser, learner):
    for number in range(11):
        notify(member=learner, key=str(number), kind="x", text=f"News {number}")
    html = browser.get("/me/data/").content.decode()
    assert html.count("<details>") == 1
    assert "<summary>Show 11 entries</summary>" in html
    assert '<td data-label="Message">News 10</td>' in html
