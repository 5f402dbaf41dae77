"""Damaged and hostile inputs: nothing is lost in silence, nothing grows without bound, nothing raises."""

from __future__ import annotations

import bz2
import functools
import gzip
import io
import lzma
import random
import struct
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.load import MAX_DEPTH, Options, identify, read_records
from etl.records import InputRecord, RawPage, Reason, Rejection
from tests.archives import arc, gzipped, http_response, page, warc, warc_record

OPTIONS = Options(record_size=2**20, archive_members=10_000)


def read(data: bytes, name: str, folder: Path) -> list[InputRecord]:
    path = folder / name
    path.write_bytes(data)
    return list(read_records(identify(path.as_uri(), path), path, OPTIONS))


def bodies(records: list[InputRecord]) -> list[bytes]:
    return [record.content.body for record in records if isinstance(record.content, RawPage)]


def reasons(records: list[InputRecord]) -> set[Reason]:
    return {record.content.reason for record in records if isinstance(record.content, Rejection)}


RECORDS = warc(4)
PACKED = [gzip.compress(record, mtime=0) for record in RECORDS]
ARCHIVES = {"crawl.warc": RECORDS, "crawl.warc.gz": PACKED}


def whole_before(parts: list[bytes], cut: int) -> int:
    """How many parts end at or before a byte."""
    ends = [sum(map(len, parts[: n + 1])) for n in range(len(parts))]
    return sum(end <= cut for end in ends)


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_web_archive_cut_at_any_byte_tells_what_is_missing(name: str, tmp_path: Path) -> None:
    parts = ARCHIVES[name]
    data = b"".join(parts)
    for cut in range(1, len(data)):
        records = read(data[:cut], name, tmp_path)
        found = bodies(records)
        whole = whole_before(parts, cut)
        assert found[:whole] == [page(n) for n in range(whole)], cut
        if len(found) == whole:  # else only the newlines behind the last record are missing
            at_a_record_s_end = sum(map(len, parts[:whole])) == cut
            assert bool(reasons(records)) != at_a_record_s_end, cut
        assert len({record.locator for record in records}) == len(records)


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_flipped_bit_takes_one_record_and_is_told(name: str, tmp_path: Path) -> None:
    parts = ARCHIVES[name]
    chance = random.Random(11)
    for number, part in enumerate(parts):
        for _ in range(150):
            at, bit = chance.randrange(len(part)), 1 << chance.randrange(8)
            flipped = bytearray(part)
            flipped[at] ^= bit
            records = read(b"".join([*parts[:number], flipped, *parts[number + 1 :]]), name, tmp_path)
            found = bodies(records)
            others = [page(n) for n in range(len(parts)) if n != number]
            assert [body for body in found if body in others] == others, (number, at, bit)
            # what is loaded of the record is what was hashed; else it is rejected or skipped, and told
            assert page(number) in found or reasons(records), (number, at, bit)
            assert set(found) <= {page(n) for n in range(len(parts))}, (number, at, bit)


def test_garbage_between_records_is_one_rejected_record(tmp_path: Path) -> None:
    for name, parts in ARCHIVES.items():
        garbage = b"garbage \x1f\x8b\x08 and more of it\r\n" * 50
        records = read(b"".join([*parts[:2], garbage, *parts[2:]]), name, tmp_path)
        assert bodies(records) == [page(n) for n in range(4)]
        assert [r.content.reason for r in records if isinstance(r.content, Rejection)] == [
            Reason.DAMAGED_ARCHIVE
        ]


def test_a_wrong_length_does_not_swallow_the_next_records(tmp_path: Path) -> None:
    for length in ("0", "17", "99", "5000", "99999999", "999999999999999999", "-3", "many"):
        broken = (
            RECORDS[1]
            .replace(b"\r\nContent-Length: ", b"\r\nX-Was: ")
            .replace(b"\r\n\r\nHTTP", f"\r\nContent-Length: {length}\r\n\r\nHTTP".encode())
        )
        records = read(RECORDS[0] + broken + RECORDS[2] + RECORDS[3], "crawl.warc", tmp_path)
        assert bodies(records) == [page(0), page(2), page(3)], length
        assert Reason.DAMAGED_ARCHIVE in reasons(records)


def test_a_record_too_large_is_passed_and_the_next_is_read(tmp_path: Path) -> None:
    large = warc_record(http_response(b"<p>" + b"x" * 3 * 2**20))
    for name, parts in {"a.warc": [large, *RECORDS], "a.warc.gz": [gzip.compress(large), *PACKED]}.items():
        records = read(b"".join(parts), name, tmp_path)
        assert bodies(records) == [page(n) for n in range(4)]
        assert reasons(records) == {Reason.TOO_LARGE}


