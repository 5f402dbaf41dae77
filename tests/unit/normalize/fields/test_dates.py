"""Days as they are printed, and the choice among a page's dates."""

from datetime import UTC, date, datetime

import pytest

from etl.normalize.fields.dates import DateCandidate, choose_date, is_possible, page_dates, published_at
from etl.normalize.fields.printed_dates import Extent, printed_dates, running_text_start
from etl.normalize.page.page import parse_page
from etl.normalize.text.days import find_days, first_day


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("Published Jan 31, 2022 at 4:15 pm", "en", date(2022, 1, 31)),
        ("Monday, 31st January 2022", "en", date(2022, 1, 31)),
        ("3. Mai 2024, 17:20 Uhr", "de", date(2024, 5, 3)),
        ("12.09.2023", "de", date(2023, 9, 12)),
        ("12/09/2023", "fr", date(2023, 9, 12)),
        ("le 1er février 2021 à 9h05", "fr", date(2021, 2, 1)),
        ("14 de octubre de 2024", "es", date(2024, 10, 14)),
        ("2024年8月5日 21:17", "ja", date(2024, 8, 5)),
        ("2024. 8. 5.", "ko", date(2024, 8, 5)),
        ("Mental HealthDECEMBER 22, 2022Updated", "en", date(2022, 12, 22)),
        ("23/04/2022", "en", date(2022, 4, 23)),
        ("5 мая 2023", "ru", date(2023, 5, 5)),
    ],
)
def test_days_are_read_as_publishers_write_them(text: str, language: str, day: date) -> None:
    assert [found.day for found in find_days(text, language)] == [day]


@pytest.mark.parametrize(
    "text", ["31 February 2022", "in 2022", "12:30", "version 10.4.2022.1", "1 May 1026"]
)
def test_what_is_no_day_is_not_read(text: str) -> None:
    assert find_days(text, "en") == []


def test_a_word_stuck_to_a_date_is_no_part_of_it() -> None:
    text = "Mara LindqvistDecember 22, 2022"
    found = find_days(text, "en")[0]
    assert text[found.start_char : found.end_char] == "December 22, 2022"


def test_day_and_month_that_could_be_swapped_keep_both_readings() -> None:
    found = find_days("03/04/2022", "en")[0]
    assert {found.day, found.other_day} == {date(2022, 3, 4), date(2022, 4, 3)}
    assert find_days("03.04.2022", "de")[0].other_day is None


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2023-09-12T17:20:00+02:00", datetime(2023, 9, 12, 15, 20, tzinfo=UTC)),
        ("2023-09-12T17:20:00.123Z", datetime(2023, 9, 12, 17, 20, tzinfo=UTC)),
        (1694539200, datetime(2023, 9, 12, 17, 20, tzinfo=UTC)),
        ("1694539200000", datetime(2023, 9, 12, 17, 20, tzinfo=UTC)),
    ],
)
def test_moments_in_metadata_keep_their_zone(value: object, moment: datetime) -> None:
    found = first_day(value)
    assert found is not None
    assert found.moment == moment


def candidate(value: str, origin: str, confidence: float) -> DateCandidate:
    found = first_day(value)
    assert found is not None
    return DateCandidate(found, origin, confidence)


def test_the_day_that_the_publisher_prints_wins_over_the_day_in_utc() -> None:
    moment = candidate("2023-09-12T22:40:00Z", "json-ld", 0.98)
    printed = candidate("2023-09-13", "text:head", 0.92)
    chosen = choose_date([moment, printed], None)
    assert chosen is not None
    assert chosen.printed.day == date(2023, 9, 13)
    assert published_at(chosen, [moment, printed]) == datetime(2023, 9, 12, 22, 40, tzinfo=UTC)


def test_a_date_after_the_capture_is_none() -> None:
    captured = datetime(2022, 2, 1, 9, tzinfo=UTC)
    assert is_possible(date(2022, 2, 2), captured)
    assert not is_possible(date(2022, 2, 3), captured)
    assert choose_date([candidate("2022-02-05", "json-ld", 0.98)], captured) is None


