"""What passes between the stages: small frozen dataclasses, no behaviour beyond derived values.

Spans are half-open offsets in Unicode code points into `Article.text`. Fields that share a name with
a column of `etl.models` are that column; `store` copies them by name.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from etl.language.storable import storable
from etl.language.vocabulary import ClaimKind, Stance

Span = tuple[int, int]
Key = tuple[int, str]
"""Of a record in the ledger: source id and locator."""

MAX_NAME_LENGTH = 300
"""Characters of a name that the archive knows: what a database index surely holds."""

ID_BITS = 53
"""Of an id: a double holds every integer below 2^53."""

_WORD = re.compile(r"\w+(?:['’.\-]\w+)*")


class Fate(StrEnum):
    """What became of an input record. Every record has exactly one."""

    LOADED = "loaded"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    SKIPPED = "skipped"


class Reason(StrEnum):
    """Why a record was not loaded. docs/reasons.md explains each to users."""

    # duplicate
    SAME_PAGE = "same_page"
    SAME_TEXT = "same_text"
    # skipped
    ALREADY_IN_LEDGER = "already_in_ledger"
    NOT_A_PAGE = "not_a_page"
    HTTP_STATUS = "http_status"
    MEDIA_TYPE = "media_type"
    REVISIT = "revisit"
    # rejected while loading
    UNREACHABLE = "unreachable"
    UNSUPPORTED_FORMAT = "unsupported_format"
    UNREADABLE = "unreadable"
    DAMAGED_ARCHIVE = "damaged_archive"
    MALFORMED_RECORD = "malformed_record"
    TOO_LARGE = "too_large"
    # rejected while normalizing
    EMPTY = "empty"
    TOO_SHORT = "too_short"
    NOT_AN_ARTICLE = "not_an_article"
    UNDECODABLE = "undecodable"
    # rejected because the page broke its worker
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    WORKER_DIED = "worker_died"
    INTERNAL_ERROR = "internal_error"
    # rejected while storing
    ID_COLLISION = "id_collision"

    @property
    def fate(self) -> Fate:
        """What this reason makes of a record."""
        if self in (Reason.SAME_PAGE, Reason.SAME_TEXT):
            return Fate.DUPLICATE
        return Fate.SKIPPED if self in _REASONS_TO_SKIP else Fate.REJECTED


_REASONS_TO_SKIP = (
    Reason.ALREADY_IN_LEDGER,
    Reason.NOT_A_PAGE,
    Reason.HTTP_STATUS,
    Reason.MEDIA_TYPE,
    Reason.REVISIT,
)


@dataclass(frozen=True, slots=True)
class RawPage:
    """One page as it was scraped.

    `source_uri` and `locator` say where it lies (the locator is a byte offset or a member name within
    the source). `media_type` is text/html or text/plain. `charset` is what the transport declared.
    `captured_at` is aware UTC. `is_truncated`: its scraper stopped before its end. `declared` is what its table
    tells of it: any of headline, authors (with semicolons between), published.
    """

    source_uri: str
    locator: str
    body: bytes
    media_type: str
    url: str | None = None
    captured_at: datetime | None = None
    charset: str | None = None
    is_truncated: bool = False
    declared: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class Source:
    """An input file as it was found: another content at the same place is another source.

    `kind` names the loader, with "+gzip" where it is compressed; `sha256` and `byte_length` are of the file
    as it lies there, None when it can't be read.
    """

    uri: str
    kind: str
    sha256: str | None
    byte_length: int | None

    @property
    def content_key(self) -> bytes:
        return content_key("source", self.uri, self.sha256 or "")

    @property
    def id(self) -> int:
        return id_of(self.content_key)


@dataclass(frozen=True, slots=True)
class Rejection:
    """An input that does not become an article: a reason code and a message of at most 500 characters.

    The reason says whether it is rejected or skipped.
    """

    reason: Reason
    detail: str = ""
    charset: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "detail", storable(self.detail)[:500])


@dataclass(frozen=True, slots=True)
class InputRecord:
    """One record of a source, at `locator`: a page, or why there is none. `sha256` is of its raw bytes."""

    source: Source
    locator: str
    sha256: str | None
    content: RawPage | Rejection

    @property
    def key(self) -> Key:
        return self.source.id, self.locator


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list_item or caption of the body."""

    kind: str
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """One candidate for one field of an article: its value, where it was found and how sure it is (0..1)."""

    field: str
    value: str
    origin: str
    confidence: float
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Article:
    """A page's article. `text` is the body: blocks joined by a blank line, nothing of the furniture.

    `published_at` and `modified_at` are aware UTC; `published_on` is the day the publisher prints;
    `published_from` names the origin that won. `charset` is the one the page was decoded with.
    `extractor` is html or text with the fingerprint of what read it, or "given" for text that needed no reading.
    """

    text: str
    url: str | None = None
    canonical_url: str | None = None
    publisher_domain: str | None = None
    publisher_name: str | None = None
    headline: str | None = None
    subheadline: str | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    keywords: tuple[str, ...] = ()
    language: str | None = None
    published_at: datetime | None = None
    published_on: date | None = None
    published_from: str | None = None
    published_confidence: float | None = None
    modified_at: datetime | None = None
    image_url: str | None = None
    image_caption: str | None = None
    image_credit: str | None = None
    is_partial: bool = False
    blocks: tuple[Block, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    charset: str | None = None
    extractor: str = "given"

    @classmethod
    def from_text(cls, text: str, published_on: date | None = None) -> Article:
        """Wrap plain English body text, kept as it is to the character; a block for each non-empty line."""
        blocks = tuple(
            Block("paragraph", line.start(), line.end()) for line in re.finditer(r"\S[^\n]*", text)
        )
        return cls(text=text, language="en", published_on=published_on, blocks=blocks)

    @property
    def text_sha256(self) -> str:
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    @property
    def word_count(self) -> int:
        return sum(1 for _ in _WORD.finditer(self.text))


@dataclass(frozen=True, slots=True)
class Mention:
    """A named mention; `kind` is one of EntityKind.

    `entity_key` is the same for all mentions of one thing in the article and means nothing outside it.
    """

    start_char: int
    end_char: int
    text: str
    kind: str
    role: str | None
    entity_key: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One attributed statement; `text` is its pieces joined by " … ".

    `speaker_key` and `reported_by_key` are entity keys of the article's mentions, None where no named
    entity stands behind the words; `speaker_description` then keeps them ("officials"), and beside the key of
    the first of several speakers it keeps all ("Ann Lee and Jan Lis"). `speaker_from` names the rule that gave
    one or the other and `speaker_confidence` tells how sure that is (0..1); both are None where nobody is known,
    neither by name nor by description. `extractor` is the name of the encoder's weights with a fingerprint of
    rules, word lists and weights.
    """

    text: str
    pieces: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: Span | None
    kind: ClaimKind
    stance: Stance
    speaker_key: str | None
    speaker_description: str | None
    speaker_role: str | None
    reported_by_key: str | None
    said_from_on: date | None
    said_to_on: date | None
    confidence: float
    speaker_from: str | None
    speaker_confidence: float | None
    extractor: str
    cue_lemma: str | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression with its TIMEX3 value; `kind` is one of TimeKind, `from_on` and `to_on` where it names days."""

    start_char: int
    end_char: int
    text: str
    kind: str
    value: str
    from_on: date | None
    to_on: date | None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts or measures, in base units ("1.2 million euros" -> 1200000, EUR)."""

    start_char: int
    end_char: int
    text: str
    value: float | None
    modifier: str | None
    unit: str | None
    counted: str | None


@dataclass(frozen=True, slots=True)
class Annotations:
    """What one article says. `unannotated` tells why an article was not read ("language:de")."""

    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    times: tuple[Time, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    unannotated: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation or place of the archive, as one article names it."""

    content_key: bytes
    kind: str
    names: tuple[tuple[str, int], ...]
    """The names it goes by here, each with its number of mentions."""

    @property
    def id(self) -> int:
        return id_of(self.content_key)


@dataclass(frozen=True, slots=True)
class Resolved:
    """Archive-wide identities for one article: of its entity keys, its story and its claims."""

    entities: dict[str, Entity]
    story_key: bytes
    claim_group_keys: tuple[bytes | None, ...]
    """One for each claim, in order; None for a claim too short to be recognised elsewhere."""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one page."""

    article: Article
    annotations: Annotations
    resolved: Resolved


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input record: ready to be stored. `body` is the page's bytes, zstd compressed."""

    record: InputRecord
    result: Reading | Rejection
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Books:
    """The fates of a number of input records, and the reasons of those that were not loaded."""

    fates: Counter[Fate]
    reasons: Counter[Reason]

    @property
    def inputs(self) -> int:
        return self.fates.total()

    def __add__(self, other: Books) -> Books:
        return Books(self.fates + other.fates, self.reasons + other.reasons)


def article_key(article: Article, page_sha256: str) -> str:
    """What stays the same over an article's revisions: its address, else its page's bytes."""
    return article.url or f"sha256:{page_sha256}"


def usable_url(value: str | None) -> str | None:
    """The address if it is an absolute http(s) one of at most 2,000 bytes (an index holds no more)."""
    value = (value or "").strip()
    if not re.match(r"https?://[^\s/]", value, re.IGNORECASE) or len(value.encode("utf-8", "replace")) > 2000:
        return None
    return value if value.isprintable() and " " not in value else None


def content_key(*parts: str) -> bytes:
    """What an id is made of, in 16 bytes (two BLAKE2b hashes): the same parts give the same key on any machine.

    It is stored beside the id, under a unique constraint, so that two contents with one id are told apart. Ids
    before revision 0005 were 63 bits of the first hash: it is kept, so that ids keep their order, which breaks ties.
    """
    content = "\x1f".join(parts).encode("utf-8")
    hashes = (hashlib.blake2b(content, digest_size=8, person=person) for person in (b"", b"content key"))
    return b"".join(found.digest() for found in hashes)


def id_of(key: bytes) -> int:
    """The id of a content: the first bits of its key, below 2^53, so that all who hold numbers as doubles keep it.

    JavaScript does (so jq and Datasette's JSON), R, pandas where a column has NULLs, and spreadsheets: of two
    larger ids that differ in the last digits they make one. Two contents may have one id, if rarely.
    """
    return int.from_bytes(key[:8], "big") >> (64 - ID_BITS)


def join_pieces(text: str, pieces: Sequence[Span]) -> str:
    """The words of a claim: its pieces, joined by an ellipsis."""
    return " … ".join(text[start:end] for start, end in pieces)
