"""Time expressions with their TIMEX3 value, resolved against the day of publication.

Each rule is a pattern and a function from the match to a kind and a value; of overlapping finds the
longest wins, then the earlier rule. Where no day of publication is known, no relative time is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from etl.annotate import lexicon
from etl.annotate.calendars import days_of, shifted
from etl.annotate.document import trim
from etl.annotate.time_context import Context, Rule
from etl.annotate.time_dates import DATE_RULES
from etl.annotate.time_days import DAY_RULES
from etl.annotate.time_durations import DURATION_RULES
from etl.annotate.time_quarters import QUARTER_RULES, is_quarter, told_quarter
from etl.records import Time

_FROM_NEIGHBOUR = re.compile(r"(?P<count>[+-]\d+)(?P<unit>[YMW]?)")
_UNITS = {"": "day", "Y": "year", "M": "month", "W": "week"}


def find_times(text: str, published_on: date | None) -> tuple[Time, ...]:
    """All time expressions of a text, sorted, without overlap."""
    context = Context(text, published_on)
    candidates = sorted(_candidates(context), key=lambda item: (item[0] - item[1], item[2], item[0]))
    chosen: list[tuple[int, int, str, str]] = []
    for start, end, _, kind, value in candidates:
        if all(end <= other[0] or start >= other[1] for other in chosen):
            chosen.append((start, end, kind, value))
    chosen.sort()
    return tuple(_time(text, *one) for one in _told_by_neighbour(context, chosen))


@cache
def _rules() -> tuple[tuple[re.Pattern[str], Rule], ...]:
    """All patterns with their rules, in the order of preference."""
    rules = DATE_RULES | QUARTER_RULES | DAY_RULES | DURATION_RULES
    return tuple(
        (re.compile(_written_out(pattern), re.IGNORECASE if case == "any" else 0), rules[name])
        for name, case, pattern in lexicon.rows("time_patterns")
    )


def _written_out(pattern: str) -> str:
    """Put the lists of words in the place of their names."""
    return re.sub(r"\{([a-z]+)\}", lambda name: _word_lists()[name[1]], pattern)


@cache
def _word_lists() -> dict[str, str]:
    """The lists of words that patterns name in braces."""
    by_length = sorted(lexicon.table("months"), key=lambda month: -len(month))
    months = [month for month in by_length if len(month) > 4 or month in ("may", "june", "july")]
    short = [month for month in by_length if month not in months]
    return lexicon.table("time_words") | {
        "month": rf"(?:{'|'.join(months)}|(?:{'|'.join(short)})\b\.?)",
        "weekday": rf"(?:{'|'.join(lexicon.table('weekdays'))})",
        "unit": rf"(?:{'|'.join(sorted(lexicon.table('time_units'), key=len, reverse=True))})s?",
        "part": "|".join(lexicon.table("day_parts")),
    }


def _candidates(context: Context) -> Iterator[tuple[int, int, int, str, str]]:
    for rank, (pattern, rule) in enumerate(_rules()):
        for found in pattern.finditer(context.text):
            try:
                answer = rule(context, found)
            except OverflowError:
                continue  # a day before or after the calendar
            if answer is not None:
                start, end = trim(context.text, *found.span())
                yield start, end, rank, *answer


def _told_by_neighbour(
    context: Context, chosen: list[tuple[int, int, str, str]]
) -> Iterator[tuple[int, int, str, str]]:
    """Resolve "the day before", "the next month" and "the year-ago quarter" by the time named last before them."""
    last = context.published_on.isoformat() if context.published_on else ""
    quarter: tuple[int, str] | None = None
    for start, end, kind, first in chosen:
        value = told_quarter(context, start, end, first, quarter)
        if value is None:
            continue
        if is_quarter(value) and first in (value, "Q0"):
            quarter = (end, value)
        told = _FROM_NEIGHBOUR.fullmatch(value)
        if told is not None:
            moved = _moved(last, told) if context.published_on else None
            if moved is None:
                continue
            value = moved
        elif kind in ("date", "time"):
            last = value
        yield start, end, kind, value


def _moved(last: str, told: re.Match[str]) -> str | None:
    """The day, week, month or year so many of them from a value; None where it is not that exact."""
    first, final = days_of(last)
    if first is None or (first != final and not told["unit"]):
        return None
    return shifted(first, _UNITS[told["unit"]], int(told["count"]))


def _time(text: str, start: int, end: int, kind: str, value: str) -> Time:
    first, last = days_of(value) if kind in ("date", "time") else (None, None)
    return Time(start, end, text[start:end], kind, value, first, last)
