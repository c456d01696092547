"""Topics and levels: one list for the whole site."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Labelled(models.Model):
    """A thing with a name, and its name in other languages, one a line."""

    slug = models.SlugField(_("address word"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    names_in = models.TextField(
        _("name in other languages"),
        blank=True,
        help_text=_("One a line, for example: es: Alfabetización digital"),
    )
    rank = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta:
        abstract = True
        ordering = ["rank", "slug"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the active language, or as first written."""
        return self.name_in(get_language() or "")

    def name_in(self, language: str) -> str:
        """The name in a language, or as first written."""
        for line in self.names_in.splitlines():
            code, _colon, name = line.partition(":")
            if code.strip() == language and name.strip():
                return name.strip()
        return self.name


class Topic(Labelled):
    """What a course is about."""

    class Colour(models.TextChoices):
        LOOM = "loom", _("Green")
        CLAY = "clay", _("Brick")
        PLUM = "plum", _("Plum")
        SKY = "sky", _("Blue")

    colour = models.CharField(_("colour"), max_length=8, choices=Colour, default=Colour.LOOM)

    class Meta(Labelled.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class Level(Labelled):
    """How much one should know before."""

    words = models.CharField(
        _("in a few words"),
        max_length=160,
        help_text=_("For example: You have never done this before."),
    )

    class Meta(Labelled.Meta):
        verbose_name = _("level")
        verbose_name_plural = _("levels")
