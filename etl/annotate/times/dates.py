"""Rules for times that name a date, a month, a quarter, a season or a year: see lexicon/time_patterns.tsv."""

from __future__ import annotations

import re

from etl.annotate.text.numbers import from_words
from etl.annotate.times import context as time_context
from etl.annotate.times.calendars import iso, shift_months, shifted
from etl.annotate.times.context import Answer, Context, Rule
from etl.language import word_lists

_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|until|by|of|from|through|to|and|for|before|after|between|during|past|or|on)[ -]$"
)
_NO_YEAR = re.compile(r"[$£€#./,–-]\s?$|\bNo\.? $|\d,?$|\b(?:flight|route|room|channel|Article|Section) $")
_YEAR_AFTER_ALL = re.compile(r"[A-Za-z)\]\d][,.]\s$|\d{4}-$|[a-z]-$|\d–$")
_END_OF_RANGE = re.compile(
    r"(?:\s?[-–]\s?| (?:to|through|until|and) )"
    r"(?:(?:([A-Z][a-z]+)\.? )?\d{1,2}|\d{1,2} ([A-Z][a-z]+)),? ((?:1[5-9]|20)\d\d)\b"
)
_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
_SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_STEPS = {"last": -1, "the": 0, "this": 0, "next": 1}
_DECADES = {
    "twenties": 2,
    "thirties": 3,
    "forties": 4,
    "fifties": 5,
    "sixties": 6,
    "seventies": 7,
    "eighties": 8,
    "nineties": 9,
}


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
    year = context.published_on.year + _STEPS[found[2].lower()]
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
        year = time_context.year_for(context, month, *found.span())
    return "date", f"{year}-{month:02d}"


def _is_month(context: Context, found: re.Match[str]) -> bool:
    before, after = context.before(found.start(2)), context.text[found.end() : found.end() + 4]
    if re.search(r"\b(?:the|an?|its|his|her|their) $", before):
        return re.match(r"\s[a-z]{2}", after) is not None
    return bool(_BEFORE_MONTH.search(before)) and not re.match(r"\s+[A-Z][a-z]", after)


def _season_year(context: Context, found: re.Match[str]) -> Answer | None:
    year = _year_told(context, found[2] or found[4])
    return ("date", f"{year}-{_SEASONS[(found[1] or found[3]).lower()]}") if year else None


def _season(context: Context, found: re.Match[str]) -> Answer | None:
    day, season = context.published_on, _SEASONS[found[2].lower()]
    if day is None:
        return None
    which, start = found[1].lower(), _SEASON_START[season]
    year = day.year
    if which in ("last", "this past"):
        year = day.year if day.month > start + 2 and season != "WI" else day.year - 1
    elif which == "next":
        year = day.year + 1 if day.month >= start else day.year
    return "date", f"{year}-{season}"


def _bare_season(context: Context, found: re.Match[str]) -> Answer | None:
    day, season = context.published_on, _SEASONS[(found[1] or found[2]).lower()]
    if day is None:
        return None
    is_ahead = context.is_future(*found.span())
    year = day.year - (not is_ahead and day.month < _SEASON_START[season])
    return "date", f"{year}-{season}"


def _decade(context: Context, found: re.Match[str]) -> Answer | None:
    if found[1]:
        return "date", found[1] + found[2]
    if found[3]:
        return "date", "19" + found[3]
    if not context.before(found.start()).endswith(("in ", "of ", "since ")) and not found[
        0
    ].lower().startswith("the"):
        return None
    return "date", f"19{_DECADES[found[4].lower()]}"


def _century(context: Context, found: re.Match[str]) -> Answer | None:
    return "date", f"{int(found[1]) - 1:02d}"


def _year(context: Context, found: re.Match[str]) -> Answer | None:
    year, start = int(found[1]), found.start(1)
    if context.published_on is not None and year > context.published_on.year + 80:
        return None
    before = context.text[max(0, start - 16) : start]
    if _NO_YEAR.search(before) and not _YEAR_AFTER_ALL.search(before):
        return None
    return None if context.text.startswith("-strong", found.end()) else ("date", found[1])


def _half_of_year(context: Context, found: re.Match[str]) -> Answer | None:
    year = _year_told(context, found[2])
    return ("date", f"{year}-H{1 if found[1].lower() == 'first' else 2}") if year else None


def _year_told(context: Context, words: str) -> int | None:
    """The year in digits, or "last year", "this year", "the year"."""
    if words.isdigit():
        return int(words)
    return context.published_on.year + _STEPS[words.split()[0].lower()] if context.published_on else None


def _spelled_year(context: Context, found: re.Match[str]) -> Answer | None:
    words = found[2].lower().replace("-", " ").split()
    century = {"eighteen": 1800, "nineteen": 1900, "twenty": 2000}.get(words[0])
    within = [word for word in words[1 if century else 2 :] if word not in ("hundred", "and", "oh")]
    is_told = found.start() != found.start(2)  # "two thousand" alone counts something
    rest = from_words(" ".join(within)) if within else 0.0 if is_told else None
    if rest is None or rest >= 100:
        return None
    year = (century or 2000) + int(rest)
    return "date", f"{year}-{time_context.month(found[1]):02d}" if found[1] else str(year)


def _fiscal_year(context: Context, found: re.Match[str]) -> Answer | None:
    return "duration", "P1Y"


def _the_year(context: Context, found: re.Match[str]) -> Answer | None:
    return ("date", str(context.published_on.year)) if context.published_on else None


def _relative_period(context: Context, found: re.Match[str]) -> Answer | None:
    day, which, unit = context.published_on, found[1].lower(), found[2].lower()
    if day is None or found[2].istitle():  # "This Week" is a programme
        return None
    if (
        found[0].lower().startswith("the ")
        and which in ("last", "past", "next", "coming")
        and unit in ("decade", "century", "month")
    ):
        value = time_context.duration(1.0, unit)
        return ("duration", value) if value else None
    count = (
        -1 if which in ("last", "past", "previous", "this past") else 1 if which in ("next", "coming") else 0
    )
    if unit == "weekend" and count >= 0 and day.weekday() == 0 and not context.is_future(*found.span()):
        count -= 1
    value = shifted(day, unit, count)
    return ("date", value) if value else None


def _edge_of_period(context: Context, found: re.Match[str]) -> Answer | None:
    value = shifted(context.published_on, found[1].lower(), 0) if context.published_on else None
    return ("date", value) if value else None


def _day_of_month(context: Context, found: re.Match[str], month: str, day: str) -> Answer | None:
    if month == "may" or not 1 <= int(day) <= 31:
        return None
    number = time_context.month(month)
    year = time_context.year_for(context, number, *found.span())
    published = context.published_on
    if year is None or published is None:
        return None
    if number == published.month:
        year = published.year
    year = _year_of_range(context, number, found.end()) or year
    value = iso(year, number, int(day))
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
    "spelled_year": _spelled_year,
    "fiscal_year": _fiscal_year,
    "the_year": _the_year,
    "season_year": _season_year,
    "season": _season,
    "bare_season": _bare_season,
    "decade": _decade,
    "century": _century,
    "year": _year,
    "half_of_year": _half_of_year,
    "relative_period": _relative_period,
    "edge_of_period": _edge_of_period,
}
