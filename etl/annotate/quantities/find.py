"""Numbers with what they count or measure, by a small grammar of its own."""

from __future__ import annotations

import re
from functools import cache

from etl.annotate.quantities.amounts import SHILLINGS, Amount, find_amounts, modifier
from etl.annotate.quantities.counted import Counted, counted, counted_once
from etl.annotate.quantities.ranges import join
from etl.language import word_lists
from etl.records import Quantity, Span, Time

_PART_OF_NAME = re.compile(r"(?:[#@/:]|\b[A-Z]{2,5} |\b[A-Z][\w’']*-|\d[-–]|[A-Za-z]-|\d\.)$")
_LABEL = re.compile(r"\b(?P<label>[A-Za-z]+)(?P<stop>\.)?[ -]$")
_NOT_AFTER = re.compile(
    r"(?:[-–: ]?years?[- ]old|[-–]year[-–]old|(?:st|nd|rd|th)\b|[/:]\d|[-–]\d|\s?(?:a\.m|p\.m|am\b|pm\b|o['’]clock)|"
    r"\.\d|,\d|[-–](?:[a-z]+)-old|[- ]calib(?:re|er)\b|°?\s*[NSEW]\b(?!\w)|\s+of age\b|[A-Za-z])"
)
_AGE = re.compile(r",\s\d{1,3}[,.]")
_BEFORE_AGE = re.compile(
    r"\b(?:aged?(?: of| between| about)?|ages(?: of)?|(?:young|old) as|"
    r"(?:s?he|I|who|they|[A-Z][\w’'-]+) (?:is|was|are|were|turn(?:s|ed)?)(?: (?:just|only|about|around|nearly|almost|then))?) $"
)
_OLDEST = 110
_MODEL = re.compile(r"\d[A-Z]$")  # "iPhone 5C" has no temperature
_OR_TWO = re.compile(r"\ban? (?:[\w’'-]+ ){1,2}or $")  # "a tornado or two"
_ENDS = re.compile(r"[.,;:]|$| (?:in|by|and|on|for)\b")
_OPENS_SENTENCE = re.compile(r"(?:^|\n|[.!?:;][”’\"')]*\s|[—–-] |[“‘\"'(])$")


def find_quantities(text: str, times: tuple[Time, ...]) -> tuple[Quantity, ...]:
    """All quantities, sorted; numbers inside time expressions are none."""
    taken = [(time.start_char, time.end_char) for time in times]
    found: list[Quantity] = []
    behind: Quantity | None = None
    for amount in reversed(join(text, find_amounts(text))):
        if _is_free((amount.start, amount.end), taken) and not (amount.is_joined and behind is None):
            behind = _quantity(text, amount, behind)
        else:
            behind = None
        if behind is not None:
            found.append(behind)
    taken += [(one.start_char, one.end_char) for one in found]
    found += [one for one in _vague(text) if _is_free((one.start_char, one.end_char), taken)]
    return tuple(sorted(found, key=lambda quantity: quantity.start_char))


def _is_free(span: Span, taken: list[Span]) -> bool:
    return not any(start < span[1] and span[0] < end for start, end in taken)


@cache
def _vague_pattern() -> re.Pattern[str]:
    words = "|".join(sorted(word_lists.words("quantity_vague")))
    return re.compile(
        rf"(?<![\w-])(?:(?:tens|hundreds|dozens) of )?(?:{words})"
        r"(?: of (?!the\b|thousands\b|millions\b)(?P<counted>[a-z][\w-]+))?(?![\w-])",
        re.IGNORECASE,
    )


def _vague(text: str) -> list[Quantity]:
    """Quantities without a value: "thousands of homes"."""
    return [
        Quantity(*vague.span(), vague.group(), None, None, None, vague["counted"])
        for vague in _vague_pattern().finditer(text)
        if vague["counted"] or " of " in vague.group()
    ]


