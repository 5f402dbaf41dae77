"""Rules for times near the day of publication or the day named before: see lexicon/time_patterns.tsv."""

from __future__ import annotations

import re
from datetime import date, timedelta

from etl.annotate.times import context as time_context
from etl.annotate.times.calendars import iso, shift_days, shifted, week
from etl.annotate.times.context import Answer, Context, Rule
from etl.language import word_lists

_FIXED_DAYS = {
    "christmas day": (12, 25), "christmas eve": (12, 24), "christmas": (12, 25), "boxing day": (12, 26),
    "new year's day": (1, 1), "new year's eve": (12, 31), "independence day": (7, 4), "halloween": (10, 31),
    "valentine's day": (2, 14),
}  # fmt: skip
_AS_SOON_AS = re.compile(r"\b(?:as soon as|as early as|no later than)\s+$")
_NO_DAY = re.compile(
    r"\b(?:super|good|black|easter|palm|ash|cyber|giving|fat|shrove|maundy|whit|on an?|on any)\s+$"
)
_IN_NAME = re.compile(r"[A-Za-z] $")
_JOINED = re.compile(r"\b((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?:,? (?:and|or|and/or) | \()$")
_IS_PLURAL = re.compile(r"s| (?:morning|afternoon|evening|night)s\b")
_VAGUE = re.compile(
    r"(?:several|a few|few|many|a couple of|couple of|some|recent|dozens of|hundreds of|thousands of)",
    re.IGNORECASE,
)
_MOVING_DAYS = {
    "thanksgiving": (11, 3, 22),
    "election": (11, 1, 2),
    "labor": (9, 0, 1),
    "memorial": (5, 0, 25),
}
"""Month, weekday and the earliest day of the month of a holiday of the United States."""


def _two_days(context: Context, found: re.Match[str]) -> Answer | None:
    moved = (
        shift_days(context.published_on, -2 if found[1].lower().startswith("b") else 2)
        if context.published_on
        else None
    )
    return ("date", moved.isoformat()) if moved else None


def _near_day(context: Context, found: re.Match[str]) -> Answer | None:
    day = context.published_on
    # a capital within a sentence, as in "This Morning" or "Newsroom Tonight", is of a programme
    is_name = found[0].istitle() and _IN_NAME.search(context.text, max(0, found.start() - 2), found.start())
    if day is None or is_name:
        return None
    if found[3]:
        night = day - timedelta(days=found[3].lower() == "last night")
        return "time", night.isoformat() + "TNI"
    if found[4]:
        return "time", day.isoformat() + word_lists.table("day_parts")[found[4].lower()]
    moved = day + timedelta(days={"yesterday": -1, "today": 0, "tomorrow": 1}[found[1].lower()])
    if found[2]:
        return "time", moved.isoformat() + word_lists.table("day_parts")[found[2].lower()]
    return "date", moved.isoformat()


def _neighbour_year(context: Context, found: re.Match[str]) -> Answer | None:
    return "date", "-1Y" if "before" in found[0].lower() else "+1Y"


def _that_period(context: Context, found: re.Match[str]) -> Answer | None:
    return "date", "+0" + {"year": "Y", "month": "M"}.get(found[1].lower(), "")


def _neighbour_period(context: Context, found: re.Match[str]) -> Answer | None:
    count = -1 if found[1].lower() in ("previous", "preceding") else 1
    return "date", f"{count:+d}{found[2][0].upper()}"


def _neighbour_day(context: Context, found: re.Match[str]) -> Answer | None:
    which = (found[1] or found[4] or found[6]).lower()
    count = {"previous": -1, "before": -1, "earlier": -1, "same": 0}.get(which, 1)
    return "date", f"{count:+d}"


def _weekday(context: Context, found: re.Match[str]) -> Answer | None:
    day, which = context.published_on, (found[1] or "").lower()
    name = found[2]
    is_every = time_context.IS_EVERY.search(context.before(found.start()))
    if day is None or not name[0].isupper() or is_every or _IS_PLURAL.match(context.text, found.end()):
        return None
    if _NO_DAY.search(context.before(found.start())):
        return None
    number = int(word_lists.table("weekdays")[name.lower()])
    back, ahead = (day.weekday() - number) % 7, (number - day.weekday()) % 7
    if found[4]:
        week = {"next": 7, "last": -7, "this": 0}[found[4].lower()]
        moved = shift_days(day, number - day.weekday() + week)
    elif which in ("next", "coming", "this coming"):
        moved = shift_days(day, ahead or 7)
    elif which in ("last", "past", "this past"):
        moved = shift_days(day, -(back or 7))
    else:
        moved = _nearest_weekday(context, name, *found.span())
    if moved is None:
        return None
    if found[3]:
        return "time", moved.isoformat() + word_lists.table("day_parts")[found[3].lower()]
    return "date", moved.isoformat()


