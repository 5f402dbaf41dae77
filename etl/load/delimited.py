"""A table as text: .csv or .tsv with a header line."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterator
from typing import IO

from etl.language.charsets import LineDecoder
from etl.load.as_utf8 import open_utf8
from etl.load.entry import Entry, Part
from etl.load.rows import has_body, no_body, row_page
from etl.records import Reason

_SAMPLE = 1 << 16
_DELIMITERS = {"csv": ",;|\t", "tsv": "\t"}
_SEPARATOR = re.compile(r'"?sep=(.)"?[ \t;,]*\r?\n?\Z', re.I)
# A quote inside a cell, doubled or behind a backslash; next to a delimiter it may be the cell's own.
_DOUBLED = re.compile(r'(?<![\\",;|\t\r\n])""(?![",;|\t\r\n])')
_ESCAPED = re.compile(r'\\"(?![",;|\t\r\n])')
_ESCAPE = re.compile(r'\\(["\\]|\r?\n)')
_ABSENT = ("\\N", "NULL")


def load_delimited(entry: Entry) -> Iterator[Part]:
    """A record for each row below the header; its place is the row's number, from 1."""
    csv.field_size_limit(4 * entry.options.record_size)  # a larger cell would end the table
    with entry.open() as raw, open_utf8(raw) as stream:
        sample = stream.read(_SAMPLE)
    decoder = LineDecoder(sample[: sample.rfind(b"\n") + 1])
    header, *rest = decoder.decode(sample).splitlines(keepends=True) or [""]
    separator = _SEPARATOR.match(header)
    if separator:
        header = next(iter(rest), "")
    delimiter = separator[1] if separator else max(_DELIMITERS[entry.kind], key=header.count)
    with entry.open() as raw, open_utf8(raw) as stream:
        lines = _lines(stream, decoder, _is_escaped("".join(rest)))
        if separator:
            next(lines, "")
        yield from _rows(entry, csv.DictReader(lines, delimiter=delimiter, restkey="", restval=""))


def _lines(stream: IO[bytes], decoder: LineDecoder, is_escaped: bool) -> Iterator[str]:
    """The lines as the csv module reads them: without NUL, quotes in cells doubled."""
    for line in stream:
        text = decoder.decode(line).replace("\0", "")
        yield _ESCAPE.sub(_doubled, text) if is_escaped else text


def _doubled(escape: re.Match[str]) -> str:
    return '""' if escape[1] == '"' else escape[1]


def _is_escaped(sample: str) -> bool:
    """Whether quotes stand behind a backslash, as Spark and MySQL write them, and are not doubled."""
    return len(_ESCAPED.findall(sample)) > len(_DOUBLED.findall(sample))


def _rows(entry: Entry, rows: csv.DictReader[str]) -> Iterator[Part]:
    count = 0
    try:
        names = rows.fieldnames or ()
        if not has_body(entry, names):
            yield entry.rejected("0", Reason.MALFORMED_RECORD, no_body(entry, names))
            return
        for count, row in enumerate(rows, 1):
            row.pop("", None)  # cells beyond the header
            digest = hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()
            cells = {name: None if cell in _ABSENT else cell for name, cell in row.items()}
            yield entry.record(str(count), digest, row_page(entry, str(count), cells))
    except csv.Error as error:
        yield entry.rejected(f"after:{count}", Reason.MALFORMED_RECORD, f"after {count} rows: {error}")
