"""A JSON document: an array of objects, an object that is a page, or one that holds an array of them."""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import re
from collections.abc import Iterator
from typing import IO, Any, cast

from etl.language.charsets import LineDecoder, mended
from etl.load.as_utf8 import open_utf8
from etl.load.entry import Entry, Part
from etl.load.rows import BODIES, row_page
from etl.records import InputRecord, Reason

_GAP = re.compile(r"[\s,]*")
_PIECE = 1 << 16


def load_json(entry: Entry) -> Iterator[Part]:
    """A record for each object; its place is its number, from 0. Only one of them is in memory at a time."""
    count = 0
    try:
        with entry.open() as raw, open_utf8(raw) as stream:
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
    """The objects of the document; several documents one after another are read as one."""
    values = _Values(stream, record_size)
    if values.skip("["):
        while not values.at_end:
            yield from values.to_bracket()
            values.skip("[")
        return
    first = list(
        itertools.islice(values.to_end(), 2)
    )  # more than one: the lines of a JSONL file by another name
    yield from _of_object(first[0]) if len(first) == 1 else first
    yield from values.to_end()


def _of_object(value: Any) -> Iterator[Any]:
    """The object itself if it holds a text, else the elements of the first array in it."""
    names = {name.lower() for name in value} if isinstance(value, dict) else set()
    arrays = [] if names & set(BODIES) or not isinstance(value, dict) else list(value.values())
    found = next((array for array in arrays if isinstance(array, list)), None)
    yield from [value] if found is None else found


class _Values:
    """Reads JSON values that stand one after another, divided by commas, white space or nothing."""

    def __init__(self, stream: IO[bytes], record_size: int) -> None:
        reader = io.BufferedReader(cast("io.RawIOBase", stream), _PIECE)
        decoder = LineDecoder(reader.peek(_PIECE)[:_PIECE])
        self._text = io.TextIOWrapper(reader, decoder.charset, "surrogateescape", newline="")
        self._buffer, self._position, self._limit = "", 0, max(2 * record_size, 4 * _PIECE)

    def to_bracket(self) -> Iterator[Any]:
        """To the closing bracket, which is passed.

        Raises:
            ValueError: a value is no JSON, or larger than a record may be, or the bracket is missing.
        """
        while not self.skip("]"):
            yield self._next()

    def to_end(self) -> Iterator[Any]:
        """To the end of the stream.

        Raises:
            ValueError: a value is no JSON, or larger than a record may be.
        """
        while not self.at_end:
            yield self._next()

    def skip(self, bracket: str) -> bool:
        """Pass a bracket, if it is next."""
        is_next = not self.at_end and self._buffer.startswith(bracket, self._position)
        self._position += is_next
        return is_next

    @property
    def at_end(self) -> bool:
        while True:
            gap = _GAP.match(self._buffer, self._position)
            self._position = gap.end() if gap else self._position
            if self._position < len(self._buffer):
                return False
            if not self._read_on(_PIECE):
                return True

    def _read_on(self, size: int) -> bool:
        more = mended(self._text.read(size)).replace("\0", "").replace("\ufeff", "")
        self._buffer, self._position = self._buffer[self._position :] + more, 0
        return bool(more)

    def _next(self) -> Any:
        decoder, piece = json.JSONDecoder(), _PIECE
        while not self.at_end:
            try:
                value, end = decoder.raw_decode(self._buffer, self._position)
                if end == len(self._buffer) and not isinstance(value, dict | list) and self._read_on(piece):
                    continue  # a number may go on
            except json.JSONDecodeError as error:
                if len(self._buffer) - self._position > self._limit:
                    raise ValueError("a value is no JSON or larger than a record may be") from None
                if not self._read_on(piece):
                    raise ValueError(f"it breaks off: {error.msg}") from None
                piece *= 2  # so that retries stay linear
                continue
            self._position = end
            return value
        raise ValueError("it breaks off")
