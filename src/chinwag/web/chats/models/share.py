"""Where a story is shared: accounts on blogs, the post that a chat has there, letters to lists."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from chinwag.web.chats.models.sealed import SealedField
from chinwag.web.chats.models.work import Work


class Account(Work):
    """An account of a series on a blog. Its work is to be tested: "done" tells that it is well.

    `kind` is one of the library's blogs. `secret` is an application password, sealed. `rights` is
    what the blog let the account do when it was tested last.
    """

    series = models.ForeignKey("chats.Series", models.CASCADE, related_name="accounts")
    kind = models.CharField(max_length=20, default="wordpress")
    address = models.URLField(_("address of the blog"), max_length=300)
    user = models.CharField(_("name of the account"), max_length=100)
    secret = SealedField()
    rights = models.JSONField(default=dict)

    class Meta:
        """By address."""

        ordering: ClassVar[list[str]] = ["address", "id"]
        constraints: ClassVar[list] = [
            models.UniqueConstraint(fields=["series", "address"], name="one_account_a_blog"),
        ]

    def __str__(self) -> str:
        return self.address


class Publication(Work):
    """The one post that a chat has on a blog: its work is to make or edit it.

    `wishes` are the library's (categories, tags, whether it is public at once). `edition` is the
    number of the edition that is there, `removals` how many removals it knows of. `url` and
    `edit_url` are its addresses, `standing` its state in the blog's own words.
    """

    chat = models.ForeignKey("chats.Chat", models.CASCADE, related_name="publications")
    account = models.ForeignKey(Account, models.CASCADE, related_name="publications")
    wishes = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(null=True)
    removals = models.PositiveIntegerField(default=0)
    url = models.CharField(max_length=500, blank=True)
    edit_url = models.CharField(max_length=500, blank=True)
    standing = models.CharField(max_length=20, blank=True)

    class Meta:
        """One post a chat on a blog."""

        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list] = [
            models.UniqueConstraint(fields=["chat", "account"], name="one_post_a_blog"),
        ]

    def __str__(self) -> str:
        return f"{self.chat} on {self.account}"


class Comments(Work):
    """How many comments a post on a blog has: its work is to read that again.

    `number` is None until it was read, and `read_at` when it was; a try that fails leaves both.
    """

    publication = models.OneToOneField(Publication, models.CASCADE, related_name="comments")
    number = models.PositiveIntegerField(null=True)
    read_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.publication}: {self.number}"


class Letter(Work):
    """A message to a mailing list, sent once.

    It is "running" from before it is handed over until that is noted. If the process ends in
    between, it may or may not have been sent, and is never sent again unasked.
    """

    chat = models.ForeignKey("chats.Chat", models.CASCADE, related_name="letters")
    to = models.EmailField(_("address of the list"))
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("message"))

    class Meta:
        """The latest first."""

        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"
