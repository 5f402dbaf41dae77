"""Hostile input: strings, queries, entities, paths, addresses, spreadsheets and secrets do no harm."""

from __future__ import annotations

import http.server
import itertools
import json
import socket
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import fsspec
import httpcore
import pytest
from sqlalchemy import func, select

from etl.database import open_engine, prepare, reading
from etl.errors import UsageError
from etl.language.storable import storable
from etl.load import remote
from etl.load.places import Place, find_places
from etl.load.remote import FetchError, fetched
from etl.models import Base
from etl.pipeline import load_partition, open_run
from etl.queries import list_questions, run_question
from etl.records import (
    Annotations,
    Article,
    Entity,
    Evidence,
    InputRecord,
    Mention,
    Outcome,
    RawPage,
    Reading,
    Resolved,
    Source,
    content_key,
    id_of,
)
from etl.settings import Settings, read_settings
from etl.store import write_batch
from etl.store.ledger import finish_run, start_run
from etl.verify import verify
from flows.export import defused
from tests.faults.web_archives import page

TABLES = Base.metadata.tables

PIECES = (
    "O'Brien; DROP TABLE claims; --", '" OR ""="', "%_\\%", "{{7*7}}${7*7}", "<script>alert(1)</script>",
    "&lt;&amp;&#0;", "\u202eright to left\u202c", "\u200b\u200d\ufeff", "Z\u0351\u036b\u0343\u036a\u0342a",
    "\U0001f469\u200d\U0001f680\U0001f1eb\U0001f1ee", "\ud800 lone", "nul\x00nul", "\x01\x1b[31m\x7f",
    "tab\tline\nreturn\rnext\x85sep\u2028par\u2029", "ＦＵＬＬ ｗｉｄｔｈ", "ﬁ ﬂ ſ İ ı ß", "e\u0301 é",
    "１２３ ٣٤٥ ४५६", "שלום العربية ไทย 日本語 Ελληνικά", "=cmd|' /C calc'!A0", "../../../etc/passwd", "None",
    "NULL", "NaN", "-1", "1e309", "0x7f", "true", "\\N", "\\.", "\\x00", "COPY t FROM STDIN;", "$$ $1 :name ?",
    "%s %(name)s", "/* */ -- #", "file:///etc/passwd", "javascript:alert(1)", "a" * 5000, " ", "\u00a0",
)  # fmt: skip
STRINGS = [*PIECES, *("".join(pair) for pair in itertools.islice(itertools.permutations(PIECES, 2), 475))]


def outcome(number: int, words: str) -> Outcome:
    """A page whose every text field is a string, as `normalize` would hand it on."""
    words = storable(words)
    page = RawPage("file:///in", str(number), f"{number}".encode(), "text/html", None, None, "utf-8")
    text = words if words.strip() else f"{words}."
    article = Article(
        text=text,
        publisher_domain=f"{number}.example",
        publisher_name=words,
        headline=words,
        subheadline=words,
        byline=words,
        authors=(words,),
        section=words,
        keywords=(words,),
        image_caption=words,
        image_credit=words,
        evidence=(Evidence("headline", words, "h1", 0.5, True),),
    )
    mention = Mention(0, len(text), text, "person", words, "e1")
    key = content_key(str(number))
    entity = Entity(key, "person", ((words, 1),))
    read = Reading(article, Annotations(mentions=(mention,)), Resolved({"e1": entity}, key, ()))
    return Outcome(InputRecord(Source("file:///in", "html", "0", 1), str(number), None, page), read)


def test_each_string_comes_back_as_it_was(database_url: str) -> None:
    engine = open_engine(database_url)
    run_id = start_run(engine, "load", {})
    outcomes = [outcome(number, words) for number, words in enumerate(STRINGS)]
    for start in range(0, len(outcomes), 50):
        write_batch(engine, run_id, outcomes[start : start + 50])
    finish_run(engine, run_id, "finished")
    columns = [
        (TABLES["articles"].c[name])
        for name in ("headline", "subheadline", "byline", "section", "image_caption", "image_credit")
    ]
    with reading(engine) as connection:
        rows = connection.execute(
            select(TABLES["articles"].c.story_id, TABLES["articles"].c.keywords, *columns)
        )
        found = {row[0]: row[1:] for row in rows}
        evidence = select(func.count()).select_from(TABLES["evidence"])
        assert connection.scalar(evidence) == len(STRINGS)
    assert len(found) == len(STRINGS) >= 515
    for number, words in enumerate(STRINGS):
        expected = storable(words)
        row = found[id_of(content_key(str(number)))]
        assert list(row[1:]) == [expected] * len(columns), words
        assert row[0] == [expected]
    engine.dispose()


