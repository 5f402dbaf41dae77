"""Inputs to records: finds the files, tells what each is by its content, streams its records.

To add a format: a module with a loader, a line in LOADERS, a line in `sniff`.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from glob import glob, has_magic
from pathlib import Path
from typing import IO

from etl.errors import UsageError
from etl.load.jsonl import load_jsonl
from etl.load.page import load_page
from etl.load.sniff import HEAD_SIZE, is_gzip, sniff
from etl.records import InputRecord, RawPage, Reason, Rejection, Source, storable

Loader = Callable[[Source, IO[bytes], int], Iterator[InputRecord]]

LOADERS: dict[str, Loader] = {
    "html": load_page,
    "text": load_page,
    "jsonl": load_jsonl,
}
"""Kind of input -> loader(source, stream, size of the largest record in bytes)."""

_CHUNK = 1 << 20


def find_files(inputs: Iterable[str]) -> Iterator[Path]:
    """The files that the inputs name: themselves, what a glob matches, all of a folder but hidden files.

    Each input is sorted by path, so that a run reads the same files in the same order everywhere.

    Raises:
        UsageError: an input names nothing; this is seen at the call, before any file is given.
    """
    places = [place for given in inputs for place in _places(given)]
    return (path for place in places for path in (_walk(place) if place.is_dir() else (place,)))


def _places(given: str) -> list[Path]:
    path = Path(given).expanduser()
    if path.exists() or path.is_symlink():
        return [path]
    matches = sorted(glob(str(path), recursive=True)) if has_magic(given) else []  # noqa: PTH207 absolute ones
    if not matches:
        raise UsageError(f"no such file, folder or glob: {given}")
    return [Path(match) for match in matches]


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))


def identify(path: Path) -> Source:
    """What a file is: its address, kind, hash and size. A file that can't be read has no hash."""
    uri = Path(os.path.abspath(path)).as_uri()  # noqa: PTH100 resolve() would follow symbolic links
    if not path.is_file():  # opening a pipe would wait for ever
        return Source(uri, "unreadable", None, None)
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD_SIZE)
            kind = _kind(head, path)
            stream.seek(0)
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
            return Source(uri, kind, digest.hexdigest(), stream.tell())
    except OSError:
        return Source(uri, "unreadable", None, None)


def _kind(head: bytes, path: Path) -> str:
    if not is_gzip(head):
        return sniff(head, path.name)
    try:
        inner = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, HEAD_SIZE)
    except zlib.error:
        inner = b""
    return sniff(inner, path.name.removesuffix(".gz")) + "+gzip"


def read_records(source: Source, path: Path, record_size: int) -> Iterator[InputRecord]:
    """The records of a source, in its order; what can't be read becomes a rejected record, nothing raises.

    Args:
        source: what `identify` says of the file.
        path: the file.
        record_size: the largest record in bytes; a larger one is rejected.
    """
    kind, _, compression = source.kind.partition("+")
    if kind == "unreadable":
        yield _rejected(source, "0", Reason.UNREADABLE, f"{path.name} can't be read")
    elif kind not in LOADERS:
        yield _rejected(source, "0", Reason.UNSUPPORTED_FORMAT, f"{path.name}: {kind}")
    else:
        yield from _guarded(source, path, LOADERS[kind], bool(compression), record_size)


def _guarded(
    source: Source, path: Path, loader: Loader, is_compressed: bool, record_size: int
) -> Iterator[InputRecord]:
    """The loader's records; damage ends them with a rejected record that says where."""
    read = 0
    try:
        with ExitStack() as stack:
            stream: IO[bytes] = stack.enter_context(path.open("rb"))
            if is_compressed:
                stream = stack.enter_context(io.BufferedReader(gzip.GzipFile(fileobj=stream)))
            for record in loader(source, stream, record_size):
                yield record
                read += 1
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        yield _rejected(source, f"after:{read}", Reason.DAMAGED_ARCHIVE, f"after {read} records: {error}")
    except OSError as error:
        yield _rejected(source, f"after:{read}", Reason.UNREADABLE, f"after {read} records: {error}")


def _rejected(source: Source, locator: str, reason: Reason, detail: str) -> InputRecord:
    return InputRecord(source, locator, source.sha256, Rejection(reason, storable(detail)))


__all__ = ["LOADERS", "InputRecord", "RawPage", "find_files", "identify", "read_records"]
