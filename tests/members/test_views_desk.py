"""The members of a hub, for its coordinators."""

import pytest

from members.actions import code_of, join_hub
from members.models import RecordEntry, SignInCode

pytestmark = pytest.mark.django_db
URL = "/desk/harbour/members/"


def code_url(member, word=""):
    return f"{URL}{member.pk}/code/{word}"


@pytest.fixture
def desk(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.mark.parametrize("count", [1, 3])
def test_desk_members_statements(desk, hub, make_member, count, django_assert_num_queries):
    for number in range(count):
        make_member(f"learner{number}", hub=hub)
    desk.get("/courses/")
    with django_assert_num_queries(5):
        html = desk.get(URL).content.decode()
    assert html.count("Give a sign-in code") == count


def test_desk_members_shows_this_hub_only(desk, learner, outsider):
    html = desk.get(URL).content.decode()
    assert "lena" in html
    assert "otto" not in html.lower()


def test_desk_members_search(desk, hub, learner, make_member):
    make_member("mara", hub=hub, name="Mara Lind")
    assert [row.member.username for row in desk.get(f"{URL}?q=LIN").context["page"]] == ["mara"]
    assert "Nobody here has “zzz”" in desk.get(f"{URL}?q=zzz").content.decode()
    assert desk.get(f"{URL}?q=%00%22&page=99").status_code == 200


def test_desk_members_offers_no_code_for_staff(desk, editor, hub):
    html = desk.get(URL).content.decode()
    assert html.count("No code from here") == 2
    assert "Give a sign-in code" not in html


def test_desk_members_is_missing_for_all_others(client, learner, editor, other_coordinator):
    for person in (learner, editor, other_coordinator):
        client.force_login(person)
        assert client.get(URL).status_code == 404
        assert client.get("/desk/nowhere/members/").status_code == 404


def test_the_admin_sees_every_desk(client, admin, learner):
    client.force_login(admin)
    assert client.get(URL).status_code == 200


@pytest.mark.parametrize("slug", ["harbour", "nowhere"])
def test_desk_asks_a_visitor_to_sign_in(client, hub, slug):
    url = f"/desk/{slug}/members/"
    assert client.get(url).url == f"/accounts/login/?next={url}"


def test_desk_code_issue(desk, coordinator, learner):
    response = desk.post(code_url(learner, "issue/"))
    assert (response.status_code, response["Location"]) == (303, code_url(learner))
    code = SignInCode.objects.get()
    letters = code_of(code)
    page = desk.get(code_url(learner))
    html = page.content.decode()
    assert f"{letters[:4]} {letters[4:]}" in html
    assert "lena" in html
    assert page["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert RecordEntry.objects.filter(member=learner, actor=coordinator).count() == 1


def test_desk_code_issue_is_a_post(desk, learner):
    assert desk.get(code_url(learner, "issue/")).status_code == 405
    assert SignInCode.objects.count() == 0


def test_desk_code_issue_is_missing_for_who_may_not(
    client, desk, learner, editor, outsider, other_coordinator, admin, hub
):
    join_hub(member=admin, hub=hub)
    for person in (editor, outsider, admin):
        assert desk.post(code_url(person, "issue/")).status_code == 404
    assert desk.post(f"{URL}999999/code/issue/").status_code == 404
    for person in (learner, editor, other_coordinator):
        client.force_login(person)
        assert client.post(code_url(learner, "issue/")).status_code == 404
    assert SignInCode.objects.count() == 0


def test_desk_code_is_shown_to_its_giver_while_it_is_open(client, desk, admin, learner):
    assert desk.get(code_url(learner)).status_code == 404
    desk.post(code_url(learner, "issue/"))
    client.force_login(admin)
    assert client.get(code_url(learner)).status_code == 404
