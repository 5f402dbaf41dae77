"""Nothing breaks, but much is done twice, at once, or in another order; and books that don't balance."""

from __future__ import annotations

import pickle
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

from alembic.script import ScriptDirectory
from sqlalchemy import Engine, select, text

from etl import pipeline
from etl.database import migrate, prepare, writing
from etl.errors import BooksError
from etl.models import Base
from etl.records import Books
from etl.settings import PROJECT_ROOT, Settings
from tests.faults import Tally
from tests.faults.loading import Case, Forked, emptied, load, opened, remembering, row_counts, state


def unbalanced_books(url: str, case: Case, tally: Tally) -> None:
    """Figure 5: a record that gets lost, in the ledger, in the books or before the store, fails the run."""
    statements = {
        "a record leaves the ledger": "DELETE FROM records WHERE source_id = (SELECT min(source_id) FROM records)",
        "a record is booked twice": "UPDATE runs SET loaded = loaded + 1, inputs = inputs + 1",
        "an input is not booked": "UPDATE runs SET rejected = rejected - 1, inputs = inputs - 1",
    }
    for what, statement in statements.items():
        tally.expect(f"{url} {what}", status=(_status_of_a_load(emptied(url), case, statement), "failed"))
    write_batch = pipeline.write_batch

    def lose_one(engine: Engine, run_id: int, outcomes: list[Any], *arguments: Any) -> Books:
        return write_batch(engine, run_id, outcomes[1:], *arguments)

    pipeline.write_batch = lose_one  # type: ignore[assignment]
    try:
        found = _status_of_a_load(emptied(url), case, "SELECT 1")
    finally:
        pipeline.write_batch = write_batch
    tally.expect(f"{url} a record is not stored", status=(found, "failed"))


def _status_of_a_load(url: str, case: Case, statement: str) -> str:
    """What the run's row says after a load, during which the statement is done after each batch."""
    settings = Settings(database_url=url, jobs=1)
    with opened(url) as engine, remembering(pickle.loads(case.known.read_bytes())):

        def meddle(_: Books, __: float | None) -> None:
            with engine.begin() as connection:
                connection.execute(text(statement))

        prepare(engine)
        try:
            with pipeline.open_run(engine, "load", settings) as run_id:
                pipeline.load_partition(engine, run_id, case.inputs, settings, meddle)
        except BooksError:
            with engine.connect() as connection:
                return str(connection.scalar(text("SELECT status FROM runs")))
        return "no error"


def repeated_loads(url: str, case: Case, rounds: int, chance: random.Random, tally: Tally) -> None:
    """Figure 6: shuffled and in other batch sizes it is the same dump; loaded again, not a row changes."""
    for number in range(rounds):
        found = load(emptied(url), _shuffled(case, chance), batch_size=chance.randrange(1, 60))
        rows = _rows(url)
        for _ in range(2):
            load(url, _shuffled(case, chance), batch_size=chance.randrange(1, 60))
        changed = [name for name, before in rows.items() if _rows(url)[name] != before]
        tally.expect(f"{url} round {number}", dump=(found, case.expected), changed=(changed, []))


def other_jobs(url: str, case: Case, jobs: range, tally: Tally) -> None:
    """Figure 6: other numbers of real workers, real reading."""
    for count in jobs:
        with opened(emptied(url)) as engine:
            prepare(engine)
            settings = Settings(database_url=url, jobs=count, batch_size=3 + count)
            with pipeline.open_run(engine, "load", settings) as run_id:
                pipeline.load_partition(engine, run_id, case.inputs, settings)
        tally.expect(f"{url} {count} jobs", dump=(state(url)[0], case.expected))


def _shuffled(case: Case, chance: random.Random) -> Case:
    files = [str(path) for place in case.inputs for path in sorted(Path(place).rglob("*")) if path.is_file()]
    return replace(case, inputs=tuple(chance.sample(files, len(files))))


def _rows(url: str) -> dict[str, list[Any]]:
    """All rows of all tables but the runs'."""
    with opened(url) as engine, engine.connect() as connection:
        return {
            name: sorted(map(repr, connection.execute(select(table))))
            for name, table in Base.metadata.tables.items()
            if name != "runs"
        }


def loads_at_once(
    url: str, case: Case, folder: Path, rounds: int, chance: random.Random, tally: Tally
) -> None:
    """Figure 9: four loaders with three quarters of the files each; what they leave is the undisturbed dump."""
    files = _shuffled(case, chance).inputs
    for number in range(rounds):
        emptied(url)
        runs = []
        for one in range(4):
            mine = [file for place, file in enumerate(files) if place % 4 != one]
            mine = chance.sample(mine, len(mine))
            runs.append(
                Forked(url, replace(case, inputs=tuple(mine)), folder / f"log-{one}", batch_size=1 + 5 * one)
            )
        ends = [run.end() for run in runs]
        said = [end.said[-300:] for end in ends if end.status]
        found, wrong = state(url)
        tally.expect(
            f"{url} round {number}", failed=(said, []), dump=(found, case.expected), wrong=(wrong, [])
        )


ADDED = ["claims SET speaker_from = NULL, speaker_confidence = NULL"]
"""Leaves columns as they were before a revision added them: going below it takes away for good what they held."""


def migrations(url: str, case: Case, tally: Tally) -> None:
    """Figure 11: down to each revision that has tables and up again; all rows are kept, with all that both can hold."""
    load(emptied(url), case)
    forget_added(url)
    found, counts = state(url)[0], row_counts(url)
    head, *below = (revision.revision for revision in _revisions())
    for revision in below:
        with opened(url) as engine:
            migrate(engine, revision)
            migrate(engine, head)
        tally.expect(
            f"{url} down to {revision} and up",
            rows=(row_counts(url), counts), dump=(state(url), (found, [])),
        )  # fmt: skip


def forget_added(url: str) -> None:
    """Leave the columns that revisions added as they were before."""
    with opened(url) as engine, writing(engine) as connection:
        for emptied_columns in ADDED:
            connection.execute(text(f"UPDATE {emptied_columns}"))


def _revisions() -> list[Any]:
    """The newest first."""
    return list(ScriptDirectory(str(PROJECT_ROOT / "migrations")).walk_revisions())
