"""Records to rows: a field becomes the column of its name, spans and keys become what the tables say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table

from etl import models
from etl.records import (
    MAX_NAME_LENGTH,
    Article,
    Claim,
    Entity,
    Outcome,
    RawPage,
    Reading,
    Span,
    article_key,
    stable_id,
)
from etl.store.bulk import Row

TABLES = models.Base.metadata.tables


def page_id(page: RawPage) -> int:
    """A page is the same when address, time of capture and bytes are."""
    captured = page.captured_at.isoformat() if page.captured_at else ""
    return stable_id("page", page.url or "", captured, page.sha256)


def article_id(article: Article, page_sha256: str) -> int:
    """An article version is the same when address and text are."""
    return stable_id("article", article_key(article, page_sha256), article.text_sha256)


def page_row(page: RawPage, outcome: Outcome) -> Row:
    result = outcome.result
    charset = result.article.charset if isinstance(result, Reading) else result.charset
    return {
        "id": page_id(page),
        **_fields(page, models.Page.__table__, "body", "charset", "locator"),
        "locator": outcome.record.locator,
        "charset": charset or page.charset,
        "declared_charset": page.charset,
        "byte_length": len(page.body),
        "body": outcome.body,
        "source_id": outcome.record.source.id,
    }


def article_row(reading: Reading, page: RawPage) -> Row:
    article = reading.article
    return {
        "id": article_id(article, page.sha256),
        "page_id": page_id(page),
        "publisher_id": publisher_id(article),
        "story_id": reading.resolved.story_id,
        "unannotated": reading.annotations.unannotated,
        "revision": 1,
        "is_latest": True,
        **_fields(article, models.Article.__table__, "keywords"),
        "keywords": list(article.keywords),
    }


def publisher_id(article: Article) -> int | None:
    return stable_id("publisher", article.publisher_domain) if article.publisher_domain else None


def author_rows(article: Article) -> list[Row]:
    names = dict.fromkeys(name[:MAX_NAME_LENGTH] for name in article.authors)
    return [{"id": stable_id("author", name), "name": name} for name in names]


def child_rows(reading: Reading, article_id: int) -> dict[str, list[Row]]:
    """The rows of all tables that hang on an article, by table name."""
    article, annotations, entities = reading.article, reading.annotations, reading.resolved.entities
    rows: dict[str, list[Row]] = defaultdict(list)

    def add(table: str, ordinal: int, **values: Any) -> None:
        rows[table].append({"article_id": article_id, "ordinal": ordinal, **values})

    for ordinal, block in enumerate(article.blocks):
        add("blocks", ordinal, **_fields(block, TABLES["blocks"]))
    for ordinal, author in enumerate(author_rows(article)):
        add("article_authors", ordinal, author_id=author["id"])
    for ordinal, evidence in enumerate(article.evidence):
        add("evidence", ordinal, **_fields(evidence, TABLES["evidence"]))
    for ordinal, mention in enumerate(annotations.mentions):
        entity_id = entities[mention.entity_key].id
        add("mentions", ordinal, entity_id=entity_id, **_fields(mention, TABLES["mentions"]))
    for ordinal, time in enumerate(annotations.times):
        add("times", ordinal, **_fields(time, TABLES["times"]))
    for ordinal, quantity in enumerate(annotations.quantities):
        add("quantities", ordinal, **_fields(quantity, TABLES["quantities"]))
    groups = reading.resolved.claim_group_ids
    for ordinal, (claim, group) in enumerate(zip(annotations.claims, groups, strict=True)):
        add("claims", ordinal, claim_group_id=group, **_claim_fields(claim, article.text, entities))
        for number, (start, end) in enumerate(claim.pieces):
            add("claim_pieces", number, claim_ordinal=ordinal, start_char=start, end_char=end)
    return rows


def _claim_fields(claim: Claim, text: str, entities: dict[str, Entity]) -> Row:
    def entity_id(key: str | None) -> int | None:
        return entities[key].id if key is not None else None

    return {
        **_fields(claim, TABLES["claims"], "cue"),
        "start_char": claim.pieces[0][0],
        "end_char": claim.pieces[-1][1],
        **_span_fields("cue", "cue", claim.cue[0] if claim.cue else None, text),
        **_span_fields("source_text", "source", claim.source, text),
        "speaker_id": entity_id(claim.speaker_key),
        "reported_by_id": entity_id(claim.reported_by_key),
    }


def _span_fields(name: str, prefix: str, span: Span | None, text: str) -> Row:
    start, end = span if span else (None, None)
    return {name: text[start:end] if span else None, f"{prefix}_start_char": start, f"{prefix}_end_char": end}


def _fields(record: object, table: Any, *without: str) -> Row:
    """The record's fields that are columns of the table."""
    return {name: getattr(record, name) for name in _shared_names(type(record), table, without)}


def _shared_names(record_type: type, table: Table, without: tuple[str, ...]) -> Iterator[str]:
    return (c.name for c in table.columns if c.name not in without and hasattr(record_type, c.name))
