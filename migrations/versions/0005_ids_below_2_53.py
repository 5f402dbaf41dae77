"""ids below 2^53, each beside the key of its content

What is stored is renumbered, up and down. Up: what an id is made of stands in the tables; entities are found anew
in each article by the names that stand there, so they are told apart as this version of the program does it.
Down: the old id is in the content key.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa
from alembic import op

from etl.errors import SchemaError
from etl.models import UtcDateTime
from etl.records import content_key, id_of
from etl.resolve import entity_parts
from etl.resolve import words as words_of

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

Parts = tuple[str, ...]
Identified = Iterator[tuple[str, int, int, Parts]]
"""Table, article (where an entity is told apart by it, else 0), the id that is stored, what it is made of."""

PART = 500
POINTERS = {  # table: {column: the table whose id it holds}
    "sources": {"id": "sources"},
    "pages": {"id": "pages", "source_id": "sources"},
    "records": {"source_id": "sources", "page_id": "pages"},
    "publishers": {"id": "publishers"},
    "authors": {"id": "authors"},
    "stories": {"id": "stories", "first_article_id": "articles"},
    "claim_groups": {"id": "claim_groups", "first_article_id": "articles"},
    "articles": {
        "id": "articles", "page_id": "pages", "publisher_id": "publishers", "story_id": "stories"
    },
    "article_authors": {"article_id": "articles", "author_id": "authors"},
    "blocks": {"article_id": "articles"},
    "evidence": {"article_id": "articles"},
    "times": {"article_id": "articles"},
    "quantities": {"article_id": "articles"},
    "mentions": {"article_id": "articles", "entity_id": "entities"},
    "claims": {
        "article_id": "articles", "claim_group_id": "claim_groups",
        "speaker_id": "entities", "reported_by_id": "entities",
    },
    "claim_pieces": {"article_id": "articles"},
    "entities": {"id": "entities"},
    "entity_names": {"entity_id": "entities"},
}  # fmt: skip
KEYED = [table for table, columns in POINTERS.items() if "id" in columns]
ENTITIES = ("entities", "entity_names")


def upgrade() -> None:
    for table in KEYED:
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("content_key", sa.LargeBinary(), nullable=True))
    foreign_keys = drop_foreign_keys()
    collect_ids((*row, content_key(*parts)) for *row, parts in identified(op.get_bind()))
    refuse_collisions()
    write_entities()
    op.execute("DELETE FROM stories WHERE article_count = 0")  # their words are gone
    op.execute("DELETE FROM claim_groups WHERE claim_count = 0")
    renumber({table: columns for table, columns in POINTERS.items() if table not in ENTITIES}, has_keys=True)
    restore_foreign_keys(foreign_keys)
    for table in KEYED:
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column("content_key", existing_type=sa.LargeBinary(), nullable=False)
            batch_op.create_unique_constraint(batch_op.f(f"uq_{table}_content_key"), ["content_key"])


def downgrade() -> None:
    foreign_keys = drop_foreign_keys()
    collect_ids(keyed(op.get_bind()), id_of_63_bits)
    for table in KEYED:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(batch_op.f(f"uq_{table}_content_key"), type_="unique")
            batch_op.drop_column("content_key")
    renumber(POINTERS, has_keys=False)
    restore_foreign_keys(foreign_keys)


def id_of_63_bits(key: bytes) -> int:
    return int.from_bytes(key[:8], "big") >> 1


def renumber(pointers: dict[str, dict[str, str]], has_keys: bool) -> None:
    """Give everything its id of new_ids, and every pointer to it too."""
    for table, columns in pointers.items():
        values = {column: new(table, column, parent, "new") for column, parent in columns.items()}
        if has_keys and "id" in columns:
            values["content_key"] = new(table, "id", table, "content_key")
        assignments = ", ".join(f"{column} = {value}" for column, value in values.items())
        op.execute(f"UPDATE {table} SET {assignments}")
    op.execute("DROP TABLE new_ids")


def new(table: str, column: str, parent: str, wanted: str) -> str:
    in_article = f"IN (0, {table}.article_id)" if parent == "entities" and table not in ENTITIES else "= 0"
    return (
        f"(SELECT n.{wanted} FROM new_ids AS n"
        f" WHERE n.parent = '{parent}' AND n.old = {table}.{column} AND n.article_id {in_article})"
    )


def collect_ids(found: Iterable[Sequence[Any]], number: Callable[[bytes], int] = id_of) -> None:
    """Make new_ids of (table, article, the id that is stored, content key)."""
    key_type = "blob" if op.get_bind().dialect.name == "sqlite" else "bytea"
    op.execute(
        "CREATE TEMPORARY TABLE new_ids (parent text, article_id bigint, old bigint, new bigint NOT NULL,"
        f" content_key {key_type}, PRIMARY KEY (parent, old, article_id))"
    )
    insert = sa.text("INSERT INTO new_ids VALUES (:parent, :article_id, :old, :new, :content_key)")
    names, remaining = ("parent", "article_id", "old", "content_key"), iter(found)
    while part := list(islice(remaining, PART)):
        ids = [dict(zip(names, row, strict=True), new=number(row[-1])) for row in part]
        op.get_bind().execute(insert, ids)


def refuse_collisions() -> None:
    """Refuse what can't be renumbered.

    Raises:
        SchemaError: two contents would get one id.
    """
    several = "SELECT parent FROM new_ids GROUP BY parent, new HAVING count(DISTINCT content_key) > 1 LIMIT 1"
    if table := op.get_bind().scalar(sa.text(several)):
        raise SchemaError(
            f"two {table} would get one id: load the archive anew, `newsledger load ... --db NEW`"
        )


def keyed(connection: sa.Connection) -> Iterator[tuple[str, int, int, bytes]]:
    """All that has an id, with its content key."""
    for table in KEYED:
        query = f"SELECT id, content_key FROM {table} WHERE id > :last ORDER BY id"
        for row in rows(connection, query):
            yield table, 0, row.id, row.content_key


def identified(connection: sa.Connection) -> Identified:
    """All that has an id of its own, with what it is made of."""
    for row in rows(connection, "SELECT id, uri, sha256 FROM sources WHERE id > :last ORDER BY id"):
        yield "sources", 0, row.id, ("source", row.uri, row.sha256 or "")
    for row in rows(
        connection, "SELECT id, url, captured_at, sha256 FROM pages WHERE id > :last ORDER BY id"
    ):
        captured = row.captured_at.isoformat() if row.captured_at else ""
        yield "pages", 0, row.id, ("page", row.url or "", captured, row.sha256)
    for row in rows(connection, "SELECT id, domain FROM publishers WHERE id > :last ORDER BY id"):
        yield "publishers", 0, row.id, ("publisher", row.domain)
    for row in rows(connection, "SELECT id, name FROM authors WHERE id > :last ORDER BY id"):
        yield "authors", 0, row.id, ("author", row.name)
    for row in rows(
        connection,
        "SELECT story_id AS id, min(text) AS text FROM articles"
        " WHERE story_id > :last GROUP BY story_id ORDER BY story_id",
    ):
        yield "stories", 0, row.id, ("story", *words_of(row.text))
    for row in rows(
        connection,
        "SELECT claim_group_id AS id, min(text) AS text FROM claims"
        " WHERE claim_group_id > :last GROUP BY claim_group_id ORDER BY claim_group_id",
    ):
        yield "claim_groups", 0, row.id, ("claim", *words_of(row.text))
    yield from identified_by_article(connection)


def identified_by_article(connection: sa.Connection) -> Identified:
    articles = rows(
        connection,
        "SELECT a.id, a.url, a.text_sha256, p.sha256 FROM articles AS a JOIN pages AS p ON p.id = a.page_id"
        " WHERE a.id > :last ORDER BY a.id",
    )
    mentioned = sa.text(
        "SELECT m.article_id, m.entity_id, e.kind, substr(m.text, 1, 300) AS name FROM mentions AS m"
        " JOIN entities AS e ON e.id = m.entity_id WHERE m.article_id BETWEEN :first AND :last"
    )
    while part := list(islice(articles, PART)):
        key_of = {row.id: row.url or f"sha256:{row.sha256}" for row in part}
        for row in part:
            yield "articles", 0, row.id, ("article", key_of[row.id], row.text_sha256)
        names: dict[tuple[int, int, str], Counter[str]] = defaultdict(Counter)
        for row in connection.execute(mentioned, {"first": part[0].id, "last": part[-1].id}):
            names[row.article_id, row.entity_id, row.kind][row.name] += 1
        for (article_id, entity_id, kind), counts in names.items():
            yield "entities", article_id, entity_id, entity_parts(kind, counts, key_of[article_id])


def rows(connection: sa.Connection, query: str) -> Iterator[Any]:
    """The rows of a query by id, a bounded number at a time."""
    statement = sa.text(f"{query} LIMIT {PART}").columns(captured_at=UtcDateTime())
    last = -1
    while part := connection.execute(statement, {"last": last}).all():
        yield from part
        last = part[-1].id


def write_entities() -> None:
    """The entities and their names under their new ids, counted from the mentions that are still under the old."""
    mentioned = (
        " FROM new_ids AS n JOIN entities AS e ON e.id = n.old"
        " JOIN mentions AS m ON m.article_id = n.article_id AND m.entity_id = n.old"
        " JOIN articles AS a ON a.id = n.article_id WHERE n.parent = 'entities'"
    )
    op.execute("DELETE FROM entity_names")
    op.execute(
        "INSERT INTO entity_names (entity_id, name, mention_count)"
        f" SELECT n.new, substr(m.text, 1, 300), count(*){mentioned} GROUP BY n.new, substr(m.text, 1, 300)"
    )
    op.execute(
        f"CREATE TEMPORARY TABLE new_entities AS SELECT n.content_key, n.new AS id, min(e.kind) AS kind, '' AS name,"
        " min(e.wikidata_id) AS wikidata_id, count(DISTINCT n.article_id) AS article_count,"
        " count(*) AS mention_count, min(a.published_on) AS first_seen_on, max(a.published_on) AS last_seen_on"
        f"{mentioned} GROUP BY n.content_key, n.new"
    )
    columns = (
        "content_key, id, kind, name, wikidata_id, article_count, mention_count, first_seen_on, last_seen_on"
    )
    op.execute("DELETE FROM entities")
    op.execute(f"INSERT INTO entities ({columns}) SELECT {columns} FROM new_entities")
    op.execute("DROP TABLE new_entities")
    by_bytes = "" if op.get_bind().dialect.name == "sqlite" else ' COLLATE "C"'
    op.execute(
        "UPDATE entities SET name = ranked.name FROM (SELECT n.entity_id, n.name, row_number() OVER ("
        "PARTITION BY n.entity_id ORDER BY"
        " CASE WHEN e.kind = 'person' AND n.name NOT LIKE '% %' THEN 1 ELSE 0 END,"
        f" n.mention_count DESC, length(n.name) DESC, n.name{by_bytes}) AS place"
        " FROM entity_names AS n JOIN entities AS e ON e.id = n.entity_id) AS ranked"
        " WHERE ranked.entity_id = entities.id AND ranked.place = 1"
    )


def drop_foreign_keys() -> list[tuple[str, Any]]:
    """Take out what Postgres would hold against a half-renumbered table; SQLite's are off."""
    if op.get_bind().dialect.name == "sqlite":
        return []
    inspector = sa.inspect(op.get_bind())
    found = [(table, key) for table in POINTERS for key in inspector.get_foreign_keys(table)]
    for table, key in found:
        op.drop_constraint(key["name"], table, type_="foreignkey")
    return found


def restore_foreign_keys(foreign_keys: list[tuple[str, Any]]) -> None:
    for table, key in foreign_keys:
        op.create_foreign_key(
            key["name"], table, key["referred_table"], key["constrained_columns"], key["referred_columns"]
        )
