"""Rules for a claim that names no source: the subject of its sentence, or whoever spoke before."""

from __future__ import annotations

import re

from etl.annotate.claims.drafts import Draft
from etl.annotate.names.scene import Scene
from etl.annotate.names.things import Thing
from etl.annotate.speakers.asked import Answer, Asked
from etl.annotate.speakers.enclosing import enclosing, holds
from etl.annotate.text.dateline import is_dateline
from etl.language import word_lists
from etl.records import Span

_CARRIES_ON = 2  # lines over which a quotation without a cue stays with its speaker
_OPENING_WORDS = 6  # before the name of a person whom a paragraph presents
_CLOSING_WORDS = 8  # behind a claim, at most, where it ends its line
_NOUN_PHRASE = re.compile(r"[,;–—]\s+((?:[\w’'-]+\s+){0,3}[\w’'-]+)\s+(?:(?:has|have|had)\s+)?$")
_LAST_WORD = re.compile(r"\b(\w+)\s+$")
_LINKED = re.compile(r"\b(?:of|for|to|with|by|from|in|at|on|after)\s+(?:the\s+)?$", re.IGNORECASE)


def presented_above(asked: Asked) -> Answer | None:
    """A quotation without a cue is by the person whom the line above presents, if nobody speaks in that line.

    Place: before "carried on", for somebody new has come since the last speaker.
    For: “<It is late>,” {Robert Quist} [said]. ¶ Helen Marsh, a pilot, wants to leave. ¶ “<It is too late for us.>”
        -> Robert Quist; Helen Marsh
    For: “<It is late>,” {Robert Quist} [said]. ¶ It was cold, and Quist left with Helen Marsh. Here is what Marsh wrote
        later: ¶ “<It is too late for us.>” -> Robert Quist; Helen Marsh
    Against: “<It is late>,” {Robert Quist} [said]. ¶ Helen Marsh, a pilot, saw Robert Quist. ¶ “<It is too late.>”
        -> Robert Quist; Robert Quist
    """
    if asked.source is not None or asked.cue is not None:
        return None
    scene, line = asked.scene, asked.scene.document.line_index(asked.draft.start)
    earlier = asked.drafts[: asked.index]
    if line == 0 or any(scene.document.line_index(draft.start) == line - 1 for draft in earlier):
        return None
    presented = _presented(scene, scene.document.lines[line - 1])
    return Answer(presented) if presented else None


def carried_on(asked: Asked) -> Answer | None:
    """A quotation without a cue is by whoever was quoted last, in the lines just before.

    Place: the last rule for a quotation without a cue; it is no surer than the claim that it carries on.
    For: “<It is late>,” {Helen Marsh} [said]. ¶ “<It is too late for all of us.>” -> Helen Marsh; Helen Marsh
    For: “<My coach [says] <it is late>>,” {Helen Marsh} [said]. ¶ “<It is too late for us.>”
        -> Helen Marsh; nobody; Helen Marsh
    Against: “<It is late>,” {Helen Marsh} [said]. ¶ It rained. ¶ It rained. ¶ “<It is too late for all of us.>”
        -> Helen Marsh; nobody
    """
    if asked.source is not None or asked.cue is not None:
        return None
    document = asked.scene.document
    line = document.line_index(asked.draft.start)
    for i in range(asked.index - 1, -1, -1):
        earlier, speaker = asked.drafts[i], asked.known[i]
        if line - document.line_index(earlier.start) > _CARRIES_ON:
            break
        if enclosing(asked.drafts, i) is not None:
            continue
        if earlier.kind != "indirect" or _ends_line(asked.scene, earlier):
            return Answer(speaker.thing, speaker.description, share=speaker.certainty)
    return None


