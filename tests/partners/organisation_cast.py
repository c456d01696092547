"""An organisation that applies, for tests."""

from types import SimpleNamespace
from typing import Any

from partners import actions
from partners.models import Partner
from tests.partners.offers_cast import NOW, key

NOT_RUN = "Only people who run this organisation can do this."
FACTS: dict[str, Any] = {
    "name": " North College ",
    "kind": "college",
    "place": "North",
    "website": "https://www.north.example/about",
    "email": "post@north.example",
    "scheme": "charity",
    "number": "123",
}


def apply(site: SimpleNamespace, one: int = 1, **values: Any) -> Partner:
    facts = {"member": site.outsider, "hub": site.hub, "now": NOW, **FACTS, **values}
    return actions.apply_partner(key=key(one), **facts)
