"""The store: exactly once, in any order, the same on both databases."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, make_url, select, text

from etl import database
from etl.database import migrate, open_engine
from etl.errors import DatabaseError
from etl.models import Base
from etl.pipeline import open_run
from etl.records import (
    Annotations,
    Claim,
    Fate,
    Mention,
    Outcome,
    RawPage,
    Reading,
    Reason,
    Rejection,
    content_key,
)
from etl.resolve import resolve
from etl.settings import Settings
from etl.store import write_batch
from etl.store.ledger import count_rows, finish_run, known_records, read_run, rejected_records, start_run
from etl.verify import dump_hash, verify
from tests.faults.servers import terminate_backends
from tests.integration.small_archive import MAY_1, MAY_3, URL, archive, outcome, reading, store

TABLES = Base.metadata.tables


@pytest.fixture
def engine(database_url: str):
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


def test_each_record_has_its_fate(engine: Engine) -> None:
    run = read_run(engine, store(engine, archive(), 3))
    assert {fate: run[fate] for fate in Fate} == {"loaded": 5, "duplicate": 3, "rejected": 2, "skipped": 0}
    assert run["reasons"] == {
        "same_page": 2, "same_text": 1, "not_an_article": 1, "unsupported_format": 1,
    }  # fmt: skip
    assert count_rows(engine, "articles")["articles"] == run["loaded"]
    assert list(verify(engine)) == []


def test_the_same_dump_in_any_order_and_batch_size_and_on_both_databases(
    engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    reference = open_engine(f"sqlite:///{tmp_path_factory.mktemp('reference') / 'ledger.db'}")
    migrate(reference)
    store(reference, archive(), 4)
    expected = dump_hash(reference)
    for seed in range(6):
        migrate(engine, "base")
        migrate(engine)
        shuffled = archive()
        random.Random(seed).shuffle(shuffled)
        store(engine, shuffled, 1 + 2 * seed)
        assert dump_hash(engine) == expected, seed
        assert list(verify(engine)) == []
    reference.dispose()


def test_loading_again_changes_nothing_and_is_counted_as_skipped(engine: Engine) -> None:
    store(engine, archive(), 4)
    before = dump_hash(engine)
    run = read_run(engine, store(engine, archive(), 3))
    assert run["skipped"] == run["inputs"] == 10
    assert run["reasons"] == {"already_in_ledger": 10}
    assert dump_hash(engine) == before


def test_the_earliest_capture_stands_for_a_version(engine: Engine) -> None:
    store(engine, archive(), 10)
    with engine.connect() as connection:
        versions = connection.execute(
            text(
                "SELECT revision, is_latest, headline, captured_at FROM articles"
                " JOIN pages ON pages.id = page_id WHERE articles.url = :url ORDER BY revision"
            ).columns(captured_at=TABLES["pages"].c.captured_at.type),
            {"url": URL},
        ).all()
        entity = connection.execute(
            select(TABLES["entities"]).where(TABLES["entities"].c.name == "Dmitri Orlin")
        ).one()
    assert [tuple(row) for row in versions] == [
        (1, False, "The port", MAY_1),
        (2, True, "Port", MAY_3),
    ]
    assert (entity.article_count, entity.mention_count) == (4, 4)
    assert (entity.first_seen_on, entity.last_seen_on) == (date(2024, 4, 30), date(2024, 5, 2))


def test_copies_share_a_story_and_their_claims_a_group(engine: Engine) -> None:
    store(engine, archive(), 10)
    with engine.connect() as connection:
        stories = connection.scalars(select(TABLES["stories"].c.article_count)).all()
        groups = connection.scalars(select(TABLES["claim_groups"].c.claim_count)).all()
    assert sorted(stories) == [1, 1, 1, 2]
    assert groups == [5]


def test_a_bare_surname_is_known_by_its_article_only(engine: Engine) -> None:
    store(engine, archive(), 10)
    with engine.connect() as connection:
        names = connection.execute(
            select(TABLES["entity_names"].c.name, func.count(TABLES["entity_names"].c.entity_id.distinct()))
            .group_by(TABLES["entity_names"].c.name)
            .order_by(TABLES["entity_names"].c.name)
        ).all()
        assert connection.scalar(select(func.count()).select_from(TABLES["entities"])) == 2
    assert [tuple(row) for row in names] == [("Dmitri Orlin", 1), ("Dmitry Orlin", 1), ("Orlin", 1)]


def test_a_person_stands_under_the_full_name_however_often_the_surname_is_said(engine: Engine) -> None:
    said = reading("Dmitri Orlin", URL, date(2024, 5, 1), " Orlin smiled, and Orlin left.")
    surnames = [match.span() for match in re.finditer("Orlin", said.article.text)][1:]
    mentions = [Mention(*span, "Orlin", "person", None, "speaker") for span in surnames]
    annotations = replace(said.annotations, mentions=(*said.annotations.mentions, *mentions))
    store(
        engine,
        [outcome("a.html", Reading(said.article, annotations, resolve(said.article, annotations, URL)))],
        1,
    )
    with engine.connect() as connection:
        assert connection.scalars(select(TABLES["entities"].c.name)).all() == ["Dmitri Orlin"]
        counts = connection.execute(
            select(TABLES["entity_names"].c.name, TABLES["entity_names"].c.mention_count)
        )
        assert sorted(map(tuple, counts)) == [("Dmitri Orlin", 1), ("Orlin", 2)]


def test_a_retried_record_ends_as_if_it_had_never_been_rejected(engine: Engine) -> None:
    whole = archive()
    broken = [
        Outcome(item.record, Rejection(Reason.TIME_LIMIT, "stalled"), item.body) if number == 2 else item
        for number, item in enumerate(whole)
    ]
    store(engine, broken, 4)
    run_id = start_run(engine, "retry", {})
    books = write_batch(engine, run_id, [whole[2]], retried={whole[2].record.key})
    finish_run(engine, run_id, "finished", 1)
    assert books.fates == {Fate.LOADED: 1}
    retried = dump_hash(engine)
    migrate(engine, "base")
    migrate(engine)
    store(engine, whole, 4)
    assert dump_hash(engine) == retried


def test_a_record_that_two_retries_give_a_fate_keeps_the_first(engine: Engine) -> None:
    whole = archive()
    rejected = Outcome(whole[2].record, Rejection(Reason.TIME_LIMIT, "stalled"), whole[2].body)
    load = start_run(engine, "load", {})
    write_batch(engine, load, [rejected])
    retries = [start_run(engine, "retry", {}) for _ in range(2)]
    fates = [write_batch(engine, run, [whole[2]], retried={whole[2].record.key}).fates for run in retries]
    assert fates == [{Fate.LOADED: 1}, {Fate.SKIPPED: 1}]
    for run in (*retries, load):
        finish_run(engine, run, "finished", 1)
    assert list(verify(engine)) == []


def test_a_failed_batch_leaves_nothing(engine: Engine) -> None:
    run_id = start_run(engine, "load", {})
    broken = archive()[0]
    too_late = Claim(**{**_fields(broken.result.annotations.claims[0]), "confidence": 7.0})
    annotations = Annotations(broken.result.annotations.mentions, (too_late,))
    result = Reading(broken.result.article, annotations, broken.result.resolved)
    with pytest.raises(DatabaseError):
        write_batch(engine, run_id, [archive()[3], Outcome(broken.record, result, broken.body)])
    assert set(count_rows(engine, "pages", "articles", "records", "sources").values()) == {0}


def _fields(record: object) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def test_a_busy_sqlite_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    engine = open_engine(f"sqlite:///{tmp_path / 'ledger.db'}")
    migrate(engine)
    with database.writing(engine), pytest.raises(DatabaseError, match="another process has been writing"):
        start_run(engine, "load", {})
    engine.dispose()


def test_a_terminated_idle_connection_costs_nothing(engine: Engine) -> None:
    run_id = start_run(engine, "load", {})
    if engine.dialect.name == "postgresql":
        url = engine.url.render_as_string(hide_password=False)
        assert terminate_backends(url) == 1
    finish_run(engine, run_id, "finished", 0)


def test_a_source_is_known_once_it_is_read_to_its_end(engine: Engine) -> None:
    item = archive()[0]
    run_id = start_run(engine, "load", {})
    write_batch(engine, run_id, [item])
    assert known_records(engine, item.record.source) is None
    write_batch(engine, run_id, [], [item.record.source])
    assert known_records(engine, item.record.source) == 1


def test_settings_of_a_run_tell_no_secret(engine: Engine) -> None:
    url = make_url("postgresql://scribe:s3cret-w0rd@db.example/news")
    given = Settings(database_url=url.render_as_string(hide_password=False), batch_size=7)
    assert "s3cret-w0rd" in given.database_url
    with open_run(engine, "load", given) as run_id:
        pass
    with engine.connect() as connection:
        row = connection.execute(select(TABLES["runs"]).where(TABLES["runs"].c.id == run_id)).one()
    assert row.settings["batch_size"] == 7
    assert "s3cret-w0rd" not in json.dumps(row._asdict(), default=str)
    assert "db.example" not in json.dumps(row._asdict(), default=str)


def test_what_a_replaced_version_alone_used_is_gone_with_it(engine: Engine) -> None:
    early, late = (reading("Dmitri Orlin", URL, date(2024, 5, 1)) for _ in range(2))
    late = replace(
        late,
        article=replace(late.article, authors=("Ida Holm", "Ola Berg"), publisher_domain="harbour"),
        resolved=replace(late.resolved, claim_group_keys=(content_key("claim", "of other rules"),)),
    )
    store(
        engine, [outcome("late.html", late, MAY_3, b"<!-- late -->"), outcome("early.html", early, MAY_1)], 1
    )
    with engine.connect() as connection:
        names = connection.scalars(select(TABLES["authors"].c.name)).all()
        domains = connection.scalars(select(TABLES["publishers"].c.domain)).all()
        groups = connection.scalars(select(TABLES["claim_groups"].c.claim_count)).all()
    assert sorted(names) == ["Ben Ruiz", "Ida Holm"]
    assert domains == ["harbour.example"]
    assert groups == [1]
    assert list(verify(engine)) == []


def test_what_a_table_tells_is_kept_for_another_try_and_makes_another_page(engine: Engine) -> None:
    plain = outcome("a.csv", Rejection(Reason.TOO_SHORT, "3 words"))
    told = outcome("b.csv", Rejection(Reason.TOO_SHORT, "3 words"))
    assert isinstance(told.record.content, RawPage)
    page = replace(told.record.content, declared={"headline": "Port of Tarn reopens", "authors": "Ida Holm"})
    told = replace(told, record=replace(told.record, content=page))
    store(engine, [plain, told], 2)
    kept = {rejected.source.uri: rejected.page for rejected in rejected_records(engine)}
    assert kept == {one.record.source.uri: one.record.content for one in (plain, told)}
    assert count_rows(engine, "pages")["pages"] == 2
    assert list(verify(engine)) == []
