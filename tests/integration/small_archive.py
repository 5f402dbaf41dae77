"""A small archive that is stored without being read: readings of one sentence, made up part by part."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime

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

SENTENCE = "The port{of} will open in May with 1,200 jobs, said {name} on Monday."


def reading(
    name: str, url: str | None, day: date | None, suffix: str = "", headline: str = "Port", of: str = ""
) -> Reading:
    body = SENTENCE.format(name=name, of=of) + suffix
    start = body.index(name)
    end = body.index(", said")
    article = Article(
        text=body,
        url=url,
        publisher_domain="harbour.example" if url else None,
        publisher_name="Harbour Post",
        headline=headline,
        authors=("Ida Holm", "Ben Ruiz"),
        keywords=("port", "jobs"),
        published_on=day,
        blocks=(Block("paragraph", 0, len(body)),),
        evidence=(Evidence("headline", headline, "h1", 0.9, True),),
        charset="utf-8",
    )
    mention = Mention(start, start + len(name), name, "person", None, "speaker")
    claim = Claim(
        text=body[:end],
        pieces=((0, end),),
        cue=((end + 2, end + 6),),
        source=(start, start + len(name)),
        kind="indirect",
        stance="statement",
        speaker_key="speaker",
        speaker_description=None,
        speaker_role=None,
        reported_by_key=None,
        said_from_on=day,
        said_to_on=day,
        confidence=0.8,
        speaker_from="person named",
        speaker_confidence=0.97,
        extractor="test",
        cue_lemma="say",
    )
    number = body.index("1,200")
    annotations = Annotations(
        (mention,),
        (claim,),
        (Time(body.index("May"), body.index("May") + 3, "May", "date", "2024-05", None, None),),
        (Quantity(number, number + 10, "1,200 jobs", 1200.0, None, None, "jobs"),),
    )
    return Reading(
        article, annotations, resolve(article, annotations, article_key(article, article.text_sha256))
    )


def outcome(
    place: str,
    result: Reading | Rejection,
    captured_at: datetime | None = None,
    bytes_suffix: bytes = b"",
) -> Outcome:
    url = result.article.url if isinstance(result, Reading) else None
    words = result.article.text if isinstance(result, Reading) else result.detail
    body = words.encode() + bytes_suffix
    digest = hashlib.sha256(body).hexdigest()
    source = Source(f"file:///inbox/{place}", "html", digest, len(body))
    page = RawPage(source.uri, "0", body, "text/html", url, captured_at)
    return Outcome(InputRecord(source, "0", digest, page), result, compress(body))


MAY_1, MAY_3 = datetime(2024, 5, 1, 8, tzinfo=UTC), datetime(2024, 5, 3, 8, tzinfo=UTC)
URL = "https://harbour.example/port"


def archive() -> list[Outcome]:
    """Copies, revisions, captures of the same text, equal pages, other spellings, rejections."""
    first = reading("Dmitri Orlin", URL, date(2024, 5, 1))
    recaptured = reading("Dmitri Orlin", URL, date(2024, 4, 30), headline="The port")
    revised = reading("Dmitri Orlin", URL, date(2024, 5, 1), " It had been delayed twice.")
    copied = reading("Dmitri Orlin", "https://harbour.example/copy", date(2024, 5, 2))
    respelled = reading("Dmitry Orlin", "https://harbour.example/other", None)
    bare = reading("Orlin", None, date(2024, 5, 4))
    unreadable = Source("file:///inbox/dark.bin", "binary data", "00" * 32, 7)
    rejection = Rejection(Reason.UNSUPPORTED_FORMAT, "dark.bin: binary data")
    return [
        outcome("a.html", first, MAY_3),
        outcome("b.html", recaptured, MAY_1, b"<!-- other furniture -->"),
        outcome("c.html", revised, MAY_3),
        outcome("d.html", copied),
        outcome("e.html", respelled),
        outcome("f.html", bare),
        outcome("g.html", bare),
        outcome("h.html", Rejection(Reason.NOT_AN_ARTICLE, "an index page")),
        outcome("i.html", Rejection(Reason.NOT_AN_ARTICLE, "an index page")),
        Outcome(InputRecord(unreadable, "0", unreadable.sha256, rejection), rejection),
    ]


def store(engine: Engine, outcomes: Sequence[Outcome], size: int) -> int:
    run_id = start_run(engine, "load", {})
    for at in range(0, len(outcomes), size):
        part = outcomes[at : at + size]
        write_batch(engine, run_id, part, [item.record.source for item in part])
    finish_run(engine, run_id, "finished", len(outcomes))
    return run_id
