"""Private words planted with the partners of both hubs: what is written, sent, refused, applied
for, reported, invited and uploaded."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from members.models import Hub, Member
from partners import actions
from partners.models import Offer, OfferReview, Partner
from tests.factories import make_member, new_key

from .planted_colleagues import LOOKERS, WRITERS, plant_colleagues
from .planted_over import plant_over

# A partner in each place, who runs it, and who reads for its hub. The first two are of one hub.
PARTNERS = (
    ("hub", "partner", "reviewer", "learner"),
    ("hub", "rival", "reviewer", "neighbour"),
    ("other_hub", "valley_partner", "other_coordinator", "other_learner"),
)
# What the roles are shown of what is their partner's.
LOOKED_AT = (
    *("draft of an offer", "offer that waits", "offer that was declined", "change that waits"),
    *("offer with a change asked for", "words of a hub to a partner", "text that is taken down"),
)
WRITTEN = ("own reference of a draft", "own reference of an offer", "cell of a table")
DAY = timedelta(days=1)
WHOLE: dict[str, Any] = {
    "title": "Welding",
    "learns": "How to weld.",
    "for_whom": "All",
    "kind": "course",
    "mode": "online",
    "is_any_time": True,
    "cost": "free",
    "apply_by": "form",
    "contact": "Ring us.",
}
SENT_REFERENCE = "own reference of an offer"
REFERENCES = {"draft of an offer": "own reference of a draft"}
HEADER = "reference,title,learns,for_whom,kind,mode,is_any_time,cost,apply_by,contact"


def add_partner_people(cast: SimpleNamespace) -> None:
    """Who acts for the partners, or did."""
    for name in ("rival", "valley_partner", "ex_colleague", *LOOKERS):
        setattr(cast, name, make_member(name))


def plant_partners(planted: Any) -> None:
    """Partners of both hubs with an offer in every state, and an organisation that waits."""
    for at, name, reader, learner in PARTNERS:
        hub = getattr(planted.cast, at)
        team = LOOKERS if name == "partner" else ()
        Plant(planted, hub, name, reader, learner, team).all_of_it()
    plant_waiting(planted)
    plant_paused(planted)


class Plant:
    """One partner: who runs it, who reads for its hub, a learner who applies, and colleagues."""

    def __init__(
        self,
        planted: Any,
        hub: Hub,
        name: str,
        reader: str,
        learner: str,
        team: tuple[str, ...] = (),
    ) -> None:
        self.planted, self.hub, self.name, self.team = planted, hub, name, team
        self.member: Member = getattr(planted.cast, name)
        self.reader: Member = getattr(planted.cast, reader)
        self.learner, self.applicant = learner, getattr(planted.cast, learner)
        self.partner = self.come()

    def word(self, kind: str, **more: Any) -> str:
        """A word of the partner, shown to those of its colleagues who may read it."""
        more.setdefault("shown", self.shown(kind))
        return self.planted.word(kind, self.name, self.hub.slug, **more)

    def shown(self, kind: str) -> tuple[str, ...]:
        """The colleagues to whom a kind of words is shown."""
        writers = tuple(name for name in self.team if name in WRITERS)
        return self.team if kind in LOOKED_AT else writers if kind in WRITTEN else ()

    def all_of_it(self) -> None:
        """Everything that a partner can have; what needs colleagues, where there are some."""
        if self.team:
            plant_colleagues(self)
            plant_over(self)
        self.draft("draft of an offer")
        self.sent("offer that waits")
        self.declined()
        self.asked()
        self.ended()
        self.applied(self.edited())
        self.beside()
        self.table()

    def come(self) -> Partner:
        """The organisation: applied, proved, approved."""
        email = f"{self.word('e-mail of an organisation')}@college.example"
        partner = actions.apply_partner(
            member=self.member,
            key=new_key(),
            hub=self.hub,
            name=f"College of {self.name}",
            kind="college",
            place="Here",
            email=email,
        )
        words = self.word("proof of an organisation")
        facts: Any = {"member": self.reader, "partner": partner}
        actions.prove_partner(**facts, proof="known", words=words)
        actions.approve_partner(**facts)
        return Partner.objects.get(pk=partner.pk)

    def draft(self, kind: str, at: datetime | None = None, **values: Any) -> Offer:
        """An offer that only its partner reads."""
        facts: Any = {"member": self.member, "now": at}
        offer = actions.begin_offer(**facts, partner=self.partner, key=new_key())
        reference = self.word(REFERENCES.get(kind, SENT_REFERENCE)) if kind else ""
        text = {**WHOLE, "reference": reference, **values}
        if kind:
            text["title"] = self.word(kind)
        actions.save_offer(**facts, offer=offer, values=text)
        return offer

    def sent(self, kind: str, at: datetime | None = None, **values: Any) -> OfferReview:
        """An offer that waits for the hub."""
        offer = self.draft(kind, at, **values)
        return actions.send_offer(member=self.member, offer=offer, now=at)

    def live(self, at: datetime | None = None, **values: Any) -> Offer:
        """An offer on the site, with a last day to apply."""
        values.setdefault("deadline_on", timezone.localdate() + 60 * DAY)
        review = self.sent("", at, **values)
        key = review.revision_id
        actions.publish_offer(member=self.reader, review=review, revision_id=key, now=at)
        return Offer.objects.get(pk=review.offer_id)

    def written(self, offer: Offer, field: str) -> None:
        """The partner writes on and sends nothing: what was written since is nobody else's."""
        text = {field: self.word("draft of an offer")}
        actions.save_offer(member=self.member, offer=offer, values=text)

    def declined(self) -> None:
        """The hub said no."""
        review = self.sent("offer that was declined")
        reason = self.word("words of a hub to a partner")
        actions.decline_offer(member=self.reader, review=review, reason=reason)

    def asked(self) -> None:
        """The hub asks for a change, in words for all and beside a field."""
        words, note = (self.word("words of a hub to a partner") for _two in range(2))
        review = self.sent("offer with a change asked for")
        actions.ask_change(member=self.reader, review=review, words=words, notes={"contact": note})

    def ended(self) -> None:
        """An offer that its partner has ended."""
        offer = self.live(title="Over and done")
        actions.end_offer(member=self.member, offer=offer)
        self.written(offer, "learns")

    def edited(self) -> Offer:
        """A live offer with a change that waits."""
        words = self.word("words of an offer on the site")
        offer = self.live(title="On the site", learns=words)
        facts: Any = {"member": self.member, "offer": offer}
        actions.save_offer(**facts, values={"for_whom": self.word("change that waits")})
        actions.send_offer(**facts)
        return offer

    def applied(self, offer: Offer) -> None:
        """A learner applies, and reports a problem. Those who write for the partner read what was
        sent to it."""
        writers = (self.name, *(name for name in self.team if name in WRITERS))
        self.sent_interest(offer, *writers)
        actions.report_offer(
            member=self.applicant,
            offer=offer,
            key=new_key(),
            kind="other",
            words=self.planted.word("report of an offer", self.learner, self.hub.slug),
        )

    def sent_interest(self, offer: Offer, *readers: str) -> None:
        """The learner's application, and who of the partner reads it."""
        kind, hub = "application for an offer", self.hub.slug
        actions.send_interest(
            member=self.applicant,
            offer=offer,
            agrees=True,
            **{
                name: self.planted.word(kind, self.learner, hub, shown=readers)
                for name in ("name", "contact", "message")
            },
        )

    def beside(self) -> None:
        """An agreement that waits, and somebody who is invited."""
        facts: Any = {"member": self.member, "partner": self.partner}
        words = self.word("agreement that waits")
        actions.propose_agreement(**facts, hub=self.hub, kind="rooms", words=words)
        email = f"{self.word('address that is invited')}@college.example"
        actions.invite_colleague(**facts, email=email, role="editor")

    def table(self) -> None:
        """A table with a row that is not right."""
        cells = f"T1,{self.word('cell of a table')},x,x,circus,online,yes,free,form,Jo"
        upload = actions.start_upload(
            member=self.member,
            partner=self.partner,
            key=new_key(),
            name="table.csv",
            data=f"{HEADER}\n{cells}".encode(),
        )
        actions.check_upload(upload=upload)


