"""Internet Archive ARC files, the form before WARC: a line of five or ten words, then the HTTP response."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from etl.load.compressed import DAMAGE
from etl.load.cursor import Cursor
from etl.load.entry import Entry, Part
from etl.load.http_message import HttpError, parse_http
from etl.load.web_page import web_page
from etl.records import RawPage, Reason, Rejection, usable_url

_HEADER = re.compile(rb"([a-z]+:[^\r\n]*?) ([0-9a-fA-F.:]+) (\d{14}|\d{8}) ([^\r\n]*?) ?(\d{1,18})\r?\n\Z")
_BEGINNING = re.compile(rb"(?m)^[a-z]+:[^\s]{1,2000} [0-9a-fA-F.:]+ \d{14} [^\r\n]{1,1000} \d+\r?$")
_FOLLOWED = re.compile(rb"[\r\n]*\Z|\r?\n+[a-z]+:|[a-z]+:[^\s]+ [0-9a-fA-F.:]+ \d{14} ")
"""What stands behind a record. Behind a newline the next header may be damaged without harm to this record."""

_MAX_HEADER = 1 << 14
_HTTP_HEAD = 1 << 20


def load_arc(entry: Entry) -> Iterator[Part]:
    """A record for each record of the file; its place is its byte offset, uncompressed."""
    with entry.open() as stream:
        cursor = Cursor(stream)
        while True:
            place = str(cursor.position)
            try:
                cursor.skip_newlines()
                place = str(cursor.position)
                if not cursor.peek(1):
                    return
                digest, content = _next(entry, place, cursor)
            except DAMAGE as error:
                yield entry.rejected(place, Reason.DAMAGED_ARCHIVE, str(error))
                return
            yield entry.record(place, digest, content)


def _next(entry: Entry, place: str, cursor: Cursor) -> tuple[str | None, RawPage | Rejection]:
    header = _HEADER.match(cursor.read_line(_MAX_HEADER))
    if not header:
        cursor.skip_to(_BEGINNING)
        return None, Rejection(Reason.DAMAGED_ARCHIVE, f"{cursor.position - int(place)} bytes are no record")
    largest = entry.options.record_size + _HTTP_HEAD
    length = int(header[5])
    block = cursor.read(min(length, largest))
    if length > largest:
        cursor.skip_to(_BEGINNING, length - largest)
        return None, Rejection(Reason.TOO_LARGE, f"a record of {length} bytes")
    if len(block) < length or not _is_followed_well(cursor):
        cursor.take_back(block)
        cursor.skip_to(_BEGINNING)
        return None, Rejection(Reason.DAMAGED_ARCHIVE, f"the record is not {length} bytes long")
    return hashlib.sha256(block).hexdigest(), _content(entry, place, header, block)


def _is_followed_well(cursor: Cursor) -> bool:
    return bool(_FOLLOWED.match(cursor.peek(_MAX_HEADER)))


def _content(entry: Entry, place: str, header: re.Match[bytes], block: bytes) -> RawPage | Rejection:
    address = header[1].decode("utf-8", "replace")
    if not address.startswith(("http:", "https:")):
        return Rejection(Reason.NOT_A_PAGE, address.partition(":")[0])
    try:
        captured_at = datetime.strptime(header[3].decode()[:14].ljust(14, "0"), "%Y%m%d%H%M%S")
        response = parse_http(block)
    except HttpError as error:
        return Rejection(Reason.MALFORMED_RECORD, str(error))
    except ValueError:
        return Rejection(Reason.MALFORMED_RECORD, "the time of capture is none")
    return web_page(entry, place, response, usable_url(address), captured_at.replace(tzinfo=UTC))
