"""What a loader is given: a stretch of bytes with a name, a file or a member of an archive."""

from __future__ import annotations

import hashlib
import io
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import IO

from etl.language.storable import storable
from etl.records import InputRecord, RawPage, Reason, Rejection, Source

MAX_LOCATOR = 1000
"""Characters of a locator: it stands in a database key."""

Opener = Callable[[], IO[bytes]]

_IN_MEMORY = 8 * 2**20


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may set: the largest record in bytes, the most members of an archive, columns by their name.

    `columns` maps one of `etl.settings.COLUMNS` to the name that it has in the input.
    """

    record_size: int
    archive_members: int
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or a member of one. `open` gives its bytes from the first on, anew at each call.

    `locator` is where it lies in the source, empty for the source itself; `depth` counts the archives around it.
    """

    source: Source
    locator: str
    name: str
    open: Opener
    options: Options
    kind: str = ""
    depth: int = 0

    def at(self, place: str) -> str:
        """The locator of a part of this entry."""
        whole = storable(f"{self.locator}!{place}" if self.locator else place)
        if len(whole) <= MAX_LOCATOR:
            return whole
        digest = hashlib.blake2b(whole.encode("utf-8"), digest_size=8).digest()
        return f"{whole[: MAX_LOCATOR - 20]}~{int.from_bytes(digest, 'big') >> 1:019}"

    def member(self, place: str, name: str, open: Opener) -> Entry:
        """An entry inside this one."""
        return replace(self, locator=self.at(place), name=name, open=open, kind="", depth=self.depth + 1)

    @property
    def own_locator(self) -> str:
        """The locator of the one record that the whole entry is."""
        return self.locator or "0"

    def refused(self, reason: Reason, detail: str) -> InputRecord:
        """The whole entry as a record that became no page."""
        return InputRecord(self.source, self.own_locator, None, Rejection(reason, detail))

    def record(self, place: str, sha256: str | None, content: RawPage | Rejection) -> InputRecord:
        return InputRecord(self.source, self.at(place), sha256, content)

    def rejected(self, place: str, reason: Reason, detail: str) -> InputRecord:
        """A record at `place` that became no page; without a hash, since its bytes are not known whole."""
        return self.record(place, None, Rejection(reason, detail))


Part = InputRecord | Entry
Loader = Callable[[Entry], Iterator[Part]]
"""Gives the records of an entry, and entries inside it, which are read in their turn."""


@contextmanager
def reopenable(stream: IO[bytes]) -> Iterator[Opener]:
    """A function that opens the rest of a stream anew: from memory, from a temporary file when it is large."""
    head = stream.read(_IN_MEMORY)
    if len(head) < _IN_MEMORY:
        yield partial(io.BytesIO, head)
        return
    with tempfile.NamedTemporaryFile() as file:
        file.write(head)
        shutil.copyfileobj(stream, file, 1 << 20)
        file.flush()
        path = Path(file.name)
        yield lambda: path.open("rb")


@contextmanager
def seekable(entry: Entry) -> Iterator[IO[bytes]]:
    """The entry's bytes as a file that can be sought in."""
    with entry.open() as stream:
        if stream.seekable():
            yield stream
        else:
            with reopenable(stream) as reopen, reopen() as file:
                yield file
