"""Fit how sure each rule for speakers is, and measure on articles that it was not fitted on.

    python -m training.certainties ../shared/bench/gold

Takes a folder of articles annotated by hand. Of the claims found that are annotated it counts how often each rule, by
case, gave the annotator's answer, and writes the share into etl/annotate/speakers/certainties.tsv: `right` of `claims`,
with the hand-set `prior` counted as ten claims, so that a rule seldom asked keeps what its reason says. Prints the mean
squared error (Brier score, lower is better) of the priors and of the fit in five folds of articles, an article's fold
being its index among the sorted ids modulo 5. Half a minute for a hundred articles; run it after a change of rules.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.annotations import read
from bench.folds import FOLDS
from bench.rules import speaker_judge
from etl.annotate import annotate
from etl.annotate.rules import recorded
from etl.annotate.speakers.find import LATER_RULES, SPEAKER_RULES
from etl.records import Article

TABLE = Path("etl/annotate/speakers/certainties.tsv")
PRIOR_CLAIMS = 10
MOST = 0.99

Key = tuple[str, str]
"""A rule's name and the case of its answer."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to a claim that is annotated; `share` is the certainty of another speaker on which it rests."""

    key: Key
    share: float
    is_right: bool
    fold: int


def main() -> None:
    rows = read_table()
    priors = {(row["rule"], row["case"]): float(row["prior"]) for row in rows}
    answers = list(answers_of(Path(sys.argv[1])))
    by_hand = brier(answers, priors)
    folds = [
        brier(
            [one for one in answers if one.fold == fold],
            fit([one for one in answers if one.fold != fold], priors),
        )
        for fold in range(FOLDS)
    ]
    print(f"{len(answers)} answers; Brier score by hand {by_hand:.4f}, fitted {sum(folds) / FOLDS:.4f}")
    write_table(rows, answers, fit(answers, priors))


def answers_of(folder: Path) -> Iterator[Answered]:
    """The answers to the claims that are annotated; a later answer stands beside the one that it overrules."""
    for index, gold in enumerate(sorted(read(folder), key=lambda one: str(one["id"]))):
        with recorded() as decisions:
            [found] = annotate([Article.from_text(gold["text"], gold["published"])])
        judge = speaker_judge(gold, found)
        for decision in decisions:
            if decision.rule is None or decision.rules not in (SPEAKER_RULES, LATER_RULES):
                continue
            is_right = judge(decision)
            if is_right is not None:
                key = decision.rule, decision.answer.case
                yield Answered(key, decision.answer.share, is_right, index % FOLDS)


def fit(answers: Sequence[Answered], priors: dict[Key, float]) -> dict[Key, float]:
    """The certainty of each rule and case: the share that was right, the prior counted as some claims."""
    right: dict[Key, float] = {key: PRIOR_CLAIMS * prior for key, prior in priors.items()}
    asked: dict[Key, float] = dict.fromkeys(priors, PRIOR_CLAIMS)
    for one in answers:
        right[one.key] += one.is_right
        asked[one.key] += one.share
    return {key: min(MOST, right[key] / asked[key]) for key in priors}


def brier(answers: Sequence[Answered], certainties: dict[Key, float]) -> float:
    """The mean squared error of the certainties as chances of being right."""
    return sum((certainties[one.key] * one.share - one.is_right) ** 2 for one in answers) / len(answers)


def read_table() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def write_table(rows: list[dict[str, str]], answers: Sequence[Answered], fitted: dict[Key, float]) -> None:
    counts: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
    for one in answers:
        counts[one.key][0] += one.is_right
        counts[one.key][1] += 1
    lines = ["\t".join(rows[0])]
    for row in rows:
        key = row["rule"], row["case"]
        right, claims = counts[key]
        told = {"certainty": f"{fitted[key]:.2f}", "right": str(right), "claims": str(claims)}
        lines.append("\t".join((row | told).values()))
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
