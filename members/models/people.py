"""A member: a person with an account. No more is kept than is needed."""

import unicodedata
from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.core.validators import MinLengthValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from ..statements import Statement

if TYPE_CHECKING:
    from .hubs import Hub


USERNAME_LENGTH = 30
username_pattern = RegexValidator(
    r"\A\w[\w.-]*\Z",
    _("Use letters and numbers. A dot, a dash or an underscore may stand between them."),
)
username_long_enough = MinLengthValidator(3, _("Use 3 letters or more."))
username_validators: list[Callable[[Any], None]] = [username_pattern, username_long_enough]
phone_pattern = RegexValidator(
    r"\A\+?[0-9][0-9 ()/.-]{4,28}\Z",
    _("Write the phone number with digits, like +44 20 7946 0123."),
)


HELD: Statement[Any] = Statement(
    lambda member, hub: (
        apps.get_model("members", "HubRole")
        ._default_manager.filter(member=member, hub=hub)
        .order_by()
    ),
    1,
    2,
)


def holds(field: str, words: str) -> Q:
    """That a name holds the words, whatever the case of its letters. SQLite knows only that of
    plain letters: words with others are looked for in each way of writing them."""
    ways = [words] if words.isascii() else [words.lower(), words.title(), words.upper()]
    return reduce(or_, (Q((f"{field}__icontains", way)) for way in ways))


class MemberQuerySet(models.QuerySet["Member"]):
    def search(self, words: str) -> "MemberQuerySet":
        """People whose name or user name holds the words."""
        return self.filter(holds("name", words) | holds("username", words))

    def visible_to(self, member: "Member") -> "MemberQuerySet":
        """Oneself, and the members of the hubs where one is a coordinator."""
        if member.is_superuser:
            return self.all()
        hubs = member.roles.filter(role="coordinator").values("hub")
        theirs = Member.objects.filter(memberships__hub__in=hubs)
        return self.filter(Q(pk=member.pk) | Q(pk__in=theirs.values("pk")))


class MemberManager(UserManager["Member"]):
    """Finds people by user name whatever the case of its letters."""

    def get_queryset(self) -> MemberQuerySet:
        return MemberQuerySet(self.model, using=self._db)

    def search(self, words: str) -> MemberQuerySet:
        """People whose name or user name holds the words."""
        return self.get_queryset().search(words)

    def visible_to(self, member: "Member") -> MemberQuerySet:
        """Oneself, and the members of the hubs where one is a coordinator."""
        return self.get_queryset().visible_to(member)

    def get_by_natural_key(self, username: str | None) -> "Member":
        return self.get(username=Member.normalize_username(username or ""))


class Member(AbstractUser):
    """A person with an account: learner, mentor, editor are what a member does."""

    first_name: Any = None
    last_name: Any = None
    username = models.CharField(
        _("user name"),
        max_length=USERNAME_LENGTH,
        unique=True,
        validators=username_validators,
        help_text=_("3 to 30 letters or numbers. You sign in with it."),
        error_messages={"unique": _("This user name is taken. Add a number or a word to it.")},
    )
    name = models.CharField(
        _("the name to be called by"),
        max_length=120,
        help_text=_("It stands on your certificates; you can change it."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True, validators=[phone_pattern])
    is_ring_me = models.BooleanField(_("please ring me"), default=False)
    is_mail_wanted = models.BooleanField(_("send me my notices by e-mail"), default=True)
    language = models.CharField(
        _("language"), max_length=12, blank=True, choices=settings.LANGUAGES
    )
    unread_count = models.PositiveIntegerField(default=0, editable=False)
    resume_key = models.UUIDField(null=True, blank=True, editable=False)
    resume_title = models.CharField(max_length=255, blank=True, editable=False)
    is_on_desk = models.BooleanField(default=False, editable=False)

    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[MemberManager] = MemberManager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("member")
        verbose_name_plural = _("members")
        # The few whose account is closed are told from all others by this.
        indexes = [models.Index(fields=["id"], name="member_closed", condition=Q(is_active=False))]
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="username_once",
                violation_error_message=_("This user name is taken. Add a number or a word to it."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="email_once_where_set",
                violation_error_message=_("Another account uses this e-mail address."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """User names are kept in small letters, in one way of writing each."""
        return unicodedata.normalize("NFKC", username).strip().lower()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def in_own_language(self) -> override:
        """While it lasts, sentences and addresses come in the member's language, whoever acts."""
        return override(self.language or settings.LANGUAGE_CODE)

    def has_role(self, hub: "Hub", *roles: str) -> bool:
        """Whether the member has one of the roles in a hub (any role when none is named).

        The network admin has all.
        """
        if self.is_superuser:
            return True
        held = [row.role for row in HELD.all(self.pk, hub.pk)]
        return bool(set(held) & set(roles) if roles else held)
