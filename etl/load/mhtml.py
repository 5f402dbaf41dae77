"""A page that a browser saved as MHTML: one HTML part beside its images."""

from __future__ import annotations

import email
import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

from etl.load.entry import Entry, Part
from etl.records import InputRecord, RawPage, Reason, Rejection, usable_url


def load_mhtml(entry: Entry) -> Iterator[Part]:
    """The page of the file: its first HTML part, with the address and the time that the browser wrote."""
    with entry.open() as stream:
        data = stream.read(entry.options.record_size + 1)
    locator = entry.own_locator
    content: RawPage | Rejection
    if len(data) > entry.options.record_size:
        content = Rejection(Reason.TOO_LARGE, f"more than {entry.options.record_size} bytes")
    else:
        content = _page(entry, locator, email.message_from_bytes(data))
    yield InputRecord(entry.source, locator, hashlib.sha256(data).hexdigest(), content)


def _page(entry: Entry, locator: str, message: Message) -> RawPage | Rejection:
    part = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    body = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(body, bytes):
        return Rejection(Reason.MALFORMED_RECORD, "no HTML part")
    address = message.get("Snapshot-Content-Location") or part.get("Content-Location")
    url = usable_url(str(address)) if address else None
    charset = part.get_content_charset()
    return RawPage(entry.source.uri, locator, body, "text/html", url, _saved_at(message), charset)


def _saved_at(message: Message) -> datetime | None:
    try:
        stamp = parsedate_to_datetime(str(message["Date"]))
    except (ValueError, TypeError, IndexError):
        return None
    return stamp.replace(tzinfo=UTC) if stamp.tzinfo is None else stamp.astimezone(UTC)
