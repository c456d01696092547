"""What the walks share: both hubs, full of private words."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from .planted import Planted, plant


@pytest.fixture
def planted(db: None, settings: Any) -> Iterator[Planted]:
    """Both hubs, full of private words. Nobody is slowed down on the walk."""
    settings.ACCOUNT_RATE_LIMITS = False
    logging.disable(logging.WARNING)
    yield plant()
    logging.disable(logging.NOTSET)
