"""From bytes to text: byte order mark, declaration, <meta>, then detection."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

import webencodings
from charset_normalizer import from_bytes
from webencodings import PYTHON_NAMES

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
# What a charset of the standard is decoded with where Python has no codec of its name, or another one by it.
_CODECS = PYTHON_NAMES | {"gbk": "gb18030"}  # https://encoding.spec.whatwg.org/#gbk-decoder
_TEXT_CODECS = re.compile(r"utf|iso|windows|cp\d|ibm|koi8|gb|big5|euc|hz|mac|kz|ptcp|tis|johab|shift", re.I)
# Codecs whose bytes are all ASCII: valid UTF-8 says nothing against them.
_SEVEN_BIT = ("iso-2022", "iso2022", "hz", "utf-7")
_SAMPLE = 200_000
_MAX_DAMAGE = 0.01
_MAX_CONTROL = 0.02
_CONTROL = bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)])


def decode(body: bytes, declared: str | None = None) -> tuple[str, str] | None:
    """Decode a page.

    Valid UTF-8 is decoded without loss, whatever was declared, unless a byte order mark or a seven-bit
    declaration (iso-2022-jp) says otherwise.

    Args:
        body: the page's bytes.
        declared: the charset that the transport declared, if any.

    Returns:
        The text and the charset's name, or None where the bytes are no text in any known charset.
    """
    for mark, name in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            text = body[len(mark) :].decode(name, errors="replace")
            return (text, name) if _is_text(text) else None
    candidates = list(dict.fromkeys(_candidates(body, declared)))
    for errors in ("strict", "replace"):
        for name in candidates:
            decoded = _attempt(body, name, errors)
            if decoded is not None:
                return decoded, name
    detected = _detect(body)
    if detected is None:
        return None
    decoded = _attempt(body, detected, "replace")
    return None if decoded is None else (decoded, detected)


def _candidates(body: bytes, declared: str | None) -> Iterator[str]:
    labels = [declared] if declared else []
    found = _META.search(body, 0, 4096)
    if found:
        labels.append(found.group(1).decode("ascii"))
    names = [name for name in map(_codec_name, labels) if name]
    # <meta> is read as ASCII, so a page that says utf-16 there is not.
    if b"\0" not in body[:1000]:
        names = [name for name in names if not name.startswith(("utf-16", "utf-32"))]
    if not (names and names[0].startswith(_SEVEN_BIT)):
        yield "utf-8"
    yield from names


def _codec_name(label: str) -> str | None:
    """The codec of a label, which means what browsers take it to mean; what they refuse is left to Python."""
    label = label.strip().strip("\"'").lower().removeprefix("charset=")
    try:
        known = webencodings.lookup(label) or webencodings.lookup(codecs.lookup(label).name)
        name = label if known is None or known.name == "replacement" else known.name
        name = _CODECS.get(name, name)
        codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return name if _TEXT_CODECS.match(name) else None


def _attempt(body: bytes, name: str, errors: str) -> str | None:
    try:
        text = body.decode(name, errors=errors)
    except (UnicodeError, ValueError):
        return None
    if errors == "replace" and text.count("\ufffd") > _MAX_DAMAGE * len(text):
        return None
    return text if _is_text(text) else None


def _detect(body: bytes) -> str | None:
    best = from_bytes(body[:_SAMPLE]).best()
    return _codec_name(best.encoding.replace("_", "-")) if best else None


def _is_text(text: str) -> bool:
    sample = text[:_SAMPLE]
    data = sample.encode("utf-8", "replace")
    control = len(data) - len(data.translate(None, _CONTROL))
    return control + sample.count("\ufffd") <= _MAX_CONTROL * max(len(sample), 1)
