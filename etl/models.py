"""Every table, constraint and index. Alembic creates them; sql/ and users' queries read them.

Conventions: `_id` keys, `_at` timestamps (aware UTC), `_on` dates, `is_` booleans; spans are half-open
code-point offsets `start_char`, `end_char` into `articles.text`. Ids of content are hashes of it
below 2^53 (`records.id_of`), cut from `content_key`, under whose constraint no two contents are taken for one;
children of an article are keyed (article_id, ordinal). `revision`, `is_latest`,
the counts and the first/last dates are derived and kept by `store`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from etl.language.vocabulary import ClaimKind, EntityKind, Stance, TimeKind
from etl.records import Fate

RUN_STATUSES = ("running", "finished", "finished with problems", "failed", "interrupted", "died")
SOURCE_STATUSES = ("reading", "done", "unreadable")
BLOCK_KINDS = ("paragraph", "heading", "list_item", "caption")
JUDGEMENTS = ("same", "different")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware timestamp, stored and returned in UTC on every database. Naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"timestamp without a time zone: {value}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


BigInt = BigInteger().with_variant(Integer, "sqlite")  # INTEGER is SQLite's 64-bit row id


class Base(DeclarativeBase):
    """Naming and types that all tables share."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map = {
        str: Text,
        int: Integer,
        float: Double,
        bool: Boolean,
        bytes: LargeBinary,
        date: Date,
        datetime: UtcDateTime,
        dict[str, Any]: JSON,
        list[str]: JSON,
    }


Id = Annotated[int, mapped_column(BigInt, primary_key=True, autoincrement=False)]
ContentKey = Annotated[bytes, mapped_column(unique=True)]
Serial = Annotated[int, mapped_column(BigInt, primary_key=True, autoincrement=True)]
ArticleId = Annotated[int, mapped_column(BigInt, ForeignKey("articles.id"), primary_key=True)]
Ordinal = Annotated[int, mapped_column(primary_key=True, autoincrement=False)]


def one_of(column: str, values: tuple[str, ...], name: str | None = None) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=name or column)


def ordered_span(prefix: str = "") -> CheckConstraint:
    start, end = f"{prefix}start_char", f"{prefix}end_char"
    return CheckConstraint(f"0 <= {start} AND {start} < {end}", name=f"{prefix}span")


def share(column: str) -> CheckConstraint:
    return CheckConstraint(f"{column} BETWEEN 0 AND 1", name=column)


class Run(Base):
    """One flow or command run and its books.

    `finished with problems`: inputs could not be reached or read, what could was loaded. `died`: its process is gone.
    `process` and `alive_at` tell by which process and when a run that is `running` last gave a sign of life.
    """

    __tablename__ = "runs"
    __table_args__ = (
        one_of("status", RUN_STATUSES),
        CheckConstraint("inputs = loaded + duplicate + rejected + skipped", name="books"),
    )
    id: Mapped[Serial]
    flow: Mapped[str]
    status: Mapped[str]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    code_version: Mapped[str]
    settings: Mapped[dict[str, Any]]
    host: Mapped[str | None]
    process: Mapped[str | None]
    alive_at: Mapped[datetime | None]
    inputs: Mapped[int] = mapped_column(default=0)
    loaded: Mapped[int] = mapped_column(default=0)
    duplicate: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)


class Source(Base):
    """An input file with one content; the same path with other bytes is another source."""

    __tablename__ = "sources"
    __table_args__ = (one_of("status", SOURCE_STATUSES),)
    id: Mapped[Id]
    content_key: Mapped[ContentKey]
    uri: Mapped[str]
    kind: Mapped[str]
    sha256: Mapped[str | None] = mapped_column(index=True)
    byte_length: Mapped[int | None] = mapped_column(BigInt)
    status: Mapped[str]
    first_seen_at: Mapped[datetime]
    last_read_at: Mapped[datetime]


class Page(Base):
    """One raw page; `body` is its bytes, zstd compressed, NULL where the settings say so.

    `charset` is the one it was decoded with, `declared_charset` what its server or its table said, `declared` what its
    table told of it (headline, authors, published), NULL where it told nothing.
    """

    __tablename__ = "pages"
    id: Mapped[Id]
    content_key: Mapped[ContentKey]
    url: Mapped[str | None] = mapped_column(index=True)
    captured_at: Mapped[datetime | None]
    media_type: Mapped[str]
    charset: Mapped[str | None]
    declared_charset: Mapped[str | None]
    declared: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    is_truncated: Mapped[bool] = mapped_column(server_default=false())
    sha256: Mapped[str] = mapped_column(index=True)
    byte_length: Mapped[int]
    body: Mapped[bytes | None]
    source_id: Mapped[int] = mapped_column(BigInt, ForeignKey("sources.id"), index=True)
    locator: Mapped[str]


