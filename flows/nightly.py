"""Each night: load what lies in the inbox and the ledger does not have."""

from __future__ import annotations

from typing import Any

from prefect import flow

from etl.settings import read_settings
from flows.partitions import run_partitions


@flow(name="nightly", log_prints=False)
def nightly(inputs: list[str] | None = None) -> dict[str, Any]:
    """Load the inbox of the settings, or the inputs given instead; a partition for each of its places."""
    settings = read_settings()
    places = inputs or list(settings.inbox)
    return run_partitions("nightly", lambda _engine, _run_id: ([place] for place in places), settings)
