"""A table in Apache Parquet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from etl.load.entry import Entry, Part, seekable
from etl.load.rows import column_names, has_body, no_body, row_page
from etl.records import RawPage, Reason

_ROWS = 64


def load_parquet(entry: Entry) -> Iterator[Part]:
    """A record for each row; its place is the row's number, from 1. Only the columns of a page are read."""
    count = 0
    try:
        with seekable(entry) as file, pq.ParquetFile(file) as table:
            names = table.schema_arrow.names
            if not has_body(entry, names):
                yield entry.rejected("0", Reason.MALFORMED_RECORD, no_body(entry, names))
                return
            wanted = [name for name in names if name.strip().lower() in column_names(entry)]
            for batch in table.iter_batches(_ROWS, columns=wanted):
                for row in batch.to_pylist():
                    count += 1
                    page = row_page(entry, str(count), row)
                    digest = hashlib.sha256(page.body).hexdigest() if isinstance(page, RawPage) else None
                    yield entry.record(str(count), digest, page)
    except (pa.ArrowException, OSError) as error:
        yield entry.rejected(f"after:{count}", Reason.DAMAGED_ARCHIVE, f"after {count} rows: {error}")
