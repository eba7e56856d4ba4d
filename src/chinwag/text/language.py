"""Which language a post is in, by its script, its function words, its letters and endings.

Nothing is installed and nothing is learned: function words make up a third to a half of any
sentence, and recognising a language by them is an old and sound method (Ingle, 1976; Grefenstette,
1995). A few words give little to go by; then the answer is "unknown". What the source says of a
post counts as one more hint: many people write several languages from an account that is set to
one.
"""

from __future__ import annotations

import re
from collections import defaultdict

from chinwag.text.labels import strip_labels
from chinwag.text.links import LINK
from chinwag.text.reach import cut_reading
from chinwag.text.stopwords import FUNCTION_WORDS

UNKNOWN = ""

FEWEST_SIGNS = 0.45  # evidence for a language at least
FEWEST_SIGNS_RARE = 1.0  # the same for a language known by a few words only
CLEARLY = 1.25  # times as much as for the next one
SAID_COUNTS = 0.7  # evidence that the source's own statement is worth
LEAST_SHARE = 0.12  # of the words must speak for it, in a text of FULL words or more
FULL = 6

# Languages that would be mistaken for their neighbours if they were not known here.
_MORE = {
    "ca": (
        "amb els les dels als però molt més també perquè què és són aquest aquesta això "
        "nosaltres fem tenim hem han ho hi ens us va van des fins sense tots totes cada "
        "quan on com una un la el de en i a per que no si"
    ),
    "cy": (
        "yn y yr mae dwi i'r o'r a'r ar am gan wedi bod sy'n sydd mewn fel hefyd ond nid "
        "dim eu ei ein eich chi ni nhw yw oedd bydd wrth hyn hwn hon pob gyda rhai mwy iawn "
        "diolch dan tan hyd mis un os pan oes ddim i o neu at"
    ),
    "fi": (
        "ja on ei se että en me he ovat oli mutta kun niin myös tai vain jos mitä tämä joka "
        "ole olla kuin ne kanssa sitä hän minä sen jo nyt vielä meillä"
    ),
    "pl": (
        "i w na nie się z że jest do to jak o ale po co dla czy od przez są tak już tylko "
        "ich jego może był było jestem mamy nas można bardzo oraz"
    ),
    "cs": (
        "a je se na v že to s z do o jako ale jsou by pro tak co za jsme aby po bylo když "
        "nebo jen už velmi také která které"
    ),
    "ro": (
        "și în de la cu pe nu că este sunt din mai pentru o un care ce dar fost lor prin "
        "avem noi foarte după fără sau așa"
    ),
    "hu": (
        "a az és hogy nem is egy van ez de meg csak vagy mint már még ha volt ki mi itt "
        "nagyon kell lehet minden"
    ),
    "id": (
        "yang dan di ini itu dengan untuk tidak dari dalam akan pada juga saya ke karena "
        "ada mereka kami kita sudah bisa atau orang"
    ),
    "sv": ("och att det är inte jag vi på för med som har till av om från när också mycket alla"),
    "da": (
        "og at det er ikke jeg vi på for med som har til af om fra når også meget alle hvad "
        "hvordan fik blev"
    ),
    "nb": (
        "og at det er ikke jeg vi på for med som har til av om fra når også mye alle hva "
        "hvordan ble etter"
    ),
}
# Words of everyday talk, and of courtesy, which short posts hold rather than function words.
_EVERYDAY = {
    "en": (
        "thanks thank hi hey hello good evening night everyone people today agree please "
        "welcome great love new work need help first year every"
        " one two three together same only"
    ),
    "fr": (
        "merci bonjour bonsoir salut bonne bon soir soirée gens personne beaucoup "
        "aujourd'hui d'accord accord nouveau travail faut bien oui non jour an chaque seul "
        "belle"
        " deux trois ensemble seulement"
    ),
    "de": (
        "danke hallo guten gute abend morgen nacht leute heute genau bitte gut neue "
        "zusammen jahr arbeit gerne einfach allein immer wirklich stimmt liebe"
        " zwei drei gemeinsam"
    ),
    "es": (
        "gracias hola buenas buenos noches noche tardes días gente hoy acuerdo nadie bien "
        "bueno nuevo trabajo cada año vez siempre bienvenidos exacto saludos solo"
        " dos tres juntos juntas queda"
    ),
    "pt": (
        "obrigado obrigada olá boa bom noite dia tarde gente hoje acordo ninguém bem novo "
        "nova trabalho cada ano vez sempre sou bela todos vindos exato pessoas coisa ainda"
        " dois duas três juntos juntas fica"
    ),
    "it": (
        "grazie ciao buonasera buongiorno buona sera gente oggi accordo nessuno bene buono "
        "nuovo lavoro ogni anno volta sempre sono bella persone benvenuti esatto"
        " due tre insieme altrimenti resta"
    ),
    "tr": (
        "teşekkürler teşekkür merhaba selam iyi akşamlar geceler evet hayır herkese herkes "
        "insan bugün kesinlikle güzel yeni iş kimse yıl lütfen hoş sağol"
        " iki üç birlikte tek"
    ),
    "nl": (
        "bedankt dank hallo goedenavond goede avond mensen vandaag eens iedereen goed nieuw werk"
        " twee drie samen"
    ),
}
_WORDS = {
    **{
        code: words | frozenset(_EVERYDAY.get(code, "").split())
        for code, words in FUNCTION_WORDS.items()
        if code not in ("nordic", "ar")
    },
    **{code: frozenset(words.split()) for code, words in _MORE.items()},
}
_HOLDERS: dict[str, list[str]] = {}
for _code, _words in _WORDS.items():
    for _word in _words:
        _HOLDERS.setdefault(_word, []).append(_code)
