"""What partners know of a member, for `/me/data/` and the export."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Revision

from members.data import Section
from members.models import Member
from partners.models import (
    Colleague,
    Interest,
    Offer,
    OfferReport,
    OfferReview,
    Partner,
    PartnerChange,
    PartnerInvitation,
    PartnerSuggestion,
    SavedOffer,
)

from .review import title_of


def personal_sections(member: Member) -> list[Section]:
    """A member as somebody who looks for offers, and who acts for partners."""
    return [
        interests_section(member),
        saved_section(member),
        roles_section(member),
        invitations_section(member),
        offers_section(member),
        reviews_section(member),
        suggestions_section(member),
        reports_section(member),
        decisions_section(member),
        changes_section(member),
    ]


def interests_section(member: Member) -> Section:
    """For which offers a member applied here, and what was sent."""
    found = Interest.objects.filter(member=member).select_related("offer__partner")
    rows = [
        (
            row.made_at,
            row.offer.title,
            row.offer.partner.name,
            str(row.get_state_display()),
            row.name,
            row.contact,
            row.message,
        )
        for row in found
    ]
    columns = [
        _("when"),
        _("offer"),
        _("organisation"),
        _("state"),
        _("name"),
        _("contact"),
        _("message"),
    ]
    return Section("offer-interest", _("Offers that you applied for"), columns, rows)


def saved_section(member: Member) -> Section:
    """Which offers a member keeps for later."""
    found = SavedOffer.objects.filter(member=member).select_related("offer__partner")
    rows = [(row.saved_at, row.offer.title, row.offer.partner.name) for row in found]
    columns = [_("when"), _("offer"), _("organisation")]
    return Section("offers-saved", _("Offers that you keep for later"), columns, rows)


def roles_section(member: Member) -> Section:
    """For which organisations a member acts."""
    found = Colleague.objects.filter(member=member).select_related("partner")
    rows = [(row.joined_at, row.partner.name, str(row.get_role_display())) for row in found]
    columns = [_("since"), _("organisation"), _("role")]
    return Section("partner-roles", _("Organisations for which you act"), columns, rows)


def invitations_section(member: Member) -> Section:
    """Invitations that went to a member's address, or that a member sent."""
    sent_to = Q(email=member.email.lower()) if member.email else Q(pk__in=[])
    found = PartnerInvitation.objects.filter(Q(made_by=member) | sent_to)
    rows = [
        (row.made_at, row.partner.name, row.email, str(row.get_role_display()), row.used_at)
        for row in found.select_related("partner")
    ]
    columns = [_("when"), _("organisation"), _("e-mail"), _("role"), _("used")]
    return Section("partner-invitations", _("Invitations of organisations"), columns, rows)


def offers_section(member: Member) -> Section:
    """Which offers a member began, each by its title on the site. One that was never there has the
    title that the member wrote: what others wrote since is not the member's."""
    found = Offer.objects.filter(made_by=member).select_related("partner").order_by("made_at", "pk")
    own = own_titles(member)
    rows = [
        (
            row.made_at,
            row.title if row.first_published_at else own.get(str(row.pk), ""),
            row.partner.name,
        )
        for row in found
    ]
    columns = [_("when"), _("offer"), _("organisation")]
    return Section("offers-written", _("Offers that you began"), columns, rows)


def own_titles(member: Member) -> dict[str, str]:
    """The title that a member wrote last in each offer, by the key of the offer."""
    kind = ContentType.objects.get_for_model(Offer)
    texts = Revision.objects.filter(content_type=kind, user=member).order_by("pk")
    return dict(texts.values_list("object_id", "object_str"))


def reviews_section(member: Member) -> Section:
    """Which texts a member sent to a hub, or decided about, each by its title as it was sent."""
    found = OfferReview.objects.filter(Q(sent_by=member) | Q(decided_by=member))
    rows = [
        (
            row.sent_at,
            title_of(row),
            _("You decided") if row.decided_by_id == member.pk else _("You sent it"),
            str(row.get_state_display()),
            row.words if row.decided_by_id == member.pk else "",
            row.decided_at,
        )
        for row in found.select_related("revision").order_by("sent_at", "pk")
    ]
    columns = [_("sent"), _("offer"), _("what"), _("state"), _("your words"), _("decided")]
    return Section("offer-reviews", _("Offers that you sent or decided about"), columns, rows)


def suggestions_section(member: Member) -> Section:
    """Which organisations a member suggested."""
    found = PartnerSuggestion.objects.filter(member=member)
    rows = list(found.values_list("made_at", "name", "place", "words", "settled_at", "answer"))
    columns = [_("when"), _("organisation"), _("place"), _("words"), _("settled"), _("answer")]
    return Section("partner-suggestions", _("Organisations that you suggested"), columns, rows)


def reports_section(member: Member) -> Section:
    """What a member reported of offers."""
    found = OfferReport.objects.filter(member=member).select_related("offer")
    rows = [
        (
            row.made_at,
            row.offer.title,
            str(row.get_kind_display()),
            row.words,
            row.settled_at,
            row.answer,
        )
        for row in found
    ]
    columns = [_("when"), _("offer"), _("what"), _("words"), _("settled"), _("answer")]
    return Section("offer-reports", _("What you reported of offers"), columns, rows)


def decisions_section(member: Member) -> Section:
    """About which organisations a member decided for a hub."""
    found = Partner.objects.filter(Q(proof_by=member) | Q(decided_by=member)).order_by("pk")
    rows: list[tuple[object, ...]] = []
    for row in found:
        if row.proof_by_id == member.pk:
            rows.append((row.proof_at, row.name, str(row.get_proof_display()), row.proof_words))
        if row.decided_by_id == member.pk:
            rows.append((row.decided_at, row.name, str(row.get_state_display()), row.reason))
    columns = [_("when"), _("organisation"), _("what"), _("words")]
    return Section("partner-decisions", _("Organisations that you decided about"), columns, rows)


def changes_section(member: Member) -> Section:
    """Which other names and numbers a member asked for, or decided about."""
    found = PartnerChange.objects.filter(Q(sent_by=member) | Q(decided_by=member))
    rows = [
        (
            row.sent_at,
            row.partner.name,
            row.name,
            _("You decided") if row.decided_by_id == member.pk else _("You sent it"),
            str(row.get_state_display()),
            row.reason if row.decided_by_id == member.pk else "",
        )
        for row in found.select_related("partner")
    ]
    columns = [_("sent"), _("organisation"), _("new name"), _("what"), _("state"), _("your words")]
    return Section(
        "partner-changes", _("New names that you asked for or decided about"), columns, rows
    )
