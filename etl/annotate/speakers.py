"""Who stands behind each claim. Nobody rather than the wrong one: the description is then kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.annotate import lexicon
from etl.annotate.antecedents import Answer, Voice, described, person_meant, thing_meant
from etl.annotate.claims import Draft
from etl.annotate.mentions import Thing
from etl.annotate.roles import names_role
from etl.annotate.scene import Scene
from etl.annotate.sources import Source, take_apart
from etl.records import Span

_NOBODY = Answer(None, 0.4)
_DESCRIPTION_BEFORE = re.compile(
    r"\b(?P<words>(?:the|an?|his|her|their|its)\s+(?:[\w’'-]+\s*){1,6}?),?\s*$", re.IGNORECASE
)
_ADJACENT = re.compile(
    r"\s*(?:(?:has|have|had|was|is|also|then|later|previously|reportedly|allegedly|\w+ly)\s+){0,3}"
)
_DONE_TO = {
    "ask",
    "tell",
    "question",
    "inform",
    "accuse",
    "urge",
    "warn",
    "order",
    "press",
    "blame",
    "criticise",
    "criticize",
}
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being|when|if)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_CARRIES_ON = 2  # lines over which a quotation without a cue stays with its speaker


@dataclass(frozen=True, slots=True)
class Speaker:
    """A claim's speaker, or the words for one without a name; `certainty` 0..1 of how it was found."""

    thing: Thing | None
    description: str | None
    certainty: float


_UNKNOWN = Speaker(None, None, 0.3)


def find_speakers(scene: Scene, drafts: list[Draft]) -> list[Speaker]:
    """The speaker of each draft, in their order. Drafts are sorted by the text."""
    speakers: list[Speaker] = [_UNKNOWN] * len(drafts)
    voices: list[Voice] = []
    by_source = sorted(range(len(drafts)), key=lambda i: _heard_at(drafts[i]))
    for i in by_source:
        speaker = _speaker(scene, drafts, i, speakers, voices)
        speakers[i] = speaker
        if drafts[i].source is not None or drafts[i].cue is None:
            voices.append(_voice(scene, drafts[i], speaker))
    return [_named_next(scene, drafts, speakers, i) for i in range(len(drafts))]


def _named_next(scene: Scene, drafts: list[Draft], speakers: list[Speaker], index: int) -> Speaker:
    """The name of "a union leader" where the next paragraph quotes somebody who is new there.

    News often tells first what somebody said and names them with the quotation after it.
    """
    draft, speaker = drafts[index], speakers[index]
    if speaker.thing is not None or draft.source is None or not _is_teaser(scene, draft.source):
        return speaker
    line = scene.document.line_index(draft.source[0])
    for later, other in zip(drafts[index + 1 :], speakers[index + 1 :], strict=True):
        distance = scene.document.line_index(later.start) - line
        if distance > 2:
            break
        if distance > 0 and other.thing is not None:
            is_new = other.thing.kind == "person" and other.thing.mentions[0][0] > draft.source[0]
            is_meant = is_new and _may_be(scene, draft.source, other.thing)
            return Speaker(other.thing, None, 0.6) if is_meant else speaker
    return speaker


def _is_teaser(scene: Scene, source: Span) -> bool:
    words = scene.document.words(source)
    is_singular = len(words) > 1 and words[0] in ("a", "an", "the")
    return is_singular and names_role(scene.document.text[slice(*source)])


def _may_be(scene: Scene, source: Span, thing: Thing) -> bool:
    """Whether "a leader" may be anybody new, but "the chairman" only one of that role."""
    apart = take_apart(scene, source)
    return not apart.is_definite or any(apart.head in role.lower().split() for role in scene.roles[thing.key])


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
    scene: Scene, drafts: list[Draft], index: int, known: list[Speaker], voices: list[Voice]
) -> Speaker:
    draft = drafts[index]
    beside = _beside_cue(scene, draft)
    if beside is not None:
        return Speaker(beside, None, 0.95)
    if draft.source is None:
        return _without_source(scene, drafts, index, known)
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
    return Speaker(None, answer.description or words, answer.certainty)


def _beside_cue(scene: Scene, draft: Draft) -> Thing | None:
    """The name right before the cue, where the source is missing or is another that stands before it."""
    if draft.cue is None or _is_passive(scene, draft):
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
    return None if re.search(r"\b(?:of|for|by|with|from|in|at|to|and)\s+(?:the\s+)?$", before) else thing


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
        return person_meant(scene, position, source.pronoun, voices)
    if source.pronoun == "thing":
        return thing_meant(scene, position, ("organisation", "place"), voices)
    if source.pronoun == "group":
        return _group(scene, position, voices)
    if source.pronoun == "relative":
        return _relative(scene, position, voices)
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


