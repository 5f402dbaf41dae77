"""Proves a database: the checks of sql/checks/, and here what needs texts and bytes: hashes, ids, spans, blocks.

A database that spells each span unpacks the whole text for each: here a text is fetched once for all its spans.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import zstandard
from sqlalchemy import Connection, Engine, Select, Table, select

from etl.database import current_revision, reading, require_head
from etl.models import Base
from etl.queries import run_checks
from etl.records import Article, Source, id_of, join_pieces
from etl.resolve import claim_group_key, story_key
from etl.store import rows
from etl.store.bodies import decompress
from etl.store.ledger import count_where

TABLES = Base.metadata.tables

_PART = 500
_SHOWN = 20  # offenders of one check that are told; one is enough to know that it fails
_SPANS = {
    "mentions": (("start_char", "end_char", "text"),),
    "times": (("start_char", "end_char", "text"),),
    "quantities": (("start_char", "end_char", "text"),),
    "claims": (
        ("cue_start_char", "cue_end_char", "cue"),
        ("source_start_char", "source_end_char", "source_text"),
    ),
}
"""Table -> (start, end, the column that repeats the words)."""


def verify(
    engine: Engine, progress: Callable[[int, float], None] = lambda rows, share: None
) -> Iterator[str]:
    """One line for each thing that is wrong; nothing for a sound database.

    Args:
        engine: a database at the newest revision.
        progress: is told how many pages and articles are proved, and which share of them (0..1) that is.

    Raises:
        SchemaError: it is at another revision.
    """
    with reading(engine) as connection:
        require_head(current_revision(connection))
        yield from problems(connection, progress)


def problems(
    connection: Connection, progress: Callable[[int, float], None] = lambda rows, share: None
) -> Iterator[str]:
    """What `verify` finds in one transaction."""
    for name, offenders in run_checks(connection).items():
        for offender in offenders.head(_SHOWN).to_dict("records"):
            yield f"{name}: {offender}"
    yield from _verify_ids(connection)
    total = count_where(connection, "pages") + count_where(connection, "articles")
    proved = 0
    for page in _in_parts(connection, select(TABLES["pages"]), TABLES["pages"]):
        yield from _verify_page(page)
        proved += 1
        progress(proved, proved / total)
    for articles in _articles(connection):
        for article in articles:
            yield from _verify_article(article)
        texts = {article.id: article.text for article in articles}
        for verify_part in (_verify_blocks, _verify_spans, _verify_claims):
            yield from verify_part(connection, texts)
        proved += len(articles)
        progress(proved, proved / max(total, 1))


def _in_parts(connection: Connection, query: Select[Any], table: Table) -> Iterator[Any]:
    """The rows of a table with an id, a bounded number at a time."""
    last = -(2**63)
    while part := connection.execute(query.where(table.c.id > last).order_by(table.c.id).limit(_PART)).all():
        yield from part
        last = part[-1].id


def _articles(connection: Connection) -> Iterator[list[Any]]:
    articles, pages, stories, publishers = (
        TABLES[name] for name in ("articles", "pages", "stories", "publishers")
    )
    query = (
        select(articles, pages.c.sha256.label("page_sha256"), pages.c.url.label("page_url"))
        .add_columns(stories.c.content_key.label("story_key"), publishers.c.domain)
        .outerjoin(pages, pages.c.id == articles.c.page_id)
        .outerjoin(stories, stories.c.id == articles.c.story_id)
        .outerjoin(publishers, publishers.c.id == articles.c.publisher_id)
    )
    part: list[Any] = []
    for row in _in_parts(connection, query, articles):
        part.append(row)
        if len(part) == _PART:
            yield part
            part = []
    yield part


def _verify_page(page: Any) -> Iterator[str]:
    if rows.page_key(page.url, page.captured_at, page.sha256, page.declared) != page.content_key:
        yield f"page {page.id}: its content key does not follow from its address, capture and hash"
    if page.body is None:
        return
    try:
        body = decompress(page.body)
    except zstandard.ZstdError as error:
        yield f"page {page.id}: its body can't be unpacked: {error}"
        return
    if hashlib.sha256(body).hexdigest() != page.sha256 or len(body) != page.byte_length:
        yield f"page {page.id}: its body is not the one that was hashed"


def _verify_article(row: Any) -> Iterator[str]:
    article = Article(text=row.text, url=row.url)
    if article.text_sha256 != row.text_sha256:
        yield f"article {row.id}: its text is not the one that was hashed"
    elif rows.version_key(article, row.page_sha256) != row.content_key:
        yield f"article {row.id}: its content key does not follow from its address and text"
    if article.word_count != row.word_count:
        yield f"article {row.id}: {row.word_count} words counted, {article.word_count} there"
    if story_key(row.text) != row.story_key:
        yield f"article {row.id}: its story {row.story_id} is not the one of its words"
    if row.page_url and row.page_url != row.url:
        yield f"article {row.id}: its address is not its page's"
    if row.domain and row.domain not in (row.url or "").casefold():
        yield f"article {row.id}: its publisher {row.domain} is not the one of its address"


def _verify_blocks(connection: Connection, texts: dict[int, str]) -> Iterator[str]:
    """A text is its blocks in order with a blank line between two."""
    blocks = TABLES["blocks"]
    spans: dict[int, list[tuple[int, int]]] = {article_id: [] for article_id in texts}
    query = (
        select(blocks).where(blocks.c.article_id.in_(texts)).order_by(blocks.c.article_id, blocks.c.ordinal)
    )
    for row in connection.execute(query):
        spans[row.article_id].append((row.start_char, row.end_char))
    for article_id, of_text in spans.items():
        text = texts[article_id]
        starts, ends = [start for start, _ in of_text], [end for _, end in of_text]
        follow = [*starts, len(text) + 2] == [0, *(end + 2 for end in ends)]
        if not follow or text != "\n\n".join(text[start:end] for start, end in of_text):
            yield f"article {article_id}: its blocks are not its text"


def _verify_spans(connection: Connection, texts: dict[int, str]) -> Iterator[str]:
    """A span lies in its text and spells the words that the row repeats; a row without these has no span."""
    for name, spans in _SPANS.items():
        table = TABLES[name]
        for row in connection.execute(select(table).where(table.c.article_id.in_(texts))):
            text = texts[row.article_id]
            for columns in spans:
                first, last, words = (row._mapping[column] for column in columns)
                if first is None or last is None:
                    is_sound = first is last is words is None
                else:
                    is_sound = last <= len(text) and text[first:last] == words
                if not is_sound:
                    place = f"{name} ({row.article_id}, {row.ordinal})"
                    yield f"{place}: {columns[0]} {first} to {last} does not spell {words!r}"


def _verify_claims(connection: Connection, texts: dict[int, str]) -> Iterator[str]:
    claims, pieces, groups = TABLES["claims"], TABLES["claim_pieces"], TABLES["claim_groups"]
    of_claim: dict[tuple[int, int], list[tuple[int, int]]] = {}
    order = (pieces.c.article_id, pieces.c.claim_ordinal, pieces.c.ordinal)
    for row in connection.execute(select(pieces).where(pieces.c.article_id.in_(texts)).order_by(*order)):
        of_claim.setdefault((row.article_id, row.claim_ordinal), []).append((row.start_char, row.end_char))
    query = select(claims, groups.c.content_key).outerjoin(groups, groups.c.id == claims.c.claim_group_id)
    for row in connection.execute(query.where(claims.c.article_id.in_(texts))):
        name = f"claim ({row.article_id}, {row.ordinal})"
        spans = of_claim.get((row.article_id, row.ordinal), [])
        if join_pieces(texts[row.article_id], spans) != row.text:
            yield f"{name}: its pieces do not spell {row.text!r}"
        if claim_group_key(row.text) != row.content_key:
            yield f"{name}: its group is not the one of its words"


_CONTENT_KEYS: dict[str, Callable[[Any], bytes] | None] = {
    "sources": lambda row: Source(row.uri, row.kind, row.sha256, row.byte_length).content_key,
    "publishers": lambda row: rows.publisher_key(row.domain),
    "authors": lambda row: rows.author_key(row.name),
    **dict.fromkeys(("pages", "articles", "stories", "entities", "claim_groups")),
}
"""What the content key of a row must be; None where other tables have what it is made of.

