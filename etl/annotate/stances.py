"""The stance of a claim: what its speaker does by saying it."""

from __future__ import annotations

import re

from etl.annotate import lexicon
from etl.annotate.document import Document
from etl.annotate.drafts import Draft

_QUESTION_WORD = re.compile(r"(?:whether|if|why|how|what|when|where|who)\b", re.IGNORECASE)
_BLAMING = ("accuse", "blame", "allege")
_ACCUSED = re.compile(r"\b(?:them|him|her|they|he|she|who|its|their|his)\b|[A-Z]\w+")
_PROMISE = re.compile(r"(?:I|We)(?:[’']ll| will| shall| won[’']t| promise| pledge)\b")
_DEMAND = re.compile(
    r"\b(?:we|I) (?:demand|urge|call (?:on|for)|ask)\b|^[A-Z]\w+ (?:should|must|needs? to|ha(?:s|ve) to)\b(?! have)"
)


def stance(document: Document, draft: Draft) -> str:
    """The stance a claim takes, from its cue and, where that is neutral, from its words."""
    words = " ".join(document.text[start:end] for start, end in draft.pieces)
    cue = draft.cue
    if cue is not None and cue.stance == "question" or (cue and cue.lemma in ("ask", "press")):
        asks = _QUESTION_WORD.match(words) or words.endswith("?") or cue.lemma not in ("ask", "press")
        return "question" if asks or draft.kind == "direct" else "demand"
    if cue is not None and cue.stance == "accusation" and cue.lemma not in _BLAMING:
        # Policies and things are criticised, people are accused.
        return (
            "accusation"
            if draft.kind != "indirect" or _ACCUSED.search(words) or " for " in words
            else "statement"
        )
    if cue is not None and cue.lemma in ("express", "voice"):
        return "belief"
    if cue is not None and cue.stance != "statement":
        return cue.stance
    return _stance_of_words(words, draft.kind)


def _stance_of_words(words: str, kind: str) -> str:
    if kind == "direct" and _PROMISE.match(words):
        return "promise"
    if _DEMAND.search(words) and kind == "direct":
        return "demand"
    if any(wrong in words.lower() for wrong in lexicon.words("wrongdoing")):
        return "accusation"
    return "statement"
