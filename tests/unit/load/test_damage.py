"""Damaged and hostile inputs: nothing is lost in silence, nothing grows without bound, nothing raises."""

from __future__ import annotations

import functools
import gzip
import io
import random
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.load.sniff import sniff
from etl.records import RawPage, Reason
from tests.faults import Tally
from tests.faults.bombs import BOMBS
from tests.faults.damage import (
    archives,
    bodies,
    bombs,
    cut_archives,
    flipped_bits,
    mutated_pages,
    read,
    reasons,
)
from tests.faults.web_archives import arc, gzipped, http_response, page, warc_record

INBOX = Path(__file__).resolve().parents[3] / "samples" / "inbox"
ARCHIVES = archives(4)
RECORDS, PACKED = ARCHIVES.values()


@pytest.fixture
def tally() -> Iterator[Tally]:
    tally = Tally()
    yield tally
    assert tally.cases
    assert tally.wrong == []


def test_a_web_archive_cut_anywhere_tells_what_is_missing(tmp_path: Path, tally: Tally) -> None:
    cut_archives(tmp_path, 3, 5, tally)


def test_a_flipped_bit_takes_one_record_and_is_told(tmp_path: Path, tally: Tally) -> None:
    flipped_bits(tmp_path, 4, 60, random.Random(11), tally)


def test_garbage_between_records_is_one_rejected_record(tmp_path: Path) -> None:
    for name, parts in ARCHIVES.items():
        garbage = b"garbage \x1f\x8b\x08 and more of it\r\n" * 50
        records = read(b"".join([*parts[:2], garbage, *parts[2:]]), name, tmp_path)
        assert bodies(records) == [page(n) for n in range(4)]
        assert reasons(records) == [Reason.DAMAGED_ARCHIVE]


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
        assert reasons(records) == [Reason.TOO_LARGE]


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
    assert Reason.INTERNAL_ERROR not in reasons(records)
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


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_rejected_in_bounded_memory_and_time(name: str, tmp_path: Path, tally: Tally) -> None:
    bombs(tmp_path, [name], tally)


def test_mutated_pages_get_their_fates(tmp_path: Path, tally: Tally) -> None:
    seeds = sorted(path for path in INBOX.rglob("*") if path.suffix in (".html", ".txt"))
    mutated_pages(f"sqlite:///{tmp_path / 'l.db'}", tmp_path / "in", seeds, 40, random.Random(3), tally)


@pytest.mark.parametrize("short", [1, 2])
@pytest.mark.parametrize("is_hashed", [True, False])
def test_a_length_that_is_a_byte_or_two_short_costs_no_page(
    short: int, is_hashed: bool, tmp_path: Path
) -> None:
    whole = warc_record(http_response(page(1)), number=1)
    length = len(http_response(page(1)))
    wrong = whole.replace(f"Content-Length: {length}".encode(), f"Content-Length: {length - short}".encode())
    if not is_hashed:
        wrong = wrong.replace(b"WARC-Block-Digest", b"X-Was-Digest")
    for name, parts in {
        "a.warc": [RECORDS[0], wrong, RECORDS[2]],
        "a.warc.gz": [PACKED[0], gzip.compress(wrong), PACKED[2]],
        "last.warc": [RECORDS[0], RECORDS[2], wrong],
    }.items():
        records = read(b"".join(parts), name, tmp_path)
        assert sorted(bodies(records)) == [page(0), page(1), page(2)], name
        assert reasons(records) == []
        cut = [record.content.is_truncated for record in records if isinstance(record.content, RawPage)]
        assert cut.count(True) == (not is_hashed)


@pytest.mark.parametrize("filler", [b"<!---->", b"<!-- -->\n", b"<?x?>", b"<!x>", b"<!--", b"<?xml?><!---->"])
def test_a_head_of_comments_is_told_at_once(filler: bytes) -> None:
    for name in ("a.html", "a.xml", "a"):
        assert sniff((filler * 4096)[:4090] + b"x", name) != "feed"
