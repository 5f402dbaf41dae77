"""Lines as they are stored: white space collapsed, nothing that a database refuses; blocks with spans."""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.language.storable import storable
from etl.records import Block

# Marks that renderers leave inside words: soft hyphen, zero-width space, word joiner, byte order mark.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_WORD = re.compile(r"\w+")

# Scripts written without spaces: every character counts as a word.
_CHARACTER_SCRIPTS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
)


def collapse(text: str) -> str:
    """One storable line: every run of white space or control characters becomes one space."""
    line = " ".join(text.split())
    # Nearly every line is printable already, and printable text has neither invisible marks nor control characters.
    return (
        line
        if line.isprintable()
        else " ".join(_CONTROL.sub(" ", _INVISIBLE.sub("", storable(line))).split())
    )


def count_words(text: str) -> int:
    """Words of a text; in scripts without spaces every second character counts as one."""
    if text.isascii() or not (characters := len(_CHARACTER_SCRIPTS.findall(text))):
        return len(_WORD.findall(text))
    return len(_WORD.findall(_CHARACTER_SCRIPTS.sub(" ", text))) + characters // 2


def words_of(text: str) -> list[str]:
    """Lower-case words, for comparing two spellings of one line."""
    return _WORD.findall(text.lower())


def words_and_count(text: str) -> tuple[list[str], int]:
    """The lower-case words of a line, and how many words it counts as."""
    words = words_of(text)
    return words, len(words) if text.isascii() else count_words(text)


def is_same_line(left: str, right: str) -> bool:
    """Whether two lines have the same words, whatever their case and punctuation."""
    words = words_of(left)
    return bool(words) and words == words_of(right)


def likeness(left: str, right: str) -> float:
    """The share of words two lines have in common (Jaccard, 0..1)."""
    first, second = set(words_of(left)), set(words_of(right))
    return len(first & second) / max(len(first | second), 1)


def assemble(pieces: Iterable[tuple[str, str]]) -> tuple[str, tuple[Block, ...]]:
    """Join (kind, text) pieces by blank lines.

    Returns:
        The body text and its blocks; each block's span spells its piece. Empty pieces are left out.
    """
    texts: list[str] = []
    blocks: list[Block] = []
    position = 0
    for kind, raw in pieces:
        text = collapse(raw)
        if not text:
            continue
        texts.append(text)
        blocks.append(Block(kind, position, position + len(text)))
        position += len(text) + 2
    return "\n\n".join(texts), tuple(blocks)
