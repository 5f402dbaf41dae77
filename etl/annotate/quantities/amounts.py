"""Numbers with their sign, currency, magnitude and unit: "minus 12 degrees", "USD34.6 million", "two-thirds"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from etl.annotate.quantities.counted import is_plural, next_word
from etl.annotate.text.numbers import (
    PLACES,
    digits_pattern,
    magnitude,
    magnitude_pattern,
    parse,
    part_names,
    parts,
    words_pattern,
)
from etl.language import word_lists

SHILLINGS = re.compile(r"/-(?!\d)")
"""Behind an amount of shillings or rupees: "500/-"."""

_ARTICLES = {"a": 1.0, "an": 1.0, "half a": 0.5}
_LEAST_WON = 100  # fewer of them buy nothing: "of the five, two won" is a verb
_LEAST_RAND = 100  # "R62" is a road


@dataclass(frozen=True, slots=True)
class Amount:
    """A number: the span of its digits or words with sign, magnitude and unit, and its value.

    `scale` is what its magnitude makes of it ("million"); `has_sign`: a currency stands before it; `is_joined`: it goes
    on in the next number ("10 to 20"); `first` and `last` are where the numbers joined begin and end.
    """

    start: int
    end: int
    value: float
    unit: str | None
    is_word: bool
    scale: float = 1.0
    has_sign: bool = False
    is_joined: bool = False
    first: int = -1
    last: int = -1


def find_amounts(text: str) -> list[Amount]:
    """All numbers of a text, sorted, without overlap."""
    parts_found = list(_parts(text))
    spans = [(one.start, one.end) for one in parts_found]
    whole = [one for one in _numbers(text) if not any(s < one.end and one.start < e for s, e in spans)]
    found = sorted([*parts_found, *whole], key=lambda one: one.start)
    return [replace(one, first=one.start, last=one.end) for one in found]


@cache
def _number_pattern() -> re.Pattern[str]:
    signs = "|".join(re.escape(sign) for sign in sorted(word_lists.table("currency_signs"), key=_longest))
    sizes = _sizes()
    large = "(?:hundred|thousand|million|billion|trillion|dozen)"
    return re.compile(
        rf"(?<!\w)(?=[^\s.,;:!?bcdgijklpquvwxy])(?P<minus>(?:(?<=[^\d\n] )[-−]|(?<=\()[-−]|\b[Mm]inus )(?=\S))?"
        rf"(?:(?<![\w$.])(?P<sign>{signs})[ \u00a0]?(?=\S)|(?<![\w.,$]))"
        rf"(?:(?P<digits>{digits_pattern()})(?:(?P<letter>(?i:{magnitude_pattern()}))\b)?"
        rf"|(?P<words>\b(?i:{words_pattern()}|an?(?= {large}\b)|half a(?= {large}\b))\b))"
        rf"(?:[ -](?P<size>(?i:(?:{sizes})(?: (?:{sizes}))?))\b)?"
    )


@cache
def _sizes() -> str:
    """A pattern of the magnitudes that are words, not letters."""
    return "|".join(word for word in magnitude_pattern().split("|") if len(word) > 2)


@cache
def _unit_pattern() -> re.Pattern[str]:
    rows = sorted(word_lists.rows("units"), key=lambda row: _longest(row[0]))
    of_case = {
        case: "|".join(re.escape(unit) for unit, _, told in rows if told == case and not _is_letter(unit))
        for case in ("exact", "any")
    }
    letters = "".join(unit for unit, _, _ in rows if _is_letter(unit))
    return re.compile(
        rf"(?:(?: or (?:so|more|fewer|less))?[ \u00a0-]?(?P<unit>{of_case['exact']}|(?i:{of_case['any']}))"
        rf"|(?P<letter>[{letters}]))(?!\w|['’]t\b|/-(?!\d))"
    )


@cache
def _units() -> dict[str, str]:
    return {row[0]: row[1] for row in word_lists.rows("units")}


def _is_letter(unit: str) -> bool:
    """Whether a unit is a capital letter, which must stand close to its number: "30C"."""
    return len(unit) == 1 and unit.isupper()


def _longest(word: str) -> tuple[int, str]:
    return -len(word), word


def _numbers(text: str) -> Iterator[Amount]:
    for found in _number_pattern().finditer(text):
        number = _read(found)
        if number is not None:
            yield _with_unit(text, number)


def _read(found: re.Match[str]) -> Amount | None:
    words, sign = (found["words"] or "").lower(), found["sign"] or ""
    value = parse(found["digits"]) if found["digits"] else _ARTICLES.get(words) or parse(words)
    if value is None:
        return None
    unit, end, scale, letter = word_lists.table("currency_signs").get(sign), found.end(), 1.0, found["letter"]
    if letter and letter.lower() in ("m", "b") and not _is_million(found, unit):
        end = found.end() if found["size"] else found.end("digits")
    elif letter:
        scale = magnitude(letter)
    for size in (found["size"] or "").split():
        scale *= magnitude(size)
    if sign == "R" and value * scale < _LEAST_RAND:
        unit = None
    value *= -scale if found["minus"] else scale
    return Amount(found.start(), end, round(value, 6), unit, not found["digits"], scale, bool(sign))


def _is_million(found: re.Match[str], unit: str | None) -> bool:
    """Whether m or b behind digits is a magnitude: of money, or where a plural follows ("1.2m cars")."""
    if unit is not None or SHILLINGS.match(found.string, found.end()):
        return True
    noun = next_word(found.string, found.end())
    return noun is not None and is_plural(noun) and noun not in word_lists.words("counted_metres")


def _with_unit(text: str, number: Amount) -> Amount:
    """The number with the unit that stands behind it."""
    found = None if number.unit else _unit_pattern().match(text, number.end)
    if found is None:
        return number
    word = found["unit"] or found["letter"]
    if word.lower() == "won" and number.value < _LEAST_WON:
        return number
    return replace(number, unit=_units().get(word) or _units()[word.lower()], end=found.end())


@cache
def _part_pattern() -> re.Pattern[str]:
    of_one = "|".join(word for word in parts() if word != "half")
    return re.compile(
        rf"\b(?:(?P<top>one|two|three|four|five|six|seven|eight|nine)[- ](?P<name>{part_names()})s?"
        rf"|an? (?P<one>{of_one})|(?:by )?half(?= (?:of|the|over|its|his|her|their|as (?:much|many))\b)|by half)\b(?!-)"
        rf"(?: of an? (?P<size>{_sizes()})\b)?",
        re.IGNORECASE,
    )


def _parts(text: str) -> Iterator[Amount]:
    """Parts of a whole: "two-thirds", "a third of", "half the"."""
    for found in _part_pattern().finditer(text):
        top = parse(found["top"].lower()) if found["top"] else 1.0
        is_of = found["size"] is not None or text.startswith(" of ", found.end())
        if top == 1.0 and found["top"] and not is_of:
            continue
        if found["one"] and not is_of and not _is_modified(text, found.start()):
            continue
        value = round((top or 1.0) / parts()[(found["name"] or found["one"] or "half").lower()], PLACES)
        scale = magnitude(found["size"]) if found["size"] else 1.0
        yield _with_unit(text, Amount(found.start(), found.end(), value * scale, None, True, scale))


@cache
def _modifier_pattern() -> re.Pattern[str]:
    names = "|".join(sorted(word_lists.words("quantity_modifiers"), key=_longest))
    return re.compile(rf"\b(?P<modifier>{names}) (?:the |a )?$", re.IGNORECASE)


def _is_modified(text: str, start: int) -> bool:
    return modifier(text, start)[1] is not None


def modifier(text: str, start: int) -> tuple[int, str | None]:
    """Where the words begin that say how exact a number is, and these words: "at least"."""
    first = max(0, start - 30)
    found = _modifier_pattern().search(text[first:start])
    return (start, None) if found is None else (first + found.start(), found["modifier"].lower())
