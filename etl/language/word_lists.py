"""Reads the lists of lexicon/: plain files, one entry a line, # for remarks (lexicon/README.md tells of each list).

`python -m etl.language.word_lists` puts each list in its order, as the tests ask for: run it after adding entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from pathlib import Path

from etl.language.fold import fold

FOLDER = Path(__file__).with_name("lexicon")
KEEPS_ORDER = "# The order counts."
"""The remark of a list that is not to be sorted."""


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of NAME.txt that are neither empty nor a remark."""
    return _entries(f"{name}.txt")


@cache
def words(name: str) -> frozenset[str]:
    """The words or phrases of NAME.txt."""
    return frozenset(lines(name))


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of NAME.tsv, each a tuple of its columns."""
    return tuple(tuple(line.split("\t")) for line in _entries(f"{name}.tsv"))


@cache
def table(name: str) -> dict[str, str]:
    """The first two columns of NAME.tsv as a dictionary."""
    return {row[0]: row[1] for row in rows(name)}


@cache
def groups(name: str) -> dict[str, frozenset[str]]:
    """The lines of NAME.txt under each [group]."""
    found: dict[str, set[str]] = {}
    group: set[str] = set()
    for line in lines(name):
        if line.startswith("["):
            group = found.setdefault(line.strip("[]"), set())
        else:
            group.add(line)
    return {name: frozenset(entries) for name, entries in found.items()}


def _entries(file: str) -> tuple[str, ...]:
    found = (FOLDER / file).read_text("utf-8").splitlines()
    return tuple(line for line in found if line and not line.startswith("#"))


def alternation(entries: Iterable[str]) -> str:
    """The entries as alternatives of a regular expression, the longest first."""
    return "|".join(re.escape(entry) for entry in sorted(entries, key=lambda entry: (-len(entry), entry)))


def in_order(text: str) -> str:
    """The text of a list with each entry on its own line, once, and each run of entries sorted by its folded letters.

    A remark, a [group] or an empty line ends a run. Entries that stand on one line, divided by commas, get a line each
    in lists without columns and groups.
    """
    if KEEPS_ORDER in text:
        return text
    is_plain = "\t" not in text and not re.search(r"^\[", text, re.MULTILINE)
    found: list[str] = []
    for is_run, run in groupby(text.splitlines(), lambda line: line[:1] not in ("", "#", "[")):
        entries = list(run)
        if is_run and is_plain:
            entries = [entry for line in entries for part in line.split(",") if (entry := part.strip())]
        found += sorted(set(entries), key=lambda entry: (fold(entry), entry)) if is_run else entries
    return "".join(f"{line}\n" for line in found)


if __name__ == "__main__":
    for path in (*FOLDER.glob("*.txt"), *FOLDER.glob("*.tsv")):
        path.write_text(in_order(path.read_text("utf-8")), "utf-8")
