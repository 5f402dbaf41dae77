"""Tells what a file is: by its first bytes, and by its name where these leave it open."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath

from etl.language.charsets import wide_charset

HEAD_SIZE = 4096
FEED_IS_NO_PAGE = "a feed or a sitemap, no page: feeds belong to the nightly flow, which will read them from newsledger.toml"

_HTML = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|meta|title|script|link|div|article|section|p|h1|table)\b", re.I
)
_COMMENT = rb"(?><!--.*?-->\s*)"  # atomic: many comments must not be divided in many ways
_MARKUP = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?" + _COMMENT + rb"*+<", re.S)
_FEED = re.compile(
    rb"\s*(?:" + _COMMENT + rb"|<[?!][^>]*>\s*)*+<(?:rss|(?:\w+:)?feed|urlset|sitemapindex|rdf:RDF)\b"
    rb"|\s*\{[^\[]*\bjsonfeed\.org\\?/version",
    re.I | re.S,
)
_MHTML = re.compile(rb"^content-type:\s*multipart/related\b", re.I | re.M)
_MIME_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:[ \t]")
_JSON = re.compile(rb"\s*[\[{]")
_MAGIC = {
    b"%PDF-": "pdf",
    b"\x89PNG": "png",
    b"\xff\xd8\xff": "jpeg",
    b"GIF8": "gif",
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"WARC/": "warc",
    b"filedesc://": "arc",
    b"PAR1": "parquet",
}
_NAMES = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".txt": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tar": "tar",
    ".tgz": "tar",
    ".warc": "warc",
    ".wet": "warc",
    ".arc": "arc",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
}


def sniff(head: bytes, name: str) -> str:
    """The kind of a file: a key of LOADERS; any other word names what it is instead.

    Args:
        head: its first bytes, uncompressed.
        name: its file name without a compression suffix.
    """
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            return kind
    by_name = _NAMES.get(PurePosixPath(name.lower()).suffix)
    if head[257:262] == b"ustar" or by_name == "tar":
        return "tar"
    if by_name in ("warc", "arc"):
        return by_name  # its beginning is damaged
    if _is_binary(head, by_name is not None):
        return "binary data"
    visible = _visible(head)
    if by_name in ("csv", "tsv"):
        return by_name
    if is_feed(head):
        return "feed"
    if by_name == "jsonl":
        return "json" if _is_one_document(visible) else "jsonl"
    if _MIME_HEADER.match(visible) and _MHTML.search(visible):
        return "mhtml"
    if _looks_like_html(visible):
        return "html"
    if by_name in (None, "json") and _JSON.match(visible):
        return "jsonl" if _is_an_object_a_line(visible) else "json"
    return by_name or "text of an unknown kind"


def is_feed(head: bytes) -> bool:
    """Whether a document that begins so is an RSS, Atom or JSON feed or a sitemap."""
    return bool(_FEED.match(_visible(head)))


def _visible(head: bytes) -> bytes:
    """Without byte order mark and NUL: markup in UTF-16 is then readable enough to be recognised."""
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")


def _is_binary(head: bytes, has_known_name: bool) -> bool:
    """Many control characters, or a NUL where no name promises text, unless in UTF-16 or UTF-32."""
    if wide_charset(head):
        return False
    control = sum(head.count(code) for code in (*range(9), *range(14, 27), *range(28, 32)))
    return (b"\0" in head and not has_known_name) or control > len(head) // 20


def _looks_like_html(head: bytes) -> bool:
    return bool(_MARKUP.match(head)) and bool(_HTML.search(head))


def _is_one_document(head: bytes) -> bool:
    """Whether JSON that is named as lines is none: an array, or an object over several lines."""
    first, newline, rest = head.lstrip().partition(b"\n")
    if first.startswith(b"["):
        return True
    is_cut = bool(newline) and first.startswith(b"{") and not _is_json(first)
    return is_cut and not rest.lstrip().startswith(b"{")


def _is_an_object_a_line(head: bytes) -> bool:
    """A first line that is one object before another; one longer than the head may be either."""
    first, _, rest = head.partition(b"\n")
    return _is_json(first) and rest.lstrip().startswith(b"{")


def _is_json(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