def test_agreement_makes_surer_and_contradiction_less_sure() -> None:
    one = candidate("2022-01-31", "json-ld", 0.9)
    alone, agreed, contradicted = (
        choose_date([one, *others], None)
        for others in ([], [candidate("2022-01-31", "url", 0.8)], [candidate("2021-05-01", "url", 0.8)])
    )
    assert alone and agreed and contradicted
    assert contradicted.confidence < alone.confidence < agreed.confidence


def test_a_day_that_is_only_an_update_is_less_sure() -> None:
    marked = candidate("2022-01-31", "time", 0.8)
    update = candidate("2022-01-31", "text:updated", 0.65)
    plain, updated = choose_date([marked], None), choose_date([marked, update], None)
    assert plain and updated
    assert updated.confidence < plain.confidence


@pytest.mark.parametrize("shown", ["text:updated", "text:head"])
def test_a_declared_day_is_unsure_where_readers_see_a_later_one_only(shown: str) -> None:
    declared, agreeing = candidate("2022-01-31", "json-ld", 0.98), candidate("2022-01-31", "meta:date", 0.75)
    later, same = candidate("2023-06-01", shown, 0.65), candidate("2022-01-31", "text:published", 0.94)
    overtaken = choose_date([declared, agreeing, later], None)
    beside = choose_date([declared, agreeing, later, same], None)
    assert overtaken and beside
    assert overtaken.printed.day == beside.printed.day == date(2022, 1, 31)
    assert overtaken.confidence < 0.6 < beside.confidence


def test_a_lonely_declared_day_yields_to_an_earlier_one_that_the_page_shows() -> None:
    declared, shown = candidate("2025-11-05", "json-ld", 0.98), candidate("2024-01-31", "text:head", 0.92)
    chosen = choose_date([declared, shown], None)
    assert chosen
    assert chosen.printed.day == date(2024, 1, 31)
    agreed = choose_date([declared, candidate("2025-11-05", "meta:pubdate", 0.95), shown], None)
    assert agreed
    assert agreed.printed.day == date(2025, 11, 5)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("w-published-date", date(2025, 5, 27)),
        ("og:publish_date", date(2025, 5, 27)),
        ("published", date(2025, 5, 27)),
        ("last-published-date", None),
        ("republished", None),
    ],
)
def test_publication_dates_are_known_by_the_end_of_their_names(name: str, day: date | None) -> None:
    page = parse_page(f'<html><head><meta name="{name}" content="2025-05-27T06:03:43Z"></head></html>')
    assert page
    assert next((one.printed.day for one in page_dates(page, "en")), None) == day


def test_places_and_labels_of_printed_dates() -> None:
    lines = [
        "Today: Saturday, 14 October 2023",
        "The headline stands here",
        "12 September 2023",
        "Last updated: 13 September 2023",
        "A long paragraph.",
        "One more.",
        "And one more.",
        "The last one.",
        "Storm warning",
        "1 October 2023",
    ]
    found = {one.printed.day: one.origin for one in printed_dates(lines, Extent(1, 4, 7), "en")}
    assert found == {
        date(2023, 10, 14): "text:banner",
        date(2023, 9, 12): "text:head",
        date(2023, 9, 13): "text:updated",
        date(2023, 10, 1): "text:foot",
    }


@pytest.mark.parametrize(
    ("body", "start"),
    [
        ([1, 8, 9, 10], 8),
        ([1, 2, 8, 9], 8),
        ([1, 2, 3, 8], 1),
        ([1, 40, 41], 1),
        ([4], 4),
    ],
)
def test_running_text_starts_below_a_standfirst(body: list[int], start: int) -> None:
    assert running_text_start(body) == start


@pytest.mark.parametrize(
    "line",
    [
        "12 September 2023. Updated: 15 September 2023",
        "12 September 2023 (updated 16:01)",
        "Von Mara Lindqvist am 12.09.2023, 11:51 | 3 Meinungen",
        "Dieser Artikel wurde am 12.09.2023 veröffentlicht.",
    ],
)
def test_a_date_in_a_byline_or_before_an_update_is_the_publication(line: str) -> None:
    found = printed_dates(["The headline stands here", "A long paragraph.", line], Extent(0, 1, 1), "en")
    assert (found[0].printed.day, found[0].origin) == (date(2023, 9, 12), "text:published")


def test_a_page_that_is_one_endless_line_of_dates_is_read_quickly() -> None:
    assert len(find_days("12 May 2023 " * 200_000, "en")) < 1_000
