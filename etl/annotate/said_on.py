"""On which days a claim was made: the time that belongs to its cue, not to its words."""

from __future__ import annotations

import re
from datetime import date

from etl.annotate.claims import Draft
from etl.annotate.document import Document
from etl.records import Time

_LONGEST = 366  # days: a longer stretch tells nothing


def said_on(document: Document, draft: Draft, times: tuple[Time, ...]) -> tuple[date | None, date | None]:
    """First and last day on which the claim may have been made; None where the text does not tell."""
    if draft.cue is None:
        return None, None
    start, end = document.sentence(draft.cue.span[0])
    near = [
        (_distance(draft, time), time.start_char, time)
        for time in times
        if start <= time.start_char < end
        and time.kind in ("date", "time")
        and time.from_on is not None
        and not _inside(draft, time)
        and _belongs(document, draft, time)
    ]
    if not near:
        return None, None
    time = min(near)[2]
    assert time.from_on is not None and time.to_on is not None
    return (time.from_on, time.to_on) if (time.to_on - time.from_on).days <= _LONGEST else (None, None)


def _inside(draft: Draft, time: Time) -> bool:
    return any(start <= time.start_char < end for start, end in draft.pieces)


def _distance(draft: Draft, time: Time) -> int:
    assert draft.cue is not None
    start, end = draft.cue.span
    return start - time.end_char if time.end_char <= start else time.start_char - end


def _belongs(document: Document, draft: Draft, time: Time) -> bool:
    """Whether no other clause stands between the cue and the time."""
    assert draft.cue is not None
    start, end = draft.cue.span
    between = (
        document.text[time.end_char : start]
        if time.end_char <= start
        else document.text[end : time.start_char]
    )
    if draft.source and draft.source[0] <= time.start_char < draft.source[1]:
        return len(between.split()) <= 4
    return not re.search(
        r"[;\u2013\u2014]|\b(?:who|which|after|before|since|when|while|because|until)\b", between
    )
