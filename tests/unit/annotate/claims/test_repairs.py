"""Attributions whose parts were joined wrongly; what the encoder found is given."""

from etl.annotate.claims.repairs import repair
from etl.annotate.encoder.links import Attribution
from etl.annotate.text.document import read_document
from tests.unit.annotate.small_scenes import span

Told = tuple[list[str], str, str | None]


def repaired(text: str, *found: Told) -> list[Told]:
    given = [
        Attribution(
            tuple(span(text, content) for content in contents),
            span(text, cue),
            span(text, source) if source else None,
            0.3,
        )
        for contents, cue, source in found
    ]
    return [
        (
            [text[slice(*content)] for content in one.contents],
            text[slice(*one.cue)] if one.cue else "",
            text[slice(*one.source)] if one.source else None,
        )
        for one in repair(read_document(text), given)
    ]


def test_the_agent_of_a_passive_is_its_source() -> None:
    text = "Quist was accused by the pilots of hiding the chart."
    assert repaired(text, (["Quist", "the pilots of hiding the chart"], "accused", None)) == [
        (["Quist", "of hiding the chart"], "accused", "the pilots")
    ]


def test_a_day_is_no_agent() -> None:
    text = "They estimated by 2050, the coast would be gone."
    told: Told = (["by 2050, the coast would be gone"], "estimated", "They")
    assert repaired(text, told) == [told]


def test_a_participle_between_its_halves_leaves_a_quotation_whole() -> None:
    text = "“The wall,” Marsh said, pointing at the dam, “is what they call sound.”"
    halves: tuple[Told, Told] = (
        (["“The wall,”"], "said", "Marsh"),
        (["“is what they call sound.”"], "pointing at", "Marsh"),
    )
    assert repaired(text, *halves) == [(["“The wall,”", "“is what they call sound.”"], "said", "Marsh")]


def test_a_second_quotation_keeps_its_verb() -> None:
    text = "“The wall is old,” Marsh said, adding: “It may break.”"
    told: tuple[Told, Told] = (
        (["“The wall is old,”"], "said", "Marsh"),
        (["“It may break.”"], "adding", "Marsh"),
    )
    assert repaired(text, *told) == list(told)


def test_who_denies_behind_a_claim_speaks_for_herself() -> None:
    text = "Quist said that Marsh took the money, which she denies."
    content = "that Marsh took the money"
    assert repaired(text, ([f"{content}, which she"], "denies", "Quist")) == [
        ([content], "said", "Quist"),
        ([content], "denies", "she"),
    ]
    assert repaired(text, ([content], "said", "Quist")) == [
        ([content], "said", "Quist"),
        ([content], "denies", "she"),
    ]
