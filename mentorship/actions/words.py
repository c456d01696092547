"""What is said when a pairing moves."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from members.actions import forget_name
from members.models import Member
from mentorship import life
from mentorship.models import Pairing
from mentorship.queries.matching import cards
from mentorship.queries.waits import promised_on

from .telling import cards_address, day_of, mentor_of, name_of, other_side, tell, tell_of, time_for


def tell_proposed(pairing: Pairing, now: datetime) -> None:
    """Ask the mentor; tell a mentee who did not choose alone whom we asked."""
    mentor, mentee = mentor_of(pairing), pairing.mentee

    def asked() -> str:
        return _("%(name)s asks you to be a mentor. Please answer by %(time)s.") % {
            "name": name_of(mentee),
            "time": time_for(pairing.expires_at, pairing, mentor),
        }

    def chosen() -> str:
        return _("We asked %(name)s to be your mentor. You will know by %(time)s.") % {
            "name": name_of(mentor),
            "time": time_for(pairing.expires_at, pairing, mentee),
        }

    tell_of(pairing, mentor, "asked", asked, now)
    if pairing.origin != Pairing.Origin.MENTEE:
        tell_of(pairing, mentee, "chosen", chosen, now)


def tell_begun(pairing: Pairing, member: Member | None, move: int, now: datetime) -> None:
    """Tell one of the two that they are a pair, and what comes next."""

    def words() -> str:
        assert pairing.meet_by is not None
        values = {
            "name": the_other(pairing, member),
            "day": day_of(pairing.meet_by, pairing.hub),
        }
        if is_mentee(pairing, member):
            return (
                _("%(name)s is now your mentor. Please meet for the first time by %(day)s.")
                % values
            )
        return (
            _("You are now %(name)s's mentor. Please meet for the first time by %(day)s.") % values
        )

    tell_of(pairing, member, f"begun:{move}", words, now)


def tell_met(pairing: Pairing, member: Member | None, move: int, now: datetime) -> None:
    """Tell one of the two that the hub noted their first meeting, and of which day."""

    def words() -> str:
        assert pairing.first_met_at is not None
        return _(
            "%(hub)s noted that you met %(name)s on %(day)s. If that is not so, "
            "you can say it on your page."
        ) % {
            "hub": pairing.hub.name,
            "name": the_other(pairing, member),
            "day": day_of(pairing.first_met_at, pairing.hub),
        }

    tell_of(pairing, member, f"met:{move}", words, now)


def tell_not_met(pairing: Pairing, member: Member | None, move: int, now: datetime) -> None:
    """Tell one of the two that the hub took the note of their only meeting back."""

    def words() -> str:
        return _(
            "%(hub)s noted that you and %(name)s have not met yet. If that is not so, "
            "you can say it on your page."
        ) % {"hub": pairing.hub.name, "name": the_other(pairing, member)}

    tell_of(pairing, member, f"not-met:{move}", words, now)


def not_now(pairing: Pairing, now: datetime) -> str:
    """What a mentee hears of a proposal that came to nothing, and what comes next. A proposal that
    was declined and one that ran out are told in the same words."""
    ask, name = pairing.ask, {"name": name_of(mentor_of(pairing))}
    if ask.chooses_for_me:
        return (
            _(
                "%(name)s cannot be your mentor at the moment. We look for the next one for you. "
                "You keep your place."
            )
            % name
        )
    if cards(ask, now, count=1):
        return (
            _(
                "%(name)s cannot be your mentor at the moment. Please choose another one. "
                "You keep your place."
            )
            % name
        )
    day = date_format(promised_on(ask, now), "DATE_FORMAT")
    return _(
        "%(name)s cannot be your mentor at the moment, and nobody else fits just now. "
        "You keep your place in line: %(hub)s looks at your question on %(day)s."
    ) % {**name, "hub": ask.hub.name, "day": day}


def tell_not_now(pairing: Pairing, now: datetime) -> None:
    """Tell the mentee that a proposal came to nothing."""
    key = f"pairing:{pairing.pk}:not-now"
    tell(pairing.mentee, key, lambda: not_now(pairing, now), cards_address, now)


def tell_ran_out(pairing: Pairing, now: datetime) -> None:
    """Tell both that a proposal ran out."""

    def words() -> str:
        return _(
            "The time to answer a learner is over, and the learner is told. "
            "You need not do anything."
        )

    tell_of(pairing, mentor_of(pairing), "ran-out", words, now)
    tell_not_now(pairing, now)


def tell_taken_back(pairing: Pairing, now: datetime) -> None:
    """Tell the mentor that no answer is needed any more."""

    def words() -> str:
        return _("A learner no longer needs an answer from you. Thank you all the same.")

    tell_of(pairing, mentor_of(pairing), "taken-back", words, now)


def tell_no_for(pairing: Pairing, now: datetime) -> None:
    """Tell the mentor that the hub said no in their place."""

    def words() -> str:
        return _("%(hub)s said no to a learner for you. You need not answer any more.") % {
            "hub": pairing.hub.name
        }

    tell_of(pairing, mentor_of(pairing), "no-for", words, now)


def tell_paused(pairing: Pairing, member: Member | None, move: int, now: datetime) -> None:
    """Tell one of the two that there is a break, and until when."""

    def words() -> str:
        assert pairing.paused_until is not None
        return _("You and %(name)s have a break until %(day)s.") % {
            "name": the_other(pairing, member),
            "day": day_of(pairing.paused_until, pairing.hub),
        }

    tell_of(pairing, member, f"pause:{move}", words, now)


def tell_resumed(pairing: Pairing, member: Member | None, move: int, now: datetime) -> None:
    """Tell one of the two that they go on, and until when."""

    def words() -> str:
        assert pairing.term_ends_at is not None
        return _("You and %(name)s go on. Your time together lasts until %(day)s.") % {
            "name": the_other(pairing, member),
            "day": day_of(pairing.term_ends_at, pairing.hub),
        }

    tell_of(pairing, member, f"resume:{move}", words, now)


def tell_extended(pairing: Pairing, member: Member | None, now: datetime) -> None:
    """Tell one of the two that there is more time."""

    def words() -> str:
        assert pairing.term_ends_at is not None
        return _("You and %(name)s have more time: until %(day)s.") % {
            "name": the_other(pairing, member),
            "day": day_of(pairing.term_ends_at, pairing.hub),
        }

    tell_of(pairing, member, "extended", words, now)


def tell_more_time(pairing: Pairing, member: Member | None, move: int, now: datetime) -> None:
    """Tell one of the two that the hub gave them more time."""
    tell_extended(pairing, member, now)


def tell_ending(pairing: Pairing, member: Member | None, move: int, now: datetime) -> None:
    """Tell one of the two that the time together ends, without a reason, and what is left to do."""

    def words() -> str:
        assert pairing.closes_at is not None
        return _(
            "Your time with %(name)s is coming to its end. Until %(day)s you can say "
            "what you reached, and thank you."
        ) % {"name": the_other(pairing, member), "day": day_of(pairing.closes_at, pairing.hub)}

    tell_of(pairing, member, f"end:{move}", words, now)


def tell_closed(pairing: Pairing, member: Member | None, move: int, now: datetime) -> None:
    """Tell one of the two that the pair is closed, and what comes next."""
    tell_of(pairing, member, f"close:{move}", lambda: closed_words(pairing, member), now)


def closed_words(pairing: Pairing, member: Member | None) -> str:
    """That a pair is closed, and what comes next. Who was the mentor reads no name."""
    if is_mentee(pairing, member):
        return _(
            "Your time with %(name)s is over. You can ask for a mentor again with one tap."
        ) % {"name": the_other(pairing, member)}
    return _("The pairing that began on %(day)s is over. Thank you for your time and care.") % {
        "day": day_of(pairing.accepted_at or pairing.proposed_at, pairing.hub)
    }


def forget_mentee(pairing: Pairing) -> None:
    """Take the mentee's name out of what the mentor was told: the mentor loses it with the end."""
    mentor, mentee = mentor_of(pairing), pairing.mentee
    if mentor is not None and mentee is not None:
        keys = [f"pairing:{pairing.pk}:"]
        forget_name(member=mentee, keys=keys, words=lambda: _("a learner"), reader=mentor)


