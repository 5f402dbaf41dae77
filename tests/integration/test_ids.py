"""Two contents that would get one id: the second is a rejected record, whatever kind of id it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from etl import records
from etl.database import migrate, open_engine
from etl.models import Base
from etl.pipeline import load_partition, open_run
from etl.records import Fate, Key, Outcome, Reading, Reason, Source, content_key, id_of
from etl.retry import retry_rejected
from etl.settings import Settings
from etl.store import rows, write_batch
from etl.store.ledger import finish_run, read_run, rejected_records, start_run
from etl.verify import dump_hash, verify
from tests.faults.loading import remembering
from tests.integration.small_archive import MAY_1, outcome, reading, store

TABLES = Base.metadata.tables
KINDS = [name for name, table in TABLES.items() if "content_key" in table.c]
SYLLABLES = ("ba", "de", "gi", "ko", "lu", "ma", "ne", "pi", "ro", "su")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def short_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids of 8 bits, so that contents with one id are found at once."""
    monkeypatch.setattr(records, "ID_BITS", 8)


def numbered(number: int) -> Outcome:
    """A record that shares no content with one of another number."""
    name = "".join(SYLLABLES[int(digit)] for digit in str(number)).capitalize()
    site = f"{name.lower()}.example"
    made = reading(f"Dmitri {name}", f"https://{site}/port", date(2024, 5, 1), of=f" of {name}")
    article = replace(made.article, publisher_domain=site, authors=(f"Ida {name}",))
    return outcome(f"{number}.html", replace(made, article=article))


def identities(item: Outcome) -> list[rows.Identity]:
    return [("sources", item.record.source.content_key), *rows.identities(item)]


def shared(left: Outcome, right: Outcome) -> set[str]:
    """The tables in which two records would have one id."""
    ids = {(table, id_of(key)) for table, key in identities(left)}
    return {table for table, key in identities(right) if (table, id_of(key)) in ids}


@cache
def three(kind: str) -> list[Outcome]:
    """A record, one that has the same id among `kind` and no other, and one that has no id in common with either."""
    first = numbered(0)
    second = next(item for item in map(numbered, range(1, 5000)) if shared(first, item) == {kind})
    third = next(
        item
        for item in map(numbered, range(5000, 6000))
        if not shared(first, item) and not shared(second, item)
    )
    return [first, second, third]


def texts(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.scalars(select(TABLES["articles"].c.text)))


def text_of(item: Outcome) -> str:
    assert isinstance(item.result, Reading)
    return item.result.article.text


def test_each_content_has_an_id_below_2_to_the_53_and_a_constraint(engine: Engine) -> None:
    assert set(KINDS) == {
        "sources", "pages", "publishers", "stories", "articles", "authors", "entities", "claim_groups",
    }  # fmt: skip
    store(engine, [numbered(number) for number in range(20)], 7)
    with engine.connect() as connection:
        for kind in KINDS:
            table = TABLES[kind]
            assert any(set(key.columns.keys()) == {"content_key"} for key in table.constraints), kind
            found = connection.execute(select(table.c.id, table.c.content_key)).all()
            assert found
            assert all(row.id == id_of(row.content_key) < 2**53 for row in found)


