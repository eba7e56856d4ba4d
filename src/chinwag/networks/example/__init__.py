"""EXAMPLE: an invented network, complete: a village's noticeboard. Copy this folder for a new one.

What lives here: `board` is the network itself, in this process; `routes` reads it, as it happens
and by walking past; `announce` writes on it. `importers/example_notes.py` says what a note is.
Tests of the capture use it, so it can be shut and opened again.
Example: `board = Board("green"); board.pin("ana", "Hello #InkChat", at=now)`.
"""

from chinwag.networks.example.announce import BoardAnnouncer
from chinwag.networks.example.board import Board
from chinwag.networks.example.routes import BoardPoll, BoardStream

__all__ = ["Board", "BoardAnnouncer", "BoardPoll", "BoardStream"]
