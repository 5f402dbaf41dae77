"""What is no claim although the encoder takes it for one: wants, acts, topics, and words that nobody said."""

from __future__ import annotations

import re

from etl.annotate.claims.candidates import Candidate
from etl.annotate.claims.cues import cue_nouns
from etl.annotate.claims.drafts import MARKS, Draft
from etl.annotate.claims.nobodys_words import (
    a_comparison,
    a_term,
    advice,
    no_speaker,
    nobody_spoke,
    not_said,
    not_yet_said,
    said_of_somebody,
    seen_as,
)
from etl.annotate.claims.topics import (
    an_act,
    bare_name,
    empty_object,
    is_order,
    spoken_about,
    thing_described,
    told_thing,
    views_on,
)
from etl.annotate.rules import decide
from etl.annotate.text.document import Document, trim
from etl.language import word_lists
from etl.language.vocabulary import ClaimKind, Demands, Stance
from etl.records import Span

_LEAST_WORDS = 4  # of a quotation that says something, and of a heading
_LONGEST_HEADING = 20  # words
# Probabilities that the encoder must give; chosen on articles annotated by hand.
_LEAST = 0.4  # with a cue that speaks for itself
_LEAST_BARE = 0.5  # of a proposition that does not follow "that"
_SURE = 0.9
_COLON = re.compile(r"[”\"’']?:\s+[“\"‘']?")
_EXPRESSED = re.compile(r"\b(?:express|voic)(?:es?|ed|ing)\s+(?:[\w-]+\s+){0,3}$")


def is_claim(document: Document, draft: Draft) -> bool:
    """Tell a report of words or beliefs from wants, acts and topics."""
    decision = decide(CLAIM_RULES, Candidate(document, draft))
    return decision is not None and decision[1]


def named_by_a_heading(candidate: Candidate) -> bool | None:
    """Words that a heading gives to its source.

    Place: first, for a heading needs neither a cue nor quotation marks.
    For: {Marsh}: <Bridge Bad for Pilots and Ships> ¶ The debate went on. -> claim
    Against: They met again. {Marsh}: <Bridge Bad for Pilots and Ships> -> no claim
    """
    document, draft = candidate.document, candidate.draft
    if draft.cue is not None or draft.source is None:
        return None
    if not _COLON.fullmatch(document.text, draft.source[1], draft.start):
        return None
    start, end = document.line(draft.start)
    is_opening = not document.words((start, draft.source[0])) and document.sentence(draft.start)[1] == end
    count = len(candidate.words)
    is_told = count >= _LEAST_WORDS and (candidate.is_proposition or count <= _LONGEST_HEADING)
    return True if is_opening and is_told else None


def quotation_alone(candidate: Candidate) -> bool | None:
    """A quotation without a cue that is no heading: its speaker goes on.

    Place: before "no cue", whose exception it is.
    For: “<It is too late for all of us.>” -> claim
    Against: “<Too late for all of us>” ¶ The debate went on. -> no claim
    Against: Quist walked the “<long old road>” home. -> no claim
    """
    draft = candidate.draft
    if draft.cue is not None or draft.kind == ClaimKind.INDIRECT or candidate.word_count < _LEAST_WORDS:
        return None
    is_quoted = draft.kind == ClaimKind.DIRECT or candidate.is_half_quoted
    return True if is_quoted and not _stands_on_heading(candidate) else None


def no_cue(candidate: Candidate) -> bool | None:
    """Words without a cue and without quotation marks are the article's own.

    Place: before all rules that read the cue.
    For: <The bridge had been closed for years>. -> no claim
    Against: {Marsh} [said] <the bridge had been closed for years>. -> claim
    """
    return False if candidate.draft.cue is None else None


