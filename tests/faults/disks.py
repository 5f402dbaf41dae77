"""The disk is full under SQLite."""

from __future__ import annotations

import functools
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from tests.faults import Tally
from tests.faults.loading import Case, Ended, Forked, emptied, load


def limit_pages(count: int) -> None:
    """Let no SQLite database of this process grow beyond `count` pages."""

    @event.listens_for(Engine, "connect")
    def _limit(connection: Any, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count={count}")


def full_databases(folder: Path, case: Case, points: int, tally: Tally) -> None:
    """Figure 10: the database may not grow beyond a part of its size, from 1 to `points` parts."""
    file = folder / "full.db"
    url = f"sqlite:///{file}"
    load(emptied(url), case)
    with closing(sqlite3.connect(file)) as connection:
        [whole] = connection.execute("PRAGMA page_count").fetchone()
    for point in range(1, points + 1):
        pages = whole * point // (points + 1)
        hook = functools.partial(limit_pages, pages)
        ended = Forked(emptied(url), case, folder / "log", hook).end()
        _expect(url, file, case, f"full at page {pages} of {whole}", ended, tally)


def full_disks(folder: Path, case: Case, points: int, tally: Tally) -> None:
    """Figure 10: the disk is a small tmpfs, full at some point; needs the right to mount one."""
    with small_disk(folder / "disk", 64 << 20) as disk:
        url = f"sqlite:///{disk / 'full.db'}"
        load(url, case)
        whole = sum(path.stat().st_size for path in disk.iterdir())
        for point in range(1, points + 1):
            emptied(url)
            size = whole * point // (points + 1)
            resize(disk, size)
            ended = Forked(url, case, folder / "log").end()
            resize(disk, 64 << 20)
            _expect(url, disk / "full.db", case, f"full at byte {size} of {whole}", ended, tally)


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """A tmpfs of `size` bytes.

    Raises:
        CalledProcessError: this process may not mount one.
    """
    folder.mkdir(exist_ok=True)
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=True, capture_output=True
    )
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def resize(disk: Path, size: int) -> None:
    """Make a mounted tmpfs larger or smaller."""
    subprocess.run(["mount", "-o", f"remount,size={size}", disk], check=True)


def _expect(url: str, file: Path, case: Case, what: str, ended: Ended, tally: Tally) -> None:
    with closing(sqlite3.connect(file)) as connection:
        [integrity] = connection.execute("PRAGMA integrity_check").fetchone()
    found = load(url, case)
    said = "" if ended.is_one_clear_line else f" ({ended.status}: {ended.said[-600:]})"
    tally.expect(
        what + said, clear=(ended.is_one_clear_line, True), integrity=(integrity, "ok"),
        dump=(found, case.expected),
    )  # fmt: skip
