"""Work in processes, in order, under a clock: an item that breaks its worker fails alone.

Native parsers crash, stall and swallow memory; only a process of their own can be stopped from outside.
"""

from __future__ import annotations

import multiprocessing
import resource
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from etl.errors import NewsledgerError
from etl.records import Reason

T = TypeVar("T")
R = TypeVar("R")

TRIES = 3
"""Workers that must break at an item before it is blamed.

Someone may have killed the first one, or an earlier item may have left it in ruins. In a new worker an item is
alone, so that what becomes of it does not depend on its neighbours.
"""

START_SECONDS = 120
"""How long a worker may take to make itself ready."""

STARTS = 10
"""Starts in a row that may be killed. One that fails by itself would fail again: it is not repeated."""

_STATUS_UNKNOWN = 255  # of a process whose forking server was killed too


@dataclass(frozen=True, slots=True)
class Limits:
    """What one item may take: wall-clock seconds; and the bytes of address space of its worker."""

    seconds: float
    memory: int


@dataclass(slots=True)
class _Batch(Generic[T, R]):
    """Items and the results so far; how many workers broke at the item at hand, and the seconds waited for it."""

    number: int
    items: Sequence[T]
    results: list[R] = field(default_factory=list)
    breaks: int = 0
    spent: float = 0.0

    @property
    def item(self) -> T:
        return self.items[len(self.results)]

    @property
    def is_done(self) -> bool:
        return len(self.results) == len(self.items)

    def add(self, result: R) -> None:
        self.results.append(result)
        self.breaks, self.spent = 0, 0.0


class _Worker(Generic[T, R]):
    """A process, the pipe to it, and the batch it has."""

    def __init__(self, work: Callable[[T], R], limits: Limits, prepare: Callable[[], object]) -> None:
        self.work, self.limits, self.prepare = work, limits, prepare
        self.batch: _Batch[T, R] | None = None
        self.failed_starts = 0
        self.start()

    def start(self) -> None:
        context = multiprocessing.get_context("forkserver")
        self.is_ready = False
        self.connection, theirs = context.Pipe()
        arguments = (theirs, self.work, self.limits, self.prepare)
        self.process: BaseProcess = context.Process(target=_serve, args=arguments, daemon=True)
        try:
            self.process.start()
        except (OSError, EOFError) as error:  # the server that forks was killed; the next start has a new one
            self.connection.close()
            self.count_killed_start(str(error))
            time.sleep(self.failed_starts / STARTS)
            self.start()
        finally:
            theirs.close()

    def count_killed_start(self, detail: str) -> None:
        self.failed_starts += 1
        if self.failed_starts == STARTS:
            raise NewsledgerError(f"a worker process could not start: {detail}")

    def send(self, batch: _Batch[T, R]) -> None:
        """Hand over those items of a batch that have no result yet."""
        if not self.process.is_alive():  # it was killed from outside while it was idle
            self.stop()
            self.start()
        self.batch = batch
        with suppress(OSError):  # its death is seen where its results are awaited
            self.connection.send((self.limits.seconds - batch.spent, batch.items[len(batch.results) :]))

    def stop(self) -> None:
        if self.process.pid is not None:
            self.process.kill()
            self.process.join()
        self.connection.close()


def run_in_order(
    batches: Iterable[Sequence[T]],
    work: Callable[[T], R],
    failed: Callable[[T, Reason, str], R],
    jobs: int,
    limits: Limits,
    prepare: Callable[[], object] = bool,
) -> Iterator[list[R]]:
    """The results of each batch, in the order of the batches, whichever worker was first.

    Args:
        batches: consumed a few batches ahead of what is given out.
        work: a picklable function; runs in the workers.
        failed: makes the result of an item that raised, ran out of time or memory, or killed its worker.
        jobs: worker processes. 0 works in this process, for a debugger: without limits, and an error ends the run.
        limits: for each item.
        prepare: a picklable function that each worker calls before its first item, whose clock it spares.

    Raises:
        NewsledgerError: a worker could not even start, or `prepare` raised it.
    """
    if not jobs:
        yield from ([work(item) for item in items] for items in batches)
        return
    workers: list[_Worker[T, R]] = []

    def new_worker() -> _Worker[T, R]:
        workers.append(_Worker(work, limits, prepare))
        return workers[-1]

    try:
        yield from _schedule(iter(batches), failed, jobs, workers, new_worker)
    finally:
        for worker in workers:
            worker.stop()


