"""Read our own annotated articles (training/articles/*.txt) into the form of articles annotated by hand.

An article has a header (title, date, genre), a blank line and its marked text:

    {p Ana Ruiz|mayor}   a mention: p person, o organisation, l place, x other; the role follows a bar
    {o1 WHO}             mentions with the same letter and number name the same thing
    [1 it rained]        a piece of the content of claim 1
    [c1 said]            its cue
    [s1 the mayor]       its source; [s1,2 he] serves two claims

A letter after the number gives the stance (see STANCES; none: statement), a capital D, M or I the kind where the
quotation marks mislead. Then, in this order and each optional: `=Ruiz` the speaker (a mention's text with `_` for
blanks, its letter and number, or `-` for nobody named), `^Reuters` through whom it was reported, `@03-21` or
`@2024-03-01/2024-03-31` when it was said. A backslash keeps the next character as it is.

Without `=`, the speaker is the person in the source (not one whose lawyer it is), else the thing that the source
ends with, else (for a pronoun or where there is content only) the speaker of the last claim, else nobody: the
source's words describe them. A cue has a source or a `=`. A mention without a number is the same as an earlier one
with the same text, for people also with the same first or last words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl.language.vocabulary import ClaimKind, EntityKind, Stance

ARTICLES = Path(__file__).parent / "articles"
KINDS: dict[str, str] = {
    "p": EntityKind.PERSON,
    "o": EntityKind.ORGANISATION,
    "l": EntityKind.PLACE,
    "x": "other",
}
STANCES = {
    "": Stance.STATEMENT,
    "d": Stance.DENIAL,
    "m": Stance.DEMAND,
    "p": Stance.PROMISE,
    "a": Stance.ACCUSATION,
    "b": Stance.BELIEF,
    "q": Stance.QUESTION,
}
CLAIM_KINDS = {"D": ClaimKind.DIRECT, "M": ClaimKind.MIXED, "I": ClaimKind.INDIRECT}
PRONOUNS = frozenset(
    "he she it they who i we him her them his their its which this himself herself one".split()
)
ROLES = {"": "content", "c": "cue", "s": "source"}

CLAIM_TAG = re.compile(
    r"\[([cs]?)(\d+(?:,\d+)*)([dmpabq]?)([DMI]?)(?:=([^\s^@]+))?(?:\^([^\s@]+))?(?:@(\S+))? "
)
MENTION_TAG = re.compile(r"\{([plox])(\d*) ")
ROLE = re.compile(r"\|([^{}\[\]]+)(?=\})")
QUOTED = re.compile(
    r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|«[^»]*(?:»|$)|„[^“”]*(?:[“”]|$)|(?<!\w)[‘'](?=\w|\.\.\.|…).*?(?:[’'](?!\w)|$)",
    re.DOTALL,
)

QUALIFIED = r"(?:(?!(?:of|for|in|at|by|from|on|with|to|and)\b)[^\s'’]+ )*{}"
"""A name and what describes it ("the mobile operator Telsur", "Mexican daily El Faro"), but no "head of Telsur"."""

Span = tuple[int, int]


class MarkupError(ValueError):
    """An article's markup can't be read; the message says where."""


@dataclass
class Mention:
    """A marked name: its span, the letter of its kind, its number and the role given with it."""

    span: Span
    letter: str
    number: str
    role: str | None = None


@dataclass
class Claim:
    """What the tags of one number say."""

    content: list[Span] = field(default_factory=list)
    cue: list[Span] = field(default_factory=list)
    source: list[Span] = field(default_factory=list)
    stance: Stance = Stance.STATEMENT
    kind: ClaimKind | None = None
    speaker: str | None = None
    reporter: str | None = None
    said_on: str | None = None


@dataclass
class Marked:
    """A text without its marks, and what they said."""

    text: str
    mentions: list[Mention]
    claims: dict[int, Claim]


def read_articles(folder: Path = ARTICLES) -> Iterator[dict[str, Any]]:
    """Yield every article of a folder, in the order of their file names (see parse_article)."""
    for path in sorted(folder.glob("*.txt")):
        yield parse_article(path.stem, path.read_text("utf-8"))


def parse_article(name: str, marked: str) -> dict[str, Any]:
    """Read one marked article.

    Returns id, title, published, genre, text, entities and claims with spans as `{"text", "start", "end"}`;
    `others` are mentions that are neither people, organisations nor places; `times` and `quantities` are
    empty, for they are not annotated. Raises MarkupError.
    """
    header, _, body = marked.partition("\n\n")
    fields = dict(line.split(": ", 1) for line in header.splitlines())
    try:
        found = read_marks(body.strip())
        entities, others = group_mentions(found)
        claims = resolve_claims(found, entities, fields["date"])
    except (MarkupError, KeyError) as error:
        raise MarkupError(f"{name}: {error}") from error
    return {
        "id": name,
        "published": fields["date"],
        "title": fields["title"],
        "genre": fields["genre"],
        "text": found.text,
        "entities": entities,
        "others": others,
        "claims": claims,
        "times": [],
        "quantities": [],
    }


def read_marks(marked: str) -> Marked:
    """Take the marks out of a text and note where they stood."""
    out: list[str] = []
    mentions: list[Mention] = []
    claims: dict[int, Claim] = {}
    open_tags: list[tuple[int, re.Match[str]]] = []
    at = length = 0
    while at < len(marked):
        character = marked[at]
        tag = (
            (CLAIM_TAG if character == "[" else MENTION_TAG).match(marked, at) if character in "[{" else None
        )
        if tag:
            open_tags.append((length, tag))
            at = tag.end()
            continue
        if character in "]}" and open_tags:
            start, tag = open_tags.pop()
            if (tag[0][0] == "[") != (character == "]") or start == length:
                raise MarkupError(f"tags cross or are empty near {marked[max(0, at - 60) : at + 1]!r}")
            note(tag, (start, length), mentions, claims)
            at += 1
            continue
        if character in "[]{}":
            raise MarkupError(f"not a tag: {marked[at : at + 60]!r}")
        role = ROLE.match(marked, at) if open_tags and open_tags[-1][1][0][0] == "{" else None
        if role:
            start, tag = open_tags.pop()
            mentions.append(Mention((start, length), tag[1], tag[2], role[1]))
            at = role.end() + 1
            continue
        at += character == "\\"
        out.append(marked[at])
        length += 1
        at += 1
    if open_tags:
        raise MarkupError(f"a tag is not closed: {open_tags[-1][1][0]!r} at {open_tags[-1][0]}")
    return Marked("".join(out), sorted(mentions, key=lambda one: one.span), dict(sorted(claims.items())))


def note(tag: re.Match[str], span: Span, mentions: list[Mention], claims: dict[int, Claim]) -> None:
    """Keep what one closed tag says."""
    if tag[0][0] == "{":
        mentions.append(Mention(span, tag[1], tag[2]))
        return
    role, numbers, stance, kind, speaker, reporter, said_on = tag.groups()
    for number in map(int, numbers.split(",")):
        claim = claims.setdefault(number, Claim())
        getattr(claim, ROLES[role]).append(span)
        claim.stance = STANCES[stance] if stance else claim.stance
        claim.kind = CLAIM_KINDS.get(kind, claim.kind)
        claim.speaker = speaker or claim.speaker
        claim.reporter = reporter or claim.reporter
        claim.said_on = said_on or claim.said_on


def group_mentions(found: Marked) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The entities with their mentions, and the mentions of other things."""
    entities: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for mention in found.mentions:
        piece = spelled(found.text, mention.span)
        if mention.letter == "x":
            others.append(piece)
            continue
        entity = next((one for one in reversed(entities) if is_same(one, mention, piece["text"])), None)
        if entity is None:
            entity = {
                "id": f"e{len(entities) + 1}",
                "key": mention.letter + mention.number,
                "kind": KINDS[mention.letter],
                "role": None,
                "mentions": [],
            }
            entities.append(entity)
        entity["mentions"].append(piece)
        entity["role"] = entity["role"] or mention.role
    for entity in entities:
        entity["name"] = max((one["text"] for one in entity["mentions"]), key=len)
        entity["wikipedia"] = None
    return entities, others


