"""Files: handed out with the pages that show them, and to the hub that keeps them."""

from django.http import Http404, HttpRequest
from wagtail.documents import get_document_model
from wagtail.permissions import policy_registry

from ..models import WeftDocument
from ..queries import pages_showing


def refuse_file(document: WeftDocument, request: HttpRequest) -> None:
    """A file that no page shows to this reader is missing, as if it were not there."""
    if not may_read_file(document, request):
        raise Http404


def may_read_file(document: WeftDocument, request: HttpRequest) -> bool:
    """Whether a reader may open a page that shows the file, or works with the file."""
    if any(page.may_be_read(request) for page in pages_showing(document)):
        return True
    policy = policy_registry.get_by_type(get_document_model())
    return policy.user_has_any_permission_for_instance(
        request.user, ["add", "change", "choose"], document
    )
