"""A JSON document: an array of objects, an object that is a page, or one that holds an array of them."""

from __future__ import annotations

import codecs
import hashlib
import itertools
import json
import re
from collections.abc import Iterator
from typing import IO, Any

from etl.load.entry import Entry, Part
from etl.load.rows import row_page
from etl.records import InputRecord, Reason

_BODIES = ("html", "text", "content")
_GAP = re.compile(r"[\s,]*")
_PIECE = 1 << 16


def load_json(entry: Entry) -> Iterator[Part]:
    """A record for each object; its place is its number, from 0. Only one of them is in memory at a time."""
    count = 0
    try:
        with entry.open() as stream:
            for value in _values(stream, entry.options.record_size):
                yield _record(entry, str(count), value)
                count += 1
    except (ValueError, RecursionError) as error:
        yield entry.rejected(f"after:{count}", Reason.MALFORMED_RECORD, f"after {count} records: {error}")


def _record(entry: Entry, place: str, value: Any) -> InputRecord:
    digest = hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
    if not isinstance(value, dict):
        return entry.rejected(place, Reason.MALFORMED_RECORD, "not a JSON object")
    return entry.record(place, digest, row_page(entry, place, value))


def _values(stream: IO[bytes], record_size: int) -> Iterator[Any]:
    text = codecs.getreader("utf-8-sig")(stream)
    head = text.read(_PIECE).lstrip()
    if head.startswith("["):
        yield from _sequence(text, head[1:], record_size, closing="]")
        return
    values = _sequence(text, head, record_size, closing=None)
    first = list(itertools.islice(values, 2))  # more than one: the lines of a JSONL file under another name
    yield from _of_object(first[0]) if len(first) == 1 else first
    yield from values


def _of_object(value: Any) -> Iterator[Any]:
    """The object itself if it holds a text, else the elements of the first array in it."""
    names = {name.lower() for name in value} if isinstance(value, dict) else set()
    arrays = [] if names & set(_BODIES) or not isinstance(value, dict) else list(value.values())
    found = next((array for array in arrays if isinstance(array, list)), None)
    yield from [value] if found is None else found


def _sequence(text: codecs.StreamReader, buffer: str, record_size: int, closing: str | None) -> Iterator[Any]:
    """The values that stand one after another, to the closing bracket or the end."""
    decoder, position, piece = json.JSONDecoder(), 0, _PIECE
    while True:
        gap = _GAP.match(buffer, position)
        position = gap.end() if gap else position
        if closing and buffer.startswith(closing, position):
            return
        try:
            value, end = decoder.raw_decode(buffer, position)
            if end == len(buffer) and not isinstance(value, dict | list):
                raise json.JSONDecodeError("it may go on", buffer, end)
        except json.JSONDecodeError as error:
            more = text.read(piece)
            if not more and not closing and position == len(buffer):
                return
            if not more:
                raise ValueError(f"it breaks off: {error.msg}") from None
            buffer, position, piece = buffer[position:] + more, 0, piece * 2  # so that retries stay linear
            if len(buffer) > max(2 * record_size, 4 * _PIECE):
                raise ValueError("a value is no JSON or larger than a record may be") from None
            continue
        yield value
        position = end
        if position > _PIECE:
            buffer, position, piece = buffer[position:], 0, _PIECE
