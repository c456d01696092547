"""Addresses of partners and offers; each name is that of its view, its template and its test."""

from .urls_desk import desk_patterns
from .urls_offers import offer_patterns
from .urls_partner import partner_patterns
from .urls_review import review_patterns

app_name = "partners"
urlpatterns = [
    *partner_patterns,
    *review_patterns,
    *desk_patterns,
    *offer_patterns,
]
