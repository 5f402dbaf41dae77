"""A file that is one page: HTML or the visible text of a page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import IO

from etl.records import InputRecord, RawPage, Reason, Rejection, Source

MEDIA_TYPES = {"html": "text/html", "text": "text/plain"}


def load_page(source: Source, stream: IO[bytes], record_size: int) -> Iterator[InputRecord]:
    """The one page of the file, at locator "0"."""
    body = stream.read(record_size + 1)
    digest = hashlib.sha256(body).hexdigest()
    content: RawPage | Rejection
    if len(body) > record_size:
        content = Rejection(Reason.TOO_LARGE, f"more than {record_size} bytes")
    else:
        media_type = MEDIA_TYPES[source.kind.partition("+")[0]]
        content = RawPage(source.uri, "0", body, media_type)
    yield InputRecord(source, "0", digest, content)
