"""On which days a claim was made: the time that belongs to its cue, or to what its speaker said before."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from etl.annotate.claims.drafts import Draft
from etl.annotate.names.scene import Scene
from etl.annotate.rules import decide, rule_name
from etl.annotate.speakers.asked import Speaker
from etl.annotate.text.document import WORD
from etl.language import word_lists
from etl.language.vocabulary import TimeKind
from etl.records import Span, Time

Days = tuple[date, date]
"""The first day and the last."""

_LONGEST = 92  # days: a longer stretch tells nothing
_LONGEST_INHERITED = 31
_REACH = 6  # lines over which a stretch of days is inherited
_CARRIES_ON = 2  # lines over which a quotation without a cue is still of its day
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
_MET = re.compile(r"\s+(?:at |in |during )?the (?P<occasion>[\w-]+)")


@dataclass(frozen=True, slots=True)
class SaidOn:
    """The days on which a claim may have been made, and the rule that told; None where the text does not tell."""

    days: Days | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class DayAsked:
    """A claim whose day is asked for; `known` has those of the claims before.

    `times` are those outside of all claims' words up to the day of publication, `occasion` is the day of the lead's.
    """

    scene: Scene
    drafts: list[Draft]
    speakers: list[Speaker]
    index: int
    known: list[SaidOn]
    times: tuple[Time, ...]
    occasion: Days | None

    @property
    def draft(self) -> Draft:
        return self.drafts[self.index]

    @property
    def is_past(self) -> bool:
        return _is_past(self.scene, self.draft)


def own_time(asked: DayAsked) -> Days | None:
    """The nearest time of the cue's sentence with no other clause between.

    Place: first, for nothing tells the day of a claim as well as its own sentence.
    For: {Quist} [said] on Monday <it was over>. -> 2024-03-04
    For: On Monday, shortly before noon, {Quist} [said] <it was over>. -> 2024-03-04
    For: {Quist} [said] at yesterday’s ceremony <it was over>. -> 2024-03-07
    Against: After Marsh left on Monday, {Quist} [said] <it was over>. -> nothing
    Against: {Quist}, who arrived on Monday, [said] <it was over>. -> nothing
    Against: {Quist} saw the Feb. 7 attack and [said] <it was over>. -> nothing
    Against: {Quist} [said] <it was over>, and it closed on March 1. -> nothing
    Against: {Quist} [said] <it was over>, with a gala to come on July 31, 2024. -> nothing
    """
    cue = asked.draft.cue
    if cue is None:
        return None
    start, end = asked.scene.document.sentence(cue.span[0])
    near = [
        (_distance(cue.span, time), time.start_char, time)
        for time in asked.times
        if start <= time.start_char < end and _belongs(asked.scene, asked.draft, time, start)
    ]
    return _days(min(near)[2], _LONGEST) if near else None


def occasion_of_the_lead(asked: DayAsked) -> Days | None:
    """The day of the trial, the debate, the match that an article opens with, for words to those who met there.

    Place: behind "own time", for a later sentence may tell of another day; before what goes by the speaker.
    For: The trial of Helen Marsh began on Monday. ¶ {Robert Quist} [told] the court <it was over>. -> 2024-03-04
    Against: The trial of Helen Marsh began on Monday. ¶ {Robert Quist} [told] the pilots <it was over>. -> nothing
    Against: The trial of Helen Marsh began on Monday. ¶ {Robert Quist} has [told] the court <it was over>. -> nothing
    """
    cue = asked.draft.cue
    if asked.occasion is None or cue is None or not asked.is_past:
        return None
    document = asked.scene.document
    met = _MET.match(document.text, cue.span[1], document.sentence(cue.span[0])[1])
    return asked.occasion if met and met["occasion"] in word_lists.words("occasions") else None


def carried_on(asked: DayAsked) -> Days | None:
    """The days of the claim before, where this one goes on in its sentence, without a cue, or answers it.

    Place: before "inherited", for the claim right before is nearer than any other.
    For: “<It is late>,” {Robert Quist} [said] on Monday. ¶ “<It is too late for all of us.>” -> 2024-03-04; 2024-03-04
    For: {Helen Marsh} [asked] on Monday <if it was late>. {Quist} [replied] that <it was>. -> 2024-03-04; 2024-03-04
    Against: {Helen Marsh} [said] on Monday <it was late>. {Quist} [said] <it was early>. -> 2024-03-04; nothing
    """
    if asked.index == 0 or not asked.is_past:
        return None
    i, document, draft, before = asked.index, asked.scene.document, asked.draft, asked.drafts[asked.index - 1]
    days = asked.known[i - 1].days
    lines = document.line_index(draft.start) - document.line_index(before.start)
    is_same = asked.speakers[i].thing is not None and asked.speakers[i].thing is asked.speakers[i - 1].thing
    if draft.cue is None:
        return days if is_same and lines <= _CARRIES_ON else None
    answers = word_lists.words("answering_verbs") | word_lists.words("asking_verbs")
    if draft.cue.lemma in answers and lines <= 1:
        return days
    is_one = before.cue is not None and document.sentence_index(
        before.cue.span[0]
    ) == document.sentence_index(draft.cue.span[0])
    return days if is_same and is_one else None


def inherited(asked: DayAsked) -> Days | None:
    """The last day told, up to here, of words of the same speaker or an occasion with him: one interview, one debate.

    Place: last, for the further off a day was told the less it holds.
    For: {Quist} [said] on Monday <it was late>. ¶ It rained. ¶ {Quist} [added] <it was over>. -> 2024-03-04; 2024-03-04
    For: Robert Quist gave a speech on Monday. ¶ {Quist} [said] <it was over>. -> 2024-03-04
    Against: {Quist} [said] on Monday <it was late>. ¶ {Marsh} [added] <it was over>. -> 2024-03-04; nothing
    Against: {Quist} [said] on Monday <it was late>. ¶ {Quist} has often [said] <it was over>. -> 2024-03-04; nothing
    """
    scene, thing = asked.scene, asked.speakers[asked.index].thing
    if thing is None or not asked.is_past:
        return None
    here = _position(asked.draft)
    told = [
        (_position(other), said.days)
        for other, speaker, said in zip(asked.drafts, asked.speakers, asked.known, strict=False)
        if speaker.thing is thing
        and other.cue is not None
        and said.rule != rule_name(inherited)
        and _is_past(scene, other)
    ]
    named = {scene.document.sentence_index(span[0]) for span in thing.mentions}
    told += [
        (time.start_char, _days(time, _LONGEST_INHERITED))
        for time in asked.times
        if (index := scene.document.sentence_index(time.start_char)) in named and _is_occasion(scene, index)
    ]
    reaching = [
        (position, days)
        for position, days in told
        if days is not None and position < here and _reaches(scene, position, here, days)
    ]
    return max(reaching, key=lambda item: item[0])[1] if reaching else None


DayRule = Callable[[DayAsked], Days | None]

SAID_ON_RULES: tuple[DayRule, ...] = (own_time, occasion_of_the_lead, carried_on, inherited)


def find_said_on(
    scene: Scene,
    drafts: list[Draft],
    speakers: list[Speaker],
    times: tuple[Time, ...],
    published_on: date | None,
) -> list[SaidOn]:
    """The days on which each claim may have been made."""
    spoken = tuple(
        time
        for time in times
        if time.kind in (TimeKind.DATE, TimeKind.TIME)
        and time.from_on
        and not (published_on and time.from_on > published_on)
        and not _within(drafts, time)
    )
    occasion = _occasion_of_lead(scene, spoken)
    known: list[SaidOn] = []
    for i in range(len(drafts)):
        decision = decide(SAID_ON_RULES, DayAsked(scene, drafts, speakers, i, known, spoken, occasion))
        known.append(SaidOn(decision[1], decision[0]) if decision else SaidOn())
    return known


def _within(drafts: list[Draft], time: Time) -> bool:
    """Whether a time lies in what somebody said."""
    return any(start <= time.start_char < end for draft in drafts for start, end in draft.pieces)


def _days(time: Time, longest: int) -> Days | None:
    assert time.from_on is not None and time.to_on is not None
    return (time.from_on, time.to_on) if (time.to_on - time.from_on).days <= longest else None


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


def _occasion_of_lead(scene: Scene, times: tuple[Time, ...]) -> Days | None:
    """The day of the trial, the debate, the match that an article opens with."""
    end = scene.document.lines[min(_LEAD, len(scene.document.lines)) - 1][1]
    for time in times:
        if time.start_char >= end:
            break
        days = _days(time, 0)
        sentence = scene.document.sentence_index(time.start_char)
        if days is not None and _is_occasion(scene, sentence):
            return days
    return None


def _position(draft: Draft) -> int:
    return draft.cue.span[0] if draft.cue else draft.start


def _reaches(scene: Scene, position: int, here: int, days: Days) -> bool:
    """Whether days told earlier still hold: one day does, a week or a month for some lines only."""
    if (days[1] - days[0]).days > _LONGEST_INHERITED:
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
