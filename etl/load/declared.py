"""What a table tells of a page beside it: its headline, who signs it, when it was published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from etl.language.storable import storable
from etl.load.timestamps import read_timestamp

_LONGEST = 1000
_EPOCH = re.compile(r"\s*\d{9,}(?:\.\d+)?\s*")

USUAL_NAMES = {
    "headline": ("headline", "title"),
    "authors": ("authors", "author", "byline", "by"),
    "published": (
        "published", "published_at", "published_on", "published_date", "publish_date", "date_published",
        "datepublished", "publication_date", "date_publish", "pub_date", "pubdate",
    ),
}  # fmt: skip
"""Field -> the names that its column usually has, folded; the first that holds something tells."""


def declared_fields(row: Mapping[str, Any], mapped: Mapping[str, str]) -> dict[str, str]:
    """The fields that a row tells, each as text.

    Args:
        row: the values by their folded column names.
        mapped: the name that the user gave for the column of a field.
    """
    found = {
        field: _first(row, (mapped[field].strip().lower(),) if field in mapped else usual, _READERS[field])
        for field, usual in USUAL_NAMES.items()
    }
    return {field: text for field, text in found.items() if text}


def _first(row: Mapping[str, Any], names: Iterable[str], read: Any) -> str:
    return next((text for name in names if (text := storable(read(row.get(name)))[:_LONGEST].strip())), "")


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value if isinstance(value, str) else ""


def _names(value: Any) -> str:
    """One name, or several with semicolons between: of a string, an object with a name, or a list of these."""
    if isinstance(value, Mapping):
        return _text(value.get("name"))
    if isinstance(value, list | tuple):
        return "; ".join(filter(None, (_text(one) or _names_of_object(one) for one in value)))
    return _text(value)


def _names_of_object(value: Any) -> str:
    return _text(value.get("name")) if isinstance(value, Mapping) else ""


def _day(value: Any) -> str:
    """As it is written; a count of seconds or a time of a database as ISO 8601."""
    text = _text(value)
    if text and not _EPOCH.fullmatch(text):
        return text
    try:
        moment = read_timestamp(value)
    except (ValueError, TypeError, IndexError, OverflowError, OSError):
        return ""
    return moment.isoformat() if moment else ""


_READERS = {"headline": _text, "authors": _names, "published": _day}
