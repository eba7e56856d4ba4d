"""A whole chat on real local networks: announced, answered, captured, written up.

The host announces eight questions on Mastodon and Bluesky with `chinwag announce`; thirty invented
people answer from accounts of their own on either network; `chinwag capture` runs meanwhile, and
`chinwag recap` makes the story of the folder. It then compares the story with what was said: each
question asked on both networks, everybody credited where they spoke, every permalink right.

    .venv/bin/python benchmarks/whole_chat.py --into DIR [--pace 6]

It needs `scripts/test-networks --install`. Prints what it found and, last, one JSON line; the story
is DIR/story/index.html.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.networks.bluesky_people import Person
from tests.networks.local_servers import LocalServers, are_installed
from tests.networks.mastodon_people import MastodonPeople

from chinwag.stores.folder import ChatFolder

TAG = "quietroomchat"
QUESTIONS = (
    "What would you do with one empty room in your library?",
    "Who should be able to book it, and how?",
    "What makes a quiet room quiet?",
    "Which furniture do people fight over?",
    "How do you keep it open when nobody is at the desk?",
    "What did people do in your room that you never planned?",
    "How do you show your managers that it is worth it?",
    "What will you try before we meet again?",
)
SUBJECTS = (
    ("chairs that can be moved", "a long table", "one lamp for each seat", "lockers for bags"),
    ("anybody with a card", "students in the week before exams", "the knitting group", "nobody"),
    ("carpet on the walls", "a door that shuts slowly", "no phones past the red line", "felt"),
    ("the armchair by the window", "the two sockets", "the standing desk", "the old sofa"),
    ("a code on the lock", "neighbours as key holders", "a camera and a kind sign", "volunteers"),
    ("a wedding rehearsal", "a choir at lunch", "naps", "a repair cafe every other Friday"),
    ("a tally by the door", "a book of thanks", "photographs of full seats", "one story a month"),
    ("a booking sheet on paper", "a silent hour", "plants", "asking the people who never come"),
)
LEADS = (
    "We put in {} and the room filled within a week.",
    "For us it was {}, which cost nearly nothing.",
    "I would start with {} and see who turns up.",
    "{}, every time. Nothing else made that difference.",
    "We tried {} first. It worked better than the plan.",
)
FOLLOWING = (
    "How did you pay for that?",
    "Same here, and the caretaker likes it too.",
    "Did anybody complain at first?",
    "We had the opposite: people asked for noise.",
)
NAMES = tuple(
    f"{name}{side}"
    for name in ("amber", "bruno", "carla", "dario", "edith", "felix", "greta", "henri",
                 "irene", "jonas", "karin", "laszlo", "maren", "nuria", "oscar")
    for side in ("m", "b")
)  # fmt: skip


class Evening:
    """Thirty people, half of them on each network, and the host's accounts."""

    def __init__(self, servers: LocalServers, into: Path) -> None:
        self.servers = servers
        self.into = into
        self.chance = random.Random(8)
        self.mastodon = MastodonPeople(servers.addresses["mastodon"])
        self.bluesky: dict[str, Person] = {}
        self.said: dict[str, str] = {}  # id of a post: who said it
        self.latest: list[tuple[str, Any]] = []

    async def sign_up(self) -> dict[str, str]:
        """Give everybody an account; give the settings of the host."""
        pds, address = self.servers.addresses["pds"], self.servers.addresses["mastodon"]
        for name in NAMES:
            if name.endswith("b"):
                self.bluesky[name] = await asyncio.to_thread(Person, pds, name)
            else:
                await self.mastodon.sign_up(name)
        host = await asyncio.to_thread(Person, pds, "quiethost")
        token = (await self.mastodon.sign_up("quiethost")).reveal()
        return {
            "CHINWAG_CONFIG": os.devnull,
            "CHINWAG_MASTODON_SERVERS": address,
            "CHINWAG_MASTODON_TOKENS": f"{address.removeprefix('http://')}={token}",
            "CHINWAG_BLUESKY_ADDRESS": pds,
            "CHINWAG_BLUESKY_HANDLE": host.handle,
            "CHINWAG_BLUESKY_PASSWORD": await asyncio.to_thread(host.make_app_password),
            "CHINWAG_BLUESKY_JETSTREAMS": self.servers.addresses["jetstream"],
            "CHINWAG_BLUESKY_APP_VIEW": self.servers.addresses["appview"],
        }

    async def answer(self, number: int) -> None:
        """Let some twelve people answer a question, and a few go on without the hashtag."""
        self.latest = []
        for name in self.chance.sample(NAMES, 12):
            words = self.chance.choice(LEADS).format(self.chance.choice(SUBJECTS[number - 1]))
            words = words[0].upper() + words[1:]
            await self.speak(name, f"A{number} {words} #{TAG}", None)
        for name in self.chance.sample(NAMES, 3):
            side = name[-1]
            parents = [handle for who, handle in self.latest if who.endswith(side)]
            if parents:
                await self.speak(name, self.chance.choice(FOLLOWING), self.chance.choice(parents))

    async def speak(self, name: str, text: str, parent: Any) -> None:
        """Let somebody post, perhaps in answer to a post of their network."""
        if name.endswith("b"):
            handle: Any = await asyncio.to_thread(self.bluesky[name].post, text, parent)
            id_ = handle["uri"]
        else:
            handle = id_ = await self.mastodon.post(name, text, parent or "")
        self.said[id_] = name
        self.latest.append((name, handle))


