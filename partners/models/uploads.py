"""Offers from a table: the rows as they came, what was found in each, and how far it is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models import Member

from .offers import Offer
from .organisations import Partner


class OfferUpload(models.Model):
    """One CSV of a partner. Nothing of it is written before every row is clean and the partner
    has said so."""

    class State(models.TextChoices):
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Checked")
        WRITING = "writing", _("Being written")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="uploads")
    made_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    key = models.UUIDField(unique=True)
    name = models.CharField(max_length=120)
    is_full = models.BooleanField(default=False)
    header = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.CHECKING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class UploadRow(models.Model):
    """One row of the table. `errors` is {column: words}; `offer` is the one that it is about, or
    has become; `reference` is the cell that names it, as far as an offer can hold it."""

    class Step(models.TextChoices):
        NEW = "new", _("Not looked at yet")
        CLEAN = "clean", _("Clean")
        WRONG = "wrong", _("Something is wrong")
        SAME = "same", _("As it is already")
        WRITTEN = "written", _("Written")

    upload = models.ForeignKey(OfferUpload, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=60, blank=True)
    cells = models.JSONField(default=dict)
    errors = models.JSONField(default=dict)
    step = models.CharField(max_length=8, choices=Step, default=Step.NEW)
    offer = models.ForeignKey(
        Offer, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["upload", "number"], name="upload_row_once")]
        indexes = [
            models.Index(fields=["upload", "step", "number"], name="upload_row_by_step"),
            models.Index(fields=["upload", "reference"], name="upload_row_by_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.upload_id} {self.number}"
