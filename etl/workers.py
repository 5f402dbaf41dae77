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

START_SECONDS = 120
"""How long a worker may take to import what it needs."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one item may take: wall-clock seconds; and the bytes of address space of its worker."""

    seconds: float
    memory: int


@dataclass(slots=True)
class _Batch(Generic[T, R]):
    number: int
    items: Sequence[T]
    results: list[R] = field(default_factory=list)


class _Worker(Generic[T, R]):
    """A process, the pipe to it, and the batch it has."""

    def __init__(self, work: Callable[[T], R], limits: Limits) -> None:
        self.work, self.limits = work, limits
        self.batch: _Batch[T, R] | None = None
        self.start()

    def start(self) -> None:
        context = multiprocessing.get_context("forkserver")
        self.connection, theirs = context.Pipe()
        arguments = (theirs, self.work, self.limits.memory)
        self.process: BaseProcess = context.Process(target=_serve, args=arguments, daemon=True)
        self.process.start()
        theirs.close()
        self.is_ready = False
        self.deadline = time.monotonic() + START_SECONDS

    def send(self, batch: _Batch[T, R]) -> None:
        """Hand over those items of a batch that have no result yet."""
        if not self.process.is_alive():  # it was killed from outside while it was idle
            self.stop()
            self.start()
        self.batch = batch
        if self.is_ready:
            self.deadline = time.monotonic() + self.limits.seconds
        with suppress(BrokenPipeError):  # its death is seen where its results are awaited
            self.connection.send(batch.items[len(batch.results) :])

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


def run_in_order(
    batches: Iterable[Sequence[T]],
    work: Callable[[T], R],
    failed: Callable[[T, Reason, str], R],
    jobs: int,
    limits: Limits,
) -> Iterator[list[R]]:
    """The results of each batch, in the order of the batches, whichever worker was first.

    Args:
        batches: consumed a few batches ahead of what is given out.
        work: a picklable function; runs in the workers.
        failed: makes the result of an item that raised, ran out of time or memory, or killed its worker.
        jobs: worker processes; 1 works in this process, without limits.
        limits: for each item.

    Raises:
        NewsledgerError: a worker could not even start.
    """
    if jobs == 1:
        for items in batches:
            yield [_attempt(work, item, failed) for item in items]
        return
    workers: list[_Worker[T, R]] = []
    try:
        yield from _schedule(iter(batches), work, failed, jobs, limits, workers)
    finally:
        for worker in workers:
            worker.stop()


def _schedule(
    batches: Iterator[Sequence[T]],
    work: Callable[[T], R],
    failed: Callable[[T, Reason, str], R],
    jobs: int,
    limits: Limits,
    workers: list[_Worker[T, R]],
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
                if not idle:
                    workers.append(_Worker(work, limits))
                (idle or workers)[-1].send(batch)
            continue
        busy = [worker for worker in workers if worker.batch is not None]
        if not busy:
            return
        _collect(busy, failed, finished)


def _collect(
    busy: Sequence[_Worker[T, R]], failed: Callable[[T, Reason, str], R], finished: dict[int, list[R]]
) -> None:
    """Wait for the next message, death or deadline of a busy worker and act on it."""
    soonest = min(worker.deadline for worker in busy)
    readable = wait([worker.connection for worker in busy], max(0.0, soonest - time.monotonic()))
    for worker in busy:
        if worker.connection in readable:
            _receive(worker, failed)
        elif time.monotonic() >= worker.deadline:
            detail = f"not done within {worker.limits.seconds:g} seconds"
            _fail_current(worker, failed, Reason.TIME_LIMIT, detail)
        batch = worker.batch
        if batch is not None and len(batch.results) == len(batch.items):
            finished[batch.number] = batch.results
            worker.batch = None


def _receive(worker: _Worker[T, R], failed: Callable[[T, Reason, str], R]) -> None:
    assert worker.batch is not None
    try:
        message: Any = worker.connection.recv()
    except (EOFError, OSError):
        worker.process.join()
        detail = f"the worker ended with status {worker.process.exitcode}"
        _fail_current(worker, failed, Reason.WORKER_DIED, detail)
        return
    worker.deadline = time.monotonic() + worker.limits.seconds
    if message is None:
        worker.is_ready = True
        return
    result, problem = message
    item = worker.batch.items[len(worker.batch.results)]
    worker.batch.results.append(failed(item, *problem) if problem else result)


def _fail_current(
    worker: _Worker[T, R], failed: Callable[[T, Reason, str], R], reason: Reason, detail: str
) -> None:
    """Give the item at hand its failure and the rest of the batch a new worker."""
    assert worker.batch is not None
    batch = worker.batch
    worker.stop()
    if not worker.is_ready:
        raise NewsledgerError(f"a worker process could not start: {detail}")
    batch.results.append(failed(batch.items[len(batch.results)], reason, detail))
    worker.start()
    if len(batch.results) < len(batch.items):
        worker.send(batch)


def _serve(connection: Connection, work: Callable[[T], R], memory: int) -> None:
    """A worker's life: lists of items in, one message for each item out; ends when the pipe does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    try:
        connection.send(None)
        while True:
            for item in connection.recv():
                connection.send(_attempt_remotely(work, item))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _attempt_remotely(work: Callable[[T], R], item: T) -> tuple[R | None, tuple[Reason, str] | None]:
    try:
        return work(item), None
    except MemoryError:
        return None, (Reason.MEMORY_LIMIT, "out of memory")
    except Exception as error:  # whatever a page does to a parser is that page's fate
        return None, (Reason.INTERNAL_ERROR, f"{type(error).__name__}: {error}")


def _attempt(work: Callable[[T], R], item: T, failed: Callable[[T, Reason, str], R]) -> R:
    result, problem = _attempt_remotely(work, item)
    return failed(item, *problem) if problem else result  # type: ignore[return-value]
