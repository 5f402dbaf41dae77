"""What is a claim and what only looks like one; sources, cues and contents are given."""

import pytest

from etl.annotate.claims.filters import is_claim
from etl.annotate.text.document import read_document
from tests.unit.annotate.small_scenes import claim


def tells(text: str, source: str | None, cue: str, content: str, kind: str = "indirect") -> bool:
    return is_claim(read_document(text), claim(text, content, cue, source, kind))


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Police question the managers of the site.", "Police", "question", "the managers of the site"),
        ("Prosecutors charged Marsh with fraud.", "Prosecutors", "charged", "Marsh with fraud"),
        ("He asked not to be named because of his job.", "He", "asked", "not to be named because of his job"),
        ("Marsh was asked to comment on the report.", None, "asked", "to comment on the report"),
        ("No one can say how long it will take.", "No one", "say", "how long it will take"),
        ("He declined to say whether the bank would close.", "He", "say", "whether the bank would close"),
        ("It was seen as the end of the party.", "It", "seen as", "the end of the party"),
        ("Marsh, considered the best of them all, left.", None, "considered", "the best of them all"),
        ("Police called to reports of a fire at noon.", "Police", "called", "to reports of a fire at noon"),
        ("Men shout at her and her crew in the street.", "Men", "shout at", "her and her crew"),
        ("A new law will introduce a duty of candour for all.", "A new law", "introduce", "a duty of candour for all"),
        ("The experts expressed different views about the dam.", "The experts", "expressed", "different views about the dam"),
        ("You should consider what it costs to stay.", "You", "consider", "what it costs to stay"),
        ("It took more of the men than anticipated.", None, "anticipated", "more of the men"),
        ("He told the truth about the danger of the dam.", "He", "told", "the danger of the dam"),
        ("The film tells the story of a pilot from the north.", "The film", "tells", "a pilot from the north"),
        ("It is also called the old harbour of the north.", None, "called", "the old harbour of the north"),
        ("Those who do not think that way are not happy.", "Those", "think", "way"),
    ],
)  # fmt: skip
def test_acts_topics_and_nobodys_words(text: str, source: str | None, cue: str, content: str) -> None:
    kind = "direct" if cue == "introduce" else "indirect"
    assert not tells(text, source, cue, content, kind)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Marsh questioned the need for the dam.", "Marsh", "questioned", "the need for the dam"),
        ("Marsh asked the council to close the road.", "Marsh", "asked", "the council to close the road"),
        ("The company denies this.", "The company", "denies", "this"),
        ("Marsh charged that the vote was rigged.", "Marsh", "charged", "the vote was rigged"),
        ("Marsh has seen that the wall is crooked.", "Marsh", "seen", "the wall is crooked"),
        ("Marsh expressed deep concern about the dam.", "Marsh", "concern", "the dam"),
        ("Marsh expressed concern that the dam may break.", "Marsh", "concern", "the dam may break"),
        ("Marsh praised the pilots for their patience.", "Marsh", "praised", "the pilots for their patience"),
        ("Marsh called them stubborn fools.", "Marsh", "called", "them stubborn fools"),
        ("The union called to close the dam.", "The union", "called", "to close the dam"),
        ("Polls have shown support eroding.", "Polls", "shown", "support eroding"),
        ("A new poll has Marsh at 39 percent.", "A new poll", "has", "Marsh at 39 percent"),
    ],
)
def test_claims(text: str, source: str, cue: str, content: str) -> None:
    assert tells(text, source, cue, content)


def test_headings_name_their_speaker() -> None:
    heading = "Marsh: Bridge Bad for Pilots and Ships\n\nThe debate went on."
    assert is_claim(read_document(heading), claim(heading, "Bridge Bad for Pilots and Ships", None, "Marsh"))
    inside = "They met again. Marsh: Bridge Bad for Pilots and Ships"
    assert not is_claim(
        read_document(inside), claim(inside, "Bridge Bad for Pilots and Ships", None, "Marsh")
    )
