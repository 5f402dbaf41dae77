"""Which line of a text dump is the headline."""

import numpy as np

from etl.normalize.body.lines import LineScores
from etl.normalize.fields.dump_headline import dump_headlines

LINES = [
    "Read the letters of the week from all islands",
    "Islands",
    "Ferry Ingeborg runs aground in thick fog",
    "By Solveig Marn",
    "12 September 2023",
    "The ferry Ingeborg ran aground in thick fog off Little Skar on Tuesday morning, the coastguard said.",
    "Nobody was hurt. The passengers of the ferry were brought to Fennmouth in two lifeboats before noon.",
]


def headlines(*chances: float) -> list[tuple[str, float]]:
    scores = LineScores(
        np.array([0, 0, 0, 0, 0, 1, 1], dtype=np.float32), np.array(chances, dtype=np.float32)
    )
    return [(found.value, found.confidence) for found in dump_headlines(LINES, scores)]


def test_the_line_that_is_signed_and_dated_and_tells_what_follows_wins_over_a_likelier_one() -> None:
    assert headlines(0.6, 0.1, 0.4, 0.3, 0.3, 0, 0)[0][0] == LINES[2]


def test_a_line_that_the_network_is_sure_of_stays() -> None:
    assert headlines(0.999, 0, 0.01, 0, 0, 0, 0)[0][0] == LINES[0]


def test_bylines_and_dates_are_no_candidates_and_the_confidences_leave_room_for_none() -> None:
    found = headlines(0.1, 0.1, 0.1, 0.9, 0.9, 0, 0)
    assert not {LINES[3], LINES[4]}.intersection(value for value, _ in found)
    assert 0.8 < sum(confidence for _, confidence in found) < 0.9
