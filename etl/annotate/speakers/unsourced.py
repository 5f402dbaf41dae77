"""Who makes a claim that names no source: the subject of its sentence, or whoever spoke before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.annotate.claims.drafts import Draft
from etl.annotate.names.scene import Scene
from etl.annotate.names.things import Thing
from etl.language import word_lists
from etl.records import Span

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
_SAID_OF = {
    "said",
    "believed",
    "thought",
    "understood",
    "reported",
    "rumoured",
    "rumored",
    "alleged",
    "known",
    "feared",
}
_ACCUSATIONS = {
    "allegations",
    "accusations",
    "claims",
    "charges",
    "suspicions",
    "suspicion",
    "rumours",
    "rumors",
}
_OVER = re.compile(r"\b(?:over|amid|following|after|on|facing|faces|faced|against|despite)\s+(?:\w+\s+)?$")
_HAS_OBJECT = {"urge", "advise", "encourage", "order", "tell", "warn", "remind", "instruct", "invite"}
_CARRIES_ON = 2  # lines over which a quotation without a cue stays with its speaker
_OPENING_WORDS = 6  # before the name of a person whom a paragraph presents
_DATELINE = re.compile(r"(?:, [A-Z][a-z]+\.? \d{1,2})?(?: \([^)\n]{2,40}\))?(?: ?[-–—]{1,2}|:) | \(")
_NOUN_PHRASE = re.compile(r"[,;–—]\s+((?:[\w’'-]+\s+){0,3}[\w’'-]+)\s+(?:(?:has|have|had)\s+)?$")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A claim's speaker, or the words for one without a name; `certainty` 0..1 of how it was found."""

    thing: Thing | None
    description: str | None
    certainty: float


UNKNOWN = Speaker(None, None, 0.3)


def without_source(scene: Scene, drafts: list[Draft], index: int, known: list[Speaker]) -> Speaker:
    """The speaker of a claim without a source; `known` has those of the claims before."""
    draft = drafts[index]
    if draft.cue is None:
        return _carried_on(scene, drafts, index, known)
    if is_done_to(scene, draft):
        return UNKNOWN
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
    described = _described_before(scene, sentence[0], position)
    if described is not None:
        return Speaker(None, described, 0.6)
    for span, thing in scene.within((sentence[0], position)):
        before = scene.document.text[sentence[0] : span[0]]
        if thing.kind == "place" and _DATELINE.match(scene.document.text, span[1]):
            continue
        owned = re.match(r"['’]s?\b", scene.document.text[span[1] : span[1] + 2])
        if not owned and not re.search(r"\b(?:of|for|to|with|by|from|in|at|on|after)\s+(?:the\s+)?$", before):
            return Speaker(thing, None, 0.6)
    return Speaker(None, None, 0.4)


def _described_before(scene: Scene, start: int, position: int) -> str | None:
    """A short description right before the cue, as in "rain will come, weather service says"."""
    found = _NOUN_PHRASE.search(scene.document.text[start:position])
    if found is None or scene.within((start + found.start(1), position)):
        return None
    last = found.group(1).split()[-1].lower()
    kinds = ("roles", "organisation_nouns", "document_nouns")
    is_known = any(
        noun in word_lists.words(kind) for kind in kinds for noun in (last, last.removesuffix("s"))
    )
    return found.group(1) if is_known else None


def _carried_on(scene: Scene, drafts: list[Draft], index: int, known: list[Speaker]) -> Speaker:
    """A quotation without a cue is by the last speaker quoted in the lines just before."""
    line = scene.document.line_index(drafts[index].start)
    presented = _presented(scene, drafts[:index], line)
    if presented is not None:
        return Speaker(presented, None, 0.6)
    for i in range(index - 1, -1, -1):
        earlier, speaker = drafts[i], known[i]
        distance = line - scene.document.line_index(earlier.start)
        if distance > _CARRIES_ON:
            break
        if _is_nested(drafts, i):
            continue
        if earlier.kind != "indirect" or _ends_line(scene, earlier):
            return Speaker(speaker.thing, speaker.description, 0.9 * speaker.certainty)
    return Speaker(None, None, 0.3)


def _presented(scene: Scene, earlier: list[Draft], line: int) -> Thing | None:
    """The person whom the line above presents for the first time, where nobody says anything in it."""
    if line == 0 or any(scene.document.line_index(draft.start) == line - 1 for draft in earlier):
        return None
    span = scene.document.lines[line - 1]
    named = [(place, thing) for place, thing in scene.within(span) if thing.kind == "person"]
    if not named or scene.document.text[span[1] - 1] not in ".:":
        return None
    place, thing = named[0]
    is_first = place == thing.mentions[0] and len(scene.document.words((span[0], place[0]))) <= _OPENING_WORDS
    return thing if is_first and len({one.key for _, one in named}) == 1 else None


def _ends_line(scene: Scene, draft: Draft) -> bool:
    """Whether nothing but the tag of a claim follows it in its line."""
    end = scene.document.line(draft.start)[1]
    return len(scene.document.words((draft.end, end))) <= 8


def around(drafts: list[Draft], index: int, known: list[Speaker]) -> Speaker | None:
    """The speaker of the claim whose words hold this claim's cue."""
    cue = drafts[index].cue
    if cue is None:
        return None
    for i, other in enumerate(drafts):
        if i != index and _holds(other, cue.span):
            return known[i]
    return None


def _is_nested(drafts: list[Draft], index: int) -> bool:
    """Whether a claim stands in the words of another."""
    cue = drafts[index].cue
    return cue is not None and any(_holds(other, cue.span) for i, other in enumerate(drafts) if i != index)


def _holds(draft: Draft, span: Span) -> bool:
    return draft.pieces[0][0] <= span[0] and any(
        start <= span[0] and span[1] <= end for start, end in draft.pieces
    )


def is_told(scene: Scene, draft: Draft) -> bool:
    """Whether the source is whom the words were for: "he was told that", "residents urged to stay"."""
    if draft.cue is None or draft.source is None or draft.source[0] > draft.cue.span[0]:
        return False
    is_headline = draft.cue.lemma in _HAS_OBJECT and scene.document.text.startswith(" to ", draft.cue.span[1])
    return is_headline or is_done_to(scene, draft)


def is_done_to(scene: Scene, draft: Draft) -> bool:
    """Whether the words before the cue are those asked, told or spoken of, not who speaks: "he was asked"."""
    assert draft.cue is not None
    before = scene.document.text[max(0, draft.cue.span[0] - 20) : draft.cue.span[0]]
    words = scene.document.text[slice(*draft.cue.span)]
    if (
        words in _SAID_OF
        and scene.document.text.startswith(" to ", draft.cue.span[1])
        and _PASSIVE.search(before)
    ):
        return True  # "Marsh is said to have left"
    if words in _ACCUSATIONS and _OVER.search(before):
        return True  # "Marsh was arrested over allegations that"
    is_active = scene.document.text[slice(*draft.cue.span)].endswith("ing")
    return not is_active and draft.cue.lemma in _DONE_TO and bool(_PASSIVE.search(before))
