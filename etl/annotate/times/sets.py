"""Rules for what happens again and again: see lexicon/time_patterns.tsv."""

from __future__ import annotations

import re

from etl.annotate.times import context as time_context
from etl.annotate.times.context import Answer, Context, Rule
from etl.annotate.times.days import is_name
from etl.language import word_lists


def _every_period(context: Context, found: re.Match[str]) -> Answer | None:
    amount = 2.0 if found[1] else time_context.number(found[2]) if found[2] else 1.0
    value = time_context.duration(amount, time_context.unit(found[3]))
    return ("set", value) if value else None


def _every_day(context: Context, found: re.Match[str]) -> Answer | None:
    weekday, part, month, season, alone = found.groups()
    if weekday:
        return "set", _weekday(weekday, part)
    if month:
        return "set", f"XXXX-{time_context.month(month):02d}"
    if season:
        return "set", next(
            f"XXXX-{row[1]}" for row in word_lists.rows("time_seasons") if row[0] == season.lower()
        )
    return "set", "XXXX-XX-XX" + word_lists.table("day_parts")[alone.lower()]


def _every_weekday(context: Context, found: re.Match[str]) -> Answer | None:
    is_told = found[1][0].isupper() and not is_name(context, found)
    return ("set", _weekday(found[1], found[2])) if is_told else None


def _weekday(name: str, part: str | None) -> str:
    number = int(word_lists.table("weekdays")[name.lower()]) + 1
    return f"XXXX-WXX-{number}" + (word_lists.table("day_parts")[part.lower()] if part else "")


SET_RULES: dict[str, Rule] = {
    "every_period": _every_period,
    "every_day": _every_day,
    "every_weekday": _every_weekday,
}
