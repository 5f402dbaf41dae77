"""What the command line names: files, folders, globs and fsspec URLs, each of their files a place."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import fsspec

from etl.errors import UsageError

_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_SECRET = re.compile(r"sig|token|secret|passw|key|credential", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an input file lies: a path, or the address of a file elsewhere."""

    address: str

    @property
    def is_remote(self) -> bool:
        return bool(_URL.match(self.address))

    @property
    def uri(self) -> str:
        """Its address as the ledger keeps it: absolute, without passwords."""
        if not self.is_remote:
            return Path(os.path.abspath(self.address)).as_uri()  # noqa: PTH100 resolve() would follow links
        parts = urlsplit(self.address)
        query = [
            (name, "***" if _SECRET.search(name) else value) for name, value in parse_qsl(parts.query, True)
        ]
        address = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
        return f"{address}?{urlencode(query, safe='*')}" if query else address


def place_of(uri: str) -> Place:
    """The place that the ledger names so."""
    return Place(unquote(urlsplit(uri).path)) if uri.startswith("file:") else Place(uri)


@dataclass(frozen=True, slots=True)
class Places:
    """Files, and folders that are walked anew each time: a list of all their files might not fit into memory."""

    roots: list[Path | str]

    def __iter__(self) -> Iterator[Place]:
        return (Place(str(path)) for root in self.roots for path in _walk(root))


def find_places(inputs: Iterable[str]) -> Places:
    """The files that the inputs name: themselves, what a glob matches, all of a folder but hidden files.

    Each input is sorted by path, so that a run reads the same files in the same order everywhere.

    Raises:
        UsageError: an input names nothing; this is seen at the call, before any file is given.
    """
    return Places([root for given in inputs for root in _roots(given)])


def _roots(given: str) -> list[Path | str]:
    if given.lower().startswith("file:"):
        given = unquote(urlsplit(given).path)
    if _URL.match(given):
        return _remote_roots(given)
    path = Path(given).expanduser()
    if path.exists() or path.is_symlink():
        return [path]
    matches = sorted(glob(str(path), recursive=True)) if has_magic(given) else []  # noqa: PTH207 absolute ones
    if not matches:
        raise UsageError(f"no such file, folder or glob: {given}")
    return [Path(match) for match in matches]


def _remote_roots(given: str) -> list[Path | str]:
    """One address, or the files of a folder or glob of a store that can list them."""
    if re.match(r"https?:", given, re.IGNORECASE):
        return [given]
    try:
        files, path = fsspec.core.url_to_fs(given)
        found = files.glob(path) if has_magic(path) else files.find(path)
        addresses: list[Path | str] = [files.unstrip_protocol(name) for name in sorted(found)]
    except (ImportError, ValueError, OSError) as error:
        raise UsageError(f"{given.partition('://')[0]}://: {error}") from None
    if not addresses:
        raise UsageError(f"no such file, folder or glob: {Place(given).uri}")
    return addresses


def _walk(root: Path | str) -> Iterator[Path | str]:
    if isinstance(root, str) or not root.is_dir():
        yield root
        return
    closed: list[Path] = []  # folders that can't be listed: given as they are, so that they get a fate
    for parent, folders, names in os.walk(root, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))
    yield from closed
