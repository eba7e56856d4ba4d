"""Who may see what: the only way from a request to an object.

Each function returns what its caller may have. It raises Http404 where the caller may not even know
that the object is there, and PermissionDenied where they may know of it but not do this.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from chinwag.web.chats.models import (
    Account,
    Advice,
    Block,
    Capture,
    Change,
    Chat,
    ChatFile,
    Draft,
    EditionLine,
    Entry,
    EntryKind,
    Import,
    Invitation,
    Letter,
    LogEntry,
    Membership,
    OldAddress,
    Publication,
    Role,
    Series,
    Suggestion,
    Tag,
    User,
)

Visitor = User | AnonymousUser

HELPERS = (Role.HELPER, Role.HOST, Role.OWNER)
HOSTS = (Role.HOST, Role.OWNER)
OWNERS = (Role.OWNER,)


# --- series


def list_series(visitor: Visitor) -> QuerySet[Series]:
    """Return the series that are public or of the visitor's own team."""
    if is_site_owner(visitor):
        return Series.objects.all()
    own = Q(pk__in=_list_memberships(visitor).values("series"))
    return Series.objects.filter(Q(is_public=True) | own)


def find_series(visitor: Visitor, slug: str) -> Series:
    """Return a series that the visitor may read, else raise Http404."""
    return _get_or_404(list_series(visitor), slug=slug)


def list_own_series(visitor: Visitor) -> QuerySet[Series]:
    """Return the series of whose team the visitor is."""
    if is_site_owner(visitor):
        return Series.objects.all()
    return Series.objects.filter(pk__in=_list_memberships(visitor).values("series"))


def list_hosted_series(visitor: Visitor) -> QuerySet[Series]:
    """Return the series that the visitor may host."""
    if is_site_owner(visitor):
        return Series.objects.all()
    hosted = _list_memberships(visitor).filter(role__in=HOSTS)
    return Series.objects.filter(pk__in=hosted.values("series"))


def find_series_to_help(visitor: Visitor, slug: str) -> Series:
    """Return a series for its helpers, hosts and owners."""
    return _find_series_as(visitor, slug, HELPERS)


def find_series_to_host(visitor: Visitor, slug: str) -> Series:
    """Return a series for its hosts and owners."""
    return _find_series_as(visitor, slug, HOSTS)


def find_series_to_own(visitor: Visitor, slug: str) -> Series:
    """Return a series for its owners."""
    return _find_series_as(visitor, slug, OWNERS)


def find_role(visitor: Visitor, series: Series) -> str:
    """Return the visitor's role in a series, "" for none. The site's owner owns every series."""
    if is_site_owner(visitor):
        return Role.OWNER
    membership = _list_memberships(visitor).filter(series=series).first()
    return membership.role if membership else ""


def list_members(visitor: Visitor, series: Series) -> QuerySet[Membership]:
    """Return the team of a series, for its owners."""
    _require_role(visitor, series, OWNERS)
    return series.memberships.select_related("user").order_by("user__email")


def find_member(visitor: Visitor, series: Series, user_id: int) -> Membership:
    """Return one member of a series, for its owners."""
    return _get_or_404(list_members(visitor, series), user_id=user_id)


def list_invitations(visitor: Visitor, series: Series) -> QuerySet[Invitation]:
    """Return the invitations that are still open, for the series' owners."""
    _require_role(visitor, series, OWNERS)
    return series.invitations.filter(used_at=None, expires_at__gt=timezone.now())


def find_open_invitation(visitor: Visitor, series: Series, id_: int) -> Invitation:
    """Return one open invitation of a series, for its owners."""
    return _get_or_404(list_invitations(visitor, series), pk=id_)


def find_invitation(secret: str, *, of_site: bool = False) -> Invitation:
    """Return the invitation of a secret if it is unused and not over, else raise Http404."""
    digest = hash_secret(secret)
    found = Invitation.objects.filter(
        secret_hash=digest, used_at=None, expires_at__gt=timezone.now(), series__isnull=of_site
    ).first()
    if found is None or not hmac.compare_digest(found.secret_hash, digest):
        raise Http404
    return found


