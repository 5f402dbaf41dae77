"""What nightly and backfill share: a run whose partitions are Prefect tasks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from prefect import task
from prefect.artifacts import create_markdown_artifact

from etl.database import open_engine, prepare
from etl.pipeline import load_partition
from etl.settings import Settings, read_settings
from flows.report import as_markdown, reported_run


@task(name="load_partition", retries=2, retry_delay_seconds=10, log_prints=False)
def load_partition_task(run_id: int, inputs: list[str]) -> dict[str, int]:
    """Load one partition into the settings' database; tried again it goes on where the ledger says."""
    settings = read_settings()
    engine = open_engine(settings.database_url)
    try:
        books = load_partition(engine, run_id, inputs, settings)
        return {fate.value: count for fate, count in books.fates.items()}
    finally:
        engine.dispose()


def run_partitions(flow: str, partitions: Iterable[list[str]], settings: Settings) -> dict[str, Any]:
    """Load the partitions one after another in one run; returns its report and leaves it as an artifact."""
    engine = open_engine(settings.database_url)
    try:
        prepare(engine)
        with reported_run(engine, flow, settings) as report:
            for inputs in partitions:
                load_partition_task(report.run_id, inputs)
        create_markdown_artifact(as_markdown(report.values), key=f"newsledger-{flow}")
        return report.values
    finally:
        engine.dispose()
