"""Effects that the outbox runs. Each may be killed at any moment and run again."""

from django.utils.translation import override

from members import outbox

from . import actions
from .models import OfferUpload, Partner


def connect() -> None:
    """Name the effects: reading this module has registered them."""


@outbox.effect("partners.check_upload", is_outside=True)
def check_upload(payload: dict[str, int]) -> None:
    """Look at the rows of a table."""
    upload = upload_of(payload)
    if upload is not None:
        with language_of(upload):
            actions.check_upload(upload=upload)


@outbox.effect("partners.write_upload", is_outside=True)
def write_upload(payload: dict[str, int]) -> None:
    """Write the rows of a table as offers."""
    upload = upload_of(payload)
    if upload is not None:
        with language_of(upload):
            actions.write_upload(upload=upload)


@outbox.effect("partners.index_offers", is_outside=True)
def index_offers(payload: dict[str, int]) -> None:
    """Let a search find offers by the new name of their partner."""
    partner = Partner.objects.filter(pk=payload["partner"]).first()
    if partner is not None:
        actions.index_offers(partner=partner)


def upload_of(payload: dict[str, int]) -> OfferUpload | None:
    """The table that an effect is about, if it is still there."""
    rows = OfferUpload.objects.select_related("made_by")
    return rows.filter(pk=payload["upload"]).first()


def language_of(upload: OfferUpload) -> override:
    """What is wrong in a row is said in the language of who sent it."""
    return upload.made_by.in_own_language() if upload.made_by else override(None)
