"""Through whom a claim reaches the reader: the medium it was told to, or another speaker around it."""

from __future__ import annotations

import re

from etl.annotate.claims.drafts import Draft
from etl.annotate.names.scene import Scene
from etl.annotate.names.things import Thing
from etl.annotate.speakers.asked import Speaker
from etl.language import word_lists
from etl.language.fold import fold
from etl.records import Span

_BETWEEN = r"(?:(?!(?:that|in|at|of|from|outside|about|after|on|before|by|and)\b)[\w’'.-]+\s+){0,3}$"
_TOLD = re.compile(
    r"(?:\b(?:told|tells|telling)|\binterview(?:ed)? (?:with|by|on|to|for)|"
    r"\b(?:statement|comments|remarks|e-?mail|text message|letter) to|"
    r"\bspeaking (?:to|on|with)|\bspoke (?:to|with)|\baccording to|\breported (?:in|by)|\bvia)\s+" + _BETWEEN,
    re.IGNORECASE,
)
_CARRIED_BY = re.compile(
    r"\b(?:quoted (?:as saying )?|cited|seen|obtained|reviewed|reported|carried|published|aired|broadcast|relayed) by\s+"
    + _BETWEEN,
    re.IGNORECASE,
)
_HEARERS = frozenset(
    "assembly board commission committee conference congress council court department house inquiry ministry office panel"
    " parliament police senate tribunal union".split()
)
_INTERVIEW = re.compile(r"(?:['’]s)?\s+(?:[a-z]+\s+)?interview\b")
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
    return _with_interviews(scene, drafts, speakers, out)


def _with_interviews(
    scene: Scene, drafts: list[Draft], speakers: list[Speaker], known: list[Thing | None]
) -> list[Thing | None]:
    """Give all words of a person to the interview that the article tells of, if they went to nobody else."""
    media = _interviews(scene, drafts)
    for speaker, reporter in zip(speakers, known, strict=True):
        if speaker.thing is not None and reporter not in (None, media.get(speaker.thing.key)):
            media.pop(speaker.thing.key, None)
    return [
        reporter or (media.get(speaker.thing.key) if speaker.thing else None)
        for speaker, reporter in zip(speakers, known, strict=True)
    ]


def _interviews(scene: Scene, drafts: list[Draft]) -> dict[str, Thing]:
    """The medium that interviewed a person, by the person's key: told in a sentence of its own."""
    text = scene.document.text
    media: dict[str, Thing] = {}
    heard = {scene.document.sentence(draft.cue.span[0] if draft.cue else draft.start) for draft in drafts}
    for found in re.finditer(r"\binterview\b", text):
        sentence = scene.document.sentence(found.start())
        named = scene.within(sentence)
        persons = {
            thing.key
            for span, thing in named
            if thing.kind == "person" and not _is_owner_or_owned(text, span)
        }
        for span, thing in named:
            is_medium = _TOLD.search(text[found.start() : span[0]]) or _INTERVIEW.match(text, span[1])
            if thing.kind == "organisation" and is_medium and len(persons) == 1 and sentence not in heard:
                media.setdefault(persons.pop(), thing)
                break
    return media


def _is_owner_or_owned(text: str, span: Span) -> bool:
    """Whether a name stands beside a possessive: "Nordfly's Ann Lee" asks the questions."""
    return text.startswith(("'s", "’s"), span[1]) or text.endswith(("'s ", "’s "), 0, span[0])


def _told_to(scene: Scene, draft: Draft, speaker: Speaker) -> Thing | None:
    """The medium that the sentence of a cue names."""
    assert draft.cue is not None
    sentence = scene.document.sentence(draft.cue.span[0])
    for span, thing in scene.within(sentence):
        if thing is speaker.thing or thing.kind != "organisation" or _in_content(draft, span):
            continue
        before = scene.document.text[sentence[0] : span[0]]
        after = scene.document.text[span[1] : sentence[1]]
        is_carried = bool(_CARRIED_BY.search(before))
        if not is_carried and (_is_in_source(draft, speaker, span) or _only_hears(thing)):
            continue
        if is_carried or _TOLD.search(before) or _INTERVIEW.match(after) or _MEDIUM_REPORTED.match(after):
            return thing
    described = _TOLD_DESCRIBED.search(scene.document.text, *sentence)
    return _last_medium(scene, sentence[0]) if described else None


def _only_hears(thing: Thing) -> bool:
    """Whether an organisation is told things that it does not pass on: a court, a council, a parliament."""
    name = fold(thing.name)
    return name not in word_lists.words("media") and not _HEARERS.isdisjoint(name.split())


def _last_medium(scene: Scene, position: int) -> Thing | None:
    """The medium named last: "the Russian news agency" after "the Sputnik news agency"."""
    text = scene.document.text
    for span, thing in reversed(scene.before(position)):
        is_called = _MEDIUM.match(text, span[1]) or _MEDIUM_BEFORE.search(text, max(0, span[0] - 30), span[0])
        if thing.kind == "organisation" and (is_called or fold(thing.name) in word_lists.words("media")):
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


def _is_in_source(draft: Draft, speaker: Speaker, span: Span) -> bool:
    """Whether a name is a part of who speaks: "an AP poll", but not of "Nordfly Helen Marsh"."""
    is_person = speaker.thing is not None and speaker.thing.kind == "person"
    return draft.source is not None and draft.source[0] <= span[0] < draft.source[1] and not is_person


def _in_content(draft: Draft, span: Span) -> bool:
    return any(start <= span[0] < end for start, end in draft.pieces)
