"""Records to rows: a field becomes the column of its name, spans and keys become what the tables say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
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
    Resolved,
    Span,
    article_key,
    content_key,
    id_of,
)
from etl.store.bulk import Row

TABLES = models.Base.metadata.tables

Identity = tuple[str, bytes]
"""A table and a content key in it."""


def page_key(
    url: str | None, captured_at: datetime | None, sha256: str, declared: Mapping[str, str] | None = None
) -> bytes:
    """A page is the same when address, time of capture, bytes and what its table tells are."""
    captured = captured_at.isoformat() if captured_at else ""
    told = (f"{field}={value}" for field, value in sorted((declared or {}).items()))
    return content_key("page", url or "", captured, sha256, *told)


def version_key(article: Article, page_sha256: str) -> bytes:
    """An article version is the same when address and text are."""
    return content_key("article", article_key(article, page_sha256), article.text_sha256)


def publisher_key(domain: str) -> bytes:
    return content_key("publisher", domain)


def author_key(name: str) -> bytes:
    return content_key("author", name)


def identities(outcome: Outcome) -> Iterator[Identity]:
    """All that has an id of its own in what became of a record: the page, the article version, then the rest."""
    page, reading = outcome.record.content, outcome.result
    if isinstance(page, RawPage):
        sha256 = page.sha256
        yield "pages", page_key(page.url, page.captured_at, sha256, page.declared)
        if isinstance(reading, Reading):
            yield "articles", version_key(reading.article, sha256)
            yield from _identities_beside(reading.article, reading.resolved)


def _identities_beside(article: Article, resolved: Resolved) -> Iterator[Identity]:
    yield "stories", resolved.story_key
    if article.publisher_domain:
        yield "publishers", publisher_key(article.publisher_domain)
    for row in author_rows(article):
        yield "authors", row["content_key"]
    for entity in resolved.entities.values():
        yield "entities", entity.content_key
    for key in resolved.claim_group_keys:
        if key is not None:
            yield "claim_groups", key


def identified(key: bytes) -> Row:
    """The columns that say what a row is."""
    return {"id": id_of(key), "content_key": key}


def page_row(page: RawPage, outcome: Outcome) -> Row:
    result = outcome.result
    charset = result.article.charset if isinstance(result, Reading) else result.charset
    return {
        **identified(page_key(page.url, page.captured_at, page.sha256, page.declared)),
        **_fields(page, models.Page.__table__, "body", "charset", "locator", "declared"),
        "declared": dict(page.declared) or None,
        "locator": outcome.record.locator,
        "charset": charset or page.charset,
        "declared_charset": page.charset,
        "byte_length": len(page.body),
        "body": outcome.body,
        "source_id": outcome.record.source.id,
    }


def article_row(reading: Reading, page: RawPage) -> Row:
    article, sha256 = reading.article, page.sha256
    return {
        **identified(version_key(article, sha256)),
        "page_id": id_of(page_key(page.url, page.captured_at, sha256, page.declared)),
        "publisher_id": id_of(publisher_key(article.publisher_domain)) if article.publisher_domain else None,
        "story_id": id_of(reading.resolved.story_key),
        "unannotated": reading.annotations.unannotated,
        "revision": 1,
        "is_latest": True,
        **_fields(article, models.Article.__table__, "keywords"),
        "keywords": list(article.keywords),
    }


def author_rows(article: Article) -> list[Row]:
    names = dict.fromkeys(name[:MAX_NAME_LENGTH] for name in article.authors)
    return [{**identified(author_key(name)), "name": name} for name in names]


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
    groups = reading.resolved.claim_group_keys
    for ordinal, (claim, group) in enumerate(zip(annotations.claims, groups, strict=True)):
        group_id = id_of(group) if group is not None else None
        add("claims", ordinal, claim_group_id=group_id, **_claim_fields(claim, article.text, entities))
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
