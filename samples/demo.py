"""`make demo`: load the sample inbox with the nightly flow and ask three questions, as the command line would.

Starts from an empty database each time, and leaves it for more.
"""

from __future__ import annotations

import os
import shlex
from pathlib import Path

INBOX = Path(__file__).resolve().parent / "inbox"
QUESTIONS = {
    "Who said what?": "who_said_what --param speaker=Khomenko --param limit=8"
    " --columns published_on,publisher,speaker,stance,claim",
    "Which numbers stand in people's mouths?": "numbers_said --param limit=8"
    " --columns published_on,speaker,number,value,unit,counted,claim",
    "Who reported it first?": "first_to_report --param term='quay wall'"
    " --columns published_on,published_at_utc,publisher,headline,is_copy",
}
"""What is asked, and the arguments of `newsledger query` that answer it."""


def main(folder: Path = Path("demo")) -> None:
    """Load into a folder's newsledger.db, print the books, then each question's command and its answer."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("newsledger.db*"):
        old.unlink()
    url = f"sqlite:///{folder / 'newsledger.db'}"
    os.environ["PREFECT_HOME"] = str(folder.resolve() / "prefect")
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
    os.environ["NEWSLEDGER_DATABASE_URL"] = url
    os.environ["NEWSLEDGER_INBOX"] = str(INBOX)
    print(
        "Loading the sample inbox with the nightly flow (Prefect takes some seconds to start) ...", flush=True
    )

    from flows.cli import app
    from flows.nightly import nightly
    from flows.report import as_text

    print("\nThe books: each record that was read has exactly one fate.\n")
    print(as_text(nightly()))
    for title, question in QUESTIONS.items():
        arguments = ["query", *shlex.split(question), "--db", url]
        print(f"\n{title}\n\n    .venv/bin/newsledger {shlex.join(arguments)}\n", flush=True)
        app(arguments, standalone_mode=False)
    print(f"\nThe database is {folder / 'newsledger.db'}. What else it can be asked is listed by\n")
    print("    .venv/bin/newsledger query")


if __name__ == "__main__":
    main()
