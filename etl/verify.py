"""Proves a database: spans spell their text, hashes and ids follow from their content, books balance."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import zstandard
from sqlalchemy import Connection, Engine, Select, Table, select

from etl.database import current_revision, reading, require_head
from etl.models import Base
from etl.queries import run_checks
from etl.records import Article, RawPage, join_pieces
from etl.store import rows
from etl.store.bodies import decompress
from etl.store.ledger import count_where

TABLES = Base.metadata.tables

_PART = 500
_SHOWN = 20  # offenders of one check that are told; one is enough to know that it fails
_SPANS = {
    "blocks": (("start_char", "end_char", None),),
    "mentions": (("start_char", "end_char", "text"),),
    "times": (("start_char", "end_char", "text"),),
    "quantities": (("start_char", "end_char", "text"),),
    "claims": (
        ("start_char", "end_char", None),
        ("cue_start_char", "cue_end_char", "cue"),
        ("source_start_char", "source_end_char", "source_text"),
    ),
    "claim_pieces": (("start_char", "end_char", None),),
}
"""Table -> (start, end, the column that repeats the words; None where the span has to lie in the text)."""


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
        for name, offenders in run_checks(connection).items():
            for offender in offenders.head(_SHOWN).to_dict("records"):
                yield f"{name}: {offender}"
        total = count_where(connection, "pages") + count_where(connection, "articles")
        proved = 0
        for page in _in_parts(connection, select(TABLES["pages"]), TABLES["pages"]):
            yield from _verify_page(page)
            proved += 1
            progress(proved, proved / total)
        for articles in _articles(connection):
            yield from _verify_articles(connection, articles)
            proved += len(articles)
            progress(proved, proved / max(total, 1))


def _in_parts(connection: Connection, query: Select[Any], table: Table) -> Iterator[Any]:
    """The rows of a table with an id, a bounded number at a time."""
    last = -1
    while part := connection.execute(query.where(table.c.id > last).order_by(table.c.id).limit(_PART)).all():
        yield from part
        last = part[-1].id


def _articles(connection: Connection) -> Iterator[list[Any]]:
    articles, pages = TABLES["articles"], TABLES["pages"]
    query = select(articles, pages.c.sha256.label("page_sha256")).join(pages)
    part: list[Any] = []
    for row in _in_parts(connection, query, articles):
        part.append(row)
        if len(part) == _PART:
            yield part
            part = []
    yield part


def _verify_page(page: Any) -> Iterator[str]:
    if page.body is None:
        return
    try:
        body = decompress(page.body)
    except zstandard.ZstdError as error:
        yield f"page {page.id}: its body can't be unpacked: {error}"
        return
    raw = RawPage("", page.locator, body, page.media_type, page.url, page.captured_at)
    if raw.sha256 != page.sha256 or len(body) != page.byte_length:
        yield f"page {page.id}: its body is not the one that was hashed"
    elif rows.page_id(raw) != page.id:
        yield f"page {page.id}: its id does not follow from its content"


def _verify_articles(connection: Connection, articles: Sequence[Any]) -> Iterator[str]:
    texts = {row.id: row.text for row in articles}
    for row in articles:
        article = Article(text=row.text, url=row.url)
        if article.text_sha256 != row.text_sha256:
            yield f"article {row.id}: its text is not the one that was hashed"
        elif rows.article_id(article, row.page_sha256) != row.id:
            yield f"article {row.id}: its id does not follow from its content"
        if article.word_count != row.word_count:
            yield f"article {row.id}: {row.word_count} words counted, {article.word_count} there"
    for name, spans in _SPANS.items():
        table = TABLES[name]
        for row in connection.execute(select(table).where(table.c.article_id.in_(texts))):
            for start, end, words in spans:
                yield from _verify_span(name, row._mapping, texts[row.article_id], start, end, words)
    yield from _verify_claims(connection, texts)


def _verify_span(table: str, row: Any, text: str, start: str, end: str, words: str | None) -> Iterator[str]:
    first, last = row[start], row[end]
    if first is None and last is None and (words is None or row[words] is None):
        return
    spelled = text[first:last]
    if not 0 <= first < last <= len(text) or (words is not None and row[words] != spelled):
        yield f"{table} ({row['article_id']}, {row['ordinal']}): {start} {first} to {last} spells {spelled!r}"


def _verify_claims(connection: Connection, texts: dict[int, str]) -> Iterator[str]:
    claims, pieces = TABLES["claims"], TABLES["claim_pieces"]
    of_claim: dict[tuple[int, int], list[tuple[int, int]]] = {}
    query = select(pieces).where(pieces.c.article_id.in_(texts))
    for row in connection.execute(
        query.order_by(pieces.c.article_id, pieces.c.claim_ordinal, pieces.c.ordinal)
    ):
        of_claim.setdefault((row.article_id, row.claim_ordinal), []).append((row.start_char, row.end_char))
    for row in connection.execute(select(claims).where(claims.c.article_id.in_(texts))):
        spans = of_claim.get((row.article_id, row.ordinal), [])
        encloses = spans and (spans[0][0], spans[-1][1]) == (row.start_char, row.end_char)
        if not encloses or join_pieces(texts[row.article_id], spans) != row.text:
            yield f"claim ({row.article_id}, {row.ordinal}): its pieces do not spell {row.text!r}"


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
    raise TypeError(f"no canonical form for {type(value).__name__}")