def test_strings_in_pages_are_loaded_or_rejected_and_prove_themselves(
    database_url: str, tmp_path: Path
) -> None:
    html = page(1).decode()
    rows = []
    for number, words in enumerate(PIECES):
        changed = html.replace("Ines Calder", words).replace("Friday", words).replace("stays in port", words)
        rows.append({"url": f"https://courier.example/{number}?q={words}", "html": changed})
        rows.append(
            {"url": words, "text": f"{words}\n\n" + "The ferry stays in port, she said. " * 30 + words}
        )
    source = tmp_path / "strings.jsonl"
    source.write_text("\n".join(map(json.dumps, rows)))
    settings = Settings(database_url=database_url, jobs=1)
    engine = open_engine(database_url)
    with open_run(engine, "load", settings) as run_id:
        books = load_partition(engine, run_id, [str(source)], settings)
    assert books.inputs == len(rows)
    assert not {"internal_error", "worker_died"} & set(books.reasons)
    assert list(verify(engine)) == []
    with reading(engine) as connection:
        for question in list_questions():
            for words in PIECES:
                given = {"text": storable(words), "date": "2024-03-05", "integer": "10"}
                values = {parameter.name: given[parameter.type] for parameter in question.parameters}
                run_question(connection, question.name, values)
        assert connection.scalar(select(func.count()).select_from(TABLES["pages"])) == len(rows)
    engine.dispose()


def test_external_entities_are_not_read(database_url: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret words of this machine")
    (tmp_path / "in").mkdir()
    doctype = f'<!DOCTYPE html [<!ENTITY leak SYSTEM "{secret.as_uri()}">]>'
    body = page(1).decode().replace("<!doctype html>", f'<?xml version="1.0"?>{doctype}')
    for name in ("a.html", "b.xhtml"):
        (tmp_path / "in" / name).write_text(body.replace("Friday", "&leak; Friday"))
    settings = Settings(database_url=database_url, jobs=1)
    engine = open_engine(database_url)
    with open_run(engine, "load", settings) as run_id:
        load_partition(engine, run_id, [str(tmp_path / "in")], settings)
    with reading(engine) as connection:
        texts = connection.scalars(select(TABLES["articles"].c.text)).all()
    assert texts
    assert not any("secret words" in text for text in texts)
    engine.dispose()


def test_no_member_is_written_under_its_name(database_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    names = ("../../escaped.html", "/tmp/newsledger-escaped.html", "..\\..\\escaped.html", "C:\\escaped.html")
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        for number, name in enumerate(names):
            archive.writestr(name, page(number))
    before = {path for path in tmp_path.parent.rglob("*") if path.suffix == ".html"}
    settings = Settings(database_url=database_url, jobs=1)
    engine = open_engine(database_url)
    with open_run(engine, "load", settings) as run_id:
        books = load_partition(engine, run_id, [str(folder)], settings)
    assert books.inputs == len(names)
    assert {path for path in tmp_path.parent.rglob("*") if path.suffix == ".html"} == before
    assert not Path("/tmp/newsledger-escaped.html").exists()
    engine.dispose()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_an_export_is_a_formula(start: str) -> None:
    assert defused(f"{start}1+1") == f"'{start}1+1"
    assert defused(f"a{start}") == f"a{start}"
    assert defused(-1.5) == -1.5


PRIVATE = [
    "127.0.0.1", "127.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "0.0.0.0", "0",
    "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "198.18.0.1", "224.0.0.1",
    "255.255.255.255", "[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[fd12::1]", "[::ffff:127.0.0.1]",
    "[::ffff:a9fe:a9fe]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[ff02::1]",
]  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_addresses_that_are_not_public_are_refused(host: str, scheme: str) -> None:
    address = Place(f"{scheme}://user:pass@{host}:1/page.html")
    with pytest.raises(FetchError, match="not a public address|InvalidURL|gaierror"), fetched(address):
        pass


class _Redirect(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(302 if self.path == "/away" else 200)
        if self.path == "/away":
            self.send_header("Location", f"http://127.0.0.2:{self.server.server_port}/page.html")  # type: ignore[attr-defined]
        self.end_headers()
        self.wfile.write(page(1))

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def web() -> Iterator[str]:
    """The address of a web server on loopback; /away redirects to another loopback address."""
    with http.server.ThreadingHTTPServer(("0.0.0.0", 0), _Redirect) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_redirect_to_a_private_address_is_refused(web: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "_is_public", lambda address: str(address) == "127.0.0.1")
    with fetched(Place(f"{web}/page.html")) as path:
        assert path.read_bytes() == page(1)
    with pytest.raises(FetchError, match="127.0.0.2"), fetched(Place(f"{web}/away")):
        pass


def test_a_name_that_changes_its_address_reaches_the_one_that_was_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = iter(["93.184.215.14", "127.0.0.1"])
    reached = []

    def look_up(*_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), 80))]

    def connect(_self: object, host: str, *_: object, **__: object) -> httpcore.NetworkStream:
        reached.append(host)
        raise httpcore.ConnectError("no network in tests")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    with pytest.raises(FetchError), fetched(Place("http://rebinding.example/")):
        pass
    assert reached == ["93.184.215.14"]


