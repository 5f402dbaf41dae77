"""What can go wrong outside the data. Bad data never raises: it becomes a Rejection."""


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


class LoadInterrupted(NewsledgerError):
    """Someone asked the run to stop. What was committed stays; a second run goes on from there."""
