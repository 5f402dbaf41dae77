"""A text with its lines, sentences and quotations: what the rules look around in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from etl.annotate.text.quotations import Quotation, find_quotations, quoted_characters
from etl.language import word_lists
from etl.records import Span

MAX_SENTENCE = 2000
"""Characters. Text with longer ones is no prose: a list, or a page whose full stops were lost."""

WORD = re.compile(r"\w+(?:['’.\-]\w+)*")
_SENTENCE_END = re.compile(r"[.!?…]+[\"”’'»)\]]*\s+(?=[\"“‘'«(\[]*[A-Z0-9])")
_LAST_WORD = re.compile(r"(?:[A-Za-z]\.)+$|\w+\.?$")


@dataclass(frozen=True, slots=True)
class Document:
    """A text and where its lines, sentences and quotations lie."""

    text: str
    lines: tuple[Span, ...]
    sentences: tuple[Span, ...]
    quotations: tuple[Quotation, ...]
    quoted: bytearray

    def line(self, position: int) -> Span:
        """The line that holds a position."""
        return self.lines[self.line_index(position)]

    def line_index(self, position: int) -> int:
        return max(0, bisect_right(self.lines, (position, len(self.text) + 1)) - 1)

    def sentence(self, position: int) -> Span:
        """The sentence that holds a position."""
        return self.sentences[self.sentence_index(position)]

    def sentence_index(self, position: int) -> int:
        return max(0, bisect_right(self.sentences, (position, len(self.text) + 1)) - 1)

    def quotation(self, position: int) -> Quotation | None:
        """The quotation around a position, if any."""
        index = bisect_right(self.quotations, position, key=lambda quotation: quotation.start) - 1
        if index >= 0 and position < self.quotations[index].end:
            return self.quotations[index]
        return None

    def quotations_in(self, span: Span) -> list[Quotation]:
        """The quotations that share characters with a span."""
        first = bisect_right(self.quotations, span[0], key=lambda quotation: quotation.start) - 1
        out = []
        for quotation in self.quotations[max(0, first) :]:
            if quotation.start >= span[1]:
                break
            if quotation.end > span[0]:
                out.append(quotation)
        return out

    def words(self, span: Span) -> list[str]:
        """The words of a span, in lower case."""
        return [word.lower() for word in WORD.findall(self.text[span[0] : span[1]])]


def read_document(text: str) -> Document:
    """Find a text's lines, sentences and quotations."""
    quotations = find_quotations(text)
    lines = tuple(found.span() for found in re.finditer(r"[^\n]*\S[^\n]*", text))
    sentences = tuple(sentence for line in lines for sentence in _sentences(text, line))
    return Document(
        text, lines or ((0, 0),), sentences or ((0, 0),), quotations, quoted_characters(text, quotations)
    )


def _sentences(text: str, line: Span) -> Iterator[Span]:
    start = line[0]
    for found in _SENTENCE_END.finditer(text, line[0], line[1]):
        if not _is_abbreviation(text, start, found.start()):
            yield from _cut(text, start, found.end())
            start = found.end()
    if start < line[1]:
        yield from _cut(text, start, line[1])


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentence whole, or in pieces where it goes on and on: the rules look through it word by word."""
    while end - start > MAX_SENTENCE:
        space = text.rfind(" ", start + 1, start + MAX_SENTENCE)
        cut = space + 1 if space > 0 else start + MAX_SENTENCE
        yield start, cut
        start = cut
    yield start, end


def _is_abbreviation(text: str, start: int, dot: int) -> bool:
    if text[dot] != ".":
        return False
    last = _LAST_WORD.search(text, max(start, dot - 20), dot + 1)
    if last is None:
        return False
    word = last.group().rstrip(".")
    # Initials ("J. Edgar") and letters with dots ("U.S. Senate") seldom end a sentence.
    return (
        len(word) == 1 and word.isupper() or "." in word or word.lower() in word_lists.words("abbreviations")
    )


def trim(text: str, start: int, end: int, characters: str = "") -> Span:
    """Take white space, and the characters given, off both ends."""
    while start < end and (text[start].isspace() or text[start] in characters):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in characters):
        end -= 1
    return start, end


def overlaps(left: Span, right: Span) -> bool:
    """Whether two spans share a character."""
    return left[0] < right[1] and right[0] < left[1]
