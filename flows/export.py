"""Writes answers and rejected records out of the database."""

from __future__ import annotations

import csv
import io
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from tabulate import tabulate

from etl.store.ledger import RejectedRecord

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_frame(frame: pd.DataFrame, format: str, output: Path | None) -> None:
    """Write a frame as table, csv, jsonl or parquet to a file, else to stdout."""
    if format == "parquet":
        buffer = io.BytesIO()
        frame.to_parquet(buffer, index=False)
        data = buffer.getvalue()
    else:
        data = _as_text(frame, format).encode()
    if output is not None:
        output.write_bytes(data)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)


def _as_text(frame: pd.DataFrame, format: str) -> str:
    if format == "csv":
        return str(frame.map(defused).to_csv(index=False))
    if format == "jsonl":
        return str(frame.to_json(orient="records", lines=True, force_ascii=False, date_format="iso"))
    return as_table(frame)


def as_table(frame: pd.DataFrame) -> str:
    """The frame as a terminal shows it, long cells wrapped."""
    if frame.empty:
        return "no rows\n"
    widest = max(16, 2 * shutil.get_terminal_size((160, 24)).columns // len(frame.columns))
    shown = frame.astype(object).where(frame.notna(), None).to_dict("records")
    table = tabulate(shown, headers="keys", maxcolwidths=widest, missingval="", disable_numparse=True)
    return f"{table}\n"


def defused(value: object) -> object:
    """The value as a spreadsheet may open it: text that it would take for a formula begins with a quote."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def export_rejects(records: Iterable[RejectedRecord], folder: Path) -> int:
    """Write the stored bytes of rejected records and rejects.csv, which tells of each where it lies and why.

    Returns:
        How many records there were.
    """
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with (folder / "rejects.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(["file", "reason", "detail", "source", "locator", "sha256"])
        for count, record in enumerate(records, 1):  # noqa: B007 the last number is the count
            name = ""
            if record.page is not None:
                name = f"{count:06}.{'html' if record.page.media_type == 'text/html' else 'txt'}"
                (folder / name).write_bytes(record.page.body)
            row = [name, record.reason, record.detail, record.source.uri, record.locator, record.sha256]
            table.writerow([defused(value) for value in row])
    return count
