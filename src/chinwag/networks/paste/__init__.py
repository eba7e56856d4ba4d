"""PASTE: posts that a person copied, as a block of text or as links to them.

What lives here: `paste`, which cuts the block, and asks for the posts behind links only where a
person wants it. What a pasted post says is read by `importers/pasted_posts`. README.md: what is
understood.
May import: what NETWORKS may. May not import: other networks.
Example: `Paste(text)`; `Paste(text, resolve=True)` asks the servers that the links name.
"""

from chinwag.networks.paste.paste import Paste, cut_paste

__all__ = ["Paste", "cut_paste"]
