"""What is stored of partners: organisations, offers, reviews, interest, uploads."""

from .identity import PartnerChange
from .interest import Interest, OfferDay, OfferReport, SavedOffer
from .offers import Offer, OfferDate
from .organisations import Agreement, Colleague, Partner, PartnerInvitation, PartnerSuggestion
from .reviews import OfferReview
from .uploads import OfferUpload, UploadRow

__all__ = [
    "Agreement",
    "Colleague",
    "Interest",
    "Offer",
    "OfferDate",
    "OfferDay",
    "OfferReport",
    "OfferReview",
    "OfferUpload",
    "Partner",
    "PartnerChange",
    "PartnerInvitation",
    "PartnerSuggestion",
    "SavedOffer",
    "UploadRow",
]
