"""An article's headline: every wording a page gives, weighed by where it is said and how it looks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, log
from urllib.parse import unquote, urlsplit

from lxml.etree import _Element as Element

from etl.normalize.fields.candidates import Candidate, odds
from etl.normalize.page.page import Page, plain, text_of
from etl.normalize.text.strings import collapse, likeness, words_of

MAX_WORDS = 60
_MAX_H1 = 8
_SEPARATOR = re.compile(r"\s+[|\-–—•·:»«/‹›ㅣ]+\s+|\s*[|｜ㅣ]\s*|\s+::\s+|\s+—\s*")
_SITE_LIKENESS = 0.6
_META = ("headline", "parsely-title", "sailthru.title", "citation_title", "dc.title", "title")
# An h1 may be the last step of a breadcrumb trail, written for search engines, above a headline that is no h1.
_TRAIL = "breadcrumb"
_TRAIL_DEPTH = 4
_NAMED = re.compile(r"headline|title")
_MIN_SLUG_WORDS = 2
# Learned by training/pages/headlines.py. twitter:title mostly repeats what another source says, and a bar joins on what is no
# part of the headline. The share is that of the address's words which the wording has.
_WEIGHTS = {
    "h1:only": 1.19,
    "h1": 0.74,
    "h1:apart": -0.57,
    "json-ld": 1.18,
    "meta:og:title": 1.63,
    "meta:twitter:title": -0.46,
    "meta": 0.52,
    "title": 0.02,
    "named": 0.58,
    "has a bar": -1.91,
    "share of the address": 1.19,
    "log of words": 0.45,
}
_NONE = 0.69


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One saying of a headline on a page; `is_named`: it is a heading whose class calls it headline or title."""

    origin: str
    value: str
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """The occurrences that say the same words, and the features of that wording by name."""

    occurrences: tuple[Occurrence, ...]
    features: dict[str, float]


def page_headlines(page: Page, site: Sequence[str]) -> list[Candidate]:
    """The candidates of a page, the likeliest first; all of one wording share its probability.

    A conditional logit over the wordings and the chance that none of them is right.
    """
    found = wordings(page, site)
    weighed = [odds(one.features, _WEIGHTS) for one in found]
    total = sum(weighed) + exp(_NONE)
    scored = [
        Candidate(occurrence.value, occurrence.origin, round(own / total, 3))
        for one, own in zip(found, weighed, strict=True)
        for occurrence in one.occurrences
    ]
    return sorted(scored, key=lambda candidate: -candidate.confidence)


def wordings(page: Page, site: Sequence[str]) -> list[Wording]:
    """What a page calls its headline, each wording once; the visible spelling comes first."""
    groups: dict[tuple[str, ...], list[Occurrence]] = {}
    for occurrence in _occurrences(page, site):
        words = tuple(words_of(occurrence.value))
        if 0 < len(words) <= MAX_WORDS:
            groups.setdefault(words, []).append(occurrence)
    slug = slug_words(page.url)
    return [
        Wording(tuple(dict.fromkeys(group)), _features(words, group, slug)) for words, group in groups.items()
    ]


def _features(words: Sequence[str], occurrences: Sequence[Occurrence], slug: set[str]) -> dict[str, float]:
    features = {occurrence.origin: 1.0 for occurrence in occurrences}
    if any(occurrence.is_named for occurrence in occurrences):
        features["named"] = 1.0
    if any(" | " in occurrence.value for occurrence in occurrences):
        features["has a bar"] = 1.0
    if slug:
        features["share of the address"] = len(slug.intersection(words)) / len(slug)
    features["log of words"] = log(len(words))
    return features


def _occurrences(page: Page, site: Sequence[str]) -> Iterator[Occurrence]:
    yield from _top_headings(page, site)
    yield Occurrence("json-ld", plain(page.article.get("headline") or page.article.get("name")))
    for name in ("og:title", "twitter:title"):
        yield Occurrence(f"meta:{name}", without_site(page.meta(name), site))
    for name in _META:
        yield Occurrence("meta", without_site(page.meta(name), site))
    title = page.tree.find(".//title")
    if title is not None:
        yield Occurrence("title", without_site(collapse(title.text or ""), site))


def _top_headings(page: Page, site: Sequence[str]) -> Iterator[Occurrence]:
    """The page's h1 elements: the only one, several, and those that stand apart from the article."""
    elements = [(element, text_of(element)) for element in page.tree.xpath("//h1")[:_MAX_H1]]
    tops = [(element, text) for element, text in elements if text and not _is_site_name(text, site)]
    apart = [_stands_apart(element) for element, _ in tops]
    inside = {text for (_, text), is_apart in zip(tops, apart, strict=True) if not is_apart}
    for (element, text), is_apart in zip(tops, apart, strict=True):
        if is_apart:
            yield Occurrence("h1:apart", text)
        else:
            is_named = _NAMED.search(_names(element)) is not None
            yield Occurrence("h1:only" if len(inside) == 1 else "h1", text, is_named)


def _stands_apart(element: Element) -> bool:
    for depth, one in enumerate((element, *element.iterancestors())):
        if one.tag in ("nav", "aside", "footer") or _TRAIL in _names(one):
            return True
        if depth == _TRAIL_DEPTH:
            break
    return False


def _names(element: Element) -> str:
    return f"{element.get('class', '')} {element.get('itemprop', '')}".lower()


def _is_site_name(text: str, site: Sequence[str]) -> bool:
    return any(likeness(text, name) >= _SITE_LIKENESS for name in site)


def slug_words(url: str | None) -> set[str]:
    """The words of an address's wordiest part; none where they are too few to be a headline's."""
    parts = unquote(urlsplit(url or "").path).split("/")
    words = max((words_of(re.sub(r"_|\.\w{2,5}$", " ", part)) for part in parts), key=len, default=[])
    return set(words) if len(words) >= _MIN_SLUG_WORDS else set()


def without_site(title: str, site: Sequence[str]) -> str:
    """A page's title without the site's name or section before or behind it."""
    parts = _SEPARATOR.split(title)
    separators = _SEPARATOR.findall(title)
    while len(parts) > 1 and _is_site(parts[-1], parts[0], site):
        parts.pop()
        separators.pop()
    while len(parts) > 1 and any(likeness(parts[0], own) > 0.6 for own in site):
        parts.pop(0)
        separators.pop(0)
    joined = parts[0] + "".join(mark + part for mark, part in zip(separators, parts[1:], strict=False))
    return joined.strip()


def _is_site(last: str, first: str, site: Sequence[str]) -> bool:
    if any(likeness(last, own) > 0.4 or "".join(words_of(last)) == "".join(words_of(own)) for own in site):
        return True
    return len(words_of(last)) <= 4 < len(words_of(first))
