"""Whom a pronoun or a description points back to."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from etl.annotate import lexicon
from etl.annotate.mentions import Thing
from etl.annotate.names import fold
from etl.annotate.scene import Scene
from etl.annotate.sources import Source
from etl.records import Span

_FAR = 12  # sentences: beyond, a pronoun does not reach
_ENOUGH = -4.0  # below this score the answer is nobody
_MARGIN = 0.4  # two candidates closer than this leave the answer uncertain

_FORMER = {"former", "ex", "then", "one-time"}
_MEDIA_NOUNS = {
    "newspaper",
    "paper",
    "magazine",
    "broadcaster",
    "outlet",
    "network",
    "channel",
    "agency",
    "station",
    "website",
}

# What speaks for a candidate, in sentences of distance it makes up for.
_SUBJECT = 1.2
_SPOKE_LAST = 1.6
_KNOWN_GENDER = 0.8
_OWNED = -0.6
_QUOTED = -2.0
_OBJECT = -0.6
_FAME = 0.2


@dataclass(frozen=True, slots=True)
class Voice:
    """Who spoke in an earlier claim: a thing, or only a description."""

    position: int
    thing: Thing | None
    description: str | None
    gender: str | None
    is_plural: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """Who is meant, None for somebody unnamed, and how sure that is (0..1)."""

    thing: Thing | None
    certainty: float
    description: str | None = None


NOBODY = Answer(None, 0.4)


def person_meant(scene: Scene, position: int, gender: str | None, voices: list[Voice]) -> Answer:
    """Whom "he" or "she" at a position means; `gender` None for either."""
    scores = {
        thing.key: (score, thing)
        for thing in scene.things
        if thing.kind == "person" and (gender is None or thing.gender in (None, gender))
        for score in [_person_score(scene, thing, position, gender, voices)]
        if score is not None
    }
    ranked = sorted(scores.values(), key=lambda item: (-item[0], item[1].key))
    unnamed = _unnamed_voice(scene, position, gender, voices)
    if unnamed is not None and (not ranked or ranked[0][0] < unnamed[0]):
        return Answer(None, 0.7, unnamed[1])
    if not ranked or ranked[0][0] < _ENOUGH:
        return Answer(None, 0.3)
    lead = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 3.0
    return Answer(ranked[0][1], 0.95 if lead > 1.5 else 0.85 if lead > _MARGIN else 0.6)


def _person_score(
    scene: Scene, thing: Thing, position: int, gender: str | None, voices: list[Voice]
) -> float | None:
    before = [span for span in thing.mentions if span[1] <= position]
    if not before and not any(voice.thing is thing for voice in voices):
        return None
    here = scene.document.sentence_index(position)
    best = -math.inf
    for span in before[-4:]:
        distance = here - scene.document.sentence_index(span[0])
        if distance <= _FAR:
            best = max(best, _place_score(scene, span, position) - distance)
    last = voices[-1] if voices else None
    for voice in voices[-3:]:
        if voice.thing is thing:
            distance = here - scene.document.sentence_index(voice.position)
            best = max(best, _SUBJECT - distance)
    if best == -math.inf:
        return None
    if last is not None and last.thing is thing and not _is_displaced(scene, last, thing, position):
        best += _SPOKE_LAST
    if gender is not None and thing.gender == gender:
        best += _KNOWN_GENDER
    return best + _FAME * math.log(len(thing.mentions))


def _is_displaced(scene: Scene, last: Voice, thing: Thing, position: int) -> bool:
    """Whether another person opened a paragraph since the last words of this one."""
    for span, other in scene.within((last.position + 1, position)):
        if other is thing or other.kind != "person":
            continue
        if scene.document.line_index(span[0]) > scene.document.line_index(last.position):
            opening = scene.document.text[scene.document.line(span[0])[0] : span[0]]
            if len(opening.split()) <= 4 and scene.document.quotation(span[0]) is None:
                return True
    return False


def _place_score(scene: Scene, span: Span, position: int) -> float:
    """How prominent one mention is in its sentence."""
    text, start = scene.document.text, scene.document.sentence(span[0])[0]
    quotation = scene.document.quotation(span[0])
    if quotation is not None and not quotation.start <= position < quotation.end:
        return _QUOTED
    if re.match(r"['’]s?\b", text[span[1] : span[1] + 2]):
        return _OWNED
    before = text[start : span[0]]
    if re.search(
        r"\b(?:of|for|to|with|by|from|against|about|on|in|at|after)\s+(?:[\w.’'-]+\s+){0,3}$", before
    ):
        return _OBJECT
    is_subject = len(before.split()) <= 7 or re.search(r"[,;]\s+(?:[\w.’'-]+\s+){0,5}$", before) is not None
    return _SUBJECT if is_subject else 0.0


def _unnamed_voice(
    scene: Scene, position: int, gender: str | None, voices: list[Voice]
) -> tuple[float, str] | None:
    """The last speaker where it has no name ("a neighbour"), with its score."""
    if not voices or voices[-1].thing is not None or not voices[-1].description or voices[-1].is_plural:
        return None
    voice = voices[-1]
    if gender is not None and voice.gender not in (None, gender) or voice.description is None:
        return None
    distance = scene.document.sentence_index(position) - scene.document.sentence_index(voice.position)
    return _SUBJECT + _SPOKE_LAST - distance, voice.description


def thing_meant(scene: Scene, position: int, kinds: tuple[str, ...], voices: list[Voice]) -> Answer:
    """Which organisation or place "it" at a position means."""
    here = scene.document.sentence_index(position)
    last = voices[-1] if voices else None
    line = scene.document.line_index(position)
    if last is not None and line - scene.document.line_index(last.position) <= 2:
        if last.thing is not None and last.thing.kind in kinds:
            return Answer(last.thing, 0.85)
        if last.thing is None and last.description:
            return Answer(None, 0.6, last.description)
    scored = [
        (_place_score(scene, span, position) - (here - scene.document.sentence_index(span[0])), span, thing)
        for span, thing in scene.before(position)[-12:]
        if thing.kind in kinds
    ]
    scored = [item for item in scored if item[0] > -1.5]
    if not scored:
        return Answer(None, 0.3)
    return Answer(max(scored, key=lambda item: (item[0], item[1]))[2], 0.6)


def described(scene: Scene, source: Source, voices: list[Voice]) -> Answer:
    """Whom a definite description ("the minister", "the company") means; nobody where none fits."""
    head = source.head or ""
    gender = lexicon.table("gendered_nouns").get(head)
    if source.is_plural or not source.is_definite:
        return Answer(None, 0.8)
    position = source.span[0]
    if head in lexicon.words("roles") or gender is not None or "-year-old" in head:
        matching = [thing for thing in scene.things if _fits(scene, thing, source, gender)]
        if matching:
            best = [
                (score, thing)
                for thing in matching
                if (score := _person_score(scene, thing, position, gender, voices)) is not None
            ]
            if best:
                return Answer(max(best, key=lambda item: (item[0], item[1].key))[1], 0.9)
        generic = gender is not None or head in lexicon.words("generic_persons") or "-year-old" in head
        return person_meant(scene, position, gender, voices) if generic else Answer(None, 0.6)
    return _described_thing(scene, source, voices)


def _fits(scene: Scene, thing: Thing, source: Source, gender: str | None) -> bool:
    """Whether a person's role has the noun of the description."""
    if thing.kind != "person" or (gender is not None and thing.gender not in (None, gender)):
        return False
    former = bool(_FORMER & set(scene.document.words(source.span)))
    return any(_is_role(role.lower(), source.head or "", former) for role in scene.roles.get(thing.key, ()))


