"""Who may do what for a partner and its offers. Pure: each answers yes or no."""

from members.models import Hub, Member

from .models import Colleague, Offer, OfferReport, OfferReview, Partner, PartnerChange

WRITERS = (Colleague.Role.ADMIN, Colleague.Role.EDITOR)


def role_of(member: Member, partner: Partner) -> str:
    """The role of a member in a partner, or nothing."""
    held = Colleague.objects.filter(partner=partner, member=member, member__is_active=True)
    return held.values_list("role", flat=True).first() or ""


def may_apply(member: Member) -> bool:
    """Whether a member applies for an organisation, or suggests one: anybody with an account that
    is on."""
    return member.is_active


def may_review(member: Member, hub: Hub) -> bool:
    """Whether a member looks after the partners of a hub: its reviewers and coordinators."""
    return member.is_active and member.has_role(hub, "reviewer", "coordinator")


def may_keep(member: Member, partner: Partner) -> bool:
    """Whether a member acts for a partner that has nobody yet: the hub's people."""
    return partner.is_kept_by_hub and may_review(member, partner.hub)


def may_act(member: Member, partner: Partner) -> bool:
    """Whether a member comes to a partner's own desk, with all that was never sent: its
    colleagues, or the hub's people while it keeps the partner."""
    return bool(role_of(member, partner)) or may_keep(member, partner)


def may_write(member: Member, partner: Partner) -> bool:
    """Whether a member writes the offers of a partner: its admins and editors, or the hub while
    it keeps the partner. Nobody writes for one that has left."""
    if partner.state == Partner.State.LEFT:
        return False
    return role_of(member, partner) in WRITERS or may_keep(member, partner)


def may_run(member: Member, partner: Partner) -> bool:
    """Whether a member runs a partner, its people and its page: its admins, or the hub while it
    keeps the partner. Nobody runs one that has left."""
    if partner.state == Partner.State.LEFT:
        return False
    return role_of(member, partner) == Colleague.Role.ADMIN or may_keep(member, partner)


def may_leave(member: Member, partner: Partner) -> bool:
    """Whether a member takes a partner off the site for good: who runs it, or ran it until it
    left, so that a second tap is no other answer."""
    has_left = partner.state == Partner.State.LEFT
    return may_run(member, partner) or (
        has_left and role_of(member, partner) == Colleague.Role.ADMIN
    )


def may_see_interest(member: Member, partner: Partner) -> bool:
    """Whether a member reads who applied for a partner's offers, while it is in the directory: its
    admins and editors, or the hub's people while they keep the partner. `Interest.read_by` says
    which ones."""
    if partner.state != Partner.State.APPROVED:
        return False
    return role_of(member, partner) in WRITERS or may_keep(member, partner)


def may_decide_partner(member: Member, partner: Partner) -> bool:
    """Whether a member decides about an organisation for the hub: never one of its own people."""
    return may_review(member, partner.hub) and not role_of(member, partner)


def is_stuck(partner: Partner) -> bool:
    """Whether nobody can run a partner any more: its last admin's account is off."""
    return Partner.objects.stuck().filter(pk=partner.pk).exists()


def may_call(member: Member, partner: Partner) -> bool:
    """Whether a member invites somebody, for the hub, to run a partner that nobody can run."""
    return is_stuck(partner) and may_decide_partner(member, partner)


def may_name(member: Member, partner: Partner) -> bool:
    """Whether a member changes at once who an organisation is: before the hub has let it in, or
    for the hub. Who runs it is asked first."""
    is_outside = partner.state in (Partner.State.WAITING, Partner.State.DECLINED)
    return is_outside or may_decide_partner(member, partner)


def may_settle_identity(member: Member, change: PartnerChange, partner: Partner) -> bool:
    """Whether a member says yes or no to another name or number: never who asked for it, nor one
    of the organisation's people."""
    return may_decide_partner(member, partner) and change.sent_by_id != member.pk


def may_settle(member: Member, report: OfferReport) -> bool:
    """Whether a member settles a report for its hub: never one of the partner's people."""
    return may_review(member, report.hub) and not role_of(member, report.offer.partner)


def may_take_down(member: Member, offer: Offer) -> bool:
    """Whether a member takes an offer off the site for the hub: never one of its own people."""
    return may_decide_partner(member, offer.partner)


def may_decide(member: Member, review: OfferReview) -> bool:
    """Whether a member decides about a text: who looks after the hub's partners, is none of the
    partner's people, and has neither sent it nor written in it."""
    partner = review.offer.partner
    if not may_review(member, review.hub) or role_of(member, partner):
        return False
    return review.sent_by_id != member.pk and not has_written(member, review)


def has_written(member: Member, review: OfferReview) -> bool:
    """Whether a member wrote in a text since the hub read the one before, or began an offer that
    the hub has never read."""
    offer = review.offer
    read = offer.reviews.filter(state=OfferReview.State.PUBLISHED).exclude(pk=review.pk)
    before = read.order_by("-decided_at", "-pk").values_list("revision", flat=True).first()
    texts = offer.revisions.filter(user=member, pk__lte=review.revision_id)
    if before is None:
        return offer.made_by_id == member.pk or texts.exists()
    return texts.filter(pk__gt=before).exists()
