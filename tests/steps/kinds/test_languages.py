"""Courtesies of other languages are told apart from what says something, by form and phrases."""

from __future__ import annotations

from typing import Any

import pytest

from chinwag.steps.judging.surroundings import Surroundings
from chinwag.steps.kinds.kinds import NOWHERE, tell_kind
from chinwag.steps.reading import ReadPost

COMES = Surroundings(early=True, waited=None)
GOES = Surroundings(first=False, closing=True, waited=900.0)
RUNS = Surroundings(first=False, host=True, waited=500.0)
TALKS = Surroundings(first=False, waited=120.0)


@pytest.mark.parametrize(
    ("around", "text", "kind"),
    [
        (COMES, "Bonsoir à tous, Odette des archives, désolée pour le retard !", "greeting"),
        (GOES, "Gute Nacht zusammen, bis zum nächsten Mal!", "greeting"),
        (COMES, "こんばんは、資料室の誠です。遅れてすみません！", "greeting"),
        (GOES, "تصبحون على خير، إلى اللقاء في الشهر القادم!", "greeting"),
        (GOES, "Nos da bawb, hwyl!", "greeting"),
        (GOES, "¡Muchas gracias a todas y a todos por esta conversación tan bonita!", "thanks"),
        (GOES, "皆さん、今夜は楽しい会話をありがとうございました！", "thanks"),
        (GOES, "Diolch i bawb am sgwrs wych!", "thanks"),
        (RUNS, "Sıradaki soru beş dakika sonra geliyor. Etiketi unutmayın!", "housekeeping"),
        (RUNS, "السؤال التالي بعد خمس دقائق. لا تنسوا الوسم!", "housekeeping"),
        (TALKS, "Oui, tout à fait !", "agreement"),
        (TALKS, "はい、その通りです！", "agreement"),
        (TALKS, "Sì, esatto!", "agreement"),
    ],
)
def test_a_courtesy_is_told(talk: Any, around: Surroundings, text: str, kind: str) -> None:
    assert tell_kind(ReadPost(talk.say(0, "bo", f"{text} #shelfchat")), around) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Merci ! Chez nous, deux collègues ferment le bâtiment ensemble chaque soir.",
        "Dire bonsoir à chaque visiteur.",
        "入ってくる人みんなに「こんばんは」と声をかけます。",
        "Gracias a la biblioteca hay luz en el barrio.",
        "Ja, aber nur wenn die Sozialarbeiterin jede Woche kommt.",
        "Mae diolch i bob gwirfoddolwr yn rhan o'n cynllun bob blwyddyn.",
    ],
)
def test_what_says_something_stays_in_the_talk(talk: Any, text: str) -> None:
    assert tell_kind(ReadPost(talk.say(0, "bo", f"{text} #shelfchat")), TALKS) not in NOWHERE
