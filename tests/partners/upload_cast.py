"""A table of offers for tests, and how far it has come."""

import csv
import io
from types import SimpleNamespace
from typing import Any

from partners import actions
from partners.models import OfferUpload
from tests.partners.offers_cast import NOW, key

ROW = {
    "title": "Welding",
    "learns": "To weld.",
    "for_whom": "All",
    "kind": "course",
    "mode": "online",
    "from_on": "2026-06-01",
    "cost": "free",
    "apply_by": "form",
    "contact": "Jo",
}


def table(*rows: dict[str, str]) -> bytes:
    out = io.StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def row(reference: str, **cells: str) -> dict[str, str]:
    return {"reference": reference, **ROW, **cells}


def start(site: SimpleNamespace, *rows: dict[str, str], **values: Any) -> OfferUpload:
    facts = {
        "member": site.ed,
        "partner": site.partner,
        "key": key(50),
        "name": "offers.csv",
        "now": NOW,
        **values,
    }
    return actions.start_upload(data=table(*rows), **facts)


def checked(site: SimpleNamespace, *rows: dict[str, str], **values: Any) -> OfferUpload:
    return actions.check_upload(upload=start(site, *rows, **values), now=NOW)


def done(site: SimpleNamespace, *rows: dict[str, str], **values: Any) -> OfferUpload:
    upload = checked(site, *rows, **values)
    actions.apply_upload(member=site.ed, upload=upload, now=NOW)
    return actions.write_upload(upload=upload, now=NOW)


def errors(upload: OfferUpload) -> list[dict[str, str]]:
    return list(upload.rows.values_list("errors", flat=True))


def facts(upload: OfferUpload) -> tuple[str, int, int, int]:
    return (upload.state, upload.total, upload.done, upload.wrong)
