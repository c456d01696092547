"""A partner's own page: what it says, its e-mail, what it agreed with hubs."""

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from content.models import Topic
from courses.models import Course
from members.models import OutboxRow
from partners import codes
from partners.emails import code_key
from partners.models import Agreement, Offer, Partner
from tests.partners.desk_cast import (
    at,
    client_of,
    cost_of,
    in_days,
    live,
    place,
    site_of,
    text_of,
)


@pytest.fixture
def site(db: None) -> SimpleNamespace:
    return site_of()


@pytest.fixture
def client(site: SimpleNamespace) -> Client:
    return client_of(site.anna)


AGREED = {"hub": "valley", "kind": "rooms", "words": "Room 3 on Tuesdays.", "until_on": ""}


def test_partner_page(client: Client, site: SimpleNamespace) -> None:
    topic = Topic.objects.create(slug="metal", name="Metal")
    values = {"about": "We weld.", "gives": "Courses.", "place": "Port", "topics": [topic.pk]}
    values |= {"website": "college.example", "contact": "Ring us.", "language": "eu"}
    response = client.post(at(site, "partner_page"), values)
    assert (response.status_code, response["Location"]) == (303, at(site, "partner_page"))
    row = Partner.objects.get(pk=site.partner.pk)
    assert (row.about, row.gives, row.place, row.website) == (
        "We weld.",
        "Courses.",
        "Port",
        "https://college.example",
    )
    assert (list(row.topics.all()), row.language) == ([topic], "eu")
    page = text_of(client.get(at(site, "partner_page")))
    assert "We weld.</textarea>" in page
    assert '<option value="eu" selected>Basque</option>' in page
    assert "checked" in page
    assert (row.name, row.kind, row.email) == ("Harbour College", "college", site.partner.email)


def test_partner_page_refused(client: Client, site: SimpleNamespace) -> None:
    values = {"about": "kept-words", "place": "", "website": "no site", "language": "klingon"}
    response = client.post(at(site, "partner_page"), values)
    page = text_of(response)
    assert response.status_code == 422
    assert page.count("Choose one from the list.") == 2
    assert (page.count("Write the town."), page.count("This is no web address.")) == (2, 2)
    assert "kept-words" in page
    assert Partner.objects.get(pk=site.partner.pk).about == ""


def test_partner_email_code(client: Client, site: SimpleNamespace) -> None:
    email, address = site.partner.email, at(site, "partner_email_code")
    response = client.post(address, {"code": "WRONG"})
    assert response.status_code == 422
    assert "This code is not right. Look at the mail once more." in text_of(response)
    today = timezone.localdate()
    code = codes.email_code(settings.SECRET_KEY, site.partner.pk, email, today)
    response = client.post(address, {"code": code})
    assert response["Location"] == at(site, "partner_page")
    assert Partner.objects.get(pk=site.partner.pk).email_confirmed_at is not None
    assert client.get(address)["Location"] == at(site, "partner_page")


def test_partner_email(client: Client, site: SimpleNamespace) -> None:
    """The pages say that a code went out once one has, and that a second one of a day does not."""
    email, pages = site.partner.email, (at(site, "partner_page"), at(site, "partner_home"))
    for page in [text_of(client.get(address)) for address in pages]:
        assert f"{email} is not confirmed." in page
        assert "A code went to" not in page
    assert "Confirm the e-mail" not in text_of(client.get(pages[0]))
    sent = "The code is on its way to your organisation’s e-mail."
    before = "Today’s code went out before. Look for that mail once more."
    for words in (sent, before):
        response = client.post(at(site, "partner_email"))
        assert response["Location"] == f"{pages[0]}#email"
        page = text_of(client.get(pages[0]))
        assert [one in page for one in (sent, before)] == [words == sent, words == before]
    for page in [text_of(client.get(address)) for address in pages]:
        assert f"A code went to {email}." in page
        assert "is not confirmed." not in page
    rows = OutboxRow.objects.filter(key__startswith="mail:partner-email:")
    key = f"mail:{code_key(site.partner, in_days(-14))}"
    rows.update(key=key)
    assert "A code went to" not in text_of(client.get(pages[0]))
    rows.update(key=key.replace(in_days(-14).isoformat(), in_days(-13).isoformat()))
    assert "A code went to" in text_of(client.get(pages[0]))


