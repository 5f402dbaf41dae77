"""What nightly and backfill share: a run whose partitions are Prefect tasks, one held up by no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from prefect import get_run_logger, task
from prefect.artifacts import create_markdown_artifact
from sqlalchemy import Engine

from etl.database import open_engine, prepare
from etl.errors import DatabaseError, NewsledgerError, ProblemsError
from etl.pipeline import find_reachable, load_places
from etl.settings import Settings, read_settings
from flows.report import as_markdown, reported_run

Cut = Callable[[Engine, int], Iterable[list[str]]]
"""The partitions of an open run, each a list of inputs."""


def _may_succeed(_task: object, _task_run: object, state: Any) -> bool:
    """Whether another try is worth it: a busy or broken-off database comes back, a wrong setting does not."""
    return isinstance(state.data, DatabaseError | OSError)


@task(
    name="load_partition",
    retries=2,
    retry_delay_seconds=10,
    retry_condition_fn=_may_succeed,
    log_prints=False,
)
def load_partition_task(run_id: int, inputs: list[str]) -> dict[str, int]:
    """Load one partition into the settings' database; tried again it goes on where the ledger says."""
    settings = read_settings()
    engine = open_engine(settings.database_url)
    try:
        places = find_reachable(engine, run_id, inputs)
        books = load_places(engine, run_id, places, settings)
        if places.roots and not books.inputs:
            get_run_logger().warning("%s holds no file", ", ".join(inputs))
        return {fate.value: count for fate, count in books.fates.items()}
    finally:
        engine.dispose()


def run_partitions(flow: str, cut: Cut, settings: Settings) -> dict[str, Any]:
    """Load the partitions one after another in one run; its report is an artifact, whatever its end is.

    Returns:
        The report of a run that finished without problems.

    Raises:
        ProblemsError: some inputs could not be reached; all others are loaded.
        NewsledgerError: as `open_run` and `load_partition`.
    """
    engine = open_engine(settings.database_url)
    values: dict[str, Any] = {}
    try:
        prepare(engine)
        with reported_run(engine, flow, settings) as report:
            values = report.values
            for inputs in cut(engine, report.run_id):
                load_partition_task(report.run_id, inputs)
    except NewsledgerError as error:
        values.setdefault("status", "not begun")
        values["problems"] = [*values.get("problems", ()), str(error)]
        raise
    finally:
        create_markdown_artifact(as_markdown(values), key=f"newsledger-{flow}")
        engine.dispose()
    if problems := values["problems"]:
        raise ProblemsError(f"finished with problems: {len(problems)} not reached, {problems[0]}", values)
    return values
