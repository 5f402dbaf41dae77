"""Rules for quarters of a year, as company results tell them: see lexicon/time_patterns.tsv.

A value that begins with Q stands on the quarter told before: "Q0" is that quarter, "Q-1" the one a year earlier,
"Q1988" the same one of 1988.
"""

from __future__ import annotations

import re
from functools import cache

from etl.annotate.times import context as time_context
from etl.annotate.times.calendars import shifted
from etl.annotate.times.context import Answer, Context, Rule
from etl.language import word_lists

_REACH = 600  # characters over which a quarter told before holds
_YEAR_AGO = re.compile(r"(?:a|one) year (?:ago|earlier|before)", re.IGNORECASE)
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")


def _quarter(context: Context, found: re.Match[str]) -> Answer | None:
    quarter = int(word_lists.table("ordinals").get(found[2].lower(), found[2][0]))
    told, day = found[1] or found[3] or found[4], context.published_on
    if told and told.isdigit():
        return "date", f"{told}-Q{quarter}"
    if day is None:
        return None
    if told:
        year = day.year + time_context.steps()[told.split()[0].lower()]
    else:
        is_over = quarter > (day.month - 1) // 3 + 1 and not context.is_future(*found.span())
        year = day.year - is_over
    return "date", f"{year}-Q{quarter}"


def _quarter_in_figures(context: Context, found: re.Match[str]) -> Answer | None:
    quarter, year, step, day = int(found[1] or found[2]), found[3], found[4], context.published_on
    if year:
        return "date", f"{year if len(year) == 4 else '20' + year}-Q{quarter}"
    if day is None or not found[1]:
        return None
    if step:
        return "date", f"{day.year + time_context.steps()[step.split()[0].lower()]}-Q{quarter}"
    is_over = quarter > (day.month - 1) // 3 + 1 and not context.is_future(*found.span())
    return "date", f"{day.year - is_over}-Q{quarter}"


def _half_in_figures(context: Context, found: re.Match[str]) -> Answer | None:
    return "date", f"{found[3]}-H{found[1] or found[2]}"


def _this_quarter(context: Context, found: re.Match[str]) -> Answer | None:
    return "date", "Q0"


def _quarter_of_year(context: Context, found: re.Match[str]) -> Answer | None:
    return "date", f"Q{found[1]}"


def _quarter_ended(context: Context, found: re.Match[str]) -> Answer | None:
    last = time_context.month(found[1])
    year = time_context.year_for(context, last, *found.span())
    if year is None:
        return None
    # its middle month: most of a quarter that ends in July is the second
    return "date", f"{year - 1}-Q4" if last == 1 else f"{year}-Q{(last - 2) // 3 + 1}"


def _quarter_a_year_ago(context: Context, found: re.Match[str]) -> Answer | None:
    return "date", "Q-1"


def told_quarter(
    context: Context, start: int, end: int, value: str, last: tuple[int, str] | None
) -> str | None:
    """The value of an expression that stands on a quarter told before it; other values stay as they are.

    `last` is the end and the value of the quarter told last.
    """
    day = context.published_on
    near = last[1] if last is not None and start - last[0] <= _REACH else None
    of_year = re.fullmatch(r"Q(\d{4})", value)
    if of_year:
        return f"{of_year[1]}{near[4:]}" if near else of_year[1]
    if value in ("Q0", "Q-1"):
        over = shifted(day, "quarter", -1) if day else None
        quarter = over if near is None or (over is not None and near > over) else near
        return quarter if value == "Q0" else _a_year_before(quarter)
    is_year_ago = near is not None and _YEAR_AGO.fullmatch(context.text, start, end)
    if is_year_ago and _results().search(context.text, max(0, start - 120), end):
        return _a_year_before(near)
    return value


@cache
def _results() -> re.Pattern[str]:
    """Money, and the words of company results."""
    return re.compile(rf"[$£€¥%#]|\b(?:{'|'.join(sorted(word_lists.words('time_results')))})\b")


def _a_year_before(quarter: str | None) -> str | None:
    found = _QUARTER.fullmatch(quarter or "")
    return f"{int(found[1]) - 1}-Q{found[2]}" if found else None


def is_quarter(value: str) -> bool:
    """Whether a value names a quarter of a year."""
    return _QUARTER.fullmatch(value) is not None


QUARTER_RULES: dict[str, Rule] = {
    "quarter": _quarter,
    "quarter_in_figures": _quarter_in_figures,
    "half_in_figures": _half_in_figures,
    "this_quarter": _this_quarter,
    "quarter_of_year": _quarter_of_year,
    "quarter_ended": _quarter_ended,
    "quarter_a_year_ago": _quarter_a_year_ago,
}