def test_a_certificate_is_checked_for_the_name_and_not_for_the_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    checked, sent = [], []

    class Stream(httpcore.MockStream):
        def start_tls(self, *_: object, **given: object) -> httpcore.MockStream:
            checked.append(given["server_hostname"])
            return self

        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            sent.append(buffer)

    def look_up(*_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 443))]

    def connect(*_: object, **__: object) -> httpcore.MockStream:
        return Stream([b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npage"])

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    with fetched(Place("https://news.example/a")) as path:
        assert path.read_bytes() == b"page"
    assert checked == ["news.example"]
    assert b"Host: news.example\r\n" in b"".join(sent)
    assert b"93.184.215.14" not in b"".join(sent)


def test_files_elsewhere_are_loaded_and_named_by_their_address(
    web: str, database_url: str, tmp_path: Path
) -> None:
    files = fsspec.filesystem("memory")
    files.pipe("/crawl/2.html", page(2))
    (tmp_path / "3.html").write_bytes(page(3))
    inputs = [
        f"{web}/1.html?token=hush&page=1",
        "memory://crawl/",
        (tmp_path / "3.html").as_uri(),
        "http://127.0.0.1:1/",
    ]
    settings = Settings(database_url=database_url, jobs=1, private_addresses=True)
    engine = open_engine(database_url)
    with open_run(engine, "load", settings) as run_id:
        books = load_partition(engine, run_id, inputs, settings)
    with reading(engine) as connection:
        uris = sorted(connection.scalars(select(TABLES["sources"].c.uri)))
    assert (books.inputs, books.reasons["unreachable"]) == (4, 1)
    assert f"{web}/1.html?token=***&page=1" in uris
    assert "memory:///crawl/2.html" in uris
    engine.dispose()


def test_an_address_that_nothing_answers_for_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="no such file"):
        find_places(["memory://nowhere/"])
    with pytest.raises(UsageError, match="nonsense"):
        find_places(["nonsense://host/path"])


def test_no_password_is_kept_or_told(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = "correct-horse"
    monkeypatch.setenv("NEWSLEDGER_DATABASE_URL", f"postgresql://user:{secret}@127.0.0.1:1/none")
    engine = open_engine(read_settings().database_url)
    with pytest.raises(Exception, match="database:") as told:
        prepare(engine)
    assert secret not in str(told.value)
    assert secret not in Place(f"https://user:{secret}@host.example/a?X-Amz-Signature={secret}&q=1").uri
    engine = open_engine(database_url)
    given = Settings(database_url=f"{database_url}?password={secret}")
    run_id = start_run(engine, "load", given.model_dump(mode="json", exclude={"database_url"}))
    with reading(engine) as connection:
        row = connection.execute(select(TABLES["runs"]).where(TABLES["runs"].c.id == run_id)).one()
    assert secret not in str(row)
    engine.dispose()
