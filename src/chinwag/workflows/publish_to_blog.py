"""Publish the write-up on a blog: one post for each chat, made once and then edited again.

What the folder knows of the post is written down before anything is sent, and after every step. So
a try that was cut off anywhere is taken up where it ended: by the post's id, or by the slug, which
is the same at every try. Words that somebody edited on the blog are never overwritten unasked.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from chinwag.blogs.contract import Article, Blog, File, Standing
from chinwag.errors import BusyFolder, InputError, Refused
from chinwag.model import Note, Publication, Story, Upload, note_error
from chinwag.networks.contract import Picture
from chinwag.steps.publish import clean_link, zip_files
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.article import make_article, make_upload_key, name_shown
from chinwag.workflows.encoders import FindEncoder, find_encoder
from chinwag.workflows.export_story import read_current_story
from chinwag.workflows.progress import Progress, say_nothing
from chinwag.workflows.publications import (
    Publications,
    digest_standing,
    digest_words,
    make_slug,
)
from chinwag.workflows.publish_chat import render_files

NO_ARCHIVE, UPLOAD = "none", "upload"


class BlogWishes(msgspec.Struct, frozen=True, kw_only=True):
    """What a host wants of the post. None leaves it as it was wished before.

    `archive` is where readers find the whole archive: "upload" (a zip beside the post), "none", or
    an address. `anyway` overwrites what somebody edited on the blog, and makes the post again where
    somebody deleted it. Without `publish` the post is a draft until somebody publishes it.
    """

    title: str | None = None
    byline: str | None = None
    excerpt: str | None = None
    categories: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    archive: str | None = None
    pictures: tuple[Picture, ...] | None = None
    publish: bool = False
    anyway: bool = False


class BlogReport(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the post. `forgotten` counts the earlier wordings that the blog forgot.

    `left` says what could not be tidied away there, such as an earlier archive.
    """

    blog: str
    url: str
    edit_url: str
    state: str
    is_new: bool
    forgotten: int = 0
    left: tuple[Note, ...] = ()


async def publish_to_blog(
    into: Path,
    blog: Blog,
    now: Callable[[], datetime],
    wishes: BlogWishes | None = None,
    progress: Progress = say_nothing,
    *,
    encoder: FindEncoder = find_encoder,
    edition: int | None = None,
) -> BlogReport:
    """Create or edit the chat's post on a blog; return where it is.

    `edition` is the number of the one to publish, where it is not the one that stands. What is out
    of date in the folder is made again first. Raises InputError where somebody edited
    or deleted the post there, NetworkError where the blog fails (trying again is safe), and what
    `export_story` raises.
    """
    story = read_current_story(into, progress, encoder=encoder, edition=edition)
    folder = ChatFolder.open(into)
    with folder.hold_publishing() as is_mine:
        if not is_mine:
            raise BusyFolder(
                "Another command is publishing {folder} on a blog.",
                code="folder-being-published",
                folder=into,
            )
        return await _Publishing(folder, blog, story, now).run(wishes or BlogWishes())


def list_published(into: Path) -> dict[str, str]:
    """Return {blog: address} of the posts that the chat has on blogs, as far as is known."""
    known = ChatFolder.open(into).read_published()
    return {one.blog: one.url or one.blog for one in known if one.state == "out" or one.sending}


async def count_comments(into: Path, blog: Blog) -> int:
    """Return how many comments readers see under the chat's post on a blog.

    Raises InputError where the chat has no post there, NetworkError where the blog fails.
    """
    known = Publications(ChatFolder.open(into)).find(blog.name)
    if known is None or not known.id:
        raise InputError(
            "This chat has no post on {blog} yet.", code="blog-post-missing", blog=blog.name
        )
    return await blog.count_comments(known.id)


