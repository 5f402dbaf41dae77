"""Rules for times of day with their day: see lexicon/time_patterns.tsv."""

from __future__ import annotations

import re

from etl.annotate.times import context as time_context
from etl.annotate.times.calendars import iso, shift_days
from etl.annotate.times.context import Answer, Context, Rule
from etl.annotate.times.days import nearest_weekday
from etl.language import word_lists


def _noon(context: Context, found: re.Match[str]) -> Answer | None:
    day = nearest_weekday(context, found[2], *found.span())
    return ("time", day.isoformat() + word_lists.table("day_parts")[found[1].lower()]) if day else None


def _clock(context: Context, found: re.Match[str]) -> Answer | None:
    hour, told = int(found[1]), _day_of_clock(context, found)
    if hour > 12 or told is None:
        return None
    hour = hour % 12 + (12 if found[3].lower().startswith("p") else 0)
    return "time", f"{told}T{hour:02d}:{found[2] or '00'}"


def _clock_of_zone(context: Context, found: re.Match[str]) -> Answer | None:
    """An hour with its zone: of the day named before it in the sentence, else of an unknown one."""
    if found[1]:
        hour = int(found[1]) % 12 + (12 if found[3].lower() == "p" else 0)
        minute = found[2] or "00"
    else:
        hour, minute = int(found[4] or found[6]), found[5] or found[7]
    is_hour = hour < 24 and int(minute) < 60 and int(found[1] or 0) <= 12
    return ("time", f"T{hour:02d}:{minute}") if is_hour else None


def _day_of_clock(context: Context, found: re.Match[str]) -> str | None:
    """The day that is told with an hour, as TIMEX3 writes it."""
    day = context.published_on
    if day is None:
        return None
    if found[6]:
        month = time_context.month(found[6])
        year = int(found[8]) if found[8] else time_context.year_for(context, month, *found.span())
        return iso(year, month, int(found[7])) if year else None
    if found[4]:
        moved = shift_days(day, {"today": 0, "yesterday": -1, "tomorrow": 1}[found[4].lower()])
    else:
        moved = nearest_weekday(context, found[5], *found.span()) if found[5] else None
    return moved.isoformat() if moved else None


CLOCK_RULES: dict[str, Rule] = {
    "noon": _noon,
    "clock": _clock,
    "clock_of_zone": _clock_of_zone,
}
