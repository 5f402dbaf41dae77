"""Load an archive: its files cut into partitions, each a task that is retried and resumed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger
from sqlalchemy import Engine

from etl.load import Place
from etl.pipeline import find_reachable
from etl.settings import read_settings
from flows.partitions import run_partitions

_DAY_IN_PATH = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_/]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")


@flow(name="backfill", log_prints=False)
def backfill(inputs: list[str], since: date | None = None, until: date | None = None) -> dict[str, Any]:
    """Load files, folders and globs, of the days from `since` to `until` where these are given."""
    settings = read_settings()

    def cut(engine: Engine, run_id: int) -> Iterator[list[str]]:
        places = _places(engine, run_id, inputs, since, until)
        while part := list(itertools.islice(places, settings.backfill_partition)):
            yield [place.address for place in part]

    return run_partitions("backfill", cut, settings)


def _places(
    engine: Engine, run_id: int, inputs: list[str], since: date | None, until: date | None
) -> Iterator[Place]:
    """The files of the days; an input that gives none of them is named in the log."""
    window = f" of {since or 'the first day'} to {until or 'today'}" if since or until else ""
    for given in inputs:
        found = find_reachable(engine, run_id, [given])
        is_empty = bool(found.roots)
        for place in found:
            if _is_within(place, since, until):
                is_empty = False
                yield place
        if is_empty:
            get_run_logger().warning("%s holds no file%s", given, window)


def _is_within(place: Place, since: date | None, until: date | None) -> bool:
    if since is None and until is None:
        return True
    return (since or date.min) <= day_of(place.address) <= (until or date.max)


def day_of(address: str) -> date:
    """The day that a path names (2024-01-31, 2024/01/31, 20240131), else the day the file last changed.

    A file elsewhere whose address names no day is of today.
    """
    for match in reversed(list(_DAY_IN_PATH.finditer(address))):
        year, _, month, day = match.groups()
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    changed = datetime.now(UTC)
    if not Place(address).is_remote:
        changed = datetime.fromtimestamp(Path(address).lstat().st_mtime, UTC)
    return changed.date()
