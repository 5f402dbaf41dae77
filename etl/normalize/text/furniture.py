"""What surrounds an article: cues of furniture, of dates' labels, of pages that are none (lexicon/furniture.txt)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache

from etl.language.word_lists import alternation, groups
from etl.normalize.text.strings import count_words, words_of

_MAX_END_WORDS = 7
_LONGEST_CUE = 60
_CONSENT_DENSITY = 0.08
_CONSENT_WORDS = 5
_READING, _BYLINE = groups("reading_times"), groups("bylines")
_READING_TIME = re.compile(
    rf"\W*(?:(?:{alternation(_READING['before'])})\W{{0,3}}(?:ca\.?\s|about\s)?)?"
    rf"\d{{1,3}}\s?-?\s?(?:{alternation(_READING['minutes'])})\b\.?(?:\s(?:{alternation(_READING['behind'])}))?\W*",
    re.I,
)
BYLINE_LEAD = re.compile(
    rf"^\W*(?:(?:{alternation(_BYLINE['work'])})\s*:?\s+)?(?:{alternation(_BYLINE['by'] | _BYLINE['written by'])})(?:\s*[:：]\s*|\s+)",
    re.I,
)
"""The "By" before the names that sign, with what may stand around it."""
_WORD_GROUPS = {"talk", "biography", "consent", "cookie"}
_LEADING_MARKS = re.compile(r"^[^\w©]+")


def starts_with_cue(line: str, group: str) -> bool:
    """Whether a line starts with a cue of the group: end, line, banner, published, updated or wall."""
    return group in starting_cues(line)


def starting_cues(line: str) -> frozenset[str]:
    """The groups of which a line starts with a cue."""
    return _starting_cues(line[:_LONGEST_CUE])


@lru_cache(maxsize=4096)
def _starting_cues(line: str) -> frozenset[str]:
    start = _LEADING_MARKS.sub("", line).lower()
    possible = _by_start().get(start[:2], ())
    return frozenset(group for cue, group in possible if start.startswith(cue) and _ends_there(start, cue))


def _ends_there(start: str, cue: str) -> bool:
    """Whether the cue is a whole word of the line; scripts without spaces have no such ends."""
    return not cue[-1].isalpha() or not "a" <= cue[-1] <= "z" or not start[len(cue) : len(cue) + 1].isalpha()


def is_reading_time(line: str) -> bool:
    """Whether a line says nothing but how long the article takes to read: "3 min read"."""
    return len(line) < _LONGEST_CUE and _READING_TIME.fullmatch(line) is not None


def ends_article(line: str) -> bool:
    """Whether what follows the line belongs to other articles: "Latest posts", "Lesen Sie auch"."""
    return (
        len(line) < 2 * _LONGEST_CUE and starts_with_cue(line, "end") and count_words(line) <= _MAX_END_WORDS
    )


def is_consent_wall(text: str) -> bool:
    """Whether a text is a site's request for consent to cookies: it is dense with their words, cookies among them."""
    words = words_of(text)
    found = [word for word in words if word in groups("furniture")["consent"]]
    is_dense = len(found) > _CONSENT_DENSITY * len(words) and len(set(found)) >= _CONSENT_WORDS
    return is_dense and any(word.startswith(tuple(groups("furniture")["cookie"])) for word in found)


def count_cue_words(words: Iterable[str], group: str) -> int:
    """How many of the lower-case words are of the group: talk (a site to its readers) or biography."""
    return sum(map(groups("furniture")[group].__contains__, words))


@cache
def _by_start() -> dict[str, list[tuple[str, str]]]:
    """The cues that start lines, each with its group, by their first two characters."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for group in groups("furniture").keys() - _WORD_GROUPS:
        for cue in groups("furniture")[group]:
            found[cue[:2]].append((cue, group))
    return found
