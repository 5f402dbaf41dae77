"""Rules for a source that names somebody; they read the phrase before a "who" as well."""

from __future__ import annotations

import re

from etl.annotate.names.forms import LETTERS
from etl.annotate.names.roles import names_role
from etl.annotate.names.scene import Scene
from etl.annotate.names.things import Thing
from etl.annotate.speakers.asked import Answer, Asked, SpeakerRule
from etl.annotate.text.document import WORD
from etl.language import word_lists
from etl.language.fold import fold
from etl.records import Span

_RELATIVE = re.compile(r"\b(?:who|which|that|whose|joined by|speaking|citing)\b")
_LETTERS = re.compile(rf"(?:['’]s)?[\s,.]*(?:(?:{LETTERS}|(?:Jr|Sr|I{{2,3}})\b)[\s,.]*)*\W*")
_LINKED = re.compile(
    r"\b(?:of|for|from|by|in|at|with|to|and|or|on|against|about|than|like|as)\s+(?:the\s+)?$"
)
_COMPLEMENT = re.compile(r"\b(?:of|to|for)\s+(?P<of>[^,]*)$")
_DONE_BY = re.compile(r"\b(?:\w+ed|led|run|held|written) (?:by|under)\s[^,]*$")
_AND_BODY = re.compile(r" and (?:[A-Z][\w’'-]+ )+(?P<noun>[A-Z]\w+)")
_AND = re.compile(r"(?:,|,?\s+and)\s+(?:(?:the|[A-Z][\w.]*)\s+){0,3}")
_OWNER = re.compile(r"['’]s\b")
_SEEN_BY = re.compile(
    r"\b(?:seen|obtained|reviewed|cited|viewed) by |\bleaked to |\bpublished (?:\w+ \w+ )?in "
)
_DOCUMENT_LINK = re.compile(r"\b(?:by|from|of|in|for)\s+(?:[\w’'.-]+\s+){0,4}$")


def person_named(asked: Asked) -> Answer | None:
    """The person whose name ends the core of the source.

    Place: first of the names, for the noun of the source is this very name.
    For: {Helen Marsh KC} [said] <it was late>. -> Helen Marsh
    For: {Former pilot Helen Marsh of Nordfly} [said] <it was late>. -> Helen Marsh
    Against: {The press office of Helen Marsh} [said] <it was late>. -> The press office of Helen Marsh
    """
    last = _ending_core(asked)
    return Answer(last, _of_several(asked)) if last and last.kind == "person" else None


def titled_person_named(asked: Asked) -> Answer | None:
    """The first person in the source whose name ends a title or an apposition, before any "who" or "citing".

    Place: before "body or place named", for in "Nordfly's Helen Marsh" she speaks.
    For: {The head of the port, Helen Marsh,} [said] <it was late>. -> Helen Marsh
    Against: {A close ally of President Helen Marsh} [said] <it was late>.
        -> A close ally of President Helen Marsh
    Against: {The council, chaired by Mayor Helen Marsh,} [said] <it was late>.
        -> The council, chaired by Mayor Helen Marsh,
    """
    words, text = asked.words, asked.scene.document.text
    if words is None:
        return None
    clause = _RELATIVE.search(text, *words.span)
    end = clause.start() if clause else words.span[1]
    for place, thing in words.names:
        is_modifier = place[0] < words.core[1] and WORD.search(text, place[1], words.core[1])
        is_inside = thing.kind == "person" and place[1] <= end and not is_modifier
        if is_inside and _is_titled(text, words.span[0], place):
            return Answer(thing)
    return None


def body_or_place_named(asked: Asked) -> Answer | None:
    """The organisation or place whose name ends the core, unless it is half the name of a body of two.

    Place: behind the persons; before the nouns that stand for a name, for here the name itself is the noun.
    For: {The airline Nordfly} [said] <it was late>. -> Nordfly
    Against: <It is late>, {Aldermouth and Ostby Police} [said]. -> Aldermouth and Ostby Police
    Against: {A Nordfly MEP} [said] <it was late>. -> A Nordfly MEP
    """
    last = _ending_core(asked)
    if asked.words is None or last is None or asked.words.head in word_lists.words("roles"):
        return None
    place = asked.words.names_in_core[-1][0]
    is_half = _is_half_of_body(asked.scene.document.text, place, asked.words.span[1])
    return None if is_half else Answer(last, _of_several(asked))


def named_behind_a_comma(asked: Asked) -> Answer | None:
    """The organisation whose name ends the source behind a comma and a noun for it.

    Place: behind "body or place named", of which it is the other order.
    For: {The low-cost airline, Nordfly,} [said] <it was late>. -> Nordfly
    Against: {The pilot from Aldermouth, Nordfly,} [said] <it was late>.
        -> The pilot from Aldermouth, Nordfly,
    """
    words, text = asked.words, asked.scene.document.text
    if words is None or not words.names or words.head not in word_lists.words("organisation_nouns"):
        return None
    place, thing = words.names[-1]
    is_behind = text[: place[0]].endswith((", ", ", the ")) and _ends_with(text, place, words.span[1])
    return Answer(thing) if is_behind and thing.kind == "organisation" else None


