"""Whom a description means: "the minister", "the 34-year-old", "the company". Nobody where none fits."""

from __future__ import annotations

import re

from etl.annotate.names.scene import Scene
from etl.annotate.names.things import Thing
from etl.annotate.speakers.antecedents import Answer, Voice, person_meant, person_score, place_score
from etl.annotate.speakers.sources import Source
from etl.language import word_lists
from etl.language.fold import fold

_FORMER = {"former", "ex", "then", "one-time"}
_MEDIA_NOUNS = {"newspaper", "paper", "magazine", "broadcaster", "outlet", "network", "station"}


def described(scene: Scene, source: Source, voices: list[Voice]) -> Answer:
    """Whom a definite description means; nobody where none fits."""
    head = source.head or ""
    gender = word_lists.table("gendered_nouns").get(head)
    if source.is_plural or not source.is_definite:
        return Answer(None, 0.8)
    words = set(scene.document.words(source.span)) - word_lists.words("noun_stops")
    named = _sharing_words(scene, words, head) if len(words) > 1 else None
    if named is not None and words <= set(fold(named.name).split()):
        return Answer(named, 0.9)
    is_person = (
        head in word_lists.words("roles") or head in word_lists.table("demonyms") or "-year-old" in head
    )
    if is_person or gender is not None:
        return _described_person(scene, source, gender, voices)
    return _described_thing(scene, source, voices)


def has_role(scene: Scene, thing: Thing, source: Source, voices: list[Voice]) -> bool:
    """Whether the article gives a person the role that a description names, or a near one."""
    told = [voice.words.lower() for voice in voices if voice.thing is thing]
    roles = [role.lower() for role in scene.roles.get(thing.key, ())]
    return any(_is_role(role, scene.document.words(source.span), source.head or "") for role in roles + told)


def _is_role(role: str, words: list[str], head: str) -> bool:
    if _FORMER & set(words) and not _FORMER & set(role.split()):
        return False
    portfolio = _portfolio(words, head)
    shares = bool(portfolio & set(role.split()))
    if _names(role, head):
        # "the transport minister" is no finance minister, but may be a plain "Minister".
        own = set(role.split()) & word_lists.words("portfolios")
        return shares or not portfolio or not own
    kin = word_lists.table("role_kin").get(head, "").split("|")
    return (shares or not portfolio) and any(_names(role, noun) for noun in kin)


def _portfolio(words: list[str], head: str) -> set[str]:
    """The words before the noun of a description that tell which of several it is."""
    before = words[: words.index(head)] if head in words else words
    return set(before) & word_lists.words("portfolios")


def _names(role: str, noun: str) -> bool:
    return bool(noun) and re.search(rf"\b{re.escape(noun)}\b", role) is not None


def _described_person(scene: Scene, source: Source, gender: str | None, voices: list[Voice]) -> Answer:
    head, position = source.head or "", source.span[0]
    scored = [
        (score, thing)
        for thing in scene.things
        if thing.kind == "person"
        and (gender is None or thing.gender in (None, gender))
        and has_role(scene, thing, source, voices)
        and (score := _score(scene, thing, position, gender, voices)) is not None
    ]
    if scored:
        return Answer(max(scored, key=lambda item: (item[0], item[1].key))[1], 0.9)
    is_general = head in word_lists.words("generic_persons") or head not in word_lists.words("roles")
    is_general = is_general and head not in word_lists.table("demonyms")
    words = scene.document.words(source.span)
    countries = {word for word in words if word in word_lists.table("demonyms")}
    if countries and not any(countries & set(role.lower().split()) for _, role in _all_roles(scene)):
        is_general = False
    if is_general and words[0] in ("the", "this", "that") and not _portfolio(words, head):
        return person_meant(scene, position, gender, voices)
    introduced = _introduced(scene, source, voices)
    return Answer(introduced, 0.7) if introduced else Answer(None, 0.6)


