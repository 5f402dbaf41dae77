"""Rules for a pronoun as source, or "the latter": whom it points back to."""

from __future__ import annotations

import re

from etl.annotate.names.things import Thing
from etl.annotate.speakers.antecedents import best_placed, person_meant
from etl.annotate.speakers.asked import Answer, Asked, Speaker, Voice
from etl.annotate.speakers.enclosing import enclosing
from etl.annotate.text.document import overlaps
from etl.language import word_lists
from etl.records import Span

_PASSIVE = re.compile(
    r"(?:['’]s|\s+(?:is|was)|\s+(?:has|had)(?:\s+\w+)?\s+been)(?:\s+(?:being|also|now|\w+ly))*\s+"
)
_PLACE_OF = re.compile(r"\b(?:in|at|near|from|outside|across)\s+(?:\w+\s+)?$")
_THINGS = ("organisation", "place")
_SENTENCES_BACK = 4  # over which "he added" is who spoke last
_LINES_BACK = 2  # over which "it" is who spoke last
_CHARACTERS_BACK = 600  # over which "they" are who spoke last
_LAST_MENTIONS = 12  # among which "it" is looked for
_TOO_FAR = -1.5  # score, in sentences, of a thing that "it" does not reach


def the_latter(asked: Asked) -> Answer | None:
    """The person named last before "the latter".

    Place: before the descriptions, for its words describe nobody.
    For: Helen Marsh met Robert Quist. {The latter} [said] <it was late>. -> Robert Quist
    For: Nordfly met the council. {The latter} [said] <it was late>. -> The latter
    Against: Helen Marsh met Robert Quist. {The former pilot} [said] <it was late>. -> The former pilot
    """
    if asked.words is None or (asked.kept or "").lower() != "the latter":
        return None
    persons = [thing for _, thing in asked.scene.before(asked.words.span[0]) if thing.kind == "person"]
    return Answer(persons[-1]) if persons else Answer(description=asked.kept, case="nobody named before")


def he_or_she_goes_on(asked: Asked) -> Answer | None:
    """A "he" or "she" who adds or continues is the person who spoke just before, whoever was named since.

    Place: first for "he" and "she": the verb itself tells that nobody else speaks.
    For: {Helen Marsh} [said] <it was late>. Ashlin Vaur nodded. {She} [added] <it was cold>.
        -> Helen Marsh; Helen Marsh
    Against: {Helen Marsh} [said] <it was late>. Ashlin Vaur opened the gate. {She} [said] <it was cold>.
        -> Helen Marsh; Ashlin Vaur
    Against: {Helen Marsh} [said] <it was late>. Robert Quist nodded. {He} [added] <it was cold>.
        -> Helen Marsh; Robert Quist
    """
    last = asked.voices[-1] if asked.voices else None
    if asked.cue is None or asked.cue.lemma not in word_lists.words("continuing_verbs") or last is None:
        return None
    if asked.pronoun not in ("male", "female") or last.thing is None or last.thing in _others(asked):
        return None
    sentence_index = asked.scene.document.sentence_index
    is_near = 0 <= sentence_index(_position(asked)) - sentence_index(last.position) <= _SENTENCES_BACK
    is_fitting = last.thing.kind == "person" and last.thing.gender in (None, asked.pronoun)
    return Answer(last.thing) if is_near and is_fitting else None


def he_or_she_spoke_last(asked: Asked) -> Answer | None:
    """A "he" or "she" that weighs most for the last speaker, by name or without one.

    Place: beside "he or she was named", of which it is the surer half; a quotation doesn't call its own speaker "he".
    For: {Robert Quist} [said] <it was late>. Helen Marsh nodded. {He} [said] <it was cold>.
        -> Robert Quist; Robert Quist
    For: {Helen Marsh} [said] <it was late>. It was all said to Ashlin Vaur. {She} [thought] <it was cold>.
        -> Helen Marsh; Helen Marsh
    For: {A neighbour} [said] <it was late>. {She} [added] <it was cold>. -> A neighbour; A neighbour
    For: Robert Quist left. {A fighter} [said] <it was late>. {He} [added] <it was cold>. -> A fighter; A fighter
    Against: “<My mother came. {He} [told] her <it was crooked>>,” {Robert Quist} [said]. -> Robert Quist; nobody
    Against: {Robert Quist} [said]: “<My mother came.>| {He} [told] her <it was crooked>.” -> Robert Quist; nobody
    """
    answer = _he_or_she(asked)
    return answer if answer and asked.voices and answer.thing is asked.voices[-1].thing else None


