"""The French catalogue."""

from chinwag.messages.french.counted import COUNTED
from chinwag.messages.french.notes import NOTES
from chinwag.messages.french.pages import TEXTS
from chinwag.messages.french.typography import set_all
from chinwag.messages.language import Language

FRENCH = Language(
    code="fr",
    locale="fr_FR",
    texts=set_all(TEXTS),
    counted={noun: set_all(forms) for noun, forms in COUNTED.items()},
    notes=set_all(NOTES),
    dates={
        "weekday": "EEEE d MMMM y",  # mardi 7 avril 2015
        "full": "d MMMM y",  # 7 avril 2015
        "short": "d MMMM",  # 7 avril
    },
)
