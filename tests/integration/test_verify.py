"""`verify` is silent on a sound database and names what is wrong in a broken one: a corruption for each promise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, Executable, text, update

from etl.database import migrate, open_engine
from etl.models import Base
from etl.pipeline import load_partition, open_run
from etl.settings import Settings
from etl.store.bodies import compress
from etl.verify import problems, verify
from tests.faults.loading import Known, remembering
from tests.postgres import new_database

TABLES = Base.metadata.tables
INBOX = Path(__file__).resolve().parents[2] / "samples" / "inbox"


@pytest.fixture(scope="module")
def known() -> Known:
    """The pages of the samples as they were read, once for all databases."""
    return {}


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, known: Known
) -> Iterator[Engine]:
    """A database that holds the samples, on each kind of database in turn; tests leave it as it is."""
    if request.param == "sqlite":
        yield from loaded(f"sqlite:///{tmp_path_factory.mktemp('verify') / 'ledger.db'}", known)
        return
    with new_database(request.getfixturevalue("postgres_server")) as url:
        yield from loaded(url, known)


def loaded(url: str, known: Known) -> Iterator[Engine]:
    engine = open_engine(url)
    migrate(engine)
    given = Settings(database_url=url, jobs=1)
    with remembering(known), open_run(engine, "load", given) as run_id:
        load_partition(engine, run_id, [str(INBOX)], given)
    yield engine
    engine.dispose()


def found_after(engine: Engine, *statements: str | Executable) -> list[str]:
    """What is wrong after statements that change something, and that are taken back."""
    with engine.connect() as connection:
        _ignore_foreign_keys(connection)
        for statement in statements:
            changed = connection.execute(text(statement) if isinstance(statement, str) else statement)
            assert changed.rowcount, statement
        found = list(problems(connection))
        connection.rollback()
    return found


def _ignore_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys=OFF")
        connection.detach()
    else:
        connection.execute(text("SET LOCAL session_replication_role = replica"))


def test_a_sound_database_has_no_problem(engine: Engine) -> None:
    assert list(verify(engine)) == []


PAGE = "WHERE id = (SELECT min(id) FROM pages)"
DATED = "WHERE id = (SELECT min(id) FROM articles WHERE published_on IS NOT NULL)"
PUBLISHED = "(SELECT min(id) FROM articles WHERE publisher_id IS NOT NULL)"
SIGNED = "(SELECT min(article_id) FROM article_authors)"
REVISED = "(SELECT min(id) FROM articles WHERE revision = 2)"
QUOTED = "(SELECT min(article_id) FROM claims WHERE speaker_id IS NOT NULL AND claim_group_id IS NOT NULL)"
SAID = (
    f"WHERE article_id = {QUOTED} AND ordinal = (SELECT min(ordinal) FROM claims WHERE article_id = {QUOTED}"
    " AND speaker_id IS NOT NULL AND claim_group_id IS NOT NULL)"
)
ELSEWHERE = f"(SELECT min(id) FROM entities WHERE id NOT IN (SELECT entity_id FROM mentions WHERE article_id = {QUOTED}))"
PERSON = "WHERE id = (SELECT min(id) FROM entities WHERE kind = 'person')"
STORY = "WHERE id = (SELECT min(id) FROM stories)"
GROUP = "WHERE id = (SELECT min(id) FROM claim_groups)"
KEY = "its id is not the one of its content key"
OTHER_KEY = "its content key does not follow"
FIRST_ARTICLE = "(SELECT min(id) FROM articles WHERE id <> first_article_id)"
COUNTS = "its counts or "


def first_of(table: str) -> str:
    """The condition for one row of a table that hangs on articles, in an article of its own choice."""
    return (
        f"WHERE article_id = (SELECT min(article_id) FROM {table})"
        f" AND ordinal = (SELECT min(ordinal) FROM {table}"
        f" WHERE article_id = (SELECT min(article_id) FROM {table}))"
    )


def with_key(table: str) -> Executable:
    column = TABLES[table].c
    first = text(f"id = (SELECT min(id) FROM {table})")
    return update(TABLES[table]).where(first).values({column.content_key: b"\x07" * 16})


def with_body(body: bytes) -> Executable:
    return update(TABLES["pages"]).where(text("id = (SELECT min(id) FROM pages)")).values(body=body)


CORRUPTIONS: dict[str, tuple[str, str | Executable]] = {
    # pages
    "a page's bytes": ("its body is not the one that was hashed", with_body(compress(b"another"))),
    "a page's packing": ("its body can't be unpacked", with_body(b"no zstd")),
    "a page's length": ("its body is not the one", f"UPDATE pages SET byte_length = byte_length + 1 {PAGE}"),
    "a page's hash": ("its body is not the one", f"UPDATE pages SET sha256 = '{'00' * 32}' {PAGE}"),
    "a page's address": (OTHER_KEY, f"UPDATE pages SET url = 'https://other.example/' {PAGE}"),
    "a page's capture": (OTHER_KEY, f"UPDATE pages SET captured_at = '2031-01-01 00:00:00.000000' {PAGE}"),
    "a capture before the day": (
        "no_date_after_capture", "UPDATE pages SET captured_at = '1999-01-01 00:00:00.000000'"
    ),
    "a page's place": ("no record brought it", f"UPDATE pages SET locator = 'elsewhere' {PAGE}"),
    "a page's source": (
        "no record brought it",
        f"UPDATE pages SET source_id = (SELECT max(id) FROM sources WHERE id <> source_id) {PAGE}",
    ),
    # what an id is made of
    **{
        f"an id of {table}": (f"{table} 7: {KEY}", f"UPDATE {table} SET id = 7 WHERE id = (SELECT min(id) FROM {table})")
        for table in TABLES if "content_key" in TABLES[table].c
    },
    **{
        f"a negative id of {table}": (f"{table} -7: {KEY}", f"UPDATE {table} SET id = -7 WHERE id = (SELECT min(id) FROM {table})")
        for table in ("pages", "claim_groups")
    },
    **{
        f"a content key of {table}": (KEY, with_key(table)) for table in TABLES if "content_key" in TABLES[table].c
    },
    "a source's hash": (
        OTHER_KEY, "UPDATE sources SET sha256 = '00' WHERE id = (SELECT min(id) FROM sources)"
    ),
    "a source's place": (
        OTHER_KEY, "UPDATE sources SET uri = 'file:///x' WHERE id = (SELECT min(id) FROM sources)"
    ),
    "an author's name": (
        OTHER_KEY, "UPDATE authors SET name = 'Nobody' WHERE id = (SELECT min(id) FROM authors)"
    ),
    "a publisher's domain": (
        OTHER_KEY, "UPDATE publishers SET domain = 'x' WHERE id = (SELECT min(id) FROM publishers)"
    ),
    # articles
    "a text": ("its text is not the one that was hashed", f"UPDATE articles SET text = text || '.' {DATED}"),
    "a text's hash": ("its text is not the one", f"UPDATE articles SET text_sha256 = '00' {DATED}"),
    "an article's address": (
        OTHER_KEY, f"UPDATE articles SET url = url || '?x=1' WHERE id = {PUBLISHED}"
    ),
    "an article's page": (
        "no record brought it",
        "UPDATE articles SET page_id = (SELECT min(page_id) FROM records WHERE reason = 'not_an_article')"
        f" {DATED}",
    ),
    "an article's publisher": (
        "is not the one of its address",
        "UPDATE articles SET publisher_id = (SELECT max(p.id) FROM publishers AS p"
        f" WHERE p.id <> publisher_id) WHERE id = {PUBLISHED}",
    ),
    "an article's story": (
        "is not the one of its words",
        f"UPDATE articles SET story_id = (SELECT max(s.id) FROM stories AS s WHERE s.id <> story_id) {DATED}",
    ),
    "a word count": ("words counted", f"UPDATE articles SET word_count = word_count + 1 {DATED}"),
    "a revision": ("revisions_in_order", f"UPDATE articles SET revision = 3 WHERE id = {REVISED}"),
    "a latest version": ("revisions_in_order", f"UPDATE articles SET is_latest = NOT is_latest WHERE id = {REVISED}"),
    "two latest versions": ("revisions_in_order", "UPDATE articles SET is_latest = NOT is_latest WHERE NOT is_latest"),
    "a day": ("another day", f"UPDATE articles SET published_on = '1999-01-01' {DATED}"),
    "a day that is lost": ("one is chosen too many", f"UPDATE articles SET published_on = NULL {DATED}"),
    "a day's origin": ("another day", f"UPDATE articles SET published_from = 'hearsay' {DATED}"),
    "a day's confidence": ("another day", f"UPDATE articles SET published_confidence = 0.1 {DATED}"),
    "a headline": ("another headline", f"UPDATE articles SET headline = 'Another' {DATED}"),
    "the evidence chosen": (
        "one is chosen too many",
        f"UPDATE evidence SET is_chosen = NOT is_chosen {first_of('evidence')}",
    ),
    "a chosen value": (
        "evidence_is_what_was_chosen", "UPDATE evidence SET value = '1999' WHERE is_chosen AND field <> 'authors'"
    ),
    "a signature": (
        "one is chosen too many", f"DELETE FROM article_authors WHERE article_id = {SIGNED}"
    ),
    # blocks and spans
    "a block's end": ("its blocks are not its text", f"UPDATE blocks SET end_char = end_char - 1 {first_of('blocks')}"),
    "a block's end behind it": ("its blocks are not its text", f"UPDATE blocks SET end_char = end_char + 1 {first_of('blocks')}"),
    "a block's start": ("its blocks are not its text", f"UPDATE blocks SET start_char = start_char + 1 {first_of('blocks')}"),
    "the last block's end": (
        "its blocks are not its text",
        "UPDATE blocks SET end_char = end_char - 1 WHERE article_id = (SELECT min(article_id) FROM blocks)"
        " AND end_char = (SELECT max(end_char) FROM blocks WHERE article_id = (SELECT min(article_id) FROM blocks))",
    ),
    "a block that is lost": ("its blocks are not its text", f"DELETE FROM blocks {first_of('blocks')}"),
    "all blocks of an article": (
        "its blocks are not its text", "DELETE FROM blocks WHERE article_id = (SELECT min(article_id) FROM blocks)"
    ),
    "a mention's span": (
        "mentions (", f"UPDATE mentions SET start_char = start_char + 1 {first_of('mentions')}"
    ),
    "a mention's words": ("mentions (", f"UPDATE mentions SET text = 'Nobody' {first_of('mentions')}"),
    "a time's words": ("times (", f"UPDATE times SET text = 'Doomsday' {first_of('times')}"),
    "a span that ends behind the text": (
        "to 99999 does not spell",
        "UPDATE mentions SET end_char = 99999, start_char = (SELECT length(a.text) - 1 FROM articles AS a"
        " WHERE a.id = article_id), text = (SELECT substr(a.text, length(a.text)) FROM articles AS a"
        f" WHERE a.id = article_id) {first_of('mentions')}",
    ),
    "a quantity's span": (
        "quantities (", f"UPDATE quantities SET end_char = end_char + 1 {first_of('quantities')}"
    ),
    "a claim's words": ("its pieces do not spell", f"UPDATE claims SET text = text || '!' {SAID}"),
    "a claim's span": ("begin or end elsewhere", f"UPDATE claims SET end_char = end_char + 1 {SAID}"),
    "a cue": ("cue_start_char", f"UPDATE claims SET cue = 'swore' {SAID}"),
    "half a cue's span": ("cue_start_char", f"UPDATE claims SET cue_start_char = NULL {SAID}"),
    "a source's words": ("source_start_char", f"UPDATE claims SET source_text = 'nobody' {SAID}"),
    "a piece": ("its pieces do not spell", f"UPDATE claim_pieces SET end_char = end_char - 1 {first_of('claim_pieces')}"),
    "a piece that is lost": ("it has no pieces", f"DELETE FROM claim_pieces WHERE article_id = {QUOTED}"),
    # who, and how often
    "a mention's entity": (
        "entity_names",
        "UPDATE mentions SET entity_id = (SELECT max(e.id) FROM entities AS e WHERE e.id <> entity_id)"
        f" {first_of('mentions')}",
    ),
    "a mention that is lost": (COUNTS, f"DELETE FROM mentions {first_of('mentions')}"),
    "a speaker": ("is not mentioned", f"UPDATE claims SET speaker_id = {ELSEWHERE} {SAID}"),
    "a reporter": ("is not mentioned", f"UPDATE claims SET reported_by_id = {ELSEWHERE} {SAID}"),
    "an entity's articles": (COUNTS, f"UPDATE entities SET article_count = article_count + 1 {PERSON}"),
    "an entity's mentions": (COUNTS, f"UPDATE entities SET mention_count = mention_count + 1 {PERSON}"),
    "an entity's first day": (COUNTS, f"UPDATE entities SET first_seen_on = '1999-01-01' {PERSON}"),
    "an entity's last day": (COUNTS, f"UPDATE entities SET last_seen_on = NULL {PERSON}"),
    "an entity's name": ("not shown by its full name", f"UPDATE entities SET name = 'Nobody' {PERSON}"),
    "an entity's kind": ("no mention is of its kind", f"UPDATE entities SET kind = 'place' {PERSON}"),
    "a name's count": (
        "not counted as often",
        "UPDATE entity_names SET mention_count = mention_count + 1"
        " WHERE entity_id = (SELECT min(entity_id) FROM entity_names)",
    ),
    "a name that is lost": (
        "not counted as often",
        "DELETE FROM entity_names WHERE entity_id = (SELECT min(entity_id) FROM entity_names)",
    ),
    "a name too many": (
        "not counted as often", f"INSERT INTO entity_names SELECT id, 'Nobody', 0 FROM entities {PERSON}"
    ),
    "a story's articles": ("stories", f"UPDATE stories SET article_count = article_count + 1 {STORY}"),
    "a story's publishers": ("stories", f"UPDATE stories SET publisher_count = publisher_count + 1 {STORY}"),
    "a story's first article": ("stories", f"UPDATE stories SET first_article_id = {FIRST_ARTICLE} {STORY}"),
    "a group's claims": ("claim_groups", f"UPDATE claim_groups SET claim_count = claim_count + 1 {GROUP}"),
    "a group's publishers": (
        "claim_groups", f"UPDATE claim_groups SET publisher_count = publisher_count + 1 {GROUP}"
    ),
    "a group's first article": (
        "claim_groups", f"UPDATE claim_groups SET first_article_id = {FIRST_ARTICLE} {GROUP}"
    ),
    "a claim's group": (
        "its group is not the one of its words",
        "UPDATE claims SET claim_group_id = (SELECT max(g.id) FROM claim_groups AS g"
        f" WHERE g.id <> claim_group_id) {SAID}",
    ),
    "a claim's group that is lost": (
        "its group is not the one of its words", f"UPDATE claims SET claim_group_id = NULL {SAID}"
    ),
    "an author without an article": (
        "no article is signed", "DELETE FROM article_authors"
    ),
    "a publisher without an article": ("no article is from it", "UPDATE articles SET publisher_id = NULL"
        " WHERE publisher_id = (SELECT min(publisher_id) FROM articles)"),
    # the books
    "a run's books": ("its books and the ledger differ", "UPDATE runs SET loaded = loaded + 1, inputs = inputs + 1"),
    "a record that is lost": ("its books and the ledger differ", "DELETE FROM records WHERE fate = 'rejected' AND page_id IS NULL"),
    "a record's fate": (
        "records are loaded, but articles", "UPDATE records SET fate = 'rejected', reason = 'empty' WHERE fate = 'loaded'"
        " AND page_id = (SELECT max(page_id) FROM articles)"
    ),
    "a record's page": ("without a page", "UPDATE records SET page_id = NULL WHERE fate = 'loaded'"),
    "an article that is lost": (
        "records are loaded, but articles", "DELETE FROM articles WHERE id = (SELECT min(id) FROM articles)"
    ),
    "a pointer to nothing": ("mentions.entity_id", f"UPDATE mentions SET entity_id = 7 {first_of('mentions')}"),
}  # fmt: skip


@pytest.mark.parametrize("corruption", CORRUPTIONS)
def test_each_corruption_is_named(engine: Engine, corruption: str) -> None:
    expected, statement = CORRUPTIONS[corruption]
    found = found_after(engine, statement)
    assert any(expected in problem for problem in found), found
