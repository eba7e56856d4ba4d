"""What does an editor's help bring? Recorded decisions, and those of a reader, against grades.

`--recorded` plays what editors decided on the eighteen graded chats through the real door: an
OpenAI-compatible address on this machine answers each message from the grades (must-ins first, who
says the same, where a post belongs), and the command's own workflow asks it. That tells how much of
an editor's decisions comes through the format and its guards, not how good a model is.
`--folder DIR` measures a chat folder that a reader or a model has chosen the points of, against the
grades of the chat that it is named after. Without help the same chats are measured in the same run.

    python benchmarks/editor.py --recorded           # all graded chats; --chat NAME for some
    python benchmarks/editor.py --folder my/critlib-2015-05-19
"""

from __future__ import annotations

import argparse
import json
import tempfile
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import combinations
from pathlib import Path
from typing import Any

from chinwag.engines.language_model import LanguageModel
from chinwag.model import Post, Summary
from chinwag.stores.folder import ChatFolder
from chinwag.text.cleaning import clean_post
from chinwag.workflows.ask_editor import EditorReport, ask_editor
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.encoders import use_words
from chinwag.workflows.import_files import import_files
from chinwag.workflows.place_chat import place_chat
from chinwag.workflows.summarise_chat import summarise_chat
from labelled import read_grades
from placing import SHARED

Row = Mapping[str, str]
ZONE = "America/New_York"


class Recorded:
    """Answers messages from one chat's grades. Posts are known by their words, cleaned."""

    def __init__(self, posts: Iterable[Post], rows: Mapping[str, Row], hashtag: str) -> None:
        self.rows: dict[str, Row] = {}
        handles = frozenset(post.author.casefold() for post in posts)
        for post in posts:
            if post.id in rows:
                self.rows[clean_post(post.text, hashtag, handles)[:2000]] = rows[post.id]

    def answer(self, message: str) -> str:
        """Return what the editor decided on the posts of a message."""
        sent = json.loads(message)
        if "doubtful" in sent:
            return json.dumps({"placed": []})
        known = {row["n"]: self.rows.get(row["text"], {}) for row in sent["posts"]}
        texts = {row["n"]: row["text"] for row in sent["posts"]}
        return json.dumps(
            {"points": self._choose(known, texts, sent["at_most"]), "moved": _move(known)}
        )

    def _choose(
        self, known: Mapping[int, Row], texts: Mapping[int, str], most: int
    ) -> list[dict[str, Any]]:
        ranked = sorted(
            (n for n, row in known.items() if row.get("grade", "0") in "23"),
            key=lambda n: (-int(known[n]["grade"]), n),
        )
        points: list[dict[str, Any]] = []
        told: set[str] = set()
        for n in ranked[: 4 * most]:
            key = known[n]["same"]
            if len(points) < most and (not key or key not in told):
                told.add(key)
                same = [m for m, row in known.items() if key and row.get("same") == key and m != n]
                points.append({"post": n, "text": texts[n], "same": same, "theme": ""})
        return points


def _move(known: Mapping[int, Row]) -> list[dict[str, Any]]:
    moved = {n: row["question"] for n, row in known.items() if row.get("question")}
    return [
        {"post": n, "question": "none" if label == "-" else label, "kind": "answer"}
        for n, label in moved.items()
    ]


@contextmanager
def serve(recorded: Recorded) -> Iterator[str]:
    """Serve recorded decisions at an address of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            said = recorded.answer(asked["messages"][1]["content"])
            body = json.dumps({"choices": [{"message": {"content": said}}]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()


def score(summaries: Sequence[tuple[Summary, Mapping[str, Row]]]) -> dict[str, float]:
    """Return the figures of some summaries against their chats' grades."""
    grades: Counter[str] = Counter()
    groups = found = pairs = right = 0
    for summary, rows in summaries:
        members: dict[str, set[str]] = defaultdict(set)
        for post, row in rows.items():
            if row["same"]:
                members[row["same"]].add(post)
        bullets = [bullet for question in summary.questions for bullet in question.bullets]
        grades.update(rows[one.quoted]["grade"] for one in bullets if one.quoted in rows)
        behind = [set(one.posts) for one in bullets]
        groups += len(members)
        found += sum(any(len(posts & one) > 1 for one in behind) for posts in members.values())
        told = [pair for one in bullets for pair in combinations(one.posts, 2)]
        keys = [(rows.get(a, {}).get("same"), rows.get(b, {}).get("same")) for a, b in told]
        pairs += len(keys)
        right += sum(bool(one) and one == other for one, other in keys)
    number = max(1, grades.total())
    return {
        "bullets": grades.total(),
        "must_in": round(grades["3"] / number, 3),
        "good": round(grades["2"] / number, 3),
        "weak": round(grades["1"] / number, 3),
        "strike": round(grades["0"] / number, 3),
        "groups_found": found,
        "groups": groups,
        "pairs": pairs,
        "pair_precision": round(right / max(1, pairs), 3),
    }


def play(name: str, rows: Mapping[str, Row], data: Path) -> tuple[Summary, Summary, EditorReport]:
    """Return a chat's summary without help, with the recorded editor's, and the report."""
    with tempfile.TemporaryDirectory() as made:
        into = Path(made) / name
        import_files([data / "chats" / f"{name}.jsonl"], into, ChatDetails(time_zone=ZONE))
        place_chat(into, encoder=use_words)
        before = summarise_chat(into, encoder=use_words)
        folder = ChatFolder.open(into)
        recorded = Recorded(folder.read_posts(), rows, folder.read_chat().hashtag)
        with serve(recorded) as address:
            model = LanguageModel(address, "recorded")
            report = ask_editor(into, model, lambda _: True, encoder=use_words)
        return before, folder.read_summary(), report


def main() -> None:
    """Play back or read a folder, count, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--recorded", action="store_true", help="play the grades back")
    parser.add_argument("--chat", default="", help="chats whose name holds this only")
    parser.add_argument("--folder", type=Path, action="append", default=[])
    options = parser.parse_args()
    if not (options.data / "editors").is_dir():
        print(f"Nothing measured: the grades are not at {options.data / 'editors'}.")
        return
    tables = read_grades(options.data)
    without, helped, dropped = [], [], Counter[str]()
    for name, rows in tables.items() if options.recorded else ():
        if options.chat in name:
            before, after, report = play(name, rows, options.data)
            without.append((before, rows))
            helped.append((after, rows))
            dropped.update(report.dropped)
    helped += [(ChatFolder.open(one).read_summary(), tables[one.name]) for one in options.folder]
    table = {"helped": score(helped)} | ({"without": score(without)} if without else {})
    for name, row in table.items():
        print(name.rjust(8) + "".join(f"  {key} {value}" for key, value in row.items()))
    print(json.dumps({"benchmark": "editor", **table, "dropped": dict(dropped.most_common())}))


if __name__ == "__main__":
    main()
