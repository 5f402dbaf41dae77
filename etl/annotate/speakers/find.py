"""Who stands behind each claim. Nobody rather than the wrong one: the description is then kept."""

from __future__ import annotations

import re

from etl.annotate.claims.drafts import Draft
from etl.annotate.names.scene import Scene
from etl.annotate.names.things import Thing
from etl.annotate.speakers.antecedents import NOBODY, Answer, Voice, person_meant, thing_meant
from etl.annotate.speakers.descriptions import described
from etl.annotate.speakers.relatives import relative
from etl.annotate.speakers.sources import Source, take_apart
from etl.annotate.speakers.teasers import named_next
from etl.annotate.speakers.unsourced import UNKNOWN, Speaker, around, is_done_to, is_told, without_source
from etl.language import word_lists

_ADJACENT = re.compile(
    r"\s*(?:(?:has|have|had|was|is|also|then|later|previously|reportedly|allegedly|\w+ly)\s+){0,3}"
)
_LINKED = re.compile(
    r"\b(?:of|for|by|with|from|in|at|to|and|or|on|near|around|outside|inside|about|against|off|between|behind|"
    r"across|along|over|under|than|like|including|as)\s+(?:the\s+)?$"
)
_NO_DESCRIPTIONS = {
    "what",
    "me",
    "us",
    "him",
    "them",
    "this",
    "these",
    "those",
    "do",
    "don",
    "let",
    "let’s",
    "let's",
    "every",
    "all",
    "one",
    "a",
}
_ANSWERS = {"answer", "reply", "respond", "retort", "counter"}


def find_speakers(scene: Scene, drafts: list[Draft]) -> list[Speaker]:
    """The speaker of each draft, in their order. Drafts are sorted by the text."""
    speakers: list[Speaker] = [UNKNOWN] * len(drafts)
    voices: list[Voice] = []
    by_source = sorted(range(len(drafts)), key=lambda i: _heard_at(drafts[i]))
    for i in by_source:
        speaker = _speaker(scene, drafts, i, speakers, voices)
        speakers[i] = speaker
        if drafts[i].source is not None or drafts[i].cue is None:
            voices.append(_voice(scene, drafts[i], speaker))
    return [named_next(scene, drafts, speakers, i) for i in range(len(drafts))]


def with_speakers(drafts: list[Draft], speakers: list[Speaker]) -> tuple[list[Draft], list[Speaker]]:
    """Leave out reports that give neither the words nor who said them: "it is recommended to"."""
    kept = [
        (draft, speaker)
        for draft, speaker in zip(drafts, speakers, strict=True)
        if draft.kind != "indirect" or draft.source or speaker.thing or speaker.description
    ]
    return [draft for draft, _ in kept], [speaker for _, speaker in kept]


def _heard_at(draft: Draft) -> int:
    """Where the reader learns of the speaker."""
    if draft.source is not None:
        return draft.source[0]
    return draft.cue.span[0] if draft.cue else draft.start


def _voice(scene: Scene, draft: Draft, speaker: Speaker) -> Voice:
    position = _heard_at(draft)
    text = scene.document.text[slice(*draft.source)] if draft.source else ""
    apart = take_apart(scene, draft.source) if draft.source else None
    told = word_lists.table("gendered_nouns").get(apart.head) if apart and apart.head else None
    plural = apart is not None and apart.is_plural
    asks = draft.cue is not None and draft.cue.stance == "question"
    return Voice(position, speaker.thing, text, speaker.description, told, plural, asks)


def _speaker(
    scene: Scene, drafts: list[Draft], index: int, known: list[Speaker], voices: list[Voice]
) -> Speaker:
    draft = drafts[index]
    if is_told(scene, draft):
        return UNKNOWN
    beside = _beside_cue(scene, draft)
    if beside is not None:
        return Speaker(beside, None, 0.95)
    if draft.source is None:
        return without_source(scene, drafts, index, known)
    source = take_apart(scene, draft.source)
    words = scene.document.text[slice(*draft.source)]
    if source.thing is not None:
        return Speaker(source.thing, None, 0.97)
    if words.lower() == "the latter":
        named = [thing for _, thing in scene.before(draft.source[0]) if thing.kind == "person"]
        return Speaker(named[-1], None, 0.7) if named else Speaker(None, words, 0.4)
    answer = (
        _pronoun(scene, drafts, index, source, known, voices)
        if source.pronoun
        else described(scene, source, voices)
    )
    if answer.thing is not None:
        return Speaker(answer.thing, None, answer.certainty)
    says_nothing = source.pronoun or words.lower() in _NO_DESCRIPTIONS
    return Speaker(None, answer.description or (None if says_nothing else words), answer.certainty)


def _beside_cue(scene: Scene, draft: Draft) -> Thing | None:
    """The name right before the cue, where the source is missing or is another that stands before it."""
    if draft.cue is None or is_done_to(scene, draft):
        return None
    sentence = scene.document.sentence(draft.cue.span[0])
    names = scene.within((sentence[0], draft.cue.span[0]))
    if not names:
        return None
    span, thing = names[-1]
    if draft.source is not None and draft.source[1] > span[0]:
        return None
    if not _ADJACENT.fullmatch(scene.document.text, span[1], draft.cue.span[0]):
        return None
    before = scene.document.text[sentence[0] : span[0]]
    return None if _LINKED.search(before) else thing


def _pronoun(
    scene: Scene,
    drafts: list[Draft],
    index: int,
    source: Source,
    known: list[Speaker],
    voices: list[Voice],
) -> Answer:
    position = source.span[0]
    if source.pronoun in ("male", "female"):
        return person_meant(scene, position, source.pronoun, voices, _others(drafts, index, known, voices))
    if source.pronoun == "thing":
        return thing_meant(scene, position, ("organisation", "place"), voices)
    if source.pronoun == "group":
        return _group(scene, position, voices)
    if source.pronoun == "relative":
        return relative(scene, position, voices)
    if source.pronoun == "first":
        outer = around(drafts, index, known)
        return Answer(outer.thing, 0.9, outer.description) if outer else NOBODY
    return NOBODY


def _others(
    drafts: list[Draft], index: int, known: list[Speaker], voices: list[Voice]
) -> tuple[Thing | None, ...]:
    """Who a pronoun can't be: in somebody's words the one who says them, in an answer the one who asked."""
    outer = around(drafts, index, known)
    cue = drafts[index].cue
    answers = cue is not None and cue.lemma in _ANSWERS and bool(voices) and voices[-1].asks
    return (outer.thing if outer else None, voices[-1].thing if answers else None)


def _group(scene: Scene, position: int, voices: list[Voice]) -> Answer:
    """Whom "they" means: the last voice where it was a group or an organisation."""
    last = voices[-1] if voices else None
    if last is not None and position - last.position < 600:
        if last.thing is not None and last.thing.kind != "person":
            return Answer(last.thing, 0.7)
        if last.thing is None:
            return Answer(None, 0.6, last.description)
    return Answer(None, 0.5)
