"""Each format gives the same pages, whatever it is wrapped in; content decides before the name does."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from etl.load import LOADERS, Options, identify, read_records
from etl.records import InputRecord, RawPage, Reason, Rejection
from tests.faults.web_archives import arc, deflated, gzipped, http_response, page, warc, warc_record

OPTIONS = Options(record_size=2**20, archive_members=1000)
ROWS = [
    {
        "url": f"https://courier.example/{n}",
        "html": page(n).decode(),
        "captured_at": f"2024-03-05T10:00:0{n}Z",
    }
    for n in range(3)
]


def read(data: bytes, name: str, folder: Path, options: Options = OPTIONS) -> list[InputRecord]:
    path = folder / name
    path.write_bytes(data)
    return list(read_records(identify(path.as_uri(), path), path, options))


def pages(records: list[InputRecord]) -> list[RawPage]:
    return [record.content for record in records if isinstance(record.content, RawPage)]


def reasons(records: list[InputRecord]) -> list[Reason]:
    return [record.content.reason for record in records if isinstance(record.content, Rejection)]


def zip_of(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def tar_of(files: dict[str, bytes], mode: str = "w") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def csv_of(rows: list[dict[str, str]], delimiter: str = ",") -> bytes:
    buffer = io.StringIO()
    table = csv.DictWriter(buffer, list(rows[0]), delimiter=delimiter)
    table.writeheader()
    table.writerows(rows)
    return buffer.getvalue().encode()


def parquet_of(rows: list[dict[str, str]]) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), buffer)
    return buffer.getvalue()


def mhtml_of(number: int) -> bytes:
    return (
        (
            f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {ROWS[number]['url']}\r\n"
            f"Date: Tue, 5 Mar 2024 10:00:0{number} -0000\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/related; type="text/html"; boundary="--part"\r\n\r\n'
            "----part\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        ).encode()
        + page(number)
        + b"\r\n----part\r\nContent-Type: image/png\r\n\r\nPNG\r\n----part--\r\n"
    )


FILES = {f"pages/{n}.html": page(n) for n in range(3)}
JSONL = "\n".join(json.dumps(row) for row in ROWS).encode()
FORMATS: dict[str, bytes] = {
    "crawl.jsonl": JSONL,
    "crawl.json": json.dumps(ROWS, indent=1).encode(),
    "lines.json": "\n".join(json.dumps(row | {"html": row["html"] + " " * 5000}) for row in ROWS).encode(),
    "wrapped.json": json.dumps({"count": 3, "articles": ROWS}).encode(),
    "crawl.csv": csv_of(ROWS),
    "crawl.tsv": csv_of(ROWS, "\t"),
    "semicolons.csv": csv_of(ROWS, ";"),
    "crawl.parquet": parquet_of(ROWS),
    "crawl.warc": b"".join(warc(3)),
    "crawl.warc.gz": gzipped(warc(3)),
    "one-member.warc.gz": gzip.compress(b"".join(warc(3))),
    "crawl.arc": arc(3),
    "crawl.arc.gz": gzip.compress(arc(3)),
    "pages.zip": zip_of(FILES),
    "pages.tar": tar_of(FILES),
    "pages.tar.gz": tar_of(FILES, "w:gz"),
    "pages.tar.bz2": tar_of(FILES, "w:bz2"),
    "pages.tar.xz": tar_of(FILES, "w:xz"),
    "nested.zip": zip_of({"a.tar.gz": tar_of({"b.zip": zip_of(FILES)}, "w:gz")}),
    "crawl.wacz": zip_of({"datapackage.json": b"{}", "archive/data.warc.gz": gzipped(warc(3))}),
    "saved.zip": zip_of({f"{n}.mhtml": mhtml_of(n) for n in range(3)}),
}


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_gives_its_pages(name: str, tmp_path: Path) -> None:
    records = read(FORMATS[name], name, tmp_path)
    found = pages(records)
    assert [p.body.rstrip() for p in found] == [page(n) for n in range(3)]
    assert set(reasons(records)) <= {Reason.NOT_A_PAGE}
    assert len({record.locator for record in records}) == len(records)
    for number, found_page in enumerate(found):
        assert found_page.media_type == "text/html"
        if found_page.url:
            assert found_page.url == ROWS[number]["url"]
            assert found_page.captured_at == datetime(2024, 3, 5, 10, 0, number, tzinfo=UTC)


@pytest.mark.parametrize("name", FORMATS)
def test_the_content_decides_where_the_name_says_nothing(name: str, tmp_path: Path) -> None:
    by_name_only = name.endswith((".csv", ".tsv"))
    if not by_name_only:
        assert len(pages(read(FORMATS[name], "download", tmp_path))) == 3


COMPRESSIONS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "zst": zstandard.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
}


@pytest.mark.parametrize("suffix", COMPRESSIONS)
@pytest.mark.parametrize("name", ["crawl.jsonl", "crawl.csv", "crawl.parquet", "crawl.warc", "pages.zip"])
def test_each_format_may_be_compressed(name: str, suffix: str, tmp_path: Path) -> None:
    packed = COMPRESSIONS[suffix](FORMATS[name])
    assert len(pages(read(packed, f"{name}.{suffix}", tmp_path))) == 3
    twice = COMPRESSIONS[suffix](packed)
    assert len(pages(read(twice, f"{name}.{suffix}.{suffix}", tmp_path))) == 3


@pytest.mark.parametrize("suffix", COMPRESSIONS)
def test_a_compressed_file_that_breaks_off_says_so(suffix: str, tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({**ROWS[0], "number": n * 7919}) for n in range(3000)).encode()
    packed = COMPRESSIONS[suffix](lines)
    records = read(packed[: len(packed) * 2 // 3], f"crawl.jsonl.{suffix}", tmp_path)
    assert reasons(records)[-1] is Reason.DAMAGED_ARCHIVE


ENCODED = {
    "identity": lambda body: body,
    "gzip": gzip.compress,
    "deflate": deflated,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}


@pytest.mark.parametrize("encoding", ENCODED)
@pytest.mark.parametrize("is_chunked", [False, True])
def test_transfer_and_content_encodings_are_undone(encoding: str, is_chunked: bool, tmp_path: Path) -> None:
    body = ENCODED[encoding](page(1))
    headers = [f"Content-Encoding: {encoding}"]
    if is_chunked:
        half = len(body) // 2
        parts = [body[:half], body[half:], b""]
        body = b"".join(f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in parts)
        headers.append("Transfer-Encoding: chunked")
    [record] = read(warc_record(http_response(body, *headers)), "one.warc", tmp_path)
    assert isinstance(record.content, RawPage)
    assert record.content.body == page(1)
    assert record.content.charset == "utf-8"


def test_encodings_that_the_archive_has_undone_already(tmp_path: Path) -> None:
    response = http_response(page(1), "Content-Encoding: gzip", "Transfer-Encoding: chunked")
    [record] = read(warc_record(response), "one.warc", tmp_path)
    assert isinstance(record.content, RawPage)
    assert record.content.body == page(1)


def test_what_is_no_page_in_a_web_archive_is_skipped_with_its_reason(tmp_path: Path) -> None:
    image = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG"
    records = [
        warc_record(b"software: test", "Content-Type: application/warc-fields", type="warcinfo"),
        warc_record(b"GET / HTTP/1.1\r\n\r\n", "Content-Type: application/http", type="request"),
        warc_record(http_response(b"gone", status="404 Not Found")),
        warc_record(image),
        warc_record(page(1), "Content-Type: text/html", type="resource"),
        warc_record(b"Plain words of a page.", "Content-Type: text/plain", type="conversion"),
        warc_record(b"what", type="respnose"),
    ]
    found = read(b"".join(records), "mixed.warc", tmp_path)
    assert [type(record.content).__name__ for record in found][4:6] == ["RawPage", "RawPage"]
    assert [p.media_type for p in pages(found)] == ["text/html", "text/plain"]
    assert reasons(found) == [
        Reason.NOT_A_PAGE,
        Reason.NOT_A_PAGE,
        Reason.HTTP_STATUS,
        Reason.MEDIA_TYPE,
        Reason.MALFORMED_RECORD,
    ]


@pytest.mark.parametrize("pack", [b"".join, gzipped])
def test_a_revisit_is_the_page_it_refers_to_captured_anew(
    pack: Callable[[list[bytes]], bytes], tmp_path: Path
) -> None:
    payload = "WARC-Payload-Digest: sha1:AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHH"
    first = warc_record(http_response(page(1)), payload, number=1)
    later = warc_record(b"HTTP/1.1 200 OK\r\n\r\n", payload, type="revisit", number=5)
    elsewhere = warc_record(b"", "WARC-Payload-Digest: sha1:OTHER", type="revisit", number=6)
    records = read(pack([*warc(1), first, later, elsewhere]), "crawl.warc.gz", tmp_path)
    [_, original, again] = pages(records)
    assert again.body == original.body == page(1)
    assert again.url == "https://courier.example/5"
    assert again.captured_at == datetime(2024, 3, 5, 10, 0, 5, tzinfo=UTC)
    assert reasons(records) == [Reason.REVISIT]


def test_a_truncated_capture_is_loaded_as_such(tmp_path: Path) -> None:
    [record] = read(warc_record(http_response(page(1)), "WARC-Truncated: length"), "cut.warc", tmp_path)
    assert isinstance(record.content, RawPage)
    assert record.content.is_truncated


def test_columns_are_named_by_the_user_or_known_in_any_case(tmp_path: Path) -> None:
    renamed = [{"Link": row["url"], "Body": row["html"], "CAPTURED_AT": row["captured_at"]} for row in ROWS]
    options = Options(2**20, 1000, {"url": "link", "html": "body"})
    for name, data in {
        "a.csv": csv_of(renamed),
        "a.jsonl": "\n".join(map(json.dumps, renamed)).encode(),
        "a.parquet": parquet_of(renamed),
    }.items():
        found = pages(read(data, name, tmp_path, options))
        assert [(p.url, p.body.decode()) for p in found] == [(row["url"], row["html"]) for row in ROWS]
        assert all(p.captured_at for p in found)
        assert pages(read(data, name, tmp_path)) == []


def test_a_table_in_an_older_charset_keeps_its_letters(tmp_path: Path) -> None:
    words = "Die Fähre fährt erst am Freitag, sagte die Hafenmeisterin Inés Calderón in Düsseldorf. " * 20
    [found] = pages(read(csv_of([{"text": words}]).decode().encode("cp1252"), "old.csv", tmp_path))
    assert found.body.decode() == words


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"%PDF-1.7 ...", "story.pdf", Reason.UNSUPPORTED_FORMAT),
        (b"\x00\x01\x02" * 50, "noise.bin", Reason.UNSUPPORTED_FORMAT),
        (b"words in a file of no known kind", "notes.rst", Reason.UNSUPPORTED_FORMAT),
        (b"<html>" + b"x" * 2**20, "huge.html", Reason.TOO_LARGE),
        (b"PK\x03\x04 but no zip", "broken.zip", Reason.DAMAGED_ARCHIVE),
        (b"PAR1 but no table", "broken.parquet", Reason.DAMAGED_ARCHIVE),
        (b"a,b\n1,2\n", "other.csv", Reason.MALFORMED_RECORD),
        (b'[{"html": "<p>x"}, {"html": ', "cut.json", Reason.MALFORMED_RECORD),
        (b"[1, 2]", "numbers.json", Reason.MALFORMED_RECORD),
        (b'{"a": ' * 100_000, "deep.json", Reason.MALFORMED_RECORD),
        (b"Content-Type: multipart/related\r\n\r\nnothing", "empty.mhtml", Reason.MALFORMED_RECORD),
    ],
)
def test_what_can_t_be_read_is_one_rejected_record(
    data: bytes, name: str, reason: Reason, tmp_path: Path
) -> None:
    records = read(data, name, tmp_path)
    assert reason in reasons(records)
    assert all(record.content.detail for record in records if isinstance(record.content, Rejection))


def test_members_with_one_name_are_both_read(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for number in range(2):
            info = tarfile.TarInfo("page.html")
            info.size = len(page(number))
            archive.addfile(info, io.BytesIO(page(number)))
        link = tarfile.TarInfo("../../etc/passwd")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    records = read(buffer.getvalue(), "twins.tar", tmp_path)
    assert [record.locator for record in records] == ["page.html", "page.html#2", "../../etc/passwd"]
    assert reasons(records) == [Reason.NOT_A_PAGE]


def test_each_loader_has_a_case() -> None:
    cases = " ".join(FORMATS) + " html text mhtml"
    assert all(kind in cases for kind in LOADERS)


def of_spark(rows: list[dict[str, str]], delimiter: str = ",") -> bytes:
    """A table whose quotes stand behind backslashes, and what stands before a quote doubled."""
    cells = [
        ['"' + cell.replace("\\", "\\\\").replace('"', '\\"') + '"' for cell in row.values()] for row in rows
    ]
    return "\n".join(delimiter.join(row) for row in [list(rows[0]), *cells, []]).encode()


QUOTING = page(1).decode().replace("<h1>", '<h1 class="top" data-path="C:\\news\\">')
QUOTED = [{"url": f"https://courier.example/{n}", "html": QUOTING, "date": "2024-03-05"} for n in range(2)]
LINES = [json.dumps(row) for row in ROWS]
ODD_TABLES: dict[str, tuple[str, bytes]] = {
    "backslashes": ("crawl.csv", of_spark(QUOTED)),
    "backslashes and tabs": ("crawl.tsv", of_spark(QUOTED, "\t")),
    "doubled quotes beside backslashes": ("crawl.csv", csv_of(QUOTED)),
    "sep line": ("crawl.csv", b"sep=;\r\n" + csv_of(QUOTED, ";")),
    "sep line of another mark": ("crawl.csv", "\ufeffsep=^\r\n".encode() + csv_of(QUOTED, "^")),
    "UTF-16 table": ("crawl.csv", csv_of(QUOTED).decode().encode("utf-16")),
    "UTF-16 table without a mark": ("crawl.tsv", csv_of(QUOTED, "\t").decode().encode("utf-16-le")),
    "UTF-16 with a sep line": ("crawl.csv", f"sep=;\r\n{csv_of(QUOTED, ';').decode()}".encode("utf-16")),
}


@pytest.mark.parametrize("case", ODD_TABLES)
def test_tables_are_read_as_spreadsheets_and_databases_write_them(case: str, tmp_path: Path) -> None:
    name, data = ODD_TABLES[case]
    records = read(data, name, tmp_path)
    assert [(p.url, p.body.decode()) for p in pages(records)] == [(row["url"], row["html"]) for row in QUOTED]
    assert reasons(records) == []


ODD_JSON: dict[str, tuple[str, bytes]] = {
    "an array named as lines": ("crawl.jsonl", json.dumps(ROWS).encode()),
    "an array over lines": ("crawl.jsonl", ("[\n" + ",\n".join(LINES) + "\n]\n").encode()),
    "two arrays": ("crawl.json", (json.dumps(ROWS[:1]) + "\n" + json.dumps(ROWS[1:])).encode()),
    "objects over lines": ("crawl.ndjson", "\n".join(json.dumps(row, indent=2) for row in ROWS).encode()),
    "no line breaks": ("crawl.jsonl", "".join(LINES).encode()),
    "two on a line": ("crawl.jsonl", (LINES[0] + " " + LINES[1] + "\n\n" + LINES[2]).encode()),
    "commas between": ("crawl.jsonl", ",\n".join(LINES).encode()),
    "UTF-16 lines": ("crawl.jsonl", "\r\n".join(LINES).encode("utf-16")),
    "UTF-16, the other end first": ("crawl.jsonl", ("\ufeff" + "\n".join(LINES)).encode("utf-16-be")),
    "UTF-16 document": ("crawl.json", json.dumps(ROWS).encode("utf-16")),
    "a mark of UTF-8": ("crawl.jsonl", "\n".join(LINES).encode("utf-8-sig")),
    "lines named as a document": ("crawl.json", "\n".join(LINES).encode()),
}


@pytest.mark.parametrize("case", ODD_JSON)
def test_json_is_read_by_what_it_holds(case: str, tmp_path: Path) -> None:
    name, data = ODD_JSON[case]
    records = read(data, name, tmp_path)
    assert [(p.url, p.body.decode()) for p in pages(records)] == [(row["url"], row["html"]) for row in ROWS]
    assert reasons(records) == []
    assert len({record.locator for record in records}) == len(records)


def test_many_objects_on_one_line_need_no_more_memory_than_a_few(tmp_path: Path) -> None:
    data = "".join(LINES * 2000).encode()
    assert len(data) > OPTIONS.record_size
    assert len(pages(read(data, "crawl.jsonl", tmp_path))) == 3 * 2000


def test_a_damaged_object_costs_what_stands_behind_it_on_its_line_only(tmp_path: Path) -> None:
    data = "\n".join([LINES[0], LINES[1] + '{"html": ', LINES[2]]).encode()
    records = read(data, "crawl.jsonl", tmp_path)
    assert len(pages(records)) == 3
    assert reasons(records) == [Reason.MALFORMED_RECORD]


def test_a_nul_in_a_cell_costs_nothing(tmp_path: Path) -> None:
    cut = [QUOTED[0] | {"html": QUOTING.replace("stays", "st\0ays")}, QUOTED[1]]
    for name, data in {
        "crawl.csv": csv_of(cut),
        "crawl.tsv": csv_of(cut, "\t"),
        "crawl.jsonl": "\n".join(json.dumps(row).replace("\\u0000", "\0") for row in cut).encode(),
    }.items():
        assert [p.body.decode() for p in pages(read(data, name, tmp_path))] == [QUOTING] * 2


def test_a_table_of_an_older_charset_is_read_wherever_its_first_accent_stands(tmp_path: Path) -> None:
    plain = {"text": "The ferry stays in port until Friday, said the harbour master. " * 20}
    last = {"text": "Die Fähre fährt erst am Freitag, sagte Inés Calderón in Düsseldorf. " * 20}
    rows = [*[plain] * 100, last]
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    for name, data in {
        "old.csv": csv_of(rows).decode().encode("cp1252"),
        "old.jsonl": lines.encode("cp1252"),
        "old.json": f"[{lines}]".replace("\n", ",").encode("cp1252"),
    }.items():
        assert pages(read(data, name, tmp_path))[-1].body.decode() == last["text"], name


def test_a_column_of_bytes_is_a_page_as_it_was_served(tmp_path: Path) -> None:
    body = page(1).replace(b"Ines", "Inés".encode("latin-1"))
    for kind in (pa.binary(), pa.large_binary()):
        table = pa.table(
            {"url": pa.array([b"https://courier.example/1"], kind), "html": pa.array([body], kind)}
        )
        buffer = io.BytesIO()
        pq.write_table(table, buffer)
        [found] = pages(read(buffer.getvalue(), "bytes.parquet", tmp_path))
        assert (found.body, found.url, found.charset) == (body, "https://courier.example/1", None)


@pytest.mark.parametrize("name", ["odd.csv", "odd.jsonl", "odd.json", "odd.parquet"])
def test_a_table_without_a_page_tells_its_columns_and_how_to_name_them(name: str, tmp_path: Path) -> None:
    rows = [{"link": "https://courier.example/1", "story_body": "words"}]
    data = {
        "odd.csv": csv_of(rows),
        "odd.jsonl": json.dumps(rows[0]).encode(),
        "odd.json": json.dumps(rows).encode(),
        "odd.parquet": parquet_of(rows),
    }[name]
    [record] = read(data, name, tmp_path)
    assert isinstance(record.content, Rejection)
    assert "'story_body'" in record.content.detail
    assert "--map text=NAME" in record.content.detail


FEEDS = {
    "RSS": '<?xml version="1.0"?><rss version="2.0"><channel><title>The Courier</title><link>x</link></channel></rss>',
    "RSS with a style": '<?xml version="1.0"?>\n<?xml-stylesheet href="a.xsl"?>\n<!-- made by x > y -->\n<rss><channel>',
    "Atom": '<feed xmlns="http://www.w3.org/2005/Atom"><title>The Courier</title></feed>',
    "sitemap": '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>x</loc></url></urlset>',
    "JSON feed": '{"version": "https://jsonfeed.org/version/1.1", "items": [{"html": "<p>x</p>"}]}',
}


@pytest.mark.parametrize("name", ["feed.xml", "feed.html", "feed", "feed.txt", "feed.json"])
@pytest.mark.parametrize("kind", FEEDS)
def test_a_feed_is_no_page_and_the_message_says_where_feeds_belong(
    kind: str, name: str, tmp_path: Path
) -> None:
    for codec in ("utf-8", "utf-16"):
        [record] = read(FEEDS[kind].encode(codec), name, tmp_path)
        assert isinstance(record.content, Rejection)
        assert record.content.reason is Reason.UNSUPPORTED_FORMAT
        assert "newsledger.toml" in record.content.detail


def test_a_page_about_feeds_is_a_page(tmp_path: Path) -> None:
    [found] = pages(read(b"<!-- <rss> --><html><body><p>The &lt;rss&gt; tag. <rss></p>", "a.html", tmp_path))
    assert found.media_type == "text/html"


def test_a_feed_served_as_html_is_skipped(tmp_path: Path) -> None:
    records = read(warc_record(http_response(FEEDS["RSS"].encode())), "one.warc", tmp_path)
    assert reasons(records) == [Reason.MEDIA_TYPE]


@pytest.mark.parametrize(
    "head",
    [
        "http/1.1 200 ok\r\ncontent-type: text/html; charset=utf-8\r\n\r\n",
        "HTTP/2 200\nContent-Type: text/html; charset=utf-8\n\n",
        "HTTP/1.1 200OK\r\nContent-Type : text/html; charset=utf-8\r\n\r\n",
        "\r\nHTTP/1.0 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n",
    ],
)
def test_the_head_of_a_response_is_read_leniently(head: str, tmp_path: Path) -> None:
    [record] = read(warc_record(head.encode() + page(1)), "one.warc", tmp_path)
    assert isinstance(record.content, RawPage)
    assert (record.content.body, record.content.charset) == (page(1), "utf-8")


TEXT = "The ferry stays in port until Friday, said the harbour master. " * 5
TOLD = {"headline": "Ferry stays in port", "authors": "Ida Holm; Per Lund", "published": "2024-03-04"}


@pytest.mark.parametrize(
    "row",
    [
        {"title": "Ferry stays in port", "author": "Ida Holm; Per Lund", "published": "2024-03-04"},
        {"Headline": "Ferry stays in port", "Authors": ["Ida Holm", "Per Lund"], "publish_date": "2024-03-04"},
        {"title": "Ferry stays in port", "author": [{"name": "Ida Holm"}, {"name": "Per Lund"}], "date": "2024-03-04"},
        {"headline": "Ferry stays in port", "title": "x", "byline": "Ida Holm; Per Lund", "pubDate": "2024-03-04"},
    ],
)  # fmt: skip
def test_usual_columns_tell_of_the_page(row: dict[str, object], tmp_path: Path) -> None:
    row = row | {"text": TEXT, "captured_at": "2024-03-05T10:00:00Z"}
    [found] = pages(read(json.dumps(row).encode(), "a.jsonl", tmp_path))
    assert found.declared == TOLD
    table = {name: value if isinstance(value, str) else "Ida Holm; Per Lund" for name, value in row.items()}
    for name, data in {"a.csv": csv_of([table]), "a.parquet": parquet_of([table])}.items():
        [found] = pages(read(data, name, tmp_path))
        assert found.declared == TOLD


def test_columns_that_tell_of_the_page_may_be_named(tmp_path: Path) -> None:
    options = Options(2**20, 1000, {"headline": "Titular", "text": "cuerpo"})
    row = {"titular": "Ferry stays in port", "title": "Home", "cuerpo": TEXT, "published": 1709510400}
    [found] = pages(read(json.dumps(row).encode(), "a.jsonl", tmp_path, options))
    assert found.declared == {"headline": "Ferry stays in port", "published": "2024-03-04T00:00:00+00:00"}


def test_a_date_alone_is_the_time_of_capture(tmp_path: Path) -> None:
    row = {
        "text": TEXT,
        "date": "2024-03-05",
        "title": None,
        "author": 7,
        "published": [],
        "byline": {"name": 3},
    }
    [found] = pages(read(json.dumps(row).encode(), "a.jsonl", tmp_path))
    assert found.captured_at == datetime(2024, 3, 5, tzinfo=UTC)
    assert found.declared == {}
