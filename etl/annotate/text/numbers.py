"""Numbers in digits and in words, with their fractions, and what they are worth."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from etl.language import word_lists

DIGITS = (
    r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?"  # 1,340 and, as in India, 1,97,666
    r"|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d.,]*\d|\w)"  # 816 000
    r"|\d+(?:\.\d+)?"
)
PLACES = 3
"""Decimal places to which parts of a whole are told: two thirds are .667."""

_SIGNS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"


@cache
def _values() -> dict[str, float]:
    return {word: float(value) for word, value in word_lists.table("numbers").items()}


@cache
def _magnitudes() -> dict[str, float]:
    return {word: float(value) for word, value in word_lists.table("magnitudes").items()}


@cache
def parts() -> dict[str, float]:
    """How many of a part make the whole, by its word: 2 for "half", 3 for "third"."""
    ordinals = {word: float(value) for word, value in word_lists.table("ordinals").items()}
    others = {word: float(value) for word, value in word_lists.table("fractions").items()}
    return {word: value for word, value in ordinals.items() if value > 2} | others


@cache
def part_names() -> str:
    """A pattern of the words for parts of a whole."""
    return _any_of(list(parts()))


@cache
def digits_pattern() -> str:
    """A pattern of numbers in digits: "1,340", "816 000", "2½", "2 1/2"."""
    return rf"(?:{DIGITS})(?:[ \u00a0]?[{_SIGNS}]|[ -][1-9]/[2-9]\b)?|[{_SIGNS}]"


@cache
def words_pattern() -> str:
    """A pattern of number words: "twenty-five", "two hundred and six", "one and one-half"."""
    ones = _words(lambda value: value < 10)
    tens = _words(lambda value: value >= 20)
    teens = _words(lambda value: 10 <= value < 20)
    below_hundred = rf"(?:{tens}(?:[- ]{ones}\b)?|{teens}|{ones})\b"
    below_thousand = rf"{below_hundred}(?: hundred\b(?:(?: and)? {below_hundred})?)?"
    half = rf" and (?:an? |one[- ])(?:{part_names()})\b"
    return rf"{below_thousand}(?: thousand\b(?:,?(?: and)? {below_thousand})?)?(?:{half})?"


def _words(is_meant: Callable[[float], bool]) -> str:
    return _any_of([word for word, value in _values().items() if is_meant(value)])


def _any_of(words: list[str]) -> str:
    return rf"(?:{'|'.join(sorted(words, key=lambda word: (-len(word), word)))})"


@cache
def magnitude_pattern() -> str:
    """A pattern of the words and letters for magnitudes: "million", "bn"."""
    return "|".join(sorted(_magnitudes(), key=lambda word: (-len(word), word)))


def from_digits(digits: str) -> float:
    """The value of digits with commas or blanks between thousands, and of a fraction behind them."""
    sign = digits[-1] if digits[-1] in _SIGNS else ""
    whole, slash, bottom = digits.removesuffix(sign).partition("/")
    top = int(whole[-1]) / int(bottom) if slash else 0.0
    value = float(re.sub(r"[,\s]", "", whole[:-2] if slash else whole) or 0)
    return value + top + (round(unicodedata.numeric(sign), PLACES) if sign else 0.0)


def magnitude(word: str) -> float:
    """1000 for "thousand", 1e9 for "bn"."""
    return _magnitudes()[word.lower()]


def from_words(words: str) -> float | None:
    """The value of number words; None where they are none."""
    total = current = 0.0
    for word in re.split(r"[\s,-]+", words.lower().strip()):
        if word in ("and", "a", "an"):
            continue
        if word in _values():
            current += _values()[word]
        elif word in _magnitudes():
            size = _magnitudes()[word]
            current = (current or 1.0) * size
            if size >= 1000:
                total, current = total + current, 0.0
        else:
            return None
    return total + current


def parse(number: str) -> float | None:
    """The value of a number in digits or in words, with a half or another part behind it."""
    if not number[:1].isalpha():
        return from_digits(number)
    whole, _, part = number.lower().rpartition(" and ")
    last = re.fullmatch(rf"(?:an? |one[- ])({part_names()})", part) if whole else None
    if last is None:
        return from_words(number)
    value = from_words(whole)
    return None if value is None else value + round(1 / parts()[last[1]], PLACES)
