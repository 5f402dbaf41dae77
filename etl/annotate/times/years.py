"""Rules for times that name a season, a year or more, or the current such period: see lexicon/time_patterns.tsv."""

from __future__ import annotations

import re
from functools import cache

from etl.annotate.text.numbers import from_words
from etl.annotate.times import context as time_context
from etl.annotate.times.calendars import shifted
from etl.annotate.times.context import Answer, Context, Rule
from etl.language import word_lists

_NO_YEAR = re.compile(r"[$£€#./,–-]\s?$|\bNo\.? $|\d,?$|\b(?:flight|route|room|channel|Article|Section) $")
_YEAR_AFTER_ALL = re.compile(r"[A-Za-z)\]\d][,.]\s$|\d{4}-$|[a-z]-$|\d–$")

_OLDEST = 1800  # "a survey of 1709 pupils", but "of 2000 levels"


@cache
def _season_of(word: str) -> tuple[str, int]:
    """The TIMEX3 letters of a season and its first month."""
    return next((row[1], int(row[2])) for row in word_lists.rows("time_seasons") if row[0] == word)


@cache
def _decade_of(word: str) -> int:
    """6 for "sixties"."""
    return next(
        int(float(value)) // 10
        for one, value in word_lists.table("numbers").items()
        if one[:-1] + "ies" == word
    )


def _season_year(context: Context, found: re.Match[str]) -> Answer | None:
    year = _year_told(context, found[2] or found[4])
    return ("date", f"{year}-{_season_of((found[1] or found[3]).lower())[0]}") if year else None


def _season_of_short_year(context: Context, found: re.Match[str]) -> Answer | None:
    """A season of a year without its century: "summer '69"."""
    if context.published_on is None:
        return None
    century = 2000 if int(found[2]) <= context.published_on.year % 100 else 1900
    return "date", f"{century + int(found[2])}-{_season_of(found[1].lower())[0]}"


def _season(context: Context, found: re.Match[str]) -> Answer | None:
    day, (season, start) = context.published_on, _season_of(found[2].lower())
    if day is None:
        return None
    which = found[1].lower()
    year = day.year
    if which in ("last", "this past"):
        year = day.year if day.month > start + 2 and season != "WI" else day.year - 1
    elif which == "next":
        year = day.year + 1 if day.month >= start else day.year
    return "date", f"{year}-{season}"


def _bare_season(context: Context, found: re.Match[str]) -> Answer | None:
    day, (season, start) = context.published_on, _season_of((found[1] or found[2]).lower())
    if day is None:
        return None
    is_ahead = context.is_future(*found.span())
    year = day.year - (not is_ahead and day.month < start)
    return "date", f"{year}-{season}"


def _decade(context: Context, found: re.Match[str]) -> Answer | None:
    if found[1]:
        return "date", found[1] + found[2]
    return "date", "19" + found[3]


def _decade_in_words(context: Context, found: re.Match[str]) -> Answer | None:
    is_told = context.before(found.start()).endswith(("in ", "of ", "since ")) or found[0].lower().startswith(
        "the"
    )
    return ("date", f"19{_decade_of(found[1].lower())}") if is_told else None


def _further_decade(context: Context, found: re.Match[str]) -> Answer | None:
    """The decade named without its century behind another one: "the 1970s and 80s"."""
    before = re.search(r"(\d\d)\d0s and $", context.text[max(0, found.start() - 16) : found.start()])
    return ("date", before[1] + found[2]) if before else None


def _century(context: Context, found: re.Match[str]) -> Answer | None:
    return "date", f"{int(found[1]) - 1:02d}"


def _year(context: Context, found: re.Match[str]) -> Answer | None:
    year, start = int(found[1]), found.start(1)
    if context.published_on is not None and year > context.published_on.year + 80:
        return None
    before = context.text[max(0, start - 16) : start]
    if _NO_YEAR.search(before) and not _YEAR_AFTER_ALL.search(before):
        return None
    if _is_label(before) or _is_count(before, year, context.text[found.end() : found.end() + 24]):
        return None
    return None if context.text.startswith("-strong", found.end()) else ("date", found[1])


def _is_label(before: str) -> bool:
    """Whether the number belongs to a name before it: "Flight 1990", but not "the Factories Act 1961"."""
    word = re.search(r"\b([A-Z]\w+) $", before)
    name = word[1].lower() if word else ""
    return name in word_lists.words("number_labels") and name not in word_lists.words("time_dated_names")


def _is_count(before: str, year: int, after: str) -> bool:
    """Whether the number counts the plural behind it: "about 2000 pages", but "the 2010 elections", "in 1990 ships sank"."""
    noun = re.match(r" ([a-z]{2,}(?:s|men|people|children))\b", after)
    if (
        noun is None
        or noun[1].endswith(("ss", "ous", "us", "is"))
        or noun[1] in word_lists.words("noun_stops")
    ):
        return False
    word = re.search(r"([\w’']+),? $", before)
    if word is None:
        return False
    return word[1].lower() in word_lists.words("time_count_words") or (word[1] == "of" and year < _OLDEST)


def _year_before_christ(context: Context, found: re.Match[str]) -> Answer | None:
    return "date", f"BC{int(found[1]):04d}"


def _fiscal_year_in_figures(context: Context, found: re.Match[str]) -> Answer | None:
    return "date", found[1]


def _half_of_year(context: Context, found: re.Match[str]) -> Answer | None:
    year = _year_told(context, found[2])
    return ("date", f"{year}-H{1 if found[1].lower() == 'first' else 2}") if year else None


def _year_told(context: Context, words: str) -> int | None:
    """The year in digits, or "last year", "this year", "the year"."""
    if words.isdigit():
        return int(words)
    return (
        context.published_on.year + time_context.steps()[words.split()[0].lower()]
        if context.published_on
        else None
    )


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
        found[0].lower().startswith(("the ", "this past"))
        and which in ("last", "past", "next", "coming", "this past")
        and unit in ("decade", "century", "month")
    ):
        value = time_context.duration(1.0, unit)
        return ("duration", value) if value else None
    count = time_context.steps()[which]
    if unit == "decade":
        return "date", f"{day.year // 10 + count:03d}"
    if unit == "weekend" and count == 0 and day.weekday() < 3 and not context.is_future(*found.span()):
        count -= 1  # on a Monday to Wednesday the weekend is over
    value = shifted(day, unit, count)
    return ("date", value) if value else None


def _edge_of_period(context: Context, found: re.Match[str]) -> Answer | None:
    value = shifted(context.published_on, found[1].lower(), 0) if context.published_on else None
    return ("date", value) if value else None


YEAR_RULES: dict[str, Rule] = {
    "spelled_year": _spelled_year,
    "fiscal_year": _fiscal_year,
    "the_year": _the_year,
    "season_year": _season_year,
    "season_of_short_year": _season_of_short_year,
    "season": _season,
    "bare_season": _bare_season,
    "decade": _decade,
    "decade_in_words": _decade_in_words,
    "further_decade": _further_decade,
    "century": _century,
    "year": _year,
    "year_before_christ": _year_before_christ,
    "fiscal_year_in_figures": _fiscal_year_in_figures,
    "half_of_year": _half_of_year,
    "relative_period": _relative_period,
    "edge_of_period": _edge_of_period,
}
