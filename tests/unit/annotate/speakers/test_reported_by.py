"""Through whom a claim reaches the reader."""

from etl.annotate.speakers.find import find_speakers
from etl.annotate.speakers.reported_by import find_reporters
from tests.unit.annotate.small_scenes import claim, stage


def reporters(text: str, *claims: tuple[str, str | None, str | None]) -> list[str | None]:
    scene = stage(text)
    drafts = [claim(text, *one) for one in claims]
    found = find_reporters(scene, drafts, find_speakers(scene, drafts))
    return [thing.name if thing else None for thing in found]


def test_a_medium_that_was_told() -> None:
    assert reporters("Helen Marsh told Nordfly it was late.", ("it was late", "told", "Helen Marsh")) == [
        "Nordfly"
    ]
    assert reporters(
        "It was late, Helen Marsh said, Nordfly reported.", ("It was late", "said", "Helen Marsh")
    ) == ["Nordfly"]


def test_who_goes_on_speaks_to_the_same_medium() -> None:
    text = "Helen Marsh told Nordfly it was late. She added it was cold.\n\n“It is a shame for us.”\n\nShe said it rained."
    claims = (
        ("it was late", "told", "Helen Marsh"),
        ("it was cold", "added", "She"),
        ("It is a shame for us.", None, None),
        ("it rained", "said", "She"),
    )
    assert reporters(text, *claims) == ["Nordfly", "Nordfly", "Nordfly", None]


def test_a_claim_in_a_claim_comes_through_the_outer_speaker() -> None:
    text = "Helen Marsh said that Robert Quist denied he was late."
    claims = (
        ("Robert Quist denied he was late", "said", "Helen Marsh"),
        ("he was late", "denied", "Robert Quist"),
    )
    assert reporters(text, *claims) == [None, "Helen Marsh"]


def test_a_medium_by_its_description() -> None:
    text = "It rained, the Nordfly news agency reported. “It is late,” Helen Marsh was quoted as saying by the Norwegian news agency."
    assert reporters(text, ("It is late", "saying", "Helen Marsh")) == ["Nordfly"]


def test_words_before_the_medium_and_an_interview_by_its_name() -> None:
    text = "“It is late,” Helen Marsh told the Norwegian state-owned Nordfly. In a Nordfly interview Helen Marsh said it rained."
    assert reporters(text, ("It is late", "told", "Helen Marsh"), ("it rained", "said", "Helen Marsh")) == [
        "Nordfly",
        "Nordfly",
    ]


def test_who_speaks_is_not_also_the_medium() -> None:
    poll = "according to a Nordfly poll"
    assert reporters(f"It was late, {poll}.", ("It was late", "according to", "a Nordfly poll")) == [None]
    memo = "a memo seen by Nordfly"
    assert reporters(f"It was late, according to {memo}.", ("It was late", "according to", memo)) == [
        "Nordfly"
    ]


def test_an_interview_told_of_in_a_sentence_of_its_own() -> None:
    text = "“It was late,” Helen Marsh said.\n\nHelen Marsh opened up in a candid interview with Nordfly.\n\nRobert Quist said it rained."
    claims = (("It was late", "said", "Helen Marsh"), ("it rained", "said", "Robert Quist"))
    assert reporters(text, *claims) == ["Nordfly", None]
