"""Numbers in a text, in digits or in words, each in one spelling: "1,200" and "1200" are one."""

from __future__ import annotations

import re

_DIGITS = re.compile(
    r"(?<![\w.])(?P<sign>[£$€¥]?)(?P<number>\d+(?:[.,:]\d+)*)(?P<unit>\s?(?:%|per\s?cent\b|percent\b)"
    r"|st\b|nd\b|rd\b|th\b|\s?[ap]\.?m\b\.?|[kKmM]\b|s\b|º|ª)?",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+$")

_WORDS = """
zero/0 two/2 three/3 four/4 five/5 six/6 seven/7 eight/8 nine/9 ten/10 eleven/11 twelve/12
thirteen/13 fourteen/14 fifteen/15 sixteen/16 seventeen/17 eighteen/18 nineteen/19 twenty/20
thirty/30 forty/40 fifty/50 sixty/60 seventy/70 eighty/80 ninety/90 hundred/100 hundreds/100
thousand/1000 thousands/1000 million/1000000 millions/1000000 dozen/12 dozens/12 half/half
halves/half quarter/quarter quarters/quarter third/3rd thirds/3rd twice/x2 thrice/x3 double/x2
doubled/x2 triple/x3 tripled/x3 second/2nd fourth/4th fifth/5th sixth/6th seventh/7th eighth/8th
ninth/9th tenth/10th first/1st once/x1 single/1 one/1
deux/2 trois/3 quatre/4 cinq/5 sept/7 huit/8 neuf/9 dix/10 onze/11 douze/12 vingt/20 trente/30
quarante/40 cinquante/50 soixante/60 cent/100 mille/1000 moitié/half
zwei/2 drei/3 vier/4 fünf/5 sechs/6 sieben/7 acht/8 neun/9 zehn/10 elf/11 zwölf/12 zwanzig/20
dreißig/30 vierzig/40 fünfzig/50 hundert/100 tausend/1000 hälfte/half
dos/2 tres/3 cuatro/4 cinco/5 seis/6 siete/7 ocho/8 nueve/9 diez/10 doce/12 veinte/20 treinta/30
cuarenta/40 cincuenta/50 cien/100 mil/1000 mitad/half
dois/2 duas/2 três/3 quatro/4 sete/7 oito/8 nove/9 dez/10 doze/12 vinte/20 trinta/30 metade/half
due/2 tre/3 quattro/4 cinque/5 sei/6 sette/7 otto/8 dieci/10 dodici/12 venti/20 trenta/30 cento/100
metà/half iki/2 üç/3 dört/4 beş/5 altı/6 yedi/7 sekiz/8 dokuz/9 on/# yirmi/20 otuz/30 yüz/100
bin/# yarısı/half
"""
_VALUES = {
    word: value
    for word, value in (pair.split("/") for pair in _WORDS.split())
    if value != "#"  # "on" and "bin" are Turkish numbers and English words
}
_NOT_A_NUMBER = frozenset(["once", "second", "single"])  # mostly other words in English


def find_digits(text: str) -> list[tuple[int, int, str]]:
    """Return each number in digits: where it begins and ends, and its value in one spelling.

    A time has a colon ("19:30"), an hour its half of the day ("7pm"), a share its sign ("40%").
    """
    return [(found.start(), found.end(), _spell(found)) for found in _DIGITS.finditer(text)]


def _spell(found: re.Match[str]) -> str:
    number = found["number"].rstrip(".,:")
    if _THOUSANDS.match(number):
        number = number.replace(",", "")
    unit = re.sub(r"[\s.]", "", (found["unit"] or "").lower())
    unit = "%" if unit in ("percent", "%") else unit
    if unit in ("am", "pm"):
        number = number.replace(".", ":").removesuffix(":00")
    if unit == "k" and number.isdecimal():
        return f"{found['sign']}{number}000"
    return f"{found['sign']}{number}{unit}"


def value_of(word: str) -> str:
    """Return the value of a folded word that is a number, "" for any other."""
    return "" if word in _NOT_A_NUMBER else _VALUES.get(word, "")
