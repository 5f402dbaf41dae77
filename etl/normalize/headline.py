"""An article's headline: a vote over JSON-LD, meta tags, h1 and the title without the site's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from etl.normalize.candidates import Candidate
from etl.normalize.page import Page, plain, text_of
from etl.normalize.text import collapse, words_of

MAX_WORDS = 60
_SEPARATOR = re.compile(r"\s+[|\-–—•·:»«/‹›ㅣ]+\s+|\s*[|｜ㅣ]\s*|\s+::\s+|\s+—\s*")
# A page's only h1 is what its reader sees as the headline, even where the search title is another one.
_ONLY_SUPPORT = 0.7
_HEADLINE_WORDS = 3
_SITE_LIKENESS = 0.6
_WEIGHTS = {
    "h1:only": 0.85,
    "h1": 0.90,
    "json-ld": 0.86,
    "meta:og:title": 0.80,
    "meta:twitter:title": 0.72,
    "title": 0.70,
}


def page_headlines(page: Page, site: Sequence[str]) -> list[Candidate]:
    """The candidates of a page, the likeliest first.

    A candidate gains by every other one that has the same words, since a headline is said several times
    while a site's slogan or a rewritten search title is said once.
    """
    found = [
        (origin, value) for origin, value in _sources(page, site) if 0 < len(words_of(value)) <= MAX_WORDS
    ]
    scored = [
        Candidate(value, origin, round(_score(origin, value, found), 3))
        for origin, value in dict.fromkeys(found)
    ]
    return sorted(scored, key=lambda candidate: -candidate.confidence)


def _sources(page: Page, site: Sequence[str]) -> Iterator[tuple[str, str]]:
    tops = list(dict.fromkeys(text_of(element) for element in page.tree.xpath("//h1")[:8]))
    tops = [top for top in tops if top and all(likeness(top, name) < _SITE_LIKENESS for name in site)]
    for top in tops:
        is_only = len(tops) == 1 and len(words_of(top)) >= _HEADLINE_WORDS
        yield ("h1:only" if is_only else "h1"), top
    yield "json-ld", plain(page.article.get("headline") or page.article.get("name"))
    for name in ("og:title", "twitter:title"):
        yield f"meta:{name}", without_site(page.meta(name), site)
    title = page.tree.find(".//title")
    if title is not None:
        yield "title", without_site(collapse(title.text or ""), site)


def _score(origin: str, value: str, found: Sequence[tuple[str, str]]) -> float:
    others = [other for name, other in found if name != origin]
    if not others:
        return _WEIGHTS[origin] * 0.7
    support = sum(likeness(value, other) for other in others) / len(others)
    if origin == "h1:only":
        support = max(support, _ONLY_SUPPORT)
    return _WEIGHTS[origin] * (0.4 + 0.6 * support)


def likeness(left: str, right: str) -> float:
    """The share of words two lines have in common (Jaccard, 0..1)."""
    first, second = set(words_of(left)), set(words_of(right))
    return len(first & second) / max(len(first | second), 1)


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
