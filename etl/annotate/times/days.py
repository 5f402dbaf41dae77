"""Rules for times near the day of publication or the day named before: see lexicon/time_patterns.tsv."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import cache

from etl.annotate.times import context as time_context
from etl.annotate.times.calendars import iso, shift_days, shift_months, shifted, week
from etl.annotate.times.context import Answer, Context, Rule
from etl.language import word_lists

_AS_SOON_AS = re.compile(r"\b(?:as soon as|as early as|no later than)\s+$")
_RUN_UP = re.compile(
    r"\b(?:ahead of|before|until|till|run-up to|leading up to|lead-up to|prepar\w+ for|in time for) $"
)
_OWNED = re.compile(r"['’]s ([a-z-]+)(?: (?!will|is|may|could)([a-z]+))?\b")
_WILL_BE = re.compile(r" (?:\w+ ){0,3}?(?:will|is expected|is likely|is due|is set|could|may|is to)\b")
_IN_NAME = re.compile(r"[A-Za-z] $")
_JOINED = re.compile(r"\b((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?:,? (?:and|or|and/or) | \()$")
_IS_PLURAL = re.compile(r"s| (?:morning|afternoon|evening|night)s\b")


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
    return "date", "+0" + {"year": "Y", "month": "M", "week": "W"}.get(found[1].lower(), "")


def _later_that_day(context: Context, found: re.Match[str]) -> Answer | None:
    return "date", "+0"


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
    if is_name(context, found):
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
        moved = nearest_weekday(context, name, *found.span())
    if moved is None:
        return None
    if found[3]:
        return "time", moved.isoformat() + word_lists.table("day_parts")[found[3].lower()]
    return "date", moved.isoformat()


def is_name(context: Context, found: re.Match[str]) -> bool:
    """Whether a weekday is part of a name: "Black Friday", "the Sunday Times", "Saturday Night Live"."""
    start, end = found.span()
    before, after = _name_patterns()
    if before.search(context.before(start)) or after.match(context.text, end):
        return True
    is_titled = re.match(r" [A-Z][a-z]", context.text[end : end + 3])
    return bool(is_titled and re.search(r"\b[Tt]he $", context.text[max(0, start - 4) : start]))


@cache
def _name_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before and after a weekday that is part of a name."""
    before, after = (
        "|".join(sorted(word_lists.groups("time_day_names")[one])) for one in ("before", "after")
    )
    return re.compile(rf"\b(?:{before})\s+$"), re.compile(rf" (?=[A-Z])(?i:(?:night )?(?:{after}))\b")


def _weekday_of_week(context: Context, found: re.Match[str]) -> Answer | None:
    """A day of a week that is told with it: "Tuesday of last week"."""
    day, number = context.published_on, int(word_lists.table("weekdays")[found[1].lower()])
    if day is None:
        return None
    moved = shift_days(day, number - day.weekday() + 7 * time_context.steps()[found[3].lower()])
    if moved is None or not found[2]:
        return ("date", moved.isoformat()) if moved else None
    return "time", moved.isoformat() + word_lists.table("day_parts")[found[2].lower()]


def _weekday_of_month(context: Context, found: re.Match[str]) -> Answer | None:
    """A day of a month that is counted: "the second Tuesday of June"."""
    which, weekday, month, told, step = found.groups()
    day, number = context.published_on, int(word_lists.table("weekdays")[weekday.lower()])
    if month:
        of_month = time_context.month(month)
        year = int(told) if told else time_context.year_for(context, of_month, *found.span())
    elif day is not None:
        year, of_month = shift_months(day, time_context.steps()[step.lower()])
    else:
        return None
    if year is None or not 0 < year < 10_000:
        return None
    first = 1 + (number - date(year, of_month, 1).weekday()) % 7
    last = first + 7 * ((calendar.monthrange(year, of_month)[1] - first) // 7)
    count = word_lists.table("ordinals").get(which.lower())
    value = iso(year, of_month, first + 7 * (int(count) - 1) if count else last)
    return ("date", value) if value else None


def nearest_weekday(context: Context, name: str, start: int, end: int) -> date | None:
    """The day a bare weekday means: the last one, or the next where the verbs speak of what is to come."""
    day = context.published_on
    if day is None:
        return None
    number = int(word_lists.table("weekdays")[name.lower()])
    if joined := _JOINED.search(context.text, max(0, start - 24), start):
        first = nearest_weekday(context, joined[1], *joined.span(1))
        later = (number - first.weekday()) % 7 if first else 7
        if first and later <= 3:  # "Friday and Saturday", not "Friday and Thursday"
            return shift_days(first, later)
    is_coming = _AS_SOON_AS.search(context.before(start)) or (
        _is_ahead(context, start, end)
        if context.text.startswith(("'s ", "’s "), end)
        else context.is_future(start, end)
    )
    return shift_days(day, (number - day.weekday()) % 7 if is_coming else -((day.weekday() - number) % 7))


def _is_ahead(context: Context, start: int, end: int) -> bool:
    """Whether "Friday's election" is still to come: mostly what a weekday owns is over."""
    owned = _OWNED.match(context.text, end)
    nouns = {owned[1], owned[2]} if owned else set()
    if owned is None or nouns.isdisjoint(word_lists.words("time_scheduled")):
        return False
    clause = re.split(r"[.;“\"\n]", context.text[owned.end() : owned.end() + 60])[0]
    is_run_up = _RUN_UP.search(context.text, max(0, start - 20), start)
    return bool(is_run_up or context.is_future(start, end) or _WILL_BE.match(clause))


def _the_weekend(context: Context, found: re.Match[str]) -> Answer | None:
    day = context.published_on
    if day is None:
        return None
    past = day.weekday() < 5 and not context.is_future(*found.span())
    return "date", week(day - timedelta(days=7 * past)) + "-WE"


def _ago(context: Context, found: re.Match[str]) -> Answer | None:
    unit, which = time_context.unit(found[2]), found[4].lower()
    amount = (
        time_context.number(found[1])
        if not re.fullmatch(word_lists.table("time_words")["vague"], found[1], re.IGNORECASE)
        else None
    )
    if amount is None:
        return ("date", "PAST_REF") if which == "ago" else None
    if unit in ("hour", "minute", "second") and which != "ago":
        value = time_context.duration(amount, unit)
        return ("duration", value) if value else None
    if context.published_on is None:
        return None
    count = -amount if which in ("ago", "earlier", "before") else amount
    if unit in ("year", "month", "week") and which == "later":
        return "date", f"{count:+.0f}{unit[0].upper()}"
    if unit in ("decade", "century") and which == "later":
        return None
    if unit == "day" and which in ("later", "before", "earlier"):
        return "date", f"{count:+.0f}"
    if found[3] and unit == "year":
        year, _ = shift_months(context.published_on, round(12 * (count + (0.5 if count > 0 else -0.5))))
        return "date", f"{year:04d}"
    value = shifted(context.published_on, unit, count)
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


DAY_RULES: dict[str, Rule] = {
    "two_days": _two_days,
    "near_day": _near_day,
    "neighbour_year": _neighbour_year,
    "that_period": _that_period,
    "later_that_day": _later_that_day,
    "neighbour_period": _neighbour_period,
    "neighbour_day": _neighbour_day,
    "weekday": _weekday,
    "weekday_of_week": _weekday_of_week,
    "weekday_of_month": _weekday_of_month,
    "the_weekend": _the_weekend,
    "ago": _ago,
    "vague_recent": _vague_recent,
    "vague_reference": _vague_reference,
}
