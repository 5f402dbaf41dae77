"""`make demo`: load the sample inbox with the nightly flow and ask three questions."""

from __future__ import annotations

import os
import shlex
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
QUESTIONS = (
    ("Who said what?", "who_said_what", {"speaker": "Khomenko"},
     ["published_on", "publisher", "speaker", "stance", "claim"]),
    ("Which numbers stand in people's mouths?", "numbers_said", {},
     ["published_on", "speaker", "number", "value", "unit", "counted", "claim"]),
    ("Who reported it first?", "first_to_report", {"term": "quay wall"},
     ["published_on", "published_at_utc", "publisher", "headline", "is_copy"]),
)  # fmt: skip
"""(what is asked, the question, its parameters, the columns shown)."""


def main() -> None:
    """Load, print the books, then the answers."""
    folder = Path(tempfile.mkdtemp(prefix="newsledger-demo-"))
    os.environ["PREFECT_HOME"] = str(folder / "prefect")
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
    os.environ["NEWSLEDGER_DATABASE_URL"] = url = f"sqlite:///{folder / 'newsledger.db'}"
    os.environ["NEWSLEDGER_INBOX"] = str(HERE / "inbox")
    print(
        "Loading the sample inbox with the nightly flow (Prefect takes some seconds to start) ...", flush=True
    )

    from etl.database import open_engine, reading
    from etl.queries import run_question
    from flows.export import as_table
    from flows.nightly import nightly
    from flows.report import as_text

    report = nightly()
    print("\nThe books: each record that was read has exactly one fate.\n")
    print(as_text(report))
    engine = open_engine(url)
    for title, name, params, columns in QUESTIONS:
        asked = "".join(f" --param {key}={shlex.quote(value)}" for key, value in params.items())
        print(f"\n{title}   newsledger query {name}{asked}\n")
        with reading(engine) as connection:
            print(as_table(run_question(connection, name, params)[columns].head(8)))
    engine.dispose()
    print(f"The database is {folder / 'newsledger.db'}: ask it more with\n")
    print(f"    .venv/bin/newsledger query --db {url}")


if __name__ == "__main__":
    main()
