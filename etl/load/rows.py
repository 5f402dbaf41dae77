"""A row of a table or a JSON object to a page: url, html | text | content, captured_at | date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from etl.load.declared import USUAL_NAMES, declared_fields
from etl.load.entry import Entry
from etl.load.sniff import FEED_IS_NO_PAGE, HEAD_SIZE, is_feed, sniff
from etl.load.timestamps import read_timestamp
from etl.records import RawPage, Reason, Rejection, usable_url
from etl.settings import COLUMNS

BODIES = ("html", "text", "content")
_LISTED = 20


def row_page(entry: Entry, place: str, row: Mapping[str, Any]) -> RawPage | Rejection:
    """The page that a row holds. Its column names are read as the user mapped them, else whatever their case.

    A page of bytes is kept as it is, to be decoded as a page of a file is.
    """
    values = _by_column(entry, row)
    name = next((name for name in BODIES if isinstance(values.get(name), str | bytes) and values[name]), None)
    if name is None:
        return Rejection(Reason.MALFORMED_RECORD, no_body(entry, [str(column) for column in row]))
    try:
        captured_at = read_timestamp(values.get("captured_at") or values.get("date"))
    except (ValueError, TypeError, IndexError, OverflowError, OSError):
        return Rejection(Reason.MALFORMED_RECORD, "captured_at is not a timestamp")
    value = values[name]
    body, charset = (value, None) if isinstance(value, bytes) else (value.encode("utf-8", "replace"), "utf-8")
    if len(body) > entry.options.record_size:
        return Rejection(Reason.TOO_LARGE, f"more than {entry.options.record_size} bytes")
    head = body[:HEAD_SIZE]
    if is_feed(head):
        return Rejection(Reason.UNSUPPORTED_FORMAT, FEED_IS_NO_PAGE)
    is_html = name == "html" or (name == "content" and sniff(head, "") == "html")
    media_type = "text/html" if is_html else "text/plain"
    return RawPage(
        entry.source.uri,
        entry.at(place),
        body,
        media_type,
        usable_url(_as_text(values.get("url"))),
        captured_at,
        charset,
        declared=_declared(entry, row, values),
    )


def column_names(entry: Entry) -> dict[str, str]:
    """Folded name in the input -> the column of a page that it is; of the usual names of a field, all."""
    mapped = entry.options.columns
    usual = {name: field for field, names in USUAL_NAMES.items() if field not in mapped for name in names}
    return usual | {mapped.get(column, column).strip().lower(): column for column in COLUMNS}


def has_body(entry: Entry, names: Iterable[str]) -> bool:
    """Whether one of the columns can hold a page."""
    known = column_names(entry)
    return any(known.get(str(name).strip().lower()) in BODIES for name in names)


def no_body(entry: Entry, names: Iterable[str]) -> str:
    """What to tell of a row or table without a page: the names it has, and how to say which is the page."""
    if has_body(entry, names):
        return "the html, text or content is empty"
    given = ", ".join(repr(name)[:40] for name in list(names)[:_LISTED]) or "nothing"
    return f"no column html, text or content among {given}: name it with --map text=NAME or --map html=NAME"


def _declared(entry: Entry, row: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, str]:
    """What the row tells of its page. A date beside the time of capture is the day of publication."""
    folded = {str(name).strip().lower(): value for name, value in row.items()}
    found = declared_fields(folded, entry.options.columns)
    if "published" not in found and values.get("captured_at"):
        found |= declared_fields({"published": values.get("date")}, {})
    return found


def _by_column(entry: Entry, row: Mapping[str, Any]) -> dict[str, Any]:
    names = column_names(entry)
    folded = ((str(name).strip().lower(), value) for name, value in row.items())
    return {names[name]: value for name, value in folded if name in names}


def _as_text(value: Any) -> str | None:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value if isinstance(value, str) else None
