"""Numbers in digits and in words."""

from __future__ import annotations

import re
from functools import cache

from etl.language import word_lists

DIGITS = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"


@cache
def _values() -> dict[str, float]:
    return {row[0]: float(row[1]) for row in word_lists.rows("numbers")}


@cache
def _magnitudes() -> dict[str, float]:
    return {row[0]: float(row[1]) for row in word_lists.rows("magnitudes")}


@cache
def words_pattern() -> str:
    """A pattern of number words: "twenty-five", "two hundred and six"."""
    one = "|".join(sorted(_values(), key=lambda word: (-len(word), word)))
    return rf"(?:{one})(?:(?:[ -]| and )(?:{one}|hundred|thousand)\b)*"


@cache
def magnitude_pattern() -> str:
    """A pattern of the words and letters for magnitudes: "million", "bn"."""
    return "|".join(sorted(_magnitudes(), key=lambda word: (-len(word), word)))


def from_digits(digits: str) -> float:
    """The value of digits with commas between thousands."""
    return float(digits.replace(",", ""))


def magnitude(word: str) -> float:
    """1000 for "thousand", 1e9 for "bn"."""
    return _magnitudes()[word.lower()]


def from_words(words: str) -> float | None:
    """The value of number words; None where they are none."""
    total = current = 0.0
    for word in re.split(r"[\s-]+", words.lower().strip()):
        if word == "and":
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
    """The value of a number in digits or in words."""
    if number[:1].isdigit():
        return from_digits(number)
    return from_words(number)
