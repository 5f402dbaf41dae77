"""Tells what a file is: by its first bytes, and by its name where these leave it open."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath

HEAD_SIZE = 4096

_TEXT_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|meta|title|script|link|div|article|section|p|h1|table)\b", re.I
)
_MARKUP = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<", re.S)
_FEED = re.compile(rb"<\s*(?:rss|feed|urlset|sitemapindex|rdf:RDF)\b", re.I)
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
    if _is_binary(head):
        return "binary data"
    visible = head.replace(b"\0", b"")  # UTF-16 markup, readable enough to be recognised
    if by_name in ("csv", "tsv", "jsonl"):
        return by_name
    if _FEED.search(visible[:1000]) and not _HTML.search(visible[:1000]):
        return "feed"
    if _MIME_HEADER.match(visible) and _MHTML.search(visible):
        return "mhtml"
    if _looks_like_html(visible):
        return "html"
    if by_name in (None, "json") and _JSON.match(visible):
        return "jsonl" if _is_an_object_a_line(visible) else "json"
    return by_name or "text of an unknown kind"


def _is_binary(head: bytes) -> bool:
    """NUL or many control characters, where no byte order mark announces UTF-16."""
    if head.startswith(_TEXT_BOMS):
        return False
    control = sum(head.count(code) for code in (*range(9), *range(14, 27), *range(28, 32)))
    return b"\0" in head or control > len(head) // 20


def _looks_like_html(head: bytes) -> bool:
    return bool(_MARKUP.match(head.lstrip(b"\xef\xbb\xbf\xff\xfe"))) and bool(_HTML.search(head))


def _is_an_object_a_line(head: bytes) -> bool:
    """A first line that is one object before another; one longer than the head may be either."""
    first, _, rest = head.partition(b"\n")
    try:
        return isinstance(json.loads(first), dict) and rest.lstrip().startswith(b"{")
    except (ValueError, RecursionError):
        return False