def he_or_she_was_named(asked: Asked) -> Answer | None:
    """A "he" or "she" that weighs most for a person named before who did not speak last.

    Place: behind "he or she spoke last"; the same scores decide, from distance, prominence, gender and fame.
    For: Helen Marsh came late. {She} [said] <it was cold>. -> Helen Marsh
    For: Helen Marsh met Ashlin Vaur. {She} [said] <it was cold>. -> Helen Marsh
    For: Helen Marsh came late. Ashlin Vaur left. {She} [said] <it was cold>. -> Ashlin Vaur
    Against: Robert Quist came late. {She} [said] <it was cold>. -> nobody
    """
    return _he_or_she(asked)


def it_is_nobody(asked: Asked) -> Answer | None:
    """No thing speaks in "it is said", "it has long been reported" and the like.

    Place: before the other rules for "it", which would find a thing for it.
    For: {Nordfly} [said] <it was late>. {It} was [reported] that <it was cold>. -> Nordfly; nobody
    Against: {Nordfly} [said] <it was late>. {It} was [sure] <it was cold>. -> Nordfly; Nordfly
    """
    if asked.pronoun != "thing" or asked.cue is None or asked.source is None:
        return None
    between = asked.scene.document.text[asked.source.span[1] : asked.cue.span[0]]
    is_participle = (
        asked.scene.document.text[slice(*asked.cue.span)].lower().endswith(("ed", "said", "known", "thought"))
    )
    return Answer(case="impersonal") if is_participle and _PASSIVE.fullmatch(between) else None


def it_spoke_last(asked: Asked) -> Answer | None:
    """An "it" for the last speaker, if that is an organisation, a place or one unnamed.

    Place: before "it was named", for whoever speaks goes on speaking.
    For: {Nordfly} [said] <it was late>. Aldermouth was full. {It} [added] <it was cold>. -> Nordfly; Nordfly
    For: {A council} [said] <it was late>. {It} [added] <it was cold>. -> A council; A council
    Against: {Helen Marsh} [said] <it was late>. {It} [added] <it was cold>. -> Helen Marsh; nobody
    """
    last = _last_voice(asked, "thing")
    if last is None:
        return None
    lines = asked.scene.document.line_index
    if lines(_position(asked)) - lines(last.position) > _LINES_BACK:
        return None
    if last.thing is not None:
        return Answer(last.thing) if last.thing.kind in _THINGS else None
    is_one = last.description and not last.is_plural and not last.description.endswith("s")
    return Answer(description=last.description, case="unnamed") if is_one else None


def it_was_named(asked: Asked) -> Answer | None:
    """An "it" for the most prominent organisation or place just before.

    Place: behind "it spoke last", where no such speaker was heard.
    For: Nordfly opened a line. {It} [said] <it was late>. -> Nordfly
    Against: Helen Marsh met a pilot of Nordfly. It rained. It rained. {It} [said] <it was late>. -> nobody
    Against: Helen Marsh met a pilot in Aldermouth. {It} [said] <it was late>. -> nobody
    """
    if asked.pronoun != "thing":
        return None
    position = _position(asked)
    named = [
        (span, thing)
        for span, thing in asked.scene.before(position)[-_LAST_MENTIONS:]
        if thing.kind in _THINGS and not _only_tells_where(asked, span, thing)
    ]
    best = best_placed(asked.scene, named, position)
    return Answer(best[2]) if best and best[0] > _TOO_FAR else None


