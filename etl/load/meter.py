"""How far the reading of a run's inputs has come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from etl.load.places import Place


class Meter:
    """Gives places one after the other and tells which share of their bytes is read.

    Only files on this machine are counted: the size of others is not known before they are fetched.
    """

    def __init__(self, places: Iterable[Place]) -> None:
        self._places = places
        self._total = sum(map(_size, places))
        self._finished = 0
        self._file: IO[bytes] | None = None

    def __iter__(self) -> Iterator[Place]:
        for place in self._places:
            yield place
            self._finished += _size(place)
            self._file = None

    def open(self, path: Path) -> IO[bytes]:
        """Open the file that the present place is; it counts as far as it is read."""
        self._file = path.open("rb")
        return self._file

    @property
    def share(self) -> float | None:
        """0..1; None where nothing is known."""
        if not self._total:
            return None
        position = self._file.tell() if self._file and not self._file.closed else 0
        return min((self._finished + position) / self._total, 1.0)


def _size(place: Place) -> int:
    if place.is_remote:
        return 0
    try:
        return Path(place.address).stat().st_size
    except (OSError, ValueError):
        return 0  # what becomes of it is told when it is read
