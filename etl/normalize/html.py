"""The body of an HTML page: paragraphs, headings and list items, whole and in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from etl.normalize.furniture import is_reading_time
from etl.normalize.headline import likeness
from etl.normalize.line_features import RUNNING, WORDS, Matrix, text_features
from etl.normalize.line_model import network, predict
from etl.normalize.lines import headline_offsets
from etl.normalize.markup import HEADINGS, MarkupLine, markup_features
from etl.normalize.page import Page, plain
from etl.normalize.text import count_words, words_of

_ALIKE = 0.8
_BODY_CHANCE = 0.5
_RUNNING_WORDS = 9
_PARAGRAPH_WORDS = 20


@dataclass(frozen=True, slots=True)
class Body:
    """Which of a page's lines are body (indices), and where the headline stands among them, if anywhere."""

    indices: list[int]
    headline: int | None


def find_body(page: Page, lines: Sequence[MarkupLine], headline: str) -> Body:
    """Choose the lines of a page that are its article's body."""
    if not lines:
        return Body([], None)
    at = headline_index(lines, headline)
    scores = predict(network("markup_body"), markup_rows(page, lines, at, headline))
    return Body(_tidied(lines, [int(index) for index in np.flatnonzero(scores > _BODY_CHANCE)], at), at)


def _tidied(lines: Sequence[MarkupLine], chosen: Sequence[int], headline: int | None) -> list[int]:
    """The chosen lines without repetitions, short ones above the headline, and headings with nothing under them."""
    kept: list[int] = []
    seen: set[str] = set()
    for index in chosen:
        line = lines[index]
        words = count_words(line.text)
        is_above = index < (headline or 0) and words < _PARAGRAPH_WORDS
        is_said = line.text in seen and words >= _RUNNING_WORDS
        if is_above or is_said or is_reading_time(line.text):
            continue
        if kept and lines[kept[-1]].tag in HEADINGS and index > kept[-1] + 1:
            kept.pop()
        kept.append(index)
        seen.add(line.text)
    while kept and lines[kept[-1]].tag in HEADINGS:
        kept.pop()
    return kept


def markup_rows(page: Page, lines: Sequence[MarkupLine], at: int | None, headline: str) -> Matrix:
    """All features of a page's lines: a float matrix of shape (lines, features)."""
    rows = text_features(lines)
    running = np.expm1(rows[:, WORDS]) * rows[:, RUNNING]
    place = (
        headline_offsets(len(lines), at) if at is not None else np.zeros((len(lines), 3), dtype=np.float32)
    )
    return np.hstack([rows, markup_features(lines, running), place, _page_relations(page, lines, headline)])


def headline_index(lines: Sequence[MarkupLine], headline: str) -> int | None:
    """Where the headline stands: the first h1 that has its words, else the first such line."""
    wanted = set(words_of(headline))
    alike = [index for index, line in enumerate(lines) if _alike(set(words_of(line.text)), wanted)]
    return next((index for index in alike if lines[index].tag == "h1"), alike[0] if alike else None)


def _alike(left: set[str], right: set[str]) -> bool:
    """Whether two lines have nearly the same words; cheap where their lengths differ."""
    shorter, longer = sorted((len(left), len(right)))
    return shorter > _ALIKE * longer and len(left & right) > _ALIKE * len(left | right)


def _page_relations(page: Page, lines: Sequence[MarkupLine], headline: str) -> Matrix:
    """What the page says elsewhere that a line says too: its JSON-LD body, its description, its headline."""
    declared = words_of(plain(page.article.get("articleBody")))
    known = set(zip(declared, declared[1:], declared[2:], strict=False))
    described = [plain(page.article.get("description")), page.meta("og:description", "description")]
    descriptions = [set(words_of(description)) for description in described if description]
    title = set(words_of(headline))
    rows = []
    for line in lines:
        words = words_of(line.text)
        shared = 0.5
        if known:
            shingles = list(zip(words, words[1:], words[2:], strict=False))
            shared = sum(shingle in known for shingle in shingles) / max(len(shingles), 1)
        own = set(words)
        is_described = any(_alike(description, own) for description in descriptions)
        rows.append([bool(known), shared, is_described, _alike(own, title)])
    return np.array(rows, dtype=np.float32)


def body_pieces(lines: Sequence[MarkupLine], body: Body, headline: str) -> list[tuple[str, str]]:
    """The (kind, text) pieces of the body, in order, without the headline."""
    return [
        (_kind(lines[index]), lines[index].text)
        for index in body.indices
        if likeness(lines[index].text, headline) <= _ALIKE or lines[index].tag in ("p", "li")
    ]


def _kind(line: MarkupLine) -> str:
    if line.tag in HEADINGS:
        return "heading"
    if line.tag == "li":
        return "list_item"
    return "caption" if line.tag == "figcaption" else "paragraph"