def _schedule(
    batches: Iterator[Sequence[T]],
    failed: Callable[[T, Reason, str], R],
    jobs: int,
    workers: Sequence[_Worker[T, R]],
    new_worker: Callable[[], _Worker[T, R]],
) -> Iterator[list[R]]:
    numbered = (_Batch[T, R](number, items) for number, items in enumerate(batches))
    finished: dict[int, list[R]] = {}
    next_out = 0
    ahead = 2 * jobs  # results waiting for an earlier batch are bounded by this
    is_exhausted = False
    while True:
        while next_out in finished:
            yield finished.pop(next_out)
            next_out += 1
        idle = [worker for worker in workers if worker.batch is None]
        waiting = len(finished) + len(workers) - len(idle)
        if not is_exhausted and waiting < ahead and (idle or len(workers) < jobs):
            batch = next(numbered, None)
            if batch is None:
                is_exhausted = True
            elif not batch.items:
                finished[batch.number] = []
            else:
                (idle[-1] if idle else new_worker()).send(batch)
            continue
        busy = [worker for worker in workers if worker.batch is not None]
        if not busy:
            return
        _collect(busy, failed, finished)


def _collect(
    busy: Sequence[_Worker[T, R]], failed: Callable[[T, Reason, str], R], finished: dict[int, list[R]]
) -> None:
    """Wait for the next message or death of a busy worker and act on it."""
    began = time.monotonic()
    readable = wait([worker.connection for worker in busy])
    waited = time.monotonic() - began
    for worker in busy:
        batch = worker.batch
        assert batch is not None
        if worker.is_ready:
            batch.spent += waited
        if worker.connection in readable:
            _receive(worker, batch, failed)
        if batch.is_done:
            finished[batch.number] = batch.results
            worker.batch = None


def _receive(worker: _Worker[T, R], batch: _Batch[T, R], failed: Callable[[T, Reason, str], R]) -> None:
    try:
        message: Any = worker.connection.recv()
    except (EOFError, OSError):
        worker.process.join()
        status = worker.process.exitcode
        if status == -signal.SIGALRM:
            problem = Reason.TIME_LIMIT, f"not done within {worker.limits.seconds:g} seconds"
        else:
            problem = Reason.WORKER_DIED, f"the worker ended with status {status}"
        _replace(worker, batch, failed, *problem)
        return
    if message is None:
        worker.is_ready, worker.failed_starts = True, 0
        return
    if isinstance(message, NewsledgerError):
        raise message
    result, problem = message
    if problem and problem[0] is Reason.MEMORY_LIMIT:
        _replace(worker, batch, failed, *problem)
    else:
        batch.add(failed(batch.item, *problem) if problem else result)


def _replace(
    worker: _Worker[T, R],
    batch: _Batch[T, R],
    failed: Callable[[T, Reason, str], R],
    reason: Reason,
    detail: str,
) -> None:
    """A new worker for the rest of a batch, which begins with the item that broke the old one or after it."""
    worker.stop()
    if worker.is_ready:
        batch.breaks += 1
        has_time = reason is not Reason.TIME_LIMIT and batch.spent < worker.limits.seconds
        if batch.breaks == TRIES or not has_time:
            batch.add(failed(batch.item, reason, detail))
    elif reason is Reason.TIME_LIMIT or 0 <= (worker.process.exitcode or 0) < _STATUS_UNKNOWN:
        raise NewsledgerError(f"a worker process could not start: {detail}")
    else:
        worker.count_killed_start(detail)
    worker.start()
    if not batch.is_done:
        worker.send(batch)


def _serve(
    connection: Connection, work: Callable[[T], R], limits: Limits, prepare: Callable[[], object]
) -> None:
    """A worker's life: lists of items in, one message for each item out; ends when the pipe does.

    Its clock is its own alarm, whose signal ends it even in native code and after the parent is gone.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    signal.setitimer(signal.ITIMER_REAL, START_SECONDS)
    problem: NewsledgerError | None = None
    try:
        prepare()
    except NewsledgerError as error:  # of the installation: any worker would meet it
        problem = error
    signal.setitimer(signal.ITIMER_REAL, 0)
    with suppress(EOFError, OSError):
        connection.send(problem)
        while problem is None:
            seconds, items = connection.recv()
            for item in items:
                signal.setitimer(signal.ITIMER_REAL, seconds)
                message = _attempt(work, item)
                signal.setitimer(signal.ITIMER_REAL, 0)
                connection.send(message)
                seconds = limits.seconds


def _attempt(work: Callable[[T], R], item: T) -> tuple[R | None, tuple[Reason, str] | None]:
    try:
        return work(item), None
    except MemoryError:
        return None, (Reason.MEMORY_LIMIT, "out of memory")
    except Exception as error:  # whatever a page does to a parser is that page's fate
        return None, (Reason.INTERNAL_ERROR, f"{type(error).__name__}: {error}")
