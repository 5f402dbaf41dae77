"""Dates that a page prints around its article: beside the headline, labelled as published or updated, or in a banner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from etl.normalize.fields.dates import DateCandidate
from etl.normalize.text.days import PrintedDay, find_days
from etl.normalize.text.furniture import BYLINE_LEAD, starts_with_cue
from etl.normalize.text.strings import count_words

_MAX_LINE_WORDS = 30
_MAX_LABEL_WORDS = 6
_LINES_ABOVE = 6
_LINES_BELOW = 3
_FOOT_LINES = 6
_STANDFIRST_LINES = 2
_MAX_LINES_BETWEEN = 12
_BELOW_HEADLINE, _ABOVE_HEADLINE, _ABOVE_TEXT = 0.92, 0.80, 0.86


@dataclass(frozen=True, slots=True)
class Extent:
    """Where the article stands among a page's lines: its headline, its first and its last body line."""

    headline: int
    first: int
    last: int


def running_text_start(indices: Sequence[int]) -> int:
    """The first of an article's lines behind its byline and date; a standfirst above these is passed over."""
    for standfirst, first in list(pairwise(indices))[:_STANDFIRST_LINES]:
        if 1 < first - standfirst <= _MAX_LINES_BETWEEN:
            return first
    return indices[0]


def printed_dates(texts: Sequence[str], extent: Extent, language: str | None) -> list[DateCandidate]:
    """The dates in a page's lines, each with the confidence its place and label give it.

    Long lines are left out: a date in running text is what the article tells about, not when it ran.
    """
    found = []
    for index, text in enumerate(texts):
        if extent.first + _LINES_BELOW < index <= extent.last - _LINES_BELOW or not any(
            map(str.isdigit, text)
        ):
            continue
        if count_words(text) > _MAX_LINE_WORDS:
            continue
        days = find_days(text, language)[:3]
        labels = _labels(text, days, texts[index - 1] if index else "")
        for number, (printed, label) in enumerate(zip(days, labels, strict=True)):
            origin, confidence = _origin(label, index, extent)
            found.append(DateCandidate(printed, origin, _sureness(confidence, printed, number)))
    return found


def _labels(text: str, days: Sequence[PrintedDay], above: str) -> list[str]:
    """What each date of a line is called; a nameless one in a byline, or before an update, is the publication."""
    labels: list[str] = []
    for day in days:
        labels.append(_label(text[: day.start_char], labels[-1] if labels else "", "" if labels else above))
    if labels and not labels[0]:
        behind = text[days[0].end_char :].strip(" ,(|–-")
        named_behind = any(starts_with_cue(behind, cue) for cue in ("published", "updated"))
        if named_behind or "updated" in labels or BYLINE_LEAD.match(text):
            labels[0] = "published"
    return labels


def _label(before: str, previous: str, above: str) -> str:
    """What a date's line says before it, else the short line above."""
    words = " ".join(before.split()[-_MAX_LABEL_WORDS:]).strip(" -–—|·•:,(")
    for cue in ("banner", "updated", "published"):
        if _has_cue(before, cue):
            return cue
    if words or find_days(above) or count_words(above) > _MAX_LABEL_WORDS:
        return previous if not words else ""
    return next((cue for cue in ("banner", "updated", "published") if starts_with_cue(above, cue)), "")


def _has_cue(before: str, group: str) -> bool:
    words = before.split()[-_MAX_LABEL_WORDS:]
    return any(starts_with_cue(" ".join(words[index:]), group) for index in range(len(words)))


def _origin(label: str, index: int, extent: Extent) -> tuple[str, float]:
    if label == "banner":
        return "text:banner", 0.05
    near = extent.headline - _LINES_ABOVE <= index <= extent.first + _LINES_BELOW
    if label == "updated":
        return "text:updated", 0.65 if near else 0.40
    if label == "published":
        return "text:published", 0.94 if near else 0.80
    if near:
        return "text:head", _sureness_by_distance(index, extent)
    if extent.last < index <= extent.last + _FOOT_LINES:
        return "text:foot", 0.35
    return ("text:top", 0.40) if index < extent.headline else ("text:elsewhere", 0.20)


def _sureness_by_distance(index: int, extent: Extent) -> float:
    """The surer, the nearer a line stands below the headline or, less so, above the running text."""
    if index < extent.headline:
        return _ABOVE_HEADLINE
    below, above = abs(index - extent.headline - 1), abs(extent.first - index - 1)
    return max(_BELOW_HEADLINE - 0.02 * below, _ABOVE_TEXT - 0.02 * above)


def _sureness(confidence: float, printed: PrintedDay, number: int) -> float:
    """Less sure where day and month could be swapped; a little less for the later dates of a line."""
    return max(0.01, (confidence - 0.02 * number) * (0.55 if printed.other_day else 1.0))
