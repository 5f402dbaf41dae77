"""The word lists beside the code: text files with a [group] line above the words or phrases of each group."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def groups(name: str) -> dict[str, list[str]]:
    """The lines of each group of NAME.txt in lower case; empty lines and those that open with # are left out."""
    found: dict[str, list[str]] = {}
    group = ""
    for line in Path(__file__).with_name(f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            group = line.strip("[]")
        elif line and not line.startswith("#"):
            found.setdefault(group, []).append(line.lower())
    return found


@cache
def word_set(name: str, group: str) -> frozenset[str]:
    """The words of one group of NAME.txt."""
    return frozenset(groups(name)[group])
