"""Effects that the outbox runs. Each may run twice."""

from members import outbox

from . import actions, version
from .models import WeftImage


def connect() -> None:
    """Name the effects: reading this module has registered them."""


@outbox.effect("content.make_renditions")
def make_renditions(payload: dict[str, object]) -> None:
    """Make the smaller copies of a picture before the first visitor needs them."""
    image = WeftImage.objects.filter(pk=payload["image"]).first()
    if image is not None:
        actions.make_renditions(image=image)


@outbox.effect("content.bump_version")
def bump_version(payload: dict[str, object]) -> None:
    """Change the content version: the cache could not be reached when it was due."""
    version.bump()
