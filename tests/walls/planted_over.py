"""Offers that are over, and one that the hub has read, each with words that were written since."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from partners import actions

DAY = timedelta(days=1)
# The titles of those that keep a page.
DATE_ENDED, TAKEN_DOWN = "Its days are over", "Taken off the site"


def plant_over(plant: Any) -> None:
    """What became of three offers of a partner."""
    date_ended(plant)
    taken_down(plant)
    written_since(plant)


def date_ended(plant: Any) -> None:
    """An offer that only its last day has ended."""
    today = timezone.localdate()
    days = {"from_on": today - 40 * DAY, "to_on": today - 10 * DAY}
    words = plant.word("words of an offer whose days are over")
    text = {"title": DATE_ENDED, "learns": words, "is_any_time": False, **days}
    at = timezone.now() - 60 * DAY
    plant.written(plant.live(at, deadline_on=today - 50 * DAY, **text), "for_whom")


def taken_down(plant: Any) -> None:
    """An offer that the hub has taken off the site: nothing but its title is public."""
    offer = plant.live(title=TAKEN_DOWN, learns=plant.word("text that is taken down"))
    actions.save_for_later(member=plant.applicant, offer=offer)
    reason = plant.word("words of a hub to a partner")
    actions.take_down_offer(member=plant.reader, offer=offer, reason=reason)
    plant.written(offer, "for_whom")


def written_since(plant: Any) -> None:
    """An offer that was never on the site, with a title that was written since the hub has read
    it."""
    review = plant.sent("", title="Read once")
    reason = plant.word("words of a hub to a partner")
    actions.decline_offer(member=plant.reader, review=review, reason=reason)
    plant.written(review.offer, "title")
