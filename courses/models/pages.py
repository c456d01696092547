"""Published truth: the course page and its lessons, written in the CMS.

A page names its view by string, as an address does; the view reads the person's state.
"""

from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable
from wagtail.search import index

from content.models import BasePage, HubPage, Level, Topic
from courses.blocks import LessonBody
from members.statements import Statement

from .learning import Enrolment, LessonProgress
from .outline import Course

STEP = 4
HUB_PAGE = Statement(
    lambda path: (
        HubPage.objects.filter(path=path)
        .select_related("hub")
        .defer("intro", "picture", "body")
        .order_by()
    ),
    "sample",
)


class ViewedPage(BasePage):
    """A page that is shown by the view it names."""

    view = ""
    frames_itself = True

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return import_string(self.view)(request, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """A draft is shown by the same view as the page."""
        return self.serve(request)

    def leads(self) -> bool:
        """Whether this is the page that decides, and not a translation of it."""
        own = type(self).objects.filter(translation_key=self.translation_key, alias_of=None)
        return self.pk == own.order_by("pk").values_list("pk", flat=True).first()

    def keep_for(self, learners: int) -> str:
        """The sentence that keeps a page on which people have learned; empty without them."""
        if not learners or not self.leads():
            return ""
        words = ngettext(
            "%(count)s person has learned in “%(title)s”. Unpublish it instead: then nobody sees "
            "it, and nothing is lost.",
            "%(count)s people have learned in “%(title)s”. Unpublish it instead: then nobody sees "
            "it, and nothing is lost.",
            learners,
        )
        return words % {"count": learners, "title": self.title}


class BeforesPanel(InlinePanel):
    """The courses before a course: which ones are offered depends on who writes."""

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        options["formsets"][self.relation_name] |= {
            "form": import_string("courses.forms.writing.BeforeForm"),
            "inherit_kwargs": ["for_user"],
        }
        return options


class CoursePage(ViewedPage):
    """A course: what one can do afterwards, for whom, how long, and its lessons below it."""

    class Mode(models.TextChoices):
        ONLINE = "online", _("Online, in your own time")
        AT_HUB = "at-hub", _("At the hub")
        BOTH = "both", _("Online or at the hub")

    class Order(models.TextChoices):
        ORDERED = "ordered", _("Lessons in order")
        FREE = "free", _("Lessons in any order")

    class Access(models.TextChoices):
        EVERYBODY = "everybody", _("Everybody may read")
        MEMBERS = "members", _("Members only")

    view = "courses.views.course_page"
    template = "courses/course_page.html"
    parent_page_types = ["content.HubPage"]
    subpage_types = ["courses.LessonPage"]
    admin_default_ordering = "ord"
    page_description = _("A course with lessons, questions and a certificate.")

    summary = models.CharField(_("summary"), max_length=250, help_text=_("One or two sentences."))
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.PROTECT, related_name="+", null=True
    )
    level = models.ForeignKey(
        Level, verbose_name=_("level"), on_delete=models.PROTECT, related_name="+", null=True
    )
    mode = models.CharField(_("how"), max_length=8, choices=Mode, default=Mode.ONLINE)
    for_whom = models.CharField(_("for whom"), max_length=250, blank=True)
    needs = models.CharField(_("what you need"), max_length=250, blank=True)
    skills = models.TextField(
        _("what you can do afterwards"),
        blank=True,
        help_text=_("One line for each skill. They stand on the certificate."),
    )
    body = RichTextField(_("about the course"), blank=True, features=["h2", "bold", "ul", "link"])
    hours = models.DecimalField(
        _("learning hours"),
        max_digits=5,
        decimal_places=1,
        default=Decimal("1.0"),
        validators=[MinValueValidator(Decimal("0.1"))],
        help_text=_("They stand on the certificate."),
    )
    order = models.CharField(_("order"), max_length=8, choices=Order, default=Order.ORDERED)
    access = models.CharField(_("who may read"), max_length=10, choices=Access, default="everybody")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("topic"), FieldPanel("level")]),
        FieldRowPanel([FieldPanel("mode"), FieldPanel("hours")]),
        FieldPanel("for_whom"),
        FieldPanel("needs"),
        FieldPanel("skills"),
        FieldPanel("body"),
        InlinePanel("dates", label=_("date"), heading=_("Next dates")),
        MultiFieldPanel(
            [
                FieldPanel("order"),
                FieldPanel("access"),
                BeforesPanel("befores", label=_("course"), heading=_("Courses before this one")),
            ],
            heading=_("Order and access"),
            classname="collapsed",
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("for_whom"),
        index.SearchField("skills"),
        index.SearchField("body"),
        index.AutocompleteField("summary"),
        index.FilterField("mode"),
        index.FilterField("topic"),
        index.FilterField("level"),
    ]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def reason_to_keep(self) -> str:
        return self.keep_for(Enrolment.objects.filter(course=self.translation_key).count())

    @property
    def hub_page(self) -> HubPage:
        """The page of the hub that owns the course."""
        return HUB_PAGE.all(self.path[:-STEP])[0]

    @property
    def skill_list(self) -> list[str]:
        """The skills, one a line."""
        return [line.strip(" -*") for line in self.skills.splitlines() if line.strip(" -*")]


