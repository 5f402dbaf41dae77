"""Reads the word lists of lexicon/: plain files, a word or a row a line, # for remarks."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("lexicon")


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of NAME.tsv, each a tuple of its columns."""
    found = (_FOLDER / f"{name}.tsv").read_text("utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in found if line and not line.startswith("#"))


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of NAME.txt that are neither empty nor a remark."""
    found = (_FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    return tuple(line for line in found if line and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """The words of NAME.txt; several may share a line, divided by commas."""
    found = (word.strip() for line in lines(name) for word in line.split(","))
    return frozenset(word for word in found if word)


@cache
def table(name: str) -> dict[str, str]:
    """The first two columns of NAME.tsv as a dictionary."""
    return {row[0]: row[1] for row in rows(name)}


@cache
def groups(name: str) -> dict[str, list[str]]:
    """The lines of each [group] of NAME.txt in lower case; empty lines and those that open with # are left out."""
    found: dict[str, list[str]] = {}
    group = ""
    for line in lines(name):
        if line.startswith("["):
            group = line.strip("[]")
        else:
            found.setdefault(group, []).append(line.lower())
    return found


@cache
def word_set(name: str, group: str) -> frozenset[str]:
    """The words of one group of NAME.txt."""
    return frozenset(groups(name)[group])
