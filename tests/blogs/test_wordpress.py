"""A real WordPress: one post a chat, its files, its terms, and everything that may go wrong."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from click.testing import CliRunner
from tests.blogs.hurdle import Hurdle
from tests.blogs.local_wordpress import LocalWordPress

from chinwag.blogs.contract import Rights
from chinwag.blogs.registry import find_blog
from chinwag.blogs.wordpress import WordPressSettings
from chinwag.cli.main import main
from chinwag.errors import ChinwagError, InputError, NetworkError
from chinwag.model import Secret
from chinwag.networks.contract import Picture
from chinwag.setup.clock import SystemClock
from chinwag.workflows.publish_to_blog import BlogReport, BlogWishes, publish_to_blog
from chinwag.workflows.remove_posts import remove_posts

pytestmark = pytest.mark.networks

AT = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)
SAID = "The last bus leaves at seven"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
PICTURE = Picture(data=PIXEL, media_type="image/png", alt='An empty "reading" room, & no light')
WISHES = BlogWishes(
    byline="Written up by Ana & Bo",
    categories=("Chats & more", "Uncategorized"),
    tags=("snugchat", "Öffnung"),
    pictures=(PICTURE,),
)

WISHES_OF_AUTHOR = BlogWishes(pictures=(PICTURE,))


class Reader:
    """Somebody else who looks at the blog, by the same API and a client of their own."""

    def __init__(self, blog: LocalWordPress, user: str = "administrator") -> None:
        login = (user, blog.users[user])
        self._client = httpx2.Client(base_url=blog.address, auth=login, timeout=60)

    def ask(self, route: str, method: str = "GET", **query: Any) -> Any:
        answer = self._client.request(method, "/", params={"rest_route": f"/wp/v2{route}", **query})
        assert answer.status_code < 300, answer.text
        return answer.json()

    def list_posts(self) -> list[dict[str, Any]]:
        posts = self.ask("/posts", status="any", context="edit", per_page=100)
        return [post for post in posts if post["slug"].startswith("snugchat-")]

    def list_files(self) -> list[dict[str, Any]]:
        files = self.ask("/media", context="edit", per_page=100)
        return [file for file in files if file["slug"].startswith("chinwag-")]

    def clean(self) -> None:
        """Take away what a test left."""
        for post in self.list_posts():
            self.ask(f"/posts/{post['id']}", "DELETE", force="true")
        for file in self.list_files():
            self.ask(f"/media/{file['id']}", "DELETE", force="true")

    def is_there(self, address: str) -> bool:
        return self._client.get(address).status_code == 200


@pytest.fixture
def reader(wordpress: LocalWordPress) -> Iterator[Reader]:
    """Give a reader, of a blog that holds nothing of this chat, whatever tests left before."""
    reader = Reader(wordpress)
    reader.clean()
    yield reader
    reader.clean()
    reader._client.close()


def make_settings(
    blog: LocalWordPress, address: str = "", user: str = "editor"
) -> WordPressSettings:
    return WordPressSettings(
        address=address or blog.address, user=user, password=Secret(blog.users[user])
    )


def publish(
    into: Path, settings: WordPressSettings, wishes: BlogWishes | None = None
) -> BlogReport:
    async def run() -> BlogReport:
        async with find_blog("wordpress").open(settings, "", SystemClock()) as blog:
            return await publish_to_blog(into, blog, lambda: AT, wishes)

    return asyncio.run(run())


def look(settings: WordPressSettings) -> Rights:
    async def run() -> Rights:
        async with find_blog("wordpress").open(settings, "", SystemClock()) as blog:
            return await blog.test()

    return asyncio.run(run())


def refuse(settings: WordPressSettings) -> str:
    with pytest.raises(ChinwagError) as refused:
        look(settings)
    assert settings.password.reveal() not in repr(refused.value) + str(refused.value.fields)
    return refused.value.code


def test_a_chat_is_one_post_with_all_that_belongs_to_it(
    wordpress: LocalWordPress, reader: Reader, snug: Path
) -> None:
    report = publish(snug, make_settings(wordpress), WISHES)
    (post,) = reader.list_posts()
    assert (report.is_new, report.state, post["status"]) == (True, "draft", "draft")
    assert post["title"]["raw"] == "#snugchat, 13 October 2026"
    assert "In 58 minutes, 5 people wrote 12 posts" in post["excerpt"]["raw"]
    assert report.edit_url == f"{wordpress.address}/wp-admin/post.php?post={post['id']}&action=edit"
    categories = [reader.ask(f"/categories/{one}")["name"] for one in post["categories"]]
    assert sorted(categories) == ["Chats &amp; more", "Uncategorized"]
    tags = [reader.ask(f"/tags/{one}")["name"] for one in post["tags"]]
    assert sorted(tags) == ["snugchat", "Öffnung"]
    archive, picture = sorted(reader.list_files(), key=lambda file: str(file["mime_type"]))
    assert (picture["alt_text"], picture["mime_type"]) == (PICTURE.alt, "image/png")
    assert archive["source_url"] in post["content"]["raw"]
    assert picture["source_url"] in post["content"]["raw"]
    assert "<p><em>Written up by Ana &amp; Bo</em></p>" in post["content"]["raw"]
    assert SAID in post["content"]["rendered"]
    assert "<br" not in post["content"]["rendered"]


def test_a_later_change_and_a_removal_edit_it_and_touch_nothing_else(
    wordpress: LocalWordPress, reader: Reader, snug: Path
) -> None:
    settings = make_settings(wordpress)
    publish(snug, settings, WISHES)
    (draft,) = reader.list_posts()
    report = publish(snug, settings, BlogWishes(publish=True, title="Libraries after dark"))
    (public,) = reader.list_posts()
    assert (report.is_new, public["id"], public["status"]) == (False, draft["id"], "publish")
    reader.ask("/comments", "POST", post=public["id"], content="Thank you, that was good!")
    mine = reader.ask("/tags", "POST", name="mine-alone")["id"]
    reader.ask(f"/posts/{public['id']}", "POST", tags=[*public["tags"], mine])
    earlier = {file["source_url"] for file in reader.list_files()}
    remove_posts(snug, ["8"], at=AT)
    report = publish(snug, settings)
    (after,) = reader.list_posts()
    assert [note.code for note in report.left] == ["wordpress-keeps-revisions"]
    assert publish(snug, settings).left == ()
    assert (after["id"], after["status"]) == (draft["id"], "publish")
    assert after["title"]["raw"] == "Libraries after dark"
    assert SAID not in str(after)
    assert {*after["tags"]} == {*public["tags"], mine}
    assert len(reader.ask("/comments", post=public["id"])) == 1
    revisions = {"rest_route": f"/wp/v2/posts/{public['id']}/revisions"}
    assert httpx2.get(wordpress.address, params=revisions).status_code == 401
    (gone,) = earlier - {file["source_url"] for file in reader.list_files()}
    assert gone.endswith(".zip")
    assert not reader.is_there(gone)
    assert len(reader.list_files()) == 2


@pytest.mark.parametrize("way", ["refuse", "lose"])
def test_wherever_the_server_fails_the_next_try_ends_with_one_post(
    wordpress: LocalWordPress, reader: Reader, snug: Path, way: str
) -> None:
    with Hurdle(wordpress.address) as hurdle:
        settings = make_settings(wordpress, hurdle.address)
        for number in range(1, 12):
            posts = 0

            def is_next(method: str, _path: str, number: int = number) -> bool:
                nonlocal posts
                posts += method == "POST"
                return method == "POST" and posts == number

            setattr(hurdle, way, is_next)
            wishes = BlogWishes(pictures=(PICTURE,), tags=(f"tag {way} {number}",))
            try:
                publish(snug, settings, wishes)
            except NetworkError as error:
                assert error.code == "server-refused-without-reason"  # noqa: PT017
            else:
                assert posts < number
                break
            publish(snug, settings, wishes)
            (post,) = reader.list_posts()
            assert len(reader.list_files()) == 2
            assert SAID in post["content"]["raw"]
            reader.ask(f"/posts/{post['id']}", "DELETE", force="true")
            for file in reader.list_files():
                reader.ask(f"/media/{file['id']}", "DELETE", force="true")
            (snug / "published.jsonl").unlink()
        assert number == 7  # two files, each described; a tag; the post


def test_a_kill_between_the_files_and_the_post_costs_nothing(
    wordpress: LocalWordPress, reader: Reader, snug: Path
) -> None:
    with Hurdle(wordpress.address) as hurdle:
        hurdle.hold = lambda method, path: method == "POST" and "posts" in path
        environment = {
            **os.environ,
            "CHINWAG_WORDPRESS_ADDRESS": hurdle.address,
            "CHINWAG_WORDPRESS_USER": "editor",
            "CHINWAG_WORDPRESS_PASSWORD": wordpress.users["editor"],
        }
        command = [sys.executable, "-m", "chinwag.cli", "publish", str(snug), "--to", "wordpress"]
        first = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        assert hurdle.held.wait(timeout=120)
        first.send_signal(signal.SIGKILL)
        first.wait(timeout=60)
        hurdle.go.set()
        assert (reader.list_posts(), len(reader.list_files())) == ([], 1)
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Made the post; it is a draft")
    assert (len(reader.list_posts()), len(reader.list_files())) == (1, 1)


def test_the_command_that_removes_edits_the_post_as_well(
    wordpress: LocalWordPress, reader: Reader, snug: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHINWAG_WORDPRESS_ADDRESS", wordpress.address)
    monkeypatch.setenv("CHINWAG_WORDPRESS_USER", "author")
    monkeypatch.setenv("CHINWAG_WORDPRESS_PASSWORD", wordpress.users["author"])
    made = CliRunner().invoke(main, ["publish", str(snug), "--to", "wordpress", "--publish"])
    assert (made.exit_code, "it is public" in made.output) == (0, True)
    assert SAID in reader.list_posts()[0]["content"]["raw"]
    removed = CliRunner().invoke(main, ["remove", str(snug), "8"])
    (post,) = reader.list_posts()
    assert removed.exit_code == 0
    assert f"The post on the blog no longer holds it: {post['link']}" in removed.output
    assert removed.output.count("No program can delete these") <= 1
    assert SAID not in post["content"]["raw"]
    assert len(reader.list_files()) == 1


def test_what_somebody_edits_in_wordpress_stays(
    wordpress: LocalWordPress, reader: Reader, snug: Path
) -> None:
    settings = make_settings(wordpress)
    publish(snug, settings)
    (post,) = reader.list_posts()
    edited = post["content"]["raw"].replace("Thank you", "Thanks") + "<p>And more.</p>"
    reader.ask(f"/posts/{post['id']}", "POST", content=edited)
    with pytest.raises(InputError) as refused:
        publish(snug, settings)
    assert refused.value.code == "blog-post-edited"
    assert "And more." in reader.list_posts()[0]["content"]["raw"]
    publish(snug, settings, BlogWishes(anyway=True))
    assert "And more." not in reader.list_posts()[0]["content"]["raw"]


def test_a_post_in_the_bin_is_not_made_anew_unasked(
    wordpress: LocalWordPress, reader: Reader, snug: Path
) -> None:
    settings = make_settings(wordpress)
    publish(snug, settings)
    (post,) = reader.list_posts()
    reader.ask(f"/posts/{post['id']}", "DELETE")
    with pytest.raises(InputError) as refused:
        publish(snug, settings)
    assert refused.value.code == "blog-post-gone"
    report = publish(snug, settings, BlogWishes(anyway=True))
    assert (report.is_new, len(reader.list_posts())) == (True, 1)
    reader.ask(f"/posts/{post['id']}", "DELETE", force="true")


def test_the_test_of_the_connection_names_what_stands_in_the_way(wordpress: LocalWordPress) -> None:
    good = make_settings(wordpress)
    assert look(good) == Rights(
        user="Ana the editor", may_publish=True, may_upload=True, may_make_categories=True
    )
    wrong = WordPressSettings(
        address=good.address, user="editor", password=Secret("wrong wrong wrong wrong")
    )
    assert refuse(wrong) in ("wordpress-sign-in-refused", "wordpress-sign-in-unseen")
    assert refuse(make_settings(wordpress, user="subscriber")) == "wordpress-may-write-nothing"
    with Hurdle(wordpress.address) as hurdle:
        hurdle.drops_header = True
        assert refuse(make_settings(wordpress, hurdle.address)) == "wordpress-sign-in-unseen"
        closed = hurdle.address
    assert refuse(make_settings(wordpress, closed)) == "server-not-reached"
    switched_off = wordpress.site / "wp-content" / "mu-plugins" / "off.php"
    switched_off.write_text(
        "<?php add_filter('rest_authentication_errors', fn() =>"
        " new WP_Error('rest_disabled', 'REST is off.', ['status' => 401]));"
    )
    try:
        assert refuse(good) == "wordpress-not-found"
    finally:
        switched_off.unlink()


def test_a_blog_that_takes_no_zip_says_what_to_do(
    wordpress: LocalWordPress, reader: Reader, snug: Path
) -> None:
    settings = make_settings(wordpress, user="author")
    strict = wordpress.site / "wp-content" / "mu-plugins" / "strict.php"
    strict.write_text("<?php add_filter('upload_mimes', fn() => ['png' => 'image/png']);")
    try:
        with pytest.raises(NetworkError) as refused:
            publish(snug, settings, WISHES_OF_AUTHOR)
        assert refused.value.code == "wordpress-takes-no-file"
        archive = BlogWishes(archive="https://chat.example/october")
        assert publish(snug, settings, archive).state == "draft"
    finally:
        strict.unlink()
    (post,) = reader.list_posts()
    assert '<a href="https://chat.example/october">Every post' in post["content"]["raw"]
    assert [file["mime_type"] for file in reader.list_files()] == ["image/png"]


def test_an_address_is_taken_as_people_copy_it(wordpress: LocalWordPress) -> None:
    for copied in ("/", "/wp-admin/", "/wp-json/wp/v2", "/wp-login.php", "/index.php"):
        assert look(make_settings(wordpress, f"{wordpress.address}{copied}")).may_publish


def test_who_may_not_do_a_thing_is_told_so(
    wordpress: LocalWordPress, reader: Reader, snug: Path
) -> None:
    contributor = make_settings(wordpress, user="contributor")
    assert look(contributor) == Rights(
        user="Ana the contributor", may_publish=False, may_upload=False, may_make_categories=False
    )
    with pytest.raises(NetworkError) as refused:
        publish(snug, contributor)
    assert refused.value.code == "wordpress-may-not-write"
    report = publish(snug, contributor, BlogWishes(archive="none"))
    assert report.state == "draft"
    with pytest.raises(NetworkError) as refused:
        publish(snug, contributor, BlogWishes(publish=True))
    assert refused.value.code == "wordpress-may-not-publish"
    with pytest.raises(NetworkError) as refused:
        publish(snug, contributor, BlogWishes(categories=("Not there yet",)))
    assert refused.value.code == "wordpress-may-not-write"
    assert len(reader.list_posts()) == 1


def test_pretty_links_serve_as_well_as_plain_ones(
    wordpress: LocalWordPress, reader: Reader, snug: Path, tmp_path: Path
) -> None:
    script = tmp_path / "links.php"
    script.write_text(
        "<?php require $argv[1] . '/wp-load.php';"
        " update_option('permalink_structure', $argv[2]); flush_rewrite_rules();"
    )
    wordpress.run_php(script, "/%postname%/")
    try:
        with Hurdle(wordpress.address) as hurdle:
            publish(snug, make_settings(wordpress, hurdle.address), BlogWishes(publish=True))
            routes = {path.partition("?")[0] for _, path in hurdle.passed}
        (post,) = reader.list_posts()
        assert re.fullmatch(r"http://[^/]+/snugchat-2026-10-13-[0-9a-f]{8}/", post["link"])
        assert {"/wp-json/wp/v2/posts", "/wp-json/wp/v2/media"} <= routes
    finally:
        wordpress.run_php(script, "")
