"""Compressed streams, read piece by piece and only as far as their ratio is one that news pages have."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable
from typing import IO, Any

import zstandard


class DamageError(Exception):
    """Compressed data are not what they should be."""


DAMAGE = (EOFError, gzip.BadGzipFile, zlib.error, DamageError)
"""What reading a damaged stream raises."""

_FREE = 64 * 2**20  # expanded bytes that need no reason
_RATIO = 200  # of pages it is 3 to 30
_WINDOW = 128 * 2**20  # memory that a decompressor may ask for

_MAGIC = {
    b"\x1f\x8b": "gzip",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
}
COMPRESSION_SUFFIXES = {".gz": "gzip", ".zst": "zstd", ".bz2": "bzip2", ".xz": "xz"}


class ExpansionError(Exception):
    """A stream expands to more than any pages do: a decompression bomb."""


def compression(head: bytes) -> str | None:
    """The name of the compression that begins so, None for none."""
    return next((name for magic, name in _MAGIC.items() if head.startswith(magic)), None)


def expanded(stream: IO[bytes], name: str) -> IO[bytes]:
    """The stream without its compression; closing it closes `stream`.

    Raises:
        ExpansionError: while it is read.
    """
    return limited(_OPENERS[name](stream), stream.tell, closing=stream)


def limited(plain: Any, size: Callable[[], int], closing: IO[bytes] | None = None) -> IO[bytes]:
    """A stream of what a decompressor gives, as long as that is in proportion to the compressed `size` so far.

    Raises:
        ExpansionError: while it is read.
    """
    return io.BufferedReader(_Limited(plain, size, closing), 1 << 16)


class _Limited(io.RawIOBase):
    """Counts what comes out of a decompressor against what went in."""

    def __init__(self, plain: Any, size: Callable[[], int], closing: IO[bytes] | None) -> None:
        self._plain, self._size, self._closing, self._given = plain, size, closing, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._plain.read(len(buffer))
        buffer[: len(data)] = data
        self._given += len(data)
        if self._given > _FREE and self._given > _RATIO * self._size():
            raise ExpansionError(f"expands to more than {_RATIO} times its size")
        return len(data)

    def tell(self) -> int:
        return self._given

    def close(self) -> None:
        if self._closing is not None:
            self._closing.close()
        super().close()


class _Stepwise:
    """Reads through decompressor objects, one after another for concatenated streams, in pieces of bounded size."""

    def __init__(self, stream: IO[bytes], make: Callable[[], Any], piece: int = 1 << 16) -> None:
        self._stream, self._make, self._piece = stream, make, piece
        self._decompressor, self._pending, self._given = make(), b"", io.BytesIO()

    def read(self, size: int) -> bytes:
        data = self._given.read(size)
        if not data:
            self._given = io.BytesIO(self._next(size))
            data = self._given.read(size)
        return data

    def _next(self, size: int) -> bytes:
        while True:
            if self._decompressor.eof:
                self._pending = self._decompressor.unused_data or self._stream.read(self._piece)
                if not self._pending.strip(b"\0"):  # padding
                    return b""
                self._decompressor = self._make()
            elif not self._pending and getattr(self._decompressor, "needs_input", True):
                self._pending = self._stream.read(self._piece)
                if not self._pending:
                    raise EOFError("the compressed stream ends in the middle")
            try:
                data: bytes = self._decompressor.decompress(self._pending, size)
            except (OSError, lzma.LZMAError, zstandard.ZstdError) as error:
                raise DamageError(str(error)) from None
            self._pending = b""
            if data:
                return data


class _Zstd:
    """A frame. What one piece expands to can't be bounded here, so pieces are small: 512 bytes make 16 MiB at most."""

    PIECE = 512

    def __init__(self) -> None:
        self._frame = zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompressobj()

    @property
    def eof(self) -> bool:
        return self._frame.eof

    @property
    def unused_data(self) -> bytes:
        return self._frame.unused_data

    def decompress(self, data: bytes, _size: int) -> bytes:
        return self._frame.decompress(data)


_OPENERS: dict[str, Callable[[IO[bytes]], Any]] = {
    "gzip": lambda stream: gzip.GzipFile(fileobj=stream),
    "zstd": lambda stream: _Stepwise(stream, _Zstd, _Zstd.PIECE),
    "bzip2": lambda stream: _Stepwise(stream, bz2.BZ2Decompressor),
    "xz": lambda stream: _Stepwise(stream, lambda: lzma.LZMADecompressor(memlimit=_WINDOW)),
}
