"""A file that is one page: HTML or the visible text of a page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from etl.load.entry import Entry, Part
from etl.records import InputRecord, RawPage, Reason, Rejection

MEDIA_TYPES = {"html": "text/html", "text": "text/plain"}


def load_page(entry: Entry) -> Iterator[Part]:
    """The one page of the file: at locator "0", or at that of the archive's member that it is."""
    with entry.open() as stream:
        body = stream.read(entry.options.record_size + 1)
    locator = entry.own_locator
    content: RawPage | Rejection
    if len(body) > entry.options.record_size:
        content = Rejection(Reason.TOO_LARGE, f"more than {entry.options.record_size} bytes")
    else:
        content = RawPage(entry.source.uri, locator, body, MEDIA_TYPES[entry.kind])
    yield InputRecord(entry.source, locator, hashlib.sha256(body).hexdigest(), content)
