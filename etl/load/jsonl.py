"""A file of JSON objects, one a line: url, html | text | content, captured_at | date."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, Any

from etl.load.sniff import sniff
from etl.records import InputRecord, RawPage, Reason, Rejection, Source, usable_url

_MILLISECONDS = 100_000_000_000  # a larger epoch number counts milliseconds


def load_jsonl(source: Source, stream: IO[bytes], record_size: int) -> Iterator[InputRecord]:
    """A record for each line that is not blank; the locator is the line's byte offset, uncompressed."""
    offset = 0
    while line := stream.readline(record_size + 1):
        start, digest = offset, hashlib.sha256(line)
        offset += len(line)
        is_too_long = len(line) > record_size
        while is_too_long and not line.endswith(b"\n") and (line := stream.readline(record_size + 1)):
            digest.update(line)
            offset += len(line)
        if is_too_long:
            content: RawPage | Rejection = Rejection(Reason.TOO_LARGE, f"a line of {offset - start} bytes")
        elif line.strip(b"\xef\xbb\xbf \t\r\n"):
            content = _page(source, str(start), line)
        else:
            continue
        yield InputRecord(source, str(start), digest.hexdigest(), content)


def _page(source: Source, locator: str, line: bytes) -> RawPage | Rejection:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return Rejection(Reason.MALFORMED_RECORD, f"not JSON: {error}")
    if not isinstance(row, dict):
        return Rejection(Reason.MALFORMED_RECORD, "not a JSON object")
    name = next((name for name in ("html", "text", "content") if isinstance(row.get(name), str)), None)
    if name is None:
        return Rejection(Reason.MALFORMED_RECORD, "no text under html, text or content")
    try:
        captured_at = _timestamp(row.get("captured_at", row.get("date")))
    except (ValueError, OverflowError, OSError):
        return Rejection(Reason.MALFORMED_RECORD, "captured_at is not a timestamp")
    body = row[name].encode("utf-8", "replace")
    is_html = name == "html" or (name == "content" and sniff(body[:4096], "") == "html")
    media_type = "text/html" if is_html else "text/plain"
    url = row.get("url")
    url = usable_url(url) if isinstance(url, str) else None
    return RawPage(source.uri, locator, body, media_type, url, captured_at, charset="utf-8")


def _timestamp(value: Any) -> datetime | None:
    """ISO 8601 or seconds (or milliseconds) since 1970; without a zone it is UTC."""
    if value is None or value == "":
        return None
    if isinstance(value, str) and re.fullmatch(r"\d{9,13}", value):
        value = int(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return datetime.fromtimestamp(value / 1000 if value > _MILLISECONDS else value, UTC)
    if not isinstance(value, str):
        raise ValueError(value)
    stamp = datetime.fromisoformat(value.strip())
    return stamp.replace(tzinfo=UTC) if stamp.tzinfo is None else stamp.astimezone(UTC)
