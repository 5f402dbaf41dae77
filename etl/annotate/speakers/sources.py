"""A source taken apart: its core, its noun, the names in it, or which sort of pronoun it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from etl.annotate.names.roles import names_role
from etl.annotate.names.scene import Scene
from etl.annotate.names.things import Thing
from etl.annotate.text.document import WORD
from etl.language import word_lists
from etl.records import Span

_CORE_END = re.compile(
    r"[,;:(–—]|\b(?:of|for|from|by|in|at|with|on|who|which|that|as|against|into|over|about|"
    r"near|around|behind|inside|within|among|seen|obtained|published|released|citing|familiar|joined|to|and|speaking|based)\b|"
    r"\b(?:this|last) (?:week|month|year|spring|summer|autumn|fall|winter)\b(?!['’])"
)
_CONTRACTED = re.compile(r"['’](?:s|ve|d|ll|re|m)$")
_OWNER = re.compile(r"['’]s\b")


@dataclass(frozen=True, slots=True)
class SourceWords:
    """A source taken apart.

    `core` is the source up to its first preposition, comma or clause, `head` the last noun of it, in lower case;
    `names` are those in the whole source. `pronoun` tells the sort of pronoun that it is or whose words it is
    ("its letter"). `is_definite` is true of "the minister", false of "a minister".
    """

    span: Span
    core: Span
    head: str | None
    names: tuple[tuple[Span, Thing], ...]
    pronoun: str | None
    is_definite: bool
    is_plural: bool

    @property
    def names_in_core(self) -> tuple[tuple[Span, Thing], ...]:
        return tuple((place, thing) for place, thing in self.names if place[0] < self.core[1])


def take_apart(scene: Scene, span: Span) -> SourceWords:
    """The parts of a source; the rules in named.py and those for pronouns and descriptions read them."""
    text = scene.document.text
    span = _with_apposition(scene, span)
    words = scene.document.words(span)
    is_name = len(words) == 1 and bool(scene.within(span))  # "WHO" is not who
    is_short = 0 < len(words) <= 2 or (words and words[0] in _pronouns("subject"))
    pronoun = (
        word_lists.table("pronouns").get(_CONTRACTED.sub("", words[0])) if is_short and not is_name else None
    )
    if len(words) == 2 and words[0] in _pronouns("possessive"):
        pronoun = None  # "his lawyer", "his family" and "his office" are not he
    if pronoun is not None:
        return SourceWords(span, span, None, (), pronoun, True, "group" in pronoun)
    core = _core(scene, span)
    head, names = _head(text, core), tuple(scene.within(span))
    owner = _owner_of_words(words, head)
    if owner is not None:
        return SourceWords(span, core, head, names, owner, True, "group" in owner)
    first = words[0] if words else ""
    is_definite = first in ("the", "this", "that", "his", "her", "their", "its") or bool(
        _OWNER.search(text, *core)
    )
    is_plural = head is not None and head.endswith("s") and not head.endswith("ss")
    is_plural = is_plural or bool(re.match(r"\s*(?:and|,) other", text[core[1] : core[1] + 10]))
    is_plural = is_plural or first in ("many", "some", "several", "all")
    return SourceWords(span, core, head, names, None, is_definite, is_plural)


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
