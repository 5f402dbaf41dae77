"""Rules for spans and pairs that name their month or century only once: see lexicon/time_patterns.tsv.

A span is "first/last", as ISO 8601 writes it: "3 to 5 May" is 2024-05-03/2024-05-05.
"""

from __future__ import annotations

import re

from etl.annotate.times import context as time_context
from etl.annotate.times.calendars import iso
from etl.annotate.times.context import Answer, Context, Rule

_NO_SPAN = re.compile(r"[$£€#./,–-]\s?$|\d,?$")


def _days_of_month(context: Context, found: re.Match[str]) -> Answer | None:
    between, month, first, dash, word, last, year = found.groups()
    return _span(context, found, month, (int(first), int(last)), year, _is_span(between, dash, word))


def _days_before_month(context: Context, found: re.Match[str]) -> Answer | None:
    between, first, dash, word, last, month, year = found.groups()
    return _span(context, found, month, (int(first), int(last)), year, _is_span(between, dash, word))


def _is_span(between: str | None, dash: str | None, word: str | None) -> bool:
    """Whether two days are the ends of a span: "3 to 5 May", but not "3 and 9 May"."""
    return bool(dash or between or (word or "").lower() != "and")


def _span(
    context: Context, found: re.Match[str], month: str, days: tuple[int, int], year: str | None, is_span: bool
) -> Answer | None:
    if not is_span or days[0] >= days[1] or month == "may":
        return None
    first, last = (_day(context, found, month, day, year) for day in days)
    return ("date", f"{first}/{last}") if first and last else None


def _day(context: Context, found: re.Match[str], month: str, day: int, year: str | None) -> str | None:
    number = time_context.month(month)
    of = int(year) if year else time_context.year_for(context, number, *found.span(), day=day)
    return iso(of, number, day) if of else None


def _listed_day(context: Context, found: re.Match[str]) -> Answer | None:
    """The 3 of "3, 5 and 9 May"."""
    day, month, year = re.sub(r"\D", "", found[1]), found[2], found[3]
    value = None if month == "may" else _day(context, found, month, int(day), year)
    return ("date", value) if value else None


def _further_day(context: Context, found: re.Match[str]) -> Answer | None:
    """The 9 of "May 3 and 9"."""
    month, day, year = found[1], found[3], found[4]
    value = None if month == "may" else _day(context, found, month, int(day), year)
    return ("date", value) if value else None


def _years(context: Context, found: re.Match[str]) -> Answer | None:
    first, last = found[1], found[2]
    last = last if len(last) == 4 else first[:2] + last
    before = context.text[max(0, found.start() - 8) : found.start()]
    if int(last) <= int(first) or _NO_SPAN.search(before):
        return None
    return "date", f"{first}/{last}"


RANGE_RULES: dict[str, Rule] = {
    "days_of_month": _days_of_month,
    "days_before_month": _days_before_month,
    "listed_day": _listed_day,
    "further_day": _further_day,
    "years": _years,
}
