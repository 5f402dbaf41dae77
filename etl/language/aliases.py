"""Other names of places and bodies ("FBI", "Burma"), for the article and for the archive: lexicon/aliases.tsv."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from etl.language import word_lists
from etl.language.fold import fold


class Alias(NamedTuple):
    """A name as it is written, the folded name that it stands for, and where it does: "article" or "anywhere"."""

    name: str
    stands_for: str
    scope: str
    names_also: str


def standard_in_article(name: str) -> str:
    """The folded name, or the one that it stands for where an article says nothing else."""
    alias = find_alias(name)
    return alias.stands_for if alias else fold(name)


def standard_anywhere(name: str) -> str:
    """The folded name, or the one that it stands for whoever writes it."""
    alias = find_alias(name)
    return alias.stands_for if alias and alias.scope == "anywhere" else fold(name)


def find_alias(name: str) -> Alias | None:
    """The entry of a name, if it is written as the entry asks."""
    alias = _by_fold().get(fold(name))
    return alias if alias and _is_so_written(alias.name, name) else None


def _is_so_written(alias: str, name: str) -> bool:
    """What tells "WHO" from "Who" and "Conn." from "Conn": capitals and full stops that the entry has."""
    if "." in alias:
        return alias.lower() in name.lower()
    return not alias.isupper() or alias in name.replace(".", "")


@cache
def _by_fold() -> dict[str, Alias]:
    return {fold(row[0]): Alias(*row) for row in word_lists.rows("aliases")}
