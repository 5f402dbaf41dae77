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


def test_posts_stand_above_their_authors() -> None:
    text = (
        "The ferry is late again, and nobody tells us why! pic.example https://t.co/abc\n\n"
        "— Karin Holt (@karinholt) May 3, 2024\n\n"
        "We sail on Monday, ice or no ice. — Jonas Reiter (@reiter)\n\n"
        "The harbour (@harbour) was silent."
    )
    assert told(text) == [
        ("Karin Holt (@karinholt)", "The ferry is late again, and nobody tells us why! pic.example"),
        ("Jonas Reiter (@reiter)", "We sail on Monday, ice or no ice."),
    ]


def test_answers_have_no_source_and_questions_are_no_claims() -> None:
    text = "Q: Why is the ferry late?\n\nA: Because the ice is thick this year.\n\nA: tide table hangs in the hall"
    asked = claim(text, "Why is the ferry late?", None, "Q", "direct")
    assert told(text, [asked]) == [(None, "Because the ice is thick this year.")]


def test_names_in_small_letters_take_turns_where_one_asks() -> None:
    turns = "Holt: Will the ferry sail this winter{}\n\nReiter: It will sail some day.\n\nHolt: And the other ferry too{}"
    assert [source for source, _ in told(turns.format("?", "?"))] == ["Holt", "Reiter", "Holt"]
    assert told(turns.format(".", ".")) == []
