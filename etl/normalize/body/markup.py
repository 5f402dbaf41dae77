"""The lines of an HTML page: its blocks of text in reading order, each with where it stands in the markup."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log1p
from typing import NamedTuple

import numpy as np
from lxml.etree import _Element as Element
from numpy.typing import ArrayLike

from etl.normalize.body.line_features import Columns, Matrix, columns_of
from etl.normalize.page.page import INLINE, is_unseen
from etl.normalize.text.strings import collapse, words_and_count

MAX_LINES = 10_000
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_KINDS = ("p", "li", "td", "blockquote", "figcaption", "div", "pre", "dd")
_REGIONS = (
    "article",
    "main",
    "aside",
    "nav",
    "header",
    "footer",
    "form",
    "figure",
    "table",
    "ul",
    "details",
    "section",
)
# What classes and ids call the parts of a page; a line has a cue if one of the elements around it has.
CUES = {
    "comment": r"comment|disqus|replies|respond",
    "share": r"share|sharing|social|follow",
    "related": r"related|recommend|teaser|popular|trending|carousel|most-?read|also|next|prev|latest|cards?\b|read-?more|outbrain|taboola",
    "promotion": r"promo|newsletter|subscri|signup|sign-up|banner|advert|\bads?\b|sponsor|marketing|cta\b|donat",
    "consent": r"cookie|consent|gdpr|modal|popup|overlay|dialog|tooltip|onetrust|paywall|login",
    "footer": r"footer|copyright|legal|disclaim|disclosure",
    "navigation": r"nav|menu|breadcrumb|sidebar|side-|rail|toolbar|masthead|topbar|\btoc\b|table-of-contents",
    "author": r"author|byline|\bbio|meta\b|meta-|date|time|publish",
    "picture": r"caption|credit|gallery|slideshow|image|photo|video|media",
    "standfirst": r"summary|standfirst|subtitle|subhead|lead\b|lede|dek\b|intro|teaser-text|excerpt|description|abstract",
    "body": r"article-?_*(?:body|content|text)|entry-content|post-?_*(?:body|content)|story-?_*(?:body|content)|articlebody|"
    r"rich-?text|body-?text|paragraph|prose|text-?block|content-?body",
    "topic": r"tags?\b|topics?\b|keyword|categor|hidden|sr-only|visually",
}  # fmt: skip
_CUE_NAMES = tuple(CUES)
_CUE = re.compile("|".join(f"({cue})" for cue in CUES.values()))
_REGION_BITS = {name: 1 << place for place, name in enumerate(_REGIONS)}
_CHAIN = 4
_MAIN_SHARE = 0.5


class Surroundings(NamedTuple):
    """A block element, and what it and its ancestors give to all that stands in it.

    `own_cues` are of the block alone, `cues` and `regions` of its ancestors too, one bit each. `chain` holds the
    numbers of the block and its ancestors, `form` its tag and class and its parent's: siblings of one kind share it.
    """

    tag: str = "body"
    own_cues: int = 0
    cues: int = 0
    regions: int = 0
    chain: tuple[int, ...] = ()
    form: tuple[str, str] = ("", "")
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class MarkupLine:
    """A block of text: `link_share` is the share of its characters inside links."""

    text: str
    words: list[str]
    word_count: int
    link_share: float
    around: Surroundings
    blank_before: bool = True
    indent: int = 0

    @property
    def tag(self) -> str:
        return self.around.tag

    @property
    def is_bullet(self) -> bool:
        return self.tag == "li"


def cue_mask(*names: str) -> int:
    """The bits of the named cues in a block's cues."""
    return sum(1 << _CUE_NAMES.index(name) for name in names)


def region_mask(*names: str) -> int:
    """The bits of the named elements in a block's regions."""
    return sum(1 << _REGIONS.index(name) for name in names)


class _Reader:
    """Walks the tree once, collecting inline text until a block element begins or ends."""

    def __init__(self) -> None:
        self.lines: list[MarkupLine] = []
        self._parts: list[str] = []
        self._link_length = 0
        self._blocks = 0

    def read(self, element: Element, around: Surroundings, in_link: bool) -> None:
        self._add(element.text, in_link)
        for child in element:
            name = child.tag
            if not isinstance(name, str) or len(self.lines) >= MAX_LINES:
                pass
            elif name in INLINE:
                self.read(child, around, in_link or name == "a")
            elif name == "br":
                self._flush_at_double_break(child, around)
            elif not is_unseen(child):
                self.flush(around)
                self._blocks += 1
                inner = _inside(child, around, self._blocks)
                self.read(child, inner, in_link)
                self.flush(inner)
            self._add(child.tail, in_link)

    def _add(self, text: str | None, in_link: bool) -> None:
        # White space between blocks is no text.
        if text and (self._parts or not text.isspace()):
            self._parts.append(text)
            if in_link:
                self._link_length += len(text.strip())

    def _flush_at_double_break(self, element: Element, around: Surroundings) -> None:
        following = element.getnext()
        if following is not None and following.tag == "br" and not (element.tail or "").strip():
            self.flush(around)
        else:
            self._parts.append(" ")

    def flush(self, around: Surroundings) -> None:
        if not self._parts:
            return
        text = collapse("".join(self._parts))
        if text:
            share = min(1.0, self._link_length / len(text))
            self.lines.append(MarkupLine(text, *words_and_count(text), share, around))
        self._parts = []
        self._link_length = 0