def test_partner_email_says_why_not(client: Client, site: SimpleNamespace) -> None:
    Partner.objects.update(email="")
    client.post(at(site, "partner_email"))
    page = text_of(client.get(at(site, "partner_page")))
    assert "Write the e-mail of your organisation first." in page


def test_partner_without_an_email(client: Client, site: SimpleNamespace) -> None:
    Partner.objects.update(email="")
    page = text_of(client.get(at(site, "partner_page")))
    assert "There is none yet." in page
    assert "A code went to" not in page


def test_partner_email_change(client: Client, site: SimpleNamespace) -> None:
    """Another e-mail counts once the code that went there was typed."""
    Partner.objects.update(email_confirmed_at=timezone.now())
    address = at(site, "partner_email_change")
    assert client.get(address)["Location"] == at(site, "partner_page")
    response = client.post(address, {"email": "nobody"})
    assert response.status_code == 422
    assert 'value="nobody"' in text_of(response)
    for _twice in range(2):
        response = client.post(address, {"email": "new@college.example"})
        assert response["Location"] == f"{at(site, 'partner_page')}#email"
    row = Partner.objects.get(pk=site.partner.pk)
    assert (row.email, row.email_confirmed_at) == ("new@college.example", None)
    page = text_of(client.get(at(site, "partner_page")))
    assert "A code went to new@college.example." in page
    code = codes.email_code(settings.SECRET_KEY, row.pk, row.email, timezone.localdate())
    client.post(at(site, "partner_email_code"), {"code": code})
    assert Partner.objects.get(pk=site.partner.pk).email_confirmed_at is not None


def test_partner_identity(client: Client, site: SimpleNamespace) -> None:
    """Another name waits for the hub."""
    address, page = at(site, "partner_identity"), at(site, "partner_page")
    assert client.get(address)["Location"] == page
    response = client.post(address, {"name": "", "kind": "college", "number": "my-number"})
    assert response.status_code == 422
    assert text_of(response).count("Write the name.") == 2
    assert "my-number" in text_of(response)
    values = {"name": "Port College", "kind": "college", "scheme": "charity", "number": "7"}
    response = client.post(address, values)
    assert (response.status_code, response["Location"]) == (303, f"{page}#name")
    text = text_of(client.get(page))
    day = date_format(in_days(5), "DATE_FORMAT")
    assert f"Sent. Harbour Hub answers by {day}. Until then all stays as it was." in text
    assert f"You asked for “Port College”. Harbour Hub answers by {day}." in text
    assert 'value="Port College"' in text
    assert Partner.objects.get(pk=site.partner.pk).name == "Harbour College"
    client.post(address, {"name": "Harbour College", "kind": "college"})
    text = text_of(client.get(page))
    assert "Saved. Nothing waits for the hub." in text
    assert "You asked for" not in text


def test_partner_identity_before_the_check(client: Client, site: SimpleNamespace) -> None:
    Partner.objects.update(state="waiting")
    client.post(at(site, "partner_identity"), {"name": "Port College", "kind": "library"})
    row = Partner.objects.get(pk=site.partner.pk)
    assert (row.name, row.kind) == ("Port College", "library")


def test_partner_agree_and_partner_agree_end(client: Client, site: SimpleNamespace) -> None:
    response = client.post(at(site, "partner_agree"), AGREED)
    assert response["Location"] == f"{at(site, 'partner_page')}#agreements"
    row = Agreement.objects.get()
    assert (row.hub, row.kind, row.confirmed_at) == (site.other_hub, "rooms", None)
    page = text_of(client.get(at(site, "partner_page")))
    assert "Valley Hub · Lends rooms · waits for the hub" in page
    client.post(at(site, "partner_agree_end", row.pk))
    assert not Agreement.objects.exists()
    assert client.post(at(site, "partner_agree_end", row.pk)).status_code == 404


