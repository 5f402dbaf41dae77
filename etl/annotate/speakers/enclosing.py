"""Claims within claims: whose words hold another claim's cue."""

from __future__ import annotations

from etl.annotate.claims.drafts import Draft
from etl.records import Span


def enclosing(drafts: list[Draft], index: int) -> int | None:
    """The index of the smallest claim whose words hold this claim's cue; None where it stands in no other's."""
    cue = drafts[index].cue
    if cue is None:
        return None
    around = [
        (other.end - other.start, i)
        for i, other in enumerate(drafts)
        if i != index and holds(other, cue.span)
    ]
    return min(around)[1] if around else None


def holds(draft: Draft, span: Span) -> bool:
    """Whether a span lies within a piece of a claim."""
    return any(start <= span[0] and span[1] <= end for start, end in draft.pieces)
