"""Whatever a file holds, a recap gives a whole, traceable folder, or a sentence that says why not."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import chinwag
from chinwag.cli.remedies import find_remedy
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.check_folder import check_folder

PIECES = (
    "A1: yes we do",
    "Q1: What keeps people away? #tag",
    "Q2 coming up #tag",
    "A9 part 2",
    "Q9 part 2: and who pays?",
    "RT @ann: A1 yes we do #tag",
    "@ann @ben hello all",
    "So true!",
    "(1/2) half of it",
    "\u202e turned",
    "\x1b[2J",
    "<script>alert(1)</script>",
    "=HYPERLINK()",
    "x" * 3000,
    "#tag" * 30,
    "😀" * 40,
    "Q" + "9" * 30 + ": far too many",
    "نعم",
    "はい、そうです",
    "http://books.example/" + "y" * 200,
)
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map(" ".join)
ROWS = st.fixed_dictionaries(
    {
        "id": st.integers(0, 60).map(str),
        "author": st.sampled_from(["ann", "ben", "cleo", "ANN", "host", ""]),
        "text": st.one_of(TEXTS, st.text(max_size=80)),
        "created_at": st.one_of(st.integers(1_600_000_000, 1_600_004_000), st.integers()),
        "reply_to": st.one_of(st.none(), st.integers(0, 60).map(str)),
    },
    optional={
        "text_lost": st.booleans(),
        "is_rt": st.booleans(),
        "deleted": st.booleans(),
        "url": st.sampled_from(["javascript:alert(1)", "http://[broken", "https://e.example/1"]),
        "lang": st.sampled_from(["en", "zz-", "<b>"]),
    },
)


@given(st.lists(ROWS, min_size=1, max_size=40))
@settings(max_examples=25)
def test_a_recap_of_anything_is_whole_or_says_why_not(rows: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file, into = Path(folder) / "rows.jsonl", Path(folder) / "chat"
        file.write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
        refused = ""
        try:
            chinwag.recap_files([file], into)
        except chinwag.ChinwagError as error:
            refused = str(error) and find_remedy(error)
        assert bool(refused) != into.exists()
        if refused:
            return
        assert check_folder(into).faults == ()
        page = (into / "story" / "index.html").read_text(encoding="utf-8")
        assert "<script" not in page
        assert 'href="javascript' not in page
        posts = ChatFolder.open(into).read_posts()
        assert len({post.id for post in posts}) == len(posts)