def test_partner_agree_names_a_course(
    client: Client, site: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where our certificate is the entry; the hub and everybody read which one."""
    course = Course.objects.create(hub=site.other_hub, title="Spreadsheets 1")
    choices = [("", "Not said"), (str(course.pk), course.title)]
    monkeypatch.setattr("partners.views.desk.page.course_choices", lambda: choices)
    values = AGREED | {"kind": "entry", "words": "To our second year.", "course": str(course.pk)}
    response = client.post(at(site, "partner_agree"), values | {"kind": "rooms"})
    page = text_of(response)
    assert response.status_code == 422
    assert page.count("To name a course, choose “Accepts our certificate as entry”.") == 2
    assert f'<option value="{course.pk}" selected>Spreadsheets 1</option>' in page
    assert client.post(at(site, "partner_agree"), values | {"course": "x"}).status_code == 422
    assert not Agreement.objects.exists()
    assert client.post(at(site, "partner_agree"), values).status_code == 303
    row = Agreement.objects.get()
    assert (row.kind, row.course) == ("entry", course)
    page = text_of(client.get(at(site, "partner_page")))
    assert "Valley Hub · Accepts our certificate as entry · Spreadsheets 1 · waits" in page
    desk = client_of(site.other_reviewer).get(place("desk_agreement", "valley", row.pk))
    assert "<dt>Course</dt><dd>Spreadsheets 1</dd>" in text_of(desk)


def test_partner_agree_refused(client: Client, site: SimpleNamespace) -> None:
    wrong = AGREED | {"words": "", "until_on": in_days(-3).isoformat(), "kind": ""}
    response = client.post(at(site, "partner_agree"), wrong)
    page = text_of(response)
    assert response.status_code == 422
    assert page.count("Say it in one sentence.") == 2
    response = client.post(
        at(site, "partner_agree"), AGREED | {"until_on": in_days(-3).isoformat()}
    )
    assert response.status_code == 422
    assert "This day is over. Write one to come." in text_of(response)
    assert client.get(at(site, "partner_agree"))["Location"] == at(site, "partner_page")
    assert not Agreement.objects.exists()


def test_partner_agree_before_the_hub_has_said_yes(client: Client, site: SimpleNamespace) -> None:
    Partner.objects.update(state="waiting")
    response = client.post(at(site, "partner_agree"), AGREED)
    assert response.status_code == 422
    assert "The hub has not approved your organisation yet." in text_of(response)
    assert AGREED["words"] in text_of(response)
    assert not Agreement.objects.exists()


def test_partner_end(client: Client, site: SimpleNamespace) -> None:
    offer, address = live(site), at(site, "partner_end")
    assert "This cannot be undone." in text_of(client.get(at(site, "partner_page")))
    response = client.post(address)
    assert response.status_code == 422
    assert text_of(response).count("Tick this if you are sure.") == 2
    assert Partner.objects.get(pk=site.partner.pk).state == "approved"
    for _twice in range(2):
        response = client.post(address, {"sure": "on"})
        assert (response.status_code, response["Location"]) == (303, place("partner_desk"))
    assert Partner.objects.get(pk=site.partner.pk).state == "left"
    assert not Offer.objects.get(pk=offer.pk).live
    page = text_of(client.get(place("partner_desk"), follow=True))
    assert "Your organisation has left." in page
    assert "This organisation has left. Its offers have ended." in page
    assert client.get(at(site, "partner_page")).status_code == 404


@pytest.mark.parametrize("name", ["ed", "vic", "otto", "outsider", "reviewer"])
def test_the_page_is_for_who_runs_it(site: SimpleNamespace, name: str) -> None:
    client = client_of(getattr(site, name))
    assert client.get(at(site, "partner_page")).status_code == 404
    names = ("partner_page", "partner_email", "partner_email_code", "partner_agree")
    for address in (*names, "partner_email_change", "partner_identity", "partner_end"):
        assert client.post(at(site, address), AGREED | {"sure": "on"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_partner_page_statements(client: Client, site: SimpleNamespace, count: int) -> None:
    for number in range(count):
        client.post(at(site, "partner_agree"), AGREED | {"words": f"Room {number}"})
        Topic.objects.create(slug=f"t{number}", name="T")
    client.get(at(site, "partner_page"))
    assert cost_of(lambda: client.get(at(site, "partner_page"))) == 11
    Partner.objects.update(email_confirmed_at=timezone.now())
    assert cost_of(lambda: client.get(at(site, "partner_page"))) == 10
