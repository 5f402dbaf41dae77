"""What a source's words say by themselves: a name, a pronoun, or a description of somebody."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from etl.annotate.names.forms import LETTERS, fold
from etl.annotate.names.roles import names_role
from etl.annotate.names.scene import Scene
from etl.annotate.names.things import Thing
from etl.annotate.text.document import WORD
from etl.language import word_lists
from etl.records import Span

_CORE_END = re.compile(
    r"[,;:(–—]|\b(?:of|for|from|by|in|at|with|on|who|which|that|as|against|into|over|about|"
    r"near|seen|obtained|published|released|citing|familiar|joined|to|and|speaking|based)\b|"
    r"\b(?:this|last) (?:week|month|year|spring|summer|autumn|fall|winter)\b(?!['’])"
)
_CONTRACTED = re.compile(r"['’](?:s|ve|d|ll|re|m)$")
_RELATIVE = re.compile(r"\b(?:who|which|that|whose|joined by|speaking|citing)\b")
_LETTERS = re.compile(rf"(?:['’]s)?[\s,.]*(?:(?:{LETTERS}|(?:Jr|Sr|I{{2,3}})\b)[\s,.]*)*\W*")
_COMPLEMENT = re.compile(r"\b(?:of|to|for)\s+(?P<of>[^,]*)$")
_DONE_BY = re.compile(r"\b(?:\w+ed|led|run|held|written) (?:by|under)\s[^,]*$")
_AND_BODY = re.compile(r" and (?:[A-Z][\w’'-]+ )+(?P<noun>[A-Z]\w+)")
_OWNER = re.compile(r"['’]s\b")
_SEEN_BY = re.compile(
    r"\b(?:seen|obtained|reviewed|cited|viewed) by |\bleaked to |\bpublished (?:\w+ \w+ )?in "
)
_DOCUMENT_LINK = re.compile(r"\b(?:by|from|of|in|for)\s+(?:[\w’'.-]+\s+){0,4}$")


@dataclass(frozen=True, slots=True)
class SourceWords:
    """A source taken apart.

    `thing` is the one it names; else `pronoun` tells the sort of pronoun, and `head` the noun of a
    description. `is_definite` is true of "the minister", false of "a minister".
    """

    span: Span
    thing: Thing | None
    pronoun: str | None
    head: str | None
    is_definite: bool
    is_plural: bool


def take_apart(scene: Scene, span: Span) -> SourceWords:
    """Find whom a source names, or what it says instead of a name."""
    text = scene.document.text
    span = _with_apposition(scene, span)
    words = scene.document.words(span)
    is_short = 0 < len(words) <= 2 or (words and words[0] in _pronouns("subject"))
    pronoun = word_lists.table("pronouns").get(_CONTRACTED.sub("", words[0])) if is_short else None
    if len(words) == 2 and words[0] in _pronouns("possessive") and _is_other(words[1]):
        pronoun = None
    if pronoun is not None:
        return SourceWords(span, None, pronoun, None, True, "group" in pronoun)
    core = _core(scene, span)
    head = _head(text, core)
    thing = _named(scene, span, core, head)
    owner = _owner_of_words(words, head) if thing is None else None
    if owner is not None:
        return SourceWords(span, None, owner, None, True, "group" in owner)
    first = words[0] if words else ""
    is_definite = first in ("the", "this", "that", "his", "her", "their", "its") or bool(
        _OWNER.search(text, *core)
    )
    is_plural = head is not None and head.endswith("s") and not head.endswith("ss")
    is_plural = is_plural or bool(re.match(r"\s*(?:and|,) other", text[core[1] : core[1] + 10]))
    return SourceWords(
        span, thing, None, head, is_definite, is_plural or first in ("many", "some", "several", "all")
    )


def _owner_of_words(words: list[str], head: str | None) -> str | None:
    """The sort of pronoun whose words speak: "its letter to the council" is its."""
    is_words = head in word_lists.words("document_nouns") or head in word_lists.table("cue_nouns")
    return (
        word_lists.table("pronouns")[words[0]]
        if words and words[0] in _pronouns("possessive") and is_words
        else None
    )


@cache
def _pronouns(form: str) -> frozenset[str]:
    return frozenset(word for word, _, own in word_lists.rows("pronouns") if own == form)


def _is_other(noun: str) -> bool:
    """Whether somebody's noun is another who speaks: "his wife", not "his remarks" or "his office"."""
    one = noun.removesuffix("s")
    if one in word_lists.words("government_nouns"):
        return False
    kinds = (
        word_lists.words("roles"),
        word_lists.table("gendered_nouns"),
        word_lists.words("organisation_nouns"),
    )
    return any(noun in kind or one in kind for kind in kinds)


def _with_apposition(scene: Scene, span: Span) -> Span:
    """Take in a name that goes on behind the source: "the head of the centre" + ", Ann Lee,"."""
    text = scene.document.text
    behind = re.match(
        r"(?:\s[a-z]+){0,3},\s+(?:Dr\.?\s+|Mr\.?\s+|Mrs\.?\s+|Ms\.?\s+)?", text[span[1] : span[1] + 40]
    )
    if behind is None or not names_role(text[slice(*span)]):
        return span
    start = span[1] + behind.end()
    line_end = scene.document.line(span[0])[1]
    for place, thing in scene.within((start, line_end)):
        if place[0] == start and thing.kind == "person" and not _is_list(text, place):
            return span[0], place[1]
        break
    return span