def read_markup(tree: Element) -> list[MarkupLine]:
    """The page's lines in reading order, 10,000 at most; scripts, styles and form fields are left out."""
    reader = _Reader()
    start = Surroundings()
    body = tree.find(".//body")
    reader.read(tree if body is None else body, start, False)
    reader.flush(start)
    return reader.lines


def _inside(element: Element, around: Surroundings, number: int) -> Surroundings:
    name, classes = element.tag, element.get("class", "")
    own = 0
    for word in f"{classes} {element.get('id', '')}".split():
        own |= _cues(word)
    regions = around.regions | _REGION_BITS.get(name, 0)
    form = (around.form[1], f"{name} {classes}")
    hidden = around.is_hidden or element.get("hidden") is not None
    if style := element.get("style"):
        hidden = hidden or "display:none" in style.replace(" ", "")
    return Surroundings(name, own, around.cues | own, regions, (*around.chain, number), form, hidden)


@lru_cache(maxsize=16384)
def _cues(word: str) -> int:
    """The cues in a word of a class or id, one bit each; pages of one site share most of their words."""
    bits = 0
    for match in _CUE.finditer(word.lower()):
        bits |= 1 << ((match.lastindex or 1) - 1)
    return bits


def markup_features(lines: Sequence[MarkupLine], running: Matrix, ends: Matrix) -> Columns:
    """The features of each line that only markup gives.

    Args:
        lines: the page's lines.
        running: for each line its number of words if it is running text, else 0.
        ends: for each line whether it ends an article.
    """
    masses: dict[int, float] = {}
    forms: dict[tuple[str, str], float] = {}
    numbers = Counter(line.around.form for line in lines)
    for line, words in zip(lines, running.tolist(), strict=True):
        if words:
            forms[line.around.form] = forms.get(line.around.form, 0.0) + words
            for ancestor in line.around.chain:
                masses[ancestor] = masses.get(ancestor, 0.0) + words
    total = float(running.sum()) or 1.0
    main = _main_chain(lines, masses, total)
    last_end: frozenset[int] = frozenset()
    rows: list[dict[str, float]] = []
    for line, is_end in zip(lines, ends.tolist(), strict=True):
        around, chain = line.around, line.around.chain
        if is_end:
            last_end = frozenset(chain)
        in_main, in_end = len(main.intersection(chain)), len(last_end.intersection(chain))
        rows.append(
            {
                "list item": line.is_bullet,
                "hidden": around.is_hidden,
                "share of links": line.link_share,
                "depth": len(chain),
                **_container_features(chain, masses, total),
                "depth in the main block": in_main,
                "depth of the main block": len(main),
                "depth beside the main block": len(chain) - in_main,
                "share of running words in this form": forms.get(around.form, 0.0) / total,
                "log of lines of this form": log1p(numbers[around.form]),
                "depth in the last end beyond the main block": in_end - len(main) if last_end else -20.0,
                "depth in the last end": in_end if last_end else -1.0,
            }
        )
    told = columns_of({name: [row[name] for row in rows] for name in rows[0]})
    return told | _flags([line.around for line in lines])


def _container_features(chain: Sequence[int], masses: dict[int, float], total: float) -> dict[str, float]:
    """The share of the page's running text inside each of the nearest blocks around a line."""
    shares = [masses.get(ancestor, 0.0) / total for ancestor in chain[: -_CHAIN - 1 : -1]]
    shares += [1.0] * (_CHAIN - len(shares))
    return {f"share of running words in block {place}": share for place, share in enumerate(shares, 1)}


def _main_chain(lines: Sequence[MarkupLine], masses: dict[int, float], total: float) -> frozenset[int]:
    """The way down to the smallest block that holds most of the running text."""
    best: tuple[int, ...] = ()
    for line in lines:
        chain = line.around.chain
        for depth in range(len(chain), len(best), -1):
            if masses.get(chain[depth - 1], 0.0) > _MAIN_SHARE * total:
                best = chain[:depth]
                break
    return frozenset(best)


def _flags(blocks: Sequence[Surroundings]) -> Columns:
    """What the tags and cues of each line's block say of it."""
    tags = np.array([block.tag for block in blocks])
    levels = [HEADINGS.get(block.tag, 0) for block in blocks]
    return columns_of(
        {
            "level of the heading": levels,
            **{f"tag {kind}": tags == kind for kind in _KINDS},
            **_bits("inside", [block.regions for block in blocks], _REGIONS),
            **_bits("around it", [block.cues for block in blocks], _CUE_NAMES),
            **_bits("its own", [block.own_cues for block in blocks], _CUE_NAMES),
        }
    )


def _bits(label: str, masks: Sequence[int], names: Sequence[str]) -> dict[str, ArrayLike]:
    """The bits of each mask, the lowest first, as a column for each name."""
    bits = np.array(masks) >> np.arange(len(names))[:, None] & 1
    return {f"{label}: {name}": row for name, row in zip(names, bits, strict=True)}
