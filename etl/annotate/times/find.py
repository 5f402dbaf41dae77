"""Time expressions with their TIMEX3 value, resolved against the day of publication.

Each rule is a pattern and a function from the match to a kind and a value; of overlapping finds the
longest wins, then the earlier rule. Where no day of publication is known, no relative time is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from etl.annotate.text.document import trim
from etl.annotate.text.numbers import words_pattern
from etl.annotate.times.calendars import days_of, shifted
from etl.annotate.times.clocks import CLOCK_RULES
from etl.annotate.times.context import Context
from etl.annotate.times.dates import DATE_RULES
from etl.annotate.times.days import DAY_RULES
from etl.annotate.times.durations import DURATION_RULES
from etl.annotate.times.holidays import HOLIDAY_RULES
from etl.annotate.times.patterns import patterns_for
from etl.annotate.times.quarters import QUARTER_RULES, is_quarter, told_quarter
from etl.annotate.times.ranges import RANGE_RULES
from etl.annotate.times.sets import SET_RULES
from etl.annotate.times.years import YEAR_RULES
from etl.language import word_lists
from etl.records import Time

_FROM_NEIGHBOUR = re.compile(r"(?P<count>[+-]\d+)(?P<unit>[YMW]?)")
_COUNTED = re.compile(
    rf"(?:about |nearly |almost |just |only )?(?:an?|\d+|{words_pattern()}) (?:days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?=T|$)")
_PART_OF = re.compile(r"\b(?:the )?(?:early |late )?(morning|afternoon|evening|night) of $", re.IGNORECASE)
_UNITS = {"": "day", "Y": "year", "M": "month", "W": "week"}
_LONGEST = {"": 0, "Y": 3660, "M": 31, "W": 7}  # days that a value to count from may last

_RULES = (
    DATE_RULES
    | RANGE_RULES
    | YEAR_RULES
    | QUARTER_RULES
    | HOLIDAY_RULES
    | DAY_RULES
    | CLOCK_RULES
    | SET_RULES
    | DURATION_RULES
)


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


def _candidates(context: Context) -> Iterator[tuple[int, int, int, str, str]]:
    for line in re.finditer(r"[^\n]+", context.text):
        for rank, pattern, name in patterns_for(line.group()):
            for found in pattern.finditer(context.text, *line.span()):
                try:
                    answer = _RULES[name](context, found)
                except OverflowError:
                    continue  # a day before or after the calendar
                if answer is not None:
                    start, end = trim(
                        context.text, *found.span("told" if "told" in pattern.groupindex else 0)
                    )
                    yield start, end, rank, *answer


def _told_by_neighbour(
    context: Context, chosen: list[tuple[int, int, str, str]]
) -> Iterator[tuple[int, int, str, str]]:
    """Resolve "the day before", "the next month" and "the year-ago quarter" by the time named last before them."""
    last = context.published_on.isoformat() if context.published_on else ""
    last_end = 0
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
            is_stretch = int(told["count"]) != 0 and _COUNTED.match(context.text, start, end)
            if moved is None and not is_stretch:
                continue
            kind, value = (
                ("date", moved)
                if moved
                else ("duration", f"P{told['count'].lstrip('+-')}{told['unit'] or 'D'}")
            )
        elif value.startswith("T") and _DAY.match(last) and _is_same_sentence(context, last_end, start):
            value = last[:10] + value
        start, kind, value = _with_part(context, start, kind, value)
        if kind in ("date", "time") and not value.startswith("T"):
            last, last_end = value, end
        yield start, end, kind, value


def _is_same_sentence(context: Context, start: int, end: int) -> bool:
    return 0 < start <= end and re.search(r"\n|[a-z0-9]{2}[.!?]\s", context.text[start:end]) is None


def _with_part(context: Context, start: int, kind: str, value: str) -> tuple[int, str, str]:
    """A day with the part of it that is told before: "the evening of 17 June"."""
    found = (
        _PART_OF.search(context.text, max(0, start - 24), start)
        if kind == "date" and _DAY.fullmatch(value)
        else None
    )
    if found is None:
        return start, kind, value
    return found.start(), "time", value + word_lists.table("day_parts")[found[1].lower()]


def _moved(last: str, told: re.Match[str]) -> str | None:
    """The day, week, month or year so many of them from a value; None where it is not that exact."""
    first, final = days_of(last)
    if first is None or final is None or (final - first).days > _LONGEST[told["unit"]]:
        return None
    return shifted(first, _UNITS[told["unit"]], int(told["count"]))


def _time(text: str, start: int, end: int, kind: str, value: str) -> Time:
    first, last = days_of(value) if kind in ("date", "time") else (None, None)
    return Time(start, end, text[start:end], kind, value, first, last)
