"""Whether a person has the role that a description names: "the number two of the ministry" is the deputy minister."""

from __future__ import annotations

import re

from etl.annotate.names.scene import Scene
from etl.annotate.names.things import Thing
from etl.annotate.speakers.asked import Voice
from etl.annotate.speakers.sources import SourceWords
from etl.language import word_lists


def has_role(scene: Scene, thing: Thing, described: SourceWords, voices: list[Voice]) -> bool:
    """Whether the article gives a person the role that a description names, or a near one."""
    told = [voice.words.lower() for voice in voices if voice.thing is thing]
    roles = [role.lower() for role in scene.roles.get(thing.key, ())]
    words = scene.document.words(described.span)
    return any(_is_role(role, words, described.head or "") for role in roles + told)


def _is_role(role: str, words: list[str], head: str) -> bool:
    former = word_lists.words("former")
    if former & set(words) and not former & set(role.split()):
        return False
    own_field = portfolio(words, head)
    shares = bool(own_field & set(role.split()))
    if _names(role, head):
        # "the transport minister" is no finance minister, but may be a plain "Minister".
        own = set(role.split()) & word_lists.words("portfolios")
        return shares or not own_field or not own
    kin = word_lists.table("role_kin").get(head, "").split("|")
    return (shares or not own_field) and any(_names(role, noun) for noun in kin)


def portfolio(words: list[str], head: str) -> set[str]:
    """The words before the noun of a description that tell which of several it is."""
    before = words[: words.index(head)] if head in words else words
    return set(before) & word_lists.words("portfolios")


def _names(role: str, noun: str) -> bool:
    return bool(noun) and re.search(rf"\b{re.escape(noun)}\b", role) is not None
