"""Words below the line that introduces them; what the encoder found is given."""

from etl.annotate.claims.introductions import join_introductions
from etl.annotate.encoder.links import Attribution
from etl.annotate.text.document import read_document
from tests.unit.annotate.small_scenes import span


def joined(text: str, source: str, cue: str, content: str) -> list[Attribution]:
    found = [
        Attribution((), span(text, cue), span(text, source), 0.8),
        Attribution((span(text, content),), None, None, 0.5),
    ]
    return join_introductions(read_document(text), found)


def test_the_line_above_names_the_speaker() -> None:
    text = "On Monday Helen Marsh released the following statement:\n\n“The dam is safe. It will hold.”"
    content = "“The dam is safe. It will hold.”"
    assert joined(text, "Helen Marsh", "released the following statement:", content) == [
        Attribution(
            (span(text, content),), span(text, "released the following statement:"), span(text, "Helen Marsh"), 0.8
        )
    ]  # fmt: skip


def test_a_line_without_a_colon_introduces_nothing() -> None:
    text = "Helen Marsh replied.\n\n“The dam is safe. It will hold.”"
    content = "“The dam is safe. It will hold.”"
    assert joined(text, "Helen Marsh", "replied", content) == [
        Attribution((span(text, content),), None, None, 0.5)
    ]


def test_what_follows_a_verb_that_reports_nothing_stays_alone() -> None:
    text = "The route runs as follows:\n\n“North Bank, the market and the school.”"
    content = "“North Bank, the market and the school.”"
    assert joined(text, "The route", "runs as follows:", content)[0].cue is None
