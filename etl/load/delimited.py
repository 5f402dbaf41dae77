"""A table as text: .csv or .tsv with a header line."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator

from charset_normalizer import from_bytes

from etl.load.entry import Entry, Part
from etl.load.rows import row_page
from etl.records import Reason

_SAMPLE = 1 << 16
_DELIMITERS = {"csv": ",;|\t", "tsv": "\t"}


def load_delimited(entry: Entry) -> Iterator[Part]:
    """A record for each row below the header; its place is the row's number, from 1."""
    csv.field_size_limit(4 * entry.options.record_size)  # a larger cell would end the table
    with entry.open() as stream:
        sample = stream.read(_SAMPLE)
    header = sample.partition(b"\n")[0].decode("latin-1")
    delimiter = max(_DELIMITERS[entry.kind], key=header.count)
    count = 0
    with entry.open() as stream:
        lines = io.TextIOWrapper(stream, encoding=_charset(sample), errors="replace", newline="")
        try:
            for count, row in enumerate(
                csv.DictReader(lines, delimiter=delimiter, restkey="", restval=""), 1
            ):
                row.pop("", None)  # cells beyond the header
                digest = hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()
                yield entry.record(str(count), digest, row_page(entry, str(count), row))
        except csv.Error as error:
            yield entry.rejected(f"after:{count}", Reason.MALFORMED_RECORD, f"after {count} rows: {error}")


def _charset(sample: bytes) -> str:
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        sample[: sample.rfind(b"\n") + 1].decode("utf-8")
    except UnicodeDecodeError:
        best = from_bytes(sample).best()
        return best.encoding if best else "cp1252"
    return "utf-8-sig"
