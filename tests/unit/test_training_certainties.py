"""How sure a rule is goes from what was set by hand to what was counted."""

import pytest

from etl.annotate.speakers.certainties import certainties
from training.certainties import MOST, Answered, brier, fit, read_table

ASKED = ("it was named", "")


def answers(right: int, wrong: int, share: float = 1.0) -> list[Answered]:
    return [Answered(ASKED, share, i < right, i % 5) for i in range(right + wrong)]


@pytest.mark.parametrize(
    ("right", "wrong", "share", "certainty"),
    [
        (0, 0, 1.0, 0.6),  # never asked: as set by hand
        (10, 0, 1.0, 0.8),  # ten claims weigh as much as the hand
        (2, 8, 1.0, 0.4),
        (990, 0, 1.0, MOST),
        (5, 5, 0.5, 11 / 15),  # right as often as the speaker on whom it rests
    ],
)
def test_a_certainty_moves_with_what_was_counted(
    right: int, wrong: int, share: float, certainty: float
) -> None:
    assert fit(answers(right, wrong, share), {ASKED: 0.6})[ASKED] == pytest.approx(certainty)


def test_the_score_is_best_for_the_true_share() -> None:
    told = answers(6, 4)
    assert brier(told, {ASKED: 0.6}) < min(brier(told, {ASKED: 0.5}), brier(told, {ASKED: 0.7}))


def test_the_table_is_what_its_counts_make() -> None:
    for row in read_table():
        key, prior = (row["rule"], row["case"]), float(row["prior"])
        assert 0 <= int(row["right"]) <= int(row["claims"]) and row["reason"]
        assert 0 < certainties()[key] <= MOST
        if row["claims"] == "0":
            assert certainties()[key] == prior
