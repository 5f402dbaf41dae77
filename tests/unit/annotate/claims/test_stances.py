"""The stance of a claim by its cue and, where that is neutral, by its words."""

import pytest

from etl.annotate.claims.stances import stance
from etl.annotate.text.document import read_document
from tests.unit.annotate.small_scenes import claim


@pytest.mark.parametrize(
    ("cue", "content", "told"),
    [
        ("said", "“We will rebuild the bridge”", "promise"),
        ("said", "“We will have to see what happens”", "statement"),
        ("said", "“I will feel good when it is over”", "statement"),
        ("said", "“We demand an answer”", "demand"),
        ("said", "“It is late. We would strongly urge all crews to wait”", "demand"),
        ("said", "“Do not drive tonight”", "demand"),
        ("said", "“I never touched the money”", "denial"),
        ("said", "“I don’t think so, no”", "statement"),
        ("said", "“I don’t imagine friends would do that”", "statement"),
        ("said", "“That’s just not true”", "denial"),
        ("said", "“The idea that it leaks is absolutely incorrect”", "denial"),
        ("said", "“Why did nobody call us?”", "question"),
        ("said", "“The minister lied to all of us”", "accusation"),
        ("said", "“Nobody can say that he lied”", "statement"),
        ("reiterated", "his call for an inquiry", "demand"),
        ("described", "him as the mastermind of the theft", "accusation"),
        ("called", "the report a forgery", "denial"),
        ("pleaded", "not guilty to all charges", "denial"),
        ("recommended", "that boats stay in port", "demand"),
        ("asked", "whether the bridge was safe", "question"),
        ("asked", "her if she had seen the bridge", "question"),
        ("asked", "her to leave the bridge", "demand"),
        ("criticised", "the new timetable", "statement"),
    ],
)
def test_stances(cue: str, content: str, told: str) -> None:
    text = f"Quist {cue} {content}."
    kind = "direct" if content.startswith("“") else "indirect"
    assert stance(read_document(text), claim(text, content, cue, "Quist", kind)) == told
