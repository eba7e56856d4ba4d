"""TRACING: every word of a summary stands in the posts that it names, or is refused.

What lives here: check_sources (letter for letter, and the counts), agreement (what the files of a
chat say of each other), voices (who says a point, who only agrees), askings (which posts ask),
claims (whether a sentence that a model wrote says nothing but what its posts say).
May import: `text`, `model`, `errors`. May not import: another step.
Example: `check_summary(summary, posts)`.
"""

from chinwag.steps.tracing.agreement import (
    Disagreement,
    compare_placements,
    compare_posts,
    compare_summary,
)
from chinwag.steps.tracing.check_sources import (
    Untraceable,
    check_summary,
    find_stretch,
    find_unfounded,
    find_untraceable,
    stands_in,
)
from chinwag.steps.tracing.voices import Voices, count_voices

__all__ = [
    "Disagreement",
    "Untraceable",
    "Voices",
    "check_summary",
    "compare_placements",
    "compare_posts",
    "compare_summary",
    "count_voices",
    "find_stretch",
    "find_unfounded",
    "find_untraceable",
    "stands_in",
]
