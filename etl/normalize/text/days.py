"""Days as publishers write them, in any of the larger languages: "3. Mai 2024", "Jan 31, 2022", "2024-05-03T10:00Z"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from etl.language.months import month_number

EARLIEST_YEAR = 1990
LATEST_YEAR = 2100
_LONGEST = 5_000

_CLOCK = (
    r"(?:[T,\s·|–-]{0,3}(?:at\s|um\s|à\s|alle\s|kl\.?\s|a las\s|ore\s|godz\.\s)?\s?"
    r"(?P<hour>[01]?\d|2[0-3])[:.hH](?P<minute>[0-5]\d)(?!\d)(?::(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?"
    r"(?:\s?(?P<half>[AaPp])\.?[Mm]\b\.?)?(?:\s?(?P<zone>Z\b|UTC\b|GMT\b|[+-](?:0\d|1[0-4]):?[0-5]\d))?)?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_PATTERNS = tuple(
    re.compile(pattern + _CLOCK)
    for pattern in (
        rf"(?<![\d.,/-]){_YEAR}(?P<separator>[-/.])\s?(?P<month>1[0-2]|0?[1-9])(?P=separator)\s?(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)\.?",
        rf"{_YEAR}\s?[年년]\s?(?P<month>1[0-2]|0?[1-9])\s?[月월]\s?(?P<day>3[01]|[12]\d|0?[1-9])\s?[日일]",
        rf"(?<![\d.,/-])(?P<day>3[01]|[12]\d|0?[1-9])(?:\.|st|nd|rd|th|er|º|°|ª|\.º)?[\s-]*(?:d[eio]\s|d['’]|of\s|da\s)?"
        rf"(?P<name>[^\W\d_]{{2,14}})\.?[\s,-]{{0,3}}(?:de[l]?\s)?{_YEAR}",
        rf"(?P<name>[^\W\d_]{{3,14}})\.?\s(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?,?\s{_YEAR}",
        rf"(?<![\d.,]){_YEAR}\.?\s(?P<name>[^\W\d_]{{3,14}})\.?\s(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)\.?",
        rf"(?<![\d.,/-])(?P<first>3[01]|[12]\d|0?[1-9])(?P<separator>[./-])\s?(?P<second_number>3[01]|[12]\d|0?[1-9])(?P=separator)\s?{_YEAR}(?!\.\d)",
        r"(?<![\d.,/-])(?P<first>3[01]|[12]\d|0?[1-9])(?P<separator>[.])(?P<second_number>1[0-2]|0[1-9])(?P=separator)(?P<short_year>[0-3]\d)(?![\d.])",
    )
)
# No pattern is without one, most lines of a page are.
_YEAR_OR_MONTH = re.compile(r"(?:19|20)\d\d|\.[01]\d\.")
_MONTH_FIRST_LANGUAGES = frozenset({"en"})
# The markup left it stuck to the name of a month: "HealthDECEMBER".
_STUCK_WORD = re.compile(r"^.*[a-z](?=[A-Z])")
_EPOCH = re.compile(r"\s*(1\d{9})(\d{3})?\s*")
_COMPACT = re.compile(
    r"\s*((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:T?(\d\d)(\d\d)(?:\d\d)?(Z)?)?\s*"
)


@dataclass(frozen=True, slots=True)
class PrintedDay:
    """A day found in a text.

    `moment` is the time of day with it, aware where the text names the zone; `other_day` is the second
    reading where day and month could be either way round ("03/04/2022").
    """

    day: date
    start_char: int
    end_char: int
    moment: datetime | None = None
    other_day: date | None = None


def find_days(text: str, language: str | None = None) -> list[PrintedDay]:
    """Find all full dates (day, month, year) in a text's first 5,000 characters, in order, no two overlapping."""
    text = text[:_LONGEST]
    if not _YEAR_OR_MONTH.search(text):
        return []
    found: list[PrintedDay] = []
    taken: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            read = _read(match, language)
            if read:
                found.append(read)
                taken.append(match.span())
    return sorted(found, key=lambda day: day.start_char)


def first_day(value: object, language: str | None = None) -> PrintedDay | None:
    """Read a metadata value that is meant to be one date: ISO 8601, seconds since 1970, or as printed."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(int(value))
    if not isinstance(value, str):
        return None
    text = value[:100]
    epoch = _EPOCH.fullmatch(text)
    if epoch:
        moment = datetime.fromtimestamp(int(epoch[1]), UTC)
        return PrintedDay(moment.date(), 0, len(text), moment)
    compact = _COMPACT.fullmatch(text)
    if compact:
        text = f"{compact[1]}-{compact[2]}-{compact[3]}" + (
            f"T{compact[4]}:{compact[5]}{compact[6] or ''}" if compact[4] else ""
        )
    return next(iter(find_days(text, language)), None)


def _read(match: re.Match[str], language: str | None) -> PrintedDay | None:
    groups = match.groupdict()
    year = int(groups["year"]) if groups.get("year") else 2000 + int(groups["short_year"])
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    if groups.get("name"):
        name = _STUCK_WORD.sub("", groups["name"])
        orders = [(month_number(name, language) or 0, int(groups["day"]))]
    elif groups.get("first"):
        orders = _orders(int(groups["first"]), int(groups["second_number"]), groups["separator"], language)
    else:
        orders = [(int(groups["month"]), int(groups["day"]))]
    readings = [day for month, number in orders if (day := _day(year, month, number))]
    if not readings:
        return None
    other = readings[1] if len(set(readings)) > 1 else None
    return PrintedDay(readings[0], _start(match, groups), match.end(), _moment(readings[0], groups), other)


def _start(match: re.Match[str], groups: dict[str, str | None]) -> int:
    """Where a date starts: behind a word that is stuck to it."""
    stuck = _STUCK_WORD.match(groups.get("name") or "")
    if stuck and match.start("name") == match.start():
        return match.start() + stuck.end()
    return match.start()


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _orders(first: int, second: int, separator: str, language: str | None) -> list[tuple[int, int]]:
    """(month, day) of two numbers: dots are day first everywhere, slashes outside English, else it is open."""
    if separator == "." or (language and language not in _MONTH_FIRST_LANGUAGES):
        return [(second, first)]
    return [(second, first), (first, second)]


def _moment(day: date, groups: dict[str, str | None]) -> datetime | None:
    if not groups.get("hour"):
        return None
    hour, minute, second = int(groups["hour"] or 0), int(groups["minute"] or 0), int(groups["second"] or 0)
    half = (groups["half"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=_zone(groups["zone"]))


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if not text.startswith(("+", "-")):
        return UTC
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)
