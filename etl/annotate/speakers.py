"""Who stands behind each claim. Nobody rather than the wrong one: the description is then kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.annotate import lexicon
from etl.annotate.antecedents import Answer, Voice, described, person_meant, thing_meant
from etl.annotate.claims import Draft
from etl.annotate.mentions import Thing
from etl.annotate.scene import Scene
from etl.annotate.sources import PRONOUNS, Source, take_apart
from etl.records import Span

_NOBODY = Answer(None, 0.4)
_CARRIES_ON = 2  # lines over which a quotation without a cue stays with its speaker


@dataclass(frozen=True, slots=True)
class Speaker:
    """A claim's speaker, or the words for one without a name; `certainty` 0..1 of how it was found."""

    thing: Thing | None
    description: str | None
    certainty: float


def find_speakers(scene: Scene, drafts: list[Draft]) -> list[Speaker]:
    """The speaker of each draft, in their order. Drafts are sorted by the text."""
    speakers: list[Speaker | None] = [None] * len(drafts)
    voices: list[Voice] = []
    by_source = sorted(range(len(drafts)), key=lambda i: _heard_at(drafts[i]))
    for i in by_source:
        speaker = _speaker(scene, drafts, i, speakers, voices)
        speakers[i] = speaker
        if drafts[i].source is not None or drafts[i].cue is None:
            voices.append(_voice(scene, drafts[i], speaker))
    return [speaker or Speaker(None, None, 0.3) for speaker in speakers]


def _heard_at(draft: Draft) -> int:
    """Where the reader learns of the speaker."""
    if draft.source is not None:
        return draft.source[0]
    return draft.cue.span[0] if draft.cue else draft.start


def _voice(scene: Scene, draft: Draft, speaker: Speaker) -> Voice:
    position = _heard_at(draft)
    words = scene.document.words(draft.source) if draft.source else []
    told = next(
        (lexicon.table("gendered_nouns")[w] for w in words if w in lexicon.table("gendered_nouns")), None
    )
    plural = bool(words) and take_apart(scene, draft.source or (0, 0)).is_plural
    return Voice(position, speaker.thing, speaker.description, told, plural)


def _speaker(
    scene: Scene, drafts: list[Draft], index: int, known: list[Speaker | None], voices: list[Voice]
) -> Speaker:
    draft = drafts[index]
    if draft.source is None:
        return _without_source(scene, drafts, index, known)
    source = take_apart(scene, draft.source)
    words = scene.document.text[slice(*draft.source)]
    if source.thing is not None:
        return Speaker(source.thing, None, 0.97)
    answer = (
        _pronoun(scene, drafts, index, source, known, voices)
        if source.pronoun
        else described(scene, source, voices)
    )
    if answer.thing is not None:
        return Speaker(answer.thing, None, answer.certainty)
    return Speaker(None, answer.description or words, answer.certainty)


def _pronoun(
    scene: Scene,
    drafts: list[Draft],
    index: int,
    source: Source,
    known: list[Speaker | None],
    voices: list[Voice],
) -> Answer:
    position = source.span[0]
    if source.pronoun in ("male", "female"):
        return person_meant(scene, position, source.pronoun, voices)
    if source.pronoun == "thing":
        return thing_meant(scene, position, ("organisation", "place"), voices)
    if source.pronoun == "group":
        return _group(scene, position, voices)
    if source.pronoun == "relative":
        return _relative(scene, position)
    if source.pronoun == "first":
        around = _around(drafts, index, known)
        return Answer(around.thing, 0.9, around.description) if around else _NOBODY
    return _NOBODY


def _group(scene: Scene, position: int, voices: list[Voice]) -> Answer:
    """Whom "they" means: the last voice where it was a group or an organisation."""
    last = voices[-1] if voices else None
    if last is not None and position - last.position < 600:
        if last.thing is not None and last.thing.kind != "person":
            return Answer(last.thing, 0.7)
        if last.thing is None:
            return Answer(None, 0.6, last.description)
    return Answer(None, 0.5)


def _relative(scene: Scene, position: int) -> Answer:
    """Whom "who" means: the name just before, over an apposition."""
    sentence = scene.document.sentence(position)
    near = [(span, thing) for span, thing in scene.within((sentence[0], position))]
    if not near:
        return _NOBODY
    span, thing = near[-1]
    between = scene.document.text[span[1] : position]
    if re.fullmatch(r"[,\s]*(?:and\s+|but\s+)?", between):
        return Answer(thing, 0.95)
    persons = [(place, one) for place, one in near if one.kind == "person"]
    if persons and between.count(",") <= 2:
        return Answer(persons[-1][1], 0.7)
    return _NOBODY


def _around(drafts: list[Draft], index: int, known: list[Speaker | None]) -> Speaker | None:
    """The speaker of the claim whose words hold this claim's cue."""
    cue = drafts[index].cue
    if cue is None:
        return None
    for i, other in enumerate(drafts):
        if i != index and other.cue is not None and _holds(other, cue.span):
            return known[i]
    return None


def _holds(draft: Draft, span: Span) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in draft.pieces)


def _without_source(scene: Scene, drafts: list[Draft], index: int, known: list[Speaker | None]) -> Speaker:
    draft = drafts[index]
    if draft.cue is None:
        return _carried_on(scene, drafts, index, known)
    sentence = scene.document.sentence(draft.cue.span[0])
    beside = [
        (abs(other.cue.span[0] - draft.cue.span[0]), i)
        for i, other in enumerate(drafts)
        if i != index
        and other.cue is not None
        and other.source is not None
        and sentence[0] <= other.cue.span[0] < sentence[1]
        and other.cue.span[0] < draft.cue.span[0]
        and not _holds(other, draft.cue.span)
    ]
    if beside:
        speaker = known[min(beside)[1]]
        if speaker is not None:
            return Speaker(speaker.thing, speaker.description, 0.85 * speaker.certainty)
    return _subject(scene, sentence, draft.cue.span[0])


def _subject(scene: Scene, sentence: Span, position: int) -> Speaker:
    """The subject of the sentence, where a name opens it."""
    for span, thing in scene.within((sentence[0], position)):
        before = scene.document.text[sentence[0] : span[0]]
        owned = re.match(r"['’]s?\b", scene.document.text[span[1] : span[1] + 2])
        if not owned and not re.search(r"\b(?:of|for|to|with|by|from|in|at|on|after)\s+(?:the\s+)?$", before):
            return Speaker(thing, None, 0.6) if thing.kind != "place" else Speaker(None, None, 0.4)
    return Speaker(None, None, 0.4)


def _carried_on(scene: Scene, drafts: list[Draft], index: int, known: list[Speaker | None]) -> Speaker:
    """A quotation without a cue is by the last speaker quoted in the lines just before."""
    line = scene.document.line_index(drafts[index].start)
    for i in range(index - 1, -1, -1):
        earlier, speaker = drafts[i], known[i]
        distance = line - scene.document.line_index(earlier.start)
        if distance > _CARRIES_ON:
            break
        if earlier.kind != "indirect" and speaker is not None:
            return Speaker(speaker.thing, speaker.description, 0.9 * speaker.certainty)
    return Speaker(None, None, 0.3)


def is_pronoun(words: str) -> bool:
    return words.lower() in PRONOUNS