def owner_of_a_document(asked: Asked) -> Answer | None:
    """Who speaks through a report, a poll, a ruling: the name before it, else the author that a preposition leads to.

    Place: behind the names that are themselves the noun, as the other nouns that stand for a name.
    For: {A Nordfly report} [said] <it was late>. -> Nordfly
    For: {A report by the airline Nordfly} [said] <it was late>. -> Nordfly
    Against: {A report seen by Nordfly} [said] <it was late>. -> A report seen by Nordfly
    """
    words = asked.words
    if words is None or words.head not in word_lists.words("document_nouns"):
        return None
    if words.names_in_core:
        return Answer(words.names_in_core[0][1])
    for place, thing in words.names:
        before = asked.scene.document.text[words.span[0] : place[0]]
        if _SEEN_BY.search(before):
            break
        if _DOCUMENT_LINK.search(before) and thing.kind != "place":
            return Answer(thing)
    return None


def office_of_a_person(asked: Asked) -> Answer | None:
    """Nobody speaks by name where somebody's team, campaign or government does: it is not that person.

    Place: before "body of an office", which would take the name before the noun.
    For: {The Marsh campaign} [said] <it was late>. -> The Marsh campaign
    For: {President Helen Marsh's government} [said] <it was late>. -> President Helen Marsh's government
    Against: {The Nordfly side} [said] <it was late>. -> Nordfly
    """
    words = asked.words
    if words is None or words.head not in word_lists.words("government_nouns") or not words.names_in_core:
        return None
    is_of_person = any(thing.kind == "person" for _, thing in words.names_in_core)
    return Answer(description=asked.kept) if is_of_person else None


def body_of_an_office(asked: Asked) -> Answer | None:
    """Whose government or office speaks: the body or country before the noun, or the country of its adjective.

    Place: beside "owner of a document"; no noun is in both lists.
    For: {The Nordfly side} [said] <it was late>. -> Nordfly
    Against: {The Nordfly envoy's office} [said] <it was late>. -> The Nordfly envoy's office
    """
    words = asked.words
    if words is None or words.head not in word_lists.words("government_nouns"):
        return None
    if not words.names_in_core:
        country = _country(asked.scene, words.core)
        return Answer(country) if country else None
    place, thing = words.names_in_core[0]
    is_owned = _OWNER.search(asked.scene.document.text, place[1] + 2, words.core[1])
    return None if is_owned else Answer(thing)


def medium_named(asked: Asked) -> Answer | None:
    """The last name before "newspaper", "channel" or "news agency"; the country that one is of is no medium.

    Place: the last of the names.
    For: {The Nordfly news agency} [said] <it was late>. -> Nordfly
    For: {Aldermouth's Nordfly network} [said] <it was late>. -> Nordfly
    Against: {The Nordfly booking agency} [said] <it was late>. -> The Nordfly booking agency
    Against: {Aldermouth's official newspaper} [said] <it was late>. -> Aldermouth's official newspaper
    """
    words = asked.words
    if words is None or not words.names_in_core:
        return None
    is_agency = words.head == "agency" and "news" in asked.scene.document.words(words.core)
    is_medium = is_agency or words.head in word_lists.words("media_nouns")
    place, thing = words.names_in_core[-1]
    is_owner = _OWNER.match(asked.scene.document.text, place[1])
    return Answer(thing) if is_medium and not is_owner else None


NAME_RULES: tuple[SpeakerRule, ...] = (
    person_named,
    titled_person_named,
    body_or_place_named,
    named_behind_a_comma,
    owner_of_a_document,
    office_of_a_person,
    body_of_an_office,
    medium_named,
)


def _ending_core(asked: Asked) -> Thing | None:
    """The last one named in the core, where nothing but letters stands behind the name."""
    words = asked.words
    if words is None or not words.names_in_core:
        return None
    place, thing = words.names_in_core[-1]
    return thing if _ends_with(asked.scene.document.text, place, words.core[1]) else None


def _of_several(asked: Asked) -> str | None:
    """The source as the description where it joins several of one kind by "and", so that none is lost."""
    if asked.words is None or len(asked.words.names) < 2:
        return None
    (place, thing), (next_place, following) = asked.words.names[:2]
    text = asked.scene.document.text
    is_joined = (
        _AND.fullmatch(text, place[1], next_place[0]) and " and " in text[place[1] : asked.words.span[1]]
    )
    return asked.kept if is_joined and thing.kind == following.kind and thing is not following else None


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
    if _LINKED.search(before) or _DONE_BY.search(before):
        return False  # "the committee, chaired by President Lee" is not Lee
    complement = _COMPLEMENT.search(before)
    related = set(WORD.findall(before[: complement.start()].lower())) if complement else set()
    if complement and names_role(complement["of"]) and related & word_lists.words("relations"):
        return False  # "a close ally of President Lee" is not Lee
    words = before.split()
    return not words or before.rstrip().endswith((",", "–", "—", " -")) or names_role(before)


def _country(scene: Scene, core: Span) -> Thing | None:
    """The country whose adjective stands before "government", if the article names it."""
    for word in scene.document.words(core):
        country = word_lists.table("demonyms").get(word)
        if country is not None:
            return next((thing for thing in scene.things if fold(thing.name) == country), None)
    return None
