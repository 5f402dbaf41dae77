"""Which charset bytes are in: by what decodes, and by how the letters and signs then stand in their words.

A wrong charset shows in the text it gives: "zag³osowa³a" has a power inside a word, "Dvoøák" a letter that Czech
doesn't have, "оПРТ" capitals behind small letters. Each character beyond ASCII gets points for where it stands; the
charset with the best mean is the likeliest.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice

from charset_normalizer import from_bytes

from etl.language import word_lists

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What pages without a declaration are in, the commonest first: of two that read the same, the first is taken.
_ONE_BYTE = (
    "cp1252", "cp1250", "cp1254", "iso-8859-15", "iso-8859-2", "cp1257", "cp1251", "koi8-u", "cp1253", "cp1255",
    "cp1256", "cp874", "iso-8859-5", "iso-8859-7", "cp866", "mac-roman", "cp852", "cp850",
)  # fmt: skip
_LATIN = frozenset({
    "cp1252", "cp1250", "cp1254", "iso-8859-15", "iso-8859-1", "iso-8859-2", "cp1257", "mac-roman", "cp852", "cp850",
    "cp437", "latin-1",
})  # fmt: skip
_SAMPLE = 200_000  # bytes that are looked at
_DETECTOR_SAMPLE = 20_000
_MOST = 3000  # characters that get points
_WORDS = 2000  # bytes whose language is asked for
_NUL_SHARE, _NUL_STRAY = 0.4, 0.02  # of every other byte of UTF-16, which news has in ASCII for a good part
_FOREIGN_SHARE = 0.2  # of the letters beyond ASCII; no language in Latin letters but Vietnamese has as many
# Hand-set: a declaration decides between charsets that read nearly the same, and no more than that.
_DECLARED, _DETECTED = 0.1, 0.2
_SILENT = re.compile(rb"<(script|style)\b.*?</\1\s*>|<[^>]{0,5000}>|&#?\w{1,8};", re.I | re.S)
_LANGUAGE = re.compile(rb"""<html[^>]{0,300}?\blang\s*=\s*["']?\s*([a-z]{2})\b""", re.I)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_ESCAPED = re.compile("[\udc80-\udcff]+")
_WESTERN = frozenset("àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿßœ")
_OPENING, _CLOSING = frozenset("“‘„«‚‹¿¡"), frozenset("”’»›“‘")
_SUPERSCRIPTS = frozenset("¹²³ªº°")
_MONEY = frozenset("£€¥¢")
_INSIDE_WORDS = frozenset("’—·")
_GARBAGE, _GLUED, _ODD = -6.0, -2.0, -1.0


def wide_charset(head: bytes) -> str | None:
    """The charset of text whose ASCII takes more than a byte, by its byte order mark or its NULs; None for another."""
    marked = next((name for mark, name in BYTE_ORDER_MARKS if head.startswith(mark)), None)
    if marked:
        return None if marked == "utf-8" else marked
    halves = head[:4096:2], head[1:4096:2]
    nuls = [half.count(0) / max(len(half), 1) for half in halves]
    if len(head) >= 8 and min(nuls) <= _NUL_STRAY and max(nuls) >= _NUL_SHARE:
        return "utf-16-le" if nuls[1] > nuls[0] else "utf-16-be"
    return None


def mended_utf8(data: bytes) -> str | None:
    """The text of bytes most of whose characters beyond ASCII are valid UTF-8; None for other bytes.

    What is no UTF-8 there was pasted from windows-1252 where that gives a character that fits its place, else it is
    broken: U+FFFD.
    """
    text = data.decode("utf-8", "surrogateescape")
    bad = sum(map(len, _ESCAPED.findall(text)))
    if bad and len(_BEYOND_ASCII.findall(text)) < 2 * bad:
        return None
    return mended(text)


def mended(text: str) -> str:
    """Text that was decoded as UTF-8 with the handler surrogateescape, its broken bytes read as `mended_utf8` does."""
    return _ESCAPED.sub(_mended, text)


def _mended(found: re.Match[str]) -> str:
    broken = found[0].encode("utf-8", "surrogateescape")
    text = broken.decode("cp1252", "replace")
    is_cut = broken[0] >= 0xC2 and (len(broken) > 1 and 0x80 <= broken[1] < 0xC0)
    around = found.string[max(found.start() - 1, 0) : found.start()] + text
    at = len(around) - len(text)
    around += found.string[found.end() : found.end() + 1]
    fits = all(_points(around, at + i, _letters(())) > 0 for i in range(len(text)))
    return text if fits and not is_cut else "\ufffd"


def likeliest(data: bytes, declared: Sequence[str] = ()) -> dict[str, float]:
    """The codec that reads bytes best which are no UTF-8, then those that were declared, each with its mean points.

    1 is the most that a reading gets by itself; a declaration adds a little.

    Args:
        data: a page or a line.
        declared: codecs that were named for it, the one to trust most first.
    """
    sample = _SILENT.sub(b" ", data[:_SAMPLE])
    own = _letters(_languages(data, sample))
    bonus = {name: _DECLARED for name in reversed(declared)}
    detected = _detected(sample)
    if detected:
        bonus.setdefault(detected, _DETECTED)
    names = dict.fromkeys((*bonus, *_ONE_BYTE))
    scores = {name: _score(sample, name, own) + bonus.get(name, 0.0) for name in names}
    best = max(scores, key=lambda name: round(scores[name], 6))
    return {name: scores[name] for name in dict.fromkeys((best, *declared))}


