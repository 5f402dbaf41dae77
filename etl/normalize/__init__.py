"""From a raw page to an article, each value with its evidence: `normalize(RawPage) -> Article | Rejection`."""

from __future__ import annotations

import re
from dataclasses import replace

from etl.language.storable import storable
from etl.normalize.article import from_dump, from_page
from etl.normalize.page.page import parse_page
from etl.normalize.text.charset import decode
from etl.records import Article, RawPage, Reason, Rejection

__all__ = ["normalize"]

_MARKUP = re.compile(r"\s*(?:<!doctype html|<html|<\?xml[^>]*>\s*<(?:!doctype )?html|<head|<body)", re.I)


def normalize(page: RawPage) -> Article | Rejection:
    """Read one page.

    Args:
        page: the raw page. text/html and application/xhtml+xml are read as markup; any other text type is a
            dump of visible text, unless it starts as HTML does.

    Returns:
        The article, or a Rejection that says why there is none. Bad data never raises.
    """
    media_type = page.media_type.partition(";")[0].strip().lower()
    if not page.body.strip():
        return Rejection(Reason.EMPTY, "the page has no content")
    decoded = decode(page.body, page.charset)
    if decoded is None:
        return Rejection(Reason.UNDECODABLE, "the bytes are no text in any known charset")
    text, charset = decoded.text, decoded.charset
    if not text.strip():
        return Rejection(Reason.EMPTY, "the page has no content", charset)
    if "html" in media_type or _MARKUP.match(text):
        parsed = parse_page(text, page.url)
        if parsed is None:
            return Rejection(Reason.EMPTY, "the page has no content", charset)
        read = from_page(parsed, page.captured_at, charset, page.declared)
    else:
        read = from_dump(storable(text), page, charset)
    return read if isinstance(read, Rejection) else replace(read, evidence=read.evidence + decoded.evidence)
