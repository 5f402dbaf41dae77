"""Named mentions before it is known whose they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from etl.language.aliases import standard_in_article
from etl.records import Span

SEEN_ELSEWHERE = 0.5
"""How sure a name is that the encoder missed where it stands."""


@dataclass(frozen=True, slots=True)
class Name:
    """A span of the text, its kind (EntityKind, or "other") and how sure the kind is."""

    span: Span
    text: str
    kind: str
    probability: float


def apart(names: list[Name]) -> list[Name]:
    """Of names that overlap, as a tidied one may reach into its neighbour, the one that begins first."""
    out: list[Name] = []
    for name in sorted(names, key=lambda name: name.span[0]):
        if not out or name.span[0] >= out[-1].span[1]:
            out.append(name)
    return out


def by_text(names: Iterable[Name]) -> list[list[Name]]:
    """The names that are written the same, in their standard form, together."""
    clusters: dict[str, list[Name]] = {}
    for name in names:
        clusters.setdefault(standard_in_article(name.text), []).append(name)
    return list(clusters.values())