_LETTERS = {
    "ß": ("de",),
    "ñ": ("es",),
    "ã": ("pt",),
    "õ": ("pt",),
    "ğ": ("tr",),
    "ş": ("tr",),
    "ı": ("tr",),
    "œ": ("fr",),
    "ù": ("fr", "it"),
    "ò": ("it", "ca"),
    "ì": ("it",),
    "è": ("fr", "it", "ca"),
    "ê": ("fr", "pt"),
    "ç": ("fr", "pt", "tr", "ca"),
    "ä": ("de", "sv", "fi"),
    "ö": ("de", "sv", "fi", "tr", "hu"),
    "ü": ("de", "tr", "hu"),
    "å": ("sv", "da", "nb"),
    "ø": ("da", "nb"),
    "æ": ("da", "nb"),
    "ó": ("es", "pt", "pl", "hu", "cs"),
    "ł": ("pl",),
    "ż": ("pl",),
    "ę": ("pl",),
    "ř": ("cs",),
    "ě": ("cs",),
    "ț": ("ro",),
    "ș": ("ro",),
    "ő": ("hu",),
    "ű": ("hu",),
    "ŵ": ("cy",),
    "ŷ": ("cy",),
}
_ENDINGS = {
    "en": r"ing|ness|ful|ly|ty|tion|sion|ment|ers?|ed|able|ship|ian|s'",
    "fr": r"tions?|eux|euses?|ments?|aient|ités?|eurs?|ées?|èque|aire|aux|ant",
    "de": r"ung|ungen|keit|heit|lich\w{0,2}|isch\w{0,2}|schaft|chen|ieren|tät|ierte?n?|erin\w*",
    "es": r"ción|ciones|dad(?:es)?|mente|ando|iendo|aron|amos|adores?|ería|ote[cs]\w*",
    "pt": r"ção|ções|dades?|mente|ando|indo|aram|amos|agem|inh[oa]s?|eiros?",
    "it": r"zion[ei]|ità|mente|ando|endo|aggio|ggi|iamo|ttura|otec[ah]\w*|ello|ella",
    "nl": r"heid|lijke?|ingen|atie|eren|sten",
    "tr": r"lar\w*|ler\w*|yor\w*|dık\w*|dik\w*|mak|mek|lık\w*|lik\w*|nda|nde|ması\w*|mesi\w*",
}
_LONGEST_WORD = 60  # letters of a word whose ending tells; no longer one is a word
_ENDS = {
    code: re.compile(rf"(?<!\w)\w{{3,{_LONGEST_WORD}}}(?:{ends})")
    for code, ends in _ENDINGS.items()
}
_ELISION = re.compile(r"(?:(?P<both>[ld])|(?P<fr>qu|[cjnsmt])|(?P<it>\w*ll|un|dov|com|cos))['’]\w")
_OPENING = re.compile("[¿¡]")
_ENGLISH_TAIL = re.compile(r"\w+(?:n['’]t|['’](?:s|re|ve|ll|d|m))")

