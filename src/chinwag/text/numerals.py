"""Numerals: the numbers by which people number things, in any script, by signs and by words.

`fold_signs` makes plain letters and digits of whatever stands for them ("𝗤𝟭", "Ｑ１", "Q¹", "①",
"1️⃣"), by what Unicode says of each sign; `read_numeral` tells the value of what is left.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

SIGN = "\u20e3"  # the keycap: in a folded text it follows every number that is a sign of its own

_MOST = 50  # a sign for a larger number numbers nothing
_JOINERS = frozenset("\ufe0e\ufe0f\u200b\u200c\u200d\u2060\ufeff")
_COUNTED = (
    "zero one two three four five six seven eight nine ten eleven twelve",
    "null eins zwei drei vier fünf sechs sieben acht neun zehn",
    "nul een twee drie vier vijf zes zeven acht negen tien",
    "zéro un deux trois quatre cinq six sept huit neuf dix",
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez",
    "zero um dois três quatro cinco seis sete oito nove dez",
    "zero uno due tre quattro cinque sei sette otto nove dieci",
    "sıfır bir iki üç dört beş altı yedi sekiz dokuz on",
    "noll ett två tre fyra fem sex sju åtta nio tio",
    "null en to tre fire fem seks syv otte ni ti",
    "zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć",
    "dim un dau tri pedwar pump chwech saith wyth naw deg",
    "ноль один два три четыре пять шесть семь восемь девять десять",
)
_ORDERED = (
    "first second third fourth fifth sixth seventh eighth ninth tenth",
    "erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte",
    "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende",
    "première deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième",
    "primera segunda tercera cuarta quinta sexta séptima octava novena décima",
    "primeira segunda terceira quarta quinta sexta sétima oitava nona décima",
    "prima seconda terza quarta quinta sesta settima ottava nona decima",
    "birinci ikinci üçüncü dördüncü beşinci altıncı yedinci sekizinci dokuzuncu onuncu",
    "första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde",
    "første anden tredje fjerde femte sjette syvende ottende niende tiende",
    "pierwsze drugie trzecie czwarte piąte szóste siódme ósme dziewiąte dziesiąte",
    "первый второй третий четвёртый пятый шестой седьмой восьмой девятый десятый",
)
COUNTED = {word: n for words in _COUNTED for n, word in enumerate(words.split())}
ORDERED = {word: n for words in _ORDERED for n, word in enumerate(words.split(), 1)}
COUNTED |= {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "eine": 1, "una": 1, "uma": 1}
ORDERED |= {"seconde": 2, "erster": 1, "zweiter": 2, "dritter": 3}

# Alphabets by whose letters people count: "A.", "β)", "В.", "ב.", "ب)", "ウ.", "다."
_ALPHABETS = (
    "abcdefghijkl",
    "αβγδεζηθικ",
    "абвгдежзик",
    "אבגדהוזחטי",
    "ابجدهوزحطي",
    "アイウエオカキクケコ",
    "가나다라마바사아자차",
)
LETTERS = {letter: n for row in _ALPHABETS for n, letter in enumerate(row, 1)}
_HAN = {sign: n for n, sign in enumerate("〇一二三四五六七八九")} | {"壹": 1, "贰": 2, "叁": 3}
HAN_SIGNS = "〇一二三四五六七八九十壹贰叁"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
ROMAN = {numeral: n for n, numeral in enumerate(_ROMAN, 1)}

_NAMED_LETTER = re.compile(r"(?:LATIN[ A-Z]{0,60}|SYMBOL) LETTER (?:SMALL CAPITAL )?([A-Z])$")
_ORDINAL_SIGNS = "ºª"
_NAMED_NUMBER = re.compile(
    r"\b(ZERO|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN|ELEVEN|TWELVE|FIRST|SECOND|THIRD"
    r"|FACE-[1-6])\b"
)


class Folded(NamedTuple):
    """A text in plain letters and digits; `places[i]` is where sign `i` stood, its end last."""

    text: str
    places: tuple[int, ...]


def fold_signs(text: str) -> Folded:
    """Return a text with letters, digits and numbers in fancy dress as plain ones.

    >>> fold_signs("𝗤② Ⅳ").text == "Q2\u20e3 4\u20e3"
    True
    """
    if text.isascii():
        return Folded(text, tuple(range(len(text) + 1)))
    signs: list[str] = []
    places: list[int] = []
    for at, sign in enumerate(text):
        plain = _fold_sign(sign)
        signs.append(plain)
        places.extend([at] * len(plain))
    return Folded("".join(signs), (*places, len(text)))


def read_numeral(text: str) -> int | None:
    """Return the value of a numeral of digits, Han signs, Roman ones or a word; None for others."""
    if text.isdecimal():
        return int(text)
    if text in ROMAN:
        return ROMAN[text]
    if text[:1] in HAN_SIGNS:
        return _read_han(text)
    word = text.casefold()
    return COUNTED.get(word, ORDERED.get(word))


def _read_han(text: str) -> int | None:
    """Return the value of "三", "十", "十二" or "二十一"."""
    tens, ten, ones = text.rpartition("十")
    if not set(tens + ones) <= set(_HAN) or len(tens) > 1 or len(ones) > 1:
        return None
    return (_HAN[tens] if tens else 1) * 10 * bool(ten) + (_HAN[ones] if ones else 0)


def _fold_sign(sign: str) -> str:
    """Return what one sign stands for."""
    if sign.isascii() or sign in _ORDINAL_SIGNS:
        return sign
    if sign in _JOINERS:
        return ""
    category = unicodedata.category(sign)
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    if category in ("No", "Nl", "So"):
        return _fold_numeric(sign, category)
    plain = unicodedata.normalize("NFKC", sign)
    if len(plain) == 1 and plain.isalpha():
        return _name_letter(plain) if category == "Ll" else plain
    return sign if len(plain) != 1 else plain


def _fold_numeric(sign: str, category: str) -> str:
    """Return the number, or the letter, that a sign shows; the sign where it shows neither."""
    value = _tell_value(sign)
    plain = unicodedata.normalize("NFKC", sign)
    if value is not None:
        is_raised = "SCRIPT" in unicodedata.name(sign, "")
        if category == "No" and not plain.isdecimal() and plain != sign:
            return plain  # "⒈", "⑴"
        return str(value) if is_raised else f"{value}{SIGN}"
    return _name_letter(plain if len(plain) == 1 else sign)


def _tell_value(sign: str) -> int | None:
    """Return the whole number that a sign shows, by its value or its name in Unicode."""
    value = unicodedata.numeric(sign, -1.0)
    if value >= 0:
        return int(value) if value == int(value) <= _MOST else None
    if sign == "\N{KEYCAP TEN}":
        return 10
    named = _NAMED_NUMBER.search(unicodedata.name(sign, ""))
    if not named:
        return None
    word = named[1].lower()
    return int(word[-1]) if word[-1].isdigit() else read_numeral(word)


def _name_letter(sign: str) -> str:
    """Return the plain letter that a sign shows: "Q" for a Q in a box, or a small capital."""
    named = _NAMED_LETTER.search(unicodedata.name(sign, ""))
    shows = bool(named) and not sign.isascii()
    return named[1] if named and shows else sign
