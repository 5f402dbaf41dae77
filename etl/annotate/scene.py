"""Who and what is on stage in an article: its things, their mentions, genders and roles."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from etl.annotate.document import Document
from etl.annotate.mentions import Thing
from etl.annotate.roles import role_of
from etl.records import Span


@dataclass(frozen=True, slots=True)
class Scene:
    """The article's things with their mentions in order, and each person's role."""

    document: Document
    things: tuple[Thing, ...]
    mentions: tuple[tuple[Span, Thing], ...]
    roles: dict[str, str]

    def within(self, span: Span) -> list[tuple[Span, Thing]]:
        """The mentions that lie inside a span."""
        first = bisect_left(self.mentions, span[0], key=lambda mention: mention[0][0])
        inside = []
        for place, thing in self.mentions[first:]:
            if place[0] >= span[1]:
                break
            if place[1] <= span[1]:
                inside.append((place, thing))
        return inside

    def before(self, position: int) -> list[tuple[Span, Thing]]:
        """The mentions that end before a position, in the order of the text."""
        last = bisect_left(self.mentions, position, key=lambda mention: mention[0][0])
        return list(self.mentions[:last])


def set_scene(document: Document, things: list[Thing]) -> Scene:
    """Order the mentions and find the roles."""
    mentions = sorted(
        ((span, thing) for thing in things for span in thing.mentions), key=lambda mention: mention[0]
    )
    roles = {thing.key: role for thing in things if (role := role_of(document, thing)) is not None}
    return Scene(document, tuple(things), tuple(mentions), roles)
