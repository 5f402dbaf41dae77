"""A gzip file member by member, so that damage in one does not hide the next."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import IO, Any

_MAGIC = b"\x1f\x8b\x08"
_PIECE = 1 << 16


class Member(io.RawIOBase):
    """One member, decompressed. Its checksum is proved when its end is reached; `end` is then the offset behind it.

    Raises:
        EOFError, zlib.error: while it is read, where it breaks off or is damaged.
    """

    def __init__(self, file: IO[bytes], offset: int) -> None:
        file.seek(offset)
        self._file, self._decompressor = file, zlib.decompressobj(zlib.MAX_WBITS | 16)
        self.end: int | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while self.end is None:
            pending = self._decompressor.unconsumed_tail or self._file.read(_PIECE)
            data = self._decompressor.decompress(pending, len(buffer))
            if self._decompressor.eof:
                self.end = self._file.tell() - len(self._decompressor.unused_data)
            elif not pending and not data:
                raise EOFError("the compressed data break off")
            if data:
                buffer[: len(data)] = data
                return len(data)
        return 0


def members(file: IO[bytes], prefix: bytes, first: int = 0) -> Iterator[tuple[int, Member]]:
    """The offset and the data of each member; read a member to its end, or to its damage, before the next.

    After damage the next member is the first one whose data begin with `prefix`. Bytes that are no member
    come as a member that is damaged.
    """
    offset: int | None = first
    while offset is not None:
        file.seek(offset)
        if not file.read(1):
            return
        member = Member(file, offset)
        yield offset, member
        offset = member.end if member.end is not None else _find(file, offset + 1, prefix)


def _find(file: IO[bytes], offset: int, prefix: bytes) -> int | None:
    """Where the next member that begins with `prefix` lies, from `offset` on."""
    file.seek(offset)
    window = b""
    while piece := file.read(_PIECE):
        window += piece
        found = window.find(_MAGIC)
        while found >= 0:
            if _begins_with(file, offset + found, prefix):
                return offset + found
            found = window.find(_MAGIC, found + 1)
        kept = len(_MAGIC) - 1
        offset += len(window) - kept
        window = window[-kept:]
        file.seek(offset + kept)
    return None


def _begins_with(file: IO[bytes], offset: int, prefix: bytes) -> bool:
    try:
        return Member(file, offset).read(len(prefix)) == prefix
    except (EOFError, zlib.error):
        return False
