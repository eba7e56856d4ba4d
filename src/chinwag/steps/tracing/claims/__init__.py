"""CLAIMS: does a sentence say nothing but what its posts say?

What lives here: vocabulary and numbers (data), reading (a text's clauses, negations, stems), form
(length, quotation marks, names), support (whose words these are), neighbours and rates (which words
belong together), strength (negation, certainty, amounts), check (all of it, in order), verdict
(what comes of it).
May import: `text`, `model`, `errors`. May not import: anything that asks a model.
Example: `refusal = check_sentence("The toilets are locked at six.", sources)`.

The judgement is by words, and strict: every word that claims something has to stand in the posts,
as it is or inflected. What is refused costs nothing, since the post's own words stand instead.
"""

from chinwag.steps.tracing.claims.check import check_sentence
from chinwag.steps.tracing.claims.verdict import REASONS, Known, Refusal, Source, list_people

__all__ = ["REASONS", "Known", "Refusal", "Source", "check_sentence", "list_people"]
