"""Where a form of the story finds its pictures: within itself, beside it, or on a site."""

from __future__ import annotations

import base64
from collections.abc import Callable

from chinwag.model import Story, find_picture_type

FindAddress = Callable[[str], str]  # from a picture's name to the address by which it is shown


def embed_pictures(story: Story) -> FindAddress:
    """Return the addresses that hold the story's pictures themselves ("data:"): "" for another."""

    def find_address(name: str) -> str:
        content = story.pictures.get(name)
        if content is None:
            return ""
        return f"data:{find_picture_type(name)};base64,{base64.b64encode(content).decode()}"

    return find_address


def show_beside(name: str) -> str:
    """Return the address of a picture for a file that lies beside the folder of pictures."""
    return name