def _all_roles(scene: Scene) -> list[tuple[str, str]]:
    return [(key, role) for key, roles in scene.roles.items() for role in roles]


def _score(
    scene: Scene, thing: Thing, position: int, gender: str | None, voices: list[Voice]
) -> float | None:
    """As for a pronoun, but a role reaches back over the whole article."""
    score = person_score(scene, thing, position, gender, voices)
    is_before = thing.mentions[0][1] <= position
    return -position / 1e6 if score is None and is_before else score


def _introduced(scene: Scene, source: Source, voices: list[Voice]) -> Thing | None:
    """The person just named without any role, whom the description now gives one.

    He spoke last; or the description tells more ("the director of the port", "the Polish engineer") and he is
    the one named in the sentence before. Nobody else was named since.
    """
    position = source.span[0]
    spoke = next((voice for voice in reversed(voices) if voice.position < position), None)
    start = scene.document.sentences[max(0, scene.document.sentence_index(position) - 1)][0]
    lines = scene.document.line_index(position) - scene.document.line_index(spoke.position) if spoke else 9
    if spoke is not None and lines <= 1:
        start = min(start, scene.document.sentence(spoke.position)[0])
    named = [
        (span, thing)
        for span, thing in scene.within((start, position))
        if thing.kind == "person" and scene.document.quotation(span[0]) is None
    ]
    if len({thing.key for _, thing in named}) != 1:
        return None
    span, thing = named[0]
    is_voice = spoke is not None and lines <= 1 and spoke.thing is thing
    is_told = any(_tells_who(word) for word in scene.document.words(source.span))
    is_definite = scene.document.words(source.span)[0] == "the"
    is_owner = scene.document.text.startswith(("'s", "’s"), span[1])
    return (
        thing
        if is_definite and (is_voice or is_told) and not is_owner and not scene.roles.get(thing.key)
        else None
    )


def _tells_who(word: str) -> bool:
    """Whether a word of a description is about its person: an age, a country, "of" something."""
    return word == "of" or word.endswith("-year-old") or word in word_lists.table("demonyms")


def _described_thing(scene: Scene, source: Source, voices: list[Voice]) -> Answer:
    """An organisation by the words it shares with the description, by its noun, else the one in view."""
    head, position = source.head or "", source.span[0]
    words = {word for word in scene.document.words(source.span) if word not in word_lists.words("noun_stops")}
    if head in word_lists.words("document_nouns"):
        return Answer(None, 0.6)
    named = _sharing_words(scene, words, head)
    if named is not None:
        return Answer(named, 0.9)
    if len(words) > 1 or head not in word_lists.words("company_nouns") | _MEDIA_NOUNS | {"agency"}:
        return Answer(None, 0.5)
    earlier = [
        (span, thing)
        for span, thing in scene.before(position)
        if thing.kind == "organisation"
        and (head == "agency" or (head in _MEDIA_NOUNS) == (fold(thing.name) in word_lists.words("media")))
    ]
    for voice in reversed(voices[-4:]):
        if voice.thing is not None and any(thing is voice.thing for _, thing in earlier):
            return Answer(voice.thing, 0.75)
    here = scene.document.sentence_index(position)
    near = [
        (place_score(scene, span, position) - (here - scene.document.sentence_index(span[0])), span, thing)
        for span, thing in earlier[-12:]
    ]
    return Answer(max(near, key=lambda item: (item[0], item[1]))[2], 0.6) if near else Answer(None, 0.4)


def _sharing_words(scene: Scene, words: set[str], head: str) -> Thing | None:
    """The organisation whose name has most words of the description."""
    for thing in scene.things:
        if thing.kind != "organisation":
            continue
        own = set(fold(thing.name).split())
        if any(word in word_lists.table("demonyms") and word not in own for word in words):
            continue
        shared = len(own & {word.removesuffix("'s").removesuffix("’s") for word in words})
        if shared * 2 > len(words) or (head in own and len(words) == 1):
            return thing
    return None
