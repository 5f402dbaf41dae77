"""On which days a claim was made: the time that belongs to its cue, or to what its speaker said before."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from etl.annotate.claims.drafts import Draft
from etl.annotate.names.scene import Scene
from etl.annotate.speakers.asked import Speaker
from etl.annotate.text.document import WORD
from etl.language import word_lists
from etl.records import Span, Time

Days = tuple[date | None, date | None]

_UNKNOWN: Days = (None, None)
_LONGEST = 92  # days: a longer stretch tells nothing
_LONGEST_INHERITED = 31
_REACH = 6  # lines over which a stretch of days is inherited
_LEAD = 3  # lines in which an article tells its occasion
_PERFECT = re.compile(
    r"\b(?:has|have|had|'ve|’ve)\s+(?:\w+\s+){0,2}$|\b(?:previously|repeatedly|earlier|always|often)\s+$"
)
_CLAUSE = re.compile(
    r", (?:and|but) (?:it|he|she|they)\b|[;\u2013\u2014]|"
    r"\b(?:who|which|after|before|since|when|while|because|until|than)\b"
)
_SUBORDINATE = re.compile(r"\b(?:who|which|that|whose|after|before|since|because|until)\b", re.IGNORECASE)
_OPENING = re.compile(r"\W*(?:(?:In|On|During|Last|At|Earlier|Late|Early|By)\b\s*)?(?:the\s+)?")
_DETERMINER = re.compile(r"\b(?:the|this|that|an?|his|her|its|their)\s+$", re.IGNORECASE)
_ANSWERS = {"answer", "reply", "respond", "retort", "counter", "interject", "ask"}


def find_days(
    scene: Scene,
    drafts: list[Draft],
    speakers: list[Speaker],
    times: tuple[Time, ...],
    published_on: date | None,
) -> list[Days]:
    """First and last day on which each claim may have been made; None where the text does not tell."""
    spoken = tuple(
        time
        for time in times
        if time.kind in ("date", "time")
        and time.from_on
        and not (published_on and time.from_on > published_on)
        and not _within(drafts, time)
    )
    occasion = _occasion_of_lead(scene, spoken)
    out: list[Days] = []
    told: list[Days] = []
    for i, draft in enumerate(drafts):
        days = _own(scene, draft, spoken)
        if days == _UNKNOWN and occasion != _UNKNOWN and _is_at_occasion(scene, draft):
            days = occasion
        if days == _UNKNOWN:
            days = _carried_on(scene, drafts, speakers, out, i)
        if days == _UNKNOWN:
            out.append(
                _inherited(scene, draft, speakers[i], zip(drafts, speakers, told, strict=False), spoken)
            )
        else:
            out.append(days)
        told.append(days)
    return out


def _within(drafts: list[Draft], time: Time) -> bool:
    """Whether a time lies in what somebody said."""
    return any(start <= time.start_char < end for draft in drafts for start, end in draft.pieces)


def _own(scene: Scene, draft: Draft, times: tuple[Time, ...]) -> Days:
    """The nearest time of the cue's sentence with no other clause between."""
    if draft.cue is None:
        return _UNKNOWN
    start, end = scene.document.sentence(draft.cue.span[0])
    near = [
        (_distance(draft.cue.span, time), time.start_char, time)
        for time in times
        if start <= time.start_char < end and _belongs(scene, draft, time, start)
    ]
    return _days(min(near)[2], _LONGEST) if near else _UNKNOWN


def _days(time: Time, longest: int) -> Days:
    assert time.from_on is not None and time.to_on is not None
    return (time.from_on, time.to_on) if (time.to_on - time.from_on).days <= longest else _UNKNOWN


def _distance(cue: Span, time: Time) -> int:
    return cue[0] - time.end_char if time.end_char <= cue[0] else time.start_char - cue[1]


def _belongs(scene: Scene, draft: Draft, time: Time, sentence: int) -> bool:
    """Whether a time tells when something was said, not when something else was."""
    assert draft.cue is not None
    text, (start, end) = scene.document.text, draft.cue.span
    is_before = time.end_char <= start
    between = text[time.end_char : start] if is_before else text[end : time.start_char]
    before = text[sentence : time.start_char]
    if _is_of_noun(text, time, before) and not _names_occasion(text[time.end_char : time.end_char + 40]):
        return False
    if is_before and _OPENING.fullmatch(before):
        return True
    if draft.source and draft.source[0] <= time.start_char < draft.source[1]:
        return len(between.split()) <= 4
    if is_before and "," in between and _SUBORDINATE.search(before.rpartition(",")[2]):
        return False
    return not _CLAUSE.search(between)


