"""A series of chats, and the people of its team."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Names that an address of the site begins with; no series may take one.
TAKEN_SLUGS = frozenset(
    (
        *("about", "account", "desk", "embed", "feeds", "health", "i18n", "jsi18n", "live"),
        *("oembed", "p", "people", "ready", "search", "series", "site", "sitemap", "static"),
    )
)


class Series(models.Model):
    """The chats of one team under one hashtag (#uklibchat)."""

    slug = models.SlugField(_("address"), unique=True, max_length=50)
    name = models.CharField(_("name"), max_length=100)
    hashtag = models.CharField(
        _("hashtag"),
        max_length=100,
        help_text=_("Without the #."),
        validators=[RegexValidator(r"^\w+$", _("A hashtag holds letters and digits only."))],
    )
    about = models.TextField(_("about"), blank=True)
    language = models.CharField(_("language of the chats"), max_length=10, default="en")
    time_zone = models.CharField(_("time zone"), max_length=50, default="UTC")
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    is_public = models.BooleanField(_("everybody may read it"), default=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Series stand by name."""

        ordering: ClassVar[list[str]] = ["name"]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a member may do, the most first."""

    OWNER = "owner", _("Owner")
    HOST = "host", _("Host")
    HELPER = "helper", _("Helper")


class Membership(models.Model):
    """Says that somebody is in a series' team, for ever or until a moment (host for a day)."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="memberships")
    user = models.ForeignKey("chats.User", models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One role a person in a series."""

        constraints: ClassVar[list] = [
            models.UniqueConstraint(fields=["series", "user"], name="one_role_in_a_series"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"


class Invitation(models.Model):
    """A link by which one person joins a team; without a series, the site's owner.

    Only the digest of its secret is kept.
    """

    series = models.ForeignKey(Series, models.CASCADE, null=True, related_name="invitations")
    role = models.CharField(max_length=10, choices=Role.choices)
    until = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=100, blank=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey("chats.User", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The latest invitation stands first."""

        ordering: ClassVar[list[str]] = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.series}: {self.role}"