def is_same(entity: dict[str, Any], mention: Mention, text: str) -> bool:
    """Whether a mention names a thing that was named before."""
    if mention.number:
        return bool(entity["key"] == mention.letter + mention.number)
    if entity["kind"] != KINDS[mention.letter]:
        return False
    names = [one["text"] for one in entity["mentions"]]
    if mention.letter != "p":
        return text in names
    return any(name == text or name.startswith(text + " ") or name.endswith(" " + text) for name in names)


def resolve_claims(found: Marked, entities: list[dict[str, Any]], published: str) -> list[dict[str, Any]]:
    """The claims in the order of their text, with speakers, kinds and days filled in."""
    ordered = sorted(found.claims.items(), key=lambda item: first_position(item[1]))
    claims: list[dict[str, Any]] = []
    last: dict[str, Any] | None = None
    for number, claim in ordered:
        if not claim.content:
            raise MarkupError(f"claim {number} has no content")
        outer = innermost_around(claim, claims)
        one = as_dict(found.text, claim, published)
        one["speaker"], one["speaker_desc"] = speaker_of(
            number, claim, found.text, entities, None if outer else last
        )
        one["speaker_role"] = next((e["role"] for e in entities if e["id"] == one["speaker"]), None)
        if claim.reporter:
            one["reported_by"] = entity_id(claim.reporter, entities)
        elif outer and outer["speaker"] != one["speaker"]:
            one["reported_by"] = outer["speaker"]
        claims.append(one)
        last = last if outer else one
    return claims


