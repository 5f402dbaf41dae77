"""Rules for times near the day of publication and for stretches of time: see lexicon/time_patterns.tsv."""

from __future__ import annotations

import re
from datetime import timedelta

from etl.annotate import lexicon, time_context
from etl.annotate.calendars import iso, shift_days, shifted, week
from etl.annotate.time_context import Answer, Context, Rule

_FIXED_DAYS = {
    "christmas day": (12, 25), "christmas eve": (12, 24), "christmas": (12, 25), "boxing day": (12, 26),
    "new year's day": (1, 1), "new year's eve": (12, 31), "independence day": (7, 4), "halloween": (10, 31),
    "valentine's day": (2, 14),
}  # fmt: skip
_OTHER_USE = re.compile(r" (?:(?:a|per|each|every) (?:day|week|month|year)|ago|earlier|later|from now)\b")
_AS_SOON_AS = re.compile(r"\b(?:as soon as|as early as|no later than)\s+$")
_VAGUE = re.compile(
    r"(?:several|a few|few|many|a couple of|couple of|some|recent|dozens of|hundreds of|thousands of)",
    re.IGNORECASE,
)


def _two_days(context: Context, found: re.Match[str]) -> Answer | None:
    moved = (
        shift_days(context.published_on, -2 if found[1].lower().startswith("b") else 2)
        if context.published_on
        else None
    )
    return ("date", moved.isoformat()) if moved else None


def _near_day(context: Context, found: re.Match[str]) -> Answer | None:
    day = context.published_on
    if day is None:
        return None
    if found[3]:
        night = day - timedelta(days=found[3].lower() == "last night")
        return "time", night.isoformat() + "TNI"
    if found[4]:
        return "time", day.isoformat() + lexicon.table("day_parts")[found[4].lower()]
    moved = day + timedelta(days={"yesterday": -1, "today": 0, "tomorrow": 1}[found[1].lower()])
    if found[2]:
        return "time", moved.isoformat() + lexicon.table("day_parts")[found[2].lower()]
    return "date", moved.isoformat()


def _neighbour_year(context: Context, found: re.Match[str]) -> Answer | None:
    return "date", "-1Y" if "before" in found[0].lower() else "+1Y"


def _neighbour_day(context: Context, found: re.Match[str]) -> Answer | None:
    which = (found[1] or found[4] or found[6]).lower()
    count = {"previous": -1, "before": -1, "earlier": -1, "same": 0}.get(which, 1)
    return "date", f"{count:+d}"


def _weekday(context: Context, found: re.Match[str]) -> Answer | None:
    day, which = context.published_on, (found[1] or "").lower()
    if day is None or not found[2][0].isupper():
        return None
    if (
        re.search(r"\b(?:each|every)\s+$", context.before(found.start()))
        or context.text[found.end() : found.end() + 1] == "s"
    ):
        return None
    number = int(lexicon.table("weekdays")[found[2].lower()])
    back, ahead = (day.weekday() - number) % 7, (number - day.weekday()) % 7
    before = context.before(found.start())
    # "Monday's talks" are mostly over.
    is_owned = re.match(r"['’]s\b", context.text[found.end() : found.end() + 3])
    if found[4]:
        monday = day - timedelta(days=day.weekday())
        moved = monday + timedelta(days=number + {"next": 7, "last": -7, "this": 0}[found[4].lower()])
    elif which in ("next", "coming", "this coming"):
        moved = day + timedelta(days=ahead or 7)
    elif which in ("last", "past", "this past"):
        moved = day - timedelta(days=back or 7)
    elif _AS_SOON_AS.search(before) or (context.is_future(*found.span()) and not is_owned):
        moved = day + timedelta(days=ahead)
    else:
        moved = day - timedelta(days=back)
    if found[3]:
        return "time", moved.isoformat() + lexicon.table("day_parts")[found[3].lower()]
    return "date", moved.isoformat()


def _the_weekend(context: Context, found: re.Match[str]) -> Answer | None:
    day = context.published_on
    if day is None:
        return None
    past = day.weekday() < 5 and not context.is_future(*found.span())
    return "date", week(day - timedelta(days=7 * past)) + "-WE"