_TAG = re.compile(r"(?<![\w&/])[@#\uff03\uff20][\w.@-]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_KANA = re.compile("[\u3041-\u30ff]")
_SCRIPTS = (
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("han", re.compile("[\u3400-\u9fff]")),
    ("arabic", re.compile("[\u0621-\u06d3]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("el", re.compile("[\u0391-\u03ce]")),
    ("cyrillic", re.compile("[\u0400-\u045f\u0490\u0491]")),
    ("th", re.compile("[\u0e01-\u0e5b]")),
    ("devanagari", re.compile("[\u0904-\u0939]")),
    ("latin", re.compile("[A-Za-z\u00c0-\u024f]")),
)
_PERSIAN, _URDU = re.compile("[پچژگ]"), re.compile("[ٹڈڑےںہ]")
_UKRAINIAN, _RUSSIAN = re.compile("[іїєґ]"), re.compile("[ыэъё]")


def tell_language(text: str, said: str = "") -> str:
    """Return the language of a text as its BCP 47 code ("fr"), or UNKNOWN where nobody can tell.

    `said` is what the source says, as any BCP 47 tag. Links, names, hashtags and labels are no
    words of any language.
    """
    return _tell(text, said.partition("-")[0].partition("_")[0].lower())


def _tell(text: str, said: str) -> str:
    said = "" if said in ("und", "mul", "zxx", "qme", "qst", "qht", "in") else said
    bare = _TAG.sub(" ", LINK.sub(" ", strip_labels(cut_reading(text)))).strip()
    script = _find_script(bare)
    if script == "latin":
        return _tell_latin(bare, said)
    return _tell_by_script(bare, script, said)


def _find_script(text: str) -> str:
    """Return the script of most letters, "" where there is no letter."""
    if _KANA.search(text):
        return "kana"
    counts = [(len(pattern.findall(text)), script) for script, pattern in _SCRIPTS]
    most, script = max(counts, key=lambda pair: pair[0])
    return script if most else ""


def _tell_by_script(text: str, script: str, said: str) -> str:
    if script == "kana":
        return "ja"
    if script in ("ko", "he", "el", "th"):
        return script
    if script == "han":
        return said if said in ("ja", "zh", "yue") else "zh"
    if script == "arabic":
        if _URDU.search(text):
            return "ur"
        return "fa" if _PERSIAN.search(text) else said if said in ("fa", "ur") else "ar"
    if script == "cyrillic":
        if _UKRAINIAN.search(text.lower()):
            return "uk"
        known = said in ("ru", "bg", "sr", "mk", "be", "kk", "mn")
        return said if known else "ru" if _RUSSIAN.search(text.lower()) else UNKNOWN
    if script == "devanagari":
        return said if said in ("hi", "mr", "ne", "sa") else UNKNOWN
    return UNKNOWN


def _tell_latin(text: str, said: str) -> str:
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    signs = _count_signs(words)
    if _OPENING.search(text):
        signs["es"] = signs.get("es", 0.0) + 1
    held = bool(words) and (not signs or max(signs.values()) < FEWEST_SIGNS)
    if held and said not in _NOT_LATIN:
        return said  # nothing speaks against it
    if said in signs:
        signs[said] += SAID_COUNTS
    ranked = sorted(signs.items(), key=lambda pair: (-pair[1], pair[0]))
    if not ranked:
        return UNKNOWN
    best, much = ranked[0]
    next_best = ranked[1][1] if len(ranked) > 1 else 0.0
    enough = len(words) < FULL or much >= LEAST_SHARE * len(words)
    clear = (
        much >= (FEWEST_SIGNS_RARE if best in _MORE else FEWEST_SIGNS)
        and much >= CLEARLY * next_best
    )
    return best if clear and enough else UNKNOWN


_NOT_LATIN = frozenset(
    ("ar", "fa", "ur", "he", "ja", "zh", "ko", "ru", "uk", "bg", "sr", "mk", "el", "th", "hi", "mr")
)


def _count_signs(words: list[str]) -> dict[str, float]:
    """Return the evidence for each language that anything in these words speaks for."""
    signs: dict[str, float] = defaultdict(float)
    for word in words:
        holders = _HOLDERS.get(word, ())
        for code in holders:
            signs[code] += 1 / len(holders)
        for letter in set(word) & _LETTERS.keys():
            for code in _LETTERS[letter]:
                signs[code] += 0.5 / len(_LETTERS[letter])
        if 5 < len(word) <= _LONGEST_WORD and not holders:
            ending = [code for code, pattern in _ENDS.items() if pattern.fullmatch(word)]
            for code in ending:
                signs[code] += 0.4 / len(ending)
        if elided := _ELISION.match(word):
            for code in ("fr", "it") if elided["both"] else ("fr",) if elided["fr"] else ("it",):
                signs[code] += 0.5
        elif _ENGLISH_TAIL.fullmatch(word):
            signs["en"] += 0.5
    return dict(signs)
