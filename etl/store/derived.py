"""Columns that follow from other rows: revisions, counts, first and last days, the name to show.

Each function brings the rows it is given up to date in one statement, so that what is stored depends on
what was loaded and never on the order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    and_,
    case,
    delete,
    func,
    select,
    update,
)

from etl.records import MAX_NAME_LENGTH, Entity
from etl.store.bulk import Row, by_bytes, chunks, insert
from etl.store.rows import TABLES, identified

ARTICLES = TABLES["articles"]
ENTITIES = TABLES["entities"]
NAMES = TABLES["entity_names"]
MENTIONS = TABLES["mentions"]
CLAIMS = TABLES["claims"]
USES = {
    "entities": (MENTIONS, "article_id", "entity_id"),
    "claim_groups": (CLAIMS, "article_id", "claim_group_id"),
    "authors": (TABLES["article_authors"], "article_id", "author_id"),
    "publishers": (ARTICLES, "id", "publisher_id"),
}
"""What articles share -> the table that points to it, its columns for the article and for the pointer."""


def number_revisions(connection: Connection, urls: Collection[str]) -> None:
    """Count the versions under each address in the order they came to be; the last one is the latest."""
    pages = TABLES["pages"]
    came = func.coalesce(ARTICLES.c.modified_at, ARTICLES.c.published_at, pages.c.captured_at)
    order = (came.is_(None), came, pages.c.captured_at.is_(None), pages.c.captured_at, ARTICLES.c.id)
    for part in chunks(sorted(urls)):
        ranked = (
            select(
                ARTICLES.c.id,
                func.row_number().over(partition_by=ARTICLES.c.url, order_by=order).label("revision"),
                func.count().over(partition_by=ARTICLES.c.url).label("revisions"),
            )
            .join(pages, pages.c.id == ARTICLES.c.page_id)
            .where(ARTICLES.c.url.in_(part))
            .subquery()
        )
        connection.execute(
            update(ARTICLES)
            .where(ARTICLES.c.id == ranked.c.id)
            .values(revision=ranked.c.revision, is_latest=ranked.c.revision == ranked.c.revisions)
        )


def count_stories(connection: Connection, story_ids: Collection[int]) -> None:
    """Articles and publishers of each story, and which article was first."""
    stories = TABLES["stories"]
    mine = ARTICLES.c.story_id == stories.c.id
    for part in chunks(sorted(story_ids)):
        connection.execute(
            update(stories)
            .where(stories.c.id.in_(part))
            .values(
                article_count=_scalar(func.count(), mine),
                publisher_count=_scalar(func.count(ARTICLES.c.publisher_id.distinct()), mine),
                first_article_id=_first_article(ARTICLES, mine),
            )
        )


def count_claim_groups(connection: Connection, group_ids: Collection[int]) -> None:
    """Claims and publishers of each statement, and which article had it first."""
    groups = TABLES["claim_groups"]
    joined = CLAIMS.join(ARTICLES, ARTICLES.c.id == CLAIMS.c.article_id)
    mine = CLAIMS.c.claim_group_id == groups.c.id
    for part in chunks(sorted(group_ids)):
        connection.execute(
            update(groups)
            .where(groups.c.id.in_(part))
            .values(
                claim_count=_scalar(func.count(), mine, joined),
                publisher_count=_scalar(func.count(ARTICLES.c.publisher_id.distinct()), mine, joined),
                first_article_id=_first_article(joined, mine),
            )
        )


def _scalar(value: Any, condition: ColumnElement[bool], source: Any = ARTICLES) -> ScalarSelect[Any]:
    return select(value).select_from(source).where(condition).scalar_subquery()


def _first_article(source: Any, condition: ColumnElement[bool]) -> ScalarSelect[Any]:
    day, moment = ARTICLES.c.published_on, ARTICLES.c.published_at
    order = (day.is_(None), day, moment.is_(None), moment, ARTICLES.c.id)
    return (
        select(ARTICLES.c.id).select_from(source).where(condition).order_by(*order).limit(1).scalar_subquery()
    )


def add_to_entities(
    connection: Connection, seen: Mapping[int, tuple[date | None, Collection[Entity]]]
) -> None:
    """Add what new articles name: article id -> (its day, its entities).

    Counts are added to, not counted anew: an entity may stand in every article of an archive.
    """
    rows: dict[int, Row] = {}
    articles: set[tuple[int, int]] = set()
    uses: Counter[tuple[int, str]] = Counter()
    for article_id, (day, entities) in seen.items():
        for entity in entities:
            start = {
                "key": entity.content_key,
                "kind": entity.kind,
                "name": entity.names[0][0],
                "days": set(),
            }
            row = rows.setdefault(entity.id, start)
            row["days"] |= {day} - {None}
            articles.add((entity.id, article_id))
            uses.update({(entity.id, name): count for name, count in entity.names})
    if not rows:
        return
    article_counts = Counter(entity_id for entity_id, _ in articles)
    mention_counts: Counter[int] = Counter()
    for (entity_id, _), count in uses.items():
        mention_counts[entity_id] += count
    connection.execute(
        _entity_upsert(connection),
        [
            {
                **identified(row["key"]),
                "kind": row["kind"],
                "name": row["name"],
                "article_count": article_counts[entity_id],
                "mention_count": mention_counts[entity_id],
                "first_seen_on": min(row["days"], default=None),
                "last_seen_on": max(row["days"], default=None),
            }
            for entity_id, row in sorted(rows.items())
        ],
    )
    statement = insert(connection, NAMES)
    total = NAMES.c.mention_count + statement.excluded.mention_count
    connection.execute(
        statement.on_conflict_do_update(index_elements=["entity_id", "name"], set_={"mention_count": total}),
        [{"entity_id": i, "name": name, "mention_count": count} for (i, name), count in sorted(uses.items())],
    )
    _choose_names(connection, rows)


def _entity_upsert(connection: Connection) -> Any:
    statement = insert(connection, ENTITIES)
    new = statement.excluded
    first, last = ENTITIES.c.first_seen_on, ENTITIES.c.last_seen_on
    changed = {
        "article_count": ENTITIES.c.article_count + new.article_count,
        "mention_count": ENTITIES.c.mention_count + new.mention_count,
        "first_seen_on": case(
            (first.is_(None), new.first_seen_on), (new.first_seen_on < first, new.first_seen_on), else_=first
        ),
        "last_seen_on": case(
            (last.is_(None), new.last_seen_on), (new.last_seen_on > last, new.last_seen_on), else_=last
        ),
    }
    return statement.on_conflict_do_update(index_elements=["id"], set_=changed)


def _choose_names(connection: Connection, entity_ids: Collection[int]) -> None:
    """The name most used; a person's full one, for articles say a surname far more often."""
    named = ENTITIES.alias()  # SQLite's ORDER BY doesn't see the row that is updated
    is_surname = and_(named.c.kind == "person", NAMES.c.name.not_like("% %"))
    most_used = (
        select(NAMES.c.name)
        .join(named, named.c.id == NAMES.c.entity_id)
        .where(NAMES.c.entity_id == ENTITIES.c.id)
        .order_by(
            case((is_surname, 1), else_=0),
            NAMES.c.mention_count.desc(),
            func.length(NAMES.c.name).desc(),
            by_bytes(connection, NAMES.c.name),
        )
        .limit(1)
        .scalar_subquery()
    )
    for part in chunks(sorted(entity_ids)):
        connection.execute(update(ENTITIES).where(ENTITIES.c.id.in_(part)).values(name=most_used))


