"""What a release asks for beyond the one before it, in words."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses import outline
from courses.models import Enrolment, Lesson, LessonPage, Release


@dataclass(frozen=True)
class ReleaseWords:
    """What changed, and how many people it is about."""

    added: list[str]
    stricter: list[str]
    people: int


def release_words(release: Release) -> ReleaseWords:
    """What a release asks for beyond the one before it; in three statements."""
    before = release.course.releases.filter(number__lt=release.number).order_by("-number").first()
    old = before.outline if before else {}
    added = outline.added_keys(old, release.outline)
    rules = stricter_rules(old, release.outline)
    titles = titles_of([*added, *(new["key"] for _old, new in rules)])
    unfinished = Enrolment.objects.filter(
        course=release.course, finished_at__isnull=True, release__number__lt=release.number
    )
    return ReleaseWords(
        added=[titles[key] for key in added],
        stricter=[rule_sentence(titles[new["key"]], old, new) for old, new in rules],
        people=unfinished.count(),
    )


def stricter_rules(
    old: outline.Outline, new: outline.Outline
) -> list[tuple[outline.Rule, outline.Rule]]:
    """The lessons that were needed before and now ask for more: the old rule and the new one."""
    before = {rule["key"]: rule for rule in outline.rules(old) if rule["required"]}
    return [
        (before[rule["key"]], rule)
        for rule in outline.rules(new)
        if rule["required"]
        and rule["key"] in before
        and not outline.asks_no_more(before[rule["key"]], rule)
    ]


def titles_of(keys: list[str]) -> dict[str, str]:
    """The titles of lessons by key."""
    rows = Lesson.objects.filter(pk__in=[UUID(key) for key in keys])
    return {row.pk.hex: row.title for row in rows}


def rule_sentence(title: str, old: outline.Rule, new: outline.Rule) -> str:
    """How the rule of one lesson became stricter."""
    words = {"lesson": title, "mark": new["pass_mark"], "old": old["pass_mark"]}
    if old["done_when"] != new["done_when"]:
        words["rule"] = LessonPage.DoneWhen(new["done_when"]).label
        return _("“%(lesson)s” is now done when: %(rule)s.") % words
    if new["done_when"] == "task":
        return _("“%(lesson)s” now asks for another task.") % words
    if new["pass_mark"] > old["pass_mark"]:
        return _("“%(lesson)s” now needs %(mark)s%% right. It was %(old)s%%.") % words
    return _("“%(lesson)s” now asks other questions.") % words


def people_sentence(count: int) -> str:
    """How many people have started and not finished; few are not counted out."""
    if not count:
        return _("Nobody has started this course and not finished it.")
    if count < 5:
        return _("Fewer than 5 people have started this course and not finished it.")
    return ngettext(
        "%(count)s person has started this course and not finished it.",
        "%(count)s people have started this course and not finished it.",
        count,
    ) % {"count": count}
