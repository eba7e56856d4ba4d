"""The English catalogue, in British English."""

from chinwag.messages.english.counted import COUNTED
from chinwag.messages.english.notes import NOTES
from chinwag.messages.english.pages import TEXTS
from chinwag.messages.language import Language

ENGLISH = Language(
    code="en",
    locale="en_GB",
    texts=TEXTS,
    counted=COUNTED,
    notes=NOTES,
    dates={
        "weekday": "EEEE d MMMM y",  # Tuesday 7 April 2015
        "full": "d MMMM y",  # 7 April 2015
        "short": "d MMMM",  # 7 April
    },
)
