"""The roof's own pages: health, errors, display, my learning, the desk, search."""

from .desk import desk, desk_hub
from .display import display
from .health import healthz, readyz
from .me import me
from .media import media
from .search import search

__all__ = ["desk", "desk_hub", "display", "healthz", "me", "media", "readyz", "search"]
