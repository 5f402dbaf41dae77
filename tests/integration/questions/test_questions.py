"""Each question of sql/ over the archive of rows.py: the rows that a person would count."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from rows import COURIER_COPY_URL, COURIER_URL, HERALD_COPY_URL, HERALD_UNDATED_URL, HERALD_URL
from sqlalchemy import Engine, text

from etl.database import reading
from etl.queries import Question, list_questions, run_question

QUESTIONS = list_questions()


def answer(engine: Engine, name: str, columns: str, **params: str) -> list[tuple[Any, ...]]:
    """The given columns; days as text, for the databases differ in how they return them."""
    with reading(engine) as connection:
        frame = run_question(connection, name, params)[columns.split()].astype(object)
    plain = frame.where(frame.notna(), None)
    return [
        tuple(value.isoformat() if isinstance(value, date) else value for value in row)
        for row in plain.itertuples(index=False)
    ]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_header_tells_what_is_asked_and_names_each_parameter(question: Question) -> None:
    used = set(re.findall(r"(?<![:\w]):(\w+)", question.sql))
    assert question.summary.endswith(".")
    assert used == {parameter.name for parameter in question.parameters}
    assert all(parameter.meaning for parameter in question.parameters)


ADEYEMI, KHOMENKO, DUARTE = "Grace Adeyemi", "Andrei Khomenko", "Ines Duarte"
LOST = "We have lost four good workers"
STOCKS = "Nobody keeps stocks … for longer than 6 weeks now"
DIVERTED = "About 90 ships will be diverted"
FOUND = "12 cracks were found"
OUTER = f"a lawyer said that {FOUND}"
SILENCE = "Andrey Homenko of silence about Norvik Marine"
WARNED = "his company had been warned"


def test_who_said_what_tells_each_statement_once(engine: Engine) -> None:
    columns = "published_on publisher speaker stance kind claim said_from_on url"
    assert answer(engine, "who_said_what", columns) == [
        ("2024-03-07", "Courier", DUARTE, "statement", "direct", STOCKS, None, COURIER_COPY_URL),
        ("2024-03-07", "Courier", "officials", "statement", "indirect", DIVERTED, None, COURIER_COPY_URL),
        ("2024-03-06", "herald.example", ADEYEMI, "statement", "indirect", OUTER, None, HERALD_URL),
        ("2024-03-06", "herald.example", "a lawyer", "statement", "indirect", FOUND, None, HERALD_URL),
        ("2024-03-06", "herald.example", KHOMENKO, "promise", "indirect", "to pay at least 5 million pounds",
         None, HERALD_URL),
        ("2024-03-06", None, ADEYEMI, "statement", "direct", LOST, "2024-03-05", None),
        ("2024-03-06", None, ADEYEMI, "accusation", "indirect", SILENCE, None, None),
        ("2024-03-05", "Courier", ADEYEMI, "statement", "direct", LOST, "2024-03-05", COURIER_URL),
        ("2024-03-05", "Courier", KHOMENKO, "denial", "indirect", WARNED, None, COURIER_URL),
    ]  # fmt: skip


def test_who_said_what_finds_a_speaker_by_any_spelling_and_by_description(engine: Engine) -> None:
    for name in ("khomenko", "Andrey Homenko"):
        found = answer(engine, "who_said_what", "published_on stance", speaker=name)
        assert found == [("2024-03-06", "promise"), ("2024-03-05", "denial")]
    assert answer(engine, "who_said_what", "claim", speaker="Officials") == [(DIVERTED,)]


def test_words_that_could_mean_anyone_are_no_speaker(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE claims SET source_text = 'they', speaker_description = NULL"
                " WHERE source_text IN ('officials', 'a lawyer')"
            )
        )
    asked = {
        "who_said_what": {},
        "claims_about": {"term": "cracks"},
        "numbers_said": {"about": "cracks"},
        "quotes_of_the_day": {"day": "2024-03-07"},
    }
    for name, params in asked.items():
        for speaker, words in answer(engine, name, "speaker source_text", **params):
            assert (speaker is None) == (words == "they"), name


def test_who_said_what_keeps_to_the_days_and_the_limit(engine: Engine) -> None:
    days = answer(engine, "who_said_what", "published_on", since="2024-03-06", until="2024-03-06")
    assert days == [("2024-03-06",)] * 5
    assert len(answer(engine, "who_said_what", "claim", limit="3")) == 3


def test_a_copy_stands_where_its_original_is_not_asked_for(engine: Engine) -> None:
    found = answer(engine, "who_said_what", "claim url", since="2024-03-08")
    assert found == [(STOCKS, HERALD_COPY_URL), (DIVERTED, HERALD_COPY_URL)]


def test_each_claim_can_be_found_in_its_article(engine: Engine) -> None:
    for article_id, start, end, claim in answer(
        engine, "who_said_what", "article_id start_char end_char claim"
    ):
        with reading(engine) as connection:
            body = connection.scalar(text("SELECT text FROM articles WHERE id = :id"), {"id": article_id})
        pieces = claim.split(" … ")
        assert body[start:end].startswith(pieces[0])
        assert body[start:end].endswith(pieces[-1])


def test_claims_about_finds_words_and_names_in_any_spelling(engine: Engine) -> None:
    columns = "published_on speaker claim"
    assert answer(engine, "claims_about", columns, term="khomenko") == [("2024-03-06", ADEYEMI, SILENCE)]
    assert answer(engine, "claims_about", columns, term="Cracks") == [
        ("2024-03-06", ADEYEMI, OUTER),
        ("2024-03-06", "a lawyer", FOUND),
    ]
    assert answer(engine, "claims_about", columns, term="SHIPS") == [("2024-03-07", "officials", DIVERTED)]
    assert answer(engine, "claims_about", columns, term="Duarte") == []


def test_claims_by_speaker_counts_each_statement_once(engine: Engine) -> None:
    columns = "speaker claims with_quotation denials accusations demands promises articles publishers"
    columns += " first_on last_on"
    assert answer(engine, "claims_by_speaker", columns) == [
        (ADEYEMI, 4, 2, 0, 1, 0, 0, 3, 2, "2024-03-05", "2024-03-06"),
        (KHOMENKO, 2, 0, 1, 0, 0, 1, 2, 2, "2024-03-05", "2024-03-06"),
        (DUARTE, 1, 1, 0, 0, 0, 0, 1, 1, "2024-03-07", "2024-03-07"),
    ]
    assert answer(engine, "claims_by_speaker", "speaker claims", speaker="homenko") == [(KHOMENKO, 2)]


def test_quotes_of_the_day_are_those_said_on_it(engine: Engine) -> None:
    columns = "speaker role quote times_reported publisher published_on url"
    assert answer(engine, "quotes_of_the_day", columns, day="2024-03-05") == [
        (ADEYEMI, "union leader", LOST, 2, "Courier", "2024-03-05", COURIER_URL)
    ]
    assert answer(engine, "quotes_of_the_day", columns, day="2024-03-06") == []
    assert answer(engine, "quotes_of_the_day", columns, day="2024-03-07") == [
        (DUARTE, None, STOCKS, 1, "Courier", "2024-03-07", COURIER_COPY_URL)
    ]


def test_numbers_said_gives_each_number_once_with_its_inner_statement(engine: Engine) -> None:
    columns = "published_on speaker number modifier value unit counted claim"
    five_million = "at least 5 million pounds"
    assert answer(engine, "numbers_said", columns) == [
        ("2024-03-07", DUARTE, "6 weeks", None, 6, "week", None, STOCKS),
        ("2024-03-07", "officials", "About 90 ships", "about", 90, None, "ships", DIVERTED),
        ("2024-03-06", "a lawyer", "12 cracks", None, 12, None, "cracks", FOUND),
        ("2024-03-06", KHOMENKO, five_million, "at least", 5e6, "GBP", None, f"to pay {five_million}"),
        ("2024-03-05", ADEYEMI, "four good workers", None, 4, None, "workers", LOST),
    ]
    for about in ("GBP", "to pay"):
        assert answer(engine, "numbers_said", "number", about=about) == [(five_million,)]
    assert answer(engine, "numbers_said", "number", about="worker") == [("four good workers",)]
    assert answer(engine, "numbers_said", "number", speaker="Khomenko") == [(five_million,)]
    assert answer(engine, "numbers_said", "number", speaker="adeyemi") == [
        ("12 cracks",),
        ("four good workers",),
    ]


def test_entity_timeline_goes_by_day_over_all_spellings(engine: Engine) -> None:
    columns = "published_on publisher entity role mentions claims url"
    assert answer(engine, "entity_timeline", columns, entity="adeyemi", kind="person") == [
        ("2024-03-05", "Courier", ADEYEMI, "union leader", 1, 1, COURIER_URL),
        ("2024-03-06", "herald.example", ADEYEMI, "union leader", 1, 1, HERALD_URL),
        ("2024-03-06", None, ADEYEMI, "union leader", 1, 2, None),
    ]
    found = answer(engine, "entity_timeline", "published_on claims", entity="KHOMENKO", since="2024-03-06")
    assert found == [("2024-03-06", 1), ("2024-03-06", 0)]
    assert answer(engine, "entity_timeline", "published_on url", entity="duarte") == [
        ("2024-03-07", COURIER_COPY_URL)
    ]
    assert answer(engine, "entity_timeline", "published_on url", entity="norvik")[-1] == (
        None, HERALD_UNDATED_URL,
    )  # fmt: skip
    assert answer(engine, "entity_timeline", "url", entity="norvik", kind="person") == []


def test_coverage_by_publisher_tells_copies_apart(engine: Engine) -> None:
    columns = "publisher articles copies claims speakers first_on last_on"
    assert answer(engine, "coverage_by_publisher", columns) == [
        ("herald.example", 3, 1, 5, 3, "2024-03-06", "2024-03-08"),
        ("Courier", 2, 0, 4, 3, "2024-03-05", "2024-03-07"),
        (None, 1, 0, 2, 1, "2024-03-06", "2024-03-06"),
    ]
    found = answer(engine, "coverage_by_publisher", "publisher articles", term="khomenko")
    assert set(found) == {("herald.example", 1), ("Courier", 1), (None, 1)}
    assert answer(engine, "coverage_by_publisher", "publisher articles", term="mourns") == [(None, 1)]


def test_first_to_report_has_the_earliest_article_of_each_publisher(engine: Engine) -> None:
    columns = "published_on published_at_utc publisher headline is_copy"
    assert answer(engine, "first_to_report", columns, term="homenko") == [
        ("2024-03-05", "2024-03-05 10:00", "Courier", "Three dead in port", "no"),
        ("2024-03-06", "2024-03-06 14:05", "herald.example", "Cracks were known", "no"),
        ("2024-03-06", None, None, "Port mourns", "no"),
    ]
    assert answer(engine, "first_to_report", columns, term="90 ships") == [
        ("2024-03-07", "2024-03-07 16:30", "Courier", "90 ships diverted", "no"),
        ("2024-03-08", "2024-03-08 06:15", "herald.example", "Ships sail on", "yes"),
    ]


def test_date_evidence_tells_where_dates_come_from(engine: Engine) -> None:
    columns = "publisher origin articles chosen agreeing undated lowest_confidence highest_confidence last_on"
    assert answer(engine, "date_evidence", columns, publisher="herald") == [
        ("herald.example", "json-ld", 1, 1, 1, 0, 0.95, 0.95, "2024-03-08"),
        ("herald.example", "meta", 1, 1, 1, 0, 0.9, 0.9, "2024-03-06"),
        ("herald.example", "url", 1, 0, 0, 1, 0.2, 0.2, None),
    ]
    assert set(answer(engine, "date_evidence", "publisher origin articles")) >= {
        ("Courier", "json-ld", 3), (None, "visible text", 1),
    }  # fmt: skip


def test_speakers_by_rule_tells_how_often_each_answered_and_how_sure_it_is(engine: Engine) -> None:
    columns = "rule claims named described share mean_confidence lowest_confidence highest_confidence"
    assert answer(engine, "speakers_by_rule", columns, publisher="courier") == [
        ("person named", 5, 5, 0, 0.8333, 0.97, 0.97, 0.97),
        ("names nobody", 1, 0, 1, 0.1667, 0.8, 0.8, 0.8),
    ]
    with engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE claims SET speaker_from = NULL, speaker_confidence = NULL, speaker_description = NULL"
                " WHERE source_text = 'a lawyer'"
            )
        )
        connection.execute(
            text("UPDATE claims SET speaker_confidence = 0.77 WHERE source_text = 'Ines Duarte'")
        )
    columns = "rule claims named described mean_confidence lowest_confidence"
    assert answer(engine, "speakers_by_rule", columns) == [
        ("person named", 9, 9, 0, 0.9256, 0.77),
        ("names nobody", 2, 0, 2, 0.8, 0.8),
        ("he or she spoke last", 1, 1, 0, 0.85, 0.85),
        (None, 1, 0, 0, None, None),
    ]