def _is_of_noun(text: str, time: Time, before: str) -> bool:
    """Whether a time only tells one thing from others: "Monday's talks", "the Oct. 7 attack"."""
    if re.match(r"['’]s\b", text[time.end_char : time.end_char + 2]):
        return True
    return (
        bool(_DETERMINER.search(before))
        and re.match(r"\s[a-z]", text[time.end_char : time.end_char + 2]) is not None
    )


def _names_occasion(words: str) -> bool:
    """Whether words go on with an occasion or a document: "Monday's talks", "an August 2025 report"."""
    nouns = [word.lower() for word in WORD.findall(words.partition(",")[0])[:4]]
    return any(
        noun in word_lists.words("occasions") or noun in word_lists.words("document_nouns") for noun in nouns
    )


def _occasion_of_lead(scene: Scene, times: tuple[Time, ...]) -> Days:
    """The day of the trial, the debate, the match that an article opens with."""
    end = scene.document.lines[min(_LEAD, len(scene.document.lines)) - 1][1]
    for time in times:
        if time.start_char >= end:
            break
        days = _days(time, 0)
        sentence = scene.document.sentence_index(time.start_char)
        if days != _UNKNOWN and _is_occasion(scene, sentence):
            return days
    return _UNKNOWN


def _is_at_occasion(scene: Scene, draft: Draft) -> bool:
    """Whether a claim was made to those who met: "told the court", "said during the debate"."""
    if draft.cue is None or not _is_past(scene, draft):
        return False
    sentence = scene.document.sentence(draft.cue.span[0])
    after = scene.document.text[draft.cue.span[1] : sentence[1]]
    met = re.match(r"\s+(?:at |in |during )?the ([\w-]+)", after)
    return met is not None and met.group(1) in word_lists.words("occasions")


def _carried_on(
    scene: Scene, drafts: list[Draft], speakers: list[Speaker], known: list[Days], index: int
) -> Days:
    """The days of the claim before, where this one goes on in its sentence, without a cue, or answers it."""
    if index == 0 or not _is_past(scene, drafts[index]):
        return _UNKNOWN
    draft, before = drafts[index], drafts[index - 1]
    lines = scene.document.line_index(draft.start) - scene.document.line_index(before.start)
    is_same = speakers[index].thing is not None and speakers[index].thing is speakers[index - 1].thing
    if draft.cue is None:
        return known[index - 1] if is_same and lines <= 2 else _UNKNOWN
    if draft.cue.lemma in _ANSWERS and lines <= 1:
        return known[index - 1]
    is_one = before.cue is not None and scene.document.sentence_index(
        before.cue.span[0]
    ) == scene.document.sentence_index(draft.cue.span[0])
    return known[index - 1] if is_same and is_one else _UNKNOWN


def _inherited(
    scene: Scene,
    draft: Draft,
    speaker: Speaker,
    heard: Iterable[tuple[Draft, Speaker, Days]],
    times: tuple[Time, ...],
) -> Days:
    """The last day told, up to here, of words of the same speaker or an occasion with him: one interview, one debate."""
    if speaker.thing is None or not _is_past(scene, draft):
        return _UNKNOWN
    here = _position(draft)
    told = [
        (_position(other), days)
        for other, one, days in heard
        if one.thing is speaker.thing
        and other.cue is not None
        and _is_past(scene, other)
        and days != _UNKNOWN
    ]
    named = {scene.document.sentence_index(span[0]) for span in speaker.thing.mentions}
    told += [
        (time.start_char, _days(time, _LONGEST_INHERITED))
        for time in times
        if (index := scene.document.sentence_index(time.start_char)) in named and _is_occasion(scene, index)
    ]
    reaching = [
        (position, days)
        for position, days in told
        if position < here and _reaches(scene, position, here, days)
    ]
    return max(reaching, key=lambda item: item[0])[1] if reaching else _UNKNOWN


def _position(draft: Draft) -> int:
    return draft.cue.span[0] if draft.cue else draft.start


def _reaches(scene: Scene, position: int, here: int, days: Days) -> bool:
    """Whether days told earlier still hold: one day does, a week or a month for some lines only."""
    if days[0] is None or days[1] is None or (days[1] - days[0]).days > _LONGEST_INHERITED:
        return False
    lines = scene.document.line_index(here) - scene.document.line_index(position)
    return days[0] == days[1] or lines <= _REACH


def _is_past(scene: Scene, draft: Draft) -> bool:
    """Whether the claim was made once, in the past: "said", not "says" or "has said"."""
    if draft.cue is None:
        return True
    start, end = draft.cue.span
    before = scene.document.text[max(0, start - 30) : start]
    return not scene.document.text[start:end].endswith("s") and not _PERFECT.search(before)


def _is_occasion(scene: Scene, sentence: int) -> bool:
    words = scene.document.words(scene.document.sentences[sentence])
    return any(word.removesuffix("s") in word_lists.words("occasions") for word in words)
