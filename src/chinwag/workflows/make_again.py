"""Make again what was made of a chat, after something below it has changed."""

from __future__ import annotations

from pathlib import Path

from chinwag.steps.reading import Readings
from chinwag.stores.folder import ChatFolder, layout
from chinwag.workflows.place_chat import place_chat
from chinwag.workflows.publish_chat import publish_chat
from chinwag.workflows.summarise_chat import summarise_chat


def make_again(into: Path) -> None:
    """Place, summarise and publish anew, each where the folder holds the result of it already."""
    folder = ChatFolder.open(into)
    readings = Readings()
    if folder.has(layout.PLACEMENTS):
        place_chat(into, readings=readings)
    if folder.has(layout.SUMMARY):
        summarise_chat(into, readings=readings)
    if folder.has(layout.STORY):
        publish_chat(into)
