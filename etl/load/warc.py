"""Web archives: .warc and .wet, plain or gzipped, each record with its fate whatever became of its neighbours."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from etl.load.compressed import DAMAGE
from etl.load.cursor import Cursor
from etl.load.entry import Entry, Part, seekable
from etl.load.gzip_members import members
from etl.load.http_message import HttpError, HttpResponse, parse_http
from etl.load.web_page import web_page
from etl.records import RawPage, Reason, Rejection, content_key, usable_url

_VERSION = re.compile(rb"WARC/\d\.\d+\s*\Z")
_BEGINNING = re.compile(rb"WARC/\d\.\d+[ \t]*\r?\n[A-Za-z][A-Za-z-]*:")
_REST = re.compile(
    rb"([^\r\n].{0,7}?)(?:\r\n\r\n|\n\n)[\r\n]*(?:\Z|WARC/)", re.S
)  # behind a length that is short
_MAX_HEADER = 1 << 20
_HTTP_HEAD = 1 << 20  # of a block, beside the record that it holds
_NO_PAGES = {"warcinfo", "request", "metadata"}


@dataclass(frozen=True, slots=True)
class _Record:
    """One WARC record as it was read. `fields` are its named fields, folded to lower case."""

    fields: dict[str, str]
    block: bytes

    @property
    def type(self) -> str:
        return self.fields.get("warc-type", "").lower()

    @property
    def url(self) -> str | None:
        return usable_url(self.fields.get("warc-target-uri", "").strip("<>"))

    @property
    def captured_at(self) -> datetime | None:
        try:
            stamp = datetime.fromisoformat(self.fields.get("warc-date", ""))
        except ValueError:
            return None
        return stamp.replace(tzinfo=UTC) if stamp.tzinfo is None else stamp.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class _Damaged:
    """A stretch of the archive that holds no whole record."""

    reason: Reason
    detail: str


_Found = tuple[str, _Record | _Damaged]
"""A place (byte offset; offset of the gzip member, + offset in it unless 0) and what lies there."""


def load_warc(entry: Entry) -> Iterator[Part]:
    """A record for each record of the archive; damage ends one of them and never those behind it."""
    payloads: dict[bytes, str] = {}  # hash of payload digest -> place, for revisits
    for place, found in _scan(entry):
        if isinstance(found, _Damaged):
            yield entry.rejected(place, found.reason, found.detail)
            continue
        digest = hashlib.sha256(found.block).hexdigest()
        yield entry.record(place, digest, _content(entry, place, found, payloads))
        payload = found.fields.get("warc-payload-digest")
        if payload and found.type in ("response", "resource"):
            payloads.setdefault(content_key(payload), place)


def _scan(entry: Entry, first: int = 0) -> Iterator[_Found]:
    """All that lies in the archive, from the byte or member at `first` on."""
    with seekable(entry) as file:
        if entry.kind == "warc":
            file.seek(first)
            limit = entry.options.record_size
            yield from ((str(first + at), found) for at, found in _records(Cursor(file), limit))
            return
        for start, member in members(file, b"WARC/", first):
            cursor = Cursor(io.BufferedReader(member))
            for at, found in _records(cursor, entry.options.record_size):
                yield f"{start}+{at}" if at else str(start), found


def _records(cursor: Cursor, record_size: int) -> Iterator[tuple[int, _Record | _Damaged]]:
    """The records of one stream, and the stretches between them that are none, each with its position."""
    while True:
        start = cursor.position
        found: _Record | _Damaged | None = None
        try:
            cursor.skip_newlines()
            start = cursor.position
            if not cursor.peek(1):
                return
            found = _next(cursor, record_size)
            cursor.peek(1)  # proves a gzip member's checksum where this was its last record
        except DAMAGE as error:
            if isinstance(found, _Record) and _digest_matches(found):
                yield start, found
                start = cursor.position
            yield start, _Damaged(Reason.DAMAGED_ARCHIVE, str(error))
            return
        yield start, found


def _next(cursor: Cursor, record_size: int) -> _Record | _Damaged:
    """The record at the cursor, which then stands behind it, or behind what is damaged."""
    start = cursor.position
    fields, header = _read_fields(cursor)
    length = fields.get("content-length", "")
    if not re.fullmatch(r"[0-9]{1,18}", length):
        cursor.take_back(header[1:])  # another record may begin in what was taken for this one's header
        cursor.skip_to(_BEGINNING)
        return _Damaged(Reason.DAMAGED_ARCHIVE, f"{cursor.position - start} bytes are no record")
    block = cursor.read(min(int(length), record_size + _HTTP_HEAD))
    missing = int(length) - len(block)
    if missing and len(block) == record_size + _HTTP_HEAD and not _BEGINNING.search(block):
        if not cursor.skip_to(_BEGINNING, missing):
            return _Damaged(Reason.TOO_LARGE, f"a record of {length} bytes")
        return _Damaged(Reason.DAMAGED_ARCHIVE, f"a length of {length} bytes is wrong")
    record = _Record(fields, block)
    if not missing and not _is_followed_well(cursor) and not _digest_matches(record):
        record = _with_rest(cursor, record) or record
    if missing or not (_is_followed_well(cursor) or _digest_matches(record)):
        cursor.take_back(block)
        cursor.skip_to(_BEGINNING)
        return _Damaged(Reason.DAMAGED_ARCHIVE, f"the record breaks off, or is not {length} bytes long")
    return record


def _with_rest(cursor: Cursor, record: _Record) -> _Record | None:
    """The record with the few bytes by which its length falls short, as one that may be cut; None where it does not.

    Writers that counted characters, or left out a newline, are off by so much.
    """
    rest = _REST.match(cursor.peek(64))
    if not rest:
        return None
    block = record.block + cursor.read(len(rest[1]))
    whole = _Record(record.fields, block)
    if _digest_matches(whole):
        return whole
    return _Record({"warc-truncated": "unspecified", **record.fields}, block)


def _read_fields(cursor: Cursor) -> tuple[dict[str, str], bytes]:
    """The named fields at the cursor, none where no WARC header stands; and the bytes that were read."""
    fields: dict[str, str] = {}
    name, header = "", cursor.read_line(64)
    if not _VERSION.match(header):
        return {}, header
    while (line := cursor.read_line(_MAX_HEADER)).strip():
        header += line
        text = line.decode("utf-8", "replace")
        if text[0] in " \t" and name:
            fields[name] += " " + text.strip()
            continue
        name, colon, value = text.partition(":")
        name = name.strip().lower()
        if not colon or len(header) > _MAX_HEADER:
            return {}, header
        fields.setdefault(name, value.strip())
    return fields, header + line


def _is_followed_well(cursor: Cursor) -> bool:
    """Whether a record's end is here: blank lines, another record, or nothing."""
    ahead = cursor.peek(64)
    stripped = ahead.lstrip(b"\r\n")
    return ahead.startswith((b"\r\n\r\n", b"\n\n")) or not stripped or stripped.startswith(b"WARC/")