def _fixed_day(context: Context, found: re.Match[str]) -> Answer | None:
    month, number = _FIXED_DAYS[found[1].lower().replace("’", "'")]
    year = time_context.year_for(context, month, *found.span())
    value = iso(year, month, number) if year else None
    return ("date", value) if value else None


def _ago(context: Context, found: re.Match[str]) -> Answer | None:
    unit, past = time_context.unit(found[2]), found[3].lower() in ("ago", "earlier", "before")
    amount = time_context.number(found[1]) if not _VAGUE.fullmatch(found[1]) else None
    if amount is None:
        return ("date", "PAST_REF") if found[3].lower() == "ago" else None
    if unit in ("hour", "minute", "second") and found[3].lower() != "ago":
        value = time_context.duration(amount, unit)
        return ("duration", value) if value else None
    if context.published_on is None:
        return None
    if unit == "day" and found[3].lower() in ("later", "before", "earlier"):
        return "date", f"{-amount if past else amount:+.0f}"
    value = shifted(context.published_on, unit, -amount if past else amount)
    return ("date", value) if value else None


def _counted_units(context: Context, found: re.Match[str]) -> Answer | None:
    amount = time_context.number(found[1])
    is_ordinal = amount is not None and amount != 1 and not found[2].lower().endswith("s")
    if amount is None or is_ordinal or _OTHER_USE.match(context.text, found.end()):
        return None
    value = time_context.duration(amount, time_context.unit(found[2]))
    return ("duration", value) if value else None


def _hyphenated(context: Context, found: re.Match[str]) -> Answer | None:
    amount = time_context.number(found[1])
    value = time_context.duration(amount, found[2].lower()) if amount is not None else None
    return ("duration", value) if value else None


def _vague_recent(context: Context, found: re.Match[str]) -> Answer | None:
    if found[1].lower() == "recent":
        return "date", "PAST_REF"
    if found[1].lower() == "coming":
        return "date", "FUTURE_REF"
    if found[1].lower().startswith(("past", "last")):
        return "date", "PAST_REF"
    value = time_context.duration(None, time_context.unit(found[2]))
    return ("duration", value) if value else None


def _vague_units(context: Context, found: re.Match[str]) -> Answer | None:
    value = time_context.duration(None, time_context.unit(found[1]))
    return ("duration", value) if value and found[1].lower().endswith("s") else None


def _one_unit(context: Context, found: re.Match[str]) -> Answer | None:
    value = time_context.duration(1.0, found[2].lower())
    return ("duration", value) if value else None


def _half(context: Context, found: re.Match[str]) -> Answer | None:
    word = found[0].lower()
    return "duration", "PT30M" if "hour" in word else "P50Y" if "century" in word else "P6M"


def _vague_reference(context: Context, found: re.Match[str]) -> Answer | None:
    return "date", "FUTURE_REF" if "future" in found[0].lower() else "PAST_REF"


def _clock(context: Context, found: re.Match[str]) -> Answer | None:
    day, hour = context.published_on, int(found[1])
    if day is None or hour > 12 or not (found[4] or found[5]):
        return None
    hour = hour % 12 + (12 if found[3].lower().startswith("p") else 0)
    if found[4]:
        day += timedelta(days={"today": 0, "yesterday": -1, "tomorrow": 1}[found[4].lower()])
    if found[5]:
        back = (day.weekday() - int(lexicon.table("weekdays")[found[5].lower()])) % 7
        day -= timedelta(days=back)
    return "time", f"{day.isoformat()}T{hour:02d}:{found[2] or '00'}"


DAY_RULES: dict[str, Rule] = {
    "two_days": _two_days,
    "near_day": _near_day,
    "neighbour_year": _neighbour_year,
    "neighbour_day": _neighbour_day,
    "weekday": _weekday,
    "the_weekend": _the_weekend,
    "fixed_day": _fixed_day,
    "ago": _ago,
    "counted_units": _counted_units,
    "hyphenated": _hyphenated,
    "vague_recent": _vague_recent,
    "vague_units": _vague_units,
    "one_unit": _one_unit,
    "half": _half,
    "vague_reference": _vague_reference,
    "clock": _clock,
}
