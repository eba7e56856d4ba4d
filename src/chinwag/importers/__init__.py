"""OLD SOURCES: files that some tool wrote once, read into posts.

What lives here: `formats/`, one file an export format, each blind to the others; the registry and
the sniffing that choose one; `source` opens what is compressed.
May import: `records`, and below. May not import: steps, stores, a door, another format.
Example: `for record in read_file(Path("chat.csv"), ReadOptions()): ...`
"""

from chinwag.importers.contract import Importer, Person
from chinwag.importers.reading import Reading, read_file
from chinwag.importers.registry import choose_format, list_formats
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
]
