"""A short name for the state of rules, word lists and weights: it changes with each byte of them and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_ROOT = Path(__file__).parent


@cache
def fingerprint(*rooms: str, root: Path = _ROOT) -> str:
    """Eight hexadecimal digits over the files of some folders of etl/: their paths there and their bytes.

    The same on any machine and for any way to install. A remark or a blank counts as a change, since nothing here can
    tell it from a rule. What is made while running or only told to readers is left out: caches, hidden files, *.md.

    Args:
        rooms: names of folders, with all that is in them.
        root: where they lie.
    """
    digest = hashlib.blake2b(digest_size=4)
    for room in rooms:
        for name, path in sorted((path.relative_to(root).as_posix(), path) for path in _files(root / room)):
            content = _content(path)
            digest.update(f"{name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name.startswith((".", "__pycache__")) or path.suffix == ".md":
            continue
        if path.is_dir():
            yield from _files(path)
        else:
            yield path


def _content(path: Path) -> bytes:
    """A file's bytes; of a text, with the line ends of Unix, whatever a checkout made of them."""
    content = path.read_bytes()
    return content if b"\0" in content else content.replace(b"\r\n", b"\n")
