"""Whom a relative "who" or "which" means."""

from __future__ import annotations

import re

from etl.annotate.names.scene import Scene
from etl.annotate.speakers.antecedents import NOBODY, Answer, Voice
from etl.annotate.speakers.descriptions import described
from etl.annotate.speakers.sources import take_apart
from etl.language import word_lists

_DETERMINER = re.compile(
    r"\b(?:the|an?|his|her|their|its|one|another|some|several|many|two|three|most)\s", re.IGNORECASE
)
_DESCRIPTION_BEFORE = re.compile(r"(?P<words>[\w’'-]+(?:\s+[\w’'-]+){1,7}),?\s*$")
_DOCUMENT = re.compile(
    r"\b(?P<words>(?:the|an?|his|her|their|its)\s(?:[\w’'-]+\s){0,5}(?P<noun>[a-z]+))\s(?:in|on|of|about|into)\s+(?:the\s+)?$"
)
_CLAUSE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|said|says)\b")
_BARE = re.compile(r"(?P<words>[\w’'-]+s),?\s*$")
_WHERE = r"(?:in|of|from|at|near|around|outside|on)\s+(?:the\s+)?"


def relative(scene: Scene, position: int, voices: list[Voice]) -> Answer:
    """Whom "who" or "which" means: the name just before, over an apposition; or the description there."""
    text = scene.document.text
    sentence = scene.document.sentence(position)
    near = scene.within((sentence[0], position))
    described_before = _phrase_before(text[sentence[0] : position])
    if not near:
        return _description_before(scene, sentence[0], described_before, voices)
    span, thing = near[-1]
    between = text[span[1] : position]
    if re.fullmatch(r"[,\s]*(?:and\s+|but\s+)?", between):
        of_document = _DOCUMENT.search(text[sentence[0] : span[0]])
        if of_document and of_document["noun"].removesuffix("s") in word_lists.words("document_nouns"):
            return _description_before(scene, sentence[0], of_document, voices)
        if thing.kind == "place" and len(near) > 1:
            # "the Group in Turkey, which says": the place only tells where.
            other_span, other = near[-2]
            if re.fullmatch(rf"\s+{_WHERE}", text[other_span[1] : span[0]]):
                return Answer(other, 0.85)
        if thing.kind == "place" and re.search(rf"\b{_WHERE}$", text[sentence[0] : span[0]]):
            return NOBODY
        return Answer(thing, 0.95)
    if re.match(r",\s+(?:the|an?)\s+[^,]+,?\s*$", between):
        return Answer(thing, 0.85)
    answer = _description_before(scene, sentence[0], described_before, voices)
    if answer.thing is not None or described_before is not None:
        return answer
    persons = [one for _, one in near if one.kind == "person"]
    return Answer(persons[-1], 0.7) if persons and between.count(",") <= 2 else NOBODY


def _phrase_before(text: str) -> re.Match[str] | None:
    """The noun phrase that ends a text: from its last determiner on, but for one that only tells where or of what."""
    for start in reversed([found.start() for found in _DETERMINER.finditer(text)]):
        if not re.search(rf"\b{_WHERE}$", text[:start]):
            found = _DESCRIPTION_BEFORE.match(text, start)
            return found if found is None or not _CLAUSE.search(found["words"]) else _BARE.search(text)
    return None


def _description_before(scene: Scene, start: int, found: re.Match[str] | None, voices: list[Voice]) -> Answer:
    if found is None:
        return NOBODY
    source = take_apart(scene, (start + found.start("words"), start + found.end("words")))
    if source.thing is not None:
        return Answer(source.thing, 0.8)
    answer = described(scene, source, voices)
    return answer if answer.thing else Answer(None, answer.certainty, found["words"])
