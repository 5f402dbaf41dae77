"""A stream that is read forward and can take back what was read in vain."""

from __future__ import annotations

import re
from typing import IO

_PIECE = 1 << 16


class Cursor:
    """`position` counts the bytes from the stream's beginning. At its end reads give what is left."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._ahead, self.position = stream, b"", 0

    def peek(self, size: int) -> bytes:
        """The next bytes, without moving."""
        while len(self._ahead) < size and (piece := self._stream.read(max(_PIECE, size - len(self._ahead)))):
            self._ahead += piece
        return self._ahead[:size]

    def read(self, size: int) -> bytes:
        data = self.peek(size)
        self._ahead = self._ahead[len(data) :]
        self.position += len(data)
        return data

    def read_line(self, limit: int) -> bytes:
        """To the next newline, with it; or `limit` bytes."""
        size = 1024
        while size < limit and b"\n" not in self.peek(size) and len(self._ahead) >= size:
            size *= 4
        line = self.peek(min(size, limit))
        return self.read(line.find(b"\n") + 1 or len(line))

    def take_back(self, data: bytes) -> None:
        """Put the bytes that were read last before those that come next."""
        self._ahead = data + self._ahead
        self.position -= len(data)

    def skip_newlines(self) -> None:
        while stripped := len(self.peek(64)) - len(self.peek(64).lstrip(b"\r\n")):
            self.read(stripped)

    def skip_to(self, pattern: re.Pattern[bytes], limit: int | None = None, longest: int = 4096) -> bool:
        """Move to the pattern's next place; to the stream's end or over `limit` bytes where it is not found.

        Args:
            pattern: what to look for.
            limit: how far.
            longest: of a match of the pattern, in bytes.
        """
        end = None if limit is None else self.position + limit
        while window := self.peek(_PIECE + longest):
            found = pattern.search(window)
            if found and (end is None or self.position + found.start() < end):
                self.read(found.start())
                return True
            step = max(1, len(window) - longest) if len(window) > longest else len(window)
            if end is not None and self.position + step >= end:
                self.read(end - self.position)
                return False
            self.read(step)
        return False
