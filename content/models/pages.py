"""The pages every hub shares: home, the list of hubs, a hub, a plain page."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Orderable, Page, PageManager, PageViewRestriction, TranslatableMixin
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField

from members.models import Hub

from ..blocks import HubBody, PageBody
from .images import WeftImage

FOCUS_AFTER = 100  # milliseconds


class VisiblePageQuerySet(PageQuerySet):
    """Pages, with the rule that a page is only as live as what stands above it."""

    def visible(self) -> "VisiblePageQuerySet":
        """Live pages whose ancestors are live too."""
        off = Page.objects.filter(live=False).order_by()
        above = off.annotate(
            below=ExpressionWrapper(OuterRef("path"), output_field=models.CharField())
        ).filter(below__startswith=F("path"))
        return self.live().filter(~Exists(above))

    def open_to_all(self) -> "VisiblePageQuerySet":
        """Visible pages that ask nobody to sign in."""
        return self.visible().public()


class TitlePanel(TitleFieldPanel):
    """The title of a page. Who begins a page writes it at once."""

    class BoundPanel(TitleFieldPanel.BoundPanel):
        def get_attrs(self) -> dict[str, Any]:
            """With Wagtail's own controllers, for the field is hidden while the page loads."""
            attrs = super().get_attrs()
            if self.instance.pk or self.form.is_bound:
                return attrs
            return attrs | {
                "data-controller": f"{attrs['data-controller']} w-init w-focus",
                "data-action": f"{attrs['data-action']} w-init:ready->w-focus#focus",
                "data-w-init-delay-value": FOCUS_AFTER,
                "data-w-focus-target-value": f"#{self.bound_field.id_for_label}",
            }


class BasePage(Page):
    """What every page of Weft has. It answers GET only and knows nothing of the apps above."""

    objects = PageManager.from_queryset(VisiblePageQuerySet)()
    allowed_http_methods = ["GET", "HEAD", "OPTIONS"]
    restrictions: list[PageViewRestriction] | None = None
    frames_itself = False  # whether the page's own view says which hub and languages it shows

    content_panels: list[Any] = [TitlePanel("title")]
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description")]
    settings_panels = [PublishingPanel()]

    class Meta:
        abstract = True

    @classproperty
    def edit_handler(cls) -> TabbedInterface:
        """The tabs of the page in the CMS, by plain names."""
        tabs = [
            ObjectList(cls.content_panels, heading=_("What it says")),
            ObjectList(cls.promote_panels, heading=_("Address")),
            ObjectList(cls.settings_panels, heading=_("Settings")),
        ]
        return TabbedInterface(tabs, base_form_class=cls.base_form_class)

    def get_view_restrictions(self) -> Iterable[PageViewRestriction]:
        """The page's restrictions; those that the cached route already fetched, if it did."""
        if self.restrictions is not None:
            return self.restrictions
        return super().get_view_restrictions()

    def is_shareable(self, request: HttpRequest) -> bool:
        """Whether a visitor's whole page may be kept and given to the next visitor."""
        return not self.get_view_restrictions()

    def may_be_read(self, request: HttpRequest) -> bool:
        """Whether this reader may open the page. A page with a rule of its own adds it here."""
        return all(each.accept_request(request) for each in self.get_view_restrictions())

    def reason_to_keep(self) -> str:
        """Why the page may not be deleted, in a sentence; empty when it may."""
        return ""

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """As Wagtail routes, but nothing is found below a page that is not live."""
        if not self.live:
            raise Http404
        return super().route(request, path_components)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, object]]:
        """The page's address, unless something above it is not live."""
        if self.get_ancestors().filter(live=False).exists():
            return []
        return super().get_sitemap_urls(request)


class KeptPage(BasePage):
    """A page on which others stand: it is never deleted in the CMS."""

    class Meta:
        abstract = True

    def reason_to_keep(self) -> str:
        return _("“%(title)s” cannot be deleted. Unpublish it if people should not see it.") % {
            "title": self.title
        }