def _relative(scene: Scene, position: int, voices: list[Voice]) -> Answer:
    """Whom "who" or "which" means: the name just before, over an apposition; or the description there."""
    text = scene.document.text
    sentence = scene.document.sentence(position)
    near = scene.within((sentence[0], position))
    described_before = _DESCRIPTION_BEFORE.search(text[sentence[0] : position])
    if not near:
        return _description_before(scene, sentence[0], described_before, voices)
    span, thing = near[-1]
    between = text[span[1] : position]
    if re.fullmatch(r"[,\s]*(?:and\s+|but\s+)?", between):
        if thing.kind == "place" and len(near) > 1:
            # "the Group in Turkey, which says": the place only tells where.
            other_span, other = near[-2]
            if re.fullmatch(r"\s+(?:in|of|from|at|near)\s+(?:the\s+)?", text[other_span[1] : span[0]]):
                return Answer(other, 0.85)
        return Answer(thing, 0.95)
    if re.match(r",\s+(?:the|an?)\s+[^,]+,?\s*$", between):
        return Answer(thing, 0.85)
    answer = _description_before(scene, sentence[0], described_before, voices)
    if answer.thing is not None or described_before is not None:
        return answer
    persons = [one for _, one in near if one.kind == "person"]
    return Answer(persons[-1], 0.7) if persons and between.count(",") <= 2 else _NOBODY


def _description_before(scene: Scene, start: int, found: re.Match[str] | None, voices: list[Voice]) -> Answer:
    if found is None:
        return _NOBODY
    source = take_apart(scene, (start + found.start("words"), start + found.end("words")))
    if source.thing is not None:
        return Answer(source.thing, 0.8)
    answer = described(scene, source, voices)
    return answer if answer.thing else Answer(None, answer.certainty, found["words"])


def _around(drafts: list[Draft], index: int, known: list[Speaker]) -> Speaker | None:
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


def _is_passive(scene: Scene, draft: Draft) -> bool:
    """Whether the words before the cue are those asked or told, not the asker: "he was asked"."""
    assert draft.cue is not None
    before = scene.document.text[max(0, draft.cue.span[0] - 20) : draft.cue.span[0]]
    return draft.cue.lemma in _DONE_TO and bool(_PASSIVE.search(before))


def _without_source(scene: Scene, drafts: list[Draft], index: int, known: list[Speaker]) -> Speaker:
    draft = drafts[index]
    if draft.cue is None:
        return _carried_on(scene, drafts, index, known)
    if _is_passive(scene, draft):
        return _UNKNOWN
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
        return Speaker(speaker.thing, speaker.description, 0.85 * speaker.certainty)
    return _subject(scene, sentence, draft.cue.span[0])


def _subject(scene: Scene, sentence: Span, position: int) -> Speaker:
    """The subject of the sentence, where a name opens it; the noun before the cue where that is plain."""
    noun = re.search(
        r"\b(reports|sources|figures|officials|data|records|documents)\s+$",
        scene.document.text[sentence[0] : position],
    )
    if noun:
        return Speaker(None, noun.group(1), 0.7)
    for span, thing in scene.within((sentence[0], position)):
        before = scene.document.text[sentence[0] : span[0]]
        owned = re.match(r"['’]s?\b", scene.document.text[span[1] : span[1] + 2])
        if not owned and not re.search(r"\b(?:of|for|to|with|by|from|in|at|on|after)\s+(?:the\s+)?$", before):
            return Speaker(thing, None, 0.6)
    return Speaker(None, None, 0.4)


def _carried_on(scene: Scene, drafts: list[Draft], index: int, known: list[Speaker]) -> Speaker:
    """A quotation without a cue is by the last speaker quoted in the lines just before."""
    line = scene.document.line_index(drafts[index].start)
    for i in range(index - 1, -1, -1):
        earlier, speaker = drafts[i], known[i]
        distance = line - scene.document.line_index(earlier.start)
        if distance > _CARRIES_ON:
            break
        if earlier.kind != "indirect" or _ends_line(scene, earlier):
            return Speaker(speaker.thing, speaker.description, 0.9 * speaker.certainty)
    return Speaker(None, None, 0.3)


def _ends_line(scene: Scene, draft: Draft) -> bool:
    """Whether nothing but the tag of a claim follows it in its line."""
    end = scene.document.line(draft.start)[1]
    return len(scene.document.words((draft.end, end))) <= 8
