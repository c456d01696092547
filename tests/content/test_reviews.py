"""Pages that are sent for review: who is told, by what, and which button comes first."""

import re

import pytest
from django.core import mail
from django.test import Client
from wagtail.models import TaskState, Workflow

from content.models import StandardPage
from members.models import Member, Notice

from .tree import make_member, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(tree, settings) -> Member:
    settings.WEFT_REQUIRE_SECOND_FACTOR = False
    for person in (tree.editor, tree.other_editor):
        Member.objects.filter(pk=person.pk).update(email=f"{person.username}@example.org")
    make_member("Olga", tree.other_page.hub, "reviewer")
    return make_member("Rita", tree.hub_page.hub, "reviewer")


@pytest.fixture
def sent(tree, reviewer: Member) -> StandardPage:
    """A page of Riverside that its editor has sent for review."""
    page = publish(tree.hub_page, StandardPage(title="Opening hours", slug="hours"))
    page.title = "New hours"
    page.save_revision(user=tree.editor)
    Workflow.objects.get(workflow_pages__page=tree.hub_page).start(page, tree.editor)
    return page


def told() -> list[tuple[str, str, str]]:
    """Who was told what, and where it leads."""
    rows = Notice.objects.filter(kind="review").order_by("pk")
    return list(rows.values_list("member__name", "text", "url"))


def decide(page: StandardPage, member: Member, what: str, comment: str = "") -> None:
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, member, what, comment=comment)


def test_the_reviewers_of_the_hub_are_told_once(sent: StandardPage) -> None:
    edit = f"/cms/pages/{sent.pk}/edit/"
    assert told() == [("Rita", "Edda sent “New hours” for your review.", edit)]
    assert mail.outbox == []


def test_the_author_is_told_what_was_decided(
    tree, sent: StandardPage, reviewer: Member, commit
) -> None:
    edit = f"/cms/pages/{sent.pk}/edit/"
    with commit():
        decide(sent, reviewer, "reject", "Which days?")
    back = "Rita asks for a change in “New hours”. Which days?"
    assert told()[1:] == [("Edda", back, edit)]
    assert [letter.to for letter in mail.outbox] == [["edda@example.org"]]
    sent.current_workflow_state.resume(tree.editor)
    decide(sent, reviewer, "approve")
    good = "Rita approved “New hours”. It is published."
    assert [row[:2] for row in told()[2:]] == [
        ("Rita", "Edda sent “New hours” for your review."),
        ("Edda", good),
    ]
    sent.refresh_from_db()
    assert sent.title == "New hours"


def test_nobody_is_told_about_what_they_do_themselves(tree, reviewer: Member) -> None:
    page = publish(tree.hub_page, StandardPage(title="Mine", slug="mine"))
    page.save_revision(user=reviewer)
    workflow = Workflow.objects.get(workflow_pages__page=tree.hub_page)
    workflow.start(page, reviewer)
    decide(page, reviewer, "approve")
    assert told() == []
    workflow.start(page, None)
    page.current_workflow_state.finish()
    assert told() == []
    assert TaskState.objects.count() == 2


def test_to_approve_comes_first_where_a_page_waits(sent: StandardPage, reviewer: Member) -> None:
    client = Client()
    client.force_login(reviewer)
    html = client.get(f"/cms/pages/{sent.pk}/edit/").content.decode()
    names = re.findall(r'data-workflow-action-name="(\w+)"|name="(action-publish)"', html)
    assert ["".join(pair) for pair in names] == ["approve", "reject", "approve"]


def round_the_review(page: StandardPage, member: Member) -> list[str]:
    """The buttons that somebody has who could end a review without a decision."""
    client = Client()
    client.force_login(member)
    html = client.get(f"/cms/pages/{page.pk}/edit/").content.decode()
    return re.findall(r'name="(action-publish|action-cancel-workflow)"', html)


def test_who_reviews_decides_and_does_not_go_round_it(
    tree, sent: StandardPage, reviewer: Member
) -> None:
    assert round_the_review(sent, reviewer) == []
    assert round_the_review(sent, tree.editor) == ["action-cancel-workflow"]
    root = make_member("Root")
    Member.objects.filter(pk=root.pk).update(is_superuser=True)
    assert set(round_the_review(sent, root)) == {"action-publish", "action-cancel-workflow"}


def test_a_reviewer_publishes_what_waits_for_nobody(
    tree, sent: StandardPage, reviewer: Member
) -> None:
    other = publish(tree.hub_page, StandardPage(title="Not sent", slug="not-sent"))
    assert round_the_review(other, reviewer) == ["action-publish"]
    decide(sent, reviewer, "reject", "Which days?")
    assert "action-publish" in round_the_review(sent, reviewer)
