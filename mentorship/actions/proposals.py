"""A mentor is asked: proposals, sent on by themselves where the mentee wants that."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from members.errors import Refused
from members.models import Member
from mentorship import life
from mentorship.models import Mentor, MentorAsk, Pairing
from mentorship.queries.matching import card_for, cards
from mentorship.rules import may_pair, may_take_back

from . import words as said
from .asks import out_sentence, take_back_proposal
from .moves import (
    end_unseen,
    lock_ask,
    lock_mentors,
    lock_pairing,
    locked,
    log_move,
    make_move,
    settle_row,
)
from .recorded import record_both, record_for
from .telling import mentor_of, name_of
from .turns import take_turns
from .wants import clean_reason

# What staff who know the two may set aside. Checks, seats, wishes and blocks stand.
STAFF_MAY_SET_ASIDE = frozenset({"language", "way", "time"})
Origin = Pairing.Origin
# What the match of one mentor says of others: nothing.
PLACE = ("rank", "of")


@transaction.atomic
def propose(
    *, member: Member, ask: MentorAsk, mentor: Mentor, now: datetime | None = None
) -> Pairing:
    """Ask a mentor. It takes a seat until the mentor answers or the time runs out.

    The same mentor twice is one proposal. Refuses other people, a second proposal beside the one
    that is out, and a mentor who does not fit any more.
    """
    now = now or timezone.now()
    mine = own_ask(member, ask)
    return place(mine, mentor, Origin.MENTEE, now, actor=member)


def choose_for_me(*, member: Member, ask: MentorAsk, now: datetime | None = None) -> Pairing | None:
    """Let the best mentor be asked, and after that the next one, without choosing.

    Gives the proposal that is out; None when nobody is free: then the ask stays in the queue.
    """
    now = now or timezone.now()
    with transaction.atomic():
        mine = own_ask(member, ask)
        if mine.state != MentorAsk.State.WAITING:
            raise Refused(_("This question does not wait any more."))
        mine.chooses_for_me = True
        mine.save(update_fields=["chooses_for_me"])
    return send_on(ask=mine, now=now) or Pairing.objects.asked(now).filter(ask=mine).first()


def own_ask(member: Member, ask: MentorAsk) -> MentorAsk:
    """The member's own ask, locked. Refuses other people."""
    mine = lock_ask(ask.pk)
    if not may_take_back(member, mine):
        raise Refused(_("This is not your question."))
    return mine


def send_on(*, ask: MentorAsk, now: datetime | None = None) -> Pairing | None:
    """Propose an ask of somebody who lets us choose to the best mentor who has not had it yet.

    None when it does not wait for that, or when nobody is free: it stays in the queue.
    """
    now = now or timezone.now()
    fresh = MentorAsk.objects.select_related("programme", "topic", "course").get(pk=ask.pk)
    if not wants_next(fresh, now):
        return None
    for card in cards(fresh, now):
        if found := try_mentor(fresh, card.mentor, now):
            return found
    return None


def send_all(*, now: datetime) -> int:
    """Propose what waits for us to choose, as far as it is its turn. Says how many were sent on."""
    asks = take_turns(MentorAsk.objects.filter(chooses_for_me=True), now)
    return len([ask for ask in asks if send_on(ask=ask, now=now)])


def wants_next(ask: MentorAsk, now: datetime) -> bool:
    """Whether an ask waits for us to choose, and nobody has to answer it now."""
    is_waiting = ask.chooses_for_me and ask.state == MentorAsk.State.WAITING
    return is_waiting and not Pairing.objects.asked(now).filter(ask=ask).exists()


def try_mentor(ask: MentorAsk, mentor: Mentor, now: datetime) -> Pairing | None:
    """Propose, unless somebody was quicker. Each try is a transaction of its own, so that
    nobody holds one mentor and waits for another."""
    try:
        with transaction.atomic():
            mine = lock_ask(ask.pk)
            return place(mine, mentor, Origin.RULES, now) if wants_next(mine, now) else None
    except Refused:
        return None


@transaction.atomic
def pair_by_hand(
    *, member: Member, ask: MentorAsk, mentor: Mentor, reason: str, now: datetime | None = None
) -> Pairing:
    """Propose for the hub, with a reason that both can read. The mentor still answers.

    Languages, ways and times may be set aside; checks, seats, wishes and blocks may not. What is
    out with another mentor is taken back, so that nothing goes on by itself in between. Refuses
    whoever does not coordinate the hub or is one of the two, and to take back what they are asked
    themselves.
    """
    now = now or timezone.now()
    waiting = lock_ask(ask.pk)
    if not may_pair(member, waiting, mentor):
        raise Refused(_("You cannot pair these two."))
    reason = clean_reason(reason)
    set_aside = STAFF_MAY_SET_ASIDE
    return place(
        waiting, mentor, Origin.STAFF, now, actor=member, reason=reason, set_aside=set_aside
    )


