"""The word lists the rules stand on: plain files beside this one, a word or a row a line, # for remarks."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of NAME.tsv, each a tuple of its columns."""
    lines = (_FOLDER / f"{name}.tsv").read_text("utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """The words of NAME.txt; several may share a line, divided by commas."""
    lines = (_FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(
        word.strip() for line in lines if not line.startswith("#") for word in line.split(",") if word.strip()
    )


@cache
def table(name: str) -> dict[str, str]:
    """The first two columns of NAME.tsv as a dictionary."""
    return {row[0]: row[1] for row in rows(name)}
