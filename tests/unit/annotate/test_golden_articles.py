"""Whole articles of many kinds against what a person says of them, and the form that holds it."""

import difflib
import re
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from etl.records import Annotations, Claim, Mention, Quantity, Time
from tests.golden.annotated import FOLDER, LEFT_OUT, Golden, facts_of, marked, parse, read, spell, write

FACT = re.compile(
    r"(?:claim|  …|  cue|  source|time|quantity) (?P<words>.+?)(?: = .+)?"
    r"|(?:person|organisation|place) (?P<mention>.+) = (?P<bearer>[^,]+)(?:, .+)?"
    r"|  (?:speaker|reported by) (?P<name>[^(].*)"
    r"|  speaker \(.+\)|  rule .+|  role .+|  said on [\d-]{10}(?: to [\d-]{10})?"
    r"|  (?:direct|indirect|mixed) (?:statement|denial|demand|promise|accusation|belief|question)"
)
TEXT = "Ann Lee said she slept, and she woke in Bernto see it rain.\n\nShe said so."
CLAIM = Claim(
    text="she slept … she woke",
    pieces=((13, 22), (28, 36)),
    cue=((8, 12),),
    source=(0, 7),
    kind="indirect",
    stance="statement",
    speaker_key="e1",
    speaker_description=None,
    speaker_role="mayor",
    speaker_from="named",
    speaker_confidence=0.9,
    reported_by_key="e2",
    said_from_on=date(2024, 3, 4),
    said_to_on=date(2024, 3, 4),
    confidence=0.9,
    extractor="x",
)
FOUND = Annotations(
    mentions=(
        Mention(0, 7, "Ann Lee", "person", "mayor", "e1"),
        Mention(40, 44, "Bern", "place", None, "e2"),
    ),
    claims=(CLAIM,),
    times=(Time(13, 16, "she", "date", "2024-03", date(2024, 3, 1), date(2024, 3, 31)),),
    quantities=(Quantity(28, 31, "she", 2.0, "about", "km", "miles"),),
)
FACTS = [
    "claim she slept",
    "  … she woke",
    "  indirect statement",
    "  cue said",
    "  source Ann Lee",
    "  speaker Ann Lee",
    "  rule named",
    "  role mayor",
    "  reported by Bern",
    "  said on 2024-03-04",
    "person Ann Lee = Ann Lee, mayor",
    "place Bern|to = Bern",
    "time she #1 = 2024-03 date, 2024-03-01 to 2024-03-31",
    "quantity she #2 = 2 km (about) of miles",
]
OTHERWISE = {
    "pieces": ((13, 22), (61, 64)),
    "cue": ((65, 69),),
    "source": (61, 64),
    "kind": "direct",
    "stance": "denial",
    "speaker_key": "e2",
    "speaker_description": "a man",
    "speaker_role": None,
    "speaker_from": "first person",
    "reported_by_key": None,
    "said_from_on": date(2024, 3, 1),
    "said_to_on": date(2024, 3, 5),
}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_article_says_what_stands_below_its_lines(path: Path) -> None:
    written = path.read_text("utf-8")
    golden = parse(written)
    assert write(golden) == written
    assert unproved(golden) == []
    now = write(marked(golden, read(golden)))
    changed = "\n".join(
        difflib.unified_diff(written.splitlines(), now.splitlines(), "golden", "today", lineterm="")
    )
    assert not changed, f"mended or broken? `python -m tests.golden.annotated` renews the marks.\n{changed}"


def unproved(golden: Golden) -> list[str]:
    """The true facts that no reading could give: words or names that stand nowhere, what is no fact at all."""
    given = [(line, fact, FACT.fullmatch(fact)) for line, facts in enumerate(golden.truth) for fact in facts]
    names = {re.sub(r"\|.*| #\d+$", "", form["mention"]) for _, _, form in given if form and form["mention"]}
    return [fact for line, fact, form in given if not (form and is_proved(golden, line, form, names))]


def is_proved(golden: Golden, line: int, form: re.Match[str], names: set[str]) -> bool:
    name, words = form["bearer"] or form["name"], form["words"] or form["mention"]
    home = sum(len(before) + 1 for before in golden.lines[:line])
    parts = re.sub(r"^\([+-]\d+\) | #\d+$", "", words or "").split("|")
    spans = (at.span() for part in parts for at in re.finditer(re.escape(part), golden.text) if part)
    stands = words is None or any(spell(golden.text, span, home) == words for span in spans)
    return stands and (name is None or name in names)


def golden_of(facts: list[str]) -> Golden:
    return Golden(date(2024, 3, 4), TEXT.split("\n"), [facts, [], []])


def test_facts_of_a_line() -> None:
    assert facts_of(TEXT, FOUND) == [FACTS, [], []]
    assert unproved(golden_of([f"  {fact}" for fact in FACTS])) == []


def test_every_field_of_a_claim_is_shown() -> None:
    assert OTHERWISE.keys() == {field.name for field in fields(Claim)} - LEFT_OUT
    for name, value in OTHERWISE.items():
        other = replace(FOUND, claims=(replace(CLAIM, **{name: value}),))
        assert facts_of(TEXT, other)[0] != FACTS, name


def test_a_part_elsewhere_and_a_second_bearer_of_a_name_are_told_apart() -> None:
    claim = replace(CLAIM, cue=((65, 69),), source=(61, 64))
    double = replace(
        FOUND, claims=(claim,), mentions=(*FOUND.mentions, Mention(0, 7, "Ann Lee", "person", None, "e3"))
    )
    facts = facts_of(TEXT, double)[0]
    assert facts[3:5] == ["  cue (+2) said", "  source (+2) She"]
    assert "person Ann Lee = Ann Lee (2)" in facts


def test_a_new_fault_and_a_mended_one_are_both_seen() -> None:
    wrong = [*(f"  {fact}" for fact in FACTS[:5]), "- " + FACTS[5], "+   speaker Bern"]
    rest = [f"  {fact}" for fact in FACTS[6:]]
    as_today = replace(FOUND, claims=(replace(CLAIM, speaker_key="e2"),))
    assert marked(golden_of([*wrong, *rest]), as_today) == golden_of([*wrong, *rest])
    sound = golden_of([f"  {fact}" for fact in FACTS])
    assert marked(golden_of([*wrong, *rest]), FOUND) == sound
    assert marked(sound, as_today) == golden_of([*wrong, *rest])
    assert marked(sound, Annotations()) == golden_of([f"- {fact}" for fact in FACTS])


@pytest.mark.parametrize(
    "fact",
    [
        "  claim she slep",
        "  claim she",
        "  claim she #4",
        "    source Ann Lee #1",
        "    speaker Bo Smith",
        "    indirect statment",
        "    said on Monday",
        "  person Ann Lee = Ann",
        "- place Bern = Bern",
        "  speaker Ann Lee",
    ],
)
def test_a_truth_that_the_article_does_not_bear_out_is_found(fact: str) -> None:
    assert unproved(golden_of([f"  {FACTS[9]}", fact])) == [fact[2:]]


def test_an_unmarked_line_is_no_fact() -> None:
    with pytest.raises(ValueError, match="neither a line"):
        parse("published 2024-03-04\n> She left.\nclaim She left.\n")
