"""Loads to be disturbed: in this process, in a forked one, or as a user starts them.

Reading a page is a pure function and the slow part of a load. Where the fault is the database's or the parent's,
pages are answered from memory, so that a thousand loads cost what their SQL costs.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, make_url, select

import flows.cli
from etl import pipeline
from etl.database import open_engine, prepare
from etl.models import Base
from etl.records import RawPage
from etl.settings import PROJECT_ROOT, Settings
from etl.verify import dump_hash, verify

Known = dict[RawPage, Any]
"""What `read_page` made of each page."""

Hook = Callable[[], None]
"""Called in a forked load before it begins; picklable."""

SECONDS = 300
"""After these a load hangs."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is loaded, the hash that an undisturbed load gives, and its pages as they were read."""

    inputs: tuple[str, ...]
    expected: str
    known: Path


@dataclass(frozen=True, slots=True)
class Ended:
    """How a load ended: its exit status and what it said."""

    status: int | None
    said: str

    @property
    def is_one_clear_line(self) -> bool:
        """Whether it failed as promised: status 1 and one line that names the database."""
        lines = [line for line in self.said.splitlines() if line.startswith("newsledger: database: ")]
        return self.status == 1 and len(lines) == 1 and "Traceback" not in self.said


def undisturbed(inputs: Sequence[Path], folder: Path) -> Case:
    """Load once without a fault; `folder` is for the database and what is remembered."""
    known: Known = {}
    names = tuple(str(path) for path in inputs)
    expected = _load(f"sqlite:///{folder / 'undisturbed.db'}", names, known)
    memory = folder / "known.pickle"
    memory.write_bytes(pickle.dumps(known))
    return Case(names, expected, memory)


def load(url: str, case: Case, **settings: object) -> str:
    """Load in this process to the end, with pages from memory; returns the dump's hash."""
    return _load(url, case.inputs, pickle.loads(case.known.read_bytes()), **settings)


def _load(url: str, inputs: Sequence[str], known: Known, **settings: object) -> str:
    given = Settings(database_url=url, **{"jobs": 1, **settings})  # type: ignore[arg-type]
    with opened(url) as engine, remembering(known):
        prepare(engine)
        with pipeline.open_run(engine, "load", given) as run_id:
            pipeline.load_partition(engine, run_id, inputs, given)
        return dump_hash(engine)


def state(url: str) -> tuple[str, list[str]]:
    """The dump's hash, and what is wrong with the database."""
    with opened(url) as engine:
        return dump_hash(engine), list(verify(engine))


def reasons(url: str) -> dict[str | None, int]:
    """Records by reason; None of those that were loaded."""
    reason = Base.metadata.tables["records"].c.reason
    with opened(url) as engine, engine.connect() as connection:
        found = connection.execute(select(reason, func.count()).group_by(reason))
        return {value: count for value, count in found}


def row_counts(url: str) -> dict[str, int]:
    """Rows of each table but the runs'."""
    with opened(url) as engine, engine.connect() as connection:
        tables = [table for name, table in Base.metadata.tables.items() if name != "runs"]
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables
        }


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """An engine, closed at the end."""
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def remembering(known: Known) -> Iterator[None]:
    """Answer pages from memory; those that are not there are read in this process and remembered."""

    def answer(batches: Iterable[Sequence[RawPage]], work: Callable[[RawPage], Any], *_: object) -> Any:
        for pages in batches:
            known.update({page: work(page) for page in pages if page not in known})
            yield [known[page] for page in pages]

    original = pipeline.run_in_order
    pipeline.run_in_order = answer
    try:
        yield
    finally:
        pipeline.run_in_order = original


@dataclass(slots=True)
class Forked:
    """`newsledger load` in a process of its own, with pages from memory."""

    url: str
    case: Case
    log: Path
    hook: Hook | None = None
    batch_size: int = 32
    process: BaseProcess = field(init=False)

    def __post_init__(self) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__])
        arguments = (self.url, self.case, self.log, self.hook, self.batch_size)
        self.process = context.Process(target=_load_as_command, args=arguments)
        self.process.start()

    def end(self) -> Ended:
        """Wait for its end."""
        self.process.join(SECONDS)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()
            return Ended(None, "it hung")
        return Ended(self.process.exitcode, self.log.read_text(encoding="utf-8"))


def _load_as_command(url: str, case: Case, log: Path, hook: Hook | None, batch_size: int) -> None:
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.environ["NEWSLEDGER_BATCH_SIZE"] = str(batch_size)
    sys.argv = ["newsledger", "load", *case.inputs, "--db", url]
    if hook:
        hook()
    with remembering(pickle.loads(case.known.read_bytes())):
        flows.cli.main()


def started(url: str, inputs: Sequence[str], **environment: str) -> subprocess.Popen[str]:
    """`newsledger load` as a user starts it, with two workers."""
    return subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "load", *inputs, "--db", url, "--jobs", "2"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
        cwd=PROJECT_ROOT,
    )


def emptied(url: str) -> str:
    """The same URL, its database without any table."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        for suffix in ("", "-wal", "-shm"):
            Path(f"{parsed.database}{suffix}").unlink(missing_ok=True)
    else:
        with opened(url) as engine, engine.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
    return url