def _content(entry: Entry, place: str, record: _Record, payloads: dict[bytes, str]) -> RawPage | Rejection:
    """The page of a record, or why it has none."""
    if record.type in _NO_PAGES:
        return Rejection(Reason.NOT_A_PAGE, record.type)
    if record.type not in _CONTENTS:
        return Rejection(Reason.MALFORMED_RECORD, f"a record of the type {record.type!r}")
    if _digest_matches(record) is False:
        return Rejection(Reason.DAMAGED_ARCHIVE, "the block is not the one that was hashed")
    if record.type == "revisit":
        return _revisited(entry, place, record, payloads)
    return _CONTENTS[record.type](entry, place, record)


def _of_response(entry: Entry, place: str, record: _Record) -> RawPage | Rejection:
    if not record.fields.get("content-type", "application/http").lower().startswith("application/http"):
        return Rejection(Reason.NOT_A_PAGE, record.fields["content-type"])
    try:
        response = parse_http(record.block)
        if _payload_matches(record, response) is False:
            return Rejection(Reason.DAMAGED_ARCHIVE, "the payload is not the one that was hashed")
    except HttpError as error:
        return Rejection(Reason.MALFORMED_RECORD, str(error))
    return _page(entry, place, record, response)


def _of_resource(entry: Entry, place: str, record: _Record) -> RawPage | Rejection:
    named = record.fields.get("content-type", "").encode("latin-1", "replace")
    response = parse_http(b"HTTP/1.1 200\r\nContent-Type: " + named + b"\r\n\r\n" + record.block)
    return _page(entry, place, record, response)


def _page(entry: Entry, place: str, record: _Record, response: HttpResponse) -> RawPage | Rejection:
    page = web_page(entry, place, response, record.url, record.captured_at)
    is_truncated = "warc-truncated" in record.fields
    return replace(page, is_truncated=True) if isinstance(page, RawPage) and is_truncated else page


def _revisited(entry: Entry, place: str, record: _Record, payloads: dict[bytes, str]) -> RawPage | Rejection:
    """The page of the earlier record that had the same payload, as it was captured now."""
    earlier = payloads.get(content_key(record.fields.get("warc-payload-digest", "")))
    if earlier is None:
        return Rejection(Reason.REVISIT, "what it refers to is not in this archive")
    member, _, _ = earlier.partition("+")
    found = next((found for at, found in _scan(entry, int(member)) if at == earlier), None)
    if not isinstance(found, _Record):
        return Rejection(Reason.REVISIT, "what it refers to can't be read")
    content = _CONTENTS[found.type](entry, place, found)
    if isinstance(content, Rejection):
        return content
    return replace(content, url=record.url or content.url, captured_at=record.captured_at)


_CONTENTS: dict[str, Callable[[Entry, str, _Record], RawPage | Rejection]] = {
    "response": _of_response,
    "resource": _of_resource,
    "conversion": _of_resource,
    "revisit": _of_resource,
}


def _digest_matches(record: _Record) -> bool | None:
    """Whether the block is the one that was hashed; None where no hash says."""
    return _matches(record.fields.get("warc-block-digest"), record.block)


def _payload_matches(record: _Record, response: HttpResponse) -> bool | None:
    """The same for the payload, which writers hash with its encodings or without; the block's hash implies it."""
    stated = record.fields.get("warc-payload-digest")
    if _digest_matches(record) or stated is None:
        return None
    forms = (response.raw_body, response.body(len(record.block) * 100))
    results = [_matches(stated, form) for form in forms]
    return None if None in results else any(results)


def _matches(stated: str | None, data: bytes) -> bool | None:
    """Whether `algorithm:digest`, in base 16 or 32, is that of the data; None for no or an unknown algorithm."""
    algorithm, _, value = (stated or "").partition(":")
    algorithm = algorithm.lower().replace("-", "")
    if algorithm not in ("md5", "sha1", "sha256", "sha512"):
        return None
    digest = hashlib.new(algorithm, data, usedforsecurity=False)
    forms = (digest.hexdigest().upper(), base64.b32encode(digest.digest()).decode())
    return value.strip().upper().rstrip("=") in (form.rstrip("=") for form in forms)
