"""Tells what a file is: by its first bytes, and by its name where these leave it open."""

from __future__ import annotations

import re

HEAD_SIZE = 4096

_GZIP = b"\x1f\x8b"
_TEXT_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|meta|title|script|link|div|article|section|p|h1|table)\b", re.I
)
_MARKUP = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<", re.S)
_FEED = re.compile(rb"<\s*(?:rss|feed|urlset|sitemapindex|rdf:RDF)\b", re.I)
_JSON_OBJECT = re.compile(rb'\s*\{\s*(?:"|\})')
_MAGIC = {
    b"%PDF-": "pdf",
    b"\x89PNG": "png",
    b"\xff\xd8\xff": "jpeg",
    b"GIF8": "gif",
    b"PK\x03\x04": "zip",
    b"WARC/": "warc",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"PAR1": "parquet",
}
_NAMES = {".html": "html", ".htm": "html", ".txt": "text", ".jsonl": "jsonl", ".ndjson": "jsonl"}


def is_gzip(head: bytes) -> bool:
    return head.startswith(_GZIP)


def sniff(head: bytes, name: str) -> str:
    """The kind of a file: html, text or jsonl; any other word names what it is instead.

    Args:
        head: its first bytes, uncompressed.
        name: its file name without a compression suffix.
    """
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            return kind
    by_name = next((kind for suffix, kind in _NAMES.items() if name.lower().endswith(suffix)), None)
    if _is_binary(head):
        return "binary data"
    visible = head.replace(b"\0", b"")  # UTF-16 markup, readable enough to be recognised
    if by_name == "jsonl" or (by_name is None and _JSON_OBJECT.match(visible) and _has_whole_line(visible)):
        return "jsonl"
    if _FEED.search(visible[:1000]) and not _HTML.search(visible[:1000]):
        return "feed"
    if _looks_like_html(visible):
        return "html"
    return by_name or "text of an unknown kind"


def _is_binary(head: bytes) -> bool:
    """NUL or many control characters, where no byte order mark announces UTF-16."""
    if head.startswith(_TEXT_BOMS):
        return False
    control = sum(head.count(code) for code in (*range(9), *range(14, 27), *range(28, 32)))
    return b"\0" in head or control > len(head) // 20


def _looks_like_html(head: bytes) -> bool:
    return bool(_MARKUP.match(head.lstrip(b"\xef\xbb\xbf\xff\xfe"))) and bool(_HTML.search(head))


def _has_whole_line(head: bytes) -> bool:
    """One object a line, not one object over many lines."""
    first = head.split(b"\n", 1)[0].rstrip()
    return first.endswith(b"}") or len(head) == HEAD_SIZE and len(first) == HEAD_SIZE
