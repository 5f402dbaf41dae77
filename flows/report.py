"""The report at the end of a run: as JSON, as text for a terminal, as markdown for Prefect."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from etl.errors import DatabaseError
from etl.pipeline import open_run
from etl.settings import Settings
from etl.store.ledger import count_rows, read_problems, read_run


@dataclass(slots=True)
class Report:
    """Filled when the run is closed: {"run_id", "status", "inputs", the fates, "articles", …, "reasons", "problems"}.

    articles, entities and claims count what the database now holds; the rest is the run's own. problems are lines
    that name the inputs that could not be reached.
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
            with suppress(DatabaseError):  # the database's first error is the one to tell
                run = read_run(engine, report.run_id)
                reasons = run.pop("reasons")
                held = count_rows(engine, "articles", "entities", "claims")
                problems = read_problems(engine, report.run_id)
                report.values |= {
                    **run, **held, "seconds": seconds, "reasons": reasons, "problems": problems
                }  # fmt: skip


def as_text(values: dict[str, Any]) -> str:
    """The report as aligned lines."""
    lines = [f"{name:<12}{value}" for name, value in _plain(values).items()]
    reasons = [f"  {reason:<22}{count}" for reason, count in values.get("reasons", {}).items()]
    return "\n".join([*lines, *reasons, *values.get("problems", ())])


def as_markdown(values: dict[str, Any]) -> str:
    """The report as two tables and a list of problems."""
    tables = [("what", "value", _plain(values)), ("reason", "records", values.get("reasons", {}))]
    parts = [
        "\n".join(
            [f"| {left} | {right} |", "|---|---|", *(f"| {key} | {value} |" for key, value in table.items())]
        )
        for left, right, table in tables
        if table
    ]
    problems = "\n".join(f"- {line}" for line in values.get("problems", ()))
    return "\n\n".join([*parts, *([problems] if problems else [])])


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in ("reasons", "problems")}