class Record(Base):
    """The ledger: the fate of one input record."""

    __tablename__ = "records"
    __table_args__ = (
        one_of("fate", tuple(Fate)),
        CheckConstraint("fate = 'loaded' OR reason IS NOT NULL", name="reason_given"),
        Index(None, "fate", "reason"),
    )
    source_id: Mapped[int] = mapped_column(BigInt, ForeignKey("sources.id"), primary_key=True)
    locator: Mapped[str] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(BigInt, ForeignKey("runs.id"), index=True)
    fate: Mapped[str]
    reason: Mapped[str | None]
    detail: Mapped[str | None]
    sha256: Mapped[str | None]
    page_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("pages.id"), index=True)


class Publisher(Base):
    """A news site, by its registered domain."""

    __tablename__ = "publishers"
    id: Mapped[Id]
    content_key: Mapped[ContentKey]
    domain: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str | None]


class Story(Base):
    """One story and its copies: articles with the same words."""

    __tablename__ = "stories"
    id: Mapped[Id]
    content_key: Mapped[ContentKey]
    first_article_id: Mapped[int | None] = mapped_column(BigInt)
    article_count: Mapped[int] = mapped_column(default=0)
    publisher_count: Mapped[int] = mapped_column(default=0)


class Article(Base):
    """One version of an article: another text under the same URL is another revision."""

    __tablename__ = "articles"
    __table_args__ = (
        share("published_confidence"),
        CheckConstraint("revision >= 1", name="revision"),
    )
    id: Mapped[Id]
    content_key: Mapped[ContentKey]
    page_id: Mapped[int] = mapped_column(BigInt, ForeignKey("pages.id"), unique=True)
    publisher_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("publishers.id"))
    url: Mapped[str | None]
    canonical_url: Mapped[str | None]
    headline: Mapped[str | None]
    subheadline: Mapped[str | None]
    byline: Mapped[str | None]
    section: Mapped[str | None]
    keywords: Mapped[list[str]]
    language: Mapped[str | None]
    published_at: Mapped[datetime | None]
    published_on: Mapped[date | None]
    published_from: Mapped[str | None]
    published_confidence: Mapped[float | None]
    modified_at: Mapped[datetime | None]
    image_url: Mapped[str | None]
    image_caption: Mapped[str | None]
    image_credit: Mapped[str | None]
    text: Mapped[str]
    text_sha256: Mapped[str]
    word_count: Mapped[int]
    is_partial: Mapped[bool]
    is_latest: Mapped[bool] = mapped_column(default=True)
    revision: Mapped[int] = mapped_column(default=1)
    story_id: Mapped[int] = mapped_column(BigInt, ForeignKey("stories.id"))
    extractor: Mapped[str]
    unannotated: Mapped[str | None]


class Block(Base):
    """A part of the body: what it is and where it stands."""

    __tablename__ = "blocks"
    __table_args__ = (one_of("kind", BLOCK_KINDS), ordered_span())
    article_id: Mapped[ArticleId]
    ordinal: Mapped[Ordinal]
    kind: Mapped[str]
    start_char: Mapped[int]
    end_char: Mapped[int]


class Author(Base):
    """A person who signs."""

    __tablename__ = "authors"
    id: Mapped[Id]
    content_key: Mapped[ContentKey]
    name: Mapped[str] = mapped_column(unique=True)


class ArticleAuthor(Base):
    """Who signed which article, in the order of the byline."""

    __tablename__ = "article_authors"
    article_id: Mapped[ArticleId]
    author_id: Mapped[int] = mapped_column(BigInt, ForeignKey("authors.id"), index=True)
    ordinal: Mapped[Ordinal]


class Evidence(Base):
    """One candidate for one field of an article."""

    __tablename__ = "evidence"
    __table_args__ = (share("confidence"),)
    article_id: Mapped[ArticleId]
    ordinal: Mapped[Ordinal]
    field: Mapped[str]
    value: Mapped[str]
    origin: Mapped[str]
    confidence: Mapped[float]
    is_chosen: Mapped[bool]


class Entity(Base):
    """A person, organisation or place across the archive. `name` is its most frequent name."""

    __tablename__ = "entities"
    __table_args__ = (one_of("kind", tuple(EntityKind)),)
    id: Mapped[Id]
    content_key: Mapped[ContentKey]
    kind: Mapped[str]
    name: Mapped[str]
    wikidata_id: Mapped[str | None]
    article_count: Mapped[int] = mapped_column(default=0)
    mention_count: Mapped[int] = mapped_column(default=0)
    first_seen_on: Mapped[date | None]
    last_seen_on: Mapped[date | None]


