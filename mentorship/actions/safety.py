"""What protects people: reports, blocks, and the cases of the safety lead."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions import record
from members.errors import Refused
from members.models import Member
from mentorship import life
from mentorship.models import CaseEntry, MemberBlock, Pairing, SafetyCase
from mentorship.queries.safety import readers_of
from mentorship.rules import may_read_case, may_report, side_of

from .asks import withdraw
from .moves import lock_pairing, make_move
from .pairs import own_key
from .proposals import send_on
from .telling import desk_address, other_side, tell
from .words import both, tell_closed, tell_not_now, tell_taken_back

WORDS_LENGTH = 4000
READ_AGAIN = timedelta(minutes=15)
Kind = CaseEntry.Kind


def report_problem(
    *,
    member: Member,
    pairing: Pairing,
    key: uuid.UUID,
    kind: str,
    words: str = "",
    blocks: bool = False,
    now: datetime | None = None,
) -> SafetyCase:
    """Report a problem in a pair to the safety lead. The other one is not told. Twice is one.

    Words may be left out. It may come after the end too. Refuses whoever is not one of the two, no
    kind, and over 4,000 letters.
    """
    now, words = now or timezone.now(), words.strip()
    if not may_report(member, pairing):
        raise Refused(_("This is not your pair."))
    if kind not in SafetyCase.Kind.values:
        raise Refused(_("Choose what it is about."), "kind")
    if len(words) > WORDS_LENGTH:
        raise Refused(_("This is too long. Please keep it shorter."), "words")
    with transaction.atomic():
        case, created = SafetyCase.objects.get_or_create(
            key=own_key(key, pairing, member, f"{kind} {words}"),
            defaults={
                "hub": pairing.hub,
                "pairing": pairing,
                "reporter": member,
                "subject": other_side(pairing, member),
                "kind": kind,
                "words": words,
                "opened_at": now,
            },
        )
        if created:
            write_entry(case, member, Kind.REPORTED, "", now)
            tell_leads(case, now)
    if blocks and other_side(pairing, member) is not None:
        block_member(member=member, pairing=pairing, now=now)
    return case


def write_entry(case: SafetyCase, actor: Member, kind: str, words: str, now: datetime) -> CaseEntry:
    """One more line in the log of a case."""
    return CaseEntry.objects.create(case=case, actor=actor, kind=kind, words=words, made_at=now)


def tell_leads(case: SafetyCase, now: datetime) -> None:
    """Tell those who read a case that there is one. What it says stays in the case."""

    def words() -> str:
        return _("Somebody reported a problem in a mentoring pair. Please read it today.")

    def url() -> str:
        return f"{desk_address(case.hub)}cases/{case.pk}/"

    for lead in readers_of(case.hub, case.subject_id, case.reporter_id).people:
        tell(lead, f"case:{case.pk}", words, url, now)


def block_member(*, member: Member, pairing: Pairing, now: datetime | None = None) -> MemberBlock:
    """Never be matched with the other one of a pair again, and end what is open, at once.

    The other one reads only that it is over. Twice is one. Refuses whoever is not one of the two.
    """
    now = now or timezone.now()
    other = other_side(pairing, member)
    if not may_report(member, pairing):
        raise Refused(_("This is not your pair."))
    if other is None:
        raise Refused(_("This account is gone already. Nobody can match you again."))
    block, _created = MemberBlock.objects.get_or_create(
        member=member, blocked=other, defaults={"made_at": now}
    )
    for row in open_between(member, other):
        part(row, member, now)
        send_on(ask=row.ask, now=now)
    return block


def open_between(one: Member, other: Member) -> QuerySet[Pairing]:
    """What is open between two people, whoever is the mentor."""
    return (
        Pairing.objects.pending()
        .filter(Q(mentor__member=one, mentee=other) | Q(mentor__member=other, mentee=one))
        .order_by("pk")
    )


@transaction.atomic
def part(pairing: Pairing, member: Member, now: datetime) -> None:
    """End a pairing because one of the two wants no more of it.

    A proposal ends as any other does. The log of a pair that is stopped names nobody.
    """
    row = lock_pairing(pairing, now)
    other = other_side(row, member)
    if side_of(member, row) == life.MENTEE:
        withdraw(row, member, now)
    elif row.state == life.PROPOSED:
        make_move(row, "decline", actor=member, side=life.MENTOR, now=now)
    if row.state in life.TOGETHER:
        move = make_move(row, "stop", actor=None, side=life.STAFF, now=now, is_staff=False)
        tell_closed(row, other, move.pk, now)


def open_case(member: Member, case: SafetyCase) -> SafetyCase:
    """A case under lock. Refuses whoever may not read it, and a closed one."""
    locked = SafetyCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if not may_read_case(member, locked):
        raise Refused(_("You cannot read this case."))
    if locked.closed_at is not None:
        raise Refused(_("This case is closed."))
    return locked


@transaction.atomic
def read_case(*, member: Member, case: SafetyCase, now: datetime | None = None) -> SafetyCase:
    """Log that somebody reads a case: one line for each time, not for each page.

    Refuses whoever may not read it.
    """
    now = now or timezone.now()
    if not may_read_case(member, case):
        raise Refused(_("You cannot read this case."))
    last = case.entries.filter(actor=member).order_by("-made_at", "-pk").first()
    if last is None or last.kind == Kind.REPORTED or last.made_at <= now - READ_AGAIN:
        write_entry(case, member, Kind.READ, "", now)
    return case


@transaction.atomic
def note_case(
    *, member: Member, case: SafetyCase, words: str, now: datetime | None = None
) -> CaseEntry:
    """Add a note to a case. The same words twice are one. Refuses none, and too many."""
    words = said(words)
    locked = open_case(member, case)
    same = locked.entries.filter(actor=member, kind=Kind.NOTE, words=words).first()
    return same or write_entry(locked, member, Kind.NOTE, words, now or timezone.now())


def said(words: str) -> str:
    """A reason or a note. Refuses none, and over 4,000 letters."""
    words = words.strip()
    if not words:
        raise Refused(_("Write a few words first."), "words")
    if len(words) > WORDS_LENGTH:
        raise Refused(_("This is too long. Please keep it shorter."), "words")
    return words


@transaction.atomic
def open_words(
    *, member: Member, case: SafetyCase, reason: str, now: datetime | None = None
) -> SafetyCase:
    """Open the messages and notes of the pair to the safety lead, until the case is closed.

    Who reported reads of it at once, the other one when the case is closed. Twice is one. Refuses
    without a reason, and where the pair is gone.
    """
    reason, now = said(reason), now or timezone.now()
    locked = open_case(member, case)
    if locked.pairing is None:
        raise Refused(_("There are no words of this pair any more."))
    if locked.opened_words_at is None:
        locked.opened_words_at = now
        locked.save(update_fields=["opened_words_at"])
        write_entry(locked, member, Kind.WORDS_OPENED, reason, now)
        record_opened(locked.reporter, member, reason, now)
    return locked


def record_opened(person: Member | None, actor: Member, reason: str, now: datetime) -> None:
    """Write into a person's record that their words were read. It stands in no hub's part of
    the record: coordinators read that, and one of them may be whom the case is about."""
    if person is None:
        return
    with person.in_own_language():
        record(
            member=person,
            actor=actor,
            verb="open_words",
            words=_("For safety, somebody read the messages and notes of your mentoring pair."),
            reason=reason,
            now=now,
        )


@transaction.atomic
def end_pair(
    *, member: Member, case: SafetyCase, reason: str, now: datetime | None = None
) -> SafetyCase:
    """End the pair of a case at once. The reason stays in the case; the two read only that it is
    over, and no log names who ended it. Who reported has it in the record now, the other one when
    the case is closed. They are not matched again. Twice is one. Refuses without a reason."""
    reason, now = said(reason), now or timezone.now()
    locked = open_case(member, case)
    pairing = lock_pairing(locked.pairing, now) if locked.pairing else None
    if pairing is not None and pairing.state in life.HOLDING:
        is_proposal = pairing.state == life.PROPOSED
        pairing.end_reason = "" if is_proposal else Pairing.Reason.SAFETY
        move = make_move(pairing, "stop", actor=None, side=life.STAFF, now=now, is_staff=False)
        write_entry(locked, member, Kind.ENDED, reason, now)
        record_ended(locked.reporter, now)
        keep_apart(locked, now)
        if is_proposal:
            tell_taken_back(pairing, now)
            tell_not_now(pairing, now)
        else:
            for person in both(pairing):
                tell_closed(pairing, person, move.pk, now)
    return locked


def keep_apart(case: SafetyCase, now: datetime) -> None:
    """Never match the two of a case again, also when the names of the pair are forgotten."""
    if case.reporter is not None and case.subject is not None:
        MemberBlock.objects.get_or_create(
            member=case.reporter, blocked=case.subject, defaults={"made_at": now}
        )


def record_ended(person: Member | None, now: datetime) -> None:
    """Write into a person's record that the hub ended the pair. It names nobody, and stands in no
    hub's part of the record."""
    if person is None:
        return
    with person.in_own_language():
        record(
            member=person,
            actor=None,
            verb="end_pair",
            words=_("The hub ended your pair."),
            now=now,
        )


@transaction.atomic
def close_case(
    *, member: Member, case: SafetyCase, words: str, now: datetime | None = None
) -> SafetyCase:
    """Close a case with what came of it. Who reported is told; whom it is about now reads in the
    record that words were opened, or the pair ended. Nobody reads the words of the pair from here
    on. Refuses without words."""
    words, now = said(words), now or timezone.now()
    locked = open_case(member, case)
    locked.closed_at = now
    if locked.reporter is None:
        locked.words = ""
    locked.save(update_fields=["closed_at", "words"])
    write_entry(locked, member, Kind.CLOSED, words, now)
    if locked.opened_words_at is not None:
        why = _("It was needed to look into a problem.")
        record_opened(locked.subject, member, why, now)
    if locked.entries.filter(kind=Kind.ENDED).exists():
        record_ended(locked.subject, now)

    def told() -> str:
        return _("We have looked into what you reported. %(hub)s can tell you more.") % {
            "hub": locked.hub.name
        }

    tell(locked.reporter, f"case:{locked.pk}:closed", told, lambda: "", now)
    return locked