def beside_another_claim(asked: Asked) -> Answer | None:
    """A cue without a source goes on with the speaker of the nearest cue before it in its sentence.

    Place: before the rules that look for a subject, which the other claim has already; it is no surer than that one.
    For: {Helen Marsh} [said] <it was late> and [added] <it was cold>. -> Helen Marsh; Helen Marsh
    Against: {Helen Marsh} [said] <it was late>. People [fear] <it was cold>. -> Helen Marsh; nobody
    """
    if asked.source is not None or asked.cue is None:
        return None
    position = asked.cue.span[0]
    sentence = asked.scene.document.sentence(position)
    beside = [
        (position - other.cue.span[0], i)
        for i, other in enumerate(asked.drafts)
        if other.cue is not None
        and other.source is not None
        and sentence[0] <= other.cue.span[0] < position
        and not holds(other, asked.cue.span)
    ]
    if not beside:
        return None
    speaker = asked.known[min(beside)[1]]
    return Answer(speaker.thing, speaker.description, share=speaker.certainty)


def plain_noun(asked: Asked) -> Answer | None:
    """A bare plural right before the cue speaks: "reports say".

    Place: before "described before the cue", whose phrase would need a comma, and before any name of the sentence.
    For: This week reports [say] <it was late>. -> reports
    Against: This week people [say] <it was late>. -> nobody
    """
    before = _before_cue(asked)
    noun = _LAST_WORD.search(asked.scene.document.text[slice(*before)]) if before else None
    return Answer(description=noun[1]) if noun and noun[1] in word_lists.words("plain_sources") else None


def described_before_the_cue(asked: Asked) -> Answer | None:
    """A short phrase between a comma and the cue speaks, if its noun is one of persons, bodies or documents.

    Place: before "subject of the sentence", for it stands nearer to the cue.
    For: <Rain will come>, weather service [says]. -> weather service
    Against: <Rain will come>, more often than not [says]. -> nobody
    """
    before = _before_cue(asked)
    found = _NOUN_PHRASE.search(asked.scene.document.text[slice(*before)]) if before else None
    if before is None or found is None or asked.scene.within((before[0] + found.start(1), before[1])):
        return None
    last = found[1].split()[-1].lower()
    kinds = ("roles", "organisation_nouns", "document_nouns")
    is_known = any(
        noun in word_lists.words(kind) for kind in kinds for noun in (last, last.removesuffix("s"))
    )
    return Answer(description=found[1]) if is_known else None


def subject_of_the_sentence(asked: Asked) -> Answer | None:
    """The first name before the cue that nothing owns and no preposition leads to; a dateline is none.

    Place: the last rule for a cue without a source.
    For: Helen Marsh came by bus and [said] <it was late>. -> Helen Marsh
    Against: Aldermouth (Reuters) - Buses in Nordfly have come and [said] <it was late>. -> nobody
    """
    before = _before_cue(asked)
    if before is None:
        return None
    text = asked.scene.document.text
    for span, thing in asked.scene.within(before):
        if is_dateline(asked.scene.document, span):
            continue
        owned = re.match(r"['’]s?\b", text[span[1] : span[1] + 2])
        if not owned and not _LINKED.search(text[before[0] : span[0]]):
            return Answer(thing)
    return None


def _before_cue(asked: Asked) -> Span | None:
    """What stands before the cue in its sentence, where the claim has a cue and no source."""
    if asked.source is not None or asked.cue is None:
        return None
    position = asked.cue.span[0]
    return asked.scene.document.sentence(position)[0], position


def _presented(scene: Scene, line: Span) -> Thing | None:
    """The one person of a line, if the article names them there first, near its beginning, or ends it with a colon."""
    if scene.document.text[line[1] - 1] == ":":
        announced = {thing.key: thing for _, thing in scene.within(scene.document.sentence(line[1] - 1))}
        persons = [thing for thing in announced.values() if thing.kind == "person"]
        return persons[0] if len(persons) == 1 else None
    named = [(place, thing) for place, thing in scene.within(line) if thing.kind == "person"]
    if not named or scene.document.text[line[1] - 1] != ".":
        return None
    place, thing = named[0]
    is_first = place == thing.mentions[0] and len(scene.document.words((line[0], place[0]))) <= _OPENING_WORDS
    return thing if is_first and len({one.key for _, one in named}) == 1 else None


def _ends_line(scene: Scene, draft: Draft) -> bool:
    """Whether nothing but the tag of a claim follows it in its line."""
    end = scene.document.line(draft.start)[1]
    return len(scene.document.words((draft.end, end))) <= _CLOSING_WORDS
