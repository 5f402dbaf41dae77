"""Rules for words that nobody in particular said: "no one can say", "is seen as", "has not said whether"."""

from __future__ import annotations

import re

from etl.annotate.claims.candidates import Candidate
from etl.annotate.claims.cues import cue_nouns, is_passive
from etl.language import word_lists
from etl.language.vocabulary import Stance

_NOBODY = re.compile(r"(?:no ?one|nobody|none|neither|nothing)\b", re.IGNORECASE)
_PERFECT = re.compile(r"\b(?:has|have|had|having|['’]ve|['’]s)\s+(?:\w+\s+)?$")
_REACH = 12  # characters before a source that hold its conjunction
_CONDITION = re.compile(r"\b(?:if|unless|in case)\s+$", re.IGNORECASE)
_NOT_YET = re.compile(r"\b(?:will|may|might|could)\s+(?:then\s+|also\s+)?(?:have\s+)?$")
_REFUSED = re.compile(
    r"\b(?:declin|refus|fail)(?:e|es|ed|ing) to\s+$|\b(?:unable|unwilling|yet|reluctant) to\s+$|"
    r"\b(?:stop|fall)\w* short of\s+$|\bneither\s+(?:\w+\s+)?nor\s+$"
)
_ADVISED = re.compile(r"\b(?:should|must|can|ought to|need to|needs to)\s+(?:\w+ly\s+)?$")
_COMPARED = re.compile(r"\b(?:than|as)\s+(?:\w+ly\s+)?$")


def nobody_spoke(candidate: Candidate) -> bool | None:
    """The source says that nobody spoke.

    Place: before every rule that reads the cue, for no cue makes a speaker of nobody.
    For: {No one} can [say] <how long the repair will take>. -> no claim
    For: {Nobody} [said] “<It is over and it is late>”. -> no claim
    Against: {Noel Quist} [said] <it will take a week>. -> claim
    """
    source = candidate.draft.source
    is_nobody = source is not None and _NOBODY.match(candidate.document.text, *source)
    return False if is_nobody else None


def a_term(candidate: Candidate) -> bool | None:
    """What a thing is called by anybody.

    Place: before "whole quotation", for a term often stands in quotation marks.
    For: It is also [called] <the old harbour of the north>. -> no claim
    For: The path is [known] as “<the Long Walk of the north>”. -> no claim
    Against: {Marsh} [called] <it the worst harbour of the north>. -> claim
    """
    is_named = candidate.draft.source is None and candidate.cue.lemma in word_lists.words("naming_verbs")
    return False if is_named and is_passive(candidate.before_cue) else None


def not_said(candidate: Candidate) -> bool | None:
    """What somebody did not say, or would not.

    Place: before "verb of saying", which takes every content that follows its verb.
    For: {He} declined to [say] <whether the bank would close>. -> no claim
    For: {Marsh} [has not said] <when the bridge will open>. -> no claim
    For: {Marsh} [neither confirmed nor denied] that <the bridge is closed>. -> no claim
    For: {Marsh} [did not deny] that <the bridge is closed>. -> no claim
    For: {Marsh} [stopped short of saying] <the bridge is unsafe>. -> no claim
    Against: {Marsh} [does not believe] <the bridge will open>. -> claim
    Against: {Marsh} did not go, and [denied] that <the bridge is closed>. -> claim
    Against: {Marsh} failed to win and [said] <the vote was unfair>. -> claim
    """
    says = candidate.cue.stance in (Stance.STATEMENT, Stance.QUESTION, Stance.DEMAND, Stance.DENIAL)
    is_left = candidate.cue.is_negated or _REFUSED.search(candidate.before_cue)
    return False if candidate.is_indirect and says and is_left else None


