"""Print how often each rule that decides was asked, answered and right, so that one that errs can be seen and removed.

    python -m bench.rules PATH...

A path is a folder of articles annotated by hand or a file of attributions, as for bench.annotations. Rules stand in the
order in which they are asked. Is it a claim: of all drafts; right are those kept that share half of their words (IoU
0.5) with an annotated claim, and those dropped that do so with none. The other cascades: of the claims found that are
annotated; a rule is right where the annotator gave the same answer. "no rule" are those that none answered: right where
the annotator knew no answer either. The kept and the dropped of a rule that answers both ways are counted together.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from bench.annotations import matched_claims, overlap_of, read, same_thing, spans, told_days, word_sets
from etl.annotate import annotate
from etl.annotate.claims.drafts import Draft
from etl.annotate.claims.filters import CLAIM_RULES
from etl.annotate.rules import Decision, recorded, rule_name
from etl.annotate.speakers import reported_by
from etl.annotate.speakers.asked import Answer
from etl.annotate.speakers.find import LATER_RULES, SPEAKER_RULES
from etl.annotate.speakers.said_on import SAID_ON_RULES
from etl.records import Annotations, Article

Rule = Callable[..., object]
RuleCounts = dict[str, Counter[str]]
Judge = Callable[[Decision], bool | None]
"""Whether a decision is right; None where the annotation does not tell."""

NO_RULE = "no rule"


def main() -> None:
    annotate([Article.from_text("A first text loads the model.")])
    for path in map(Path, sys.argv[1:]):
        counts: dict[str, RuleCounts] = {name: {} for name in CASCADES}
        texts = list(read(path))
        for gold in texts:
            with recorded() as decisions:
                [found] = annotate([Article.from_text(gold["text"], gold.get("published"))])
            for name, (rules, judge_of) in CASCADES.items():
                count_decisions(decisions, rules, judge_of(gold, found), counts[name])
        print(f"{path.name}: {len(texts)} texts")
        for name, (rules, _) in CASCADES.items():
            if counts[name]:
                print(f"  {name}", *table(rules, counts[name]), sep="\n")


def count_decisions(
    decisions: Iterable[Decision], rules: Sequence[Rule], judge: Judge, counts: RuleCounts
) -> None:
    """Add the decisions of one tuple of rules to its counts."""
    for decision in decisions:
        is_right = judge(decision) if decision.rules is rules else None
        if is_right is None:
            continue
        for name in [*map(rule_name, rules), NO_RULE]:
            counted = counts.setdefault(name, Counter())
            counted["asked"] += 1
            if name == (decision.rule or NO_RULE):
                counted.update(answered=1, right=int(is_right))
                break


def table(rules: Sequence[Rule], counts: RuleCounts) -> Iterable[str]:
    """A line for each rule, in the order in which they are asked; the share that is right in percent."""
    for name in [*map(rule_name, rules), NO_RULE]:
        counted = counts.get(name, Counter())
        answered = counted["answered"]
        share = f"{100 * counted['right'] / answered:5.1f}" if answered else "     "
        yield f"    {name:28s} asked {counted['asked']:5d}  answered {answered:5d}  right {share}"


def claim_judge(gold: dict[str, Any], found: Annotations) -> Judge:
    """Judges whether a draft is a claim."""
    contents = [spans(claim["content"]) for claim in gold.get("claims", ())]

    def judge(decision: Decision) -> bool | None:
        if "claims" not in gold:
            return None
        mine, *annotated = word_sets(gold["text"], [decision.asked.draft.pieces, *contents])
        return bool(decision.answer) == any(overlap_of(mine, one) >= 0.5 for one in annotated)

    return judge


def found_claim_judge(
    gold: dict[str, Any], found: Annotations, is_right: Callable[[dict[str, Any], Any], bool]
) -> Judge:
    """Judges the answer for claims that were found, by the annotated claim and the answer."""
    if not gold.get("claims") or "speaker" not in gold["claims"][0]:
        return lambda decision: None
    paired = {
        (claim.pieces, claim.cue, claim.source): gold["claims"][i]
        for i, j in matched_claims(gold, found)
        for claim in (found.claims[j],)
    }

    def judge(decision: Decision) -> bool | None:
        draft: Draft = decision.asked.draft
        claim = paired.get((draft.pieces, (draft.cue.span,) if draft.cue else (), draft.source))
        return None if claim is None else is_right(claim, decision.answer)

    return judge


def speaker_judge(gold: dict[str, Any], found: Annotations) -> Judge:
    """Judges who speaks; a description is as right as nobody."""

    def is_right(claim: dict[str, Any], answer: Answer | None) -> bool:
        key = answer.thing.key if answer and answer.thing else None
        return same_thing(gold, found, claim["speaker"], key)

    return found_claim_judge(gold, found, is_right)


def reporter_judge(gold: dict[str, Any], found: Annotations) -> Judge:
    """Judges through whom a claim came."""

    def is_right(claim: dict[str, Any], answer: reported_by.Relay | None) -> bool:
        key = answer.thing.key if answer and answer.thing else None
        return same_thing(gold, found, claim["reported_by"], key)

    return found_claim_judge(gold, found, is_right)


def day_judge(gold: dict[str, Any], found: Annotations) -> Judge:
    """Judges when a claim was made."""
    return found_claim_judge(
        gold, found, lambda claim, days: claim["said_on"] == (told_days(*days) if days else None)
    )


# The rules of each cascade, and what judges their decisions in one annotated text.
CASCADES: dict[str, tuple[Sequence[Rule], Callable[[dict[str, Any], Annotations], Judge]]] = {
    "is it a claim": (CLAIM_RULES, claim_judge),
    "who speaks": (SPEAKER_RULES, speaker_judge),
    "who speaks, once all are known": (LATER_RULES, speaker_judge),
    "who reported it": (reported_by.REPORTER_RULES, reporter_judge),
    "who reported it, once all are known": (reported_by.LATER_RULES, reporter_judge),
    "on which day": (SAID_ON_RULES, day_judge),
}


if __name__ == "__main__":
    main()
