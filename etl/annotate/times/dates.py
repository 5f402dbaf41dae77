"""Rules for times that name a day or a month: see lexicon/time_patterns.tsv."""

from __future__ import annotations

import re

from etl.annotate.times import context as time_context
from etl.annotate.times.calendars import iso, shift_months
from etl.annotate.times.context import Answer, Context, Rule
from etl.annotate.times.holidays import day_of_event, names_event
from etl.language import word_lists

_END_OF_MONTHS = re.compile(
    r"(?:\s?[-–]\s?| (?:to|through|until|and|or) )([A-Z][a-z]+)\.?,? ((?:1[5-9]|20)\d\d)\b"
)
_END_OF_RANGE = re.compile(
    r"(?:\s?[-–]\s?| (?:to|through|until|and) )"
    r"(?:(?:([A-Z][a-z]+)\.? )?\d{1,2}|\d{1,2} ([A-Z][a-z]+)),? ((?:1[5-9]|20)\d\d)\b"
)


def _iso_date(context: Context, found: re.Match[str]) -> Answer | None:
    value = iso(int(found[1]), int(found[2]), int(found[3]))
    return ("date", value) if value else None


def _slashed(context: Context, found: re.Match[str]) -> Answer | None:
    year = int(found[3]) if len(found[3]) == 4 else int(found[3]) + (1900 if int(found[3]) > 50 else 2000)
    value = iso(year, int(found[1]), int(found[2])) or iso(year, int(found[2]), int(found[1]))
    return ("date", value) if value else None


def _month_day_year(context: Context, found: re.Match[str]) -> Answer | None:
    value = iso(int(found[3]), time_context.month(found[1]), int(found[2]))
    return ("date", value) if value else None


def _day_month_year(context: Context, found: re.Match[str]) -> Answer | None:
    value = iso(int(found[3]), time_context.month(found[2]), int(found[1]))
    return ("date", value) if value else None


def _month_day(context: Context, found: re.Match[str]) -> Answer | None:
    return _day_of_month(context, found, found[1], found[2])


def _day_month(context: Context, found: re.Match[str]) -> Answer | None:
    return _day_of_month(context, found, found[2], found[1])


def _day_of_this_month(context: Context, found: re.Match[str]) -> Answer | None:
    if context.published_on is None:
        return None
    year, month = shift_months(context.published_on, {"last": -1, "next": 1}.get(found[2].lower(), 0))
    value = iso(year, month, int(found[1]))
    return ("date", value) if value else None


def _month_year(context: Context, found: re.Match[str]) -> Answer | None:
    return "date", f"{found[2]}-{time_context.month(found[1]):02d}"


def _month_of_year(context: Context, found: re.Match[str]) -> Answer | None:
    if context.published_on is None:
        return None
    year = context.published_on.year + time_context.steps()[found[2].lower()]
    return "date", f"{year}-{time_context.month(found[1]):02d}"


def _bare_month(context: Context, found: re.Match[str]) -> Answer | None:
    name, day = found[2], context.published_on
    is_every = time_context.IS_EVERY.search(context.before(found.start()))
    if day is None or is_every or not name[0].isupper() or (len(name) == 3 and name != "May"):
        return None
    # May, March and the like are also words and names of people.
    is_bare = name in ("May", "March", "April", "June", "August") and found.start() == found.start(2)
    if is_bare and not _is_month(context, found):
        return None
    month, which = time_context.month(name), (found[1] or "").lower()
    if which.startswith("last"):
        year: int | None = day.year if month < day.month else day.year - 1
    elif which.startswith("next"):
        year = day.year if month > day.month else day.year + 1
    elif which.startswith("this"):
        year = day.year
    else:
        year = _year_of_next_month(context, month, found.end()) or time_context.year_for(
            context, month, *found.span()
        )
    return "date", f"{year}-{month:02d}"


def _year_of_next_month(context: Context, month: int, end: int) -> int | None:
    """The year that is told behind the last of several months only: "March and April 2019"."""
    found = _END_OF_MONTHS.match(context.text, end)
    last = word_lists.table("months").get(found[1].lower()) if found else None
    return int(found[2]) - (month > int(last)) if found and last else None


def _is_month(context: Context, found: re.Match[str]) -> bool:
    before, after = context.before(found.start(2)), context.text[found.end() : found.end() + 4]
    if re.search(r"\b(?:the|an?|its|his|her|their) $", before):
        return re.match(r"\s[a-z]{2}", after) is not None
    word = re.search(r"\b(\w+)[ -]$", before)
    is_month = word is not None and word[1] in word_lists.words("time_before_month")
    return is_month and not re.match(r"\s+[A-Z][a-z]", after)


def _day_of_month(context: Context, found: re.Match[str], month: str, day: str) -> Answer | None:
    if month == "may" or not 1 <= int(day) <= 31:
        return None
    number = time_context.month(month)
    year = time_context.year_for(context, number, *found.span(), day=int(day))
    if year is None:
        return None
    value = iso(_year_of_range(context, number, found.end()) or year, number, int(day))
    if value and names_event(context, found.end()):
        value = day_of_event(context, value)
    return ("date", value) if value else None


def _year_of_range(context: Context, month: int, end: int) -> int | None:
    """The year that is told behind the last day of a range only: "July 30 to Aug. 14, 1932"."""
    found = _END_OF_RANGE.match(context.text, end)
    if found is None:
        return None
    name = found[1] or found[2]
    last = word_lists.table("months").get(name.lower(), "0") if name else str(month)
    return int(found[3]) - (month > int(last)) if last != "0" else None


DATE_RULES: dict[str, Rule] = {
    "iso_date": _iso_date,
    "slashed": _slashed,
    "month_day_year": _month_day_year,
    "day_month_year": _day_month_year,
    "month_day": _month_day,
    "day_month": _day_month,
    "day_of_this_month": _day_of_this_month,
    "month_year": _month_year,
    "month_of_year": _month_of_year,
    "bare_month": _bare_month,
}