def they_spoke_last(asked: Asked) -> Answer | None:
    """A "they" for the last speaker, if that is an organisation, a place or somebody unnamed.

    Place: the only rule for "they"; a person named is one and no "they".
    For: {Officials} [said] <it was late>. {They} [added] <it was cold>. -> Officials; Officials
    For: {Nordfly} [said] <it was late>. {They} [added] <it was cold>. -> Nordfly; Nordfly
    Against: {Helen Marsh} [said] <it was late>. {They} [added] <it was cold>. -> Helen Marsh; nobody
    """
    last = _last_voice(asked, "group")
    if last is None or _position(asked) - last.position >= _CHARACTERS_BACK:
        return None
    if last.thing is None:
        return Answer(description=last.description, case="unnamed")
    return Answer(last.thing) if last.thing.kind != "person" else None


def first_person(asked: Asked) -> Answer | None:
    """An "I" in the words of somebody is that one.

    Place: the only rule for "I"; of "we" it is not known who else is meant.
    For: {Helen Marsh} [said] <{I} [think] <it is late>>. -> Helen Marsh; Helen Marsh
    For: “<{I} [think] <it is late>>,” {Helen Marsh} [said]. -> Helen Marsh; Helen Marsh
    Against: {Helen Marsh} [said] <{we} [think] <it is late>>. -> Helen Marsh; nobody
    """
    if asked.pronoun != "first":
        return None
    outer = _outer(asked)
    return Answer(outer.thing, outer.description) if outer and outer.is_known else None


def _he_or_she(asked: Asked) -> Answer | None:
    if asked.pronoun not in ("male", "female"):
        return None
    return person_meant(asked.scene, _position(asked), asked.pronoun, asked.voices, _others(asked))


def _others(asked: Asked) -> tuple[Thing | None, ...]:
    """Who a pronoun can't be: in somebody's words the one who says them, in an answer the one who asked."""
    last = asked.voices[-1] if asked.voices else None
    answers = asked.cue is not None and asked.cue.lemma in word_lists.words("answering_verbs")
    return (*_quoted(asked), last.thing if last and last.asks and answers else None)


def _outer(asked: Asked) -> Speaker | None:
    """The speaker of the claim whose words hold this one."""
    outer = enclosing(asked.drafts, asked.index)
    return asked.known[outer] if outer is not None else None


def _quoted(asked: Asked) -> tuple[Thing | None, ...]:
    """Whose words a pronoun stands in: of the claim around it, of its quotation, or if nobody's, who spoke last."""
    outer, document = _outer(asked), asked.scene.document
    quotation = document.quotation(_position(asked))
    if quotation is None or document.text[quotation.inner_start].isspace():
        return (outer.thing if outer else None,)  # marks before a blank are closing ones, paired wrongly
    span = (quotation.start, quotation.end)
    speakers = [outer] if outer else []
    for draft, speaker in zip(asked.drafts, asked.known, strict=True):
        tag = draft.source or (draft.cue.span if draft.cue else None)
        is_told_outside = tag is None or not overlaps(tag, span)
        if (
            is_told_outside
            and draft is not asked.draft
            and any(overlaps(piece, span) for piece in draft.pieces)
        ):
            speakers.append(speaker)
    last = asked.voices[-1].thing if asked.voices and not speakers else None
    return (last, *(speaker.thing for speaker in speakers))


def _only_tells_where(asked: Asked, span: Span, thing: Thing) -> bool:
    before = asked.scene.document.text[max(0, span[0] - 30) : span[0]]
    return thing.kind == "place" and _PLACE_OF.search(before) is not None


def _last_voice(asked: Asked, pronoun: str) -> Voice | None:
    """Who spoke last, where the source is a pronoun of that sort."""
    return asked.voices[-1] if asked.pronoun == pronoun and asked.voices else None


def _position(asked: Asked) -> int:
    assert asked.source is not None
    return asked.source.span[0]