def hash_secret(secret: str) -> str:
    """Return the digest by which a secret is kept: spaces, hyphens and case do not count."""
    plain = "".join(sign for sign in secret.casefold() if sign.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def list_log(visitor: Visitor, series: Series) -> QuerySet[LogEntry]:
    """Return the log of a series, for its owners."""
    _require_role(visitor, series, OWNERS)
    return series.log.select_related("user", "chat")


def find_tag(series: Series, slug: str, *, is_category: bool) -> Tag:
    """Return a tag or a category of a series. The series comes from `find_series`."""
    tags = series.tags.select_related("series")
    return _get_or_404(tags, slug=slug, is_category=is_category)


def find_language(visitor: Visitor, slug: str) -> str:
    """Return the language of a series that the visitor may read, "" for any other address."""
    found = list_series(visitor).filter(slug=slug)
    return found.values_list("language", flat=True).first() or ""


def find_moved(path: str) -> str:
    """Return where an old address leads now, "" for any other.

    It reveals nothing hidden: whoever may not see the new address is told so there.
    """
    parts = path.split("/")
    start = 2 if parts[1:2] == ["desk"] else 1
    if len(parts) <= start:
        return ""
    series = OldAddress.objects.filter(chat=None, slug=parts[start]).first()
    if series:
        parts[start] = series.series.slug
    elif len(parts) > start + 1:
        old = OldAddress.objects.filter(series__slug=parts[start], slug=parts[start + 1])
        chat = old.exclude(chat=None).select_related("chat").first()
        if chat is None or chat.chat is None:
            return ""
        parts[start + 1] = chat.chat.slug
    else:
        return ""
    return "/".join(parts)


# --- chats


def list_chats(series: Series) -> QuerySet[Chat]:
    """Return the chats of a series. The series comes from `find_series`."""
    return series.chats.select_related("series")


def find_chat(visitor: Visitor, slug: str, day: str) -> Chat:
    """Return a chat that the visitor may know of, else raise Http404."""
    return _get_or_404(list_chats(find_series(visitor, slug)), slug=day)


def find_chat_to_help(visitor: Visitor, slug: str, day: str) -> Chat:
    """Return a chat for the team's helpers, hosts and owners."""
    return _get_or_404(list_chats(find_series_to_help(visitor, slug)), slug=day)


def find_chat_to_host(visitor: Visitor, slug: str, day: str) -> Chat:
    """Return a chat for the team's hosts and owners."""
    return _get_or_404(list_chats(find_series_to_host(visitor, slug)), slug=day)


def may_host(visitor: Visitor, chat: Chat) -> bool:
    """Return whether the visitor may host the chat."""
    return find_role(visitor, chat.series) in HOSTS


def may_read_story(visitor: Visitor, chat: Chat) -> bool:
    """Return whether the visitor may read the story: the team always, others once it is public."""
    return chat.is_published or _is_of_team(visitor, chat)


def find_chat_with_story(visitor: Visitor, slug: str, day: str) -> Chat:
    """Return a chat whose story the visitor may read, else raise Http404."""
    chat = find_chat(visitor, slug, day)
    if not may_read_story(visitor, chat):
        raise Http404
    return chat


# --- entries


def list_entries(visitor: Visitor) -> QuerySet[Entry]:
    """Return what the visitor may find in any series; stories and points once they are public."""
    series = list_series(visitor)
    own = list_own_series(visitor)
    is_open = Q(kind__in=(EntryKind.POST, EntryKind.QUESTION)) | Q(chat__is_published=True)
    return Entry.objects.filter(
        Q(chat__series__in=series) & (is_open | Q(chat__series__in=own))
    ).select_related("chat__series")


def list_posts(chat: Chat) -> QuerySet[Entry]:
    """Return the posts of a chat in time order. The chat comes from `find_chat`."""
    return chat.entries.filter(kind=EntryKind.POST).order_by("said_at", "id")


def find_entry(visitor: Visitor, public: str) -> Entry:
    """Return what stands at `/p/<public>`, a tombstone included, else raise Http404."""
    return _get_or_404(list_entries(visitor), public=public)


def list_posts_of(visitor: Visitor, handle: str) -> QuerySet[Entry]:
    """Return the posts of one person in the series of the visitor's own teams, the newest first."""
    posts = Entry.objects.filter(
        kind=EntryKind.POST,
        author_key=handle.removeprefix("@").casefold(),
        chat__series__in=list_own_series(visitor),
    )
    return posts.select_related("chat__series").order_by("-said_at", "-id")


def may_mark(visitor: Visitor, chat: Chat) -> bool:
    """Return whether the visitor may mark posts of a chat, and see what is marked."""
    return _is_of_team(visitor, chat)


def find_post_to_mark(visitor: Visitor, chat: Chat, key: str) -> Entry:
    """Return a post by the id that its folder has for it, for the team; no tombstone."""
    _require_role(visitor, chat.series, HELPERS)
    posts = list_posts(chat).exclude(text="").select_related("chat__series")
    return _get_or_404(posts.filter(Q(key=key) | Q(body__own_id=key)))


# --- work


def list_imports(visitor: Visitor, series: Series) -> QuerySet[Import]:
    """Return the imports of a series, for its team."""
    _require_role(visitor, series, HELPERS)
    return series.imports.select_related("made_by")


def find_import(visitor: Visitor, series: Series, id_: int) -> Import:
    """Return one import of a series, for its team."""
    return _get_or_404(list_imports(visitor, series), pk=id_)


def find_capture(visitor: Visitor, chat: Chat) -> Capture | None:
    """Return the latest capture of a chat, for its team; None where there was none."""
    _require_role(visitor, chat.series, HELPERS)
    return chat.captures.first()


def list_changes(visitor: Visitor, chat: Chat) -> QuerySet[Change]:
    """Return what people changed of a chat, the latest first, for its team."""
    _require_role(visitor, chat.series, HELPERS)
    return chat.changes.select_related("made_by")


def find_change(visitor: Visitor, chat: Chat, id_: int) -> Change:
    """Return one change of a chat, for its team."""
    return _get_or_404(list_changes(visitor, chat), pk=id_)


# --- the draft of a story


def has_draft(chat: Chat) -> bool:
    """Return whether there is something to edit. The chat comes from `find_chat_to_help`."""
    return Draft.objects.filter(chat=chat).exists()


def find_block(visitor: Visitor, chat: Chat, id_: int) -> Block:
    """Return one block of a chat's draft, for its team."""
    _require_role(visitor, chat.series, HELPERS)
    return _get_or_404(
        Block.objects.select_related("draft__chat__series"), pk=id_, draft__chat=chat
    )


def find_edition(visitor: Visitor, chat: Chat, number: int) -> EditionLine:
    """Return one edition of a chat's story, for its team."""
    _require_role(visitor, chat.series, HELPERS)
    return _get_or_404(chat.editions.all(), number=number)


def find_advice(visitor: Visitor, chat: Chat, task: str) -> Advice | None:
    """Return the latest advice on a task, for the team's hosts; None where there is none."""
    _require_role(visitor, chat.series, HOSTS)
    return chat.advices.filter(task=task).first()


def list_suggestions(visitor: Visitor, chat: Chat, task: str = "") -> QuerySet[Suggestion]:
    """Return what a language model suggests for a chat, on one task or all, for its team."""
    _require_role(visitor, chat.series, HELPERS)
    found = Suggestion.objects.filter(advice__chat=chat).select_related("advice__chat__series")
    return found.filter(advice__task=task) if task else found


def find_suggestion(visitor: Visitor, chat: Chat, id_: int) -> Suggestion:
    """Return one suggestion for a chat, for its team."""
    return _get_or_404(list_suggestions(visitor, chat), pk=id_)


# --- files that are kept with a chat


def find_file(visitor: Visitor, chat: Chat, name: str) -> ChatFile:
    """Return a picture or a file of a chat that the visitor may have, else raise Http404.

    The team may have every one; others what hosts let everybody have, and pictures of the story.
    The chat comes from `find_chat`, of a picture from `find_chat_with_story`.
    """
    file = _get_or_404(chat.files.select_related("chat__series"), name=name)
    if not (file.is_public or file.is_picture) and not _is_of_team(visitor, chat):
        raise Http404
    return file


def find_file_to_change(visitor: Visitor, chat: Chat, id_: int) -> ChatFile:
    """Return a file to change, for the team.

    Only hosts change what everybody may have.
    """
    _require_role(visitor, chat.series, HELPERS)
    file = _get_or_404(chat.files.select_related("chat__series"), pk=id_)
    if file.is_picture:
        raise Http404
    if file.is_public:
        _require_role(visitor, chat.series, HOSTS)
    return file


def find_picture_to_take_out(visitor: Visitor, chat: Chat, name: str) -> ChatFile:
    """Return a picture, which stands in every edition, for the team's hosts."""
    _require_role(visitor, chat.series, HOSTS)
    file = find_file(visitor, chat, name)
    if not file.is_picture:
        raise Http404
    return file


# --- where a story is shared


def list_accounts(visitor: Visitor, series: Series) -> QuerySet[Account]:
    """Return the accounts of a series on blogs, for its owners."""
    _require_role(visitor, series, OWNERS)
    return series.accounts.all()


def find_account(visitor: Visitor, series: Series, id_: int) -> Account:
    """Return one account of a series, for its owners."""
    return _get_or_404(list_accounts(visitor, series), pk=id_)


def find_account_to_use(visitor: Visitor, series: Series, id_: int) -> Account:
    """Return one account of a series to publish by, for its hosts."""
    _require_role(visitor, series, HOSTS)
    return _get_or_404(series.accounts.all(), pk=id_)


def find_publication(visitor: Visitor, chat: Chat, account: Account) -> Publication:
    """Return the post that a chat has on a blog, for the team's hosts."""
    _require_role(visitor, chat.series, HOSTS)
    return _get_or_404(chat.publications.select_related("chat__series"), account=account)


def find_letter(visitor: Visitor, chat: Chat, id_: int) -> Letter:
    """Return one letter about a chat, for the team's hosts."""
    _require_role(visitor, chat.series, HOSTS)
    return _get_or_404(chat.letters.all(), pk=id_)


# --- the site


def is_site_owner(visitor: Visitor) -> bool:
    """Return whether the visitor owns the site."""
    return visitor.is_authenticated and visitor.is_site_owner


def require_site_owner(visitor: Visitor) -> None:
    """Raise Http404 for everybody but the site's owner."""
    if not is_site_owner(visitor):
        raise Http404


def has_owner() -> bool:
    """Return whether somebody owns the site already."""
    return User.objects.filter(is_site_owner=True).exists()


def may_become_owner() -> bool:
    """Return whether somebody may become the site's owner: the first one, or by an open code."""
    codes = Invitation.objects.filter(series=None, used_at=None, expires_at__gt=timezone.now())
    return not has_owner() or codes.exists()


def _list_memberships(visitor: Visitor, now: datetime | None = None) -> QuerySet[Membership]:
    if not visitor.is_authenticated:
        return Membership.objects.none()
    still = Q(until=None) | Q(until__gt=now or timezone.now())
    return Membership.objects.filter(still, user=visitor)


def _find_series_as(visitor: Visitor, slug: str, roles: tuple[str, ...]) -> Series:
    series = _get_or_404(list_own_series(visitor), slug=slug)
    _require_role(visitor, series, roles)
    return series


def _is_of_team(visitor: Visitor, chat: Chat) -> bool:
    return find_role(visitor, chat.series) in HELPERS


def _require_role(visitor: Visitor, series: Series, roles: tuple[str, ...]) -> None:
    role = find_role(visitor, series)
    if not role:
        raise Http404
    if role not in roles:
        raise PermissionDenied


def _get_or_404(objects: QuerySet, **sought):
    found = objects.filter(**sought).first()
    if found is None:
        raise Http404
    return found
