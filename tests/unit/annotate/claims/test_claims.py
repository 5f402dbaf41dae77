"""Whole readings of short articles: what is a claim, its kind and stance, and who makes it."""

from datetime import date

import pytest

from etl.annotate import annotate
from etl.annotate.claims.drafts import draft_of
from etl.annotate.encoder.links import Attribution
from etl.annotate.text.document import read_document
from etl.records import Annotations, Article, Claim, join_pieces

FRIDAY = date(2024, 3, 8)


def read(text: str) -> Annotations:
    return annotate([Article.from_text(text, FRIDAY)])[0]


def name(found: Annotations, key: str | None) -> str | None:
    return next((mention.text for mention in found.mentions if mention.entity_key == key), None)


def claim(found: Annotations, words: str) -> Claim:
    return next(one for one in found.claims if words in one.text)


def speaker(found: Annotations, words: str) -> str | None:
    return name(found, claim(found, words).speaker_key)


def test_kinds() -> None:
    found = read(
        "“We will rebuild the bridge,” Mayor Ines Carvalho said on Thursday.\n\n"
        "She said the work would take two years.\n\n"
        "She called the delay “a disgrace for the whole valley”."
    )
    assert [one.kind for one in found.claims] == ["direct", "indirect", "mixed"]
    assert {name(found, one.speaker_key) for one in found.claims} == {"Ines Carvalho"}
    first = found.claims[0]
    assert first.text == "We will rebuild the bridge"
    assert first.said_from_on == first.said_to_on == date(2024, 3, 7)
    assert first.speaker_role == "Mayor"


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Tomas Berg denied that the plant was unsafe.", "denial"),
        ("Tomas Berg urged the council to close the plant.", "demand"),
        ("Tomas Berg vowed to appeal against the ruling.", "promise"),
        ("Tomas Berg accused the council of hiding the report.", "accusation"),
        ("Tomas Berg believes that the plant is safe.", "belief"),
        ("Tomas Berg asked whether the plant was safe.", "question"),
        ("Tomas Berg said that the plant was safe.", "statement"),
    ],
)
def test_stances(sentence: str, stance: str) -> None:
    found = read(sentence)
    assert [one.stance for one in found.claims] == [stance]
    assert name(found, found.claims[0].speaker_key) == "Tomas Berg"


@pytest.mark.parametrize(
    "sentence",
    [
        "Tomas Berg refused to leave the plant.",
        "Tomas Berg plans to buy the plant.",
        "Tomas Berg likes old trains.",
    ],
)
def test_wants_and_acts_are_no_claims(sentence: str) -> None:
    assert read(sentence).claims == ()


def test_a_quotation_in_two_pieces_is_one_claim() -> None:
    found = read("“The river is rising,” Ines Carvalho said. “Nobody should drive tonight.”")
    assert len(found.claims) == 1
    assert found.claims[0].text == "The river is rising … Nobody should drive tonight."


def test_pronouns_follow_gender() -> None:
    found = read(
        "Helen Marsh met Robert Quist in Oslo on Monday.\n\nHe said the talks had been hard.\n\n"
        "She said another round was planned."
    )
    assert speaker(found, "hard") == "Robert Quist"
    assert speaker(found, "another round") == "Helen Marsh"


def test_a_description_is_its_person() -> None:
    found = read(
        "Norwegian Foreign Minister Robert Quist arrived in Lisbon with Helen Marsh.\n\n"
        "“We have a deal,” the minister told reporters."
    )
    assert speaker(found, "We have a deal") == "Robert Quist"


def test_an_unnamed_speaker_keeps_the_words() -> None:
    found = read("Robert Quist left at noon. A neighbour said the house had been empty for weeks.")
    (one,) = found.claims
    assert one.speaker_key is None
    assert one.speaker_description == "A neighbour"


def test_the_last_speaker_goes_on_without_a_cue() -> None:
    found = read(
        "“The harvest was lost in one night,” farmer Helen Marsh said.\n\n"
        "“We have never seen hail like this.”"
    )
    assert [name(found, one.speaker_key) for one in found.claims] == ["Helen Marsh", "Helen Marsh"]


def test_a_report_inside_out() -> None:
    found = read(
        "“The ferry will sail again on Monday,” assured Robert Quist, who explained that the engine had been "
        "repaired, the Nordlys news agency reported."
    )
    quoted, explained = claim(found, "ferry"), claim(found, "engine")
    assert quoted.kind == "direct" and explained.kind == "indirect"
    assert name(found, quoted.speaker_key) == name(found, explained.speaker_key) == "Robert Quist"
    assert name(found, quoted.reported_by_key) == "Nordlys"


def test_a_claim_inside_a_claim() -> None:
    found = read("“The doctors say that the boy will live,” Helen Marsh told the Northern Herald.")
    outer, inner = claim(found, "The doctors say"), claim(found, "the boy will live")
    assert name(found, outer.speaker_key) == "Helen Marsh"
    assert [one.text for one in found.claims] == [outer.text, "the boy will live"]
    inner = found.claims[1]
    assert inner.speaker_description == "The doctors"
    assert name(found, inner.reported_by_key) == "Helen Marsh"


def test_pieces_spell_the_text() -> None:
    text = "“The river is rising,” Ines Carvalho said. “Nobody should drive tonight.”"
    for one in read(text).claims:
        assert one.text == join_pieces(text, one.pieces)
        assert 0 <= one.confidence <= 1


def test_a_source_of_an_earlier_sentence_is_not_the_source_of_this_one() -> None:
    text = "Helen Marsh spoke first. It rained. Ines Carvalho said it was late."
    document = read_document(text)
    parts = [(text.index(words), text.index(words) + len(words)) for words in ("it was late", "said")]
    far, near = (0, len("Helen Marsh")), (text.index("Ines"), text.index(" said"))
    drafts = [draft_of(document, Attribution((parts[0],), parts[1], source, 0.9)) for source in (far, near)]
    assert [draft.source for draft in drafts if draft] == [None, near]


def test_a_dateline_is_no_source() -> None:
    text = "OSTBY: The mayor is at work.\n\nNo end is in sight."
    attribution = Attribution(((len("OSTBY: "), text.index(".")),), None, (0, len("OSTBY")), 0.9)
    draft = draft_of(read_document(text), attribution)
    assert draft is not None and draft.source is None


def test_a_pull_quote_is_given_once() -> None:
    found = read(
        "Mayor Ines Carvalho spoke on Thursday.\n\n"
        "“The bridge was never safe for the people here.”\n\n"
        "“The bridge was never safe for the people here, and we all knew it,” Carvalho said.\n\n"
        "“Nobody listened to the engineers who warned us of it.”"
    )
    assert [one.text for one in found.claims] == [
        "The bridge was never safe for the people here, and we all knew it",
        "Nobody listened to the engineers who warned us of it.",
    ]


def test_what_is_not_said_yet_is_no_claim() -> None:
    found = read(
        "If Tomas Berg says the plant is safe, the council will reopen it.\n\nNobody came on Friday."
    )
    assert [one.text for one in found.claims] == []
