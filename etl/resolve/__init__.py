"""Annotations of one article -> identities across the archive: entities, stories, claim groups.

Everything here is decided by content alone, never by what was loaded before: so the order of loading,
the size of a batch and the number of workers change nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from etl.language.honorifics import without_titles
from etl.records import MAX_NAME_LENGTH, Annotations, Article, Claim, Entity, Mention, Resolved, stable_id
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
        entities={key: _entity(mentions, article_key) for key, mentions in mentions_of.items()},
        story_id=stable_id("story", *_words(article.text)),
        claim_group_ids=tuple(_claim_group_id(claim) for claim in annotations.claims),
    )


def _entity(mentions: Sequence[Mention], article_key: str) -> Entity:
    names = Counter(mention.text[:MAX_NAME_LENGTH] for mention in mentions)
    kind = mentions[0].kind
    fullest = max(names, key=lambda name: (len(without_titles(name).split()), names[name], name))
    key = name_key(fullest, kind)
    is_bare_surname = kind == "person" and len(without_titles(fullest).split()) < 2
    entity_id = stable_id("entity", kind, key, article_key if is_bare_surname or not key else "")
    return Entity(entity_id, kind, tuple(sorted(names.items())))


def _claim_group_id(claim: Claim) -> int | None:
    words = _words(claim.text)
    return stable_id("claim", *words) if len(words) >= _SHORTEST_GROUPED_CLAIM else None


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


__all__ = ["name_key", "name_score", "resolve"]
