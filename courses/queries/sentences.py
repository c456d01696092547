"""What is left, in one sentence."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.completion import Left


def left_sentence(left: Left) -> str:
    """What a person still has to do in a lesson, in one sentence; empty when nothing is left."""
    values = {"count": left.count, "percent": left.percent, "mark": left.pass_mark}
    if left.code == "answer":
        words = ngettext(
            "%(count)s question is still open; you need %(mark)s%% right.",
            "%(count)s questions are still open; you need %(mark)s%% right.",
            left.count,
        )
        return words % values
    sentences = {
        "nothing": "",
        "read": _("Read to the end, then press “Done, continue”."),
        "score": _("You have %(percent)s%% right and need %(mark)s%%. Try the open ones again."),
        "tries": _(
            "You need %(mark)s%% right, and no tries are left for that. "
            "Ask your hub: a person can mark this lesson as done."
        ),
        "task": ngettext(
            "Hand in the task to finish this lesson.",
            "Hand in %(count)s tasks to finish this lesson.",
            left.count,
        ),
        "person": _("A person at your hub marks this lesson as done when you have met."),
    }
    return sentences[left.code] % values


def locked_sentence(titles: Iterable[str]) -> str:
    """Which courses must be finished before this one."""
    return _("Finish this course first: %(titles)s.") % {"titles": ", ".join(titles)}
