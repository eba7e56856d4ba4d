"""One post a chat on a blog, whatever fails on the way, and nobody's edit written over."""

from __future__ import annotations

import asyncio
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.blogs.memory_blog import MemoryBlog
from tests.cli.snug_chat import CHAT, write_csv

from chinwag.errors import BusyFolder, InputError, NetworkError
from chinwag.model import Publication
from chinwag.networks.contract import Picture
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.check_folder import check_folder
from chinwag.workflows.publications import digest_words
from chinwag.workflows.publish_to_blog import (
    BlogReport,
    BlogWishes,
    list_published,
    publish_to_blog,
)
from chinwag.workflows.recap_files import recap_files
from chinwag.workflows.remove_posts import remove_posts

AT = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)
SAID = "The last bus leaves at seven"
PICTURE = Picture(data=b"\x89PNG", media_type="image/png", alt='A "reading" room & <more>')
WISHES = BlogWishes(
    title="Libraries after dark", byline="By Ana", categories=("Chats",), pictures=(PICTURE,)
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("made") / "snug"
    recap_files([write_csv(into.parent / "snug.csv", CHAT)], into=into)
    return into


@pytest.fixture
def snug(made: Path, tmp_path: Path) -> Path:
    """Give a folder of the small chat to change."""
    import shutil

    return Path(shutil.copytree(made, tmp_path / "snug"))


def publish(into: Path, blog: MemoryBlog, wishes: BlogWishes | None = None) -> BlogReport:
    return asyncio.run(publish_to_blog(into, blog, lambda: AT, wishes))


def read_known(into: Path) -> Publication:
    (known,) = ChatFolder.open(into).read_published()
    return known


def test_the_first_time_makes_a_draft_with_all_that_was_wished(snug: Path) -> None:
    blog = MemoryBlog()
    report = publish(snug, blog, WISHES)
    post = blog.only
    assert report == BlogReport(
        blog=blog.name, url=post.url, edit_url="", state="draft", is_new=True
    )
    assert (post.title, post.state) == ("Libraries after dark", "draft")
    assert post.excerpt == (
        "Among what was said: “Teenagers whose homes have no desk” (@dev_shelves). In 58 minutes,"
        " 5 people wrote 12 posts under #snugchat. They answered 2 questions. @ines_asks asked the"
        " questions."
    )
    picture, archive = sorted(blog.files.values(), key=lambda file: file.ending)
    assert post.html.startswith(
        f'<figure><img src="https://shelf.example/{picture.key}.png"'
        ' alt="A &#34;reading&#34; room &amp; &lt;more&gt;"/></figure>\n<p><em>By Ana</em></p>\n'
    )
    assert f'<p><a href="https://shelf.example/{archive.key}.zip">' in post.html
    with zipfile.ZipFile(io.BytesIO(archive.data)) as packed:
        assert packed.read("index.html") == (snug / "story" / "index.html").read_bytes()
    known = read_known(snug)
    assert (known.state, known.id, known.tags) == ("out", post.id, ("snugchat",))
    assert known.sent == known.sending == digest_words(post.title, post.html, post.excerpt)


def test_a_later_time_edits_the_same_post_and_keeps_what_was_wished(snug: Path) -> None:
    blog = MemoryBlog()
    publish(snug, blog, WISHES)
    before = blog.only
    report = publish(snug, blog, BlogWishes(publish=True))
    assert (report.is_new, report.state) == (False, "publish")
    assert (blog.only.title, blog.only.html) == (before.title, before.html)
    assert len(blog.files) == 2
    assert publish(snug, blog).state == "publish"


@pytest.mark.parametrize("after", [False, True])
def test_wherever_a_try_breaks_off_the_next_ends_with_one_post(snug: Path, after: bool) -> None:
    whole = MemoryBlog()
    publish(snug, whole, WISHES)
    (snug / "published.jsonl").unlink()
    for number in range(1, len(whole.requests) + 1):
        blog = MemoryBlog()
        blog.fail(number, after=after)
        with pytest.raises(NetworkError, match="It broke"):
            publish(snug, blog, WISHES)
        report = publish(snug, blog, WISHES)
        assert blog.only.html == whole.only.html
        assert sorted(blog.files) == sorted(whole.files)
        assert (report.url, report.state) == (blog.only.url, "draft")
        (snug / "published.jsonl").unlink()


@pytest.mark.parametrize("after", [False, True])
def test_wherever_an_edit_breaks_off_the_next_ends_with_the_same(snug: Path, after: bool) -> None:
    blog = MemoryBlog()
    publish(snug, blog, WISHES)
    kept = (snug / "published.jsonl").read_bytes()
    for number in range(1, 8):
        title = f"Try {number}"
        done = len(blog.requests)
        blog.fail(number, after=after)
        wishes = BlogWishes(title=title, pictures=())
        try:
            publish(snug, blog, wishes)
        except NetworkError:
            publish(snug, blog, wishes)
        assert blog.only.title == title
        assert [file.ending for file in blog.files.values()] == [".zip"]
        assert len(blog.requests) > done
    assert (snug / "published.jsonl").read_bytes() != kept


def test_a_removal_edits_the_post_and_leaves_no_earlier_archive_or_wording(snug: Path) -> None:
    blog = MemoryBlog()
    publish(snug, blog)
    publish(snug, blog, BlogWishes(title="Another"))
    (earlier,) = blog.files
    assert SAID in blog.only.html
    remove_posts(snug, ["8"], at=AT)
    report = publish(snug, blog)
    assert report.forgotten == 2
    assert SAID not in blog.only.html
    (archive,) = blog.files.values()
    assert archive.key != earlier
    with zipfile.ZipFile(io.BytesIO(archive.data)) as packed:
        assert [name for name in packed.namelist() if SAID.encode() in packed.read(name)] == []
    assert blog.earlier == {blog.only.id: []}
    assert publish(snug, blog).forgotten == 0
    assert "bus" not in (snug / "published.jsonl").read_text()


@pytest.mark.parametrize("part", ["title", "html", "excerpt"])
def test_what_somebody_edited_there_is_not_written_over_unasked(snug: Path, part: str) -> None:
    blog = MemoryBlog()
    publish(snug, blog)
    blog.edit(blog.only.id, **{part: "<p>Mine</p>"})
    edited = blog.only
    with pytest.raises(InputError) as refused:
        publish(snug, blog, BlogWishes(byline="By Ana"))
    assert refused.value.code == "blog-post-edited"
    assert blog.only == edited
    publish(snug, blog, BlogWishes(anyway=True))
    assert "Mine" not in getattr(blog.only, part)


def test_a_blog_that_writes_the_same_in_its_own_way_has_edited_nothing(snug: Path) -> None:
    blog = MemoryBlog()
    publish(snug, blog)
    rewritten = blog.only.html.replace("“", "&#8220;").replace("<p>", '<p class="x">\n')
    blog.edit(blog.only.id, html=f"<!-- wp:html -->{rewritten}<!-- /wp:html -->")
    assert publish(snug, blog).is_new is False
    blog.edit(
        blog.only.id, html=blog.only.html.replace("https://shelf.example", "https://evil.example")
    )
    with pytest.raises(InputError):
        publish(snug, blog)


def test_a_post_that_somebody_deleted_is_made_anew_only_if_asked(snug: Path) -> None:
    blog = MemoryBlog()
    publish(snug, blog)
    blog.posts.clear()
    with pytest.raises(InputError) as refused:
        publish(snug, blog)
    assert refused.value.code == "blog-post-gone"
    assert blog.posts == {}
    assert publish(snug, blog, BlogWishes(anyway=True)).is_new
    assert publish(snug, blog).is_new is False


def test_an_address_of_the_archive_takes_the_place_of_the_upload(snug: Path) -> None:
    blog = MemoryBlog()
    publish(snug, blog)
    publish(snug, blog, BlogWishes(archive="https://chat.example/october?a=1&b=2"))
    assert '<a href="https://chat.example/october?a=1&amp;b=2">Every post' in blog.only.html
    assert blog.files == {}
    publish(snug, blog, BlogWishes(archive="none"))
    assert "Every post of the chat" not in blog.only.html


@pytest.mark.parametrize("said", ["javascript:alert(1)", "nowhere", ""])
def test_an_archive_that_has_no_address_is_refused(snug: Path, said: str) -> None:
    with pytest.raises(InputError) as refused:
        publish(snug, MemoryBlog(), BlogWishes(archive=said))
    assert refused.value.code == "archive-invalid"
    assert list_published(snug) == {}


def test_one_command_publishes_at_a_time(snug: Path) -> None:
    with ChatFolder.open(snug).hold_publishing(), pytest.raises(BusyFolder):
        publish(snug, MemoryBlog())


def test_a_check_tells_that_a_post_on_a_blog_is_older_than_the_story(snug: Path) -> None:
    blog = MemoryBlog()
    publish(snug, blog, WISHES)
    assert check_folder(snug).notes == ()
    remove_posts(snug, ["8"], at=AT)
    assert check_folder(snug).notes == (
        f"The post at {blog.only.url} is older than the story: `chinwag publish {snug} --to memory`"
        " edits it.",
    )
    publish(snug, blog)
    assert check_folder(snug).notes == ()


def test_the_posts_of_a_chat_on_blogs_are_known(snug: Path) -> None:
    assert list_published(snug) == {}
    blog = MemoryBlog()
    publish(snug, blog)
    assert list_published(snug) == {blog.name: blog.only.url}
