"""What is forgotten a year after a pair has ended, or an ask was taken back: every word and all
names."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from members.models import Member, Notice
from mentorship import life
from mentorship.models import (
    Goal,
    Meeting,
    Mentor,
    MentorAsk,
    Pairing,
    PairingMove,
    PairMessage,
    PairNote,
    Pulse,
    SafetyCase,
)

KEPT = timedelta(days=365)
AT_ONCE = 500
MENTOR_WORDS = {
    "mentor_achieved": "",
    "mentor_thanks": "",
    "mentor_next_step": "",
}
PAIR_WORDS = {
    **MENTOR_WORDS,
    "decline_words": "",
    "staff_reason": "",
    "achieved": "",
    "thanks": "",
    "next_step": "",
}
ASK_WORDS = {
    "words": "",
    "languages": (),
    "slots": (),
    "wishes": (),
    "important": (),
    "lesson": None,
    "time_zone": "UTC",
    "shares_progress": False,
}


@transaction.atomic
def delete_old_words(*, now: datetime) -> int:
    """Forget the words and names of pairs that ended twelve months ago; gives how many pairs.

    Dates, states and outcomes stay. A pair with an open safety case waits until it is closed, and
    a question stays as long as another pair of it is open or has ended less than a year ago.
    """
    rows = Pairing.objects.annotate(over_at=Coalesce("ended_at", "answered_at", "expires_at"))
    ended = rows.filter(state__in=life.ENDED)
    named = Q(mentee__isnull=False) | Q(mentor__isnull=False)
    old = without_case(ended.filter(named, over_at__lte=now - KEPT).order_by("pk"))
    keys = list(old.values_list("pk", flat=True)[:AT_ONCE])
    forget_words(keys)
    forget_notices(keys)
    fresh = rows.filter(Q(state__in=life.HOLDING) | Q(over_at__gt=now - KEPT))
    asks = MentorAsk.objects.filter(pairings__in=keys)
    forget_asks(asks.exclude(pairings__in=fresh.values("pk")))
    Pairing.objects.filter(pk__in=keys).update(mentor=None, mentee=None)
    forget_left_words()
    forget_unmatched(now)
    Mentor.objects.filter(left_at__lte=now - KEPT).exclude(left_words="").update(left_words="")
    return len(keys)


def without_case(rows: QuerySet[Pairing]) -> QuerySet[Pairing]:
    """Those about which no safety case is open."""
    return rows.exclude(pk__in=open_cases())


def open_cases() -> QuerySet[SafetyCase, int]:
    """The pairs about which a safety case is open."""
    return SafetyCase.objects.open().filter(pairing__isnull=False).values_list("pairing", flat=True)


def forget_words(keys: Collection[int]) -> None:
    """Delete all that was written in some pairs, and who did what."""
    PairMessage.objects.filter(pairing__in=keys).delete()
    PairNote.objects.filter(pairing__in=keys).delete()
    Goal.objects.filter(pairing__in=keys).update(words="")
    Meeting.objects.filter(pairing__in=keys).update(place="", made_by=None)
    Pulse.objects.filter(pairing__in=keys).update(member=None)
    PairingMove.objects.filter(pairing__in=keys).update(actor=None, reason="")
    MentorAsk.objects.filter(follows__in=keys).update(follows=None)
    Pairing.objects.filter(pk__in=keys).update(**PAIR_WORDS)


def forget_asks(asks: QuerySet[MentorAsk]) -> None:
    """Take words and person out of asks; their dates stay."""
    keys = list(asks.values_list("pk", flat=True))
    MentorAsk.objects.filter(pk__in=keys).exclude(state=MentorAsk.State.WAITING).update(
        member=None, **ASK_WORDS
    )


def forget_unmatched(now: datetime) -> None:
    """Forget asks that were taken back twelve months ago before anybody was asked for them."""
    gone = MentorAsk.objects.filter(state=MentorAsk.State.WITHDRAWN, member__isnull=False)
    forget_asks(gone.filter(pairings__isnull=True, ended_at__lte=now - KEPT)[:AT_ONCE])


def forget_notices(keys: Iterable[int]) -> None:
    """Delete what anybody was told about some pairs: it has names."""
    for key in keys:
        told = Notice.objects.filter(key__startswith=f"pairing:{key}:")
        unread = Counter(told.unread().values_list("member", flat=True))
        told.delete()
        for member, count in unread.items():
            rest = Member.objects.filter(pk=member, unread_count__gte=count)
            rest.update(unread_count=F("unread_count") - count)


def forget_left_words() -> None:
    """Delete what somebody wrote whose account is gone, once no case needs it."""
    for model in (PairMessage, PairNote):
        model.objects.filter(author__isnull=True).exclude(pairing__in=open_cases()).delete()
