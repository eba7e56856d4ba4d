"""Courtesies of languages other than English: hello, goodbye, thanks, yes, and how the chat runs.

A post or a sentence that says one of them and little else is no part of the talk in any language.
English is told with far more care in `steps/kinds`; here are the phrases of nine languages
that leave little doubt by themselves.
"""

from __future__ import annotations

import re

from chinwag.text.sentences import split_sentences
from chinwag.text.words import count_words

LONGEST = 16  # words of a courtesy; of Japanese, which puts no spaces, three letters are a word
MOST_ELSE = 4  # words in other sentences, beyond which a text says something as well
LONGEST_YES = 5

_HELLO = r"""
bonjour|bonsoir|salut|coucou|guten (?:abend|tag|morgen)|hallo|servus|moin|hola|buen[oa]s (?:d[ií]as
|tardes|noches)|ol[áa]|bo(?:a (?:noite|tarde)|m dia)|ciao|salve|buon(?:a ?sera|giorno)|merhaba
|selam\w*|iyi akşamlar|herkese (?:merhaba|iyi akşamlar)|مساء الخير|صباح الخير|مرحبا\w*|أهلا\w*
|السلام عليكم|こんばんは|こんにちは|おはよう(?:ございます)?|はじめまして
"""
_LATE = r"""
désolée? (?:pour le|du) retard|en retard|entschuldigt?\b.{0,20}\bverspätung|zu spät|perd[óo]n\w* por
(?:el retraso|llegar tarde)|llego tarde|desculp\w+ (?:o|pelo) atraso|scusat\w* (?:il|per il) ritardo
|in ritardo|geç kald\w+|عذرا على التأخير|تأخر\w*|遅れて(?:すみません|ごめん\w*|申し訳\w*)|遅刻
"""
_BYE = r"""
bonne (?:nuit|soirée)|au revoir|à (?:la prochaine|bientôt)|gute nacht|auf wiedersehen|tschüss?
|bis (?:bald|dann|zum nächsten)|hasta (?:luego|pronto|la próxima|mañana)|que descansen
|boa noite|até (?:logo|breve|[aà] próxima)|durmam bem|buona ?notte|arrivederci|a presto
|alla prossima|iyi geceler|hoşça ?kal\w*|görüş(?:ürüz|mek üzere)|تصبحون على خير|إلى اللقاء
|مع السلامة|وداعا|おやすみ(?:なさい)?|さようなら|また(?:来月|来週|次回|今度|お会い)
|お疲れ(?:様|さま)
"""
_THANKS = r"""
merci|remercie\w*|danke\w*|vielen dank|(?:muchas )?gracias(?! a (?!tod))|(?:muito )?obrigad[oa]s?
|grazie(?! al?l?[ao'’]?\b(?! tutt))
|teşekkür\w*|sağ ?ol\w*|شكرا\w*|أشكر\w*|نشكر\w*|ありがとう\w*|感謝(?:します|しています|です)
"""
_RUNNING = r"""
(?:la )?prochaine question|(?:la )?question suivante|n['’]oubliez pas (?:le|la|les) (?:mot|hashtag)
|nächste frage|hashtag nicht|(?:la )?(?:próxima|siguiente) pregunta|(?:no olviden|recuerden|usen)
(?:la etiqueta|el hashtag)|(?:a )?(?:próxima|seguinte) pergunta
|(?:não se esqueçam|lembrem-se) d[aeo] hashtag|(?:la )?prossima domanda|non dimenticate l['’]hashtag
|sıradaki soru|sonraki soru|etiketi (?:unutmayın|kullanın)
|السؤال (?:التالي|القادم)|الوسم|次の質問(?:は|に|へ|です)|ハッシュタグ(?:を|も)(?:忘れ|付け|つけ)
"""
_YES = r"""
oui|tout à fait|exactement|d['’]accord|bien sûr|carrément|ja|genau|stimmt|richtig|absolut|eben|sí
|exacto|exactamente|totalmente|de acuerdo|claro|así es|sim|exato|exatamente|isso mesmo|concordo
|com certeza|sì|esatto|esattamente|d['’]accordo|certo|proprio così|evet|kesinlikle|aynen(?: öyle)?
|katılıyorum|doğru|haklısın\w*|نعم|صحيح|بالضبط|أوافق\w*|أتفق(?: معك)?|تماما|بالتأكيد|はい|ええ|うん
|その通り(?:です)?|そうですね|同感(?:です)?|賛成(?:です)?|確かに|本当に|まったく
"""


def _compile(phrases: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """Return a pattern for any of the phrases, as whole words where a script has words."""
    joined = " ".join(line.strip() for line in phrases.strip().splitlines())
    either = joined.replace(" |", "|").replace("| ", "|").replace(" ", r"\s")
    return re.compile(rf"{before}(?<![a-zà-ÿ])(?:{either})(?![a-zà-ÿğış]){after}", re.IGNORECASE)


_STARTS_HELLO = _compile(_HELLO, before=r"^[\W_]*")
_IS_LATE, _SAYS_BYE = _compile(_LATE), _compile(_BYE)
_SAYS_THANKS, _RUNS = _compile(_THANKS), _compile(_RUNNING)
_IS_YES = _compile(_YES, before=r"^[\W_]*", after=r"(?:[\W_]+|$)")
_QUOTED = re.compile('[«“„「『"][^»”“」』"]{0,400}[»”“」』"]')


def tell_courtesy(text: str) -> str:
    """Return the kind of a text that is little but courtesies, by the first of them.

    That is "greeting", "thanks", "agreement" or "housekeeping"; "" for any other text, and for
    English. What stands in quotation marks is not said by the author.
    """
    told = [(_tell_sentence(one), count_words(one)) for one in split_sentences(_join(text))]
    kinds = [kind for kind, _ in told if kind]
    others = sum(words for kind, words in told if not kind)
    return kinds[0] if kinds and others <= MOST_ELSE else ""


def _join(text: str) -> str:
    return " ".join(_QUOTED.sub(" ", text).split())


def _tell_sentence(said: str) -> str:
    words = count_words(said)
    if not words or words > LONGEST:
        return ""
    if words <= LONGEST_YES and _agrees(said):
        return "agreement"
    if _RUNS.search(said):
        return "housekeeping"
    if _SAYS_THANKS.search(said):
        return "thanks"
    hello = _STARTS_HELLO.match(said)
    if _SAYS_BYE.search(said) or _IS_LATE.search(said) or (hello and words <= LONGEST // 2):
        return "greeting"
    return ""


def _agrees(text: str) -> bool:
    """Return whether a text is nothing but yes."""
    rest = text
    while found := _IS_YES.match(rest):
        rest = rest[found.end() :]
    return rest != text and not count_words(rest)
