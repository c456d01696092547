"""Every address has a guard, and one name all the way: url, view, test."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

ROOT = Path(settings.BASE_DIR)
OURS = ("hub", "members", "mentorship", "partners", "courses")
MISSING = {
    "UUIDConverter": "00000000-0000-4000-8000-000000000000",
    "IntConverter": 987654,
    "SlugConverter": "no-such-hub",
    "StringConverter": "ZZZZZZZZZZZZZZZZ",
}
# What a visitor gets for GET and for POST: the status, or the way to the sign-in. Everything but
# what is open to all is shut; a thing that is not there is a 404, or asks to sign in first.
VISITOR: dict[str, tuple[object, object]] = {
    "hub:me": ("sign in", 405),
    "hub:desk": ("sign in", 405),
    "hub:desk_hub": ("sign in", 405),
    "hub:search": (200, 405),
    "hub:display": (405, 303),
    "hub:styleguide": (404, 405),
    "courses:resume": ("sign in", 405),
    "courses:enrol": (404, 404),
    "courses:answer": (404, 404),
    "courses:lesson_complete": (404, 404),
    "courses:hand_in": (404, 404),
    "courses:ask": (404, 404),
    "courses:photo": ("sign in", 405),
    "courses:catalogue": (200, 405),
    "courses:course_feed": (200, 405),
    "courses:certificate_check": (200, 405),
    "courses:certificate": (404, 405),
    "courses:certificate_pdf": ("sign in", 405),
    "courses:certificate_rename": (302, "sign in"),
    "courses:desk_hand_in": ("sign in", "sign in"),
    "courses:desk_ask": ("sign in", "sign in"),
    "courses:desk_course": ("sign in", 405),
    "courses:desk_course_csv": ("sign in", 405),
    "courses:desk_learner": ("sign in", 405),
    "courses:desk_lesson_confirm": ("sign in", "sign in"),
    "courses:desk_certificate_withdraw": ("sign in", "sign in"),
    "courses:desk_mark_again": ("sign in", "sign in"),
    "courses:desk_release": ("sign in", "sign in"),
    "mentorship:mentorship": (200, 405),
    "mentorship:mentor_people": (200, 405),
    "mentorship:mentor_ask": (200, 422),
    "mentorship:mentor_ask_when": ("sign in", 422),
    "mentorship:mentor_ask_cards": ("sign in", 405),
    "mentorship:mentor_choose": (405, "sign in"),
    "mentorship:mentor_propose": (405, "sign in"),
    "mentorship:mentor_ask_withdraw": (405, "sign in"),
    "mentorship:mentor_offer": (200, 422),
    "mentorship:mentor_absence_add": (405, "sign in"),
    "mentorship:mentor_absence_drop": (405, "sign in"),
    "mentorship:mentor_pause": (405, "sign in"),
    "mentorship:mentor_return": (405, "sign in"),
    "mentorship:mentor_leave": ("sign in", "sign in"),
    "mentorship:mentor_volunteer": (405, "sign in"),
    "mentorship:pair": ("sign in", 405),
    "mentorship:pair_answer": (405, "sign in"),
    "mentorship:pair_withdraw": (405, "sign in"),
    "mentorship:pair_message": (405, "sign in"),
    "mentorship:pair_note": (405, "sign in"),
    "mentorship:pair_goal": (405, "sign in"),
    "mentorship:pair_goal_met": (405, "sign in"),
    "mentorship:pair_progress": (405, "sign in"),
    "mentorship:pair_pulse": (405, "sign in"),
    "mentorship:pair_pause": (405, "sign in"),
    "mentorship:pair_resume": (405, "sign in"),
    "mentorship:pair_extend": (405, "sign in"),
    "mentorship:pair_end": (405, "sign in"),
    "mentorship:pair_close": (405, "sign in"),
    "mentorship:pair_again": (405, "sign in"),
    "mentorship:meeting_log": (405, "sign in"),
    "mentorship:meeting_plan": (405, "sign in"),
    "mentorship:meeting_file": ("sign in", 405),
    "mentorship:meeting_change": ("sign in", "sign in"),
    "mentorship:meeting_held": (405, "sign in"),
    "mentorship:meeting_cancel": (405, "sign in"),
    "mentorship:meeting_met": (410, 410),
    "mentorship:pair_report": ("sign in", "sign in"),
    "mentorship:pair_block": ("sign in", "sign in"),
    "mentorship:pair_reported": ("sign in", 405),
    "mentorship:calendar": ("sign in", "sign in"),
    "mentorship:calendar_feed": (404, 405),
    "mentorship:desk_board": ("sign in", 405),
    "mentorship:desk_mentors": ("sign in", 405),
    "mentorship:desk_mentor": ("sign in", 405),
    "mentorship:desk_mentor_move": (405, "sign in"),
    "mentorship:desk_check_add": (405, "sign in"),
    "mentorship:desk_ask": ("sign in", "sign in"),
    "mentorship:desk_pairs": ("sign in", 405),
    "mentorship:desk_pair": ("sign in", 405),
    "mentorship:desk_pair_move": (405, "sign in"),
    "mentorship:desk_pair_contact": (405, "sign in"),
    "mentorship:desk_programmes": ("sign in", 405),
    "mentorship:desk_programme_new": ("sign in", "sign in"),
    "mentorship:desk_programme": ("sign in", "sign in"),
    "mentorship:desk_figures": ("sign in", 405),
    "mentorship:desk_figures_csv": ("sign in", 405),
    "mentorship:desk_cases": ("sign in", 405),
    "mentorship:desk_case": ("sign in", 405),
    "mentorship:desk_case_note": (405, "sign in"),
    "mentorship:desk_case_words": (405, "sign in"),
    "mentorship:desk_case_end": (405, "sign in"),
    "mentorship:desk_case_hold": (405, "sign in"),
    "mentorship:desk_case_close": (405, "sign in"),
    "partners:partner_apply": (200, 422),
    "partners:partner_suggest": ("sign in", "sign in"),
    "partners:partner_invitation": ("sign in", "sign in"),
    "partners:partner_desk": ("sign in", 405),
    "partners:offer_begin": ("sign in", 405),
    "partners:partner_home": ("sign in", 405),
    "partners:partner_confirm": (405, "sign in"),
    "partners:partner_again": (405, "sign in"),
    "partners:partner_page": ("sign in", "sign in"),
    "partners:partner_email": (405, "sign in"),
    "partners:partner_email_code": ("sign in", "sign in"),
    "partners:partner_email_change": ("sign in", "sign in"),
    "partners:partner_identity": ("sign in", "sign in"),
    "partners:partner_agree": ("sign in", "sign in"),
    "partners:partner_agree_end": (405, "sign in"),
    "partners:partner_end": ("sign in", "sign in"),
    "partners:partner_people": ("sign in", "sign in"),
    "partners:partner_invitation_drop": (405, "sign in"),
    "partners:partner_role": (405, "sign in"),
    "partners:partner_drop": (405, "sign in"),
    "partners:partner_leave": (405, "sign in"),
    "partners:partner_interest": ("sign in", 405),
    "partners:partner_interest_move": (405, "sign in"),
    "partners:partner_year": ("sign in", 405),
    "partners:partner_table": ("sign in", "sign in"),
    "partners:partner_table_file": ("sign in", 405),
    "partners:partner_upload": ("sign in", 405),
    "partners:partner_upload_file": ("sign in", 405),
    "partners:partner_upload_send": (405, "sign in"),
    "partners:partner_upload_drop": (405, "sign in"),
    "partners:partner_upload_end": (405, "sign in"),
    "partners:offer_new": ("sign in", "sign in"),
    "partners:offer_status": ("sign in", 405),
    "partners:offer_withdraw": (405, "sign in"),
    "partners:offer_right": (405, "sign in"),
    "partners:offer_again": (405, "sign in"),
    "partners:offer_end": (405, "sign in"),
    "partners:offer_return": (405, "sign in"),
    "partners:offer_picture": ("sign in", "sign in"),
    "partners:offer_picture_drop": (405, "sign in"),
    "partners:offer_write": ("sign in", "sign in"),
    "partners:offer_keep": (405, "sign in"),
    "partners:desk_partners": ("sign in", 405),
    "partners:desk_review": ("sign in", 405),
    "partners:desk_review_publish": ("sign in", "sign in"),
    "partners:desk_review_change": ("sign in", "sign in"),
    "partners:desk_review_decline": ("sign in", "sign in"),
    "partners:desk_partner": ("sign in", 405),
    "partners:desk_partner_prove": ("sign in", "sign in"),
    "partners:desk_partner_approve": ("sign in", "sign in"),
    "partners:desk_partner_decline": ("sign in", "sign in"),
    "partners:desk_organisations": ("sign in", "sign in"),
    "partners:desk_partner_enter": ("sign in", "sign in"),
    "partners:desk_partner_invite": ("sign in", "sign in"),
    "partners:desk_partner_pause": ("sign in", "sign in"),
    "partners:desk_partner_return": ("sign in", "sign in"),
    "partners:desk_identity_accept": ("sign in", "sign in"),
    "partners:desk_identity_decline": ("sign in", "sign in"),
    "partners:desk_check": ("sign in", 405),
    "partners:desk_check_fine": ("sign in", "sign in"),
    "partners:desk_check_back": ("sign in", "sign in"),
    "partners:desk_offer": ("sign in", 405),
    "partners:desk_offer_down": ("sign in", "sign in"),
    "partners:desk_report_settle": ("sign in", "sign in"),
    "partners:desk_agreement": ("sign in", 405),
    "partners:desk_agreement_confirm": ("sign in", "sign in"),
    "partners:desk_agreement_decline": ("sign in", "sign in"),
    "partners:desk_suggestion": ("sign in", 405),
    "partners:desk_suggestion_invite": ("sign in", "sign in"),
    "partners:desk_suggestion_later": ("sign in", "sign in"),
    "partners:offers": (200, 405),
    "partners:offer_feed": (200, 405),
    "partners:offer_feed_json": (200, 405),
    "partners:offer_calendar": (200, 405),
    "partners:offer_api": (200, 405),
    "partners:offer_saved": ("sign in", 405),
    "partners:offer": (404, 405),
    "partners:offer_file": (404, 405),
    "partners:offer_save": (404, 404),
    "partners:offer_interest": (404, 404),
    "partners:offer_withdraw_interest": (404, 404),
    "partners:offer_report": (404, 404),
    "partners:offer_reported": (404, 405),
    "partners:offer_go": (404, 405),
    "partners:offer_seen": (404, 405),
    "partners:partners": (200, 405),
    "partners:partner": (404, 405),
    "members:data": ("sign in", 405),
    "members:data_export": ("sign in", 405),
    "members:data_erase": ("sign in", "sign in"),
    "members:data_erased": (200, 405),
    "members:details": ("sign in", "sign in"),
    "members:sessions_end": ("sign in", "sign in"),
    "members:hub_leave": ("sign in", "sign in"),
    "members:notices": ("sign in", "sign in"),
    "members:code_sign_in": (200, 422),
    "members:code_password": ("sign in", "sign in"),
    "members:passkey_sign_in": (200, 405),
    "members:desk_members": ("sign in", 405),
    "members:desk_code": ("sign in", 405),
    "members:desk_code_issue": (405, "sign in"),
}
TESTS = "".join(
    path.read_text() for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__)
)
STAFF = [name for name in VISITOR if name.split(":")[1].startswith("desk_")]


def own_urls() -> Iterator[tuple[str, URLPattern]]:
    """Every address of our own by its full name."""
    with override("en"):
        yield from named(get_resolver().url_patterns, "")


def named(patterns: list[Any], space: str) -> Iterator[tuple[str, URLPattern]]:
    """The named addresses below these patterns that belong to our apps."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern.url_patterns, pattern.namespace or space)
        elif isinstance(pattern, URLPattern) and space in OURS:
            yield f"{space}:{pattern.name}", pattern


