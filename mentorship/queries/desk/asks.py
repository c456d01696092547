"""One ask on the desk: what is wanted, what was tried, why nobody fits, and all who could."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from members.models import Hub, Member
from mentorship import life
from mentorship.models import MentorAsk

from .. import sentences
from ..matching import LIST, Card, all_mentors_for
from ..unmatched import Funnel, funnel
from .board import AskRow, ask_row, asks_for, subject_of
from .pairs import PairRow, pair_row
from .reach import Reach, reach_of

STEPS = {
    "cleared": gettext_lazy("ready and checked"),
    "language": gettext_lazy("share a language"),
    "way": gettext_lazy("can meet in the same way"),
    "time": gettext_lazy("free at the same time"),
    "seat": gettext_lazy("have a place free"),
    "wish": gettext_lazy("are as the learner wishes"),
    "apart": gettext_lazy("not asked before, not kept apart"),
}


@dataclass(frozen=True)
class AskDesk:
    """Everything that a coordinator sees of an ask. It is open to pairing by hand while it waits,
    unless the coordinator is the mentor who is asked for it just now. `words` are a part of the
    name by which mentors are looked for; `has_more` says that there may be others."""

    row: AskRow
    subject: str
    languages: str
    ways: str
    times: list[str]
    wishes: str
    important: list[str]
    tried: list[PairRow]
    out: PairRow | None
    reach: list[Reach]
    cards: list[Card]
    funnel: Funnel | None
    is_open: bool
    words: str
    has_more: bool

    @property
    def name(self) -> str:
        return self.row.name

    @property
    def steps(self) -> list[tuple[str, int]]:
        """How many mentors are left after each hard filter, in words."""
        steps = self.funnel.steps if self.funnel else []
        return [(str(STEPS[code]), left) for code, left in steps]


def ask_for(member: Member, hub: Hub) -> QuerySet[MentorAsk]:
    """The asks of a hub that a coordinator may open."""
    rows = asks_for(member).filter(hub=hub)
    return rows.select_related("member", "hub", "programme", "topic", "course", "lesson")


def ask_desk(member: Member, row: MentorAsk, now: datetime, words: str = "") -> AskDesk:
    """An ask with the mentors who could help, best first; all of them, or those of a name."""
    every = row.pairings.select_related("mentor__member", "mentee", "programme")
    tried = [pair_row(one, now) for one in every]
    out = next((one for one in tried if one.state == life.PROPOSED), None)
    is_open = row.state == MentorAsk.State.WAITING and not (out and is_own(out, member))
    cards = all_mentors_for(row, now, words) if is_open else []
    return AskDesk(
        row=ask_row(row, now),
        subject=subject_of(row),
        languages=sentences.languages_words(row.languages) if row.languages else "",
        ways=sentences.ways_words(row.ways) if row.ways else "",
        times=sentences.slots_words(row.slots),
        wishes=sentences.wishes_words(row.wishes) if row.wishes else "",
        tried=[one for one in tried if not is_own(one, member)],
        out=out,
        reach=reach_of(row.hub, [row.member]),
        important=[str(MentorAsk.Important(one).label) for one in row.important],
        cards=others(cards, member, out),
        funnel=funnel(row, now) if is_open and out is None else None,
        is_open=is_open,
        words=words,
        has_more=len(cards) == LIST,
    )


def is_own(row: PairRow, member: Member) -> bool:
    """Whether a pairing is one's own: it has no page on the desk for oneself."""
    mentor = row.pairing.mentor
    return mentor is not None and mentor.member_id == member.pk


def others(cards: list[Card], member: Member, out: PairRow | None) -> list[Card]:
    """The cards of everybody but oneself, as nobody pairs themselves, and who is asked already."""
    asked = out.pairing.mentor_id if out else None
    found = [card for card in cards if card.mentor.member_id != member.pk]
    return [card for card in found if card.mentor.pk != asked]
