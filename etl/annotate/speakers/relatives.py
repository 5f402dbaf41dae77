"""Rules for a "who" or "which" as source: the name just before it, or the description that it stands behind."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.annotate.names.scene import Scene
from etl.annotate.names.things import Thing
from etl.annotate.rules import decide
from etl.annotate.speakers.asked import Answer, Asked
from etl.annotate.speakers.named import NAME_RULES
from etl.language import word_lists
from etl.records import Span

_DETERMINER = re.compile(
    r"\b(?:the|an?|his|her|their|its|one|another|some|several|many|two|three|most)\s", re.IGNORECASE
)
_PHRASE = re.compile(r"(?P<words>[\w’'-]+(?:\s+[\w’'-]+){1,7}),?\s*$")
_DOCUMENT = re.compile(
    r"\b(?P<words>(?:the|an?|his|her|their|its)\s(?:[\w’'-]+\s){0,5}(?P<noun>[a-z]+))\s(?:in|on|of|about|into)\s+(?:the\s+)?$"
)
_CLAUSE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|said|says)\b")
_BARE = re.compile(r"(?P<words>[\w’'-]+s),?\s*$")
_JOINED = re.compile(r"[,\s]*(?:and\s+|but\s+)?")
_APPOSITION = re.compile(r",\s+(?:the|an?)\s+[^,]+,?\s*$")
_WHERE = r"(?:in|of|from|at|near|around|outside|on)\s+(?:the\s+)?"
_MOST_COMMAS = 2  # between a person and a "who" that may still be theirs


def name_before_who(asked: Asked) -> Answer | None:
    """The name right before "who" or "which"; a place that only tells where is passed over or nobody.

    Place: first for "who", for nothing stands nearer to it than this name.
    For: They met Helen Marsh, {who} [said] <it was late>. -> Helen Marsh
    For: Nordfly in Aldermouth, {which} [says] <it is late>, met. -> Nordfly
    For: The group in Aldermouth, {which} [says] <it is small>, met. -> nobody
    Against: They know the 1898 ruling in Robert Quist, {which} [held] <it was late>. -> the 1898 ruling
    """
    near = _near(asked)
    if near is None or not near.is_adjacent or near.document_of is not None:
        return None
    text, start = asked.scene.document.text, near.sentence[0]
    span, thing = near.names[-1]
    if thing.kind == "place" and len(near.names) > 1:
        other_span, other = near.names[-2]
        if re.fullmatch(rf"\s+{_WHERE}", text[other_span[1] : span[0]]):
            return Answer(other, case="over a place")
    if thing.kind == "place" and re.search(rf"\b{_WHERE}$", text[start : span[0]]):
        return Answer(case="a place alone")
    return Answer(thing)


def name_over_an_apposition(asked: Asked) -> Answer | None:
    """The name before "who" with nothing but an apposition between.

    Place: behind "name before who"; before the description, which is only more about this name.
    For: They met Helen Marsh, a former pilot, {who} [said] <it was late>. -> Helen Marsh
    Against: They met Helen Marsh and some protesters, {who} [said] <it was late>. -> some protesters
    """
    near = _near(asked)
    return Answer(near.names[-1][1]) if near and near.is_over_apposition else None


def name_in_the_phrase(asked: Asked) -> Answer | None:
    """Whom the phrase before "who" names as a source would: its owner, its author, the name in it.

    Place: before the rules for descriptions, which resolve that phrase where it names nobody.
    For: They met the pilot Helen Marsh at the port, {who} [said] <it was late>. -> Helen Marsh
    For: They read the Nordfly report, {which} [said] <it was late>. -> Nordfly
    Against: They read the report, {which} [said] <it was late>. -> the report
    """
    decided = decide(NAME_RULES, asked) if asked.pronoun == "relative" else None
    return decided[1] if decided else None


def last_person_before_who(asked: Asked) -> Answer | None:
    """The last person of the sentence, where no phrase before "who" describes anybody.

    Place: the last rule for "who", and the least sure one.
    For: Helen Marsh came late, and {who} [said] <it was cold>? -> Helen Marsh
    Against: Nordfly came late, and {who} [said] <it was cold>? -> nobody
    """
    near = _near(asked)
    if near is None or asked.words is not None:
        return None
    persons = [thing for _, thing in near.names if thing.kind == "person"]
    return Answer(persons[-1]) if persons and near.between.count(",") <= _MOST_COMMAS else None


def phrase_before(scene: Scene, position: int) -> Span | None:
    """The description that a "who" at a position stands behind; None where a name or nothing stands there."""
    near = _names_before(scene, position)
    if near.is_adjacent:
        return near.document_of
    return None if near.is_over_apposition else near.phrase


@dataclass(frozen=True, slots=True)
class _Near:
    """What stands before a "who" in its sentence: names, and the text from the last one on."""

    sentence: Span
    names: list[tuple[Span, Thing]]
    between: str
    document_of: Span | None
    phrase: Span | None

    @property
    def is_adjacent(self) -> bool:
        return bool(self.names) and _JOINED.fullmatch(self.between) is not None

    @property
    def is_over_apposition(self) -> bool:
        return bool(self.names) and _APPOSITION.match(self.between) is not None


def _near(asked: Asked) -> _Near | None:
    if asked.source is None or asked.pronoun != "relative":
        return None
    return _names_before(asked.scene, asked.source.span[0])


def _names_before(scene: Scene, position: int) -> _Near:
    text = scene.document.text
    sentence = scene.document.sentence(position)
    names = scene.within((sentence[0], position))
    document_of = None
    if names:
        found = _DOCUMENT.search(text[sentence[0] : names[-1][0][0]])
        if found and found["noun"].removesuffix("s") in word_lists.words("document_nouns"):
            document_of = sentence[0] + found.start("words"), sentence[0] + found.end("words")
    phrase = _phrase(text[sentence[0] : position])
    at = sentence[0]
    span = (at + phrase.start("words"), at + phrase.end("words")) if phrase else None
    return _Near(sentence, names, text[names[-1][0][1] : position] if names else "", document_of, span)


def _phrase(text: str) -> re.Match[str] | None:
    """The noun phrase that ends a text: from its last determiner on, but for one that only tells where or of what."""
    for start in reversed([found.start() for found in _DETERMINER.finditer(text)]):
        if not re.search(rf"\b{_WHERE}$", text[:start]):
            found = _PHRASE.match(text, start)
            return found if found is None or not _CLAUSE.search(found["words"]) else _BARE.search(text)
    return None
