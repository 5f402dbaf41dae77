"""Attributions whose parts the encoder joined wrongly: passives with their agent, broken quotations, denials behind."""

from __future__ import annotations

import re
from dataclasses import replace

from etl.annotate.claims.cues import find_cue
from etl.annotate.encoder.links import Attribution
from etl.annotate.text.document import Document, overlaps, trim
from etl.language import word_lists
from etl.language.vocabulary import Demands, Stance
from etl.records import Span

_AGENT = re.compile(
    r"\s+by\s+(?P<who>(?:[\w’'.&-]+\s+){0,6}?[\w’'.&-]+)\s+(?=(?:as|to|of|for|that)\s)(?!of\s+the\b)"
)
_LEAST_OF_AGENT = 0.5
"""What a passive with its agent is worth at least: the words themselves tell who, what and by which verb."""
_AGENT_STANCES = (Stance.ACCUSATION, Stance.DEMAND, Stance.BELIEF)
_PARTICIPLE = re.compile(r"[,\s]*[a-z]+ing\b")
_DENIED_BEHIND = re.compile(
    r",?[”\"’']?,?\s+(?:which|something(?: that)?|(?:a|an)\s+(?:charge|claim|allegation|accusation|account)(?: that| which)?)\s+"
    r"(?P<who>(?:he|she|they|it)|(?:[A-Z][\w’'-]+\s?){1,3}|(?:her|his|their|its|the)\s+(?:\w+\s?){1,4}?)\s+"
    r"(?:(?:has|have|had|\w+ly|always)\s+){0,3}(?P<cue>den(?:y|ies|ied)|disput(?:es?|ed))\b"
)


def repair(document: Document, found: list[Attribution]) -> list[Attribution]:
    """Attributions with their own parts, in the order given; a denial behind a claim comes after it."""
    with_agents = [_with_agent(document, one) for one in found]
    return _denials_apart(document, _rejoined(document, with_agents))


def _with_agent(document: Document, one: Attribution) -> Attribution:
    """Read "X was accused by Y of Z" as Y's: what the verb says of X, from the preposition on."""
    if one.cue is None:
        return one
    cue = find_cue(document.text, one.cue)
    end = document.sentence(one.cue[0])[1]
    agent = _AGENT.match(document.text, cue.span[1], end) if cue else None
    if cue is None or agent is None or not _takes_agent(cue.lemma, cue.stance, cue.demands):
        return one
    before = [content for content in one.contents if content[1] <= cue.span[0]]
    ends = [content[1] for content in one.contents if content[1] > agent.end()]
    told = trim(document.text, agent.end(), max(ends, default=end), ".")
    probability = max(one.probability, _LEAST_OF_AGENT)
    return Attribution((*before, told), one.cue, agent.span("who"), probability)


def _takes_agent(lemma: str, stance: Stance, demands: Demands) -> bool:
    if demands == Demands.NEVER:
        return False
    return (
        stance in _AGENT_STANCES or lemma in word_lists.words("labelling_verbs") or lemma in ("see", "tell")
    )


def _rejoined(document: Document, found: list[Attribution]) -> list[Attribution]:
    """Give the second half of "A," she said, pointing at B, "is C" back to its quotation."""
    out: list[Attribution] = []
    for one in found:
        first = out[-1] if out else None
        if first is not None and _goes_on(document, first, one):
            out[-1] = replace(first, contents=(*first.contents, *one.contents))
        else:
            out.append(one)
    return out


def _goes_on(document: Document, first: Attribution, second: Attribution) -> bool:
    if first.cue is None or second.cue is None or not first.contents or not second.contents:
        return False
    start, text = second.contents[0][0], document.text
    is_between = first.contents[-1][1] <= first.cue[0] < second.cue[0] < start
    if not is_between or document.sentence_index(first.cue[0]) != document.sentence_index(start):
        return False
    quotation = document.quotation(start)
    are_quoted = document.quoted[first.contents[0][0]] and quotation is not None
    return bool(
        are_quoted
        and quotation
        and text[quotation.inner_start].islower()
        and _PARTICIPLE.match(text, second.cue[0])
    )


def _denials_apart(document: Document, found: list[Attribution]) -> list[Attribution]:
    """Take "which she denies" off the claim before it, as a denial of her own of the same words."""
    out: list[Attribution] = []
    for one in found:
        out += _denial_apart(document, one, found)
    return out


def _denial_apart(document: Document, one: Attribution, found: list[Attribution]) -> list[Attribution]:
    if not one.contents or one.cue is None:
        return [one]
    start = min(one.contents[0][0], one.cue[0])
    behind = _DENIED_BEHIND.search(document.text, start, document.sentence(start)[1])
    if behind is None:
        return [one]
    contents = tuple(
        (content[0], min(content[1], behind.start()))
        for content in one.contents
        if content[0] < behind.start()
    )
    denial = Attribution(contents, behind.span("cue"), behind.span("who"), one.probability)
    if overlaps(one.cue, behind.span("cue")):
        source = one.source if one.source and one.source[1] <= start else None
        cue = _verb_behind(document, source, start) if source else None
        own = [replace(one, contents=contents, cue=cue)] if cue else []
        return [*own, denial]
    is_heard = any(
        other.cue and overlaps(other.cue, behind.span("cue")) for other in found if other is not one
    )
    return [replace(one, contents=contents), *([] if is_heard else [denial])]


def _verb_behind(document: Document, source: Span, limit: int) -> Span | None:
    """The verb between a source and what it says."""
    words = re.compile(r"\s+(?:\w+ly\s+)?([a-z]+)\b").match(document.text, source[1], limit)
    cue = find_cue(document.text, words.span(1)) if words else None
    return cue.span if cue is not None and cue.demands == Demands.CLAIM else None
