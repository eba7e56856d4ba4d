"""OLD SOURCES: files that some tool wrote once, read into posts.

What lives here: `formats/`, one file an export format, each blind to the others; the `registry`,
which chooses one; `reading`, which reads a file by it; `source`, which opens what is compressed
(`containers`, `archives`, `encodings`); and what several formats share: rows and cells of tables,
JSON, times and days, tweets, workbooks.
May import: `records`, and below. May not import: steps, stores, a door, another format.
Example: `for record in read_file(Path("chat.csv"), ReadOptions()): ...`
"""

from chinwag.importers.contract import Importer, Person
from chinwag.importers.reading import Reading, read_file
from chinwag.importers.registry import choose_format, list_formats, tells_stories
from chinwag.records.contract import HiddenRow, ReadOptions, RowError
from chinwag.records.times import find_zone

__all__ = [
    "HiddenRow",
    "Importer",
    "Person",
    "ReadOptions",
    "Reading",
    "RowError",
    "choose_format",
    "find_zone",
    "list_formats",
    "read_file",
    "tells_stories",
]
