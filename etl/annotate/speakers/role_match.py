"""Whether a person has the role that a description names: "the number two of the ministry" is the deputy minister."""

from __future__ import annotations

import re

from etl.annotate.names.scene import Scene
from etl.annotate.names.things import Thing
from etl.annotate.speakers.asked import Voice
from etl.annotate.speakers.sources import SourceWords
from etl.language import word_lists

_NAME = re.compile(r"\b(?!(?:The|This|That|His|Her|Their|Its|A|An|In|On|By|But|And)\b)[A-Z][\w-]*")


def role_fit(scene: Scene, thing: Thing, described: SourceWords, voices: list[Voice]) -> int:
    """How well a person has the role that a description names: 2 the role itself, 1 a near one, 0 none."""
    told = [voice.words.replace(thing.name, "") for voice in voices if voice.thing is thing]
    words, head = scene.document.words(described.span), described.head or ""
    owners = _owners(scene.document.text[slice(*described.core)])
    roles = [*scene.roles.get(thing.key, ()), *told]
    return max((_fit(role, words, head, owners) for role in roles), default=0)


def _fit(told: str, words: list[str], head: str, owners: set[str]) -> int:
    role, own_owners = told.lower(), _owners(told)
    former = word_lists.words("former")
    if former & set(words) and not former & set(role.split()):
        return 0
    if owners and own_owners and not owners & own_owners:
        return 0  # "the Nordfly pilot" is no pilot of another airline, but may be a plain "pilot"
    own_field = portfolio(words, head)
    shares = bool(own_field & set(role.split()))
    if _names(role, head):
        # "the transport minister" is no finance minister, but may be a plain "Minister".
        own = set(role.split()) & word_lists.words("portfolios")
        return 2 if shares or not own_field or not own else 0
    kin = word_lists.table("role_kin").get(head, "").split("|")
    return int((shares or not own_field) and any(_names(role, noun) for noun in kin))


def _owners(role: str) -> set[str]:
    """The names in a role, of whose it is, in lower case; a country for its adjective."""
    names = (word.lower() for word in _NAME.findall(role))
    return {
        word_lists.table("demonyms").get(name, name)
        for name in names
        if name not in word_lists.words("roles")
    }


def portfolio(words: list[str], head: str) -> set[str]:
    """The words before the noun of a description that tell which of several it is."""
    before = words[: words.index(head)] if head in words else words
    return set(before) & word_lists.words("portfolios")


def _names(role: str, noun: str) -> bool:
    return bool(noun) and re.search(rf"\b{re.escape(noun)}\b", role) is not None