def _is_role(role: str, head: str, former: bool) -> bool:
    if former and not _FORMER & set(role.split()):
        return False
    nouns = [head, *lexicon.table("role_kin").get(head, "").split("|")]
    return any(noun and re.search(rf"\b{re.escape(noun)}\b", role) for noun in nouns)


def _described_thing(scene: Scene, source: Source, voices: list[Voice]) -> Answer:
    """An organisation by the words it shares with the description, by its noun, else the one in view."""
    head, position = source.head or "", source.span[0]
    words = {word for word in scene.document.words(source.span) if word not in lexicon.words("noun_stops")}
    if head not in lexicon.words("organisation_nouns"):
        return Answer(None, 0.6)
    earlier = [
        (span, thing)
        for span, thing in scene.before(position)
        if thing.kind == "organisation"
        and (head in _MEDIA_NOUNS or fold(thing.name) not in lexicon.words("media"))
    ]
    for thing in scene.things:
        if thing.kind != "organisation":
            continue
        own = set(fold(thing.name).split())
        if any(word in lexicon.table("demonyms") and word not in own for word in words):
            continue
        shared = len(own & {word.removesuffix("'s").removesuffix("’s") for word in words})
        if shared * 2 > len(words) or (head in own and len(words) == 1):
            return Answer(thing, 0.9)
    if len(words) > 1 or head in lexicon.words("state_bodies"):
        return Answer(None, 0.5)
    for voice in reversed(voices[-4:]):
        if voice.thing is not None and any(thing is voice.thing for _, thing in earlier):
            return Answer(voice.thing, 0.75)
    here = scene.document.sentence_index(position)
    near = [
        (_place_score(scene, span, position) - (here - scene.document.sentence_index(span[0])), span, thing)
        for span, thing in earlier[-12:]
    ]
    return Answer(max(near, key=lambda item: (item[0], item[1]))[2], 0.6) if near else Answer(None, 0.4)