class HomePage(KeptPage):
    """The first page of the site."""

    lead = models.TextField(_("lead"), blank=True, help_text=_("One or two plain sentences."))
    body = StreamField(PageBody(), verbose_name=_("body"), blank=True)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["content.HubIndexPage", "content.StandardPage"]
    template = "content/home_page.html"
    content_panels = [*BasePage.content_panels, "lead", "body"]
    search_fields = [*BasePage.search_fields, index.SearchField("lead"), index.SearchField("body")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class HubIndexPage(KeptPage):
    """All hubs of this site."""

    intro = models.TextField(_("introduction"), blank=True)

    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.HubPage"]
    max_count_per_parent = 1
    content_panels = [*BasePage.content_panels, "intro"]

    class Meta:
        verbose_name = _("list of hubs")
        verbose_name_plural = _("lists of hubs")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, Any]:
        """With the hubs that may be seen, by name."""
        return {**super().get_context(request, *args, **kwargs), "hub_pages": self.hub_pages()}

    def hub_pages(self) -> list["HubPage"]:
        """Each hub once: its page in this list's language, or else the page it began with."""
        found: dict[uuid.UUID, HubPage] = {}
        pages = HubPage.objects.open_to_all().filter(alias_of__isnull=True).order_by("pk")
        for page in pages.select_related("hub", "locale"):
            if page.translation_key not in found or page.locale_id == self.locale_id:
                found[page.translation_key] = page
        return sorted(found.values(), key=lambda page: page.title)


class HubPage(KeptPage):
    """A hub: where it is, who is there, what one can learn. Every type of page that names
    it as its parent may stand below it."""

    hub = models.ForeignKey(
        Hub, verbose_name=_("hub"), on_delete=models.SET_NULL, null=True, related_name="pages"
    )
    intro = models.TextField(_("introduction"), blank=True, help_text=_("Two or three sentences."))
    picture = StreamField(
        [("picture", ImageBlock(label=_("Picture")))],
        verbose_name=_("picture"),
        blank=True,
        max_num=1,
    )
    body = StreamField(HubBody(), verbose_name=_("body"), blank=True)

    parent_page_types = ["content.HubIndexPage"]
    content_panels = [
        *BasePage.content_panels,
        "intro",
        "picture",
        "body",
        InlinePanel("people", label=_("person"), heading=_("People")),
    ]
    settings_panels = [FieldPanel("hub", permission="superuser"), *BasePage.settings_panels]
    search_fields = [*BasePage.search_fields, index.SearchField("intro"), index.SearchField("body")]
    override_translatable_fields = [SynchronizedField("hub", overridable=False)]

    class Meta:
        verbose_name = _("hub page")
        verbose_name_plural = _("hub pages")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, Any]:
        """With the people whom one meets there, and the plain pages below."""
        return {
            **super().get_context(request, *args, **kwargs),
            "meeting_on": self.next_meeting_on(),
            "people": self.people.select_related("picture"),
            "pages": StandardPage.objects.child_of(self).open_to_all(),
        }

    def next_meeting_on(self, now: datetime | None = None) -> date | None:
        """The day of the next members' meeting; nothing once it is over."""
        if self.hub is None or self.hub.meeting_on is None:
            return None
        today = timezone.localdate(now, timezone=ZoneInfo(self.hub.time_zone))
        return self.hub.meeting_on if self.hub.meeting_on >= today else None


class HubPerson(TranslatableMixin, Orderable):
    """A person whom one meets at the hub, by name and by what they do."""

    page = ParentalKey(HubPage, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(_("name"), max_length=80)
    words = models.CharField(
        _("what they do"), max_length=120, help_text=_("For example: teaches on Tuesdays")
    )
    picture = models.ForeignKey(
        WeftImage,
        verbose_name=_("picture"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("words")]), FieldPanel("picture")]
    override_translatable_fields = [SynchronizedField("name")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name


class StandardPage(BasePage):
    """A plain page, of the site or of a hub."""

    body = StreamField(PageBody(), verbose_name=_("body"), blank=True)

    parent_page_types = ["content.HomePage", "content.HubPage"]
    subpage_types: list[str] = []
    content_panels = [*BasePage.content_panels, "body"]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
