"""An HTTP response as archives keep it: status, headers, and the body without its encodings."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message

import brotli

from etl.load.compressed import DAMAGE, ExpansionError, compression, expanded

_STATUS_LINE = re.compile(rb"\s*HTTP(?:/\d(?:\.\d)?)?[ \t]+(\d{3})(?!\d)", re.I)
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
_CHUNK_SIZE = re.compile(rb"\s*([0-9a-fA-F]{1,8})\s*(?:;[^\r\n]*)?\r?\n")


class HttpError(ValueError):
    """The bytes are no HTTP response, or its body can't be decoded."""


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """`media_type` in lower case, None where the response names none."""

    status: int
    media_type: str | None
    charset: str | None
    encodings: tuple[str, ...]
    raw_body: bytes

    def body(self, limit: int) -> bytes:
        """The body, decoded: at most limit + 1 bytes of it.

        Raises:
            HttpError: an encoding is unknown or its data are damaged.
        """
        body = self.raw_body
        for encoding in reversed(self.encodings):
            body = _DECODERS[encoding](body, limit + 1) if encoding in _DECODERS else _refuse(encoding)
        return body


def parse_http(block: bytes) -> HttpResponse:
    """The response that a block of bytes is; interim ones (100 Continue, 103 Early Hints) before it are passed over.

    Raises:
        HttpError: it is none.
    """
    while True:
        status = _STATUS_LINE.match(block)
        if not status:
            raise HttpError("no HTTP status line")
        end = _END_OF_HEADERS.search(block, status.end())
        head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
        if not (status[1].startswith(b"1") and _STATUS_LINE.match(body)):
            break
        block = body
    headers = Message()
    for line in head.strip().splitlines()[1:]:
        name, colon, value = line.decode("latin-1").partition(":")
        if colon and name not in headers:
            headers[name.strip()] = value.strip()
    named = f"{headers.get('Content-Encoding', '')},{headers.get('Transfer-Encoding', '')}".lower()
    encodings = tuple(filter(None, (name.strip() for name in named.split(","))))
    media_type = headers.get("Content-Type", "").partition(";")[0].strip().lower() or None
    return HttpResponse(int(status[1]), media_type, _charset(headers), encodings, body)


def _charset(headers: Message) -> str | None:
    charset = headers.get_content_charset()
    return charset if charset and re.fullmatch(r"[\w.:-]{1,40}", charset) else None


def _unchunked(body: bytes, limit: int) -> bytes:
    """Without the chunk sizes; archives that undid the chunks and kept the header are left as they are."""
    size = _CHUNK_SIZE.match(body)
    if not size:
        return body
    chunks, position = [], 0
    while size and int(size[1], 16):
        start = size.end()
        chunks.append(body[start : start + int(size[1], 16)])
        position = start + len(chunks[-1])
        size = _CHUNK_SIZE.match(body, position)
    if not size and position < len(body):
        if not body[position:].strip():
            return b"".join(chunks)
        raise HttpError(f"no chunk size at byte {position}")
    return b"".join(chunks)


def _gunzipped(body: bytes, limit: int) -> bytes:
    if compression(body) != "gzip":
        return body  # undone by the archive, or never done
    return _read(body, "gzip", limit)


def _unzstd(body: bytes, limit: int) -> bytes:
    return _read(body, "zstd", limit) if compression(body) == "zstd" else body


def _read(body: bytes, name: str, limit: int) -> bytes:
    with expanded(io.BytesIO(body), name) as stream:
        try:
            return stream.read(limit)
        except (*DAMAGE, ExpansionError) as error:
            raise HttpError(f"{name}: {error}") from None


def _inflated(body: bytes, limit: int) -> bytes:
    """RFC 1950 as the standard says, raw RFC 1951 as some servers send."""
    for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            return zlib.decompressobj(window).decompress(body, limit)
        except zlib.error:
            continue
    return body


def _unbrotli(body: bytes, limit: int) -> bytes:
    decompressor = brotli.Decompressor()
    try:
        found = decompressor.process(body, output_buffer_limit=limit)
        while len(found) < limit and not decompressor.is_finished():
            more = decompressor.process(b"", output_buffer_limit=limit - len(found))
            if not more:
                raise HttpError("br: the data end in the middle")
            found += more
    except brotli.error:
        if re.match(rb"\s*<", body):
            return body
        raise HttpError("br: the data are damaged") from None
    return bytes(found[:limit])


def _refuse(encoding: str) -> bytes:
    raise HttpError(f"the content encoding {encoding!r} is not known")


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "identity": lambda body, limit: body,
    "none": lambda body, limit: body,
    "utf-8": lambda body, limit: body,
    "chunked": _unchunked,
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
    "deflate": _inflated,
    "br": _unbrotli,
    "zstd": _unzstd,
}
