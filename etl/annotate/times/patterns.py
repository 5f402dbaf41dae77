"""The patterns of lexicon/time_patterns.tsv, and which of them a line can match at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from etl.annotate.text.numbers import digits_pattern, words_pattern
from etl.language import word_lists

_WORD = re.compile(r"[a-z]+")
_TABLES = {"{month}": "months", "{weekday}": "weekdays", "{season}": "time_seasons", "{unit}": "time_units"}
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A pattern, the rule that reads what it finds, and groups of words of which one each must stand in the line."""

    pattern: re.Pattern[str]
    rule: str
    needs: tuple[frozenset[str], ...]


def patterns_for(line: str) -> Iterator[tuple[int, re.Pattern[str], str]]:
    """The patterns that a line may match: rank in the order of preference, pattern, name of the rule."""
    words = set(_WORD.findall(line.lower()))
    if _DIGIT.search(line):
        words.add("1")
    if "-" in line:
        words.add("-")
    for rank, one in enumerate(_patterns()):
        for group in one.needs:
            if group.isdisjoint(words):
                break
        else:
            yield rank, one.pattern, one.rule


@cache
def _patterns() -> tuple[_Pattern, ...]:
    """All patterns, in the order of preference."""
    return tuple(
        _Pattern(
            re.compile(_written_out(pattern), re.IGNORECASE if case == "any" else 0),
            rule,
            tuple(
                frozenset(word for need in group.split(", ") for word in _words_of(need))
                for group in needs.split(" & ")
            ),
        )
        for rule, case, needs, pattern in word_lists.rows("time_patterns")
    )


def _words_of(need: str) -> list[str]:
    """The words that a need stands for: a list named in braces, or itself."""
    if need in _TABLES:
        return [word + ending for word in word_lists.table(_TABLES[need]) for ending in ("", "s")]
    if need == "{weekdays}":
        return [word + "s" for word in word_lists.table("weekdays")] + [
            part + "s" for part in word_lists.table("day_parts")
        ]
    if need == "{holiday}":
        return [re.split(r"\W", name)[0] for name in word_lists.table("time_holidays")]
    if need == "{count}":
        return ["1", "couple", "hundred", *word_lists.table("numbers")]
    if need == "{zone}":
        return [zone.split()[0].lower() for zone in word_lists.words("time_zones")]
    return [need]


def _holidays() -> list[str]:
    """The holidays, long names first, with either apostrophe."""
    names = sorted(word_lists.table("time_holidays"), key=lambda name: (-len(name), name))
    return [re.escape(name).replace("'", "['’]") for name in names]


def _written_out(pattern: str) -> str:
    """Put the lists of words in the place of their names."""
    return re.sub(r"\{([a-z]+)\}", lambda name: _word_lists()[name[1]], pattern)


@cache
def _word_lists() -> dict[str, str]:
    """The lists of words that patterns name in braces."""
    by_length = sorted(word_lists.table("months"), key=lambda month: -len(month))
    months = [month for month in by_length if len(month) > 4 or month in ("may", "june", "july")]
    short = [month for month in by_length if month not in months]
    return word_lists.table("time_words") | {
        "number": rf"(?:{digits_pattern()}|{words_pattern()}|a hundred)",
        "holiday": rf"(?:{'|'.join(_holidays())})",
        "ordinal": rf"(?:{'|'.join(word_lists.table('ordinals'))})",
        "zone": "|".join(sorted(word_lists.words("time_zones"))),
        "season": rf"(?:{'|'.join(word_lists.table('time_seasons'))})",
        "month": rf"(?:{'|'.join(months)}|(?:{'|'.join(short)})\b\.?)",
        "weekday": rf"(?:{'|'.join(word_lists.table('weekdays'))})",
        "unit": rf"(?:{'|'.join(sorted(word_lists.table('time_units'), key=len, reverse=True))})s?",
        "part": "|".join(word_lists.table("day_parts")),
    }
