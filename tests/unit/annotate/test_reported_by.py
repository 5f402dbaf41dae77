"""Through whom a claim reaches the reader."""

from small_scenes import claim, stage

from etl.annotate.reported_by import find_reporters
from etl.annotate.speakers import find_speakers


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