def whole_quotation(candidate: Candidate) -> bool | None:
    """A quotation with a cue: its words are somebody's, whatever the verb.

    Place: before the rules that doubt the verb or the content, for quotation marks speak for themselves.
    For: “<It is too late for all of us>,” {Marsh} [said]. -> claim
    For: “<It is too late for all of us>,” {Marsh} [sighed]. -> claim
    Against: {Marsh} [crossed] “<the old road of the north>”. -> claim
    Against: {Marsh} spoke of a [ban] on “<late ships>”. -> no claim
    """
    if candidate.draft.kind != ClaimKind.DIRECT or candidate.word_count < _LEAST_WORDS:
        return None
    is_sure = candidate.cue.demands != Demands.UNKNOWN or _is_sentence(candidate)
    return True if is_sure else None


def a_finding(candidate: Candidate) -> bool | None:
    """What a poll, a study, figures tell.

    Place: before "no verb of saying", for a poll may "have Marsh ahead".
    For: {A new poll} [has] <Marsh at 39 percent>. -> claim
    For: {Polls} have [shown] <support eroding>. -> claim
    Against: {The team} [has] <Marsh at 39 percent>. -> no claim
    """
    source = candidate.draft.source
    if source is None or candidate.cue.lemma not in word_lists.words("finding_verbs"):
        return None
    studies = word_lists.words("studies")
    words = candidate.document.words(source)
    is_study = any(word in studies or word.removesuffix("s") in studies for word in words)
    return candidate.draft.probability > _LEAST if is_study else None


def no_verb_of_saying(candidate: Candidate) -> bool | None:
    """Wants, plans and acts: what the verb reports was not said.

    Place: before all rules that keep a content for its verb or its form.
    For: {Marsh} [wants] <the bridge to be closed>. -> no claim
    For: {Marsh} [refused] <to close the bridge>. -> no claim
    For: {Men} [shout at] <her and her crew in the street>. -> no claim
    Against: {Marsh} [vowed] <to close the bridge>. -> claim
    """
    return False if candidate.cue.demands == Demands.NEVER else None


def expressed(candidate: Candidate) -> bool | None:
    """What is felt, as the object of a verb: "expressed concern about the dam".

    Place: before the rules for topics, for the noun says what its speaker feels about the topic.
    For: {Marsh} [expressed] <deep concern about the dam>. -> claim
    For: {Marsh} expressed deep [concern] about <the dam>. -> claim
    Against: {The experts} [expressed] <different views about the dam>. -> no claim
    """
    if candidate.cue.lemma in word_lists.words("expressing_verbs"):
        is_felt = any(cue_nouns().get(word) == Stance.BELIEF for word in candidate.words[:4])
        return True if is_felt else None
    start = candidate.cue.span[0]
    return True if _EXPRESSED.search(candidate.document.text, max(0, start - 50), start) else None


def rejected(candidate: Candidate) -> bool | None:
    """What others say, as the object of a verb that denies it: "rejected the allegation".

    Place: beside "expressed", before the rules for topics, for to reject an allegation is to deny it.
    For: {Marsh} [rejected] <the allegation>. -> claim
    For: {Marsh} [dismissed] <the idea>. -> claim
    Against: {Marsh} [rejected] <the parcel>. -> no claim
    """
    if candidate.cue.lemma not in word_lists.words("rejecting_verbs"):
        return None
    answered = word_lists.words("refused_nouns")
    return True if any(word in cue_nouns() or word in answered for word in candidate.words[:4]) else None


def verb_of_saying(candidate: Candidate) -> bool | None:
    """What follows a verb that always reports, if the encoder is not too doubtful of it.

    Place: behind the rules for acts, topics and nobody's words, which are its exceptions.
    For: {Marsh} [said] <the bridge is safe>. -> claim
    For: {Marsh} [praised] <the pilots for their patience>. -> claim
    Against: {Marsh} [recognised] <the bridge of her childhood>. -> no claim
    """
    return candidate.draft.probability > _LEAST if candidate.cue.demands == Demands.CLAIM else None


