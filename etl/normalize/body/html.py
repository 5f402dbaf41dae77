"""The body of an HTML page: paragraphs, headings and list items, whole and in order."""

from __future__ import annotations

import functools
import operator
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from etl.normalize.body.line_features import Columns, columns_of, text_features
from etl.normalize.body.line_model import network, predict
from etl.normalize.body.lines import headline_offsets
from etl.normalize.body.markup import HEADINGS, MarkupLine, cue_mask, markup_features, region_mask
from etl.normalize.page.page import Page, plain
from etl.normalize.text.credits import has_credit
from etl.normalize.text.furniture import is_reading_time
from etl.normalize.text.strings import likeness, words_of

_ALIKE = 0.8
_BODY_CHANCE = 0.5
_RUNNING_WORDS = 9
_PARAGRAPH_WORDS = 20
_MIN_LINES = 3
_COMMON_SHARE = 0.3
_STANDFIRST = cue_mask("standfirst")
_FIGURE = region_mask("figure")
_APART = cue_mask(
    "comment", "share", "related", "promotion", "footer", "navigation", "author", "picture", "topic"
)


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
    scores = predict(network("markup_body"), page_features(page, lines, at, headline))
    return Body(_tidied(lines, [int(index) for index in np.flatnonzero(scores > _BODY_CHANCE)], at), at)


def take_standfirst(page: Page, lines: Sequence[MarkupLine], body: Body) -> tuple[Body, str | None]:
    """Part the standfirst from the body.

    It is the page's description, seen between the headline and the body; or the body's first line, where the markup
    sets it apart: an agency's first paragraph is often the description too, and is body.
    """
    if not body.indices:
        return body, None
    first, described = body.indices[0], [words for text in _descriptions(page) if (words := words_of(text))]
    for index in range(min(body.headline or 0, first), first + 1):
        line = lines[index]
        if index == body.headline or line.words not in described:
            continue
        if index < first:
            return body, line.text
        if (line.tag in HEADINGS or line.around.own_cues & _STANDFIRST) and len(body.indices) > _MIN_LINES:
            return Body(body.indices[1:], body.headline), line.text
    return body, None


def _descriptions(page: Page) -> list[str]:
    found = (plain(page.article.get("description")), page.meta("og:description"), page.meta("description"))
    return [text for text in found if text]


def _tidied(lines: Sequence[MarkupLine], chosen: Sequence[int], headline: int | None) -> list[int]:
    """The chosen lines without repetitions, parts set apart, short ones above the headline, headings of nothing."""
    kept: list[int] = []
    seen: set[str] = set()
    common = _common_cues([lines[index] for index in chosen])
    for index in chosen:
        line = lines[index]
        is_above = index < (headline or 0) and line.word_count < _PARAGRAPH_WORDS
        is_said = line.text in seen and line.word_count >= _RUNNING_WORDS
        is_apart = line.around.cues & ~common & _APART or _is_credited(line)
        if is_above or is_said or is_apart or is_reading_time(line.text):
            continue
        if kept and lines[kept[-1]].tag in HEADINGS and index > kept[-1] + 1:
            kept.pop()
        kept.append(index)
        seen.add(line.text)
    while kept and lines[kept[-1]].tag in HEADINGS:
        kept.pop()
    return kept


def _is_credited(line: MarkupLine) -> bool:
    """Whether a line is the caption of a picture, with its credit."""
    return bool(line.around.regions & _FIGURE) and has_credit(line.text, line.words)


def _common_cues(lines: Sequence[MarkupLine]) -> int:
    """The cues that stand around a good part of the text: they tell nothing about single lines."""
    weights: Counter[int] = Counter()
    for line in lines:
        weights[line.around.cues] += line.word_count
    cues = functools.reduce(operator.or_, weights, 0)
    shares = {bit: sum(weight for around, weight in weights.items() if around & bit) for bit in _bits(cues)}
    return sum(bit for bit, weight in shares.items() if weight > _COMMON_SHARE * weights.total())


def _bits(mask: int) -> list[int]:
    return [1 << place for place in range(mask.bit_length()) if mask >> place & 1]


def page_features(page: Page, lines: Sequence[MarkupLine], at: int | None, headline: str) -> Columns:
    """All features of a page's lines; its headline, where it is one of them, is the line `at`."""
    text = text_features(lines)
    running = np.expm1(text["log of words"]) * text["running text"]
    marked = markup_features(lines, running, text["ends an article"])
    return text | marked | headline_offsets(len(lines), at) | _page_relations(page, lines, headline)


def headline_index(lines: Sequence[MarkupLine], headline: str) -> int | None:
    """Where the headline stands: the first h1 that has its words, else the first such line."""
    wanted = set(words_of(headline))
    alike = [index for index, line in enumerate(lines) if _alike(set(line.words), wanted)]
    return next((index for index in alike if lines[index].tag == "h1"), alike[0] if alike else None)


def _alike(left: set[str], right: set[str]) -> bool:
    """Whether two lines have nearly the same words; cheap where their lengths differ."""
    shorter, longer = sorted((len(left), len(right)))
    return shorter > _ALIKE * longer and len(left & right) > _ALIKE * len(left | right)


def _page_relations(page: Page, lines: Sequence[MarkupLine], headline: str) -> Columns:
    """What the page says elsewhere that a line says too: its JSON-LD body, its description, its headline."""
    declared = words_of(plain(page.article.get("articleBody")))
    known = set(zip(declared, declared[1:], declared[2:], strict=False))
    descriptions = [set(words_of(description)) for description in _descriptions(page)]
    title = set(words_of(headline))
    words = [set(line.words) for line in lines]
    return columns_of(
        {
            "page declares its body": [bool(known)] * len(lines),
            "share of words in the declared body": [_share(line.words, known) for line in lines],
            "like a description": [any(_alike(one, own) for one in descriptions) for own in words],
            "like the headline": [_alike(own, title) for own in words],
        }
    )


def _share(words: Sequence[str], known: set[tuple[str, str, str]]) -> float:
    """The share of a line's word triples that are known; a half where none are."""
    if not known:
        return 0.5
    shingles = list(zip(words, words[1:], words[2:], strict=False))
    return sum(shingle in known for shingle in shingles) / max(len(shingles), 1)


def body_pieces(lines: Sequence[MarkupLine], body: Body, headline: str) -> list[tuple[str, str]]:
    """The (kind, text) pieces of the body, in order, without the headline."""
    return [
        (_kind(lines[index]), lines[index].text)
        for index in body.indices
        if lines[index].tag in ("p", "li") or likeness(lines[index].text, headline) <= _ALIKE
    ]


def _kind(line: MarkupLine) -> str:
    if line.tag in HEADINGS:
        return "heading"
    if line.tag == "li":
        return "list_item"
    return "caption" if line.tag == "figcaption" else "paragraph"