class LineDecoder:
    """Decodes the lines of a file that is in UTF-8 for the most part, or in one older charset for the rest of it.

    `charset` is the one known so far; a file in UTF-8 so far may turn out to be in an older one.
    """

    def __init__(self, sample: bytes = b"") -> None:
        self.charset = "utf-8" if mended_utf8(sample) is not None else next(iter(likeliest(sample)))

    def decode(self, line: bytes) -> str:
        text = mended_utf8(line)
        if text is None:
            if self.charset == "utf-8":
                self.charset = next(iter(likeliest(line)))
            text = line.decode(self.charset, "replace")
        return text


def _languages(data: bytes, sample: bytes) -> Iterable[str]:
    """What the page declares as its language, and what its ASCII letters make likely."""
    found = _LANGUAGE.search(data[:4096])
    if found:
        yield found[1].decode("ascii").lower()
    words = " ".join(sample.decode("ascii", "ignore").split())[:_WORDS]
    if len(words) > 40:
        from py3langid.langid import classify  # loads its model at the first call

        yield str(classify(words)[0])


def _letters(languages: Iterable[str]) -> frozenset[str]:
    table = word_lists.table("alphabets")
    return frozenset("".join(table.get(language, "") for language in languages).split(" "))


@cache
def _known_letters() -> frozenset[str]:
    return frozenset(" ".join(word_lists.table("alphabets").values()).split())


def _detected(sample: bytes) -> str | None:
    """The charset that a detector by frequencies finds for what is hardly in Latin letters; None for other text."""
    high = sum(byte >= 0x80 for byte in sample[:_DETECTOR_SAMPLE])
    plain = len(re.findall(rb"[A-Za-z]", sample[:_DETECTOR_SAMPLE]))
    if high <= _FOREIGN_SHARE * (high + plain):
        return None
    best = from_bytes(sample[:_DETECTOR_SAMPLE]).best()
    name = best.encoding.replace("_", "-") if best else None
    return None if name in _LATIN else name


def _score(sample: bytes, name: str, own: frozenset[str]) -> float:
    try:
        text = sample.decode(name, "replace")
    except (UnicodeError, LookupError, ValueError):
        return _GARBAGE
    places = [found.start() for found in islice(_BEYOND_ASCII.finditer(text), _MOST)]
    return sum(_points(text, place, own) for place in places) / max(len(places), 1)


def _points(text: str, place: int, own: frozenset[str]) -> float:
    """How well the character at a place stands there, 1 at best."""
    sign = text[place]
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    kind = unicodedata.category(sign)
    if sign == "\ufffd" or kind in ("Cc", "Co", "Cn"):
        return _GARBAGE
    if kind[0] == "L" and sign not in _SUPERSCRIPTS:
        return _letter_points(sign, before, after, own)
    if kind[0] == "M":
        return 0.8 if _script(before) == _script(sign) else _GLUED
    if before.isalpha() and after.isalpha() and not (sign in _INSIDE_WORDS or sign == "\xa0"):
        return _GLUED
    return _sign_points(sign, before, after)


def _letter_points(sign: str, before: str, after: str, own: frozenset[str]) -> float:
    scripts = {_script(other) for other in (before, after) if other.isalpha()}
    if scripts - {_script(sign)}:
        return _GLUED
    if sign.isupper() and before.islower() or sign.islower() and after.isupper():
        return _ODD
    if before.isdigit() or after.isdigit():
        return _ODD
    folded = sign.lower()
    is_alone = not scripts
    if folded in own:
        return 0.8 if is_alone else 1.0
    if is_alone:
        return 0.0 if sign.islower() else -0.3
    if _script(sign) != "latin":
        return 0.8 if folded in _known_letters() or _script(sign) in _WITHOUT_ALPHABET else -0.3
    if folded in _WESTERN:
        return 0.3
    return 0.1 if folded in _known_letters() else -0.3


def _sign_points(sign: str, before: str, after: str) -> float:
    if sign in _MONEY:
        return 0.8 if _is_digit(before) or _is_digit(after) else 0.1
    if sign in _INSIDE_WORDS and before.isalpha() and after.isalpha():
        return 1.0
    if sign in _OPENING and not before.isalnum() and not after.isspace():
        return 0.8
    if sign in _CLOSING and before and not before.isspace() and not after.isalnum():
        return 0.8
    if sign in "«»" and (before.isspace() or after.isspace()):
        return 0.6
    if sign in "–—":
        return 0.6 if before.isspace() == after.isspace() else 0.3
    if sign in "…\xa0":
        return 0.4
    if sign in _SUPERSCRIPTS:
        return 0.4 if before.isalnum() else _ODD
    kind = unicodedata.category(sign)
    if kind == "No":
        return 0.3 if not before.isalpha() else _ODD
    if _script(sign) in _WITHOUT_ALPHABET:
        return 0.8
    return 0.3 if sign in "©®§×™•·" else -0.5


def _is_digit(sign: str) -> bool:
    return sign.isdigit()


_WITHOUT_ALPHABET = frozenset({"arabic", "thai", "east asian"})
"""Scripts of whose letters all are alike to us."""

_SCRIPTS = (
    (0x0250, "latin"),
    (0x0370, "phonetic"),
    (0x0400, "greek"),
    (0x0530, "cyrillic"),
    (0x0590, "armenian"),
    (0x0600, "hebrew"),
    (0x0780, "arabic"),
    (0x0E00, "indic"),
    (0x0E80, "thai"),
    (0x1E00, "other"),
    (0x1F00, "latin"),
    (0x2000, "greek"),
    (0x2E80, "sign"),
    (0xFB00, "east asian"),
    (0xFB50, "hebrew"),
    (0xFF00, "arabic"),
    (0xFF61, "east asian"),
    (0xFFA0, "halfwidth"),
    (0x110000, "east asian"),
)


def _script(sign: str) -> str:
    """The script of a letter, roughly: by the block that it is in."""
    return next(name for end, name in _SCRIPTS if ord(sign) < end) if sign else ""
