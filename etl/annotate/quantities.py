"""Numbers with what they count or measure, by a small grammar of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from etl.annotate.text.numbers import DIGITS, magnitude, magnitude_pattern, parse, words_pattern
from etl.language import word_lists
from etl.records import Quantity, Span, Time

_VAGUE = re.compile(
    r"(?<![\w-])(?:(?:tens|hundreds|dozens) of )?(?:dozens|scores|hundreds|thousands|millions|billions|tens)"
    r"(?: of (?!the\b|thousands\b|millions\b)(?P<counted>[a-z][\w-]+))?(?![\w-])",
    re.IGNORECASE,
)
_FRACTION_WORDS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "tenth": 10, "eighth": 8}
_PART_OF_NAME = re.compile(r"(?:[#@/:]|\b[A-Z]{2,5} |\b[A-Z][\w’']*-|\d[-–]|[A-Za-z]-|\d\.)$")
_LABEL = re.compile(r"\b(?P<label>[A-Za-z]+)\.?[ -]$")
_NOT_AFTER = re.compile(
    r"(?:[-–: ]?years?[- ]old|[-–]year[-–]old|(?:st|nd|rd|th)\b|[/:]\d|[-–]\d|\s?(?:a\.m|p\.m|am\b|pm\b)|"
    r"\.\d|,\d|[-–](?:[a-z]+)-old|[- ]calib(?:re|er)\b|°?\s*[NSEW]\b(?!\w)|\s+of age\b)"
)
_AGE = re.compile(r",\s\d{1,3}[,.]")
_SHILLINGS = re.compile(r"/-(?!\d)")
_NOUN = re.compile(r"[ -]+([A-Za-z][\w’'-]*)")
_PLURALS = {
    "people",
    "men",
    "women",
    "children",
    "police",
    "troops",
    "personnel",
    "staff",
    "percent",
    "us",
    "them",
}
_DIMENSIONS = {"deep", "high", "long", "tall", "wide", "thick", "old", "strong"}


@dataclass(frozen=True, slots=True)
class _Number:
    """A number found: its span with sign and magnitude, its value, and the unit told so far."""

    start: int
    end: int
    value: float
    unit: str | None
    is_word: bool


def find_quantities(text: str, times: tuple[Time, ...]) -> tuple[Quantity, ...]:
    """All quantities, sorted; numbers inside time expressions are none."""
    taken = [(time.start_char, time.end_char) for time in times]
    found: list[Quantity] = []
    for number in [*_fractions(text), *_numbers(text)]:
        if not _is_free((number.start, number.end), taken):
            continue
        quantity = _quantity(text, number)
        if quantity is not None:
            found.append(quantity)
            taken.append((quantity.start_char, quantity.end_char))
    for vague in _VAGUE.finditer(text):
        is_counted = vague["counted"] or " of " in vague.group()
        if is_counted and _is_free(vague.span(), taken):
            found.append(
                Quantity(vague.start(), vague.end(), vague.group(), None, None, None, vague.group("counted"))
            )
    return tuple(sorted(found, key=lambda quantity: quantity.start_char))


def _is_free(span: Span, taken: list[Span]) -> bool:
    return not any(start < span[1] and span[0] < end for start, end in taken)


@cache
def _number_pattern() -> re.Pattern[str]:
    signs = "|".join(
        re.escape(sign) for sign in sorted(word_lists.table("currency_signs"), key=lambda s: -len(s))
    )
    long_words = [word for word in magnitude_pattern().split("|") if len(word) > 2]
    letters = [word for word in magnitude_pattern().split("|") if len(word) <= 3]
    large, sizes = "(?:hundred|thousand|million|billion|trillion|dozen)", "|".join(long_words)
    article = rf"an?(?= {large}\b)|half a(?= {large}\b)"
    return re.compile(
        rf"(?P<sign>(?<![\w$])(?:{signs})\s?)?(?:(?<![\w.,$])|(?<=[$£€¥₹])|(?<=\$ ))"
        rf"(?:(?P<digits>{DIGITS})(?:(?P<letter>{'|'.join([*letters, *long_words])})\b)?"
        rf"|(?P<words>\b(?:{words_pattern()}|{article})\b))"
        rf"(?:[ -](?P<size>(?:{sizes})(?: (?:{sizes}))?)\b)?",
        re.IGNORECASE,
    )


def _numbers(text: str) -> list[_Number]:
    out = []
    for found in _number_pattern().finditer(text):
        number = _read(found)
        if number is not None and _counts(text, number):
            out.append(number)
    return out


def _read(found: re.Match[str]) -> _Number | None:
    sign = (found["sign"] or "").strip().lower()
    words = (found["words"] or "").lower()
    value = (
        parse(found["digits"])
        if found["digits"]
        else {"a": 1.0, "an": 1.0, "half a": 0.5}.get(words) or parse(words)
    )
    if value is None:
        return None
    unit = word_lists.table("currency_signs").get(sign)
    end = found.end()
    letter = found["letter"]
    if letter:
        is_money = unit is not None or _SHILLINGS.match(found.string, found.end())
        if not is_money and letter.lower() in ("m", "b"):
            end = found.end("digits") if not found["size"] else end
        else:
            value *= magnitude(letter)
    for size in (found["size"] or "").split():
        value *= magnitude(size)
    return _Number(found.start(), end, round(value, 6), unit, not found["digits"])


def _counts(text: str, number: _Number) -> bool:
    """Whether the number measures something: no year, age, score, ordinal, time of day or name's part."""
    before, after = text[max(0, number.start - 20) : number.start], text[number.end : number.end + 14]
    if number.unit is not None:
        return True
    label = _LABEL.search(before)
    in_name = number.is_word and text[number.start].isupper() and re.match(r" [A-Z]", after)
    is_labelled = (
        bool(in_name) or label is not None and label["label"].lower() in word_lists.words("number_labels")
    )
    if is_labelled or _PART_OF_NAME.search(before) or _NOT_AFTER.match(after):
        return False
    return not (number.value < 110 and _AGE.fullmatch(text[max(0, number.start - 2) : number.end + 1]))


