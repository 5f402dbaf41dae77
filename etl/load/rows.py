"""A row of a table or a JSON object to a page: url, html | text | content, captured_at | date."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from etl.load.entry import Entry
from etl.load.sniff import sniff
from etl.records import RawPage, Reason, Rejection, usable_url
from etl.settings import COLUMNS

_BODIES = ("html", "text", "content")
_MILLISECONDS = 100_000_000_000  # a larger epoch number counts milliseconds


def row_page(entry: Entry, place: str, row: Mapping[str, Any]) -> RawPage | Rejection:
    """The page that a row holds. Its column names are read as the user mapped them, else whatever their case."""
    values = _by_column(entry, row)
    name = next((name for name in _BODIES if isinstance(values.get(name), str) and values[name]), None)
    if name is None:
        return Rejection(Reason.MALFORMED_RECORD, "no text under html, text or content")
    try:
        captured_at = _timestamp(values.get("captured_at") or values.get("date"))
    except (ValueError, OverflowError, OSError):
        return Rejection(Reason.MALFORMED_RECORD, "captured_at is not a timestamp")
    body = values[name].encode("utf-8", "replace")
    if len(body) > entry.options.record_size:
        return Rejection(Reason.TOO_LARGE, f"more than {entry.options.record_size} bytes")
    is_html = name == "html" or (name == "content" and sniff(body[:4096], "") == "html")
    media_type = "text/html" if is_html else "text/plain"
    url = values.get("url")
    url = usable_url(url) if isinstance(url, str) else None
    return RawPage(entry.source.uri, entry.at(place), body, media_type, url, captured_at, charset="utf-8")


def column_names(entry: Entry) -> dict[str, str]:
    """Folded name in the input -> the column of a page that it is."""
    mapped = entry.options.columns
    return {mapped.get(column, column).strip().lower(): column for column in COLUMNS}


def _by_column(entry: Entry, row: Mapping[str, Any]) -> dict[str, Any]:
    names = column_names(entry)
    folded = ((str(name).strip().lower(), value) for name, value in row.items())
    return {names[name]: value for name, value in folded if name in names}


def _timestamp(value: Any) -> datetime | None:
    """ISO 8601, a date, or seconds (or milliseconds) since 1970; without a zone it is UTC."""
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, str) and re.fullmatch(r"\d{9,13}", value.strip()):
        value = int(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return datetime.fromtimestamp(value / 1000 if value > _MILLISECONDS else value, UTC)
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time())
    stamp = value if isinstance(value, datetime) else None
    if isinstance(value, str):
        stamp = datetime.fromisoformat(value.strip())
    if stamp is None:
        raise ValueError(value)
    return stamp.replace(tzinfo=UTC) if stamp.tzinfo is None else stamp.astimezone(UTC)
