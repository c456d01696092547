"""Effects that the outbox runs. Each may be killed at any moment and run again."""

from members import outbox

from . import actions
from .models import OfferUpload


def connect() -> None:
    """Name the effects: reading this module has registered them."""


@outbox.effect("partners.check_upload", is_outside=True)
def check_upload(payload: dict[str, int]) -> None:
    """Look at the rows of a table."""
    upload = OfferUpload.objects.filter(pk=payload["upload"]).first()
    if upload is not None:
        actions.check_upload(upload=upload)


@outbox.effect("partners.write_upload", is_outside=True)
def write_upload(payload: dict[str, int]) -> None:
    """Write the rows of a table as offers."""
    upload = OfferUpload.objects.filter(pk=payload["upload"]).first()
    if upload is not None:
        actions.write_upload(upload=upload)
