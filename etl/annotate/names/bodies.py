"""Institutions and places named in lower case, by whose they are and what they do: lexicon/bodies.txt.

For: "the [German foreign ministry]", "[Milan police]", "the [Ruiz campaign]", "Bolivia's [public defender's office]".
Against: "the police", "a Milan hospital", "German police", "Milan police officers", "the government".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from etl.annotate.names.name import Name
from etl.annotate.text.document import Document, overlaps
from etl.language import word_lists
from etl.records import Span

_SURE = 0.9  # of a body's name: by the rule, not by the encoder
_ONE_OF_MANY = re.compile(
    r"\b(?:an?|another|any|each|every|some|two|three|several|many|other) $", re.IGNORECASE
)
_STAFF = r"(?! (?:officers?|cars?|vans?|stations?|custody|bases?|leaders(?:hip)?|veterans?|uniforms?)\b)"
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’]) ")
_BEHIND = {
    "place": ("state", "town", "organisation"),
    "person": ("person",),
    "organisation": ("organisation", "person"),
}


def with_bodies(document: Document, names: list[Name]) -> list[Name]:
    """The names, those that open the name of a body or place grown to it, and the bodies that stand alone.

    names: sorted, without overlap; so is the answer.
    """
    grown = [_grown(document, name) for name in names]
    spans = sorted({*_of_adjectives(document), *_owned(document, grown), *_offices(document)})
    bodies: list[Name] = []
    for span in spans:
        following = bisect_left(grown, span[1], key=lambda name: name.span[0])
        if not any(overlaps(span, other.span) for other in (*bodies[-1:], *grown[following - 1 : following])):
            bodies.append(Name(span, document.text[slice(*span)], "organisation", _SURE))
    return sorted((*grown, *bodies), key=lambda name: name.span)


def _grown(document: Document, name: Name) -> Name:
    """The name of the body or the place that a name opens; else the name."""
    text, (start, end) = document.text, name.span
    if _ONE_OF_MANY.search(text, max(0, start - 10), start):
        return name
    body = _behind(*_BEHIND[name.kind]).match(text, end)
    if name.kind == "organisation" and name.text.split()[-1].lower() in word_lists.words("body_nouns"):
        body = _behind("field").match(text, end) or body
    if body:
        return Name((start, body.end()), text[start : body.end()], "organisation", _SURE)
    if name.kind != "person" and (place := _behind("place").match(text, end)):
        return Name((start, place.end()), text[start : place.end()], "place", _SURE)
    return name


def _of_adjectives(document: Document) -> Iterator[Span]:
    """Bodies behind a country's adjective: "Chinese foreign ministry"."""
    for found in _adjective().finditer(document.text):
        body = _behind("state").match(document.text, found.end())
        if body and not _ONE_OF_MANY.search(document.text, max(0, found.start() - 10), found.start()):
            yield found.start(), body.end()


def _owned(document: Document, names: list[Name]) -> Iterator[Span]:
    """What belongs to a name with 's: "Bolivia's public defender's office"."""
    for name in names:
        owner = _POSSESSIVE.match(document.text, name.span[1])
        if owner and (body := _alone("owned", "office").match(document.text, owner.end())):
            yield body.span()


def _offices(document: Document) -> Iterator[Span]:
    """Offices by whose they are: "the prosecutor's office"."""
    for found in re.finditer(r"\bthe (?=[a-z])", document.text, re.IGNORECASE):
        if body := _alone("office").match(document.text, found.end()):
            yield body.span()


@cache
def _behind(*groups: str) -> re.Pattern[str]:
    """One of the bodies, with the space before it."""
    return re.compile(rf" (?:{_alone(*groups).pattern})")


@cache
def _alone(*groups: str) -> re.Pattern[str]:
    known = word_lists.groups("bodies")
    bodies = word_lists.alternation(body for group in groups for body in known[group])
    portfolios = word_lists.alternation(word_lists.words("portfolios"))
    pattern = bodies.replace(r"\*", f"(?:{portfolios})").replace("'", "['’]")
    return re.compile(rf"(?:{pattern})\b{_STAFF}")


@cache
def _adjective() -> re.Pattern[str]:
    adjectives = (adjective.title() for adjective in word_lists.table("demonyms"))
    return re.compile(rf"\b(?:{word_lists.alternation(adjectives)})\b(?= [a-z])")