def _quantity(text: str, amount: Amount, behind: Quantity | None) -> Quantity | None:
    """The amount as a quantity, if it counts or measures something. `behind`: the one that it is joined to."""
    start, how_exact = modifier(text, amount.start)
    noun, noun_end = _noun(text, amount)
    if amount.is_joined and behind is not None:
        noun, noun_end = noun or behind.counted, None
    if not _counts(text, amount) or not _measures(text, amount, noun, how_exact):
        return None
    end = noun_end if amount.unit is None and noun_end is not None else amount.end
    return Quantity(start, end, text[start:end], amount.value, how_exact, amount.unit, noun)


def _noun(text: str, amount: Amount) -> Counted:
    is_one = amount.is_word and amount.value == 1.0
    return counted_once(text, amount.start, amount.end) if is_one else counted(text, amount.end)


def _counts(text: str, amount: Amount) -> bool:
    """Whether the number is no age, score, ordinal, time of day or part of a name."""
    before, after = text[max(0, amount.first - 20) : amount.first], text[amount.last : amount.last + 14]
    label = _LABEL.search(before)
    is_labelled = (
        label is not None
        and not (label["stop"] and amount.is_word)  # "No. 5", but "… saw a game. Two men …"
        and label["label"].lower() in word_lists.words("number_labels")
    )
    if amount.unit is not None:
        return not (is_labelled and _MODEL.search(text, amount.start, amount.end))
    if is_labelled:
        return False
    is_capital = amount.is_word and text[amount.start].isupper()
    if is_capital and re.match(r" [A-Z]", after) and not _OPENS_SENTENCE.search(before):
        return False  # "the Three Rivers Council"
    if _PART_OF_NAME.search(before) or _OR_TWO.search(before) or _NOT_AFTER.match(after):
        return False
    is_age = _BEFORE_AGE.search(before) or _AGE.fullmatch(text[max(0, amount.start - 2) : amount.end + 1])
    return not (is_age and 0 < amount.value < _OLDEST)


def _measures(text: str, amount: Amount, noun: str | None, how_exact: str | None) -> bool:
    """Whether the number counts: it has a unit or a noun, or nothing speaks against it."""
    if amount.unit is not None:
        return True
    words = text[amount.start : amount.end]
    if re.fullmatch(r"1[5-9]\d\d|20\d\d", words):
        return noun is not None and not text.startswith((" and", ","), amount.end)
    if amount.is_word and amount.value in (0.0, 1.0):
        return _is_no_pronoun(text, amount, noun, how_exact)
    if noun is not None or SHILLINGS.match(text, amount.end) or (how_exact is not None and amount.value >= 1):
        return True
    if "," in words or (amount.is_word and amount.value < 1):
        return True
    return _stands_alone(text, amount)


def _is_no_pronoun(text: str, amount: Amount, noun: str | None, how_exact: str | None) -> bool:
    """Whether "one" or "zero" is a number: not "one of them", "one-on-one", "zero tolerance"."""
    if amount.value == 1.0:
        return noun is not None
    return (
        bool(noun and noun.endswith("s") and text.startswith(noun, amount.end + 1))
        or _ENDS.match(text, amount.end) is not None
    )


def _stands_alone(text: str, amount: Amount) -> bool:
    """Whether a number with nothing to count speaks for itself: "killed 12", "a mother of four", "rose to 10"."""
    before, after = _alone_patterns()
    around = text[max(0, amount.first - 24) : amount.first]
    if text[amount.first - 1 : amount.first] == "(" and text.startswith(")", amount.last):
        return True
    return before.search(around) is not None or after.match(text, amount.last) is not None


@cache
def _alone_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What must stand before or after a number without a noun."""
    before, changed, after = (
        "|".join(sorted(word_lists.groups("quantity_alone")[group]))
        for group in ("before", "changed", "after")
    )
    return (
        re.compile(rf"\b(?:{before}|(?:{changed}) (?:to|from|by)) $", re.IGNORECASE),
        re.compile(rf" (?:{after})\b", re.IGNORECASE),
    )
