"""The report at the end of a run: as JSON, as text for a terminal, as markdown for Prefect."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from etl.pipeline import open_run
from etl.settings import Settings
from etl.store.ledger import count_rows, read_run


@dataclass(slots=True)
class Report:
    """Filled when the run is closed: {"run_id", "status", "inputs", the fates, "articles", …, "reasons"}.

    articles, entities and claims count what the database now holds; the rest is the run's own.
    """

    run_id: int
    values: dict[str, Any]


@contextmanager
def reported_run(engine: Engine, flow: str, settings: Settings) -> Iterator[Report]:
    """A run whose report is complete after the block, whether it ended well or not."""
    started = time.monotonic()
    report: Report | None = None
    try:
        with open_run(engine, flow, settings) as run_id:
            report = Report(run_id, {})
            yield report
    finally:
        if report is not None:
            seconds = round(time.monotonic() - started, 2)
            run = read_run(engine, report.run_id)
            reasons = run.pop("reasons")
            held = count_rows(engine, "articles", "entities", "claims")
            report.values |= {**run, **held, "seconds": seconds, "reasons": reasons}


def as_text(values: dict[str, Any]) -> str:
    """The report as aligned lines."""
    reasons = values["reasons"]
    plain = {name: value for name, value in values.items() if name != "reasons"}
    lines = [f"{name:<12}{value}" for name, value in plain.items()]
    return "\n".join([*lines, *(f"  {reason:<22}{count}" for reason, count in reasons.items())])


def as_markdown(values: dict[str, Any]) -> str:
    """The report as two tables."""
    plain = {name: value for name, value in values.items() if name != "reasons"}
    tables = [("what", "value", plain), ("reason", "records", values["reasons"])]
    return "\n\n".join(
        "\n".join(
            [f"| {left} | {right} |", "|---|---|", *(f"| {key} | {value} |" for key, value in table.items())]
        )
        for left, right, table in tables
        if table
    )
