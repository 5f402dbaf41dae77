"""What kind of thing each name names: by the words around it, then one kind a name in the article."""

from __future__ import annotations

import re
from collections import defaultdict

from etl.annotate.names.forms import LETTERS, name_parts
from etl.annotate.names.name import Name
from etl.annotate.text.dateline import FIRST_LINES, is_dateline
from etl.annotate.text.document import Document
from etl.language import word_lists
from etl.language.aliases import standard_in_article
from etl.language.fold import fold

_TOLD = 2.0  # weighs more than the encoder's view of a name
_ONLY_LETTERS = re.compile(rf"{LETTERS}(?:,\s{LETTERS})*")
_AGENCY = re.compile(r"\) ?[-–—]{1,2} ")
_SEAT_BEFORE = re.compile(r"\b(?:MP|[Mm]ayor|[Cc]ouncillor|[Ss]enator|[Gg]overnor) (?:for|of) (?:the )?$")
_SEAT_BEHIND = re.compile(r" (?:MP|mayor|councillor|MLA)\b")
_MEMBERS = re.compile(r" (?:party|members?|lawmakers|shares|stock|employees|users|app)\b")
_MEMBER_OF = re.compile(r"\b(?:members?|leaders?|chairman|founder) of $")
_COMPANY_ROLE = re.compile(
    r" (?:CEO|CFO|COO|chief executive|(?:[Cc]o-?)?[Ff]ounder|[Cc]o-founder|executive|reporter|correspondent|editor) [A-Z]"
)
_ACTS = re.compile(r" (?:said|says|reported|announced|has|have|had|is|was|were|are|will)\b")
_SHIP = re.compile(r"\b(?:USS|HMS|HMC|HMCS|HMAS|RMS|BRP|MV)\s+$")
_SOMEWHERE = re.compile(
    r"\b(?:in|at|to|from|near|across|of|outside|into|around), ?$|\b(?:in|at|to|from|near|across|outside|into|around) $"
)
_SEAT_VISITED = re.compile(
    r"\b(?:at|in|to|inside|outside|near|from|enter|enters|entered|entering|leave|left|visit|visited|around) (?:the |a )?$"
)
_HEAD_OF_STATE = re.compile(
    r"\b(?:[Pp]resident|[Kk]ing|[Qq]ueen|[Pp]rime [Mm]inister|[Rr]epublic|capital|people) of $"
)
_STORM = re.compile(r"\b(?:Typhoon|Hurricane|Cyclone|Storm)\s+$")


def by_context(document: Document, names: list[Name]) -> list[Name]:
    """Give names the kind that the words around them tell; leave out storms, ships and the letters behind names."""
    text = document.text
    storms = {
        standard_in_article(name.text)
        for name in names
        if _STORM.search(text, max(0, name.span[0] - 20), name.span[0])
        or _SHIP.search(text, max(0, name.span[0] - 10), name.span[0])
    }
    out: list[Name] = []
    for name in names:
        if standard_in_article(name.text) in storms or (out and _is_letters(text, out[-1], name)):
            continue
        told = _kind_told(document, name)
        out.append(Name(name.span, name.text, told, _TOLD) if told else name)
    return out


def _is_letters(text: str, person: Name, name: Name) -> bool:
    """Whether a name is the degree of the person before it: "Ann Lee, R.D."."""
    if person.kind != "person" or text[person.span[1] : name.span[0]] != ", ":
        return False
    return any(_ONLY_LETTERS.fullmatch(text, name.span[0], end) for end in (name.span[1], name.span[1] + 1))


def _kind_told(document: Document, name: Name) -> str | None:
    text, (start, end) = document.text, name.span
    before = text[max(0, start - 30) : start]
    if is_dateline(document, name.span):
        return "place"
    if document.line_index(start) < FIRST_LINES and before.endswith("(") and _AGENCY.match(text, end):
        return "organisation"
    if name.kind in ("person", "organisation") and (
        _SEAT_BEFORE.search(before) or _SEAT_BEHIND.match(text, end)
    ):
        return "place"
    if name.kind in ("person", "place") and _ends_in(word_lists.words("body_nouns"), name.text):
        return "organisation"
    if name.kind == "organisation" and _ends_in(word_lists.words("site_nouns"), name.text):
        return "place"
    if name.kind == "person" and _acts_as_body(text, name):
        return "organisation"
    if name.kind == "person" and " " not in name.text and _HEAD_OF_STATE.search(before):
        return "place"
    if name.kind == "place" and " " in name.text and before.endswith(("told ", "told the ")):
        return "organisation"
    return None


def _ends_in(nouns: frozenset[str], name: str) -> bool:
    """Whether a name ends in the noun of a body or a site: "Osage Tribe", "Harbour National Museum"."""
    *before, last = name.split()
    return bool(before) and last[0].isupper() and last.lower() in nouns


def _acts_as_body(text: str, name: Name) -> bool:
    """Whether words around a seeming person tell a body: "the Ruvana said", "Ruvana members", "Nordfly CEO Ann Lee"."""
    start, end = name.span
    if (
        _MEMBERS.match(text, end)
        or _COMPANY_ROLE.match(text, end)
        or _MEMBER_OF.search(text, max(0, start - 30), start)
    ):
        return True
    return text[max(0, start - 4) : start] == "the " and _ACTS.match(text, end) is not None


def vote(document: Document, names: list[Name]) -> list[Name]:
    """Give all mentions of one name the kind that the article speaks for most."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for name in names:
        votes[standard_in_article(name.text)][name.kind] += name.probability
    acting = {
        standard_in_article(name.text)
        for name in names
        if not _SEAT_VISITED.search(document.text, max(0, name.span[0] - 15), name.span[0])
    }
    seats = word_lists.words("seats") - acting
    out = []
    for name in names:
        counted = votes[standard_in_article(name.text)]
        best, weight = max(sorted(counted.items()), key=lambda item: item[1])
        if standard_in_article(name.text) in seats:
            best = "place"
        elif standard_in_article(name.text) in word_lists.table("known_kinds"):
            best = word_lists.table("known_kinds")[standard_in_article(name.text)]
        elif weight < 0.6 * sum(counted.values()) and name.probability > 0.9:
            best = name.kind
        out.append(Name(name.span, name.text, best, name.probability))
    return out


def like_full_names(document: Document, names: list[Name]) -> list[Name]:
    """Give a bare surname the kind of the person, and a short form of one word the kind of the full name."""
    persons = {name_parts(name.text)[-1] for name in names if name.kind == "person" and " " in name.text}
    things = {
        name_parts(name.text)[0]: name.kind
        for name in names
        if name.kind in ("organisation", "place") and len(name_parts(name.text)) == 2
    }
    somewhere = {
        fold(name.text)
        for name in names
        if _SOMEWHERE.search(document.text, max(0, name.span[0] - 10), name.span[0])
    }
    out = []
    for name in names:
        word = fold(name.text)
        kind = name.kind
        if word in persons and (kind == "organisation" or (kind == "place" and word not in somewhere)):
            kind = "person"
        elif kind == "person" and word in things and word not in persons:
            kind = things[word]
        out.append(Name(name.span, name.text, kind, name.probability))
    return out
