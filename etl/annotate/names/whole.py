"""Names made whole: halves that the encoder cut are joined, what belongs to a name is added, two names in one part."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from etl.annotate.names.name import Name
from etl.annotate.text.document import Document
from etl.language import word_lists
from etl.language.aliases import standard_in_article
from etl.language.fold import fold

_PARTICLE = re.compile(rf"[ -](?:{word_lists.alternation(word_lists.words('name_particles'))})[ -]")
_DANGLING = re.compile(r" (?:of|for|and|of the|for the)$")
_CAPITALS = re.compile(r" (?:the )?[A-Z][\w&’'-]*(?: (?:of |and |for |the )*[A-Z][\w&’'-]*)*")
_NEXT = re.compile(r" ([A-Z][a-z]+)\b(?! [A-Z][a-z]+ing\b)")
_PEOPLES = re.compile(r"[’']s? ([A-Z][a-z]+)\b")  # "National People's Congress"
_OF = re.compile(r" of ")
_INITIALS_BEFORE = re.compile(r"(?<![\w.])(?:[A-Z]\. ?)+$")
_GIVEN_BEFORE = re.compile(r"(?<![\w.’'-])([A-Z][a-z]+) $")
_GENERATION = re.compile(r",? (?:Jr|Sr)\b\.?|,? (?:Senior|Junior)\b(?! [A-Z])| I{2,3}\b")
_NICKNAME = re.compile(r" (?:[“\"‘'(\[]{1,2}[A-Z][\w’' -]{1,24}[”\"’')\]]{1,2}) (?=[A-Z])")
_SURNAME = re.compile(r"[A-Z][\w’'-]*\w")
_PREFIXED = re.compile(r"(?:[Pp]ro|[Aa]nti|[Pp]ost|[Pp]re|[Nn]on|[Ee]x|[Mm]id|[Pp]an)-")


def whole(document: Document, names: list[Name]) -> list[Name]:
    """Names as they are written: joined, completed and parted.

    names: sorted, without overlap; so is the answer.
    """
    text = document.text
    names = _parted(text, joined(text, names), Counter(standard_in_article(name.text) for name in names))
    surnames = {fold(name.text.split()[-1]) for name in names if name.kind == "person" and " " in name.text}
    out: list[Name] = []
    for i, name in enumerate(names):
        if out and name.span[0] < out[-1].span[1]:
            continue
        until = names[i + 1].span[0] if i + 1 < len(names) else len(text)
        if name.kind == "person":
            name = _whole_person(text, name, out[-1].span[1] if out else 0, until, surnames)
        elif name.kind != "other":
            name = _whole_body(text, name, names[i + 1] if i + 1 < len(names) else None)
        out.append(name)
    return [name for name in out if name.span[0] < name.span[1]]


def joined(text: str, names: list[Name]) -> list[Name]:
    """Join two halves of a name that the encoder cut ("THE" + "HAGUE")."""
    out: list[Name] = []
    for name in names:
        if out and name.kind == out[-1].kind != "other":
            between = text[out[-1].span[1] : name.span[0]]
            both_unsure = name.kind == "organisation" and max(out[-1].probability, name.probability) < 0.8
            is_person = name.kind == "person" and _PARTICLE.fullmatch(between)
            if between == " " or is_person or (both_unsure and re.fullmatch(r"-| (?:and|of) ", between)):
                span = (out[-1].span[0], name.span[1])
                out[-1] = Name(span, text[slice(*span)], name.kind, name.probability)
                continue
        out.append(name)
    return out


def _parted(text: str, names: list[Name], read: Counter[str]) -> list[Name]:
    """Part two names in one span: "Ann and Bob", "Delhi-Paris", "pro-Delhi Civic Union".

    read: how often the encoder read each name, in its standard form, before halves were joined.
    """
    known = {standard_in_article(name.text) for name in names} | word_lists.table("known_kinds").keys()
    known |= {name for name, times in read.items() if times > 1}
    countries = set(word_lists.table("demonyms").values()) | {
        name for name, kind in word_lists.table("known_kinds").items() if kind == "place"
    }
    out: list[Name] = []
    for name in names:
        halves = _halves(text, name, known, countries)
        out += [
            Name(span, text[slice(*span)], kind, name.probability)
            for span, kind in (halves or [(name.span, name.kind)])
        ]
    return out


def _halves(text: str, name: Name, known: set[str], countries: set[str]) -> list[tuple[tuple[int, int], str]]:
    start, end = name.span
    for link in re.finditer(r" and | & |-", name.text):
        spans = (start, start + link.start()), (start + link.end(), end)
        left, right = (standard_in_article(text[slice(*span)]) for span in spans)
        if link.group() == "-":
            is_pair = (
                name.kind == "place" and {left, right} <= known | countries and not _NEXT.match(text, end)
            )
        else:
            is_pair = name.kind == "person" and link.group() == " and " or {left, right} <= known
        if is_pair and left and right:
            return [(span, name.kind) for span in spans]
    prefix = _PREFIXED.match(name.text)
    inner = start + prefix.end() if prefix else start
    if prefix or _PREFIXED.fullmatch(text[max(0, start - 5) : start].split(" ")[-1]):
        first = re.match(r"([A-Z]\w+) (?=[A-Z])", text[inner:end])
        if first and standard_in_article(first.group(1)) in known | countries:
            return [((inner, inner + first.end(1)), "place"), ((inner + first.end(), end), name.kind)]
        return [((inner, end), name.kind)] if prefix and " " not in name.text else []
    return []


def _whole_person(text: str, name: Name, since: int, until: int, surnames: set[str]) -> Name:
    """A person with the initials and the given name before, the nickname and the generation in it or behind."""
    start, end = name.span
    if dangling := _DANGLING.search(text, start, end):
        end = dangling.start()
    if initials := _INITIALS_BEFORE.search(text, max(since, start - 12), start):
        start = initials.start()
    elif " " not in name.text and (given := _GIVEN_BEFORE.search(text, max(since, start - 20), start)):
        start = given.start() if _is_given(given.group(1)) else start
    if " " not in name.text and _is_given(name.text):
        more = re.compile(r" ([A-Z][\w’'-]+)").match(text, end, until)
        if more and fold(more.group(1)) in surnames:
            end = more.end()
    nickname = _NICKNAME.match(text, end) if " " not in name.text else None
    if nickname and (surname := _SURNAME.match(text, nickname.end())):
        end = surname.end()
    elif generation := _GENERATION.match(text, end):
        end = generation.end()
    return Name((start, end), text[start:end], name.kind, name.probability)


def _is_given(word: str) -> bool:
    return fold(word) in word_lists.table("given_names") and word.lower() not in word_lists.words(
        "common_capitals"
    )


def _whole_body(text: str, name: Name, following: Name | None) -> Name:
    """A body with the capitals behind it that end its name: "Federal Open Market Committee"."""
    (start, end), kind = name.span, name.kind
    if dangling := _DANGLING.search(text, start, end):
        near = following if following and re.fullmatch(r" (?:the )?", text[end : following.span[0]]) else None
        if near and near.kind == "organisation":
            end = near.span[1]
        else:
            more = _CAPITALS.match(text, end) if near is None else None
            end = more.end() if more else dangling.start()
    if kind == "organisation" and (people := _PEOPLES.match(text, end)):
        end = people.end() if people.group(1).lower() in word_lists.words("body_nouns") else end
    if kind == "organisation" and (adjective := _adjective().search(text, max(0, start - 16), start)):
        start = adjective.start() if name.text.split()[-1].lower() in _state_heads() else start
    until = following.span[0] if following and following.span[0] >= end else len(text)
    while (more := _NEXT.match(text, end, until)) and more.group(1).lower() in word_lists.words("body_nouns"):
        end, kind = more.end(), "organisation"
    if following is None or following.kind not in ("place", "organisation"):
        return Name((start, end), text[start:end], kind, name.probability)
    between = text[end : following.span[0]] if following.span[0] >= end else ""
    is_body_of_place = kind == "organisation" and following.kind == "place" and _OF.fullmatch(between)
    is_opposed = _PREFIXED.search(text[max(0, start - 5) : start]) is not None
    is_place_of_body = (
        kind == "place" and following.kind == "organisation" and between == " " and not is_opposed
    )
    if is_body_of_place or is_place_of_body:
        end, kind = following.span[1], "organisation"
    return Name((start, end), text[start:end], kind, name.probability)


@cache
def _adjective() -> re.Pattern[str]:
    adjectives = word_lists.alternation(adjective.title() for adjective in word_lists.table("demonyms"))
    return re.compile(rf"\b(?:{adjectives}) $")


@cache
def _state_heads() -> frozenset[str]:
    """The nouns of a country's bodies: its Navy takes the country's adjective into its name."""
    bodies = word_lists.groups("bodies")["state"]
    return frozenset(
        (*(body.split()[-1] for body in bodies if "*" not in body), "congress", "corps", "senate")
    )
