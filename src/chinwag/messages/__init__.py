"""MESSAGES: the words for what the library says as values, in one catalogue per language.

What lives here: `catalogue` (which finds and fills the sentences), `templates` (how a sentence
names its parts), `language` (what a catalogue of one language holds), `rules` (plurals, numbers and
dates, by Babel), and one folder for each language. Another language is one more folder like
`english/` and one more line in LANGUAGES.
May import: `text`, `model`, `errors`. May not import: steps, a door.
Example: `open_catalogue("en").word_note(make_note("asks", question="3", numbered=True))`.
"""

from chinwag.messages.catalogue import LANGUAGES, Catalogue, open_catalogue
from chinwag.messages.language import Language

__all__ = ["LANGUAGES", "Catalogue", "Language", "open_catalogue"]
