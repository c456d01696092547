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


def thanks_to(pairing: Pairing, side: str) -> str:
    """The thanks that the other side has sent to this one."""
    found = closing_of(pairing, other_of(side))
    return found.thanks if found.sent_at else ""


def thanks_to_former(pairing: Pairing, member: Member) -> str:
    """The thanks that who was the mentor keeps; none where it ended for safety or by a block."""
    thanks = thanks_to(pairing, life.MENTOR)
    if not thanks or pairing.end_reason == Pairing.Reason.SAFETY:
        return ""
    mine = Q(member=member, blocked=pairing.mentee_id)
    theirs = Q(member=pairing.mentee_id, blocked=member)
    return "" if MemberBlock.objects.filter(mine | theirs).exists() else thanks


def has_said(member: Member, pk: int, typed: list[str]) -> bool:
    """Whether who was the mentor of a pair has sent these words before it was over."""
    row = Pairing.objects.filter(pk=pk, mentor__member=member).first()
    if row is None:
        return False
    said = closing_of(row, life.MENTOR)
    return said.sent_at is not None and {one.strip() for one in typed} <= {*said.words.values()}
