"""Who is at work on a database: a run's row says which process it is and when it was last alive.

A run whose process is gone is `died`. On the same machine that is seen at once; elsewhere it is when its lease
has ended: the row says for too long the same. All times here are the database's, so that no other clock matters.
A run that was taken for dead while its machine slept stores nothing more (`ledger.add_to_run`).
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, func, select, type_coerce, update

from etl.database import writing
from etl.errors import DatabaseError, LeaseError
from etl.models import UtcDateTime
from etl.store.processes import is_running, this_process
from etl.store.rows import TABLES

LEASE = timedelta(minutes=3)
"""After these without a sign of life a run elsewhere is taken for dead."""

BEAT_SECONDS = 30.0
"""A run gives a sign of life as often. On SQLite it may wait a minute more for a writer."""

ALONE = ("nightly", "backfill", "reprocess")
"""Of these flows only one is at work on a database at a time; a load may run beside anything."""


def signs_of_life(connection: Connection) -> dict[str, Any]:
    """What a new run's row says of its process."""
    return {"host": socket.gethostname(), "process": this_process(), "alive_at": _now(connection)}


def bury_the_dead(connection: Connection) -> None:
    """Close the runs whose process is gone: they died when they were last alive."""
    runs = TABLES["runs"]
    for run in running(connection):
        if is_dead(connection, run):
            died = {"status": "died", "finished_at": run.alive_at or run.started_at}
            connection.execute(update(runs).where(runs.c.id == run.id).values(died))


def hold_off(connection: Connection, flow: str) -> None:
    """Let a flow that works alone begin only where no other such flow is at work.

    Raises:
        LeaseError: one is; the message tells which, and until when its lease goes.
    """
    if flow not in ALONE:
        return
    for run in running(connection):
        if run.flow in ALONE:
            pid = run.process.partition(":")[0]
            ends = (
                ""
                if is_running(run.process)
                else f"; if it is dead, its lease ends {_minute(run.alive_at + LEASE)}"
            )
            raise LeaseError(
                f"{run.flow} run {run.id} is at work on this database (process {pid} on {run.host},"
                f" since {_minute(run.started_at)}): wait for its end, or stop it{ends}"
            )


def running(connection: Connection) -> list[Any]:
    """The runs that are not closed."""
    runs = TABLES["runs"]
    return list(connection.execute(select(runs).where(runs.c.status == "running").order_by(runs.c.id)))


def is_dead(connection: Connection, run: Any) -> bool:
    """Whether a run that is not closed never will be: its process is gone, or nobody heard of it for too long."""
    if run.process is None:  # of a version before 0006
        return True
    is_here = is_running(run.process)
    return run.alive_at + LEASE < _now(connection) if is_here is None else not is_here


@contextmanager
def beating(engine: Engine, run_id: int) -> Iterator[None]:
    """Give signs of life for a run from a thread of their own: a batch may take minutes."""
    is_over = threading.Event()

    def beat() -> None:
        while not is_over.wait(BEAT_SECONDS):
            with suppress(DatabaseError):  # the next beat may get through; what writes will tell
                renew(engine, run_id)

    thread = threading.Thread(target=beat, name=f"run {run_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join(5)


def renew(engine: Engine, run_id: int) -> None:
    """Say that a run is alive, unless it was taken for dead."""
    runs = TABLES["runs"]
    is_open = (runs.c.id == run_id) & (runs.c.status == "running")
    with writing(engine) as connection:
        connection.execute(update(runs).where(is_open).values(alive_at=_now(connection)))


def _now(connection: Connection) -> datetime:
    now: datetime = connection.scalars(select(type_coerce(func.now(), UtcDateTime()))).one()
    return now


def _minute(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M} UTC"
