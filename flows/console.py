"""What a person sees of a long run, on stderr: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from etl.records import Books, Fate

LINE_SECONDS = 10

_Show = Callable[[int, float | None, str], None]
"""Shows how many things are done, which share of all that is (None: unknown), and a line about them."""


@contextmanager
def shown_books(title: str) -> Iterator[Callable[[Books, float | None], None]]:
    """A function to tell the books of each commit to, and the share of the work that is done."""
    fates: Counter[Fate] = Counter()
    with _shown(title) as show:

        def tell(books: Books, share: float | None) -> None:
            fates.update(books.fates)
            listed = ", ".join(f"{fates[fate]} {fate}" for fate in Fate if fates[fate])
            show(fates.total(), share, f"{fates.total()} records ({listed or 'none yet'})")

        yield tell


@contextmanager
def shown_rows(title: str, noun: str) -> Iterator[Callable[[int, float], None]]:
    """A function to tell how many rows are done, and which share of all that is."""
    with _shown(title) as show:
        yield lambda done, share: show(done, share, f"{done} {noun}")


def _shown(title: str) -> AbstractContextManager[_Show]:
    return _bar(title) if sys.stderr.isatty() else _lines(title)


@contextmanager
def _bar(title: str) -> Iterator[_Show]:
    columns = (TextColumn("{task.description}"), BarColumn(20), TextColumn("{task.fields[line]}"))
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as progress:
        task = progress.add_task(title, total=None, line="starting")
        started = time.monotonic()

        def show(count: int, share: float | None, line: str) -> None:
            pace = _pace(count, share, time.monotonic() - started)
            total = None if share is None else 1.0
            progress.update(task, total=total, completed=share or 0.0, line=f"{line}, {pace}")

        yield show


@contextmanager
def _lines(title: str) -> Iterator[_Show]:
    started = last = time.monotonic()

    def show(count: int, share: float | None, line: str) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= LINE_SECONDS:
            last = now
            print(f"{title}: {line}, {_pace(count, share, now - started)}", file=sys.stderr, flush=True)

    yield show


def _pace(count: int, share: float | None, seconds: float) -> str:
    """The rate, and how long the rest takes at it where the share is known."""
    rate = f"{count / max(seconds, 1e-9):.1f} a second"
    if not share:
        return rate
    return f"{rate}, {timedelta(seconds=round(seconds * (1 - share) / share))} left"
