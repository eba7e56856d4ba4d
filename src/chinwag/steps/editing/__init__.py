"""EDITING: the host's version of the story, and the sheet in which it is made.

What lives here: `material` (what a host can choose from), `marks` (how a sheet calls a point),
`write_sheet`, `sheet_lines` and `read_sheet` (the sheet, there and back), `points` and `shorten`
(points joined, reworded and shortened), `suggest` (what another choice of points would change),
`keep` (an edition held true against the posts of now), `edited` (what it makes of the story),
`clear` (what a removal takes out of it), `told` (a story that was told elsewhere, as an edition),
`compare` (what an edit does) and `numbers` (finding an edition, and numbering the next).
May import: `tracing`, `text`, `model`, `errors`. May not import: the steps beside it, stores.
Example: `read_sheet(write_sheet(material), material).blocks == material.edition.blocks`.
"""

from chinwag.steps.editing.clear import clear_edition, find_gone
from chinwag.steps.editing.compare import EditOutcome, compare_editions
from chinwag.steps.editing.edited import (
    check_edition,
    find_edition_faults,
    reword_questions,
    show_edition,
    summarise_edition,
)
from chinwag.steps.editing.keep import keep_edition, list_points
from chinwag.steps.editing.material import Material, draft_edition, gather_material
from chinwag.steps.editing.numbers import find_edition, number_next
from chinwag.steps.editing.points import join_points, list_quotes, take_point, word_point
from chinwag.steps.editing.read_sheet import Mistake, ReadSheet, read_sheet
from chinwag.steps.editing.suggest import suggest_edits
from chinwag.steps.editing.told import note_told, tell_edition
from chinwag.steps.editing.write_sheet import write_sheet

__all__ = [
    "EditOutcome",
    "Material",
    "Mistake",
    "ReadSheet",
    "check_edition",
    "clear_edition",
    "compare_editions",
    "draft_edition",
    "find_edition",
    "find_edition_faults",
    "find_gone",
    "gather_material",
    "join_points",
    "keep_edition",
    "list_points",
    "list_quotes",
    "note_told",
    "number_next",
    "read_sheet",
    "reword_questions",
    "show_edition",
    "suggest_edits",
    "summarise_edition",
    "take_point",
    "tell_edition",
    "word_point",
    "write_sheet",
]
