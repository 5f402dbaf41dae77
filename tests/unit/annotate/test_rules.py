"""Every rule that decides says why it stands where it stands, and its examples for and against hold."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from etl.annotate.claims.candidates import Candidate
from etl.annotate.claims.drafts import kind_of
from etl.annotate.claims.filters import CLAIM_RULES
from etl.annotate.names.scene import Scene
from etl.annotate.rules import decide, rule_name
from etl.annotate.speakers import reported_by
from etl.annotate.speakers.find import LATER_RULES, SPEAKER_RULES, find_speakers
from etl.annotate.speakers.reported_by import REPORTER_RULES, find_reporters
from etl.annotate.speakers.said_on import SAID_ON_RULES, find_said_on
from etl.annotate.times.find import find_times
from tests.unit.annotate.rule_examples import Example, read_example, sections
from tests.unit.annotate.small_scenes import stage

Rule = Callable[..., object]
Answered = list[tuple[str | None, str]]

FRIDAY = date(2024, 3, 8)


def claims(scene: Scene, example: Example) -> Answered:
    document = scene.document
    kept = [replace(one, kind=kind_of(document, one.pieces, one.cue)) for one in example.drafts]
    decisions = [decide(CLAIM_RULES, Candidate(document, draft)) for draft in kept]
    return [(one[0], "claim" if one[1] else "no claim") for one in decisions if one]


def speakers(scene: Scene, example: Example) -> Answered:
    return [
        (one.rule, one.thing.name if one.thing else one.description or "nobody")
        for one in find_speakers(scene, example.drafts)
    ]


def reporters(scene: Scene, example: Example) -> Answered:
    found = find_reporters(scene, example.drafts, find_speakers(scene, example.drafts))
    return [(one.rule, one.thing.name if one.thing else "nobody") for one in found]


def days(scene: Scene, example: Example) -> Answered:
    times = find_times(example.text, FRIDAY)
    found = find_said_on(scene, example.drafts, find_speakers(scene, example.drafts), times, FRIDAY)
    return [(one.rule, str(one.days[0]) if one.days else "nothing") for one in found]


# The rules of each cascade, and what tells for an example the rule that decided and the answer, claim by claim.
CASCADES: dict[str, tuple[Sequence[Rule], Callable[[Scene, Example], Answered]]] = {
    "claims": (CLAIM_RULES, claims),
    "speakers": ((*SPEAKER_RULES, *LATER_RULES), speakers),
    "reporters": ((*REPORTER_RULES, *reported_by.LATER_RULES), reporters),
    "days": (SAID_ON_RULES, days),
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
