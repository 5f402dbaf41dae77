"""Through whom a claim reaches the reader: the medium it was told to, or another speaker around it."""

from __future__ import annotations

import re

from etl.annotate import lexicon
from etl.annotate.drafts import Draft
from etl.annotate.mentions import Thing
from etl.annotate.names import fold
from etl.annotate.scene import Scene
from etl.annotate.unsourced import Speaker
from etl.records import Span

_TOLD = re.compile(
    r"(?:\btold|\btells|\btelling|\binterview(?:ed)? (?:with|by|on|to|for)|\bstatement to|"
    r"\bspeaking (?:to|on|with)|\bspoke (?:to|with)|\bquoted (?:as saying )?by|\baccording to|"
    r"\bcited by|\bseen by|\bobtained by|\breviewed by|\breported by|\bvia)\s+(?:the\s+)?(?:[a-z]+\s+){0,3}$",
    re.IGNORECASE,
)
_MEDIUM_REPORTED = re.compile(
    r"(?:['’]s)?\s*(?:[a-z]+\s+){0,3}(?:reported|reports|has reported|quoted|said, citing)\b"
)
_NOUN = r"(?:news agency|agency|newspaper|daily|broadcaster|magazine|channel|network|website|outlet|portal)\b"
_TOLD_DESCRIBED = re.compile(
    rf"\b(?:told|quoted (?:as saying )?by|interview with|according to|cited by|reported by)\s+(?:the|this)\s+(?:[a-z-]+\s+){{0,2}}{_NOUN}",
    re.IGNORECASE,
)
_MEDIUM = re.compile(rf"\s+{_NOUN}")
_MEDIUM_BEFORE = re.compile(rf"{_NOUN}\s+$")


def find_reporters(scene: Scene, drafts: list[Draft], speakers: list[Speaker]) -> list[Thing | None]:
    """The relay of each draft, None where the text names none."""
    out: list[Thing | None] = []
    for i, draft in enumerate(drafts):
        outer = _around(drafts, speakers, i)
        if outer is not None:
            out.append(outer if outer is not speakers[i].thing else None)
            continue
        told = _told_to(scene, draft, speakers[i]) if draft.cue else None
        out.append(told or _still_told_to(scene, drafts, speakers, out, i))
    return out


def _told_to(scene: Scene, draft: Draft, speaker: Speaker) -> Thing | None:
    """The medium that the sentence of a cue names."""
    assert draft.cue is not None
    sentence = scene.document.sentence(draft.cue.span[0])
    for span, thing in scene.within(sentence):
        if thing is speaker.thing or thing.kind != "organisation" or _in_content(draft, span):
            continue
        before = scene.document.text[sentence[0] : span[0]]
        after = scene.document.text[span[1] : sentence[1]]
        if _TOLD.search(before) or _MEDIUM_REPORTED.match(after):
            return thing
    described = _TOLD_DESCRIBED.search(scene.document.text, *sentence)
    return _last_medium(scene, sentence[0]) if described else None


def _last_medium(scene: Scene, position: int) -> Thing | None:
    """The medium named last: "the Russian news agency" after "the Sputnik news agency"."""
    text = scene.document.text
    for span, thing in reversed(scene.before(position)):
        is_called = _MEDIUM.match(text, span[1]) or _MEDIUM_BEFORE.search(text, max(0, span[0] - 30), span[0])
        if thing.kind == "organisation" and (is_called or fold(thing.name) in lexicon.words("media")):
            return thing
    return None


def _still_told_to(
    scene: Scene, drafts: list[Draft], speakers: list[Speaker], known: list[Thing | None], index: int
) -> Thing | None:
    """The medium that a speaker still talks to: in the same paragraph and, where he only goes on, in the next."""
    speaker = speakers[index].thing
    if index == 0 or speaker is None or speakers[index - 1].thing is not speaker:
        return None
    lines = scene.document.line_index(drafts[index].start) - scene.document.line_index(
        drafts[index - 1].start
    )
    reporter = known[index - 1]
    is_medium = reporter is not None and reporter.kind == "organisation"
    return reporter if is_medium and lines <= (drafts[index].cue is None) else None


def _around(drafts: list[Draft], speakers: list[Speaker], index: int) -> Thing | None:
    """The speaker of the smallest claim that holds this one's cue and words."""
    cue = drafts[index].cue
    if cue is None:
        return None
    holding = [
        (other.end - other.start, speakers[i].thing)
        for i, other in enumerate(drafts)
        if i != index
        and other.cue is not None
        and other.start <= cue.span[0] < other.end
        and any(start <= cue.span[0] and cue.span[1] <= end for start, end in other.pieces)
    ]
    return min(holding, key=lambda item: item[0])[1] if holding else None


def _in_content(draft: Draft, span: Span) -> bool:
    return any(start <= span[0] < end for start, end in draft.pieces)