def tell_mentor_left(pairing: Pairing, asked_at: datetime, now: datetime) -> None:
    """Tell a mentee that the mentor stops, and that the place in the queue is kept."""

    def words() -> str:
        said = {"name": name_of(mentor_of(pairing)), "day": day_of(asked_at, pairing.hub)}
        if pairing.ask.chooses_for_me:
            return (
                _(
                    "%(name)s can no longer be your mentor. We look for another one. "
                    "You keep your place: you asked on %(day)s."
                )
                % said
            )
        return (
            _(
                "%(name)s can no longer be your mentor. See who else fits. "
                "You keep your place: you asked on %(day)s."
            )
            % said
        )

    key = f"pairing:{pairing.pk}:mentor-left"
    tell(pairing.mentee, key, words, cards_address, now)


def the_other(pairing: Pairing, member: Member | None) -> str:
    """The name of the other one of the two."""
    return name_of(other_side(pairing, member) if member else None)


def is_mentee(pairing: Pairing, member: Member | None) -> bool:
    """Whether somebody is the mentee of a pairing."""
    return member is not None and member.pk == pairing.mentee_id


def both(pairing: Pairing) -> list[Member]:
    """The two people, as far as their accounts stand."""
    return [one for one in (mentor_of(pairing), pairing.mentee) if one is not None]


def moved_words(verb: str, pairing: Pairing) -> str:
    """What staff did, for the record of each of the two."""
    return {
        "propose": _("The hub asked a mentor for a learner."),
        "accept": _("The hub said yes for the mentor."),
        "decline": _("The hub said no for the mentor."),
        "withdraw": _("The hub took a question to a mentor back."),
        "expire": _("The hub took a question to a mentor back."),
        "meet": _("The hub noted your first meeting."),
        "not_met": _("The hub took the note of your first meeting back."),
        "extend": _("The hub gave your pair more time."),
        "pause": _("The hub gave your pair a break."),
        "resume": _("The hub ended the break of your pair."),
        "end": _("The hub began the end of your pair."),
        "close": _("The hub closed your pair."),
        "stop": stopped_words(pairing),
        "reopen": _("The hub let your pair go on."),
    }[verb]


def stopped_words(pairing: Pairing) -> str:
    """What it is called when staff stop something."""
    if pairing.state == life.WITHDRAWN:
        return _("The hub took a question to a mentor back.")
    return _("The hub ended your pair.")
