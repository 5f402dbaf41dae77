"""What characters the lines of a page are made of, counted for all lines at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[Any]

_START = 400
_LONG = 2000
_LETTER, _CAPITAL, _DIGIT, _CODE, _SEPARATOR, _SPACE = (1 << bit for bit in range(6))
_CODE_MARKS = r"{}<>=\_[]#$"
_SEPARATORS = "|·•>»/→"


@dataclass(frozen=True, slots=True)
class Characters:
    """For each line how many characters it has of a kind.

    `length`, `letters`, `capitals`, `digits` and `code` are of its first 400 characters, `initial_capitals` (those that
    start a word) of its first 2,000, `separators` of all of it.
    """

    length: Counts
    letters: Counts
    capitals: Counts
    digits: Counts
    code: Counts
    initial_capitals: Counts
    separators: Counts


def count_characters(texts: Sequence[str]) -> Characters:
    """Count the characters of each line; each array has one number a line."""
    # The space before each line makes its first character the start of a word.
    joined = "".join(f" {text}" for text in texts)
    kinds = _kinds()[np.frombuffer(joined.encode("utf-32-le", "replace"), dtype=np.uint32)]
    lengths = np.array([len(text) for text in texts])
    stops = np.cumsum(lengths + 1)
    starts = stops - lengths

    def count(flags: Counts, longest: int) -> Counts:
        before = np.concatenate([[0], np.cumsum(flags, dtype=np.int64)])
        return np.asarray(before[np.minimum(starts + longest, stops)] - before[starts])

    is_capital = kinds & _CAPITAL != 0
    is_initial = np.concatenate([[False], kinds[:-1] & _SPACE != 0])
    return Characters(
        length=np.minimum(lengths, _START),
        letters=count(kinds & _LETTER != 0, _START),
        capitals=count(is_capital, _START),
        digits=count(kinds & _DIGIT != 0, _START),
        code=count(kinds & _CODE != 0, _START),
        initial_capitals=count(is_capital & is_initial, _LONG),
        separators=count(kinds & _SEPARATOR != 0, len(joined)),
    )


@cache
def _kinds() -> NDArray[np.uint8]:
    """The kinds of every character there is, one bit each."""
    every = np.arange(0x110000, dtype=np.uint32).view("<U1")
    kinds = np.where(np.strings.isalpha(every), _LETTER, 0)
    kinds |= np.where(np.strings.isupper(every), _CAPITAL, 0)
    kinds |= np.where(np.strings.isdigit(every), _DIGIT, 0)
    for kind, characters in ((_CODE, _CODE_MARKS), (_SEPARATOR, _SEPARATORS), (_SPACE, " ")):
        kinds[[ord(character) for character in characters]] |= kind
    return kinds.astype(np.uint8)
