"""What can go wrong outside the data. Bad data never raises: it becomes a Rejection."""

from __future__ import annotations

from typing import Any


class NewsledgerError(Exception):
    """Root of all errors. The message is one line that tells the reader what to do next."""


class UsageError(NewsledgerError):
    """The command line or the settings ask for something that can't be done. Exit status 2."""


class SchemaError(NewsledgerError):
    """The database's schema is not the one this version writes. Exit status 2."""


class DatabaseError(NewsledgerError):
    """The database can't be reached, is busy, is full or broke off. Exit status 1."""


class ModelError(NewsledgerError):
    """Shipped weights don't belong to the code or word lists beside them. Exit status 1; the checkout needs mending."""


class BooksError(NewsledgerError):
    """The fates of a run do not add up to its inputs. Exit status 1; it always means a defect here."""


class LeaseError(NewsledgerError):
    """Another night, backfill or reprocessing is at work here, or has taken this run for dead. Exit status 1."""


class ProblemsError(NewsledgerError):
    """A nightly or backfill loaded what it could; some inputs could not be read. Exit status 1.

    `report` is the run's report.
    """

    def __init__(self, message: str, report: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.report = report or {}


class LoadInterrupted(NewsledgerError):
    """Someone asked the run to stop. What was committed stays; a second run goes on from there."""