def a_label(candidate: Candidate) -> bool | None:
    """What somebody or something is taken for: "portrayed him as a crook".

    Place: beside "an order": a label has no finite verb either.
    For: {The daily} [portrayed] <the mayor as a crook>. -> claim
    For: {Many of the pilots} [saw] <the mayor as a crook>. -> claim
    Against: {Police} [identified] <the driver of the van>. -> no claim
    """
    labels = candidate.cue.lemma == "see" or candidate.cue.lemma in word_lists.words("labelling_verbs")
    is_label = labels and candidate.draft.source is not None and "as" in candidate.words
    return candidate.draft.probability > _LEAST if is_label else None


def an_order(candidate: Candidate) -> bool | None:
    """What somebody is told to do, by a verb that asks for a clause.

    Place: behind "an act", its exception; before "a proposition", for "to leave" has no finite verb.
    For: {Marsh} [directed] <the police to leave the bridge>. -> claim
    Against: {Marsh} [directed] <the traffic on the bridge>. -> no claim
    """
    return candidate.draft.probability > _LEAST if is_order(candidate) else None


def partly_quoted(candidate: Candidate) -> bool | None:
    """Words that stand in quotation marks for a good part, whatever the verb.

    Place: behind the rules for verbs, for a few quoted words may be a mere term.
    For: {Marsh} [recognised] <an “old and ugly wound of the north”>. -> claim
    Against: {Marsh} [recognised] <the beauty of the long white coast of the “north”>. -> no claim
    """
    if candidate.is_indirect or candidate.word_count < 3:
        return None
    return True if candidate.is_half_quoted or candidate.draft.probability > _SURE else None


def a_proposition(candidate: Candidate) -> bool | None:
    """Words that say something: after "that", or with a subject and a verb.

    Place: behind all rules that know the verb: here only the form of the content speaks.
    For: {Marsh} [recognised] that <the bridge was lost>. -> claim
    For: {Marsh} [charged] that <the vote was rigged>. -> claim
    Against: {Marsh} [recognised] <the bridge of her childhood>. -> no claim
    """
    least = _LEAST if candidate.follows_that else _LEAST_BARE
    return True if candidate.is_proposition and candidate.draft.probability > least else None


def a_mere_phrase(candidate: Candidate) -> bool | None:
    """Words that say nothing and whose verb need not report.

    Place: last; what no rule keeps is no claim.
    For: {Marsh} [recognised] <the bridge of her childhood>. -> no claim
    For: {Prosecutors} [charged] <Marsh with fraud>. -> no claim
    Against: {Marsh} [recognised] that <the bridge was lost>. -> claim
    """
    return False


CLAIM_RULES = (
    named_by_a_heading,
    quotation_alone,
    no_cue,
    nobody_spoke,
    a_term,
    whole_quotation,
    a_finding,
    no_verb_of_saying,
    expressed,
    rejected,
    not_said,
    not_yet_said,
    seen_as,
    a_comparison,
    said_of_somebody,
    advice,
    no_speaker,
    spoken_about,
    told_thing,
    views_on,
    empty_object,
    thing_described,
    bare_name,
    an_act,
    verb_of_saying,
    a_label,
    an_order,
    partly_quoted,
    a_proposition,
    a_mere_phrase,
)


def _is_sentence(candidate: Candidate) -> bool:
    """Whether quoted words are a sentence, not a term that the article sets in quotation marks."""
    return candidate.document.text[candidate.draft.start].isupper() or any(
        word in word_lists.words("finite_verbs")
        or word in word_lists.words("subject_pronouns")
        or "'" in word
        or "’" in word
        for word in candidate.words
    )


def _stands_on_heading(candidate: Candidate) -> bool:
    start, end = candidate.document.line(candidate.draft.start)
    return is_heading(candidate.document, trim(candidate.document.text, start, end, MARKS))


def is_heading(document: Document, inner: Span) -> bool:
    """Whether words are a heading: in capitals, or without a mark at their end."""
    words = document.text[slice(*inner)]
    return words.isupper() or words[-1] not in ".!?…,;:"