def first_position(claim: Claim) -> tuple[int, int]:
    """Where a claim begins to be read; of two that begin together the longer comes first."""
    return min((start, -end) for start, end in claim.content or [(0, 0)])


def innermost_around(claim: Claim, claims: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The last claim whose content holds this one's."""
    start, end = claim.content[0]
    holding = (
        one
        for one in reversed(claims)
        if any(piece["start"] <= start and end <= piece["end"] for piece in one["content"])
    )
    return next(holding, None)


def as_dict(text: str, claim: Claim, published: str) -> dict[str, Any]:
    """A claim's spans, kind, stance and day."""
    return {
        "content": [spelled(text, span) for span in sorted(claim.content)],
        "cue": [spelled(text, span) for span in sorted(claim.cue)],
        "source": [spelled(text, span) for span in sorted(claim.source)],
        "kind": claim.kind or kind_of([text[start:end] for start, end in claim.content]),
        "stance": claim.stance,
        "reported_by": None,
        "said_on": claim.said_on and "/".join(full_date(day, published) for day in claim.said_on.split("/")),
    }


def kind_of(pieces: list[str]) -> ClaimKind:
    """Tell direct, where all words stand in quotation marks, from mixed, where some do, and indirect."""
    quoted = any(QUOTED.search(piece) for piece in pieces)
    bare = any(re.search(r"\w", QUOTED.sub("", piece)) for piece in pieces)
    if not quoted:
        return ClaimKind.INDIRECT
    return ClaimKind.MIXED if bare else ClaimKind.DIRECT


def full_date(day: str, published: str) -> str:
    """A day of the article's year is written without it."""
    return day if len(day) == 10 else f"{published[:4]}-{day}"


def speaker_of(
    number: int, claim: Claim, text: str, entities: list[dict[str, Any]], last: dict[str, Any] | None
) -> tuple[str | None, str | None]:
    """The entity that speaks, or the words that describe who does."""
    words = text[slice(*claim.source[0])] if claim.source else ""
    if claim.speaker and claim.speaker != "-":
        return entity_id(claim.speaker, entities), None
    if not claim.speaker:
        if named := named_in(claim, words, entities):
            return named, None
        if not words or words.lower() in PRONOUNS:
            if last is None or (claim.cue and not words):
                raise MarkupError(
                    f"claim {number} needs its speaker: {text[slice(*claim.content[0])][:60]!r}"
                )
            return last["speaker"], last["speaker_desc"]
    return None, words or None


def named_in(claim: Claim, words: str, entities: list[dict[str, Any]]) -> str | None:
    """The first person in a source, else the thing whose name is all of it."""
    if not claim.source:
        return None
    start, end = claim.source[0]
    inside = [
        (piece["start"], entity, re.match("['’]s", words[piece["end"] - start :]))
        for entity in entities
        for piece in entity["mentions"]
        if start <= piece["start"] and piece["end"] <= end
    ]
    people = [one for one in inside if one[1]["kind"] == "person" and not one[2]]
    whole = [
        one
        for one in inside
        if any(
            re.fullmatch(QUALIFIED.format(re.escape(piece["text"])), words) for piece in one[1]["mentions"]
        )
    ]
    chosen = min(people or whole, key=lambda one: one[0], default=None)
    return chosen[1]["id"] if chosen else None


def entity_id(key: str, entities: list[dict[str, Any]]) -> str:
    """The id of the entity with this letter and number, or with a mention of this text."""
    name = key.replace("_", " ")
    for entity in entities:
        if entity["key"] == key or any(
            name in (piece["text"], piece["text"].split()[-1]) for piece in entity["mentions"]
        ):
            return str(entity["id"])
    raise MarkupError(f"nobody is called {name!r}")


def spelled(text: str, span: Span) -> dict[str, Any]:
    """A span with its words."""
    start, end = span
    if text[start:end] != text[start:end].strip():
        raise MarkupError(f"a span has blanks at its ends: {text[start:end]!r}")
    return {"text": text[start:end], "start": start, "end": end}
