"""What a person sees of a long run, on stderr: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from etl.records import Books, Fate

LINE_SECONDS = 10


@contextmanager
def shown_progress(title: str) -> Iterator[Callable[[Books], None]]:
    """A function to tell the books of each commit to."""
    if sys.stderr.isatty():
        with _bar(title) as tell:
            yield tell
    else:
        yield _lines(title)


@contextmanager
def _bar(title: str) -> Iterator[Callable[[Books], None]]:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.fields[books]}"))
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as progress:
        task = progress.add_task(title, total=None, books="starting")
        counter = _Counter()

        def tell(books: Books) -> None:
            counter.add(books)
            progress.update(task, books=counter.line())

        yield tell


def _lines(title: str) -> Callable[[Books], None]:
    counter = _Counter()
    last = time.monotonic()

    def tell(books: Books) -> None:
        nonlocal last
        counter.add(books)
        if time.monotonic() - last >= LINE_SECONDS:
            last = time.monotonic()
            print(f"{title}: {counter.line()}", file=sys.stderr, flush=True)

    return tell


class _Counter:
    """Sums books and tells the rate."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.counts = dict.fromkeys(Fate, 0)

    def add(self, books: Books) -> None:
        for fate, count in books.fates.items():
            self.counts[fate] += count

    def line(self) -> str:
        total = sum(self.counts.values())
        rate = total / max(time.monotonic() - self.started, 1e-9)
        fates = ", ".join(f"{count} {fate}" for fate, count in self.counts.items() if count)
        return f"{total} records ({fates or 'none yet'}), {rate:.1f} a second"
