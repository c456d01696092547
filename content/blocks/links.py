"""Links to pages of this site and to addresses elsewhere."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructValue

from .checked import WORDS, CheckedBlock


class LinkValue(StructValue):
    """A link to a page of this site, or to an address elsewhere."""

    @property
    def href(self) -> str:
        """Where the link leads; empty when its page is not public."""
        page = self.get("page")
        if page is None:
            return self.get("url") or ""
        shown = page.localized
        return shown.url or "" if shown.live else ""


class LinkBlock(CheckedBlock):
    """One link."""

    text = blocks.CharBlock(label=_("Words"), max_length=120)
    page = blocks.PageChooserBlock(label=_("Page of this site"), required=False)
    url = blocks.URLBlock(label=_("Or an address elsewhere"), required=False)

    def problems(self, value: StructValue) -> dict[str, Any]:
        """A page or an address, not both, not neither."""
        if value["page"] and value["url"]:
            return {"url": _("Choose a page or write an address, not both.")}
        if not value["page"] and not value["url"] and not self.is_deferred_validation:
            return {"page": _("Choose a page or write an address.")}
        return {}

    class Meta:
        label = _("Link")
        icon = "link"
        label_format = "{text}"
        value_class = LinkValue


class LinkList(blocks.StreamBlock):
    """Links, one after the other."""

    link = LinkBlock()

    class Meta:
        label = _("Links")


class LinksBlock(blocks.StructBlock):
    """A list of links."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    links = LinkList(label=_("Links"))

    class Meta:
        label = _("Links")
        icon = "link"
        group = WORDS
        template = "blocks/links.html"
        label_format = "{title}"
        description = _("A list of links, for example where to read on.")
        preview_value = {
            "title": "Read on",
            "links": [
                (
                    "link",
                    {"text": "How the web began", "page": None, "url": "https://info.cern.ch/"},
                )
            ],
        }