def _fractions(text: str) -> list[_Number]:
    names = "|".join(_FRACTION_WORDS)
    pattern = (
        rf"\b(?:(?P<top>one|two|three|four|five|seven)[- ](?P<name>(?:{names}))s?|"
        r"a (?P<one>third|quarter|fifth|tenth)|(?:by )?half(?= (?:of|the|over|its|his|her|their)\b))\b"
    )
    out = []
    for found in re.finditer(pattern, text, re.IGNORECASE):
        name = (found["name"] or found["one"] or "half").lower()
        if found["one"] and not (text.startswith(" of ", found.end()) or _modifier(text, found.start())[1]):
            continue
        top = parse(found["top"].lower()) if found["top"] else 1.0
        if top == 1.0 and found["top"] and not text.startswith(" of ", found.end()):
            continue
        out.append(
            _Number(found.start(), found.end(), round((top or 1.0) / _FRACTION_WORDS[name], 3), None, True)
        )
    return out


def _quantity(text: str, number: _Number) -> Quantity | None:
    unit, end = (number.unit, number.end) if number.unit else _unit(text, number.end)
    counted, noun_end = _counted(text, end)
    start, modifier = _modifier(text, number.start)
    if unit is None and (_is_year(text, number) or not _measures(text, number, counted, modifier)):
        return None
    last = noun_end if unit is None and noun_end is not None else end
    return Quantity(start, last, text[start:last], number.value, modifier, unit, counted)


def _measures(text: str, number: _Number, counted: str | None, modifier: str | None) -> bool:
    """Whether a number without a unit counts: it has a noun or a modifier, or speaks for itself."""
    if number.is_word and number.value == 1.0:
        # "one" is mostly a pronoun: "one of them", "another one", "one-on-one".
        return modifier not in (None, "another") and not re.match(r" of\b|-", text[number.end :])
    if number.is_word and number.value == 0.0:
        return counted is not None  # but "zero tolerance"
    if _SHILLINGS.match(text, number.end):
        return True
    if counted is not None or (modifier is not None and number.value >= 1):
        return True
    words = text[number.start : number.end]
    return "," in words or (number.is_word and (number.value < 1 or text.startswith(" of the ", number.end)))


def _is_year(text: str, number: _Number) -> bool:
    return bool(re.fullmatch(r"1[5-9]\d\d|20\d\d", text[number.start : number.end]))


@cache
def _unit_pattern() -> re.Pattern[str]:
    names = "|".join(
        re.escape(unit) for unit in sorted(word_lists.table("units"), key=lambda u: (-len(u), u))
    )
    return re.compile(rf"[ -]?(?P<unit>{names})(?!\w|/-(?!\d))", re.IGNORECASE)


def _unit(text: str, end: int) -> tuple[str | None, int]:
    found = _unit_pattern().match(text, end)
    if found is None:
        return None, end
    return word_lists.table("units")[found["unit"].lower()], found.end()


def _counted(text: str, end: int) -> tuple[str | None, int | None]:
    """The noun counted: the first plural among the next words, else the word joined to the number."""
    hyphen = re.match(r"-([a-z]+)\b", text[end : end + 30])
    if hyphen and hyphen.group(1) not in _DIMENSIONS:
        return hyphen.group(1), end + hyphen.end()
    position = end
    of = re.match(r" of (?:the |its |his |her |their )?", text[end : end + 12])
    if of:
        position = end + of.end() - 1
    for step in range(5):
        word = _NOUN.match(text, position)
        if word is None or "\n" in text[position : word.start(1)]:
            return None, None
        plain = word.group(1).lower().removesuffix("’s").removesuffix("'s")
        if plain in word_lists.words("noun_stops") and not (plain == "and" and step):
            return None, None
        is_plural = plain in _PLURALS or (
            plain.endswith("s")
            and not plain.endswith(("ss", "ous", "us", "is"))
            and not word.group(1).isupper()  # an acronym
        )
        if is_plural and not _is_in_name(text, word, step):
            return word.group(1), word.end()
        if step == 0 and plain in word_lists.words("singular_counted"):
            return word.group(1), word.end()
        position = word.end()
    return None, None


def _is_in_name(text: str, word: re.Match[str], step: int) -> bool:
    """Whether a plural belongs to a name before what is counted: "five China Airlines flights"."""
    is_name = step > 0 and word.group(1)[0].isupper()
    return is_name and re.match(r" [a-z]+s\b", text[word.end() : word.end() + 24]) is not None


@cache
def _modifier_pattern() -> re.Pattern[str]:
    names = "|".join(sorted(word_lists.words("quantity_modifiers"), key=lambda m: (-len(m), m)))
    return re.compile(rf"\b(?P<modifier>{names}) (?:the |a )?$", re.IGNORECASE)


def _modifier(text: str, start: int) -> tuple[int, str | None]:
    found = _modifier_pattern().search(text[max(0, start - 30) : start])
    if found is None:
        return start, None
    return max(0, start - 30) + found.start(), found["modifier"].lower()
