"""A file of JSON objects, one a line or several."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator

from etl.language.charsets import LineDecoder
from etl.load.as_utf8 import open_utf8
from etl.load.entry import Entry, Part
from etl.load.json_document import load_json
from etl.load.rows import row_page
from etl.records import Reason

_GAP = re.compile(r"[\s,]*")
_OBJECT = re.compile(rb"\s*\{")


def load_json_lines(entry: Entry) -> Iterator[Part]:
    """A record for each object; its place is its line's byte offset, uncompressed and in UTF-8.

    Further objects of a line are numbered from 2 behind it. A file whose first line is larger than a record is
    read as one document: it may hold many objects and no line break.
    """
    largest = entry.options.record_size
    offset = 0
    decoder = LineDecoder()
    with entry.open() as raw, open_utf8(raw) as stream:
        while line := stream.readline(largest + 1):
            start, digest = offset, hashlib.sha256(line)
            offset += len(line)
            is_too_long = len(line) > largest
            if is_too_long and not start and _OBJECT.match(line) and not line.endswith(b"\n"):
                yield from load_json(entry)
                return
            while is_too_long and not line.endswith(b"\n") and (line := stream.readline(largest + 1)):
                digest.update(line)
                offset += len(line)
            if is_too_long:
                yield entry.rejected(str(start), Reason.TOO_LARGE, f"a line of {offset - start} bytes")
            elif line.strip(b" \t\r\n\0"):
                yield from _records(entry, str(start), decoder.decode(line), digest.hexdigest())


def _records(entry: Entry, place: str, line: str, digest: str) -> Iterator[Part]:
    """The records of a line: of the one object that it is, or of each of several."""
    text = line.replace("\0", "").strip()
    decoder, position, count = json.JSONDecoder(), 0, 0
    while position < len(text):
        count += 1
        here = place if count == 1 else f"{place}+{count}"
        own = digest if count == 1 else hashlib.sha256(text[position:].encode("utf-8", "replace")).hexdigest()
        try:
            row, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            told = f"not JSON: {error}" if count == 1 else f"not JSON behind {count - 1} objects: {error}"
            yield entry.rejected(here, Reason.MALFORMED_RECORD, told)
            return
        if isinstance(row, dict):
            yield entry.record(here, own, row_page(entry, here, row))
        else:
            yield entry.rejected(here, Reason.MALFORMED_RECORD, "not a JSON object")
        gap = _GAP.match(text, end)
        position = gap.end() if gap else end
