"""Make the files of the sample chat from its script.

    python examples/build_sample.py            # rewrites the files below examples/
    python examples/build_sample.py --into DIR # writes the same into another folder

The same script gives the same bytes on every machine: no clock, no chance, no network.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

import sample_bluesky
import sample_languages
import sample_mastodon
import sample_old
from sample_script import Entry, Script, read_script

HERE = Path(__file__).resolve().parent
SCRIPT = HERE / "stackschat" / "script.txt"
LANGUAGES = HERE / "languages" / "script.txt"


def tell_agenda(script: Script) -> str:
    """Give the agenda as the hosts wrote it: a numbered list."""
    asked = [
        entry for entry in script.entries if entry.kind == "question" and entry.person.key == "hb"
    ]
    lines = [_word_item(entry) for entry in asked]
    return "Libraries after dark: Tuesday 13 October 2026, 7pm (London)\n\n" + "".join(lines)


def _word_item(entry: Entry) -> str:
    wording = entry.text.partition(":")[2].removesuffix("#stackschat").strip()
    number, _, part = (entry.label or "").partition(".")
    return f"{number} part {part}. {wording}\n" if part else f"{number}. {wording}\n"


def tell_truth(script: Script) -> str:
    """Give the truth: one line a post, in the order in which they were said.

    The post that should never have been in a file is not in it. Posts that were deleted are.
    """
    lines = [
        {
            "post": find_id(entry),
            "question": entry.label,
            "kind": entry.kind,
            "shared_point": f"{entry.label}/{entry.point}" if entry.point else "",
        }
        for entry in script.entries
        if not entry.private
    ]
    return "".join(msgspec.json.encode(line).decode() + "\n" for line in lines)


def find_id(entry: Entry) -> str:
    """Give the id by which the whole network knows a post."""
    if entry.person.network == "m":
        return sample_mastodon.make_uri(entry)
    return sample_bluesky.make_uri(entry)


def build_files(script: Script) -> dict[str, str]:
    """Give every file by its path below examples/."""
    return {
        "stackschat/mastodon-glam.json": sample_mastodon.tell_glam(script),
        "stackschat/mastodon-social.json": sample_mastodon.tell_social(script),
        "stackschat/bluesky-search.json": sample_bluesky.tell_search(script),
        "stackschat/bluesky-threads.json": sample_bluesky.tell_threads(script),
        "stackschat/bluesky-feed.json": sample_bluesky.tell_feed(script),
        "stackschat/agenda.txt": tell_agenda(script),
        "stackschat/truth.jsonl": tell_truth(script),
        **{
            f"languages/{name}": text
            for name, text in sample_languages.tell_files(LANGUAGES).items()
        },
        **{f"formats/{name}": text for name, text in sample_old.tell_formats(script).items()},
    }


def main() -> None:
    """Write the files below the folder that is asked for."""
    parser = argparse.ArgumentParser(description="Make the sample chat's files from its script.")
    parser.add_argument("--into", type=Path, default=HERE, help="folder to write below")
    into: Path = parser.parse_args().into
    for name, text in build_files(read_script(SCRIPT)).items():
        path = into / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        print(f"{len(text.encode()):>8,} bytes  {path}")


if __name__ == "__main__":
    main()
