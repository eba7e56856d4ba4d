"""The sample chat is what its README promises, and the importers read all of it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from chinwag.importers import read_file
from chinwag.model import KINDS, AsideRow, Deletion, Post
from chinwag.records.contract import ReadOptions

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CHAT = EXAMPLES / "stackschat"
GLAM, SOCIAL = CHAT / "mastodon-glam.json", CHAT / "mastodon-social.json"
SEARCH, THREADS = CHAT / "bluesky-search.json", CHAT / "bluesky-threads.json"
FEED = CHAT / "bluesky-feed.json"
RAW = (GLAM, SOCIAL, SEARCH, THREADS, FEED)
Records = list[Post | Deletion | AsideRow]


def read_lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_truth() -> list[dict[str, Any]]:
    return read_lines(CHAT / "truth.jsonl")


@pytest.fixture(scope="module")
def records() -> dict[Path, Records]:
    return {path: list(read_file(path, ReadOptions())) for path in RAW}


def list_posts(records: dict[Path, Records]) -> list[Post]:
    return [one for path in RAW for one in records[path] if isinstance(one, Post)]


def find_views(value: object) -> list[dict[str, Any]]:
    """Every Bluesky post view, however deep it stands."""
    if isinstance(value, list):
        return [view for one in value for view in find_views(one)]
    if not isinstance(value, dict):
        return []
    here = [value] if isinstance(value.get("record"), dict) and "cid" in value else []
    return here + [view for one in value.values() for view in find_views(one)]


def test_the_script_makes_the_committed_files_byte_for_byte(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, str(EXAMPLES / "build_sample.py"), "--into", str(tmp_path)], check=True
    )
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.*")}
    kept = {
        path.relative_to(EXAMPLES): path.read_bytes()
        for folder in ("stackschat", "languages", "formats")
        for path in (EXAMPLES / folder).iterdir()
        if path.name not in ("README.md", "script.txt")
    }
    assert made == kept
    assert sum(map(len, made.values())) < 1_500_000


def test_the_truth_knows_every_kind_and_every_question() -> None:
    truth = read_truth()
    assert {line["kind"] for line in truth} == set(KINDS)
    labels = {line["question"] for line in truth} - {None}
    assert labels == {"1", "2", "3", "4", "5", "6", "6.2", "7", "8"}
    asked = Counter(line["question"] for line in truth if line["kind"] == "question")
    assert asked == {"1": 2, "2": 2, "3": 3, "4": 2, "5": 2, "6": 2, "6.2": 2, "7": 2, "8": 2}
    assert all(line["question"] for line in truth if line["kind"] in ("answer", "question"))


def test_importers_read_all_of_it_and_nothing_else(records: dict[Path, Records]) -> None:
    posts = list_posts(records)
    known = {alias: post.id for post in posts for alias in post.aliases}
    deleted = {
        known.get(one.id, one.id)
        for path in RAW
        for one in records[path]
        if isinstance(one, Deletion)
    }
    said = {post.id for post in posts if not post.repost_of}
    assert said | deleted == {line["post"] for line in read_truth()}
    assert len(deleted) == 2
    reposts = {post.id: post.repost_of for post in posts if post.repost_of}
    assert set(reposts.values()) <= said
    assert len(said) >= 250
    assert 0.18 < len(reposts) / (len(said) + len(reposts)) < 0.25
    assert len({post.author for post in posts}) == 35


def test_the_readme_counts_right(records: dict[Path, Records]) -> None:
    truth = read_truth()
    posts = list_posts(records)
    kinds = Counter(line["kind"] for line in truth)
    on_bluesky = sum(line["post"].startswith("at://") for line in truth)
    private = 1  # in the script and in one file, and nowhere else
    reposts = len({post.id for post in posts if post.repost_of})
    said = (
        f"{len(truth) + private} posts by {len({post.author for post in posts})} accounts "
        f"({len(truth) + private - on_bluesky} on Mastodon, {on_bluesky} on Bluesky) and "
        f"{reposts} reposts; {kinds['question']} posts ask the nine questions (Q1 to Q8, and "
        f"Q6 part 2), {kinds['answer']} answer, {kinds['reply'] + private} are replies."
    )
    readme = " ".join((CHAT / "README.md").read_text(encoding="utf-8").split())
    assert said in readme


def test_one_post_is_kept_aside_and_its_text_is_nowhere(records: dict[Path, Records]) -> None:
    aside = [one for path in RAW for one in records[path] if isinstance(one, AsideRow)]
    assert [(row.file, row.reason.code, row.text) for row in aside] == [
        ("mastodon-social.json", "not-public", "")
    ]
    assert "for my followers alone" in SOCIAL.read_text(encoding="utf-8")
    assert not [post for post in list_posts(records) if "for my followers alone" in post.text]


def test_every_reply_finds_its_parent_on_one_server_at_least(
    records: dict[Path, Records],
) -> None:
    posts = list_posts(records)
    names = {post.id for post in posts} | {alias for post in posts for alias in post.aliases}
    parents: defaultdict[str, set[str]] = defaultdict(set)
    for post in posts:
        if post.reply_to:
            parents[post.id].add(post.reply_to)
    lost = [parent for parent in parents.values() if not parent & names]
    gone = [one for path in RAW for one in records[path] if isinstance(one, Deletion)]
    assert lost == [{one.id} for one in gone if one.id.startswith("at://")]
    assert len(parents) > 100


def test_one_post_has_one_uri_and_two_local_ids() -> None:
    glam = {status["uri"]: status["id"] for status in read_lines(GLAM)}
    seen = 0
    for event in read_lines(SOCIAL):
        if event.get("event") == "update":
            status = json.loads(event["payload"])
            if status["uri"] in glam:
                seen += 1
                assert status["id"] != glam[status["uri"]]
    assert seen > 80


def test_the_two_servers_hold_the_two_versions_of_the_edit(records: dict[Path, Records]) -> None:
    versions = {
        path.name: (post.text.partition("£")[2][:2], post.edited_at is not None)
        for path in (GLAM, SOCIAL)
        for post in records[path]
        if isinstance(post, Post) and "lift alarm line" in post.text
    }
    assert versions == {
        "mastodon-glam.json": ("38", True),
        "mastodon-social.json": ("83", False),
    }


def test_facets_cut_what_they_name_from_the_bytes() -> None:
    answers = [json.loads(SEARCH.read_text()), json.loads(FEED.read_text()), *read_lines(THREADS)]
    kinds: Counter[str] = Counter()
    for view in find_views(answers):
        text = view["record"]["text"].encode()
        for facet in view["record"].get("facets", []):
            feature = facet["features"][0]
            cut = text[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode()
            kind = feature["$type"].partition("#")[2]
            kinds[kind] += 1
            expected = {
                "tag": f"#{feature.get('tag')}",
                "link": "free sample"
                if "javascript:" in feature.get("uri", "")
                else feature.get("uri"),
                "mention": f"@{cut[1:]}",
            }
            assert cut == expected[kind]
    assert set(kinds) == {"tag", "link", "mention"}


def test_points_are_shared_by_two_to_five_people(records: dict[Path, Records]) -> None:
    author = {post.id: post.author for post in list_posts(records)}
    people: defaultdict[str, set[str]] = defaultdict(set)
    for line in read_truth():
        if line["shared_point"]:
            assert line["shared_point"].startswith(f"{line['question']}/")
            people[line["shared_point"]].add(author[line["post"]])
    assert {len(group) for group in people.values()} <= {2, 3, 4, 5}
    each = Counter(point.partition("/")[0] for point in people)
    assert set(each) == {"1", "2", "3", "4", "5", "6", "6.2", "7", "8"}
    assert set(each.values()) <= {1, 2, 3}


def test_what_is_in_it_on_purpose_is_in_it(records: dict[Path, Records]) -> None:
    posts = {post.id: post for post in list_posts(records) if not post.repost_of}
    texts = "\n".join(post.text for post in posts.values())
    for words in ("<script>alert(1)</script>", "A4 paper", "3 legged stool", "K-12", "24/7", "“"):
        assert words in texts
    assert {"en", "fr", "cy", "es", "tr"} == {post.lang for post in posts.values()}
    alts = [media.alt for post in posts.values() for media in post.media]
    assert (len(alts), alts.count("")) == (4, 1)
    assert len([post for post in posts.values() if post.content_warning]) == 3
    assert len([post for post in posts.values() if post.quote_of]) == 2
    assert "○ It has no door" in texts
    untagged = [post for post in posts.values() if "#stackschat" not in post.text]
    assert len(untagged) > 50


@pytest.mark.parametrize("folder", ["stackschat", "formats"])
def test_every_address_is_reserved_for_examples(folder: str) -> None:
    for path in (EXAMPLES / folder).iterdir():
        for link in re.findall(r"https?://[^\s\"'<>)\]\\]+", path.read_text(encoding="utf-8")):
            host = urlsplit(link).hostname or ""
            assert host.endswith(".example") or (folder, host) == ("formats", "twitter.com"), link