def test_an_arc_cut_or_broken_tells_what_is_missing(tmp_path: Path) -> None:
    whole = arc(3)
    for cut in range(200, len(whole) - 1, 97):
        records = read(whole[:cut], "crawl.arc", tmp_path)
        assert len(bodies(records)) == 3 or Reason.DAMAGED_ARCHIVE in reasons(records)
    broken = whole.replace(b"/1 192.0.2.1", b"/1 192.0..x.1")
    records = read(broken, "crawl.arc", tmp_path)
    assert bodies(records) == [page(0), page(2)]
    assert Reason.DAMAGED_ARCHIVE in reasons(records)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.data(),
    name=st.sampled_from(["crawl.warc.gz", "a.zip", "a.tar", "a.tar.gz", "a.json", "a.arc", "a.mhtml"]),
)
def test_mutated_inputs_never_raise(data: st.DataObject, name: str, tmp_path: Path) -> None:
    mutated = bytearray(seeds()[name])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(mutated) - 1))
        mutated[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    records = read(bytes(mutated), name, tmp_path)
    assert records
    assert len({record.locator for record in records}) == len(records)


@functools.cache
def seeds() -> dict[str, bytes]:
    files = {f"{n}.html": page(n) for n in range(3)}
    zipped, plain, packed = io.BytesIO(), io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    for buffer, mode in ((plain, "w"), (packed, "w:gz")):
        with tarfile.open(fileobj=buffer, mode=mode) as tar:  # type: ignore[call-overload]
            for name, body in files.items():
                info = tarfile.TarInfo(name)
                info.size = len(body)
                tar.addfile(info, io.BytesIO(body))
    return {
        "crawl.warc.gz": gzipped(RECORDS),
        "a.zip": zipped.getvalue(),
        "a.tar": plain.getvalue(),
        "a.tar.gz": packed.getvalue(),
        "a.json": b'[{"html": "<p>one"}, {"text": "two", "url": "https://a.example"}]',
        "a.arc": arc(2),
        "a.mhtml": b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
        b"Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p>=41</p>\n--b--\n",
    }


ZEROS = bytes(2**20)


def gzip_bomb(layers: int) -> bytes:
    data = gzip.compress(ZEROS * 200, mtime=0)
    for _ in range(layers - 1):
        data = gzip.compress(data * 50, mtime=0)
    return data


def overlapping_zip(count: int) -> bytes:
    """A directory of `count` names for one and the same member."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0.html", ZEROS * 20)
        [info] = archive.infolist()
        for number in range(1, count):
            again = zipfile.ZipInfo(f"{number}.html")
            for name in ("compress_type", "CRC", "compress_size", "file_size", "header_offset"):
                setattr(again, name, getattr(info, name))
            archive.filelist.append(again)
            archive.NameToInfo[again.filename] = again
    return buffer.getvalue()


def zip_of(name: str, data: bytes, count: int = 1) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(count):
            archive.writestr(f"{number}-{name}", data)
    return buffer.getvalue()


def nested_zips(depth: int) -> bytes:
    data = zip_of("page.html", page(0))
    for _ in range(depth):
        data = zip_of("inner.zip", data, 2)
    return data


def tar_of_empty_members(count: int) -> bytes:
    header = tarfile.TarInfo("x.html").tobuf()
    return gzip.compress(header * count + bytes(1024), mtime=0)


def lying_zip() -> bytes:
    """A member that says it holds 10 bytes."""
    data = bytearray(zip_of("page.html", ZEROS * 100))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(data)


def warc_bomb(encoding: str, body: bytes) -> bytes:
    return warc_record(http_response(body, f"Content-Encoding: {encoding}"))


BOMBS: dict[str, Callable[[], bytes]] = {
    "zeros.html.gz": lambda: gzip_bomb(1),
    "nested.html.gz.gz": lambda: gzip_bomb(2),
    "deep.html.gz.gz.gz.gz.gz.gz": lambda: functools.reduce(
        lambda data, _: gzip.compress(data), range(6), page(0)
    ),
    "zeros.html.bz2": lambda: bz2.compress(ZEROS * 200),
    "zeros.html.xz": lambda: lzma.compress(ZEROS * 200),
    "zeros.html.zst": lambda: zstandard.compress(ZEROS * 200),
    "overlap.zip": lambda: overlapping_zip(5000),
    "ratio.zip": lambda: zip_of("page.html", ZEROS * 100, 3),
    "lying.zip": lying_zip,
    "nested.zip": lambda: nested_zips(MAX_DEPTH + 3),
    "members.tar.gz": lambda: tar_of_empty_members(1_000_000),
    "zeros.tar.gz": lambda: gzip.compress(tar_header("page.html", 2**38) + ZEROS * 100),
    "brotli.warc": lambda: warc_bomb("br", brotli.compress(ZEROS * 100, quality=5)),
    "gzip.warc": lambda: warc_bomb("gzip", gzip_bomb(1)),
    "zeros.jsonl.gz": lambda: gzip.compress(b'{"text": "' + ZEROS * 100, mtime=0),
}


def tar_header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size = size
    return info.tobuf()


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_rejected_in_bounded_memory(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(BOMBS[name]())
    tracemalloc.start()
    records = list(read_records(identify(path.as_uri(), path), path, OPTIONS))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200 * 2**20
    assert reasons(records) & {Reason.TOO_LARGE, Reason.DAMAGED_ARCHIVE, Reason.UNSUPPORTED_FORMAT}
    assert sum(map(len, bodies(records))) <= 2 * OPTIONS.record_size
