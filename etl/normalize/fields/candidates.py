"""Candidates for one field: what was found, where, and how sure that makes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp

from etl.language.storable import storable
from etl.records import Evidence


@dataclass(frozen=True, slots=True)
class Candidate:
    """One value found for a field; `confidence` is the share of such findings that are right (0..1)."""

    value: str
    origin: str
    confidence: float


def odds(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The odds of a candidate in a conditional logit: its share in the sum over all candidates is its probability."""
    return exp(sum(weights[name] * value for name, value in features.items()))


def evidence(field: str, candidates: Iterable[Candidate], chosen: Candidate | None) -> list[Evidence]:
    """The evidence rows of one field: each value and origin once, exactly one of them chosen, if any is."""
    rows: dict[tuple[str, str], Candidate] = {}
    if chosen is not None:
        rows[chosen.value, chosen.origin] = chosen
    for candidate in candidates:
        rows.setdefault((candidate.value, candidate.origin), candidate)
    ordered = sorted(rows.values(), key=lambda row: (row is not chosen, -row.confidence))
    return [
        Evidence(field, storable(row.value), row.origin, round(row.confidence, 3), row is chosen)
        for row in ordered
    ]
