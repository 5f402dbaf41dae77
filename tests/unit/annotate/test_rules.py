"""Every rule that decides says why it stands where it stands, and its examples for and against hold."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from etl.annotate.claims.candidates import Candidate
from etl.annotate.claims.drafts import kind_of
from etl.annotate.claims.filters import CLAIM_RULES
from etl.annotate.names.scene import Scene
from etl.annotate.rules import decide, rule_name
from tests.unit.annotate.rule_examples import Example, read_example, sections
from tests.unit.annotate.small_scenes import stage

Rule = Callable[..., object]
Answered = list[tuple[str | None, str]]


def claims(scene: Scene, example: Example) -> Answered:
    document = scene.document
    kept = [replace(one, kind=kind_of(document, one.pieces, one.cue)) for one in example.drafts]
    decisions = [decide(CLAIM_RULES, Candidate(document, draft)) for draft in kept]
    return [(one[0], "claim" if one[1] else "no claim") for one in decisions if one]


# The rules of each cascade, and what tells for an example the rule that decided and the answer, claim by claim.
CASCADES: dict[str, tuple[Sequence[Rule], Callable[[Scene, Example], Answered]]] = {
    "claims": (CLAIM_RULES, claims),
}
RULES = [
    pytest.param(rule, answer, id=f"{cascade}: {rule_name(rule)}")
    for cascade, (rules, answer) in CASCADES.items()
    for rule in rules
]


@pytest.mark.parametrize(("rule", "answer"), RULES)
def test_a_rule_has_its_place_and_its_examples_hold(
    rule: Rule, answer: Callable[[Scene, Example], Answered]
) -> None:
    told = sections(rule)
    assert len(told["Place"]) == 1
    for section, is_given in (("For", True), ("Against", False)):
        assert told[section], f"no example: {section}"
        for line in told[section]:
            example = read_example(line)
            found = answer(stage(example.text), example)
            assert [given for _, given in found] == example.answers, line
            assert (rule_name(rule) in [name for name, _ in found]) == is_given, (line, found)


@pytest.mark.parametrize("cascade", CASCADES)
def test_no_two_rules_of_a_cascade_share_a_name(cascade: str) -> None:
    names = [rule_name(rule) for rule in CASCADES[cascade][0]]
    assert len(names) == len(set(names))