@pytest.mark.usefixtures("short_ids")
@pytest.mark.parametrize("size", [1, 3], ids=["batch by batch", "in one batch"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_second_of_two_contents_with_one_id_is_rejected_and_its_neighbours_load(
    engine: Engine, tmp_path: Path, kind: str, size: int
) -> None:
    first, second, third = three(kind)
    run = read_run(engine, store(engine, [first, second, third], size))
    assert {fate: run[fate] for fate in Fate} == {"loaded": 2, "duplicate": 0, "rejected": 1, "skipped": 0}
    assert run["reasons"] == {Reason.ID_COLLISION: 1}
    assert texts(engine) == {text_of(first), text_of(third)}
    assert list(verify(engine)) == []
    [rejected] = rejected_records(engine)
    assert rejected.source.uri == second.record.source.uri
    assert f"its id among {kind}, " in rejected.detail
    assert (rejected.page is None) == (kind in ("sources", "pages"))
    assert no_trace(engine, kind, second)

    before = dump_hash(engine)
    again = read_run(engine, store(engine, [first, second, third], size))
    assert again["skipped"] == 3
    retry = start_run(engine, "retry", {})
    keys: set[Key] = {(rejected.source.id, rejected.locator)}
    write_batch(engine, retry, [second], retried=keys | {second.record.key})
    finish_run(engine, retry, "finished", 1)
    assert dump_hash(engine) == before
    assert list(verify(engine)) == []
    assert before == dump_in_sqlite(tmp_path, [first, second, third], size)


def no_trace(engine: Engine, kind: str, item: Outcome) -> bool:
    """Whether nothing of a rejected record is stored that its fate does not call for."""
    kept = {"sources", "pages"} if kind not in ("sources", "pages") else {"sources"} - {kind}
    with engine.connect() as connection:
        return all(
            table in kept
            or not connection.scalar(
                select(func.count()).select_from(TABLES[table]).where(TABLES[table].c.content_key == key)
            )
            for table, key in identities(item)
        )


def dump_in_sqlite(folder: Path, outcomes: list[Outcome], size: int) -> str:
    reference = open_engine(f"sqlite:///{folder / 'reference.db'}")
    migrate(reference)
    store(reference, outcomes, size)
    found = dump_hash(reference)
    reference.dispose()
    return found


@pytest.mark.usefixtures("short_ids")
def test_which_of_the_two_is_rejected_is_a_fact_of_loading(engine: Engine) -> None:
    first, second, third = three("stories")
    store(engine, [second, first, third], 2)
    assert texts(engine) == {text_of(second), text_of(third)}
    assert list(verify(engine)) == []


@pytest.mark.usefixtures("short_ids")
def test_two_contents_of_one_article_may_have_one_id_too(engine: Engine) -> None:
    item = numbered(0)
    assert isinstance(item.result, Reading)
    holm = id_of(content_key("author", "Ida Holm"))
    namesake = next(
        name for name in map("Ola Berg {}".format, range(5000)) if id_of(content_key("author", name)) == holm
    )
    article = replace(item.result.article, authors=("Ida Holm", namesake))
    run_id = store(engine, [replace(item, result=replace(item.result, article=article)), numbered(1)], 2)
    assert read_run(engine, run_id)["reasons"] == {Reason.ID_COLLISION: 1}
    assert texts(engine) == {text_of(numbered(1))}


@pytest.mark.usefixtures("short_ids")
def test_a_version_that_would_collide_replaces_none(engine: Engine) -> None:
    first, second, third = three("authors")
    assert isinstance(first.result, Reading)
    assert isinstance(second.result, Reading)
    signed_by_another = replace(first.result.article, authors=second.result.article.authors)
    earlier = outcome("earlier.html", replace(first.result, article=signed_by_another), MAY_1, b"<!-- -->")
    assert shared(earlier, third) == set()
    store(engine, [first, third], 2)
    before = dump_of_articles(engine)
    run = read_run(engine, store(engine, [earlier], 1))
    assert run["reasons"] == {Reason.ID_COLLISION: 1}
    assert dump_of_articles(engine) == before
    assert list(verify(engine)) == []


def dump_of_articles(engine: Engine) -> set[tuple[object, ...]]:
    articles, signed = TABLES["articles"], TABLES["article_authors"]
    with engine.connect() as connection:
        query = select(articles.c.id, articles.c.page_id, signed.c.author_id).outerjoin(signed)
        return {tuple(row) for row in connection.execute(query)}


@pytest.mark.usefixtures("short_ids")
def test_a_file_whose_id_is_taken_is_not_taken_for_the_file_that_is_known(
    engine: Engine, tmp_path: Path
) -> None:
    first, second = two_files_with_one_id(tmp_path)
    assert load(engine, first) == {"not_an_article": 1}
    assert load(engine, second) == {"id_collision": 1}
    assert load(engine, second, first) == {"already_in_ledger": 2}
    before = dump_hash(engine)
    assert retry(engine) == {"not_an_article": 1, "already_in_ledger": 1}
    assert dump_hash(engine) == before
    assert {(item.source.uri, item.reason) for item in rejected_records(engine)} == {
        (first.as_uri(), Reason.NOT_AN_ARTICLE),
        (second.as_uri(), Reason.ID_COLLISION),
    }
    assert list(verify(engine)) == []


def two_files_with_one_id(folder: Path) -> tuple[Path, Path]:
    """Two files of a word each whose sources have one id, and not their pages."""
    found = {}
    for number in range(5000):
        words = f"Nothing{number}".encode()
        path = folder / f"{number}.txt"
        digest = hashlib.sha256(words).hexdigest()
        source = Source(path.as_uri(), "text", digest, len(words))
        other = found.setdefault(source.id, (path, words, digest))
        unread = Source(path.as_uri(), "text", None, None)
        page_ids = {id_of(rows.page_key(None, None, item)) for item in (digest, other[2])}
        if other[0] != path and len(page_ids) == 2 and unread.id != source.id:
            path.write_bytes(words)
            other[0].write_bytes(other[1])
            return other[0], path
    raise AssertionError("no two files have one id")


def load(engine: Engine, *files: Path) -> dict[str, int]:
    """Load in this process; returns the reasons."""
    given = Settings(database_url=engine.url.render_as_string(hide_password=False), jobs=1)
    with remembering({}), open_run(engine, "load", given) as run_id:
        load_partition(engine, run_id, [str(file) for file in files], given)
    return dict(read_run(engine, run_id)["reasons"])


def retry(engine: Engine) -> dict[str, int]:
    given = Settings(database_url=engine.url.render_as_string(hide_password=False), jobs=1)
    with remembering({}), open_run(engine, "retry", given) as run_id:
        retry_rejected(engine, run_id, given)
    return dict(read_run(engine, run_id)["reasons"])
