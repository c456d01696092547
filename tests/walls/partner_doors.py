"""Every form of partners that somebody fills in: who sends it, where, and what is right in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace

from django.conf import settings

from partners import actions, codes
from partners.addresses import slug_of
from partners.forms.review import READY
from partners.models import Interest, Offer
from tests.partners.desk_cast import HOW, REST, WHAT, at, in_days, live, place, sent, written
from tests.partners.hub_cast import agreed, desk, renamed, reported, small_edit, suggested
from tests.partners.offers_cast import key

CHOOSE, CHOOSE_ONE = "Choose one from the list.", "Choose one."
FEW_WORDS = "Write a few words first."
NEXT_DAY = in_days(40).isoformat()


@dataclass(frozen=True)
class Door:
    """A form: who sends it, what is right in it, how many letters each text may have, and what is
    said when nothing is sent (where nothing is missing then: nothing)."""

    who: str
    path: str
    form: Mapping[str, object]
    most: Mapping[str, int] = field(default_factory=dict)
    empty: tuple[str, ...] = ()
    hidden: Mapping[str, str] = field(default_factory=dict)

    @property
    def whole(self) -> dict[str, object]:
        """All that a browser sends."""
        return {**self.form, **self.hidden}


ORGANISATION = {"name": "Port Library", "kind": "library", "place": "Port"}
MORE = {"website": "https://library.example", "scheme": "charity", "number": "200100"}
ORGANISATION_MOST = {"name": 120, "place": 120, "website": 300, "email": 254, "number": 80}
KIND = "Choose the kind that fits best."
WHERE = {
    "mode": "place",
    "place": "Room 3, Harbour",
    "from_on": in_days(30).isoformat(),
    "to_on": in_days(60).isoformat(),
    "cost": "amount",
    "amount": "20",
    "currency": "EUR",
    "cost_note": "Books are free.",
    "on_1": NEXT_DAY,
    "until_1": NEXT_DAY,
    "place_1": "Room 4, Port",
}
LINK = {
    **HOW,
    "apply_by": "link",
    "apply_link": "https://college.example/a",
    "apply_mail": "jo@college.example",
    "help_words": "Ask Jo.",
    "device": "Any phone.",
}
LINK_MOST = {
    "apply_link": 500,
    "apply_mail": 254,
    "contact": 200,
    "help_words": 300,
    "device": 200,
}
NOTE = {
    "support_kind": "travel",
    "support_who": "Everybody",
    "support_what": "The bus fare",
    "support_how": "Tell Jo.",
    "support_until_on": NEXT_DAY,
    "support_seen_by": "Only Jo",
    "support_left": "some",
}
NUMBERS = {
    "hours_week": "6",
    "seats": "12",
    "member_seats": "3",
    "deadline_on": NEXT_DAY,
    "age_from": "16",
    "age_to": "99",
}
CHECK = {
    **REST,
    **NUMBERS,
    **NOTE,
    "topic": "",
    "level": "",
    "skills": "Welding",
    "credential": "A letter",
    "reference": "W-1",
    "after_course": "",
    "hubs": [],
}
CHECK_MOST = {
    "skills": 300,
    "credential": 160,
    "reference": 60,
    **{f"support_{name}": 200 for name in ("who", "what", "how", "seen_by")},
}


def partner_doors(site: SimpleNamespace) -> dict[str, Door]:
    """The forms of an organisation, by the name of the address."""
    day, row = in_days(0), site.partner
    code = codes.email_code(settings.SECRET_KEY, row.pk, row.email, day)
    written(site, 1, title="Welding for beginners")
    table = actions.start_upload(
        member=site.ed, partner=row, key=key(70), name="a.csv", data=b"reference,title\nA1,Welding"
    )
    offer = {name: at(site, "offer_write", key(1), name) for name in ("what", "where", "how")}
    return {
        "partner_apply": Door(
            "outsider",
            place("partner_apply"),
            {**ORGANISATION, **MORE, "email": "desk@library.example", "hub": "harbour"},
            ORGANISATION_MOST,
            ("Write the name of your organisation.", KIND, "Write the town.", "Choose a hub."),
            {"key": str(key(71))},
        ),
        "partner_suggest": Door(
            "outsider",
            place("partner_suggest"),
            {"name": "The Mill", "place": "Port", "words": "They are near.", "hub": "valley"},
            {"name": 120, "place": 200, "words": 500},
            ("Write the name, as well as you know it.", "Choose a hub."),
            {"key": str(key(72))},
        ),
        "offer_new": Door(
            "ed",
            at(site, "offer_new"),
            WHAT,
            {"title": 120, "learns": 500, "for_whom": 300},
            ("Give the offer a title.", "Say what people learn.", "Say who it is for."),
            {"key": str(key(73)), "mark": "0  0"},
        ),
        "offer_write what": Door(
            "ed",
            offer["what"],
            WHAT,
            {"title": 120, "learns": 500, "for_whom": 300},
            ("Give the offer a title.", "Say what people learn.", "Say who it is for."),
        ),
        "offer_write where": Door(
            "ed",
            offer["where"],
            WHERE,
            {"place": 160, "cost_note": 200, "place_1": 160},
            (
                "Say where it is. For a place, write the place too.",
                "Write the first day, or tick “any time”.",
            ),
        ),
        "offer_write how": Door(
            "ed",
            offer["how"],
            LINK,
            {
                "apply_link": 500,
                "apply_mail": 254,
                "contact": 200,
                "help_words": 300,
                "device": 200,
            },
            ("Say how to apply, with the website or the e-mail.", "Say whom people can ask."),
        ),
        "offer_write check": Door(
            "ed",
            at(site, "offer_write", key(1), "check"),
            CHECK,
            CHECK_MOST,
            ("Choose one hub or more, or all hubs.",),
            {"mark": "9999999999  9999999999"},
        ),
        "partner_page": Door(
            "anna",
            at(site, "partner_page"),
            {
                "about": "We teach.",
                "gives": "Courses.",
                "contact": "Ring us.",
                "website": "https://harbour-college.example",
                "place": "Harbour",
                "language": "en",
                "topics": [],
            },
            {"about": 1200, "gives": 1200, "contact": 300, "website": 300, "place": 120},
            ("Write the town.",),
        ),
        "partner_email_code": Door(
            "anna",
            at(site, "partner_email_code"),
            {"code": code},
            {"code": 20},
            ("Write the code that stands in the e-mail.",),
        ),
        "partner_email_change": Door(
            "anna",
            at(site, "partner_email_change"),
            {"email": "new@college.example"},
            {"email": 254},
            ("Write the e-mail of your organisation.",),
        ),
        "partner_identity": Door(
            "anna",
            at(site, "partner_identity"),
            {"name": "Port College", "kind": "college", "scheme": "charity", "number": "300100"},
            {"name": 120, "number": 80},
            ("Write the name.", KIND),
        ),
        "partner_agree": Door(
            "anna",
            at(site, "partner_agree"),
            {
                "hub": "valley",
                "kind": "rooms",
                "words": "A room.",
                "course": "",
                "until_on": NEXT_DAY,
            },
            {"words": 300},
            ("Say it in one sentence.", CHOOSE_ONE),
        ),
        "partner_end": Door(
            "anna",
            at(site, "partner_end"),
            {"sure": "on"},
            empty=("Tick this if you are sure.",),
        ),
        "partner_people": Door(
            "anna",
            at(site, "partner_people"),
            {"email": "zoe@college.example", "role": "viewer"},
            {"email": 254},
            ("Write the e-mail of the person.", CHOOSE_ONE),
        ),
        "partner_upload_end": Door(
            "ed", at(site, "partner_upload_end", table.key), {"offers": ["1", "2"]}
        ),
    }


def learner_doors(site: SimpleNamespace) -> dict[str, Door]:
    """What learners send to a partner and its hub."""
    offer = live(site, 2, apply_by="form", apply_link="")
    return {
        "offer_interest": Door(
            "outsider",
            place("offer_interest", slug_of(offer)),
            {"name": "Lea", "contact": "lea@home.example", "message": "Hello.", "agrees": "on"},
            {"name": 80, "contact": 200, "message": 1000},
            (
                "Write your name, as they should call you.",
                "Write an e-mail address or a phone number.",
            ),
        ),
        "offer_report": Door(
            "outsider",
            place("offer_report", slug_of(offer)),
            {"kind": "link", "words": "It leads nowhere."},
            {"words": 500},
            ("Choose what is wrong.",),
            {"key": str(key(74))},
        ),
    }


def review_doors(site: SimpleNamespace) -> dict[str, Door]:
    """How the hub answers what partners send."""
    review, change = sent(site, 3), renamed(site)
    reviewing = [
        desk(f"desk_review_{step}", review.pk) for step in ("publish", "change", "decline")
    ]
    reason = {"reason": "It does not fit."}
    return {
        "desk_review_publish": Door(
            "reviewer",
            reviewing[0],
            {"revision": str(review.revision_id)},
            empty=("Please read the text once more, then publish it.",),
        ),
        "desk_review_change": Door(
            "reviewer",
            reviewing[1],
            {"ready": list(READY), "words": "Please look again.", "note_title": "Shorter."},
            {"words": 500, "note_title": 300},
        ),
        "desk_review_decline": Door(
            "reviewer", reviewing[2], reason, {"reason": 500}, (FEW_WORDS,)
        ),
        "desk_partner_pause": Door(
            "reviewer",
            desk("desk_partner_pause", site.partner.slug),
            reason,
            {"reason": 500},
            (FEW_WORDS,),
        ),
        "desk_identity_decline": Door(
            "reviewer",
            desk("desk_identity_decline", site.partner.slug, change.pk),
            reason,
            {"reason": 500},
            (FEW_WORDS,),
        ),
        **waiting_doors(site),
    }


def waiting_doors(site: SimpleNamespace) -> dict[str, Door]:
    """How the hub lets an organisation in, enters one, and hands one over."""
    new = actions.apply_partner(
        member=site.otto, key=key(75), hub=site.hub, name="The Quay", kind="coop", place="Port"
    )
    known = actions.enter_partner(
        member=site.reviewer, key=key(76), hub=site.hub, name="The Dock", kind="coop", place="Port"
    )
    return {
        "desk_partner_prove": Door(
            "reviewer",
            desk("desk_partner_prove", new.slug),
            {"proof": "known", "words": "I rang them."},
            {"words": 300},
            ("Say how you know them.",),
        ),
        "desk_partner_decline": Door(
            "reviewer",
            desk("desk_partner_decline", new.slug),
            {"reason": "We do not know you."},
            {"reason": 500},
            (FEW_WORDS,),
        ),
        "desk_partner_invite": Door(
            "reviewer",
            desk("desk_partner_invite", known.slug),
            {"email": "boss@dock.example"},
            {"email": 254},
            ("Write the e-mail of the person.",),
        ),
        "desk_partner_enter": Door(
            "reviewer",
            desk("desk_partner_enter"),
            {
                **ORGANISATION,
                **MORE,
                "email": "desk@library.example",
                "language": "en",
                "words": "We have met.",
            },
            {**ORGANISATION_MOST, "words": 300},
            ("Write the name.", KIND, "Write the town.", "Say how you know them."),
            {"key": str(key(77))},
        ),
        "desk_organisations": Door(
            "reviewer",
            desk("desk_organisations"),
            {"name": "The Mill", "email": "desk@mill.example"},
            {"name": 120, "email": 254},
            ("Write the name.", "Write the e-mail of the organisation."),
        ),
    }


def desk_doors(site: SimpleNamespace) -> dict[str, Door]:
    """How the hub answers what else waits. The small edit comes last: it needs a partner whom the
    hub trusts."""
    offer = Offer.objects.get(uuid=key(2))
    report, agreement, suggestion = reported(site, offer), agreed(site), suggested(site)
    check = small_edit(site, 4)
    return {
        "desk_offer_down": Door(
            "reviewer",
            desk("desk_offer_down", offer.uuid),
            {"reason": "It is not safe."},
            {"reason": 500},
            (FEW_WORDS,),
        ),
        "desk_report_settle": Door(
            "reviewer",
            desk("desk_report_settle", report.pk),
            {"answer": "They mended it."},
            {"answer": 500},
        ),
        "desk_agreement_decline": Door(
            "reviewer",
            desk("desk_agreement_decline", agreement.pk),
            {"reason": "We never met."},
            {"reason": 500},
            (FEW_WORDS,),
        ),
        "desk_suggestion_invite": Door(
            "reviewer",
            desk("desk_suggestion_invite", suggestion.pk),
            {"email": "desk@library.example"},
            {"email": 254},
            ("Write the e-mail of the organisation.",),
        ),
        "desk_suggestion_later": Door(
            "reviewer",
            desk("desk_suggestion_later", suggestion.pk),
            {"answer": "Next year."},
            {"answer": 300},
        ),
        "desk_check_back": Door(
            "reviewer",
            desk("desk_check_back", check.pk),
            {"words": "Seven seats are too few."},
            {"words": 500},
            (FEW_WORDS,),
        ),
    }


def all_doors(site: SimpleNamespace) -> dict[str, Door]:
    """Every form of partners, with what it is about in place."""
    makers = (partner_doors, learner_doors, review_doors, desk_doors)
    return {name: door for make in makers for name, door in make(site).items()}


def steps(site: SimpleNamespace) -> dict[str, tuple[str, str, dict[str, str], str]]:
    """The choices that a list carries: who, where, what is right, and what is said to the rest."""
    person = site.partner.colleagues.get(member=site.vic)
    row = Interest.objects.create(
        offer=Offer.objects.get(uuid=key(2)),
        member=site.hub_editor,
        name="Lea",
        contact="lea@home.example",
        made_at=site.partner.applied_at,
        changed_at=site.partner.applied_at,
    )
    role, state = at(site, "partner_role", person.pk), at(site, "partner_interest_move", row.pk)
    return {
        "partner_role": ("anna", role, {"role": "editor"}, "Choose one of these."),
        "partner_interest_move": ("anna", state, {"state": "seen"}, CHOOSE),
    }