def not_yet_said(candidate: Candidate) -> bool | None:
    """What somebody will or may say, or says only if.

    Place: beside "not said".
    For: If {Marsh} [says] <the bridge is safe>, it will open. -> no claim
    For: {Marsh} may [say] <the bridge is unsafe>. -> no claim
    For: {Marsh} [will say] on Monday that <the bridge is unsafe>. -> no claim
    Against: {Anyone} will [tell] you <the bridge is unsafe>. -> claim
    Against: {Marsh} [says] if <they close it, people will drown>. -> claim
    """
    if not candidate.is_indirect or candidate.draft.source is None:
        return None
    text, source = candidate.document.text, candidate.draft.source
    is_condition = source[1] <= candidate.cue.span[0] and _CONDITION.search(
        text, max(0, source[0] - _REACH), source[0]
    )
    is_future = _NOT_YET.search(candidate.before_cue) and not candidate.behind_cue.startswith(" you ")
    return False if is_condition or is_future else None


def seen_as(candidate: Candidate) -> bool | None:
    """What somebody is seen as or known for, by nobody in particular.

    Place: beside the other rules for words that nobody said, all of them before "verb of saying".
    For: {It} was [seen as] <the end of the party>. -> no claim
    For: {Aldermouth}, [known] for <its old harbour>, was quiet. -> no claim
    Against: {Marsh} has [seen] that <the wall is crooked>. -> claim
    Against: Marsh is [seen] by {many of the pilots} as <one who will win>. -> claim
    """
    is_seen = candidate.cue_words[0] in ("seen", "known") and not _PERFECT.search(candidate.before_cue)
    if candidate.behind_cue.startswith(" by "):
        return None
    return False if candidate.is_indirect and is_seen else None


def a_comparison(candidate: Candidate) -> bool | None:
    """What a thing is measured by: "more than expected".

    Place: beside the other rules for words that nobody said, all of them before "verb of saying".
    For: It took <more of the men> than [anticipated]. -> no claim
    Against: {Marsh} [anticipated] <that it would take more men>. -> claim
    """
    is_compared = candidate.draft.source is None and _COMPARED.search(candidate.before_cue)
    return False if candidate.is_indirect and is_compared else None


def said_of_somebody(candidate: Candidate) -> bool | None:
    """What is said or thought of somebody by nobody in particular.

    Place: beside the other rules for words that nobody said, all of them before "verb of saying".
    For: The men, [believed] <to be from the north>, left. -> no claim
    For: Marsh, [considered] <the best of them all>, left. -> no claim
    Against: {Marsh} [believed] that <they were from the north>. -> claim
    """
    if not candidate.is_indirect or candidate.draft.source is not None:
        return None
    word = candidate.cue_words[0]
    is_said = word in word_lists.words("said_of") and candidate.behind_cue.startswith(" to ")
    is_held = word in word_lists.words("held_for") and candidate.before_cue.rstrip().endswith(",")
    return False if is_said or is_held else None


def advice(candidate: Candidate) -> bool | None:
    """What somebody should or can think.

    Place: beside the other rules for words that nobody said, all of them before "verb of saying".
    For: {You} should [consider] <what it costs to stay>. -> no claim
    Against: {Marsh} must [say] <that the road is closed>. -> claim
    """
    is_advised = candidate.cue.stance == Stance.BELIEF and _ADVISED.search(candidate.before_cue)
    return False if candidate.is_indirect and is_advised else None


def no_speaker(candidate: Candidate) -> bool | None:
    """A passive or a noun without anybody who speaks: "asked whether", "it is recommended".

    Place: last of the rules for words that nobody said: the others look closer.
    For: <The bridge would be closed>, it was [announced]. -> no claim
    For: [Asked] <whether the bridge was safe>, Marsh nodded. -> no claim
    Against: {Marsh} was [quoted] as saying <the bridge was safe>. -> claim
    Against: It is [forecast] <to reach 4 per cent>. -> claim
    Against: <The bridge is safe>, [according to] engineers. -> claim
    """
    if not candidate.is_indirect or candidate.draft.source is not None:
        return None
    lemma = candidate.cue.lemma
    if lemma in word_lists.words("forecasting_verbs") and candidate.behind_cue.startswith(" to "):
        return None
    is_bare = is_passive(candidate.before_cue) or lemma == "ask" or lemma in cue_nouns()
    return False if is_bare else None
