"""How likely a person or a thing named before is meant at a position: by distance, prominence and who spoke."""

from __future__ import annotations

import math
import re

from etl.annotate.names.roles import names_person
from etl.annotate.names.scene import Scene
from etl.annotate.names.things import Thing
from etl.annotate.speakers.asked import Answer, Voice
from etl.language import word_lists
from etl.records import Span

_ONE = re.compile(r"(?:an?|one|another)\s", re.IGNORECASE)
_FAR = 12  # sentences: beyond, a pronoun does not reach
_ENOUGH = -4.0  # below this score the answer is nobody
_MARGIN = 0.4  # two candidates closer than this leave the answer uncertain
_FAR_AHEAD = 1.5  # a lead that leaves little doubt

# What speaks for a candidate, in sentences of distance it makes up for.
_SUBJECT = 1.2
_SPOKE_LAST = 1.6
_KNOWN_GENDER = 0.8
_OWNED = -0.6
_QUOTED = -2.0
_OBJECT = -0.6
_FAME = 0.2


def person_meant(
    scene: Scene,
    position: int,
    gender: str | None,
    voices: list[Voice],
    excluded: tuple[Thing | None, ...] = (),
) -> Answer | None:
    """Whom "he" or "she" at a position means; `gender` None for either. None of the excluded is meant.

    The case tells how far ahead of the next one he is, or that the last speaker is meant, who has no name.
    """
    scores = {
        thing.key: (score, thing)
        for thing in scene.things
        if thing.kind == "person"
        and thing not in excluded
        and (gender is None or _gender(thing, voices) in (None, gender))
        for score in [person_score(scene, thing, position, gender, voices)]
        if score is not None
    }
    ranked = sorted(scores.values(), key=lambda item: (-item[0], item[1].key))
    unnamed = _unnamed_voice(scene, position, gender, voices)
    if unnamed is not None and (not ranked or ranked[0][0] < unnamed[0]):
        return Answer(description=unnamed[1], case="unnamed")
    if not ranked or ranked[0][0] < _ENOUGH:
        return None
    lead = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 3.0
    return Answer(
        ranked[0][1], case="far ahead" if lead > _FAR_AHEAD else "ahead" if lead > _MARGIN else "close"
    )


def person_score(
    scene: Scene, thing: Thing, position: int, gender: str | None, voices: list[Voice]
) -> float | None:
    """How likely a person is meant at a position, in sentences of distance; None where out of reach."""
    before = [span for span in thing.mentions if span[1] <= position]
    if not before and not any(voice.thing is thing for voice in voices):
        return None
    here = scene.document.sentence_index(position)
    best = -math.inf
    for span in before[-4:]:
        distance = here - scene.document.sentence_index(span[0])
        if distance <= _FAR:
            best = max(best, place_score(scene, span, position) - distance)
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


def _gender(thing: Thing, voices: list[Voice]) -> str | None:
    """A person's gender, by the name or by what an earlier source called the person ("her son")."""
    told = (voice.gender for voice in voices if voice.thing is thing and voice.gender)
    return thing.gender or next(told, None)


def _is_displaced(scene: Scene, last: Voice, thing: Thing, position: int) -> bool:
    """Whether another person opened a sentence since the last words of this one."""
    for span, other in scene.within((last.position + 1, position)):
        if other is thing or other.kind != "person":
            continue
        if scene.document.sentence_index(span[0]) > scene.document.sentence_index(last.position):
            opening = scene.document.text[scene.document.sentence(span[0])[0] : span[0]]
            if len(opening.split()) <= 4 and scene.document.quotation(span[0]) is None:
                return True
    return False


def place_score(scene: Scene, span: Span, position: int) -> float:
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
    voice, words = voices[-1], voices[-1].description or ""
    if (gender is not None and voice.gender not in (None, gender)) or not _is_somebody(voice, words):
        return None
    distance = scene.document.sentence_index(position) - scene.document.sentence_index(voice.position)
    return _SUBJECT + _SPOKE_LAST - distance, words


def _is_somebody(voice: Voice, words: str) -> bool:
    """Whether a speaker without a name is one person, as far as the noun tells: "the figure in black", no "report"."""
    kinds = ("document_nouns", "organisation_nouns", "government_nouns", "media_nouns")
    head = voice.head or ""
    is_thing = any(head in word_lists.words(kind) for kind in kinds) or head in word_lists.table("cue_nouns")
    return names_person(words) or (_ONE.match(words) is not None and not is_thing)


def best_placed(
    scene: Scene, named: list[tuple[Span, Thing]], position: int
) -> tuple[float, Span, Thing] | None:
    """The most prominent of some mentions before a position: its score, in sentences, and where it stands."""
    here = scene.document.sentence_index(position)
    scored = [
        (place_score(scene, span, position) - (here - scene.document.sentence_index(span[0])), span, thing)
        for span, thing in named
    ]
    return max(scored, key=lambda item: (item[0], item[1])) if scored else None
