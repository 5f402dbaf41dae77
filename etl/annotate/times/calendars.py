"""Arithmetic of days and TIMEX3 values."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from etl.language import word_lists


def iso(year: int, month: int, day: int) -> str | None:
    """YYYY-MM-DD, None where there is no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def week(day: date) -> str:
    """The ISO week of a day, as TIMEX3 writes it."""
    year, number, _ = day.isocalendar()
    return f"{year:04d}-W{number:02d}"


def shift_days(day: date, count: int) -> date | None:
    """The day so many days on; None before and after the calendar."""
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return None


def shift_months(day: date, count: int) -> tuple[int, int]:
    """Year and month, `count` months on."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return year, month + 1


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    century, within = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    day = (32 + 2 * (century % 4) + 2 * (within // 4) - moon - within % 4) % 7
    late = (year % 19 + 11 * moon + 22 * day) // 451
    month, left = divmod(moon + day - 7 * late + 114, 31)
    return date(year, month, left + 1)


def shifted(day: date, unit: str, count: float) -> str | None:
    """The TIMEX3 value `count` units from a day, as exact as the unit."""
    whole = int(count)
    if abs(whole) > 10_000:
        return None
    if unit in ("day", "night"):
        moved = shift_days(day, whole)
        return moved.isoformat() if moved else None
    if unit in ("week", "weekend", "fortnight"):
        moved = shift_days(day, 7 * whole * (2 if unit == "fortnight" else 1))
        return week(moved) + ("-WE" if unit == "weekend" else "") if moved else None
    if unit == "month":
        year, month = shift_months(day, whole)
        return f"{year:04d}-{month:02d}" if 0 < year < 10_000 else None
    if unit == "quarter":
        quarter = day.year * 4 + (day.month - 1) // 3 + whole
        return f"{quarter // 4:04d}-Q{quarter % 4 + 1}"
    if unit in ("year", "season"):
        return f"{day.year + whole:04d}" if 0 < day.year + whole < 10_000 else None
    if unit == "decade":
        # "this decade" is one, "two decades ago" is a year
        return f"{day.year // 10:03d}" if whole == 0 else f"{day.year + round(10 * count):04d}"
    if unit in ("century", "centurie"):
        return f"{day.year // 100 + whole:02d}"
    return day.isoformat() if unit in ("hour", "minute", "second") else None


def days_of(value: str) -> tuple[date | None, date | None]:
    """First and last day of a TIMEX3 value; None where it names no days."""
    try:
        first, _, last = value.partition("/")
        return _days_of(first)[0], _days_of(last or first)[1]
    except (ValueError, OverflowError):
        return None, None


def _days_of(value: str) -> tuple[date | None, date | None]:
    if found := re.match(r"(\d{4})-(\d\d)-(\d\d)", value):
        day = date(*(int(part) for part in found.groups()))
        return day, day
    if found := re.match(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return (monday + timedelta(days=5) if found[3] else monday), monday + timedelta(days=6)
    if found := re.fullmatch(r"(\d{4})-Q(\d)", value):
        return _months(int(found[1]), 3 * int(found[2]) - 2, 3 * int(found[2]))
    if found := re.fullmatch(r"(\d{4})-H(\d)", value):
        return _months(int(found[1]), 6 * int(found[2]) - 5, 6 * int(found[2]))
    if found := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        first = next(int(row[2]) for row in word_lists.rows("time_seasons") if row[1] == found[2])
        return _months(int(found[1]), first, (first + 1) % 12 + 1)
    if found := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return _months(int(found[1]), int(found[2]), int(found[2]))
    if found := re.fullmatch(r"(\d{4})", value):
        return date(int(value), 1, 1), date(int(value), 12, 31)
    if found := re.fullmatch(r"(\d{3})", value):
        return date(int(value) * 10, 1, 1), date(int(value) * 10 + 9, 12, 31)
    return None, None


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    last_year = year + (last < first)
    return date(year, first, 1), date(last_year, last, calendar.monthrange(last_year, last)[1])