def _nearest_weekday(context: Context, name: str, start: int, end: int) -> date | None:
    """The day a bare weekday means: the last one, or the next where the verbs speak of what is to come."""
    day = context.published_on
    if day is None:
        return None
    number = int(word_lists.table("weekdays")[name.lower()])
    if joined := _JOINED.search(context.text, max(0, start - 24), start):
        first = _nearest_weekday(context, joined[1], *joined.span(1))
        later = (number - first.weekday()) % 7 if first else 7
        if first and later <= 3:  # "Friday and Saturday", not "Friday and Thursday"
            return shift_days(first, later)
    # "Monday's talks" are mostly over.
    is_owned = re.match(r"['’]s\b", context.text[end : end + 3])
    is_coming = _AS_SOON_AS.search(context.before(start)) or (context.is_future(start, end) and not is_owned)
    return shift_days(day, (number - day.weekday()) % 7 if is_coming else -((day.weekday() - number) % 7))


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


def _moving_day(context: Context, found: re.Match[str]) -> Answer | None:
    month, weekday, earliest = _MOVING_DAYS[found[2].lower().removesuffix(" day")]
    year, published = time_context.year_for(context, month, *found.span()), context.published_on
    if year is None or published is None or not found[2][0].isupper():
        return None
    if found[1]:
        year = published.year + {"last": -1, "this": 0, "next": 1}[found[1].lower()]
        year += found[1].lower() == "last" and published.month > month
    if not 0 < year < 10_000:
        return None
    first = date(year, month, earliest)
    return "date", (first + timedelta(days=(weekday - first.weekday()) % 7)).isoformat()


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
    if unit in ("year", "month", "week") and found[3].lower() == "later":
        return "date", f"{amount:+.0f}{unit[0].upper()}"
    if unit in ("decade", "century") and found[3].lower() == "later":
        return None
    if unit == "day" and found[3].lower() in ("later", "before", "earlier"):
        return "date", f"{-amount if past else amount:+.0f}"
    value = shifted(context.published_on, unit, -amount if past else amount)
    return ("date", value) if value else None


def _vague_recent(context: Context, found: re.Match[str]) -> Answer | None:
    if found[1].lower() == "recent":
        return "date", "PAST_REF"
    if found[1].lower() == "coming":
        return "date", "FUTURE_REF"
    if found[1].lower().startswith(("past", "last")):
        return "date", "PAST_REF"
    value = time_context.duration(None, time_context.unit(found[2]))
    return ("duration", value) if value else None


def _vague_reference(context: Context, found: re.Match[str]) -> Answer | None:
    return "date", "FUTURE_REF" if "future" in found[0].lower() else "PAST_REF"


def _noon(context: Context, found: re.Match[str]) -> Answer | None:
    day = _nearest_weekday(context, found[2], *found.span())
    hour = "T12:00" if found[1].lower() == "noon" else "T24:00"
    return ("time", day.isoformat() + hour) if day else None


def _clock(context: Context, found: re.Match[str]) -> Answer | None:
    hour, told = int(found[1]), _day_of_clock(context, found)
    if hour > 12 or told is None:
        return None
    hour = hour % 12 + (12 if found[3].lower().startswith("p") else 0)
    return "time", f"{told}T{hour:02d}:{found[2] or '00'}"


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
        moved = _nearest_weekday(context, found[5], *found.span()) if found[5] else None
    return moved.isoformat() if moved else None


DAY_RULES: dict[str, Rule] = {
    "two_days": _two_days,
    "near_day": _near_day,
    "neighbour_year": _neighbour_year,
    "that_period": _that_period,
    "neighbour_period": _neighbour_period,
    "neighbour_day": _neighbour_day,
    "weekday": _weekday,
    "the_weekend": _the_weekend,
    "moving_day": _moving_day,
    "fixed_day": _fixed_day,
    "ago": _ago,
    "vague_recent": _vague_recent,
    "vague_reference": _vague_reference,
    "noon": _noon,
    "clock": _clock,
}
