"""How facts become state: one lesson, the whole course, and what finishing brings."""

import uuid
from datetime import datetime
from typing import Any

from courses import completion, outline
from courses.models import Attempt, Enrolment, HandIn, LearningEvent, LessonProgress

from .certificates import issue_certificate
from .log import event_key, new_event, write_events

Step = dict[str, Any]
# What learning changes in an enrolment: writing the rest would touch its keys for nothing.
WRITTEN = [
    "release",
    "finished_at",
    "last_at",
    "last_lesson",
    "steps",
    "required_count",
    "required_done",
    "has_work",
]
UPDATED = ["read_at", "confirmed_at", "completed_at", "best_percent"]


def best_scores(enrolment: Enrolment, lesson: str) -> dict[str, float]:
    """The best score of each answered question of a lesson, later corrections included."""
    best: dict[str, float] = {}
    rows = Attempt.objects.filter(enrolment=enrolment, lesson_id=uuid.UUID(lesson))
    for block, score, corrected in rows.values_list("block_id", "score", "corrections__score"):
        best[block] = max(best.get(block, 0.0), score, corrected or 0.0)
    return best


def standing_tasks(enrolment: Enrolment, lesson: str) -> frozenset[str]:
    """The tasks of a lesson whose last hand-in was not sent back."""
    rows = HandIn.objects.filter(enrolment=enrolment, lesson_id=uuid.UUID(lesson))
    last = {row.block_id: row.state for row in rows.order_by("number")}
    return frozenset(block for block, state in last.items() if state != HandIn.State.RETURNED)


def facts_of(
    enrolment: Enrolment, rule: completion.Rule, scores: dict[str, float] | None = None
) -> completion.Facts:
    """What is known of the person in one lesson; reads only what the rule needs."""
    step = enrolment.steps.get(rule["key"], {})
    if scores is None and rule["done_when"] == "questions":
        scores = best_scores(enrolment, rule["key"])
    tasks = standing_tasks(enrolment, rule["key"]) if rule["done_when"] == "task" else frozenset()
    return completion.Facts(
        is_read=bool(step.get("read")),
        is_confirmed=bool(step.get("confirmed")),
        scores=scores or {},
        handed_in=tasks,
    )


def update_step(
    enrolment: Enrolment, rule: completion.Rule, facts: completion.Facts, now: datetime
) -> list[LearningEvent]:
    """Note in the enrolment how far a lesson is; give the facts that this brings about.

    The best result only rises, and the first completion time is set once.
    """
    step: Step = enrolment.steps.setdefault(rule["key"], {})
    if facts.scores and rule["questions"]:
        step["percent"] = max(step.get("percent", 0), completion.percent_right(rule, facts))
    if step.get("done") or not completion.is_complete(rule, facts):
        return []
    step["done"] = now.isoformat()
    key = event_key(enrolment.member_id, rule["key"], "completed")
    return [
        new_event(enrolment, LearningEvent.Kind.COMPLETED, key=key, now=now, lesson=rule["key"])
    ]


def done_keys(enrolment: Enrolment) -> set[str]:
    """The lessons that the person has done."""
    return {key for key, step in enrolment.steps.items() if step.get("done")}


def is_done(enrolment: Enrolment, lesson: str) -> bool:
    """Whether the person has done a lesson."""
    return bool(enrolment.steps.get(lesson, {}).get("done"))


def count(enrolment: Enrolment, now: datetime) -> list[LearningEvent]:
    """Count the required lessons; when all are done the course is finished, once."""
    done = done_keys(enrolment)
    enrolment.required_done, enrolment.required_count = outline.counts(
        enrolment.release.outline, done
    )
    if enrolment.finished_at or not outline.is_finished(enrolment.release.outline, done):
        return []
    enrolment.finished_at = now
    key = event_key(enrolment.member_id, enrolment.course_id, "finished")
    data = {"release": enrolment.release.number}
    return [new_event(enrolment, LearningEvent.Kind.FINISHED, key=key, now=now, data=data)]


def save_steps(enrolment: Enrolment, keys: list[str]) -> None:
    """Write the enrolment and the progress rows of the named lessons."""
    enrolment.save(update_fields=WRITTEN)
    LessonProgress.objects.bulk_create(
        [progress_row(enrolment, key) for key in keys],
        update_conflicts=True,
        unique_fields=["enrolment", "lesson"],
        update_fields=UPDATED,
    )


def progress_row(enrolment: Enrolment, key: str) -> LessonProgress:
    """The progress row that says the same as the enrolment's step."""
    step = enrolment.steps.get(key, {})
    return LessonProgress(
        enrolment=enrolment,
        lesson_id=uuid.UUID(key),
        read_at=moment(step.get("read")),
        confirmed_at=moment(step.get("confirmed")),
        completed_at=moment(step.get("done")),
        best_percent=step.get("percent"),
    )


def moment(text: str | None) -> datetime | None:
    """A time out of a step."""
    return datetime.fromisoformat(text) if text else None


def settle(
    enrolment: Enrolment,
    rule: completion.Rule,
    events: list[LearningEvent],
    now: datetime,
    scores: dict[str, float] | None = None,
) -> list[LearningEvent]:
    """Bring one lesson and the course up to date and save both. Gives all facts to log.

    A finished course brings its certificate.
    """
    facts = facts_of(enrolment, rule, scores)
    brought = update_step(enrolment, rule, facts, now)
    for event in events:
        if event.kind == LearningEvent.Kind.ANSWERED:
            event.data["percent"] = enrolment.steps[rule["key"]].get("percent", 0)
    events = [*events, *brought]
    ended = count(enrolment, now)
    enrolment.last_at = max(enrolment.last_at, now)  # a clock may be set back
    save_steps(enrolment, [rule["key"]])
    if ended:
        issue_certificate(enrolment=enrolment, now=now)
    return [*events, *ended]


def recount(enrolment: Enrolment, now: datetime) -> None:
    """Judge every lesson of the release anew: for a new release, a correction, a rebuild."""
    events: list[LearningEvent] = []
    touched = [
        rule for rule in outline.rules(enrolment.release.outline) if rule["key"] in enrolment.steps
    ]
    for rule in touched:
        before = enrolment.steps[rule["key"]].get("percent")
        events += update_step(enrolment, rule, facts_of(enrolment, rule), now)
        events += corrected(enrolment, rule["key"], before, now)
    ended = count(enrolment, now)
    save_steps(enrolment, [rule["key"] for rule in touched])
    write_events([*events, *ended])
    if ended:
        issue_certificate(enrolment=enrolment, now=now)


def corrected(
    enrolment: Enrolment, lesson: str, before: int | None, now: datetime
) -> list[LearningEvent]:
    """The fact that a lesson's result rose without a new answer, for the log."""
    percent = enrolment.steps[lesson].get("percent")
    if percent == before:
        return []
    key = event_key(enrolment.member_id, lesson, "recount", enrolment.release_id, percent)
    data = {"percent": percent}
    return [
        new_event(
            enrolment, LearningEvent.Kind.CORRECTED, key=key, now=now, lesson=lesson, data=data
        )
    ]
