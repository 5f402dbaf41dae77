"""On which days a claim was made: the time that belongs to its cue, or to what its speaker said before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from etl.annotate import lexicon
from etl.annotate.drafts import Draft
from etl.annotate.scene import Scene
from etl.annotate.unsourced import Speaker
from etl.records import Time

Days = tuple[date | None, date | None]

_UNKNOWN: Days = (None, None)
_LONGEST = 92  # days: a longer stretch tells nothing
_LONGEST_INHERITED = 31
_PERFECT = re.compile(r"\b(?:has|have|had|'ve|’ve)\s+(?:\w+\s+){0,2}$|\bpreviously\s+$")
_CLAUSE = re.compile(r"[;\u2013\u2014]|\b(?:who|which|after|before|since|when|while|because|until|than)\b")


def find_days(
    scene: Scene, drafts: list[Draft], speakers: list[Speaker], times: tuple[Time, ...]
) -> list[Days]:
    """First and last day on which each claim may have been made; None where the text does not tell."""
    spoken = tuple(
        time for time in times if time.kind in ("date", "time") and time.from_on and not _within(drafts, time)
    )
    out = []
    for draft, speaker in zip(drafts, speakers, strict=True):
        own = _own(scene, draft, spoken)
        out.append(own if own != _UNKNOWN else _inherited(scene, draft, speaker, drafts, speakers, spoken))
    return out


def _within(drafts: list[Draft], time: Time) -> bool:
    """Whether a time lies in what somebody said."""
    return any(start <= time.start_char < end for draft in drafts for start, end in draft.pieces)


def _own(scene: Scene, draft: Draft, times: tuple[Time, ...]) -> Days:
    """The nearest time of the cue's sentence with no other clause between."""
    if draft.cue is None:
        return _UNKNOWN
    start, end = scene.document.sentence(draft.cue.span[0])
    near = [
        (_distance(draft.cue.span, time), time.start_char, time)
        for time in times
        if start <= time.start_char < end and _belongs(scene, draft, time)
    ]
    return _days(min(near)[2], _LONGEST) if near else _UNKNOWN


def _days(time: Time, longest: int) -> Days:
    assert time.from_on is not None and time.to_on is not None
    return (time.from_on, time.to_on) if (time.to_on - time.from_on).days <= longest else _UNKNOWN


def _distance(cue: tuple[int, int], time: Time) -> int:
    return cue[0] - time.end_char if time.end_char <= cue[0] else time.start_char - cue[1]


def _belongs(scene: Scene, draft: Draft, time: Time) -> bool:
    assert draft.cue is not None
    text, (start, end) = scene.document.text, draft.cue.span
    between = text[time.end_char : start] if time.end_char <= start else text[end : time.start_char]
    if re.match(r"['’]s\b", text[time.end_char : time.end_char + 2]):
        return False
    if draft.source and draft.source[0] <= time.start_char < draft.source[1]:
        return len(between.split()) <= 4
    return not _CLAUSE.search(between)


def _inherited(
    scene: Scene,
    draft: Draft,
    speaker: Speaker,
    drafts: list[Draft],
    speakers: list[Speaker],
    times: tuple[Time, ...],
) -> Days:
    """The last day told, up to here, in a sentence about the same speaker: one interview, one debate."""
    if speaker.thing is None or not _is_past(scene, draft):
        return _UNKNOWN
    here = draft.cue.span[0] if draft.cue else draft.start
    heard = [
        scene.document.sentence_index(other.cue.span[0])
        for other, one in zip(drafts, speakers, strict=True)
        if one.thing is speaker.thing and other.cue is not None and _is_past(scene, other)
    ]
    named = (scene.document.sentence_index(span[0]) for span in speaker.thing.mentions)
    occasions = [index for index in named if _is_occasion(scene, index)]
    return next(_recent(scene, here, {*heard, *occasions}, times), _UNKNOWN)


def _is_past(scene: Scene, draft: Draft) -> bool:
    """Whether the claim was made once, in the past: "said", not "says" or "has said"."""
    if draft.cue is None:
        return True
    start, end = draft.cue.span
    before = scene.document.text[max(0, start - 30) : start]
    return not scene.document.text[start:end].endswith("s") and not _PERFECT.search(before)


def _is_occasion(scene: Scene, sentence: int) -> bool:
    words = scene.document.words(scene.document.sentences[sentence])
    return any(word.removesuffix("s") in lexicon.words("occasions") for word in words)


def _recent(scene: Scene, here: int, sentences: set[int], times: tuple[Time, ...]) -> Iterator[Days]:
    for time in reversed(times):
        if time.start_char < here and scene.document.sentence_index(time.start_char) in sentences:
            days = _days(time, _LONGEST_INHERITED)
            if days != _UNKNOWN:
                yield days