def _is_list(text: str, place: Span) -> bool:
    """Whether the name opens a list or has a verb of another clause behind it."""
    return bool(re.match(r"\s+(?:and|has|had|was|were|is|are|will)\b", text[place[1] : place[1] + 8]))


def _core(scene: Scene, span: Span) -> Span:
    """The source up to its first preposition, comma or clause; a name is never cut."""
    named = [place for place, _ in scene.within(span)]
    start = span[0]
    for end in _CORE_END.finditer(scene.document.text, span[0] + 1, span[1]):
        if any(place[0] <= end.start() < place[1] for place in named):
            continue
        if scene.document.text[start : end.start()].strip():
            return start, end.start()
    return span


def _head(text: str, core: Span) -> str | None:
    """The last noun of the core: a two-word noun ("prime minister") where the lexicon has it."""
    words = [word.lower() for word in WORD.findall(text[slice(*core)])]
    pair = " ".join(words[-2:])
    return pair if pair in word_lists.words("roles") else words[-1] if words else None


def _named(scene: Scene, span: Span, core: Span, head: str | None) -> Thing | None:
    text = scene.document.text
    inside = scene.within(span)
    in_core = [(place, thing) for place, thing in inside if place[0] < core[1]]
    last = in_core[-1] if in_core else None
    if last is not None and _ends_with(text, last[0], core[1]) and last[1].kind == "person":
        return last[1]
    clause = _RELATIVE.search(text, *span)
    end = clause.start() if clause else span[1]
    for place, thing in inside:
        is_modifier = place[0] < core[1] and WORD.search(text, place[1], core[1])
        if (
            thing.kind == "person"
            and place[1] <= end
            and not is_modifier
            and _is_titled(text, span[0], place)
        ):
            return thing
    if last is not None and _ends_with(text, last[0], core[1]):
        return None if _is_half_of_body(text, last[0], span[1]) else last[1]
    if inside and inside[-1][1].kind == "organisation" and head in word_lists.words("organisation_nouns"):
        place, thing = inside[-1]
        if text[: place[0]].endswith((", ", ", the ")) and _ends_with(text, place, span[1]):
            return thing  # "the grid operator, Nordnet"
    if head in word_lists.words("document_nouns"):
        return _behind_document(scene, span, in_core, inside)
    if head in word_lists.words("government_nouns"):
        if in_core and _OWNER.search(text, in_core[0][0][1] + 2, core[1]):
            return None  # "the UN envoy's office" is not the UN's
        return in_core[0][1] if in_core else _country(scene, core)
    is_agency = head == "agency" and "news" in scene.document.words(core)
    if in_core and (head in word_lists.words("media_nouns") or is_agency):
        return in_core[0][1]
    return None


def _ends_with(text: str, place: Span, end: int) -> bool:
    """Whether a name ends there, but for letters behind it ("QC")."""
    return _LETTERS.fullmatch(text, place[1], end) is not None


def _is_half_of_body(text: str, place: Span, end: int) -> bool:
    """Whether a name goes on behind "and" to a body of both: "Aldermouth and Ostby Police"."""
    other = _AND_BODY.fullmatch(text, place[1], end)
    return other is not None and other["noun"].lower() in word_lists.words("organisation_nouns")


def _is_titled(text: str, start: int, place: Span) -> bool:
    """Whether a name ends a title or an apposition: no preposition, possessive or "and" leads to it."""
    if re.match(r"['’]s?\b|-", text[place[1] : place[1] + 2]):
        return False
    before = text[start : place[0]]
    if re.search(
        r"\b(?:of|for|from|by|in|at|with|to|and|or|on|against|about|than|like|as)\s+(?:the\s+)?$", before
    ):
        return False
    if _DONE_BY.search(before):
        return False  # "the committee, chaired by President Lee" is not Lee
    complement = _COMPLEMENT.search(before)
    related = set(WORD.findall(before[: complement.start()].lower())) if complement else set()
    if complement and names_role(complement["of"]) and related & word_lists.words("relations"):
        return False  # "a close ally of President Lee" is not Lee
    words = before.split()
    return not words or before.rstrip().endswith((",", "–", "—", " -")) or names_role(before)


def _behind_document(
    scene: Scene, span: Span, in_core: list[tuple[Span, Thing]], inside: list[tuple[Span, Thing]]
) -> Thing | None:
    """Who speaks through a report, a poll, a ruling: its owner or its author."""
    if in_core:
        return in_core[0][1]
    for place, thing in inside:
        before = scene.document.text[span[0] : place[0]]
        if _SEEN_BY.search(before):
            break
        if _DOCUMENT_LINK.search(before) and thing.kind != "place":
            return thing
    return None


def _country(scene: Scene, core: Span) -> Thing | None:
    """The country whose adjective stands before "government", if the article names it."""
    for word in scene.document.words(core):
        country = word_lists.table("demonyms").get(word)
        if country is not None:
            return next((thing for thing in scene.things if fold(thing.name) == country), None)
    return None