def run_chinwag(environ: dict[str, str], *words: str, kept: Path | None = None) -> None:
    """Run a command with --json; keep what it said behind a log, where one is named."""
    command = [str(Path(sys.executable).with_name("chinwag")), *words, "--json"]
    done = subprocess.run(
        command, env=os.environ | environ, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(words)} failed: {done.stderr or done.stdout}")
    if kept is not None:
        with kept.open("a") as log:
            log.write(done.stdout)


async def run(said: argparse.Namespace) -> dict[str, Any]:
    agenda = said.into.with_suffix(".agenda.txt")
    agenda.parent.mkdir(parents=True, exist_ok=True)
    agenda.write_text("".join(f"{n}. {text}\n" for n, text in enumerate(QUESTIONS, 1)))
    with LocalServers() as servers:
        evening = Evening(servers, said.into)
        environ = await evening.sign_up()
        log = said.into.with_suffix(".log")
        with log.open("wb") as out:
            capture = subprocess.Popen(
                [
                    *(str(Path(sys.executable).with_name("chinwag")), "capture", f"#{TAG}"),
                    *("--into", str(said.into), "--agenda", str(agenda)),
                    *("--title", "One empty room", "--json"),
                ],
                env=os.environ | environ,
                stdout=out,
                stderr=out,
            )
        await asyncio.sleep(5.0)
        begun = time.time()
        for number in range(1, len(QUESTIONS) + 1):
            await asyncio.to_thread(run_chinwag, environ, "announce", str(said.into), f"Q{number}")
            await evening.answer(number)
            await asyncio.sleep(said.pace)
        await asyncio.sleep(15.0)
        capture.terminate()
        status = await asyncio.to_thread(capture.wait, 120)
        run_chinwag(environ, "announce", str(said.into), "Q1")  # nothing goes out twice
        run_chinwag(environ, "capture", "--into", str(said.into), "--once", kept=log)
        run_chinwag({}, "recap", "--into", str(said.into))
        result = compare(said.into, evening)
        await evening.mastodon.close()
    return {"seconds": round(time.time() - begun, 1), "status": status, **result}


def compare(into: Path, evening: Evening) -> dict[str, Any]:
    """Compare the folder with what people said where."""
    folder = ChatFolder.open(into)
    chat = folder.read_chat()
    posts = {post.id: post for post in folder.read_posts()}
    placed = {one.post: one.question for one in folder.read_placements()}
    page = (into / "story" / "index.html").read_text()
    asked_on_both = sum(
        {id_.partition(":")[0] == "at" for id_ in question.posts} == {True, False}
        for question in chat.questions
    )
    labelled = [(id_, posts[id_]) for id_ in evening.said if id_ in posts]
    right = sum(
        placed[id_] == post.text[1:].split()[0]
        for id_, post in labelled
        if post.text.startswith("A")
    )
    return {
        "people": len({evening.said[id_] for id_, _post in labelled}),
        "said": len(evening.said),
        "kept": len(labelled),
        "credited": sum(
            evening.said[id_] in post.author.replace("_", "") for id_, post in labelled
        ),
        "questions": len(chat.questions),
        "asked_on_both": asked_on_both,
        "asked_twice": sum(len(question.posts) > 2 for question in chat.questions),
        "placed_right": right,
        "labelled": sum(post.text.startswith("A") for _id, post in labelled),
        "permalinks_shown": sum(post.url in page for _id, post in labelled if post.url),
        "moderators": [one.author for one in chat.moderators],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--pace", type=float, default=6.0, help="seconds between two questions")
    said = parser.parse_args()
    if not are_installed():
        print("The servers are not installed here: `scripts/test-networks --install` does that.")
        return
    result = asyncio.run(run(said))
    for name, value in result.items():
        print(f"{name:>18}: {value}")
    print(json.dumps({"benchmark": "whole_chat", "against": "what was said", **result}))


if __name__ == "__main__":
    main()