def place(
    ask: MentorAsk,
    mentor: Mentor,
    origin: str,
    now: datetime,
    *,
    actor: Member | None = None,
    reason: str = "",
    set_aside: Iterable[str] = (),
) -> Pairing:
    """Propose a locked ask to a mentor, who is locked here; the hard filters are asked again."""
    stale = Pairing.objects.pending().filter(Q(ask=ask) | Q(mentor=mentor))
    keys = set(stale.filter(ask=ask).values_list("mentor", flat=True))
    row = lock_mentors(mentor.pk, *keys).get(mentor.pk)
    open_rows = list(stale.filter(ended_by(now)).values_list("pk", flat=True))
    for pk in sorted(open_rows):
        settle_row(locked(pk), now)
    if origin == Origin.STAFF:
        give_way(ask, row, actor, reason, now)
    out = Pairing.objects.pending().filter(ask=ask).first()
    if out is not None and out.mentor_id == mentor.pk:
        return out
    refuse_second(ask, out)
    if row is None:
        raise Refused(gone_sentence())
    explanation = refuse_unfit(ask, row, set(set_aside), now, by_staff=origin == Origin.STAFF)
    pairing = Pairing.objects.create(
        ask=ask,
        mentor=row,
        mentee=ask.member,
        hub=ask.hub,
        programme=ask.programme,
        seat=free_seat(row),
        origin=origin,
        explanation=explanation,
        staff_reason=reason,
        proposed_at=now,
        expires_at=now + timedelta(days=ask.programme.proposal_days),
    )
    note_proposal(pairing, row, actor, reason, now)
    return pairing


def ended_by(now: datetime) -> Q:
    """Pairings that a date may have ended, or set going again."""
    names = ("closes_at", "term_ends_at", "paused_until")
    dates = [Q(**{f"{name}__lte": now}) for name in names]
    return Q(state__in=(life.PROPOSED, life.DECLINED), expires_at__lte=now) | (
        ~Q(state=life.PROPOSED) & (dates[0] | dates[1] | dates[2])
    )


def give_way(
    ask: MentorAsk, mentor: Mentor | None, actor: Member | None, reason: str, now: datetime
) -> None:
    """What is out with another mentor gives way to what staff propose. A no, of which the mentee
    knows nothing, gives way like a question without an answer: the hub took it back."""
    for row in Pairing.objects.unanswered().filter(ask=ask).exclude(mentor__member=actor):
        if row.state == life.PROPOSED and row.mentor_id != (mentor and mentor.pk):
            take_back_for_hub(locked(row.pk), actor, reason, now)
        elif row.state == life.DECLINED:
            assert ask.member is not None
            end_unseen(row, now)
            said.tell_not_now(row, now)
            record_for(row, ask.member, actor, "withdraw", reason, now)


def take_back_for_hub(pairing: Pairing, actor: Member | None, reason: str, now: datetime) -> None:
    """Take a locked proposal back in the place of the hub, tell the two, and record it for both."""
    make_move(pairing, "withdraw", actor=actor, side=life.STAFF, now=now, reason=reason)
    record_both(pairing, actor, "withdraw", reason, now)
    said.tell_not_now(pairing, now)
    said.tell_taken_back(pairing, now)


def refuse_second(ask: MentorAsk, out: Pairing | None) -> None:
    """One mentor is asked at a time, and only while the ask waits."""
    if out is not None and out.state in (life.PROPOSED, life.DECLINED):
        raise Refused(out_sentence(out))
    if ask.state != MentorAsk.State.WAITING:
        raise Refused(_("This question does not wait any more."))


def gone_sentence() -> str:
    """That a mentor does not fit any more."""
    return _("This mentor is not free any more.")


def refuse_unfit(
    ask: MentorAsk, mentor: Mentor, set_aside: set[str], now: datetime, *, by_staff: bool
) -> dict[str, object]:
    """Why the two fit, as data; refuses when a hard filter fails that may not be set aside.

    The mentor is looked at alone here, so there is no place among others to keep.
    """
    card = card_for(ask, mentor, now, by_staff=by_staff)
    if set(card.match.against) - set_aside:
        raise Refused(gone_sentence())
    return {name: value for name, value in card.explanation.items() if name not in PLACE}


def free_seat(mentor: Mentor) -> int:
    """The lowest seat that is free; there is one, as the hard filters were asked under the lock."""
    rows = Pairing.objects.filter(mentor=mentor, state__in=life.HOLDING)
    taken = set(rows.values_list("seat", flat=True))
    return min(set(range(1, mentor.capacity + 1)) - taken)


def note_proposal(
    pairing: Pairing, mentor: Mentor, actor: Member | None, reason: str, now: datetime
) -> None:
    """Log a proposal, tell the two, and note that the mentor was asked just now."""
    by_staff = pairing.origin == Origin.STAFF
    log_move(pairing, "propose", "", actor, now, reason=reason, is_staff=by_staff)
    mentor.free_since = now
    mentor.save(update_fields=["free_since"])
    said.tell_proposed(pairing, now)
    if by_staff:
        record_both(pairing, actor, "propose", reason, now)


@transaction.atomic
def withdraw_proposal(*, member: Member, pairing: Pairing, now: datetime | None = None) -> Pairing:
    """Take a question to a mentor back, as the mentee. From then on the mentee chooses again.

    Refuses other people, and a proposal that the mentor has answered. Twice is once.
    """
    now = now or timezone.now()
    mine = own_ask(member, pairing.ask)
    take_back_proposal(mine, member, now)
    if mine.chooses_for_me:
        mine.chooses_for_me = False
        mine.save(update_fields=["chooses_for_me"])
    found = Pairing.objects.select_related("ask", "mentor__member").get(pk=pairing.pk)
    if found.state in life.TOGETHER:
        raise Refused(_("%(name)s has said yes already.") % {"name": name_of(mentor_of(found))})
    return found


def expire_proposal(*, pairing: Pairing, now: datetime | None = None) -> Pairing:
    """Write that the time of a proposal is over, tell who does not know, and send it on where the
    mentee wants that."""
    now = now or timezone.now()
    with transaction.atomic():
        found = lock_pairing(pairing, now)
    if found.state in (life.EXPIRED, life.DECLINED):
        send_on(ask=found.ask, now=now)
    return found
