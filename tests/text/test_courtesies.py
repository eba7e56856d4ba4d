"""Courtesies of nine languages are told apart from what says something."""

from __future__ import annotations

import pytest

from chinwag.text.courtesies import tell_courtesy


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Bonsoir à tous, Odette des archives, désolée pour le retard !", "greeting"),
        ("Gute Nacht zusammen, bis zum nächsten Mal!", "greeting"),
        ("こんばんは、資料室の誠です。遅れてすみません！", "greeting"),
        ("تصبحون على خير، إلى اللقاء في الشهر القادم!", "greeting"),
        ("¡Muchas gracias a todas y a todos por esta conversación tan bonita!", "thanks"),
        ("皆さん、今夜は楽しい会話をありがとうございました！", "thanks"),
        ("Sıradaki soru beş dakika sonra geliyor. Etiketi unutmayın!", "housekeeping"),
        ("السؤال التالي بعد خمس دقائق. لا تنسوا الوسم!", "housekeeping"),
        ("Oui, tout à fait !", "agreement"),
        ("はい、その通りです！", "agreement"),
        ("Sì, esatto!", "agreement"),
        # These say something.
        ("Merci ! Chez nous, deux collègues ferment le bâtiment ensemble chaque soir.", ""),
        ("Dire bonsoir à chaque visiteur.", ""),
        ("入ってくる人みんなに「こんばんは」と声をかけます。", ""),
        ("Gracias a la biblioteca hay luz en el barrio.", ""),
        ("Ja, aber nur wenn die Sozialarbeiterin jede Woche kommt.", ""),
        # English is told elsewhere.
        ("Thanks everyone!", ""),
        ("", ""),
    ],
)
def test_a_courtesy_is_told(text: str, kind: str) -> None:
    assert tell_courtesy(text) == kind
