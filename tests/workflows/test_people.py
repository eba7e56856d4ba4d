"""Posts whose authors are numbers get the names that another file has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chinwag.stores.folder import ChatFolder
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.import_files import import_files

POSTS = [
    {
        "id": f"13128056427310694{number}",
        "text": f"A1: map {number} #atlaschat",
        "author_id": str(7900 + number % 2),
        "created_at": f"2020-10-04T17:{number}:20.000Z",
        "conversation_id": "1312805139108409345",
        "public_metrics": {"retweet_count": 0},
    }
    for number in range(10, 16)
]
PEOPLE = {
    "users": [
        {"id": "7900", "username": "ada_maps", "name": "Ada Lindqvist"},
        {"id": "7901", "username": "bo_reads", "name": "Bo Renn"},
    ],
    "tweets": [],
}


@pytest.mark.parametrize("first", [0, 1])
def test_a_file_of_people_names_the_authors_of_the_posts_beside_it(
    first: int, tmp_path: Path
) -> None:
    posts, people = tmp_path / "data_1.json", tmp_path / "users_1.json"
    posts.write_text(json.dumps(POSTS), encoding="utf-8")
    people.write_text(json.dumps(PEOPLE), encoding="utf-8")
    files = [posts, people][first:] + [posts, people][:first]

    import_files(files, tmp_path / "chat", ChatDetails())

    read = ChatFolder.open(tmp_path / "chat").read_posts()
    assert [(post.author, post.author_name, post.url) for post in read[:2]] == [
        ("ada_maps", "Ada Lindqvist", f"https://twitter.com/ada_maps/status/{POSTS[0]['id']}"),
        ("bo_reads", "Bo Renn", f"https://twitter.com/bo_reads/status/{POSTS[1]['id']}"),
    ]
    assert {post.author for post in read} == {"ada_maps", "bo_reads"}
