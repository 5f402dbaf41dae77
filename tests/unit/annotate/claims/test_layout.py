"""Transcripts and signed quotations; drafts of the encoder are given."""

from etl.annotate.claims.drafts import Draft
from etl.annotate.claims.layout import with_layout
from etl.annotate.text.document import read_document
from tests.unit.annotate.small_scenes import claim

TRANSCRIPT = (
    "HOLT: Minister, will the ferry sail this winter?\n\n"
    "REITER (laughing): It will sail when the ice says so.\n\n"
    "HOLT: And the “second ferry” you told the pilots of?\n\n"
    "NOTE: This interview was shortened."
)


def told(text: str, drafts: list[Draft] | None = None) -> list[tuple[str | None, str]]:
    found = with_layout(read_document(text), drafts or [])
    return [
        (text[slice(*draft.source)] if draft.source else None, text[slice(*draft.pieces[0])])
        for draft in found
    ]


def test_turns_of_a_transcript() -> None:
    assert told(TRANSCRIPT) == [
        ("HOLT", "Minister, will the ferry sail this winter?"),
        ("REITER", "It will sail when the ice says so."),
        ("HOLT", "And the “second ferry” you told the pilots of?"),
    ]


def test_one_label_makes_no_transcript() -> None:
    assert told("UPDATE: The harbour has opened again.\n\nPilots went back to work.") == []


def test_signed_quotations() -> None:
    text = (
        "“Nobody asked the people on the island.” — Karin Holt, pilot\n\n"
        "“The roster lets people sleep at last.”\n\n– Jonas Reiter\n\n"
        "The “second ferry” is late – again"
    )
    assert told(text) == [
        ("Karin Holt, pilot", "Nobody asked the people on the island."),
        ("Jonas Reiter", "The roster lets people sleep at last."),
    ]


def test_the_layout_takes_the_place_of_the_same_words_but_keeps_reports_inside() -> None:
    text = "“Reiter told us that the ice would hold until the end of March.” — Karin Holt"
    loose = claim(text, "Reiter told us that the ice would hold until the end of March", None, None, "direct")
    inner = claim(text, "the ice would", "told", "Reiter")
    assert [source for source, _ in told(text, [loose, inner])] == ["Reiter", "Karin Holt"]
