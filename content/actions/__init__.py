from .hubs import create_hub
from .permissions import derive_permissions, derive_permissions_of_page
from .pictures import add_picture, make_renditions
from .reviews import tell_author, tell_reviewers

__all__ = [
    "add_picture",
    "create_hub",
    "derive_permissions",
    "derive_permissions_of_page",
    "make_renditions",
    "tell_author",
    "tell_reviewers",
]
