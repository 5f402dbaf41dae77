"""A small archive whose answers can be counted by hand: marks are given as words, their spans are found."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine

from etl.records import (
    Annotations,
    Article,
    Block,
    Claim,
    Evidence,
    InputRecord,
    Mention,
    Outcome,
    Quantity,
    RawPage,
    Reading,
    Reason,
    Rejection,
    Source,
    Time,
    article_key,
)
from etl.resolve import resolve
from etl.store import write_batch
from etl.store.bodies import compress
from etl.store.ledger import finish_run, start_run

TUESDAY = date(2024, 3, 5)
COURIER = {"publisher_domain": "courier.example", "publisher_name": "Courier"}
HERALD = {"publisher_domain": "herald.example"}
COURIER_URL = "https://courier.example/quay"
COURIER_COPY_URL = "https://courier.example/ships"
HERALD_URL = "https://herald.example/warning"
HERALD_COPY_URL = "https://herald.example/ships"
UNNAMED = ("names nobody", 0.8)
HERALD_UNDATED_URL = "https://herald.example/about-the-quay"


@dataclass(frozen=True, slots=True)
class Said:
    """A claim as its words: pieces, cue and source in the text, the speaker's key."""

    pieces: tuple[str, ...]
    cue: str
    source: str
    speaker: str | None = None
    kind: str = "indirect"
    stance: str = "statement"
    role: str | None = None
    description: str | None = None
    said_on: date | None = None
    rule: tuple[str, float] = ("person named", 0.97)


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity as its words."""

    text: str
    value: float
    unit: str | None = None
    counted: str | None = None
    modifier: str | None = None


def reading(
    article: Article, names: Sequence[tuple[str, str, str]], said: Sequence[Said], numbers: Sequence[Number]
) -> Reading:
    """What was read from one page; `names` are (words, kind, entity key) in the order of the text."""
    text = article.text
    mentions, after = [], 0
    for words, kind, key in names:
        start = text.index(words, after)
        after = start + len(words)
        mentions.append(Mention(start, after, words, kind, "union leader" if key == "adeyemi" else None, key))
    quantities = [
        Quantity(
            start := text.index(number.text), start + len(number.text), number.text,
            number.value, number.modifier, number.unit, number.counted,
        )
        for number in numbers
    ]  # fmt: skip
    times = [
        Time(start := text.index("Tuesday"), start + 7, "Tuesday", "date", "2024-03-05", TUESDAY, TUESDAY)
    ] if "Tuesday" in text else []  # fmt: skip
    claims = [_claim(text, item) for item in said]
    annotations = Annotations(tuple(mentions), tuple(claims), tuple(times), tuple(quantities))
    blocks = (Block("paragraph", 0, len(text)),)
    key = article_key(article, hashlib.sha256(text.encode()).hexdigest())
    return Reading(
        replace(article, blocks=blocks, authors=("Ida Holm",)),
        annotations,
        resolve(article, annotations, key),
    )


def _claim(text: str, said: Said) -> Claim:
    def span(words: str) -> tuple[int, int]:
        start = text.index(words)
        return start, start + len(words)

    pieces = tuple(span(piece) for piece in said.pieces)
    return Claim(
        text=" … ".join(said.pieces),
        pieces=pieces,
        cue=(span(said.cue),),
        source=span(said.source),
        kind=said.kind,
        stance=said.stance,
        speaker_key=said.speaker,
        speaker_description=said.description,
        speaker_role=said.role,
        reported_by_key=None,
        said_from_on=said.said_on,
        said_to_on=said.said_on,
        confidence=0.9,
        speaker_from=said.rule[0],
        speaker_confidence=said.rule[1],
        extractor="hand",
    )


def dated(
    day: str | None, time: str | None = None, origin: str = "json-ld", confidence: float = 0.95
) -> dict[str, object]:
    """An article's date with its evidence."""
    if day is None:
        evidence = (Evidence("published_on", "2024-03-09", "url", 0.2, False),)
        return {"evidence": evidence}
    return {
        "published_on": date.fromisoformat(day),
        "published_at": datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=UTC) if time else None,
        "published_from": origin,
        "published_confidence": confidence,
        "evidence": (Evidence("published_on", day, origin, confidence, True),),
    }


COLLAPSE = (
    "Norvik Marine built the quay. “We have lost {dead} good workers,” said Grace Adeyemi of the union on"
    " Tuesday. Andrei Khomenko denied that his company had been warned."
)
COLLAPSE_NAMES = (
    ("Norvik Marine", "organisation", "norvik"),
    ("Grace Adeyemi", "person", "adeyemi"),
    ("Andrei Khomenko", "person", "khomenko"),
)


def collapse(dead: str, modified_hour: int) -> Reading:
    article = Article(
        COLLAPSE.format(dead=dead),
        url=COURIER_URL,
        headline=f"{dead.capitalize()} dead in port",
        modified_at=datetime(2024, 3, 5, modified_hour, tzinfo=UTC),
        **COURIER,
        **dated("2024-03-05", "10:00"),
    )
    said = (
        Said(
            (f"We have lost {dead} good workers",),
            "said",
            "Grace Adeyemi of the union",
            "adeyemi",
            kind="direct",
            role="union leader",
            said_on=TUESDAY,
        ),
        Said(("his company had been warned",), "denied", "Andrei Khomenko", "khomenko", stance="denial"),
    )
    number = Number(f"{dead} good workers", {"three": 3, "four": 4}[dead], None, "workers")
    return reading(article, COLLAPSE_NAMES, said, (number,))


