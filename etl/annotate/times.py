"""Time expressions with their TIMEX3 value, resolved against the day of publication.

Each rule is a pattern and a function from the match to a kind and a value; of overlapping finds the
longest wins, then the earlier rule. Where no day of publication is known, no relative time is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from etl.annotate.calendars import days_of
from etl.annotate.document import trim
from etl.annotate.time_rules import Context, rules
from etl.records import Time

_LEADING = re.compile(
    r"(?:in|on|at|by|since|from|until|during|over|around|about|nearly|almost|more than|less than|at least|for|within)\s+",
    re.IGNORECASE,
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
    for rank, (pattern, rule) in enumerate(rules()):
        for found in pattern.finditer(context.text):
            answer = rule(context, found)
            if answer is not None:
                start, end = trim(context.text, *found.span())
                yield start, end, rank, *answer


def _told_by_neighbour(
    context: Context, chosen: list[tuple[int, int, str, str]]
) -> Iterator[tuple[int, int, str, str]]:
    """Resolve "the day before" and "the next day" by the day named last before them."""
    last: date | None = context.published_on
    for start, end, kind, value in chosen:
        if value.startswith("+"):
            if last is None or context.published_on is None:
                continue
            value = (last + timedelta(days=int(value[1:]))).isoformat()
        elif kind in ("date", "time") and re.match(r"\d{4}-\d\d-\d\d", value):
            last = days_of(value)[0] or last
        yield start, end, kind, value


def _time(text: str, start: int, end: int, kind: str, value: str) -> Time:
    first, last = days_of(value) if kind in ("date", "time") else (None, None)
    return Time(start, end, text[start:end], kind, value, first, last)
