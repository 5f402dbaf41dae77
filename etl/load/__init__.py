"""Inputs to records: finds the files, tells what each is by its content, streams its records.

To add a format: a module with a loader, a line in LOADERS, a line in `sniff`.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import IO
from urllib.parse import unquote, urlsplit

from etl.load.arc import load_arc
from etl.load.archive import load_tar, load_zip
from etl.load.compressed import COMPRESSION_SUFFIXES, DAMAGE, ExpansionError, compression, expanded
from etl.load.delimited import load_delimited
from etl.load.entry import Entry, Loader, Opener, Options
from etl.load.json_document import load_json
from etl.load.json_lines import load_json_lines
from etl.load.mhtml import load_mhtml
from etl.load.page import load_page
from etl.load.parquet import load_parquet
from etl.load.places import Place, find_places, place_of
from etl.load.remote import fetched
from etl.load.sniff import FEED_IS_NO_PAGE, HEAD_SIZE, sniff
from etl.load.warc import load_warc
from etl.records import InputRecord, RawPage, Reason, Source

LOADERS: dict[str, Loader] = {
    "html": load_page,
    "text": load_page,
    "mhtml": load_mhtml,
    "jsonl": load_json_lines,
    "json": load_json,
    "csv": load_delimited,
    "tsv": load_delimited,
    "parquet": load_parquet,
    "warc": load_warc,
    "arc": load_arc,
    "zip": load_zip,
    "tar": load_tar,
}
"""Kind of input -> loader(entry), which gives records, and entries inside it."""

MAX_DEPTH = 4
"""Archives inside archives, and compressions around one file."""

_CHUNK = 1 << 20


def identify(uri: str, path: Path) -> Source:
    """What a file is: its address, kind, hash and size. A file that can't be read has no hash."""
    if not path.is_file():  # opening a pipe would wait for ever
        return unreached(uri)
    digest = hashlib.sha256()
    try:
        kind, compressions, _ = _unwrapped(lambda: path.open("rb"), _name(uri))
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
            return Source(uri, "+".join((kind, *compressions)), digest.hexdigest(), stream.tell())
    except OSError:
        return unreached(uri)


def unreached(uri: str) -> Source:
    """What stands for an input whose content nobody has seen."""
    return Source(uri, "unreachable", None, None)


def _open(path: Path) -> IO[bytes]:
    return path.open("rb")


def read_records(
    source: Source, path: Path, options: Options, open_file: Callable[[Path], IO[bytes]] = _open
) -> Iterator[InputRecord]:
    """The records of a source, in its order; what can't be read becomes a rejected record, nothing raises.

    Args:
        source: what `identify` says of the file.
        path: the file.
        options: the largest record, the most members of an archive, names of columns.
        open_file: opens the file to read its bytes; it is opened more than once.
    """
    entry = Entry(source, "", _name(source.uri), lambda: open_file(path), options)
    if source.sha256 is None:
        yield entry.rejected("0", Reason.UNREACHABLE, f"{entry.name} can't be opened")
    else:
        yield from _read(entry)


def _read(entry: Entry) -> Iterator[InputRecord]:
    """The entry's records and those of the entries in it; damage ends them with a record that says where."""
    count = 0
    try:
        kind, compressions, openers = _unwrapped(entry.open, entry.name)
        if kind not in LOADERS:
            told = FEED_IS_NO_PAGE if kind == "feed" else kind
            yield entry.refused(Reason.UNSUPPORTED_FORMAT, f"{entry.name}: {told}")
            return
        for part in LOADERS[kind](_for_loader(entry, kind, compressions, openers)):
            if isinstance(part, InputRecord):
                yield part
            elif part.depth > MAX_DEPTH:
                yield part.refused(Reason.TOO_LARGE, f"archives more than {MAX_DEPTH} deep")
            else:
                yield from _read(part)
            count += 1
    except (*DAMAGE, ExpansionError) as error:
        reason = Reason.TOO_LARGE if isinstance(error, ExpansionError) else Reason.DAMAGED_ARCHIVE
        yield entry.rejected(f"after:{count}", reason, f"after {count} records: {error}")
    except OSError as error:
        yield entry.rejected(f"after:{count}", Reason.UNREADABLE, f"after {count} records: {error}")
    except Exception as error:  # whatever a file does to its loader is that file's fate, not the run's
        detail = f"after {count} records: {type(error).__name__}: {error}"
        yield entry.rejected(f"after:{count}", Reason.INTERNAL_ERROR, detail)


def _for_loader(entry: Entry, kind: str, compressions: list[str], openers: list[Opener]) -> Entry:
    """The entry without its compressions; but a WARC's gzip members are its loader's to read."""
    if kind == "warc" and compressions[-1:] == ["gzip"]:
        return replace(entry, kind="warc+gzip", open=openers[-2])
    return replace(entry, kind=kind, open=openers[-1])


def _unwrapped(open: Opener, name: str) -> tuple[str, list[str], list[Opener]]:
    """The kind of some bytes, the compressions around it from outside in, and openers with each one less."""
    compressions: list[str] = []
    openers = [open]
    with open() as stream:
        head = stream.read(HEAD_SIZE)
    while packed := compression(head) or _lost_compression(head, name):
        if len(compressions) == MAX_DEPTH:
            return f"compressed more than {MAX_DEPTH} times", compressions, openers
        compressions.append(packed)
        openers.append(functools.partial(_open_expanded, openers[-1], packed))
        name = _without_compression(name)
        try:
            with openers[-1]() as stream:
                head = stream.read(HEAD_SIZE)
        except (*DAMAGE, ExpansionError, OSError):
            head = b""  # its name is left to tell what it is
    return sniff(head, name), compressions, openers


def _open_expanded(open: Opener, packed: str) -> IO[bytes]:
    return expanded(open(), packed)


def _lost_compression(head: bytes, name: str) -> str | None:
    """The compression that the name tells of bytes that look like nothing else: their beginning is damaged."""
    inner = _without_compression(name)
    is_lost = inner != name and sniff(head, "") not in LOADERS and sniff(b"", inner) in LOADERS
    return COMPRESSION_SUFFIXES[PurePosixPath(name.lower()).suffix] if is_lost else None


def _without_compression(name: str) -> str:
    suffix = PurePosixPath(name).suffix
    return name.removesuffix(suffix) if suffix.lower() in COMPRESSION_SUFFIXES else name


def _name(uri: str) -> str:
    return unquote(PurePosixPath(urlsplit(uri).path).name)


__all__ = [
    "LOADERS",
    "InputRecord",
    "Options",
    "Place",
    "RawPage",
    "fetched",
    "find_places",
    "identify",
    "place_of",
    "read_records",
    "unreached",
]
