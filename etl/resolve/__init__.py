"""Annotations of one article -> identities across the archive: entities, stories, claim groups.

Everything here is decided by content alone, never by what was loaded before: so the order of loading,
the size of a batch and the number of workers change nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from etl.language.honorifics import without_titles
from etl.records import MAX_NAME_LENGTH, Annotations, Article, Entity, Resolved, content_key
from etl.resolve.names import name_key, name_score

_SHORTEST_GROUPED_CLAIM = 5
"""In words: "it is too early" is said by many, the same five words or more are the same statement."""

_WORD = re.compile(r"\w+")


def resolve(article: Article, annotations: Annotations, article_key: str) -> Resolved:
    """Identities for one article.

    Args:
        article: its text makes the story: articles with the same words are copies of one.
        annotations: its mentions and claims.
        article_key: names the article; a person known here by a bare surname only is known by it and this.
    """
    mentions_of = defaultdict(list)
    for mention in annotations.mentions:
        mentions_of[mention.entity_key].append(mention)
    return Resolved(
        entities={
            key: _entity(mentions[0].kind, [mention.text for mention in mentions], article_key)
            for key, mentions in mentions_of.items()
        },
        story_key=story_key(article.text),
        claim_group_keys=tuple(claim_group_key(claim.text) for claim in annotations.claims),
    )


def _entity(kind: str, mentions: Sequence[str], article_key: str) -> Entity:
    names = Counter(mention[:MAX_NAME_LENGTH] for mention in mentions)
    return Entity(content_key(*entity_parts(kind, names, article_key)), kind, tuple(sorted(names.items())))


def entity_parts(kind: str, names: Mapping[str, int], article_key: str) -> tuple[str, ...]:
    """What the id of an entity is made of: its kind and the key of its fullest name in one article.

    Args:
        kind: person, organisation or place.
        names: each name it goes by in the article, with its number of mentions.
        article_key: the article, which is a part where only a surname is known of a person.
    """
    fullest = max(names, key=lambda name: (len(without_titles(name).split()), names[name], name))
    key = name_key(fullest, kind)
    is_bare_surname = kind == "person" and len(without_titles(fullest).split()) < 2
    return "entity", kind, key, article_key if is_bare_surname or not key else ""


def story_key(text: str) -> bytes:
    """The content key of the story that an article's text tells: its words."""
    return content_key("story", *words(text))


def claim_group_key(text: str) -> bytes | None:
    """The content key of a claim's group: its words; None for too few to be recognised elsewhere."""
    found = words(text)
    return content_key("claim", *found) if len(found) >= _SHORTEST_GROUPED_CLAIM else None


def words(text: str) -> list[str]:
    """The words of a text, by which copies of it are known."""
    return _WORD.findall(text.casefold())


__all__ = ["claim_group_key", "entity_parts", "name_key", "name_score", "resolve", "story_key"]
