"""Where an indirect claim begins and ends; what the encoder took for its parts is given."""

import pytest

from etl.annotate.claims.clauses import own_clauses, past_abbreviation, without_gaps
from etl.annotate.claims.cues import find_cue
from etl.annotate.text.document import read_document
from tests.unit.annotate.small_scenes import span


@pytest.mark.parametrize(
    ("text", "source", "cue", "contents", "own"),
    [
        (
            "Despite the long winter, Helen Marsh said on Monday that the dam was safe.",
            "Helen Marsh",
            "said",
            ["the long winter", "the dam was safe"],
            ["the dam was safe"],
        ),
        (
            "The dam may look old, but engineers said it would hold.",
            "engineers",
            "said",
            ["The dam may look old", "it would hold"],
            ["it would hold"],
        ),
        (
            "The dam, Helen Marsh said, would hold.",
            "Helen Marsh",
            "said",
            ["The dam", "would hold"],
            ["The dam", "would hold"],
        ),
        (
            "The dam may break, said an engineer who was not authorized to speak to the media.",
            "an engineer",
            "said",
            ["The dam may break", "to speak to the media"],
            ["The dam may break"],
        ),
        (
            "Helen Marsh, who said that the dam was safe, has left the company.",
            "who",
            "said",
            ["the dam was safe, has left the company"],
            ["the dam was safe,"],
        ),
        (
            "People who said that the dam, built in 1901, was safe were wrong.",
            "who",
            "said",
            ["the dam, built in 1901, was safe"],
            ["the dam, built in 1901, was safe"],
        ),
        (
            "Helen Marsh, who has warned that the dam was weak, declined to vote.",
            "who",
            "warned",
            ["the dam was weak", "to vote"],
            ["the dam was weak"],
        ),
        (
            "The old “Northern Queen” was sold. “Late at last,” Helen Marsh said. The price is secret.",
            "Helen Marsh",
            "said",
            ["“Northern Queen”", "“Late at last,”", "The price is secret"],
            ["“Late at last,”"],
        ),
        (
            "“It is over,” Helen Marsh said. “It was never safe.”",
            "Helen Marsh",
            "said",
            ["“It is over,”", "“It was never safe.”"],
            ["“It is over,”", "“It was never safe.”"],
        ),
        (
            "Helen Marsh called the dam a “wreck” though it was built last year.",
            "Helen Marsh",
            "called",
            ["the dam a “wreck” though it was built last year"],
            ["the dam a “wreck”"],
        ),
    ],
)
def test_own_clauses(text: str, source: str, cue: str, contents: list[str], own: list[str]) -> None:
    given = [span(text, words) for words in contents]
    found = own_clauses(read_document(text), given, find_cue(text, span(text, cue)), span(text, source))
    assert [text[slice(*one)] for one in found] == own


@pytest.mark.parametrize(
    ("text", "told", "contents", "whole"),
    [
        (
            "In May, before the flood, the dam was safe, she said.",
            ["she", "said"],
            ["In", "the dam was safe"],
            ["In May, before the flood, the dam was safe"],
        ),
        (
            "The dam, she said, would hold.",
            ["she", "said"],
            ["The dam", "would hold"],
            ["The dam", "would hold"],
        ),
        (
            "She urged the council on Monday to close it.",
            ["She", "urged"],
            ["the council", "to close it"],
            ["the council", "to close it"],
        ),
        (
            "She said the dam would hold. The council did not answer a request for comment.",
            ["She", "said"],
            ["the dam would hold", "a request for comment"],
            ["the dam would hold"],
        ),
    ],
)
def test_contents_are_whole_within_their_sentence(
    text: str, told: list[str], contents: list[str], whole: list[str]
) -> None:
    found = without_gaps(
        read_document(text), [span(text, one) for one in contents], [span(text, one) for one in told]
    )
    assert [text[slice(*one)] for one in found] == whole


@pytest.mark.parametrize(
    ("text", "content", "whole"),
    [
        (
            "Marsh said it broke at 3 a.m. Friday near the wall. It rained.",
            "it broke at 3 a.m.",
            "it broke at 3 a.m. Friday near the wall.",
        ),
        ("Marsh said it broke at 3 a.m. Nobody saw it.", "it broke at 3 a.m.", "it broke at 3 a.m."),
        ("Marsh said it broke in the U.S. Then it rained.", "it broke in the U.S.", "it broke in the U.S."),
        (
            "Marsh said write to www.dam.example or call.",
            "write to www.",
            "write to www.dam.example or call.",
        ),
    ],
)
def test_a_full_stop_inside_a_sentence_ends_no_claim(text: str, content: str, whole: str) -> None:
    found = past_abbreviation(read_document(text), [span(text, content)], find_cue(text, span(text, "said")))
    assert [text[slice(*one)] for one in found] == [whole]