def plant_paused(planted: Any) -> None:
    """A partner that its hub has paused, run by an editor of another one. Who has applied for its
    offer still knows that by its title; nobody else of the site knows of it."""
    plant = Plant(planted, planted.cast.hub, "two_partners", "reviewer", "learner")
    facts: Any = {"partner": plant.partner}
    words = plant.word("page of a paused partner")
    actions.change_partner(member=plant.member, about=words, **facts)
    kind = "offer of a paused partner"
    title, learns = plant.word(kind, shown=(plant.learner,)), plant.word(kind)
    offer = plant.live(title=title, learns=learns)
    plant.sent_interest(offer)
    plant.written(offer, "for_whom")
    reason = plant.word("words of a hub to a partner")
    actions.pause_partner(member=plant.reader, reason=reason, **facts)


def plant_waiting(planted: Any) -> None:
    """An organisation that waits for its hub, with an offer that waits too; and one that a
    learner suggests."""
    member, hub = planted.cast.outsider, planted.cast.hub
    partner = actions.apply_partner(
        member=member,
        key=new_key(),
        hub=hub,
        name=planted.word("organisation that waits", "outsider", hub.slug),
        kind="coop",
        place="There",
    )
    offer = actions.begin_offer(member=member, partner=partner, key=new_key())
    title = planted.word("offer that waits", "outsider", hub.slug)
    actions.save_offer(member=member, offer=offer, values={**WHOLE, "title": title})
    actions.send_offer(member=member, offer=offer)
    actions.suggest_partner(
        member=planted.cast.learner,
        hub=hub,
        key=new_key(),
        name=planted.word("suggestion of a partner", "learner", hub.slug),
        words=planted.word("suggestion of a partner", "learner", hub.slug),
    )
    # The hub reads who suggests and who reports: it may want to ask.
    for name in ("learner", "neighbour"):
        planted.show("name", name, "reviewer")
