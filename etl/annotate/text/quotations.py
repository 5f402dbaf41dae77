"""Quotation marks of every style, paired inside each line."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DOUBLE_OPENERS = "“«„"
_DOUBLE_CLOSERS = "”»“"
_LEAST_UNCLOSED = 20  # characters: a shorter unclosed quotation is a stray mark
_MARK = re.compile("[“«„\"'‘`]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """An outermost quotation with its marks; the words lie between `inner_start` and `inner_end`."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    is_closed: bool


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Find the outermost quotations, sorted.

    A quotation never crosses a line end: one that is not closed there runs to the line's end, as the
    paragraphs of a long quotation do.
    """
    found: list[Quotation] = []
    for line in re.finditer(r"[^\n]+", text):
        position = line.start()
        while (quotation := _next_quotation(text, position, line.end())) is not None:
            found.append(quotation)
            position = quotation.end
    return tuple(found)


def _next_quotation(text: str, start: int, line_end: int) -> Quotation | None:
    for mark in _MARK.finditer(text, start, line_end):
        position = mark.start()
        width = _opening_width(text, position)
        if width:
            close = _closing(text, position, width, line_end)
            if close is not None:
                return Quotation(position, close[1], position + width, close[0], True)
            # An unmatched single mark is an apostrophe; an unmatched double mark opens to the line's end.
            if text[position] not in "'‘" and line_end - position > _LEAST_UNCLOSED:
                return Quotation(position, line_end, position + width, line_end, False)
    return None


def closing_mark(text: str, start: int, end: int) -> int | None:
    """Where the quotation ends, its mark included, that opens at `start`; None where none opens or it stays open."""
    width = _opening_width(text, start)
    close = _closing(text, start, width, end) if width else None
    return close[1] if close else None


def _opening_width(text: str, position: int) -> int:
    """How many characters the opening mark at `position` takes; 0 where none stands."""
    character = text[position]
    if character in _DOUBLE_OPENERS:
        return 1
    before = text[position - 1] if position else " "
    after = text[position + 1 : position + 3]
    starts_word = not before.isalnum() and bool(after) and not after[0].isspace()
    if text.startswith("``", position) or (text.startswith("''", position) and not before.isalnum()):
        return 2 if starts_word else 0
    if character == '"':
        return 1 if starts_word or not before.isalnum() and not _is_dash(text, position) else 0
    if character in "'‘" and starts_word and before not in ".,’'":
        return 1
    return 0


def _is_dash(text: str, position: int) -> bool:
    """Whether a mark between two spaces stands for a dash: no other mark of its line is left for it."""
    start, end = text.rfind("\n", 0, position) + 1, text.find("\n", position)
    is_between = text[position - 1 : position] == " " and text[position + 1 : position + 2] == " "
    return is_between and text.count('"', start, end if end >= 0 else len(text)) % 2 == 1


def _closing(text: str, start: int, width: int, line_end: int) -> tuple[int, int] | None:
    """Start and end of the mark that closes the quotation opened at `start`."""
    mark = text[start]
    if mark in "‘'" and width == 1:
        return _closing_single(text, start, line_end)
    for position in range(start + width, line_end):
        character = text[position]
        if mark in _DOUBLE_OPENERS:
            if character in _DOUBLE_CLOSERS and not (character == "“" and mark == "“"):
                return position, position + 1
            if character == '"' and not text[position - 1].isspace():
                return position, position + 1
        elif width == 2 and text.startswith("''", position):
            return position, position + 2
        elif character in '"”' and (width == 1 or character == "”"):
            return position, position + 1
    return None


def _closing_single(text: str, start: int, line_end: int) -> tuple[int, int] | None:
    for position in range(start + 2, line_end):
        if text[position] not in "’'":
            continue
        after = text[position + 1] if position + 1 < line_end else " "
        if not after.isalnum() and not text[position - 1].isspace():
            return position, position + 1
    return None


def quoted_characters(text: str, quotations: tuple[Quotation, ...]) -> bytearray:
    """One byte a character of `text`: 1 inside a quotation, its marks included."""
    inside = bytearray(len(text))
    for quotation in quotations:
        inside[quotation.start : quotation.end] = b"\x01" * (quotation.end - quotation.start)
    return inside
