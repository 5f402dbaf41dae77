"""The lines that a long run writes where there is no terminal."""

from __future__ import annotations

from collections import Counter

import pytest

from etl.records import Books, Fate
from flows import console


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What the console takes for the time, in seconds."""
    now = [100.0]
    monkeypatch.setattr(console.time, "monotonic", lambda: now[0])
    return now


def books(**fates: int) -> Books:
    return Books(Counter({Fate(name): count for name, count in fates.items()}), Counter())


def test_a_line_tells_the_books_the_rate_and_the_remaining_time(
    clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    with console.shown_books("load") as tell:
        clock[0] += 5
        tell(books(loaded=30), 0.1)
        clock[0] += 15
        tell(books(loaded=8, rejected=2), 0.25)
    assert capsys.readouterr().err == (
        "load: 40 records (38 loaded, 2 rejected), 2.0 a second, 0:01:00 left\n"
    )


def test_no_remaining_time_is_made_up_where_the_size_is_unknown(
    clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    with console.shown_books("load") as tell:
        clock[0] += 20
        tell(books(loaded=40), None)
    assert capsys.readouterr().err == "load: 40 records (40 loaded), 2.0 a second\n"
