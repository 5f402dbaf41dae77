"""Rules for what stands right before a cue: somebody who is told, or a name that the encoder took for no source."""

from __future__ import annotations

import re

from etl.annotate.speakers.asked import Answer, Asked
from etl.language import word_lists

_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being|when|if)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_OVER = re.compile(r"\b(?:over|amid|following|after|on|facing|faces|faced|against|despite)\s+(?:\w+\s+)?$")
_ADJACENT = re.compile(
    r"\s*(?:(?:has|have|had|was|is|also|then|later|previously|reportedly|allegedly|\w+ly)\s+){0,3}"
)
_LINKED = re.compile(
    r"\b(?:of|for|by|with|from|in|at|to|and|or|on|near|around|outside|inside|about|against|off|between|behind|"
    r"across|along|over|under|than|like|including|as)\s+(?:the\s+)?$"
)


def told_to(asked: Asked) -> Answer | None:
    """Nobody speaks where what stands before the cue is whom the words were for, or whom they are about.

    Place: first, for every other rule would take the one who is told for the one who speaks.
    For: {Robert Quist} was [told] that <the wall had cracks>. -> nobody
    For: {Residents} [urged] <to leave>. -> nobody
    For: {Helen Marsh} is [said] <to have left>. -> nobody
    For: {Helen Marsh} was arrested over [allegations] that <she lied>. -> nobody
    Against: {Helen Marsh} repeated [allegations] that <he lied>. -> Helen Marsh
    Against: {Robert Quist} [told] her that <the wall had cracks>. -> Robert Quist
    """
    draft, cue, text = asked.draft, asked.cue, asked.scene.document.text
    if cue is None or (draft.source is not None and draft.source[0] > cue.span[0]):
        return None
    words, before = text[slice(*cue.span)], text[max(0, cue.span[0] - 20) : cue.span[0]]
    is_followed_by_to = text.startswith(" to ", cue.span[1])
    is_headline = (
        draft.source is not None and is_followed_by_to and cue.lemma in word_lists.words("ordering_verbs")
    )
    is_said_of = is_followed_by_to and words in word_lists.words("said_of") and bool(_PASSIVE.search(before))
    is_accused = words in word_lists.words("accusations") and bool(_OVER.search(before))
    is_asked = (
        not words.endswith("ing")
        and cue.lemma in word_lists.words("told_verbs")
        and bool(_PASSIVE.search(before))
    )
    return Answer() if is_headline or is_said_of or is_accused or is_asked else None


def beside_the_cue(asked: Asked) -> Answer | None:
    """The name right before the cue, where the encoder found no source or one further off.

    Place: before all that reads the source found, for nothing stands nearer to the cue.
    For: In the end Helen Marsh later [said] <it was late>. -> Helen Marsh
    For: When {the pilot} left, Helen Marsh [said] <it was late>. -> Helen Marsh
    Against: {A pilot} from Aldermouth [said] <it was late>. -> A pilot
    """
    cue, draft, text = asked.cue, asked.draft, asked.scene.document.text
    if cue is None:
        return None
    start = asked.scene.document.sentence(cue.span[0])[0]
    names = asked.scene.within((start, cue.span[0]))
    if not names:
        return None
    span, thing = names[-1]
    if draft.source is not None and draft.source[1] > span[0]:
        return None
    is_adjacent = _ADJACENT.fullmatch(text, span[1], cue.span[0])
    return Answer(thing) if is_adjacent and not _LINKED.search(text[start : span[0]]) else None
