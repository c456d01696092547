"""The door for web servers: `granian --interface wsgi hub.wsgi:application`."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings.production")
os.environ.setdefault("WEFT_IS_WEB", "yes")


def build() -> Application:
    """The site with its door, which needs the settings of the site."""
    house = get_wsgi_application()
    from .door import Door

    return Door(house)


application = build()
