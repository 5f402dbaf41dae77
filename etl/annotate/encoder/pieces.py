"""Text to word pieces with their features, and windows over them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from etl.annotate.text.quotations import Quotation, quoted_characters

Integers = NDArray[np.int64]

SEPARATOR_PIECE = 102
START_PIECE = 101
_SENTENCE_ENDS = (1012, 1029, 999)  # pieces of . ? !
_SHAPES = 9  # kinds of letter case, see _shape
_CORE, _BEFORE, _AFTER = 220, 16, 4  # pieces read in one window, with their context

_PLAIN_MARKS = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "\xa0": " "}
)
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text as the encoder reads it: pieces, with a separator where a line ends, and the words they spell.

    `ids`, `features`, `word` (-1 at a separator) and `is_first` run over the pieces; `starts`, `ends`,
    `line` and `first_piece` over the words.
    """

    ids: Integers
    features: Integers
    word: Integers
    is_first: NDArray[np.bool_]
    starts: Integers
    ends: Integers
    line: Integers
    first_piece: Integers


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces `context_start` to `context_end` are read, the answers for `start` to `end` are kept."""

    context_start: int
    start: int
    end: int
    context_end: int


def plain_text(text: str, quotations: tuple[Quotation, ...]) -> str:
    """Write quotation marks as the encoder was taught them, without changing the length."""
    plain = list(_SURROGATES.sub("\ufffd", text).translate(_PLAIN_MARKS))
    for quotation in quotations:
        _mark(plain, quotation.start, quotation.inner_start, '"', " ")
        if quotation.is_closed:
            _mark(plain, quotation.inner_end, quotation.end, " ", '"')
    return "".join(plain)


def _mark(plain: list[str], start: int, end: int, before: str, after: str) -> None:
    """Put one double mark in place of a mark of one or two characters."""
    if end - start == 1:
        plain[start] = '"'
    else:
        plain[start], plain[start + 1] = (" ", '"') if before == '"' else ('"', after.replace('"', " "))


def cut_into_pieces(tokenizer: Tokenizer, text: str, quotations: tuple[Quotation, ...]) -> Pieces:
    """Cut a text into pieces; word offsets are code points of `text`."""
    plain = plain_text(text, quotations)
    encoding = tokenizer.encode(plain, add_special_tokens=False)
    ids = np.array(encoding.ids, np.int64)
    if not len(ids):
        none = np.zeros(0, np.int64)
        return Pieces(none, none, none, np.zeros(0, np.bool_), none, none, none, none)
    offsets = np.array(encoding.offsets, np.int64)
    word_ids = np.array(encoding.word_ids, np.int64)
    is_first = np.concatenate([[True], word_ids[1:] != word_ids[:-1]])
    word = np.cumsum(is_first) - 1
    first = np.flatnonzero(is_first)
    last = np.append(first[1:], len(ids)) - 1
    starts = offsets[first, 0]
    ends = _with_marks(text, offsets[last, 1])
    line_ends = np.array([found.start() for found in re.finditer("\n", text)], np.int64)
    line = np.searchsorted(line_ends, starts)
    features = _features(plain, quotations, starts, ends)[word]
    # A separator before each line's first piece.
    breaks = first[1:][line[1:] != line[:-1]]
    is_first = np.insert(is_first, breaks, False)
    return Pieces(
        ids=np.insert(ids, breaks, SEPARATOR_PIECE),
        features=np.insert(features, breaks, 0),
        word=np.insert(word, breaks, -1),
        is_first=is_first,
        starts=starts,
        ends=ends,
        line=line,
        first_piece=np.flatnonzero(is_first),
    )


def _with_marks(text: str, ends: Integers) -> Integers:
    """Let each word take the combining marks behind it, which the tokenizer drops."""
    out = ends.copy()
    for i, end in enumerate(ends.tolist()):
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        out[i] = end
    return out


def _features(plain: str, quotations: tuple[Quotation, ...], starts: Integers, ends: Integers) -> Integers:
    inside = np.frombuffer(bytes(quoted_characters(plain, quotations)), np.uint8)
    spans = zip(starts.tolist(), ends.tolist(), strict=True)
    shapes = np.array([_shape(plain[start:end]) for start, end in spans], np.int64)
    return shapes + _SHAPES * inside[starts].astype(np.int64)


@lru_cache(maxsize=50_000)
def _shape(word: str) -> int:
    """Letter case of a word: the encoder's pieces are lower case."""
    if word.isalpha():
        if word.islower():
            return 1
        if word.isupper():
            return 2 if len(word) > 1 else 3
        return 4 if word[0].isupper() and word[1:].islower() else 5
    if any(character.isdigit() for character in word):
        return 6
    return 7 if any(character.isupper() for character in word) else 8


def windows(pieces: Pieces) -> Iterator[Window]:
    """Cut the pieces into windows: at a near line's end, else after a sentence, else at a word."""
    count, start = len(pieces.ids), 0
    while start < count:
        end = _window_end(pieces, start)
        context_start = max(0, start - _BEFORE)
        while context_start < start and not pieces.is_first[context_start]:
            context_start += 1
        context_end = min(count, end + _AFTER)
        while end < context_end < count and not _starts_word(pieces, context_end):
            context_end -= 1
        yield Window(context_start, start, end, context_end)
        start = end


def _starts_word(pieces: Pieces, position: int) -> bool:
    return bool(pieces.is_first[position] or pieces.word[position] == -1)


def _window_end(pieces: Pieces, start: int) -> int:
    end = start + _CORE
    if end >= len(pieces.ids):
        return len(pieces.ids)
    third, half = start + _CORE // 3, start + _CORE // 2
    line_ends = np.flatnonzero(pieces.word[third : end + 1] == -1)
    if len(line_ends):
        return third + int(line_ends[-1]) + 1
    firsts = np.flatnonzero(pieces.is_first[half : end + 1]) + half
    if not len(firsts):
        return end
    after_sentence = [i for i in firsts[-40:].tolist() if pieces.ids[i - 1] in _SENTENCE_ENDS]
    return after_sentence[-1] if after_sentence else int(firsts[-1])