class CourseDate(Orderable):
    """A day, a time and a place at which the course is given."""

    page = ParentalKey(CoursePage, on_delete=models.CASCADE, related_name="dates")
    day = models.DateField(_("day"))
    time = models.CharField(_("time"), max_length=60, help_text=_("For example 18:00 to 19:30"))
    place = models.CharField(_("place"), max_length=200)

    panels = [FieldRowPanel([FieldPanel("day"), FieldPanel("time")]), FieldPanel("place")]

    class Meta(Orderable.Meta):
        ordering = ["day", "sort_order"]

    def __str__(self) -> str:
        return f"{self.day} {self.time}"


class CourseBefore(Orderable):
    """A course that comes before this one: suggested, or asked for."""

    page = ParentalKey(CoursePage, on_delete=models.CASCADE, related_name="befores")
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="+")
    is_required = models.BooleanField(
        _("must be finished first"),
        default=False,
        help_text=_("Leave this off to suggest the course only."),
    )

    panels = [FieldPanel("course"), FieldPanel("is_required")]

    def __str__(self) -> str:
        return str(self.course_id)


class LessonPage(ViewedPage):
    """A lesson: words, pictures, tasks and questions, and the rule for when it is done."""

    class DoneWhen(models.TextChoices):
        READ = "read", _("The learner read to the end")
        QUESTIONS = "questions", _("The learner answered the questions well enough")
        TASK = "task", _("The learner handed in the task")
        PERSON = "person", _("A person at the hub says so")

    view = "courses.views.lesson_page"
    template = "courses/lesson_page.html"
    parent_page_types = ["courses.CoursePage"]
    subpage_types: list[str] = []
    page_description = _("One lesson of 5 to 10 minutes.")

    summary = models.CharField(_("summary"), max_length=250, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=7, validators=[MinValueValidator(1), MaxValueValidator(240)]
    )
    is_required = models.BooleanField(
        _("needed for the certificate"),
        default=True,
    )
    done_when = models.CharField(
        _("done when"), max_length=10, choices=DoneWhen, default=DoneWhen.READ
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark in per cent"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Counts only when the lesson is done by its questions."),
    )
    body = StreamField(LessonBody(), verbose_name=_("lesson"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("minutes"), FieldPanel("is_required")]),
                FieldRowPanel([FieldPanel("done_when"), FieldPanel("pass_mark")]),
            ],
            heading=_("When is this lesson done?"),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def reason_to_keep(self) -> str:
        return self.keep_for(LessonProgress.objects.filter(lesson=self.translation_key).count())