class _Publishing:
    """One try to publish one chat on one blog."""

    def __init__(
        self, folder: ChatFolder, blog: Blog, story: Story, now: Callable[[], datetime]
    ) -> None:
        self._folder = folder
        self._blog = blog
        self._story = story
        self._now = now
        self._known = Publications(folder)

    async def run(self, wishes: BlogWishes) -> BlogReport:
        removals = self._folder.count_taken_out()
        before = self._known.find(self._blog.name) or self._begin()
        wanted = self._known.put(_wish(before, wishes))
        await self._blog.test()
        there = await self._find(wanted, anyway=wishes.anyway)
        if there is None:
            wanted = self._put(wanted, id="", url="", sent="", state="wanted")
        wanted = await self._upload(wanted, wishes.pictures)
        for shown in name_shown(self._story, wanted):
            wanted = await self._upload_one(wanted, shown)
        article = make_article(self._story, wanted)
        sending = digest_words(article.title, article.html, article.excerpt)
        wanted = self._put(wanted, sending=sending)
        standing = await self._send(there, article, publish=wishes.publish)
        out = self._put(
            wanted,
            state="out",
            id=standing.id,
            url=standing.url,
            edit_url=standing.edit_url,
            sent=digest_standing(standing),
            at=self._now(),
        )
        left, forgotten = await self._tidy(out, removals)
        return BlogReport(
            blog=self._blog.name,
            url=standing.url,
            edit_url=standing.edit_url,
            state=standing.state,
            is_new=there is None,
            forgotten=forgotten,
            left=left,
        )

    def _begin(self) -> Publication:
        slug = make_slug(self._story.chat, self._blog.name)
        return Publication(
            blog=self._blog.name,
            slug=slug,
            state="wanted",
            at=self._now(),
            tags=(self._story.chat.hashtag.removeprefix("#"),),
        )

    async def _find(self, known: Publication, *, anyway: bool) -> Standing | None:
        """Return the post as it stands, None where it is to be made.

        Raises InputError where somebody deleted or edited it there.
        """
        there = await self._blog.find(known.id, known.slug)
        if anyway:
            return there
        if there is None and known.id:
            raise InputError(
                "The post at {url} is no longer there: somebody deleted it.",
                code="blog-post-gone",
                url=known.url,
            )
        if there is not None and digest_standing(there) not in (known.sent, known.sending):
            raise InputError(
                "Somebody has edited the post at {url} since Chinwag wrote it (changed {changed}).",
                code="blog-post-edited",
                url=there.edit_url or there.url,
                changed=there.changed or "since then",
            )
        return there

    async def _send(self, there: Standing | None, article: Article, *, publish: bool) -> Standing:
        if there is None:
            return await self._blog.create(article, publish=publish)
        return await self._blog.change(there, article, publish=publish)

    async def _upload(self, wanted: Publication, pictures: Sequence[Picture] | None) -> Publication:
        """Have every file on the blog that the post shows; each is noted as soon as it is there."""
        if pictures is not None:
            files = [self._name_picture(wanted, one) for one in pictures]
            for file in files:
                wanted = await self._upload_one(wanted, file)
            wanted = self._put(wanted, pictures=tuple(file.key for file in files))
        if wanted.archive != UPLOAD:
            return self._put(wanted, archived="")
        archive = self._make_archive(wanted)
        wanted = await self._upload_one(wanted, archive)
        return self._put(wanted, archived=archive.key)

    async def _upload_one(self, wanted: Publication, file: File) -> Publication:
        if any(one.key == file.key and one.alt == file.alt for one in wanted.uploads):
            return wanted
        uploaded = await self._blog.upload(file)
        new = Upload(key=file.key, id=uploaded.id, url=uploaded.url, alt=file.alt)
        others = tuple(one for one in wanted.uploads if one.key != file.key)
        return self._put(wanted, uploads=(*others, new))

    def _make_archive(self, wanted: Publication) -> File:
        data = zip_files(render_files(self._story))
        return File(
            key=make_upload_key(wanted, data),
            ending=".zip",
            media_type="application/zip",
            data=data,
            title=f"The whole archive of {self._story.chat.title or wanted.slug}",
        )

    def _name_picture(self, wanted: Publication, picture: Picture) -> File:
        return File(
            key=make_upload_key(wanted, picture.data),
            ending=mimetypes.guess_extension(picture.media_type) or "",
            media_type=picture.media_type,
            data=picture.data,
            title=picture.alt,
            alt=picture.alt,
        )

    async def _tidy(self, out: Publication, removals: int) -> tuple[tuple[Note, ...], int]:
        """Delete what the post no longer shows, and after a removal what the blog keeps of before.

        A refusal is harmless and is returned as a note.
        """
        left: list[Note] = []
        used = {*out.pictures, out.archived, *(one.key for one in name_shown(self._story, out))}
        for upload in out.uploads:
            if upload.key in used:
                continue
            try:
                await self._blog.delete_upload(upload.id)
            except Refused as refused:
                left.append(note_error(refused))
                continue
            out = self._put(out, uploads=tuple(one for one in out.uploads if one != upload))
        if removals == out.removals:
            return tuple(left), 0
        forgotten = 0
        try:
            forgotten = await self._blog.forget_earlier(out.id)
        except Refused as refused:
            left.append(note_error(refused))
        self._put(out, removals=removals)
        return tuple(left), forgotten

    def _put(self, publication: Publication, **changes: object) -> Publication:
        """Write down what has changed of a publication, if anything has; return it."""
        changed = msgspec.structs.replace(publication, **changes)
        return self._known.put(changed) if changed != publication else publication


def _wish(before: Publication, wishes: BlogWishes) -> Publication:
    """Return what is wanted of the post now, including what was wished before."""
    archive = wishes.archive
    if archive not in (None, UPLOAD, NO_ARCHIVE) and not clean_link(str(archive)):
        raise InputError("{said!r} is not an address.", code="archive-invalid", said=archive)
    named = ("title", "byline", "excerpt", "categories", "tags", "archive")
    said = {name: value for name in named if (value := getattr(wishes, name)) is not None}
    return msgspec.structs.replace(before, **said)
