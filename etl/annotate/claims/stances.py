"""The stance of a claim: what its speaker does by saying it."""

from __future__ import annotations

import re
from functools import cache

from etl.annotate.claims.candidates import QUESTION_WORD
from etl.annotate.claims.cues import Cue, cue_nouns
from etl.annotate.claims.drafts import Draft
from etl.annotate.text.document import WORD, Document
from etl.language import word_lists
from etl.language.vocabulary import ClaimKind, Stance

_QUESTION = re.compile(
    r"(?:who|what|when|where|why|how|which|is|are|was|were|do|does|did|has|have|can|could|will|would|should|"
    r"(?:do|does|did|is|are|was|were|ca|wo|would|could|should)n[’']t)\b[^.!?]*\?",
    re.IGNORECASE,
)
_ACCUSED = re.compile(r"\b(?:them|him|her|they|he|she|who|its|their|his)\b|[A-Z]\w+")
_PROMISE = re.compile(
    r"(?:I|We)(?:[’']ll| will| shall| won[’']t| promise| pledge)\b"
    r"(?! (?:have to|see|know|find out|need|discuss|talk|feel|miss|remember|probably|lose|die|get|"
    r"be (?:able|afraid|dead|glad|happy|lucky|lost|sad|sorry|surprised|there))\b)"
)
_DEMAND = re.compile(
    r"\b(?:[Ww]e|I) (?:(?:would|strongly|also) )*(?:demand|urge|advise|call (?:on|for)|ask)\b|"
    r"^[A-Z]\w+ (?:should|must|needs? to|ha(?:s|ve) to)\b(?! have)|"
    r"^(?:Let (?:them|him|her|us)|Do not|Don[’']t|Never|Please|Stop|Go|Leave|Stay|Hands off)\b(?![^.!]*\?)"
)
_DENIAL = re.compile(
    r"(?:I|We)(?: have|[’']ve)? (?:never|did not|didn[’']t|have not|haven[’']t|do not|don[’']t)\b"
    r"(?! (?:think|believe|know|want|see|need|have|care|understand|expect|like|agree|feel|say|mind|remember|wish|hope|"
    r"imagine|suppose|recall|doubt|envy|hear|get))|"
    r"(?:That|This|It)(?:[’']s| is| was) (?:just |simply |absolutely |completely )?"
    r"(?:not true|untrue|false|a lie|nonsense|rubbish)\b|"
    r"[^.!?]*\b(?:is|are|was|were) (?:\w+ly |just |simply ){0,2}(?:incorrect|untrue|baseless|unfounded|groundless)\b|"
    r"(?:Incorrect|Untrue|Not true|Nonsense)\b|[^?]*\b[Tt]here (?:is|was) no (?:proof|basis|truth)\b"
)
_ASKED = re.compile(
    rf"(?:(?:him|her|them|me|us|you|it|about) )?(?:{QUESTION_WORD.pattern})|about\b", re.IGNORECASE
)
_NOT = re.compile(
    r"\b(?:not?(?! only| just| merely)|never|nor|nobody|no one|without)\b[^.;]{0,40}$|n[’']t\b[^.;]{0,40}$"
)


def stance(document: Document, draft: Draft) -> Stance:
    """The stance a claim takes, from its cue and, where that is neutral, from its words."""
    words = " ".join(document.text[start:end] for start, end in draft.pieces)
    cue = draft.cue
    if cue is None:
        return _stance_of_words(words, draft.kind)
    is_doubtful = cue.lemma in word_lists.words("asking_verbs")
    if cue.stance == Stance.QUESTION or is_doubtful:
        asks = not is_doubtful or _ASKED.match(words) or words.endswith("?")
        return Stance.QUESTION if asks or draft.kind == ClaimKind.DIRECT else Stance.DEMAND
    if cue.stance == Stance.ACCUSATION and cue.lemma not in word_lists.words("blaming_verbs"):
        # Policies and things are criticised, people are accused.
        accuses = draft.kind != ClaimKind.INDIRECT or _ACCUSED.search(words) or " for " in words
        return Stance.ACCUSATION if accuses else Stance.STATEMENT
    if cue.lemma in word_lists.words("expressing_verbs"):
        return Stance.BELIEF
    if cue.lemma == "plead" and words.lower().startswith("not guilty"):
        return Stance.DENIAL
    if cue.stance != Stance.STATEMENT:
        return cue.stance
    return _stance_of_object(cue, words) or _stance_of_words(words, draft.kind)


def _stance_of_object(cue: Cue, words: str) -> Stance | None:
    """The stance of what is repeated or so called: "his call for", "him the mastermind", "it a forgery"."""
    first = [word.lower() for word in WORD.findall(words)]
    if cue.lemma in word_lists.words("repeating_verbs"):
        named = (cue_nouns()[word] for word in first[:3] if word in cue_nouns())
        return next((told for told in named if told != Stance.STATEMENT), None)
    if cue.lemma not in word_lists.words("labelling_verbs"):
        return None
    if set(first) & word_lists.words("pejoratives"):
        return Stance.ACCUSATION
    return Stance.DENIAL if set(first[:8]) & word_lists.words("untruths") else None


def _stance_of_words(words: str, kind: ClaimKind) -> Stance:
    words = words.strip("“”\"'‘’ ")
    if kind == ClaimKind.DIRECT:
        if _PROMISE.match(words):
            return Stance.PROMISE
        if _DENIAL.match(words):
            return Stance.DENIAL
        if _QUESTION.fullmatch(words):
            return Stance.QUESTION
        if _DEMAND.search(words):
            return Stance.DEMAND
    lowered = words.lower()
    accuses = any(not _NOT.search(lowered, 0, found.start()) for found in _wrongs().finditer(lowered))
    return Stance.ACCUSATION if accuses else Stance.STATEMENT


@cache
def _wrongs() -> re.Pattern[str]:
    """What is done to others wrongly, in the words of lexicon/wrongdoing.txt."""
    phrases = sorted(word_lists.words("wrongdoing"), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")
