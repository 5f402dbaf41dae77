"""Through whom a claim reaches the reader: the medium it was told to, or another speaker around it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from etl.annotate.claims.drafts import Draft
from etl.annotate.names.scene import Scene
from etl.annotate.names.things import Thing
from etl.annotate.rules import decide
from etl.annotate.speakers.asked import Speaker
from etl.annotate.speakers.enclosing import enclosing
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
    r"\b(?:quoted(?: as saying)?|cited|seen|obtained|reviewed|reported|carried|published|aired|broadcast|relayed) by\s+"
    + _BETWEEN,
    re.IGNORECASE,
)
_INTERVIEW = re.compile(r"(?:['’]s)?\s+(?:[a-z]+\s+)?interview\b")
_MEDIUM_REPORTED = re.compile(
    r"(?:['’]s)?\s*(?:[a-z]+\s+){0,3}(?:reported|reports|has reported|quoted|said, citing)\b"
)
_TOLD_DESCRIBED = re.compile(
    r"\b(?:told|quoted (?:as saying )?by|interview with|according to|cited by|reported by)\s+(?:the|this)\s+"
    r"(?P<words>[a-z-]+(?:\s+[a-z-]+){0,2})\b",
    re.IGNORECASE,
)
_NOUN_BEHIND = re.compile(r"\s+(?:news )?(?P<noun>[a-z]+)\b")
_NOUN_BEFORE = re.compile(r"\b(?P<noun>[a-z]+)\s+$")


@dataclass(frozen=True, slots=True)
class Relay:
    """Through whom a claim reaches the reader, None for nobody, and the rule that told, None where none did."""

    thing: Thing | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class ReporterAsked:
    """A claim whose relay is asked for; `known` has those of the claims before.

    `interviews` are the media that interviewed a person, by the person's key: known to the later rules.
    """

    scene: Scene
    drafts: list[Draft]
    speakers: list[Speaker]
    index: int
    known: list[Relay]
    interviews: dict[str, Thing]

    @property
    def draft(self) -> Draft:
        return self.drafts[self.index]

    @property
    def speaker(self) -> Speaker:
        return self.speakers[self.index]

    @property
    def sentence(self) -> Span | None:
        """The sentence of the cue."""
        return self.scene.document.sentence(self.draft.cue.span[0]) if self.draft.cue else None


def enclosing_claim(asked: ReporterAsked) -> Relay | None:
    """The speaker of the claim whose words hold this one's cue; nobody where both are one.

    Place: first, for a medium that the sentence names passed on the outer claim.
    For: {Helen Marsh} [said] that <{Robert Quist} [denied] <he was late>>. -> nobody; Helen Marsh
    For: {Helen Marsh} [told] Nordfly: “<{I} [said] <it was late>>.” -> Nordfly; nobody
    Against: {Helen Marsh} [said] <it was late>. {Robert Quist} [said] <it rained>. -> nobody; nobody
    """
    outer = enclosing(asked.drafts, asked.index)
    thing = asked.speakers[outer].thing if outer is not None else None
    if thing is None:
        return None
    return Relay(None if thing is asked.speaker.thing else thing)


def told_to(asked: ReporterAsked) -> Relay | None:
    """The medium that was told, or that reported, in the sentence of the cue.

    Place: before "carried by", for who was told heard the words first.
    For: {Helen Marsh} [told] Nordfly <it was late>. -> Nordfly
    For: <It was late>, {Helen Marsh} [said], Nordfly reported. -> Nordfly
    For: In a Nordfly interview {Helen Marsh} [said] <it rained>. -> Nordfly
    For: “<It is late>,” {Helen Marsh} [told] the Norwegian state-owned Nordfly. -> Nordfly
    Against: <It was late>, [according to] {a Nordfly poll}. -> nobody
    Against: {Helen Marsh} [told] the Aldermouth Assembly <it was late>. -> nobody
    """
    for span, thing in _media_named(asked):
        if _only_hears(thing) or _is_in_source(asked, span):
            continue
        before, after = _around(asked, span)
        if _TOLD.search(before) or _INTERVIEW.match(after) or _MEDIUM_REPORTED.match(after):
            return Relay(thing)
    return None


def carried_by(asked: ReporterAsked) -> Relay | None:
    """The medium that saw, printed or broadcast the words.

    Place: behind "told to"; here a medium counts in the source too, for who saw a memo did not write it.
    For: <It was late>, [according to] {a memo seen by Nordfly}. -> Nordfly
    For: <It was late>, {Helen Marsh} [wrote] in a memo obtained by Nordfly. -> Nordfly
    For: {Helen Marsh} was quoted as [saying] by Nordfly that <it was late>. -> Nordfly
    Against: {Helen Marsh} [said] <it was late> by the gate of Nordfly. -> nobody
    """
    found = (
        Relay(thing) for span, thing in _media_named(asked) if _CARRIED_BY.search(_around(asked, span)[0])
    )
    return next(found, None)


def described_medium(asked: ReporterAsked) -> Relay | None:
    """The medium named last, where the sentence of the cue only describes it.

    Place: behind the rules for media with a name.
    For: It rained, the Nordfly news agency wrote. {Helen Marsh} [told] the agency <it was late>. -> Nordfly
    For: It rained, the Nordfly news agency wrote.
        “<It is late>,” {Helen Marsh} was quoted as [saying] by the Norwegian news agency. -> Nordfly
    Against: It rained, the Nordfly news agency wrote. {Helen Marsh} [told] the council <it was late>. -> nobody
    """
    if asked.sentence is None:
        return None
    told = _TOLD_DESCRIBED.finditer(asked.scene.document.text, *asked.sentence)
    is_described = any(_is_medium(word) for found in told for word in found["words"].lower().split())
    medium = _last_medium(asked.scene, asked.sentence[0]) if is_described else None
    return Relay(medium) if medium else None


def still_told_to(asked: ReporterAsked) -> Relay | None:
    """The medium of the claim before, in the same paragraph; without a cue, in the next one too.

    Place: behind the rules for what the sentence itself tells.
    For: {Helen Marsh} [told] Nordfly <it was late>. {She} [added] <it was cold>. ¶ “<It is a shame for us.>”
        -> Nordfly; Nordfly; Nordfly
    Against: {Helen Marsh} [told] Nordfly <it was late>. ¶ {She} [said] <it rained>. -> Nordfly; nobody
    """
    i = asked.index
    if i == 0 or asked.speaker.thing is None or asked.speakers[i - 1].thing is not asked.speaker.thing:
        return None
    line, line_before = (
        asked.scene.document.line_index(draft.start) for draft in (asked.draft, asked.drafts[i - 1])
    )
    reporter = asked.known[i - 1].thing
    is_medium = reporter is not None and reporter.kind == "organisation"
    goes_on = line - line_before <= (asked.draft.cue is None)
    return Relay(reporter) if is_medium and goes_on else None


def interview(asked: ReporterAsked) -> Relay | None:
    """The medium that interviewed the speaker, told in a sentence of its own, if no words of his went elsewhere.

    Place: last and later than the others, for it must know of all words of a speaker where they went.
    For: “<It was late>,” {Helen Marsh} [said]. ¶ Helen Marsh opened up in a candid interview with Nordfly. -> Nordfly
    Against: {Robert Quist} [said] <it rained>. ¶ Helen Marsh opened up in a candid interview with Nordfly. -> nobody
    Against: {Quist} [said] <{Marsh} [said] <it rained>>. {Marsh} [said] <it was cold>. ¶ Marsh gave an interview to Nordfly.
        -> nobody; Robert Quist; nobody
    """
    thing = asked.speaker.thing
    medium = asked.interviews.get(thing.key) if thing else None
    return Relay(medium) if medium else None


ReporterRule = Callable[[ReporterAsked], Relay | None]

REPORTER_RULES: tuple[ReporterRule, ...] = (
    enclosing_claim,
    told_to,
    carried_by,
    described_medium,
    still_told_to,
)
LATER_RULES: tuple[ReporterRule, ...] = (interview,)
"""Asked of claims without a relay, once all claims went through the rules before."""


def find_reporters(scene: Scene, drafts: list[Draft], speakers: list[Speaker]) -> list[Relay]:
    """The relay of each draft."""
    known: list[Relay] = []
    for i in range(len(drafts)):
        asked = ReporterAsked(scene, drafts, speakers, i, known, {})
        known.append(_decided(REPORTER_RULES, asked) or Relay())
    interviews = _interviews(scene, drafts)
    for speaker, relay in zip(speakers, known, strict=True):
        if speaker.thing is not None and relay.thing not in (None, interviews.get(speaker.thing.key)):
            interviews.pop(speaker.thing.key, None)
    return [
        relay
        if relay.thing
        else _decided(LATER_RULES, ReporterAsked(scene, drafts, speakers, i, known, interviews)) or relay
        for i, relay in enumerate(known)
    ]


def _decided(rules: tuple[ReporterRule, ...], asked: ReporterAsked) -> Relay | None:
    decision = decide(rules, asked)
    return replace(decision[1], rule=decision[0]) if decision else None


def _media_named(asked: ReporterAsked) -> list[tuple[Span, Thing]]:
    """The organisations that the sentence of the cue names outside of the claim's words."""
    named = asked.scene.within(asked.sentence) if asked.sentence else []
    return [
        (span, thing)
        for span, thing in named
        if thing.kind == "organisation"
        and thing is not asked.speaker.thing
        and not any(start <= span[0] < end for start, end in asked.draft.pieces)
    ]


