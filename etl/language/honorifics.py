"""Titles before names ("Mr", "President"): lexicon/honorifics.tsv."""

from __future__ import annotations

from functools import cache

from etl.language import word_lists
from etl.language.fold import fold


def without_titles(name: str) -> str:
    """The folded name without the titles that lead it; a name of titles only keeps them: "Mr President"."""
    words = fold(name).split()
    first = next((index for index, word in enumerate(words) if not is_title(word)), 0)
    return " ".join(words[first:])


def is_title(word: str) -> bool:
    """Whether a word is a title, whatever its case and with or without its full stop."""
    return _plain(word) in word_lists.table("honorifics")


def gender_of(title: str) -> str | None:
    """Male or female where a title tells it."""
    told = word_lists.table("honorifics").get(_plain(title))
    return told if told in ("male", "female") else None


@cache
def titles(*kinds: str) -> frozenset[str]:
    """The titles of some kinds: courtesy, academic, rank, office."""
    return frozenset(title for title, _, kind in word_lists.rows("honorifics") if kind in kinds)


def _plain(word: str) -> str:
    return word.lower().rstrip(".")