class EntityName(Base):
    """A name that an entity goes by."""

    __tablename__ = "entity_names"
    entity_id: Mapped[int] = mapped_column(BigInt, ForeignKey("entities.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    mention_count: Mapped[int]


class EntityJudgement(Base):
    """A person's decision on two names. Never changed by a run."""

    __tablename__ = "entity_judgements"
    __table_args__ = (
        one_of("kind", tuple(EntityKind)),
        one_of("judgement", JUDGEMENTS),
        UniqueConstraint("left_name", "right_name", "kind"),
    )
    id: Mapped[Serial]
    left_name: Mapped[str]
    right_name: Mapped[str]
    kind: Mapped[str]
    judgement: Mapped[str]
    decided_by: Mapped[str]
    decided_at: Mapped[datetime]
    note: Mapped[str | None]


class Mention(Base):
    """A named mention."""

    __tablename__ = "mentions"
    __table_args__ = (one_of("kind", tuple(EntityKind)), ordered_span())
    article_id: Mapped[ArticleId]
    ordinal: Mapped[Ordinal]
    entity_id: Mapped[int] = mapped_column(BigInt, ForeignKey("entities.id"))
    kind: Mapped[str]
    text: Mapped[str]
    start_char: Mapped[int]
    end_char: Mapped[int]
    role: Mapped[str | None]


class ClaimGroup(Base):
    """One statement as it stands in several articles: the same words."""

    __tablename__ = "claim_groups"
    id: Mapped[Id]
    content_key: Mapped[ContentKey]
    first_article_id: Mapped[int | None] = mapped_column(BigInt)
    claim_count: Mapped[int] = mapped_column(default=0)
    publisher_count: Mapped[int] = mapped_column(default=0)


class Claim(Base):
    """One attributed statement. `text` is its pieces joined by " … ", the span encloses them.

    A cue of several pieces is given by its first; `cue_lemma` then tells the rest ("call for").

    `speaker_from` is the rule that gave the speaker, or the description where no name is known: "person named",
    "carried on" and so on, each a function of `annotate/speakers` that tells when it answers and why it stands
    where it stands; find.py lists them in the order in which they are asked. `speaker_confidence` is how sure
    that rule is that it is right, `confidence` how sure the whole claim is. Both are NULL where nobody is known,
    and in claims that a version before 0004 loaded.
    """

    __tablename__ = "claims"
    __table_args__ = (
        one_of("kind", tuple(ClaimKind)),
        one_of("stance", tuple(Stance)),
        ordered_span(),
        ordered_span("cue_"),
        ordered_span("source_"),
        share("confidence"),
        share("speaker_confidence"),
        CheckConstraint("(speaker_from IS NULL) = (speaker_confidence IS NULL)", name="speaker_rule"),
        CheckConstraint("said_from_on <= said_to_on", name="said_order"),
    )
    article_id: Mapped[ArticleId]
    ordinal: Mapped[Ordinal]
    kind: Mapped[str]
    stance: Mapped[str]
    text: Mapped[str]
    start_char: Mapped[int]
    end_char: Mapped[int]
    cue: Mapped[str | None]
    cue_lemma: Mapped[str | None]
    cue_start_char: Mapped[int | None]
    cue_end_char: Mapped[int | None]
    source_text: Mapped[str | None]
    source_start_char: Mapped[int | None]
    source_end_char: Mapped[int | None]
    speaker_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("entities.id"))
    speaker_description: Mapped[str | None]
    speaker_role: Mapped[str | None]
    reported_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("entities.id"))
    said_from_on: Mapped[date | None]
    said_to_on: Mapped[date | None]
    confidence: Mapped[float]
    speaker_from: Mapped[str | None]
    speaker_confidence: Mapped[float | None]
    extractor: Mapped[str]
    claim_group_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("claim_groups.id"))


class ClaimPiece(Base):
    """A piece of a claim's content."""

    __tablename__ = "claim_pieces"
    __table_args__ = (
        ForeignKeyConstraint(["article_id", "claim_ordinal"], ["claims.article_id", "claims.ordinal"]),
        ordered_span(),
    )
    article_id: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=False)
    claim_ordinal: Mapped[Ordinal]
    ordinal: Mapped[Ordinal]
    start_char: Mapped[int]
    end_char: Mapped[int]


class Time(Base):
    """A time expression; `value` is TIMEX3."""

    __tablename__ = "times"
    __table_args__ = (one_of("kind", tuple(TimeKind)), ordered_span())
    article_id: Mapped[ArticleId]
    ordinal: Mapped[Ordinal]
    text: Mapped[str]
    start_char: Mapped[int]
    end_char: Mapped[int]
    kind: Mapped[str]
    value: Mapped[str]
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]


class Quantity(Base):
    """A number with what it counts."""

    __tablename__ = "quantities"
    __table_args__ = (ordered_span(),)
    article_id: Mapped[ArticleId]
    ordinal: Mapped[Ordinal]
    text: Mapped[str]
    start_char: Mapped[int]
    end_char: Mapped[int]
    value: Mapped[float | None]
    modifier: Mapped[str | None]
    unit: Mapped[str | None]
    counted: Mapped[str | None]


# The questions in sql/ and the store's own look-ups.
Index(None, Article.url, Article.is_latest)
Index(None, Article.publisher_id, Article.published_on)
Index(None, Article.published_on)
Index(None, Article.story_id)
Index(None, Article.text_sha256)
Index(None, Mention.entity_id, Mention.article_id)
Index(None, Claim.speaker_id, Claim.said_from_on)
Index(None, Claim.reported_by_id)
Index(None, Claim.claim_group_id)
Index(None, Entity.name)
Index(None, EntityName.name)