What an entity's was made of follows from names by rules that change with the program: it is not made again.
"""


def _verify_ids(connection: Connection) -> Iterator[str]:
    for name, key_of in _CONTENT_KEYS.items():
        table = TABLES[name]
        columns = table.c if key_of else (table.c.id, table.c.content_key)
        for row in _in_parts(connection, select(*columns), table):
            if id_of(row.content_key) != row.id:
                yield f"{name} {row.id}: its id is not the one of its content key"
            if key_of and key_of(row) != row.content_key:
                yield f"{name} {row.id}: its content key does not follow from its content"


_OUTSIDE_THE_DUMP = {
    "runs": None,
    "records": None,
    "sources": None,
    "pages": {"body", "source_id", "locator", "declared_charset"},
    "entity_judgements": {"id"},
}
"""Surrogates of runs, times and places of loading: these columns are left out, None leaves out the table.

The compressed form of a body may change with the library; its hash is in the dump.
"""


def dump_hash(engine: Engine) -> str:
    """One hash over all content, the same on any database that was loaded with the same inputs.

    Of the ledger it holds each record's source (by content), place, hash and page, and why pages and records
    were rejected. Which of two equal pages came first, and so was loaded, is a fact of loading and left out.
    """
    total = hashlib.sha256()
    with reading(engine) as connection:
        for name, query in sorted({**_content_queries(), **_ledger_queries()}.items()):
            total.update(f"{name}:{_sum_of_rows(connection, query)}\n".encode())
    return total.hexdigest()


def _content_queries() -> dict[str, Select[Any]]:
    queries = {}
    for name, table in TABLES.items():
        without = _OUTSIDE_THE_DUMP.get(name, set())
        if without is not None:
            queries[name] = select(*(column for column in table.c if column.name not in without))
    return queries


def _ledger_queries() -> dict[str, Select[Any]]:
    records, sources = TABLES["records"], TABLES["sources"]
    placed = select(sources.c.sha256.label("source"), records.c.locator, records.c.sha256, records.c.page_id)
    joined = placed.join(sources, sources.c.id == records.c.source_id)
    rejected = records.c.fate == "rejected"
    return {
        "records": joined,
        "rejected_records": joined.add_columns(records.c.reason).where(rejected, records.c.page_id.is_(None)),
        "rejected_pages": select(records.c.page_id, records.c.reason)
        .where(rejected, records.c.page_id.is_not(None))
        .distinct(),
        "sources": select(sources.c.sha256, sources.c.byte_length, sources.c.status),
    }


def _sum_of_rows(connection: Connection, query: Select[Any]) -> str:
    """A hash that does not depend on the order, which databases and their locales see differently."""
    total = 0
    for row in connection.execution_options(stream_results=True).execute(query):
        line = json.dumps(tuple(row), default=_plain, ensure_ascii=False).encode()
        total += int.from_bytes(hashlib.blake2b(line, digest_size=16).digest(), "big")
    return f"{total:x}"


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"no canonical form for {type(value).__name__}")