def _around(asked: ReporterAsked, span: Span) -> tuple[str, str]:
    """The words of the cue's sentence before and behind a name."""
    assert asked.sentence is not None
    text, (start, end) = asked.scene.document.text, asked.sentence
    return text[start : span[0]], text[span[1] : end]


def _is_in_source(asked: ReporterAsked, span: Span) -> bool:
    """Whether a name is a part of who speaks: "an AP poll", but not of "Nordfly Helen Marsh"."""
    source, thing = asked.draft.source, asked.speaker.thing
    is_person = thing is not None and thing.kind == "person"
    return source is not None and source[0] <= span[0] < source[1] and not is_person


def _only_hears(thing: Thing) -> bool:
    """Whether an organisation is told things that it does not pass on: a court, a council, a parliament."""
    name = fold(thing.name)
    return name not in word_lists.words("media") and not word_lists.words("hearers").isdisjoint(name.split())


def _last_medium(scene: Scene, position: int) -> Thing | None:
    """The medium named last: "the Russian news agency" after "the Sputnik news agency"."""
    for span, thing in reversed(scene.before(position)):
        is_medium = _is_called_medium(scene, span) or fold(thing.name) in word_lists.words("media")
        if thing.kind == "organisation" and is_medium:
            return thing
    return None


def _is_called_medium(scene: Scene, span: Span) -> bool:
    """Whether a noun beside a name says that it is a medium."""
    text = scene.document.text
    beside = (_NOUN_BEHIND.match(text, span[1]), _NOUN_BEFORE.search(text, max(0, span[0] - 30), span[0]))
    return any(_is_medium(found["noun"]) for found in beside if found)


def _is_medium(noun: str) -> bool:
    """Whether a noun may stand for a medium; an agency that is told something is a news agency."""
    return noun == "agency" or noun in word_lists.words("media_nouns")


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
