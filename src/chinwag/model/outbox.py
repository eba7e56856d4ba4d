"""The outbox: what a host announced on which network, so that nothing goes out twice."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Sent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One announcement on one account: a line of `outbox.jsonl`.

    `key` is what the network knows it by, however often it is tried; `account` where it goes
    ("mastodon glam.example"). `question` is the label of the question that it asks, "" for other
    words. `state` is "wanted" (not known to be out: to be tried again), "waiting" (the network
    posts it when it is time), "out" or "deleted". `id` and `url` are the post's; `at` is when it
    went out, or will go out.
    """

    key: str
    account: str
    question: str
    text: str
    state: str
    at: datetime
    id: str = ""
    url: str = ""
