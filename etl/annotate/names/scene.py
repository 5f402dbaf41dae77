"""Who and what is on stage in an article: its things, their mentions, genders and roles."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from etl.annotate.names.roles import is_role, roles_of
from etl.annotate.names.things import Thing
from etl.annotate.text.document import Document
from etl.language import word_lists
from etl.records import Span


@dataclass(frozen=True, slots=True)
class Scene:
    """The article's things with their mentions in order, and each person's roles."""

    document: Document
    things: tuple[Thing, ...]
    mentions: tuple[tuple[Span, Thing], ...]
    roles: dict[str, tuple[str, ...]]

    def within(self, span: Span) -> list[tuple[Span, Thing]]:
        """The mentions that lie inside a span, but for a name's own full stop: "Ann Lee Jr.", "U.S."."""
        first = bisect_left(self.mentions, span[0], key=lambda mention: mention[0][0])
        inside = []
        for place, thing in self.mentions[first:]:
            if place[0] >= span[1]:
                break
            if place[1] <= span[1] or self.document.text[span[1] : place[1]] == ".":
                inside.append((place, thing))
        return inside

    def before(self, position: int) -> list[tuple[Span, Thing]]:
        """The mentions that end before a position, in the order of the text."""
        last = bisect_left(self.mentions, position, key=lambda mention: mention[0][0])
        return list(self.mentions[:last])

    def role(self, thing: Thing) -> str | None:
        """The first role the article gives a person, or the longer one that has all its words."""
        roles = [role for role in self.roles.get(thing.key, ()) if is_role(role)]
        fuller = (role for role in roles if set(roles[0].lower().split()) <= set(role.lower().split()))
        return max(fuller, key=len, default=None)


def set_scene(document: Document, things: list[Thing]) -> Scene:
    """Order the mentions and find the roles."""
    roles = {thing.key: roles_of(document, thing) for thing in things if thing.kind == "person"}
    things = [replace(thing, gender=thing.gender or _gender(roles.get(thing.key, ()))) for thing in things]
    mentions = sorted(
        ((span, thing) for thing in things for span in thing.mentions), key=lambda mention: mention[0]
    )
    return Scene(document, tuple(things), tuple(mentions), roles)


def _gender(roles: tuple[str, ...]) -> str | None:
    """What a person's roles tell of the gender: a spokesman is male."""
    heads = (re.split(r"\s(?:of|for|at|in|to|and)\s", role.lower())[0].split()[-1:] for role in roles)
    told = (word_lists.table("gendered_nouns").get(head[0]) for head in heads if head)
    return next((one for one in told if one), None)
