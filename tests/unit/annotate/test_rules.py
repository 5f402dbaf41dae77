"""Every rule that decides says why it stands where it stands, and its examples for and against hold."""

from collections.abc import Callable, Sequence

import pytest

from etl.annotate.names.scene import Scene
from etl.annotate.rules import decide, recorded, rule_name
from etl.annotate.speakers.certainties import certainties
from etl.annotate.speakers.find import LATER_RULES, SPEAKER_RULES, find_speakers
from tests.unit.annotate.rule_examples import Example, read_example, sections
from tests.unit.annotate.small_scenes import stage

Rule = Callable[..., object]
Answered = list[tuple[str | None, str]]


def speakers(scene: Scene, example: Example) -> Answered:
    return [
        (one.rule, one.thing.name if one.thing else one.description or "nobody")
        for one in find_speakers(scene, example.drafts)
    ]


# The rules of each cascade, and what tells for an example the rule that decided and the answer, claim by claim.
CASCADES: dict[str, tuple[Sequence[Rule], Callable[[Scene, Example], Answered]]] = {
    "speakers": ((*SPEAKER_RULES, *LATER_RULES), speakers),
}
RULES = [
    pytest.param(rule, answer, id=f"{cascade}: {rule_name(rule)}")
    for cascade, (rules, answer) in CASCADES.items()
    for rule in rules
]


def is_small(number: int) -> str | None:
    return "small" if number < 10 else None


def is_even(number: int) -> str | None:
    return "even" if number % 2 == 0 else None


def test_the_first_rule_that_answers_decides_and_is_recorded() -> None:
    rules = (is_small, is_even)
    with recorded() as decisions:
        assert [decide(rules, number) for number in (2, 12, 13)] == [
            ("is small", "small"),
            ("is even", "even"),
            None,
        ]
    assert decide((is_even,), 4) == ("is even", "even")
    assert [(one.rules is rules, one.asked, one.rule, one.answer) for one in decisions] == [
        (True, 2, "is small", "small"),
        (True, 12, "is even", "even"),
        (True, 13, None, None),
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


def test_every_certainty_is_that_of_an_example() -> None:
    with recorded() as decisions:
        for rule in (*SPEAKER_RULES, *LATER_RULES):
            told = sections(rule)
            for example in map(read_example, told["For"] + told["Against"]):
                find_speakers(stage(example.text), example.drafts)
    asked_for = {
        (decision.rule, decision.answer.case)
        for decision in decisions
        if decision.rules in (SPEAKER_RULES, LATER_RULES) and decision.answer
    }
    assert asked_for == set(certainties())
    assert all(0 < certainty < 1 for certainty in certainties().values())


@pytest.mark.parametrize("cascade", CASCADES)
def test_no_two_rules_of_a_cascade_share_a_name(cascade: str) -> None:
    names = [rule_name(rule) for rule in CASCADES[cascade][0]]
    assert len(names) == len(set(names))
