"""A certificate keeps its own copy of what it says, and outlives the enrolment and the course."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models import Hub, Member

from .outline import Course


class Certificate(models.Model):
    """That a person finished a course, as it stood on that day."""

    code = models.CharField(max_length=24, unique=True)
    member = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="certificates"
    )
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="certificates")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="certificates")
    name = models.CharField(max_length=120, blank=True)
    course_title = models.CharField(max_length=255)
    hub_name = models.CharField(max_length=255)
    hub_place = models.CharField(max_length=255, blank=True)
    release_number = models.PositiveIntegerField()
    hours = models.DecimalField(max_digits=5, decimal_places=1)
    skills = models.JSONField(default=list)
    language = models.CharField(max_length=12)
    finished_at = models.DateTimeField()
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ["-finished_at", "-id"]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "course"],
                condition=models.Q(member__isnull=False),
                name="certificate_once",
            )
        ]

    def __str__(self) -> str:
        return self.code


class CertificateReissue(models.Model):
    """The name on a certificate was corrected."""

    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="reissues")
    old_name = models.CharField(max_length=120)
    new_name = models.CharField(max_length=120)
    made_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return str(self.certificate_id)


class CertificateWithdrawal(models.Model):
    """A certificate no longer counts; the reason is public on its check page."""

    certificate = models.OneToOneField(
        Certificate, on_delete=models.PROTECT, related_name="withdrawal"
    )
    reason = models.CharField(max_length=500)
    made_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.reason