URLS = dict(own_urls())


def address(name: str) -> str:
    """An address with things in it that are not there."""
    converters = URLS[name].pattern.converters
    kinds = {part: type(one).__name__ for part, one in converters.items()}
    return reverse(name, kwargs={part: MISSING[kind] for part, kind in kinds.items()})


def got(response: HttpResponseBase) -> object:
    """The status, or that the sign-in is asked for first."""
    if response.status_code in (302, 303) and "/accounts/login/?next=" in response["Location"]:
        return "sign in"
    return response.status_code


@pytest.mark.django_db
@pytest.mark.parametrize("name", URLS)
def test_a_visitor_gets_what_the_table_says(name: str, cast: SimpleNamespace) -> None:
    path = address(name)
    assert (got(Client().get(path)), got(Client().post(path))) == VISITOR[name]


@pytest.mark.django_db
@pytest.mark.parametrize("name", STAFF)
def test_a_member_finds_nothing_behind_a_staff_address(
    name: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    client, path = signed_in(cast.learner), address(name)
    assert {client.get(path).status_code, client.post(path).status_code} <= {404, 405}


def test_the_table_names_every_address_and_no_other() -> None:
    assert list(VISITOR) == list(URLS)


@pytest.mark.parametrize("name", URLS)
def test_one_name_all_the_way(name: str) -> None:
    short = name.partition(":")[2]
    assert URLS[name].callback.__name__ == short
    assert re.search(rf"{name}\b|def test_\w*{short}", TESTS)
