"""Archives of files: .zip, .wacz and .tar, read member by member; nothing is written under a member's name."""

from __future__ import annotations

import lzma
import struct
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from etl.load.compressed import DAMAGE, limited
from etl.load.entry import Entry, Part, reopenable, seekable
from etl.records import Reason

_MAX_EMPTY = 1000
"""Members without content; an archive with more is none of pages."""

_ENCRYPTED = 0x1
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    ArithmeticError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    struct.error,
    zlib.error,
)
"""What zipfile raises at damage."""


@dataclass(slots=True)
class _Members:
    """Counts an archive's members and gives each its place: its name, numbered where the name comes again."""

    entry: Entry
    seen: Counter[str] = field(default_factory=Counter)
    empty: int = 0

    def place(self, name: str, size: int) -> str:
        self.seen[name] += 1
        self.empty += not size
        return f"{name}#{self.seen[name]}" if self.seen[name] > 1 else name or "unnamed"

    @property
    def are_too_many(self) -> bool:
        return self.seen.total() >= self.entry.options.archive_members or self.empty > _MAX_EMPTY

    def refused(self) -> Part:
        told = f"more than {self.seen.total()} members, {self.empty} of them empty"
        return self.entry.rejected("members", Reason.TOO_LARGE, told)


def load_zip(entry: Entry) -> Iterator[Part]:
    """The members in the order of the directory; of a WACZ only those under archive/ hold pages."""
    try:
        with seekable(entry) as file, zipfile.ZipFile(file) as archive:
            yield from _zip_members(entry, archive, archive.infolist())
    except _ZIP_ERRORS as error:
        yield entry.rejected("directory", Reason.DAMAGED_ARCHIVE, f"zip: {error}")


def _zip_members(entry: Entry, archive: zipfile.ZipFile, listed: Sequence[zipfile.ZipInfo]) -> Iterator[Part]:
    members = _Members(entry)
    is_wacz = any(info.filename == "datapackage.json" for info in listed)
    overlapping = _overlapping(listed)
    for info in listed:
        if info.filename.endswith("/"):
            continue
        if members.are_too_many:
            yield members.refused()
            return
        place = members.place(info.filename, info.file_size)
        if is_wacz and not info.filename.startswith("archive/"):
            yield entry.rejected(place, Reason.NOT_A_PAGE, "a part of the web archive beside its pages")
        elif info.header_offset in overlapping:
            yield entry.rejected(place, Reason.DAMAGED_ARCHIVE, "it overlaps another member")
        elif info.flag_bits & _ENCRYPTED:
            yield entry.rejected(place, Reason.UNREADABLE, "it is encrypted")
        else:
            yield from _zip_member(entry, archive, info, place)


def _zip_member(entry: Entry, archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: str) -> Iterator[Part]:
    try:
        with archive.open(info) as packed:
            stream = limited(packed, lambda: info.compress_size)
            with reopenable(stream) as reopen:
                yield entry.member(place, info.filename, reopen)
    except _ZIP_ERRORS as error:
        yield entry.rejected(place, Reason.DAMAGED_ARCHIVE, f"{type(error).__name__}: {error}")


def _overlapping(listed: Sequence[zipfile.ZipInfo]) -> set[int]:
    """The header offsets of members that share bytes with the one before: how a small file lists terabytes."""
    found = set()
    end = 0
    for info in sorted(listed, key=lambda info: info.header_offset):
        if info.header_offset < end:
            found.add(info.header_offset)
        end = max(end, info.header_offset + info.compress_size)
    return found


def load_tar(entry: Entry) -> Iterator[Part]:
    """The members as they come; links and devices are skipped."""
    members = _Members(entry)
    try:
        with entry.open() as stream, tarfile.open(fileobj=stream, mode="r|", errorlevel=1) as archive:
            while info := archive.next():
                archive.members = []  # type: ignore[attr-defined]  # it would keep them all
                if info.isdir():
                    continue
                if members.are_too_many:
                    yield members.refused()
                    return
                place = members.place(info.name, info.size)
                content = archive.extractfile(info) if info.isreg() else None
                if content is None:
                    yield entry.rejected(place, Reason.NOT_A_PAGE, "a link or a device")
                else:
                    with reopenable(content) as reopen:
                        yield entry.member(place, info.name, reopen)
    except (tarfile.TarError, ValueError, LookupError, ArithmeticError, *DAMAGE) as error:
        detail = f"tar: after {members.seen.total()} members: {error}"
        yield entry.rejected(f"after:{members.seen.total()}", Reason.DAMAGED_ARCHIVE, detail)
