"""Who is gone is named nowhere in what others say, whatever stands close to the name."""

from __future__ import annotations

import pytest

from chinwag.steps.collect.mask import mask_text


def knows_ann(kind: str, text: str) -> bool:
    return (kind, text) in {
        ("person", "kettle_ann"),
        ("person", "ann-lee.bsky.example"),
        ("name", "ann lee"),
    }


@pytest.mark.parametrize("handle", ["kettle_ann", "ann-lee.bsky.example"])
@pytest.mark.parametrize(
    "said",
    [
        "Yes, @{}!",
        ".@{} what about tea?",
        "@{}-thanks for the tea",
        "@{}--thanks",
        "@{}...thanks",
        "@{}.Thanks",
        "@{}.",
        "(@{}/@bo)",
        "＠{} thanks",
    ],
)
def test_a_handle_is_masked_whatever_stands_close_to_it(handle: str, said: str) -> None:
    assert mask_text(said.format(handle), knows_ann, is_near=False) == said.format("[…]")


@pytest.mark.parametrize(
    ("said", "masked"),
    [
        ("Ann Lee--thanks", "[…]--thanks"),
        ("so...Ann Lee...said", "so...[…]...said"),
        ("Ann Lee’s idea", "[…]’s idea"),
        ("Ann Lee, thanks", "[…], thanks"),
        ("Ann Leeson", "Ann Leeson"),
        ("Mary-Ann Lee", "Mary-Ann Lee"),
    ],
)
def test_a_name_is_masked_as_whole_words(said: str, masked: str) -> None:
    assert mask_text(said, knows_ann, is_near=False) == masked


@pytest.mark.parametrize("said", ["@kettle_annie thanks", "@kettle_ann.bsky.example", "@bo-thanks"])
def test_another_who_is_called_alike_is_named(said: str) -> None:
    assert mask_text(said, knows_ann, is_near=False) == said