def remove_unused(connection: Connection, ids: Mapping[str, Collection[int]]) -> None:
    """Take out those of these groups, authors and publishers that no article uses any more."""
    for parent in ("claim_groups", "authors", "publishers"):
        table, (child, _, pointer) = TABLES[parent], USES[parent]
        is_used = select(child.c[pointer]).where(child.c[pointer] == table.c.id).exists()
        for part in chunks(sorted(ids[parent])):
            connection.execute(delete(table).where(table.c.id.in_(part), ~is_used))


def recount_entities(connection: Connection, entity_ids: Collection[int]) -> None:
    """Count these entities anew from their mentions; one that nothing mentions any more is taken out."""
    dates = MENTIONS.join(ARTICLES, ARTICLES.c.id == MENTIONS.c.article_id)
    mine = MENTIONS.c.entity_id == ENTITIES.c.id
    name = func.substr(MENTIONS.c.text, 1, MAX_NAME_LENGTH)
    for part in chunks(sorted(entity_ids)):
        connection.execute(delete(NAMES).where(NAMES.c.entity_id.in_(part)))
        names = select(MENTIONS.c.entity_id, name, func.count()).where(MENTIONS.c.entity_id.in_(part))
        grouped = names.group_by(MENTIONS.c.entity_id, name)
        connection.execute(NAMES.insert().from_select(["entity_id", "name", "mention_count"], grouped))
        connection.execute(
            update(ENTITIES)
            .where(ENTITIES.c.id.in_(part))
            .values(
                article_count=_scalar(func.count(MENTIONS.c.article_id.distinct()), mine, MENTIONS),
                mention_count=_scalar(func.count(), mine, MENTIONS),
                first_seen_on=_scalar(func.min(ARTICLES.c.published_on), mine, dates),
                last_seen_on=_scalar(func.max(ARTICLES.c.published_on), mine, dates),
            )
        )
        connection.execute(delete(ENTITIES).where(ENTITIES.c.id.in_(part), ENTITIES.c.mention_count == 0))
        _choose_names(connection, part)
