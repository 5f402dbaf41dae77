"""Rules for contents that only name what was spoken about, and for verbs of saying that stand for acts."""

from __future__ import annotations

import re

from etl.annotate.claims.candidates import QUESTION_WORD, Candidate
from etl.annotate.names.roles import names_role
from etl.language import word_lists
from etl.language.vocabulary import Demands, Stance

_TOLD_THING = re.compile(r"\s+(?:the truth|the story|lies|a lie|jokes?|stories|tales|fortunes)\b")
_VIEWS = re.compile(r"^(?:\w+ ){0,2}(?:views?|opinions?|thoughts) (?:about|on)\b", re.IGNORECASE)
_TOLD_EVENT = re.compile(r"(?:how|what|where|when|[a-z]{2,}ing(?! of))\b", re.IGNORECASE)
_FIRST_PHRASE = re.compile(r"\s(?:of|in|about|on|for|at|with|from|who|which|that|to)\b")
_ACTS = {  # the verb, and the contents with which it stands for an act
    "ask": re.compile(
        r"(?:not )?to (?:comment|be (?:named|identified|quoted)|remain anonymous)\b|for comment\b",
        re.IGNORECASE,
    ),
    "call": re.compile(r"to (?:the|an?|reports?|help|hospital)\b", re.IGNORECASE),
    "decline": re.compile(r"to\b"),
    "hope": re.compile(r"to\b"),
    "wish": re.compile(r"to\b"),
}


def spoken_about(candidate: Candidate) -> bool | None:
    """What somebody spoke about.

    Place: first of the rules for topics, all of them before "verb of saying", which asks nothing of its content.
    For: {Marsh} [warned about] <the old wall of the dam>. -> no claim
    Against: {Marsh} [warned] that <the old wall may break>. -> claim
    Against: {Marsh} is [worried about] <the old wall of the dam>. -> claim
    """
    feels = candidate.cue.stance == Stance.BELIEF
    is_topic = candidate.cue_words[-1] in ("about", "regarding") and not feels
    return False if candidate.is_indirect and is_topic else None


def told_thing(candidate: Candidate) -> bool | None:
    """What a truth, a story or a joke that was told was about.

    Place: beside the other rules for topics, all of them before "verb of saying".
    For: {He} [told] the truth about <the danger of the dam>. -> no claim
    For: {The film} [tells] the story of <a pilot from the north>. -> no claim
    Against: {He} [told] the author that <it was all untrue>. -> claim
    """
    is_told = candidate.cue.lemma == "tell" and _TOLD_THING.match(candidate.behind_cue)
    return False if candidate.is_indirect and is_told else None


def views_on(candidate: Candidate) -> bool | None:
    """On what somebody has a view.

    Place: beside the other rules for topics, all of them before "verb of saying".
    For: {The experts} [shared] <different views about the dam>. -> no claim
    Against: {The experts} [shared] <the view that the dam may break>. -> claim
    """
    return False if candidate.is_indirect and _VIEWS.search(candidate.content) else None


def empty_object(candidate: Candidate) -> bool | None:
    """A word that stands for what was said elsewhere.

    Place: beside the other rules for topics, all of them before "verb of saying".
    For: {Those} who do not [think] that <way> are not happy. -> no claim
    For: {Marsh} [said] <it> twice. -> no claim
    Against: {The company} [denies] <this>. -> claim
    """
    is_denial = candidate.cue.stance == Stance.DENIAL
    is_empty = not is_denial and candidate.content.lower() in word_lists.words("empty_objects")
    return False if candidate.is_indirect and is_empty else None


def thing_described(candidate: Candidate) -> bool | None:
    """A thing that is described, without the word for it.

    Place: beside the other rules for topics, all of them before "verb of saying".
    For: {Marsh} [described] <the long night on the bridge>. -> no claim
    Against: {Marsh} [described] <the night as the longest of all>. -> claim
    Against: {Marsh} [described] <how the bridge fell that night>. -> claim
    Against: {Marsh} [described] <walking over the bridge at night>. -> claim
    """
    if not candidate.is_indirect or candidate.cue.lemma != "describe":
        return None
    tells = " as " in candidate.content or _TOLD_EVENT.match(candidate.content)
    return None if tells else False


def bare_name(candidate: Candidate) -> bool | None:
    """One word or three that a verb of saying only names: "announced the winner".

    Place: last of the rules for topics: the others know their verbs.
    For: {Marsh} [announced] <the next winner>. -> no claim
    Against: {Marsh} [announced] <the winner of the first race>. -> claim
    Against: {Marsh} [said] <it was late>. -> claim
    Against: {Marsh} [called] <him a fool>. -> claim
    """
    if not candidate.is_indirect or candidate.cue.stance != Stance.STATEMENT:
        return None
    is_short = candidate.word_count in (1, 3) and candidate.cue.lemma not in word_lists.words(
        "labelling_verbs"
    )
    return False if is_short and not candidate.is_proposition else None


def an_act(candidate: Candidate) -> bool | None:
    """A verb of saying that stands for something done: "asked not to be named", "police question the managers".

    Place: right before "verb of saying" and "an order", whose exception it is.
    For: {He} [asked] <not to be named because of his job>. -> no claim
    For: {Police} [question] <the managers of the site>. -> no claim
    For: {Police} [called] <to reports of a fire at noon>. -> no claim
    Against: {The union} [called] <to close the dam>. -> claim
    Against: {Marsh} [questioned] <the need for the dam>. -> claim
    """
    says = candidate.cue.demands == Demands.CLAIM or is_order(candidate)
    if not candidate.is_indirect or not says:
        return None
    content = candidate.content
    act = _ACTS.get(candidate.cue.lemma.split()[0])
    if act is not None and act.match(content):
        return False
    questions = candidate.cue.lemma in word_lists.words("questioning_verbs") and not QUESTION_WORD.match(
        content
    )
    asked = _FIRST_PHRASE.split(re.sub(r"s\b", "", content))[0]
    return False if questions and names_role(asked) else None


def is_order(candidate: Candidate) -> bool:
    """Whether somebody is told to do something: "directed the police to leave"."""
    return candidate.cue.stance == Stance.DEMAND and "to" in candidate.words[1:8]
