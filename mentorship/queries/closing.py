"""What each of the two said at the end of a pair, and who may read it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from members.models import Member
from mentorship import life
from mentorship.models import MemberBlock, Pairing

FIELDS = ("achieved", "thanks", "next_step")


@dataclass(frozen=True)
class ClosingWords:
    """What one side has written for the end, and when it was sent."""

    achieved: str
    thanks: str
    next_step: str
    sent_at: datetime | None

    @property
    def words(self) -> dict[str, str]:
        """The words by the names of the fields."""
        return {name: getattr(self, name) for name in FIELDS}

    @property
    def has_words(self) -> bool:
        return any(self.words.values())


def column(side: str, name: str) -> str:
    """Where the words of a side stand."""
    return f"mentor_{name}" if side == life.MENTOR else name


def closing_of(pairing: Pairing, side: str) -> ClosingWords:
    """What one side has written for the end."""
    words = {name: getattr(pairing, column(side, name)) for name in FIELDS}
    return ClosingWords(**words, sent_at=getattr(pairing, f"{side}_closed_at"))


def other_of(side: str) -> str:
    """The other side of a pair."""
    return life.MENTEE if side == life.MENTOR else life.MENTOR


def words_of_other(pairing: Pairing, side: str) -> ClosingWords | None:
    """What the other side has sent for the end; nothing where it ended for safety or by a block."""
    found = closing_of(pairing, other_of(side))
    if not found.sent_at or not found.has_words or are_apart(pairing):
        return None
    return found


def thanks_to(pairing: Pairing, side: str) -> str:
    """The thanks that the other side has sent to this one, also to who was the mentor."""
    found = words_of_other(pairing, side)
    return found.thanks if found else ""


def are_apart(pairing: Pairing) -> bool:
    """Whether the two are kept apart: by the safety lead, or as one does not want to meet."""
    mentee, giver = pairing.mentee_id, pairing.mentor.member_id if pairing.mentor else None
    if pairing.end_reason == Pairing.Reason.SAFETY:
        return True
    return is_blocked(giver, mentee)


def is_blocked(one: int | None, other: int | None) -> bool:
    """Whether one of two people does not want to meet the other one."""
    blocks = Q(member=one, blocked=other) | Q(member=other, blocked=one)
    return MemberBlock.objects.filter(blocks).exists()


def has_said(member: Member, pk: int, typed: list[str]) -> bool:
    """Whether who was the mentor of a pair has sent these words before it was over."""
    row = Pairing.objects.filter(pk=pk, mentor__member=member).first()
    if row is None:
        return False
    said = closing_of(row, life.MENTOR)
    return said.sent_at is not None and {one.strip() for one in typed} <= {*said.words.values()}
