"""A file of JSON objects, one a line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from etl.load.entry import Entry, Part
from etl.load.rows import row_page
from etl.records import RawPage, Reason, Rejection


def load_json_lines(entry: Entry) -> Iterator[Part]:
    """A record for each line that is not blank; its place is the line's byte offset, uncompressed."""
    largest = entry.options.record_size
    offset = 0
    with entry.open() as stream:
        while line := stream.readline(largest + 1):
            start, digest = offset, hashlib.sha256(line)
            offset += len(line)
            is_too_long = len(line) > largest
            while is_too_long and not line.endswith(b"\n") and (line := stream.readline(largest + 1)):
                digest.update(line)
                offset += len(line)
            if is_too_long:
                content: RawPage | Rejection = Rejection(
                    Reason.TOO_LARGE, f"a line of {offset - start} bytes"
                )
            elif line.strip(b"\xef\xbb\xbf \t\r\n"):
                content = _page(entry, str(start), line)
            else:
                continue
            yield entry.record(str(start), digest.hexdigest(), content)


def _page(entry: Entry, place: str, line: bytes) -> RawPage | Rejection:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return Rejection(Reason.MALFORMED_RECORD, f"not JSON: {error}")
    if not isinstance(row, dict):
        return Rejection(Reason.MALFORMED_RECORD, "not a JSON object")
    return row_page(entry, place, row)
