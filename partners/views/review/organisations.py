"""An organisation that wants to come in: who they are, how the hub knows, yes or no."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.models import Hub
from members.views.answers import MemberRequest, forms_only, see_other
from partners import actions, rules
from partners.forms.hub import HandOverForm, NoForm, PauseForm
from partners.forms.review import ProofForm, ReasonForm
from partners.models import Partner
from partners.queries.hub import desk_partner_page

from .access import DeskForm, done, for_reviewers, status_of


def partner_on_desk(hub: Hub, slug: str) -> Partner:
    """The organisation of the address, if this hub looks after it; else 404."""
    rows = Partner.objects.select_related("hub", "proof_by", "decided_by")
    return get_object_or_404(rows, hub=hub, slug=slug)


def partner_address(request: MemberRequest, hub: Hub, partner: str) -> str:
    """The page of an organisation; it says itself who may see it."""
    return reverse("partners:desk_partner", args=[hub.slug, partner])


@require_safe
@for_reviewers
def desk_partner(request: MemberRequest, hub: Hub, partner: str) -> HttpResponse:
    """An organisation, with what it said of itself and the hub's proof."""
    return show_partner(request, hub, partner_on_desk(hub, partner))


def show_partner(
    request: MemberRequest, hub: Hub, partner: Partner, **refused: DeskForm
) -> HttpResponse:
    """The page with its forms; what was refused keeps what was typed."""
    may_decide = rules.may_decide_partner(request.user, partner)
    context = {
        "hub": hub,
        "partner": partner,
        "page": desk_partner_page(partner, timezone.localdate()),
        "proof": ProofForm(initial=first_proof(partner)),
        "approve": DeskForm(),
        "decline": ReasonForm(),
        "hand_over": HandOverForm(),
        "pause": PauseForm(),
        "no": NoForm(auto_id="id_no_%s"),
        **refused,
        "refused": list(refused.values()),
        "is_waiting": partner.state == Partner.State.WAITING,
        "is_late": partner.promised_on < timezone.localdate(),
        "may_decide": may_decide,
        "may_keep": partner.is_kept_by_hub,
        "may_call": may_decide and rules.is_stuck(partner),
    }
    status = status_of(*refused.values())
    return render(request, "partners/review/organisation.html", context, status=status)


def first_proof(partner: Partner) -> dict[str, str]:
    """What the form of the proof shows at first: the proof that there is, or the nearest one."""
    is_mail_there = partner.email_confirmed_at is not None and not partner.proof
    proof = Partner.Proof.DOMAIN if is_mail_there else partner.proof
    return {"proof": proof, "words": partner.proof_words}


def to_page(request: MemberRequest, hub: Hub, partner: Partner, words: str) -> HttpResponse:
    """Say what happened, on the page of the organisation."""
    messages.success(request, words)
    return see_other(partner_address(request, hub, partner.slug))


@for_reviewers
@forms_only(partner_address)
def desk_partner_prove(request: MemberRequest, hub: Hub, partner: str) -> HttpResponse:
    """Note how the hub knows that they are what they say."""
    row, form = partner_on_desk(hub, partner), ProofForm(request.POST)

    def prove() -> None:
        actions.prove_partner(member=request.user, partner=row, **form.cleaned_data)

    if not done(form, prove):
        return show_partner(request, hub, row, proof=form)
    return to_page(request, hub, row, _("The proof is noted. Now you can let them in."))


@for_reviewers
@forms_only(partner_address)
def desk_partner_approve(request: MemberRequest, hub: Hub, partner: str) -> HttpResponse:
    """Let the organisation in."""
    row, form = partner_on_desk(hub, partner), DeskForm(request.POST)

    def approve() -> None:
        actions.approve_partner(member=request.user, partner=row)

    if not done(form, approve):
        return show_partner(request, hub, row, approve=form)
    return to_page(request, hub, row, _("They are in. They were told."))


@for_reviewers
@forms_only(partner_address)
def desk_partner_decline(request: MemberRequest, hub: Hub, partner: str) -> HttpResponse:
    """Say no, with a reason."""
    row, form = partner_on_desk(hub, partner), ReasonForm(request.POST)

    def decline() -> None:
        actions.decline_partner(
            member=request.user, partner=row, reason=form.cleaned_data["reason"]
        )

    if not done(form, decline):
        return show_partner(request, hub, row, decline=form)
    return to_page(request, hub, row, _("Declined. They read your reason."))
