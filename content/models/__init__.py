from .images import WeftDocument, WeftImage, WeftRendition
from .pages import (
    BasePage,
    HomePage,
    HubIndexPage,
    HubPage,
    HubPerson,
    StandardPage,
    VisiblePageQuerySet,
)
from .topics import Level, Topic

__all__ = [
    "BasePage",
    "HomePage",
    "HubIndexPage",
    "HubPage",
    "HubPerson",
    "Level",
    "StandardPage",
    "Topic",
    "VisiblePageQuerySet",
    "WeftDocument",
    "WeftImage",
    "WeftRendition",
]
