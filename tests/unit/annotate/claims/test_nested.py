"""Reports inside the words of others; the outer claim is given."""

import pytest

from etl.annotate.claims.nested import split_attributions
from etl.annotate.encoder.links import Attribution
from etl.annotate.text.document import read_document
from tests.unit.annotate.small_scenes import span


@pytest.mark.parametrize(
    ("content", "source", "cue", "inner"),
    [
        ("she felt that the dam had been neglected", "she", "felt", "the dam had been neglected"),
        ("Quist still believes the dam is a wreck", "Quist", "believes", "the dam is a wreck"),
        ("the crew was afraid and he said “we are all lost”", "he", "said", "“we are all lost”"),
        ("the owners are insisting it is safe", "the owners", "insisting", "it is safe"),
        ("he felt it had gone well, but that he had lost", "he", "felt", "it had gone well"),
        ("the pilots told him the road was closed", "the pilots", "told", "the road was closed"),
    ],
)
def test_a_report_inside_another(content: str, source: str, cue: str, inner: str) -> None:
    text = f"Marsh said {content}."
    assert nested(text, content) == [(source, cue, inner)]


@pytest.mark.parametrize(
    "content",
    [
        "if he thinks the dam is safe he should say so",
        "that is what he said the last time it broke",
        "she expected trouble, but it stayed quiet",
        "the State Department was closed",
    ],
)
def test_no_report(content: str) -> None:
    assert nested(f"Marsh said {content}.", content) == []


def test_beliefs_of_the_one_who_is_quoted_are_no_claims_of_their_own() -> None:
    text = "“I think the dam was a mistake,” Marsh said."
    assert nested(text, "“I think the dam was a mistake,”") == []


def nested(text: str, content: str) -> list[tuple[str | None, str, str]]:
    outer = Attribution((span(text, content),), span(text, "said"), span(text, "Marsh"), 0.9)
    if text.startswith("“"):
        outer = Attribution(outer.contents, (text.rindex("said"), text.rindex("said") + 4), outer.source, 0.9)
    found = split_attributions(read_document(text), [outer])
    return [
        (
            text[slice(*one.source)] if one.source else None,
            text[slice(*one.cue)] if one.cue else "",
            text[one.contents[0][0] : one.contents[-1][1]],
        )
        for one in found
        if one != outer
    ]
