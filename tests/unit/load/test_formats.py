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
