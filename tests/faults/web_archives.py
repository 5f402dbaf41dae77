"""Writes archives of pages for tests: WARC and ARC records, plain and gzipped."""

from __future__ import annotations

import base64
import gzip
import hashlib
import zlib
from collections.abc import Iterable

PAGE = """<!doctype html><html><head><title>Ferry to Aldermouth stays in port | The Courier</title></head>
<body><article><h1>Ferry to Aldermouth stays in port</h1>
<p>The ferry to Aldermouth will stay in port until Friday, the harbour master, Ines Calder, said on Tuesday.</p>
<p>“We sail when the swell is below three metres, not a minute earlier,” she told reporters. Page {number}.</p>
</article></body></html>"""


def page(number: int) -> bytes:
    return PAGE.replace("{number}", str(number)).encode()


def http_response(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    head = [f"HTTP/1.1 {status}", "Content-Type: text/html; charset=utf-8", *headers]
    return "\r\n".join([*head, "", ""]).encode() + body


def digest(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def warc_record(block: bytes, *fields: str, type: str = "response", number: int = 0) -> bytes:
    """One record with its digest; `fields` are added to the named ones."""
    named = [
        "WARC/1.0",
        f"WARC-Type: {type}",
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>",
        f"WARC-Target-URI: https://courier.example/{number}",
        f"WARC-Date: 2024-03-05T10:00:{number % 60:02}Z",
        f"WARC-Block-Digest: {digest(block)}",
        *fields,
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join([*named, "", ""]).encode() + block + b"\r\n\r\n"


def warc(count: int) -> list[bytes]:
    """The records of an archive of `count` pages."""
    return [warc_record(http_response(page(number)), number=number) for number in range(count)]


def gzipped(records: Iterable[bytes]) -> bytes:
    """A member for each record."""
    return b"".join(gzip.compress(record, mtime=0) for record in records)


def deflated(data: bytes) -> bytes:
    return zlib.compress(data)


def arc(count: int) -> bytes:
    """An ARC file of `count` pages."""
    version = b"1 0 Newsledger\nURL IP-address Archive-date Content-type Archive-length\n"
    records = [b"filedesc://pages.arc 0.0.0.0 20240305100000 text/plain %d\n%s" % (len(version), version)]
    for number in range(count):
        block = http_response(page(number))
        head = f"https://courier.example/{number} 192.0.2.1 202403051000{number % 60:02} text/html {len(block)}\n"
        records.append(head.encode() + block + b"\n")
    return b"".join(records)
