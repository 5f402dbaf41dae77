"""Times of capture as crawlers, databases and servers write them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

_WEB = datetime(1991, 8, 6, tzinfo=UTC)
"""The first web page: nothing was captured before."""

_EPOCH_UNITS = (1, 1_000, 1_000_000, 1_000_000_000)
_DIGITS = {8: "%Y%m%d", 10: "%Y%m%d%H", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}
_NUMBER = re.compile(r"\d{8,19}(?:\.\d+)?")
_ZONE = re.compile(r"\s*(?:Z?\[UTC\]|UTC|GMT|Z)\s*\Z", re.I)
_SPACED_OFFSET = re.compile(r"\s+([+-]\d\d:?\d\d)\Z")
_DAY = re.compile(r"(\d{4})[/-](\d\d?)[/-](\d\d?)\b")
_BOXES = ("$date", "$numberLong", "$numberInt", "$numberDouble")


def read_timestamp(value: Any) -> datetime | None:
    """The moment in UTC; without a zone it is UTC. None for an empty value.

    ISO 8601 and its neighbours ("2024-06-20 12:00:00 UTC"), HTTP and mail dates, 8 to 14 digits as web archives write
    them, mongoexport's {"$date": …}, seconds, milliseconds, micro- or nanoseconds since 1970. A number is only read as
    what lies between the first web page and tomorrow.

    Raises:
        ValueError: it is none.
    """
    while isinstance(value, Mapping) and len(value) == 1 and (box := next(iter(value))) in _BOXES:
        value = value[box]
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, bytes):
        value = value.decode("ascii", "replace")
    if isinstance(value, str):
        value = value.strip()
        if not value:
            return None
        return _of_number(value) if _NUMBER.fullmatch(value) else _in_utc(_of_text(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(f"{value:.6f}" if isinstance(value, float) else str(value))
    if isinstance(value, datetime):
        return _in_utc(value)
    if isinstance(value, date):
        return _in_utc(datetime.combine(value, time()))
    raise ValueError(value)


def _of_number(digits: str) -> datetime:
    latest = datetime.now(UTC) + timedelta(days=1)
    whole, _, rest = digits.partition(".")
    if not _NUMBER.fullmatch(digits):
        raise ValueError(digits)
    for unit in _EPOCH_UNITS:
        seconds, parts = divmod(int(whole), unit)
        if _WEB.timestamp() <= seconds <= latest.timestamp():
            micro = parts * 1_000_000 // unit if parts else int(f"{rest or 0:0<6}"[:6]) if unit == 1 else 0
            return datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=micro)
    stamp = datetime.strptime(whole, _DIGITS.get(len(whole), "%%")).replace(tzinfo=UTC)
    if not _WEB <= stamp <= latest or rest.strip("0"):
        raise ValueError(digits)
    return stamp


def _of_text(text: str) -> datetime:
    if text[0].isalpha():  # a weekday
        return parsedate_to_datetime(text)
    plain = _DAY.sub(lambda found: f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}", text)
    plain = _SPACED_OFFSET.sub(r"\1", _ZONE.sub("+00:00", plain) if ":" in plain else _ZONE.sub("", plain))
    try:
        return datetime.fromisoformat(plain)
    except ValueError:
        return parsedate_to_datetime(text)  # 20 Jun 2024 12:00:00 GMT


def _in_utc(stamp: datetime) -> datetime:
    return stamp.replace(tzinfo=UTC) if stamp.tzinfo is None else stamp.astimezone(UTC)
