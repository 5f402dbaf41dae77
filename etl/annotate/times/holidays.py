"""Rules for holidays, and for days that are the name of an event: see lexicon/time_patterns.tsv."""

from __future__ import annotations

import re
from datetime import date, timedelta

from etl.annotate.times import context as time_context
from etl.annotate.times.calendars import easter, shift_days, week
from etl.annotate.times.context import Answer, Context, Rule
from etl.language import word_lists

_NAME_BEFORE = re.compile(r"[a-z,;] [A-Z][\w’'-]+ $")  # "the singer Johnny Christmas"
_RECENT = 100  # days in which an event may go by its day alone
_WISH = re.compile(r"\b(?:[Hh]appy|[Mm]erry) $")
_NAME_AFTER = re.compile(r" [A-Z][a-z]")  # "the Thanksgiving Day Parade"


def _holiday(context: Context, found: re.Match[str]) -> Answer | None:
    """A holiday of the year told with it, else of the nearest."""
    step, name, told, of_step = found.groups()
    start, end = found.span()
    before = context.text[max(0, start - 24) : found.start(2)]
    if (
        not name[0].isupper()
        or _WISH.search(before)
        or _NAME_BEFORE.search(before)
        or _NAME_AFTER.match(context.text, end)
    ):
        return None
    rule, published = word_lists.table("time_holidays")[name.lower().replace("’", "'")], context.published_on
    if told:
        year: int | None = int(told)
    elif published is None:
        return None
    elif step or of_step:
        this = day_of_holiday(rule, published.year)
        count = time_context.steps()[(step or of_step).lower()]
        # "last Easter" is the last one over, "Easter last year" that of the year before
        is_wrong_side = step and this and (this < published if count < 0 else this > published)
        year = published.year + (0 if is_wrong_side else count)
    else:
        month = (day_of_holiday(rule, published.year) or published).month
        year = time_context.year_for(context, month, start, end)
    day = day_of_holiday(rule, year) if year else None
    if day is None:
        return None
    is_day = bool(step or told) or name.lower().endswith((" day", " eve"))
    return ("date", day.isoformat()) if is_day else _with_noun(context, day, end)


def _with_noun(context: Context, day: date, end: int) -> Answer | None:
    """The holiday itself, or its week or weekend; none where it only tells of what kind a thing is ("Easter eggs")."""
    after = re.match(r" (?:holiday )?([a-z]+)", context.text[end : end + 24])
    noun = after[1] if after else "is"
    if noun in ("week", "weekend"):
        return "date", week(day) + ("-WE" if noun == "weekend" else "")
    if noun in word_lists.table("day_parts"):
        return "time", day.isoformat() + word_lists.table("day_parts")[noun]
    is_free = noun in word_lists.words("noun_stops") | word_lists.words("finite_verbs") or noun.endswith(
        ("ed", "ing")
    )
    return ("date", day.isoformat()) if is_free else None


def day_of_holiday(rule: str, year: int) -> date | None:
    """The day of a holiday: of a month ("12-25"), the first weekday from a day on, or counted from Easter."""
    if not 0 < year < 10_000:
        return None
    first, _, rest = rule.partition(" ")
    if first == "easter":
        return shift_days(easter(year), int(rest))
    day = date(year, int(first[:2]), int(first[3:]))
    return (
        day + timedelta(days=(int(word_lists.table("weekdays")[rest]) - day.weekday()) % 7) if rest else day
    )


def names_event(context: Context, end: int) -> bool:
    """Whether a day is the name of an event: "the Sept. 11 attacks"."""
    found = re.match(r",? ([A-Za-z]+)(?: ([a-z]+))?", context.text[end : end + 40])
    return found is not None and not {found[1].lower(), found[2]}.isdisjoint(
        word_lists.words("time_event_nouns")
    )


def day_of_event(context: Context, value: str) -> str | None:
    """The day of an event that is named by its day: a known one, or one of these weeks; None where neither is sure."""
    published = context.published_on
    known = word_lists.table("time_events").get(value[5:])
    if published is None or (known and known <= published.isoformat()):
        return known
    away = (published - date.fromisoformat(value)).days
    return value if 0 <= away <= _RECENT else None


def _nine_eleven(context: Context, found: re.Match[str]) -> Answer | None:
    day = date(2001, 9, 11)
    return ("date", day.isoformat()) if context.published_on is None or context.published_on > day else None


HOLIDAY_RULES: dict[str, Rule] = {"holiday": _holiday, "nine_eleven": _nine_eleven}
