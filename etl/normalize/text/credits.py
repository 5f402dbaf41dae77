"""Captions and their credits: "… in Geneva. Photo: Agency" -> the caption and "Agency"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.language.word_lists import alternation, groups

_WORD = re.compile(r"[^\W_]+")
_LABELS, _AGENCY_NAMES = groups("credits")["label"], groups("credits")["agency"]
_LABEL = rf"(?:{alternation(_LABELS)}|©|\(c\))"
_AGENCIES = rf"(?:{alternation(_AGENCY_NAMES)})"
# The patterns below try every place in a line: no caption is longer, but a line made to stall us may be.
_LONGEST = 1000
_LABELLED = re.compile(
    rf"(?P<caption>.*?)[\s(\[|–—-]*(?:\b{_LABEL}|©|\(c\))(?:\s?(?:by|von|de|di|av|via|/)\s|\s?credits?)?\s?[:：©|]\s?(?P<credit>[^:]{{2,90}}?)[)\]]?$",
    re.I | re.S,
)
_COPYRIGHT = re.compile(
    r"(?P<caption>.*?)[\s(\[|]*(?:©|\(c\)|Copyright:?)\s*(?P<credit>.{2,90}?)[)\]]?$", re.S
)
_BRACKETED = re.compile(
    rf"(?P<caption>.*?)\s*[(\[](?P<credit>(?:[^()\[\]]{{0,60}}[\s/,:-])?{_AGENCIES}(?:[\s/,-][^()\[\]]{{0,60}})?)[)\]]\s*$",
    re.S,
)
_TAIL = re.compile(
    rf"(?P<caption>.*?[.!?…”\"»’)])\s+(?P<credit>(?:[^.!?]{{0,60}}[\s/,-])?{_AGENCIES}(?:[\s/,-][^.!?]{{0,60}})?)$",
    re.S,
)
# No pattern fits a line without one of these: of each label and agency its longest word, and "(c)".
CREDIT_WORDS = {"c", *(max(_WORD.findall(name.lower()), key=len) for name in _LABELS | _AGENCY_NAMES)}


def has_credit(text: str, words: Iterable[str]) -> bool:
    """Whether a line of the given lower-case words names a credit."""
    return _may_have_credit(text, words) and split_credit(text)[1] is not None


def _may_have_credit(text: str, words: Iterable[str]) -> bool:
    return len(text) <= _LONGEST and ("©" in text or not CREDIT_WORDS.isdisjoint(words))


def split_credit(text: str) -> tuple[str | None, str | None]:
    """Split a caption line.

    Returns:
        The caption and the credit, each None where the line has none; a line without any sign of a credit
        is all caption.
    """
    if not _may_have_credit(text, _WORD.findall(text.lower())):
        return text.strip() or None, None
    for pattern in (_BRACKETED, _LABELLED, _COPYRIGHT, _TAIL):
        match = pattern.match(text)
        if match:
            caption, credit = match["caption"].strip(" |–—-"), match["credit"].strip(" .|:")
            return caption or None, credit or None
    return text.strip() or None, None
