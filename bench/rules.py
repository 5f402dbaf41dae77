"""How often each rule of a cascade was asked, answered and right: a rule that errs can be seen and removed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from etl.annotate.rules import Decision, rule_name

Rule = Callable[..., object]
RuleCounts = dict[str, Counter[str]]


def count_decisions(
    decisions: Iterable[Decision],
    rules: Sequence[Rule],
    judge: Callable[[Decision], bool | None],
    counts: RuleCounts,
) -> None:
    """Add the decisions of one tuple of rules; the judge tells whether one is right, None where nobody knows."""
    for decision in decisions:
        is_right = judge(decision) if decision.rules is rules else None
        if is_right is None:
            continue
        for rule in rules:
            counted = counts.setdefault(rule_name(rule), Counter())
            counted["asked"] += 1
            if rule_name(rule) == decision.rule:
                counted.update(answered=1, right=int(is_right))
                break


def table(rules: Sequence[Rule], counts: RuleCounts) -> Iterable[str]:
    """A line for each rule, in the order in which they are asked; the share that is right in percent."""
    for name in map(rule_name, rules):
        counted = counts.get(name, Counter())
        answered = counted["answered"]
        share = f"{100 * counted['right'] / answered:5.1f}" if answered else "     "
        yield f"    {name:28s} asked {counted['asked']:5d}  answered {answered:5d}  right {share}"
