"""The stance of a claim: what its speaker does by saying it."""

from __future__ import annotations

import re
from functools import cache

from etl.annotate.claims.cues import Cue
from etl.annotate.claims.drafts import Draft
from etl.annotate.text.document import WORD, Document
from etl.language import word_lists

_QUESTION_WORD = re.compile(r"(?:whether|if|why|how|what|when|where|who)\b", re.IGNORECASE)
_QUESTION = re.compile(
    r"(?:who|what|when|where|why|how|which|is|are|was|were|do|does|did|has|have|can|could|will|would|should|"
    r"(?:do|does|did|is|are|was|were|ca|wo|would|could|should)n[’']t)\b[^.!?]*\?",
    re.IGNORECASE,
)
_BLAMING = ("accuse", "blame", "allege")
_ACCUSED = re.compile(r"\b(?:them|him|her|they|he|she|who|its|their|his)\b|[A-Z]\w+")
_PROMISE = re.compile(
    r"(?:I|We)(?:[’']ll| will| shall| won[’']t| promise| pledge)\b(?! (?:have to|see|know|find out|need|discuss|talk))"
)
_DEMAND = re.compile(
    r"\b(?:we|I) (?:demand|urge|call (?:on|for)|ask)\b|^We (?:demand|urge|call on|call for|ask)\b|"
    r"^[A-Z]\w+ (?:should|must|needs? to|ha(?:s|ve) to)\b(?! have)|"
    r"^(?:Let (?:them|him|her|us)|Do not|Don[’']t|Never|Please|Stop|Go|Leave|Stay|Hands off)\b(?![^.!]*\?)"
)
_DENIAL = re.compile(
    r"(?:I|We)(?: have|[’']ve)? (?:never|did not|didn[’']t|have not|haven[’']t|do not|don[’']t)\b"
    r"(?! (?:think|believe|know|want|see|need|have|care|understand|expect|like|agree|feel|say|mind|remember|wish|hope))|"
    r"(?:That|This|It)(?:[’']s| is| was) (?:just |simply |absolutely |completely )?"
    r"(?:not true|untrue|false|a lie|nonsense|rubbish)\b"
)
_UNTRUE = {
    "forgery", "lie", "lies", "nonsense", "fabrication", "fabricated", "baseless", "unfounded", "false", "untrue",
}  # fmt: skip
_NOT = re.compile(
    r"\b(?:not?(?! only| just| merely)|never|nor|nobody|no one|without)\b[^.;]{0,40}$|n[’']t\b[^.;]{0,40}$"
)


def stance(document: Document, draft: Draft) -> str:
    """The stance a claim takes, from its cue and, where that is neutral, from its words."""
    words = " ".join(document.text[start:end] for start, end in draft.pieces)
    cue = draft.cue
    if cue is None:
        return _stance_of_words(words, draft.kind)
    if cue.stance == "question" or cue.lemma in ("ask", "press"):
        asks = _QUESTION_WORD.match(words) or words.endswith("?") or cue.lemma not in ("ask", "press")
        return "question" if asks or draft.kind == "direct" else "demand"
    if cue.stance == "accusation" and cue.lemma not in _BLAMING:
        # Policies and things are criticised, people are accused.
        accuses = draft.kind != "indirect" or _ACCUSED.search(words) or " for " in words
        return "accusation" if accuses else "statement"
    if cue.lemma in ("express", "voice"):
        return "belief"
    if cue.lemma == "plead" and words.lower().startswith("not guilty"):
        return "denial"
    if cue.stance != "statement":
        return cue.stance
    return _stance_of_object(cue, words) or _stance_of_words(words, draft.kind)


def _stance_of_object(cue: Cue, words: str) -> str | None:
    """The stance of what is repeated or so called: "his call for", "him the mastermind", "it a forgery"."""
    first = [word.lower() for word in WORD.findall(words)]
    if cue.lemma in ("reiterate", "repeat", "renew"):
        named = (word_lists.table("cue_nouns").get(word) for word in first[:3])
        return next((told for told in named if told not in (None, "statement")), None)
    if cue.lemma not in word_lists.words("labelling_verbs"):
        return None
    if set(first) & word_lists.words("pejoratives"):
        return "accusation"
    return "denial" if set(first[:8]) & _UNTRUE else None


def _stance_of_words(words: str, kind: str) -> str:
    words = words.strip("“”\"'‘’ ")
    if kind == "direct":
        for told, pattern in (("promise", _PROMISE), ("denial", _DENIAL), ("question", _QUESTION)):
            if pattern.fullmatch(words) if told == "question" else pattern.match(words):
                return told
        if _DEMAND.search(words):
            return "demand"
    lowered = words.lower()
    return (
        "accusation"
        if any(not _NOT.search(lowered, 0, found.start()) for found in _wrongs().finditer(lowered))
        else "statement"
    )


@cache
def _wrongs() -> re.Pattern[str]:
    """What is done to others wrongly, in the words of lexicon/wrongdoing.txt."""
    phrases = sorted(word_lists.words("wrongdoing"), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")
