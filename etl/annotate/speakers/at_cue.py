"""Rules for who stands before a cue: somebody told or spoken of, or a name that the encoder took for no source."""

from __future__ import annotations

import re

from etl.annotate.claims.cues import Cue, is_passive
from etl.annotate.speakers.asked import Answer, Asked
from etl.language import word_lists

_OVER = re.compile(r"\b(?:over|amid|following|after|on|facing|faces|faced|against|despite)\s+(?:\w+\s+)?$")
_SAID = re.compile(r"\s+(?:said|says|told|wrote|added|announced)\b")
_ADJACENT = re.compile(
    r"\s*(?:(?:has|have|had|was|is|also|then|later|previously|reportedly|allegedly|\w+ly)\s+){0,3}"
)
_LINKED = re.compile(
    r"\b(?:of|for|by|with|from|in|at|to|and|or|on|near|around|outside|inside|about|against|off|between|behind|"
    r"across|along|over|under|than|like|including|as)\s+(?:the\s+)?$"
)


def told_to(asked: Asked) -> Answer | None:
    """Nobody speaks where what stands before the cue is whom the words were for.

    Place: first, for every other rule would take the one who is told for the one who speaks.
    For: {Robert Quist} was [told] that <the wall had cracks>. -> nobody
    For: Robert Quist was [told] that <the wall had cracks>. -> nobody
    For: {Residents} [urged] <to leave>. -> nobody
    Against: {Robert Quist} [told] her that <the wall had cracks>. -> Robert Quist
    """
    cue = _cue_behind(asked)
    if cue is None:
        return None
    is_done_to = cue.lemma in word_lists.words("told_verbs") and is_passive(_before(asked, cue))
    is_active = _words(asked, cue).endswith("ing")
    is_headline = asked.source is not None and cue.lemma in word_lists.words("ordering_verbs")
    is_told = (is_done_to and not is_active) or (is_headline and _leads_to_verb(asked, cue))
    return Answer() if is_told else None


def spoken_of(asked: Asked) -> Answer | None:
    """Nobody speaks where what stands before the cue is whom others speak of or accuse.

    Place: beside "told to", for the same reason.
    For: {Helen Marsh} is [said] <to have left>. -> nobody
    For: {Helen Marsh} was arrested over [allegations] that <she lied>. -> nobody
    Against: {Helen Marsh} repeated [allegations] that <he lied>. -> Helen Marsh
    """
    cue = _cue_behind(asked)
    if cue is None:
        return None
    words, before = _words(asked, cue), _before(asked, cue)
    is_said = words in word_lists.words("said_of") and _leads_to_verb(asked, cue) and is_passive(before)
    is_accused = words in word_lists.words("accusations") and _OVER.search(before)
    return Answer() if is_said or is_accused else None


def beside_the_cue(asked: Asked) -> Answer | None:
    """The name right before the cue, where the encoder found no source or one further off.

    Place: before all that reads the source found, for nothing stands nearer to the cue.
    For: In the end Helen Marsh later [said] <it was late>. -> Helen Marsh
    For: When {the pilot} left, Helen Marsh [said] <it was late>. -> Helen Marsh
    Against: {A pilot} from Aldermouth [said] <it was late>. -> A pilot
    Against: “<It is late>,” {Helen Marsh} said, Nordfly [reported]. -> Helen Marsh
    """
    cue, draft, text = asked.cue, asked.draft, asked.scene.document.text
    if cue is None:
        return None
    start = asked.scene.document.sentence(cue.span[0])[0]
    names = asked.scene.within((start, cue.span[0]))
    if not names:
        return None
    span, thing = names[-1]
    source = draft.source
    if source is not None and (
        source[1] > span[0] or (source[0] > start and _SAID.match(text, source[1], span[0]))
    ):
        return None
    is_adjacent = _ADJACENT.fullmatch(text, span[1], cue.span[0])
    return Answer(thing) if is_adjacent and not _LINKED.search(text[start : span[0]]) else None


def _cue_behind(asked: Asked) -> Cue | None:
    """The cue, unless its source stands behind it."""
    cue, source = asked.cue, asked.draft.source
    return None if cue is None or (source is not None and source[0] > cue.span[0]) else cue


def _words(asked: Asked, cue: Cue) -> str:
    return asked.scene.document.text[slice(*cue.span)]


def _before(asked: Asked, cue: Cue) -> str:
    """Some words before the cue."""
    return asked.scene.document.text[max(0, cue.span[0] - 20) : cue.span[0]]


def _leads_to_verb(asked: Asked, cue: Cue) -> bool:
    return asked.scene.document.text.startswith(" to ", cue.span[1])
