"""What an archived HTTP response is to us: a page of HTML or text, or a reason to pass it over."""

from __future__ import annotations

from datetime import datetime

from etl.load.entry import Entry
from etl.load.http_message import HttpError, HttpResponse
from etl.load.page import MEDIA_TYPES
from etl.load.sniff import HEAD_SIZE, is_feed, sniff
from etl.records import RawPage, Reason, Rejection

_KINDS = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}


def web_page(
    entry: Entry, place: str, response: HttpResponse, url: str | None, captured_at: datetime | None
) -> RawPage | Rejection:
    """The page of a response with status 200 and a text type; other ones are skipped."""
    if response.status != 200:
        return Rejection(Reason.HTTP_STATUS, str(response.status))
    if response.media_type not in (None, *_KINDS):
        return Rejection(Reason.MEDIA_TYPE, response.media_type or "")
    try:
        body = response.body(entry.options.record_size)
    except HttpError as error:
        return Rejection(Reason.MALFORMED_RECORD, str(error))
    if len(body) > entry.options.record_size:
        return Rejection(Reason.TOO_LARGE, f"more than {entry.options.record_size} bytes")
    head = body[:HEAD_SIZE]
    kind = "feed" if is_feed(head) else _KINDS.get(response.media_type or "") or sniff(head, "")
    if kind not in MEDIA_TYPES:
        return Rejection(Reason.MEDIA_TYPE, kind)
    return RawPage(
        entry.source.uri, entry.at(place), body, MEDIA_TYPES[kind], url, captured_at, response.charset
    )
