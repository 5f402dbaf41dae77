"""From bytes to text: byte order mark, UTF-8, then the charset that reads the page's words best."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

import webencodings
from webencodings import PYTHON_NAMES

from etl.language.charsets import BYTE_ORDER_MARKS, likeliest, mended_utf8, wide_charset
from etl.records import Evidence

_META = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
# What a charset of the standard is decoded with where Python has no codec of its name, or another one by it.
_CODECS = PYTHON_NAMES | {"gbk": "gb18030"}  # https://encoding.spec.whatwg.org/#gbk-decoder
_TEXT_CODECS = re.compile(r"utf|iso|windows|cp\d|ibm|koi8|gb|big5|euc|hz|mac|kz|ptcp|tis|johab|shift", re.I)
# Codecs whose bytes are all ASCII: valid UTF-8 says nothing against them.
_SEVEN_BIT = ("iso-2022", "iso2022", "hz", "utf-7")
_SAMPLE = 200_000
_MAX_CONTROL = 0.02
_CONTROL = bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)])


class Decoded(NamedTuple):
    """A page's text and the codec it was read with; where neither a mark nor UTF-8 told it, the evidence for it.

    Its origin is declared or letters, its confidence how well the text reads in that charset.
    """

    text: str
    charset: str
    evidence: tuple[Evidence, ...] = ()


def decode(body: bytes, declared: str | None = None) -> Decoded | None:
    """Decode a page.

    Valid UTF-8 is decoded without loss, whatever was declared, unless a byte order mark or a seven-bit
    declaration (iso-2022-jp) says otherwise. Other bytes are in the charset that reads their words best; what
    was declared decides between those that read nearly alike.

    Args:
        body: the page's bytes.
        declared: the charset that the transport declared, if any.

    Returns:
        None where the bytes are no text in any known charset.
    """
    named = list(dict.fromkeys(_declared(body, declared)))
    return next((reading for reading in _readings(body, named) if _is_text(reading.text)), None)


def _readings(body: bytes, named: list[str]) -> Iterator[Decoded]:
    mark = next(((mark, name) for mark, name in BYTE_ORDER_MARKS if body.startswith(mark)), None)
    if mark:
        yield Decoded(body[len(mark[0]) :].decode(mark[1], "replace"), mark[1])
        return
    wide = wide_charset(body)
    if wide:
        yield Decoded(body.decode(wide, "replace"), wide)
    seven_bit = named[0] if named and named[0].startswith(_SEVEN_BIT) else None
    for name in filter(None, (seven_bit, "utf-8")):
        try:
            yield Decoded(body.decode(name), name)
        except (UnicodeError, ValueError):
            continue
    mended = mended_utf8(body)
    if mended is not None:
        yield Decoded(mended, "utf-8")
    points = {_codec_name(name) or name: value for name, value in likeliest(body, named).items()}
    charset = next(iter(points))
    evidence = tuple(
        Evidence(
            "charset",
            name,
            "declared" if name in named else "letters",
            round(min(max(value, 0.0), 1.0), 3),
            name == charset,
        )
        for name, value in points.items()
    )
    yield Decoded(body.decode(charset, "replace"), charset, evidence)


def _declared(body: bytes, declared: str | None) -> Iterator[str]:
    """The codecs that the transport and the page name."""
    labels = [declared] if declared else []
    found = _META.search(body, 0, 4096)
    if found:
        labels.append(found.group(1).decode("ascii"))
    for name in filter(None, map(_codec_name, labels)):
        # <meta> is read as ASCII, so a page that says utf-16 there is not; nor is one in UTF-8 that is none.
        if not name.startswith("utf-") or name == "utf-7":
            yield name


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


def _is_text(text: str) -> bool:
    sample = text[:_SAMPLE]
    data = sample.encode("utf-8", "replace")
    control = len(data) - len(data.translate(None, _CONTROL))
    return control + sample.count("\ufffd") <= _MAX_CONTROL * max(len(sample), 1)
