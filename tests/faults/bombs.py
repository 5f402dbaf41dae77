"""Decompression bombs: small files that swell, or list more than they hold. Each is made when it is asked for."""

from __future__ import annotations

import bz2
import functools
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
from collections.abc import Callable

import brotli
import zstandard

from tests.faults.web_archives import http_response, page, warc_record

_MIB = bytes(2**20)


def _gzip_bomb(layers: int) -> bytes:
    data = gzip.compress(_MIB * 200, mtime=0)
    for _ in range(layers - 1):
        data = gzip.compress(data * 50, mtime=0)
    return data


def _zip(name: str, data: bytes, count: int = 1) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(count):
            archive.writestr(f"{number}-{name}", data)
    return buffer.getvalue()


def _overlapping_zip(count: int) -> bytes:
    """A directory of `count` names for one and the same member."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0.html", _MIB * 20)
        [info] = archive.infolist()
        for number in range(1, count):
            again = zipfile.ZipInfo(f"{number}.html")
            for name in ("compress_type", "CRC", "compress_size", "file_size", "header_offset"):
                setattr(again, name, getattr(info, name))
            archive.filelist.append(again)
            archive.NameToInfo[again.filename] = again
    return buffer.getvalue()


def _nested_zips(depth: int) -> bytes:
    data = _zip("page.html", page(0))
    for _ in range(depth):
        data = _zip("inner.zip", data, 2)
    return data


def _lying_zip() -> bytes:
    """A member that says it holds 10 bytes."""
    data = bytearray(_zip("page.html", _MIB * 100))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(data)


def _tar_of_empty_members(count: int) -> bytes:
    thousand = gzip.compress(tarfile.TarInfo("x.html").tobuf() * 1000, mtime=0)
    return thousand * (count // 1000) + gzip.compress(bytes(1024), mtime=0)


def _tar_of_one(size: int) -> bytes:
    info = tarfile.TarInfo("page.html")
    info.size = size
    return gzip.compress(info.tobuf() + _MIB * 100, mtime=0)


def _warc(encoding: str, body: bytes) -> bytes:
    return warc_record(http_response(body, f"Content-Encoding: {encoding}"))


BOMBS: dict[str, Callable[[], bytes]] = {
    "zeros.html.gz": lambda: _gzip_bomb(1),
    "nested.html.gz.gz": lambda: _gzip_bomb(2),
    "deep.html.gz.gz.gz.gz.gz.gz": lambda: functools.reduce(
        lambda data, _: gzip.compress(data), range(6), page(0)
    ),
    "zeros.html.bz2": lambda: bz2.compress(_MIB * 200),
    "zeros.html.xz": lambda: lzma.compress(_MIB * 200),
    "zeros.html.zst": lambda: zstandard.compress(_MIB * 200),
    "zeros.jsonl.gz": lambda: gzip.compress(b'{"text": "' + _MIB * 100, mtime=0),
    "overlap.zip": lambda: _overlapping_zip(5000),
    "ratio.zip": lambda: _zip("page.html", _MIB * 100, 3),
    "lying.zip": _lying_zip,
    "nested.zip": lambda: _nested_zips(7),
    "members.tar.gz": lambda: _tar_of_empty_members(1_000_000),
    "zeros.tar.gz": lambda: _tar_of_one(2**38),
    "brotli.warc": lambda: _warc("br", brotli.compress(_MIB * 100, quality=5)),
    "gzip.warc": lambda: _warc("gzip", _gzip_bomb(1)),
}
"""File name -> what makes its bytes."""