def ships(publisher: dict[str, str], url: str, headline: str, day: str, time: str) -> Reading:
    """A wire story, word for word the same wherever it stands."""
    text = (
        "“Nobody keeps stocks,” said Ines Duarte, “for longer than 6 weeks now.” About 90 ships will be"
        " diverted, officials warned."
    )
    said = (
        Said(
            ("Nobody keeps stocks", "for longer than 6 weeks now"), "said", "Ines Duarte", "duarte", "direct"
        ),
        Said(
            ("About 90 ships will be diverted",), "warned", "officials", description="officials", rule=UNNAMED
        ),
    )
    numbers = (Number("6 weeks", 6, "week"), Number("About 90 ships", 90, None, "ships", "about"))
    article = Article(text, url=url, headline=headline, **publisher, **dated(day, time))
    return reading(article, (("Ines Duarte", "person", "duarte"),), said, numbers)


def warning() -> Reading:
    """The same speaker under another spelling; a claim within a claim."""
    text = (
        "According to Grace Adeyemi, a lawyer said that 12 cracks were found. Andrey Homenko promised to pay"
        " at least 5 million pounds."
    )
    said = (
        Said(("a lawyer said that 12 cracks were found",), "According to", "Grace Adeyemi", "adeyemi"),
        Said(("12 cracks were found",), "said", "a lawyer", description="a lawyer", rule=UNNAMED),
        Said(
            ("to pay at least 5 million pounds",), "promised", "Andrey Homenko", "khomenko", stance="promise"
        ),
    )
    numbers = (
        Number("12 cracks", 12, None, "cracks"),
        Number("at least 5 million pounds", 5_000_000, "GBP", None, "at least"),
    )
    names = (("Grace Adeyemi", "person", "adeyemi"), ("Andrey Homenko", "person", "khomenko"))
    article = Article(
        text,
        url=HERALD_URL,
        headline="Cracks were known",
        **HERALD,
        **dated("2024-03-06", "14:05", "meta", 0.9),
    )
    return reading(article, names, said, numbers)


def dump() -> Reading:
    """A text dump: no address, so no publisher; it has the Courier's quote as well."""
    text = (
        "“We have lost four good workers,” Grace Adeyemi said on Tuesday. She accused Andrey Homenko of"
        " silence about Norvik Marine."
    )
    said = (
        Said(
            ("We have lost four good workers",), "said", "Grace Adeyemi", "adeyemi", "direct", said_on=TUESDAY
        ),
        Said(
            ("Andrey Homenko of silence about Norvik Marine",),
            "accused",
            "She",
            "adeyemi",
            stance="accusation",
            rule=("he or she spoke last", 0.85),
        ),
    )
    names = (
        ("Grace Adeyemi", "person", "adeyemi"),
        ("Andrey Homenko", "person", "khomenko"),
        ("Norvik Marine", "organisation", "norvik"),
    )
    article = Article(text, headline="Port mourns", **dated("2024-03-06", None, "visible text", 0.7))
    return reading(article, names, said, ())


def undated() -> Reading:
    text = "The Eastern Quay is 900 metres long and was planned by Norvik Marine."
    article = Article(text, url=HERALD_UNDATED_URL, headline="About the quay", **HERALD, **dated(None))
    return reading(article, (("Norvik Marine", "organisation", "norvik"),), (), ())


CAPTURED = datetime(2024, 3, 10, 3, tzinfo=UTC)


def outcome(
    place: str, result: Reading | Rejection, bytes_suffix: bytes = b"", captured_at: datetime = CAPTURED
) -> Outcome:
    """One input record, a page, and what became of it."""
    article = result.article if isinstance(result, Reading) else None
    body = (article.text if article else place).encode() + bytes_suffix
    digest = hashlib.sha256(body).hexdigest()
    source = Source(f"file:///inbox/{place}", "html", digest, len(body))
    page = RawPage(source.uri, "0", body, "text/html", article.url if article else None, captured_at)
    return Outcome(InputRecord(source, "0", digest, page), result, compress(body))


def outcomes() -> list[Outcome]:
    """Loaded, the same page, the same text, rejected with and without a page."""
    broken = Source("file:///inbox/broken.html.gz", "html+gzip", "00" * 32, 7)
    damage = Rejection(Reason.DAMAGED_ARCHIVE, "after 0 records")
    return [
        outcome("collapse.html", collapse("three", 10)),
        outcome("collapse-updated.html", collapse("four", 18)),
        outcome("ships.html", ships(COURIER, COURIER_COPY_URL, "90 ships diverted", "2024-03-07", "16:30")),
        outcome("ships-herald.html", ships(HERALD, HERALD_COPY_URL, "Ships sail on", "2024-03-08", "06:15")),
        outcome("warning.html", warning()),
        outcome("dump.txt", dump()),
        outcome("undated.html", undated()),
        outcome("warning-again.html", warning(), b"<!-- more comments -->", CAPTURED + timedelta(days=1)),
        outcome("warning-copy.html", warning()),
        outcome("index.html", Rejection(Reason.NOT_AN_ARTICLE, "a list of teasers")),
        Outcome(InputRecord(broken, "after:0", broken.sha256, damage), damage),
    ]


def fill(engine: Engine) -> None:
    """Store the archive as a run does."""
    run_id = start_run(engine, "load", {})
    batch = outcomes()
    write_batch(engine, run_id, batch, [item.record.source for item in batch])
    finish_run(engine, run_id, "finished", len(batch))
