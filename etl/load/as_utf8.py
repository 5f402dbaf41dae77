"""Tables and JSON in UTF-16 or UTF-32 read as UTF-8, so that their lines end where lines end."""

from __future__ import annotations

import codecs
import io
from typing import IO, Any

from etl.language.charsets import wide_charset

_PIECE = 1 << 16
_HEAD = 4096


def open_utf8(stream: IO[bytes]) -> IO[bytes]:
    """The stream's text in UTF-8 without a byte order mark; one that is in no wide charset stays as it is.

    What can't be decoded becomes U+FFFD. Closing it closes `stream`.
    """
    head = stream.read(_HEAD)
    charset = wide_charset(head)
    return io.BufferedReader(_AsUtf8(stream, head, charset), _PIECE)


class _AsUtf8(io.RawIOBase):
    """Decodes and encodes piece by piece; `charset` None passes the bytes through."""

    def __init__(self, stream: IO[bytes], head: bytes, charset: str | None) -> None:
        self._stream, self._pending, self._is_at_start = stream, head, True
        self._decoder = codecs.getincrementaldecoder(charset)("replace") if charset else None
        self._given = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._given:
            piece, self._pending = self._pending or self._stream.read(_PIECE), b""
            self._given = self._decoded(piece)
            if not piece:
                break
        data, self._given = self._given[: len(buffer)], self._given[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)

    def _decoded(self, piece: bytes) -> bytes:
        found = piece
        if self._decoder is not None:
            found = self._decoder.decode(piece, not piece).encode("utf-8", "replace")
        if self._is_at_start and found:
            self._is_at_start = False
            found = found.removeprefix(codecs.BOM_UTF8)
        return found

    def close(self) -> None:
        self._stream.close()
        super().close()
